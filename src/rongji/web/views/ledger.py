"""数据总表: every fact of the year in one list, found by its words, by what is missing and by what contradicts."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.finding import Verdict
from rongji.performance.policies import SEE_YEAR
from rongji.performance.selectors import figures_without_evidence
from rongji.web.desk import Desk, open_desk
from rongji.web.views.figures import SOURCE_LABELS

PER_PAGE = 60
FILTERS = (("", "全部"), ("evidence", "缺佐证"), ("contradiction", "有矛盾"), ("derived", "由凭证得出"))


@dataclass(frozen=True, slots=True)
class Line:
    """One fact: its leading statement, whose it is, and how many times it is stated."""

    figure: Figure
    key: str
    unit: str
    source: str
    statements: int
    lacks_evidence: bool
    contradicts: bool
    has_rows: bool

    @property
    def shown(self) -> str:
        """The value as it is read in a list."""
        quantity = self.figure.quantity
        if quantity is None:
            return self.figure.printed or "（空白）"
        return f"{self.figure.vague}{quantity.shown(grouping=True)}"


@require_GET
@guarded(SEE_YEAR)
def ledger(request: Any, bureau: str, year: int) -> HttpResponse:
    """The list, filtered."""
    desk = open_desk(request.actor, bureau, year)
    lines = lines_of(desk)
    words, wanted = request.GET.get("words", "").strip(), request.GET.get("only", "")
    found = [line for line in lines if _is_wanted(line, wanted) and _says(line, words)]
    context = desk.context(
        page=Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        tabs=[(code, label, sum(_is_wanted(line, code) for line in lines)) for code, label in FILTERS],
        only=wanted,
        words=words,
    )
    return render(request, "web/year/ledger.html", context)


def lines_of(desk: Desk) -> list[Line]:
    """Every fact of the year in order of first statement."""
    bare = {item.key for item in figures_without_evidence(desk.facts)}
    broken = {figure.key for item in desk.of(Verdict.CONTRADICTION) for figure in item.figures}
    return [_line(desk, key, bare, broken) for key in {item.key: None for item in desk.facts.figures}]


def _line(desk: Desk, key: FigureKey, bare: set[FigureKey], broken: set[FigureKey]) -> Line:
    stated = desk.facts.figures.statements(key)
    unit = desk.facts.unit_named(key.unit)
    return Line(
        figure=stated[0],
        key=str(key),
        unit=unit.name if unit else key.unit,
        source=SOURCE_LABELS[stated[0].source.kind],
        statements=len(stated),
        lacks_evidence=key in bare,
        contradicts=key in broken,
        has_rows=any(item.rows for item in stated),
    )


def _is_wanted(line: Line, wanted: str) -> bool:
    tests = {
        "evidence": line.lacks_evidence,
        "contradiction": line.contradicts,
        "derived": line.has_rows,
    }
    return tests.get(wanted, True)


def _says(line: Line, words: str) -> bool:
    return all(word in f"{line.figure.full_label} {line.unit} {line.shown} {line.key}" for word in words.split())
