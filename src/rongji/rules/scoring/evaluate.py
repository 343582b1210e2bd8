"""A whole self-evaluation: every row scored and explained, the gates, the total and the grade."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.quantity import half_up
from rongji.law.formulas import IndicatorFormula, formulas
from rongji.law.loader import lawbook
from rongji.law.model import Act, Lawbook, Row
from rongji.law.schemes import GRADE_BANDS, ScoreScheme, scheme
from rongji.law.shapes.scheme import ScoredBy
from rongji.law.values import as_of
from rongji.rules.rule import rule
from rongji.rules.scoring.grade import grade_of
from rongji.rules.scoring.row_gates import evidence_gates
from rongji.rules.scoring.score_execution import score_execution
from rongji.rules.scoring.score_row import RowResult, score_row
from rongji.rules.scoring.settle import SettledRow, duplicate_gates, settled_rows
from rongji.rules.scoring.types import Evaluation, Gate, ScoredRow
from rongji.rules.scoring.weights import weight_gates

REGION_KEY = "area_code"
DAY_KEY = "document_on"


@rule(id="scoring.evaluation", cites=("mof-2020-10",))
def evaluate(
    year: BureauYear,
    *,
    scheme: ScoreScheme,
    bands: Row,
    formulas: Mapping[str, IndicatorFormula],
    acts: Mapping[str, Act] | None = None,
) -> Evaluation:
    """部门整体支出绩效自评: score every row, hold the result against the gates, add up, grade.

    Unit: 分. Rounding: each row once, half up to the scheme's places; the total is the sum of the rounded rows.
    A year that fails a gate gets a provisional total without a grade and the list of what is missing.
    Does not cover: contradictions between figures (the checks) and the bureau's own total, which is never an input.
    """
    acts = acts or {}
    rows = settled_rows(year, scheme.tiers, scheme.aggregation, formulas)
    typed, scored = _split(rows, scheme)
    execution = score_execution(year, scheme, acts, typed)
    results = [score_row(row, scheme, acts) for row in scored]
    every = [*([execution] if execution else []), *results]
    gates = _gates(year, scheme, scored, every)
    total = half_up(_sum([result.row for result in every]), scheme.rounding.total_places)
    return Evaluation(
        bureau=year.bureau,
        name=year.name,
        year=year.year,
        scheme=scheme.id,
        scheme_label=scheme.label,
        final=not gates,
        total=total,
        weight_total=sum((result.row.weight or Decimal(0) for result in every), Decimal(0)),
        grade=None if gates else grade_of(total, bands.value),
        grade_act=bands.act,
        trust=scheme.weakest.value,
        rows=tuple(result.row for result in every),
        gates=gates,
        remarks=tuple(remark for result in every for remark in result.remarks),
    )


def evaluate_under_law(
    year: BureauYear, *, on: date, known_on: date, scheme_id: str = "", law: Lawbook | None = None
) -> Evaluation:
    """Evaluate with the law as of `on`, as known on `known_on`. scheme_id: instead of the year's own scheme.

    Raises: UnknownScheme, NoValueInForce.
    """
    book, region = law or lawbook(), year.profile.get(REGION_KEY, "")
    in_force = formulas(on=on, known_on=known_on, region=region, law=book)
    return evaluate(
        year,
        scheme=scheme(scheme_id or year.scheme, on=on, known_on=known_on, region=region, law=book),
        bands=as_of(GRADE_BANDS, on=on, known_on=known_on, region=region, law=book, form="continuous"),
        formulas={formula.id: formula for formula in in_force},
        acts=book.acts,
    )


def evaluation_day(year: BureauYear, today: date) -> date:
    """The day whose law applies: that of the report where the bureau dated it, else today."""
    try:
        return date.fromisoformat(year.profile.get(DAY_KEY, ""))
    except ValueError:
        return today


def _split(rows: Sequence[SettledRow], scheme: ScoreScheme) -> tuple[IndicatorFacts | None, list[SettledRow]]:
    """The bureau's own row for execution, if it typed one, and all others."""
    own = [row for row in rows if _is_execution(row, scheme)]
    return (own[0].facts if own else None), [row for row in rows if not _is_execution(row, scheme)]


def _is_execution(row: SettledRow, scheme: ScoreScheme) -> bool:
    block = scheme.block_named(row.facts.level1)
    return block is not None and block.scored_by is ScoredBy.EXECUTION


def _gates(
    year: BureauYear, scheme: ScoreScheme, rows: Sequence[SettledRow], results: Sequence[RowResult]
) -> tuple[Gate, ...]:
    """Weights first, then row by row; each sentence once."""
    registered = {item.code: item for item in year.evidence}
    found = [*weight_gates(rows, year, scheme), *duplicate_gates(year.indicators)]
    by_row = [gate for result in results for gate in result.gates]
    evidence = [gate for row in rows for gate in evidence_gates(row, registered, scheme)]
    return tuple(dict.fromkeys((*found, *by_row, *evidence)))


def _sum(rows: Sequence[ScoredRow]) -> Decimal:
    return sum((row.score or Decimal(0) for row in rows), Decimal(0))
