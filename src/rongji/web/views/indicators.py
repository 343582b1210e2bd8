"""The indicator table: results entered where they stand, the score and its explanation at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.checks.target_quality import assess_target
from rongji.kernel.bureau_year import Direction, EvidenceFacts, IndicatorFacts
from rongji.kernel.finding import Finding
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.law.model import Trust
from rongji.performance.policies import ATTACH_EVIDENCE, ENTER_FIGURES, ENTER_INDICATORS, SEE_YEAR
from rongji.performance.selectors import evidence_files
from rongji.performance.services import attach_evidence, set_indicator
from rongji.rules.scoring.gates import GateCode
from rongji.rules.scoring.score_row import BASIS_MARK
from rongji.rules.scoring.types import Basis, ScoredRow
from rongji.web.answers import whole_number
from rongji.web.desk import Desk, open_desk
from rongji.web.lights import light_of
from rongji.web.tiers import tier_choices

FIELDS = ("actual", "tier", "share", "stated_score", "reason")
TERM_FIELDS = ("name", "direction", "target", "target_upper", "unit_name", "weight")
DIRECTIONS = tuple(item.value for item in Direction)


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One indicator as the table shows it: what is stated, what it scores, what is still missing."""

    facts: IndicatorFacts
    scored: ScoredRow | None
    light: str
    word: str
    gates: tuple[str, ...]
    lacks_evidence: bool
    asks_score: bool
    evidence: tuple[EvidenceFacts, ...]
    files: frozenset[str]
    version: int
    starts_group: bool = False
    advice: tuple[Finding, ...] = ()
    refusal: str = ""

    @property
    def how(self) -> str:
        """How the score came about, without what it rests on."""
        return self.scored.how.partition(BASIS_MARK)[0] if self.scored else ""

    @property
    def basis(self) -> str:
        """What the score rests on."""
        return self.scored.how.partition(BASIS_MARK)[2] if self.scored else ""

    @property
    def trust(self) -> str:
        """The trust word of that basis; empty when it is official."""
        word = Trust(self.scored.trust) if self.scored and self.scored.trust else None
        return "" if word is None or word.is_official else word.label

    @property
    def is_qualitative(self) -> bool:
        """Whether a tier is chosen instead of a number typed."""
        return self.facts.direction is Direction.QUALITATIVE

    @property
    def actual(self) -> str:
        """The actual as it is typed."""
        return typed(self.facts.actual) or self.facts.actual_text

    @property
    def target(self) -> str:
        """The target as it is typed."""
        return typed(self.facts.target) or self.facts.target_text

    @property
    def upper(self) -> str:
        """The upper end of a range as it is typed."""
        return typed(self.facts.target_upper)

    @property
    def weight(self) -> str:
        """The weight as it is typed."""
        return self.facts.weight.shown() if self.facts.weight else ""

    @property
    def stated(self) -> str:
        """The score that a person put down."""
        return self.facts.stated_score.shown() if self.facts.stated_score else ""

    @property
    def share(self) -> str:
        """The share inside the tier as it is typed."""
        return typed(self.facts.share)


@dataclass(frozen=True, slots=True)
class Band:
    """The rows of one level-1 block with the points to be had and those reached."""

    level1: str
    number: int
    weight: Decimal
    score: Decimal
    rows: tuple[EntryRow, ...]


def typed(quantity: Quantity | None) -> str:
    """A quantity as a clerk types it: ratios with their sign, all else without the unit."""
    if quantity is None:
        return ""
    return str(quantity) if quantity.unit_name in ("%", "‰") else quantity.shown()


@require_GET
@guarded(SEE_YEAR)
def indicators(request: Any, bureau: str, year: int) -> HttpResponse:
    """The whole table, by blocks."""
    desk = open_desk(request.actor, bureau, year)
    return render(request, "web/year/indicators.html", table_context(desk))


def table_context(desk: Desk, **more: Any) -> dict[str, Any]:
    """What the table and each of its rows need."""
    may = ENTER_INDICATORS.permits_role(desk.actor) and desk.summary.status != "final"
    return desk.context(
        bands=list(bands(desk)),
        execution=_execution(desk),
        evaluation=desk.sources.evaluation,
        bases=_bases(desk),
        tiers=tier_choices(desk.facts, desk.actor.day),
        directions=DIRECTIONS,
        may_enter=may,
        may_set_terms=may and ENTER_FIGURES.permits_role(desk.actor),
        may_attach=may and ATTACH_EVIDENCE.permits_role(desk.actor),
        **more,
    )


def _execution(desk: Desk) -> ScoredRow | None:
    """The execution row, which is computed and never typed."""
    found = desk.sources.evaluation
    own = {item.code for item in desk.facts.indicators}
    return next((row for row in found.rows if row.id not in own), None) if found else None


def _bases(desk: Desk) -> list[str]:
    """What the scores rest on, each once."""
    found = desk.sources.evaluation
    rows = found.rows if found else ()
    return list(dict.fromkeys(basis for row in rows if (basis := row.how.partition(BASIS_MARK)[2])))


def bands(desk: Desk) -> Iterator[Band]:
    """The rows block by block, in the order of the table."""
    files = frozenset(evidence_files(desk.actor, desk.summary.bureau, desk.summary.year))
    blocks = groupby(desk.facts.indicators, key=lambda item: item.level1)
    for number, (level1, items) in enumerate(blocks, 1):
        rows, before = [], ""
        for item in items:
            rows.append(entry_row(desk, item, files, starts_group=item.level2 != before))
            before = item.level2
        weights = [row.scored.weight for row in rows if row.scored and row.scored.weight is not None]
        scores = [row.scored.score for row in rows if row.scored and row.scored.score is not None]
        yield Band(level1, number, sum(weights, Decimal(0)), sum(scores, Decimal(0)), tuple(rows))


def entry_row(
    desk: Desk, facts: IndicatorFacts, files: frozenset[str], *, starts_group: bool = False, refusal: str = ""
) -> EntryRow:
    """One row with its score, its gates and the advice on its target."""
    found = desk.sources.evaluation
    scored = found.row(facts.code) if found else None
    gates = [gate for gate in found.gates if gate.subject == facts.code] if found else []
    light, word = light_of(scored) if scored else ("none", "未计分")
    known = {item.code: item for item in desk.facts.evidence}
    return EntryRow(
        facts=facts,
        scored=scored,
        light=light,
        word=word,
        gates=tuple(gate.message for gate in gates if gate.code != GateCode.EVIDENCE_MISSING),
        asks_score=any(gate.code == GateCode.BY_HAND for gate in gates) or _is_by_hand(scored),
        lacks_evidence=any(gate.code == GateCode.EVIDENCE_MISSING for gate in gates),
        evidence=tuple(known.get(code, EvidenceFacts(code, code)) for code in facts.evidence),
        files=files,
        version=desk.summary.data_version,
        starts_group=starts_group,
        advice=assess_target(facts),
        refusal=refusal,
    )


def _is_by_hand(scored: ScoredRow | None) -> bool:
    return scored is not None and scored.basis is Basis.BY_HAND


@require_POST
@guarded(ENTER_INDICATORS)
def enter(request: Any, bureau: str, year: int, code: str) -> HttpResponse:
    """Take one cell over and answer with the row as it scores now."""
    values = {name: request.POST[name] for name in (*FIELDS, *TERM_FIELDS) if name in request.POST}
    version = request.POST.get("version", "")

    def act() -> None:
        set_indicator(
            actor=request.actor, bureau=bureau, year=year, code=code, values=values,
            expected_version=whole_number(version),
        )  # fmt: skip

    return _row_answer(request, bureau, year, code, act)


@require_POST
@guarded(ATTACH_EVIDENCE)
def attach(request: Any, bureau: str, year: int, code: str) -> HttpResponse:
    """Attach a known piece of evidence to one indicator, or a new one under the next free code."""
    file = request.FILES.get("file")

    def act() -> None:
        attach_evidence(
            actor=request.actor, bureau=bureau, year=year, indicators=[code],
            code=request.POST.get("known", ""),
            title=request.POST.get("title", ""),
            file_name=file.name if file else "",
            data=file.read() if file else b"",
        )  # fmt: skip

    return _row_answer(request, bureau, year, code, act)


def _row_answer(request: Any, bureau: str, year: int, code: str, act: Any) -> HttpResponse:
    """The row after an act, or unchanged with the refusal beneath it; totals go along with it."""
    said = ""
    try:
        act()
    except Refusal as refusal:
        said, status = str(refusal), refusal.status
    else:
        status = 200
    desk = open_desk(request.actor, bureau, year)
    facts = next((item for item in desk.facts.indicators if item.code == code), None)
    if facts is None:
        return HttpResponse(said, status=404)
    files = frozenset(evidence_files(request.actor, bureau, year))
    first = next(item for item in desk.facts.indicators if (item.level1, item.level2) == (facts.level1, facts.level2))
    row = entry_row(desk, facts, files, starts_group=first is facts, refusal=said)
    name = "objective" if request.POST.get("page") == "objectives" else "indicator"
    response = render(request, f"web/year/{name}_answer.html", table_context(desk, row=row), status=status)
    response["X-Rongji-Partial"] = "row"
    return response
