"""The side panel of a figure: everything a printed number opens into, and its correction by those who may."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.budget.selectors import postings_behind
from rongji.budget.types import Codes, Direction
from rongji.checks import relations
from rongji.documents.model import Document
from rongji.documents.stored_files import read_file
from rongji.kernel.figure import Figure, RowRef, SourceKind, Stage
from rongji.kernel.finding import VERDICT_LABELS
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.performance.measures import OPENED, rows_behind
from rongji.performance.policies import ENTER_FIGURES, SEE_YEAR
from rongji.performance.selectors import evidence_file, evidence_files, figure_history, year_summary
from rongji.performance.services import set_figure
from rongji.reports.lineage import lineage_of
from rongji.reports.selectors import past_values
from rongji.reports.types import Lineage
from rongji.web.answers import download, whole_number
from rongji.web.desk import Desk, open_desk
from rongji.web.purses import purse_words

SHOWN_POSTINGS = 200
POSTINGS = "postings"
SOURCE_LABELS = {
    SourceKind.DERIVED: "由记录或公式得出",
    SourceKind.IMPORTED: "导入",
    SourceKind.DECLARED: "人工填报",
}
_UNPOSTED = (Stage.INITIAL, Stage.ADJUSTMENT, Stage.ADJUSTED)
_STORED = (SourceKind.DECLARED, SourceKind.IMPORTED)


@dataclass(frozen=True, slots=True)
class Statement:
    """One printing of the fact: where, what it says, and whether it agrees with the leading one."""

    where: str
    shown: str
    place: str
    verdict: str
    word: str


@dataclass(frozen=True, slots=True)
class Input:
    """One figure that this one was computed from. key: empty when nothing opens behind it."""

    label: str
    shown: str
    key: str


@dataclass(frozen=True, slots=True)
class Behind:
    """One row behind a derived figure. purse: what its postings are asked for with, empty when it has none."""

    label: str
    detail: str
    shown: str
    purse: str


@require_GET
@guarded(SEE_YEAR)
def figure(request: Any, bureau: str, year: int) -> HttpResponse:
    """The panel of one figure."""
    desk = open_desk(request.actor, bureau, year, request.GET.get("form", ""))
    return render(request, "web/year/figure.html", panel_context(desk, request.GET.get("key", "")))


def panel_context(desk: Desk, key: str, **more: Any) -> dict[str, Any]:
    """Everything that the panel shows.

    Raises: NoSuchFigure, UnreadableKey.
    """
    found = lineage(desk, key)
    own = found.figure
    backing = _backing(desk, own)
    is_stated = own.source.kind in _STORED and own.key in desk.facts.figures
    may_correct = is_stated and ENTER_FIGURES.permits_role(desk.actor) and desk.summary.status != "final"
    return desk.context(
        lineage=found,
        figure=own,
        source_label=SOURCE_LABELS[own.source.kind],
        statements=statements(desk, own),
        inputs=[_input(desk, item) for item in own.inputs],
        rows=[_behind(desk, own, row) for row in backing.rows],
        backing=backing,
        rows_sum=_sum_of(backing),
        files=frozenset(evidence_files(desk.actor, desk.summary.bureau, desk.summary.year)),
        may_correct=may_correct,
        known_evidence=desk.facts.evidence,
        **more,
    )


def lineage(desk: Desk, key: str) -> Lineage:
    """Where the number comes from; without a form that fits, from the figures alone.

    Raises: NoSuchFigure, UnreadableKey.
    """
    bureau, year = desk.summary.bureau, desk.summary.year
    figures = desk.report.figures if desk.report else desk.facts.figures
    document = desk.report.document if desk.report else Document(title="", blocks=())
    found = lineage_of(key, desk.sources, figures, document, tuple(past_values(bureau, year, key)))
    events = figure_history(desk.actor, bureau, year, key)
    return replace(found, events=tuple(f"{event.at:%Y-%m-%d} {event.by}：{event.line}" for event in events))


def statements(desk: Desk, own: Figure) -> list[Statement]:
    """Every printing of the fact, held against the leading one."""
    figures = desk.report.figures if desk.report else desk.facts.figures
    found = []
    for number, item in enumerate(figures.statements(own.key)):
        verdict, word = ("lead", "所用") if number == 0 else _agreement(own, item)
        shown = str(item.quantity) if item.quantity else (item.printed or "（空白）")
        where = "表内" if item.statement == "form" else item.statement
        found.append(Statement(where, f"{item.vague}{shown}", item.source.place, verdict, word))
    return found


def _agreement(own: Figure, other: Figure) -> tuple[str, str]:
    if own.quantity is None or other.quantity is None:
        return "question", "无从比较"
    verdict = relations.same_fact(own, other).verdict
    return verdict.value, VERDICT_LABELS[verdict]


def _backing(desk: Desk, own: Figure) -> Figure:
    """The statement of the same fact that has records behind it; the leading one when none has."""
    found = desk.facts.figures.statements(own.key)
    return own if own.rows else next((item for item in found if item.rows), own)


def _sum_of(figure: Figure) -> str:
    """The sum of the rows as they are listed; empty when they cannot be added."""
    amounts = [row.quantity for row in figure.rows if row.quantity is not None]
    if not amounts or len({item.unit_name for item in amounts}) != 1:
        return ""
    places = max(item.places for item in amounts)
    return str(Quantity(sum((item.value for item in amounts), Decimal(0)), amounts[0].unit_name, places))


def _input(desk: Desk, figure: Figure) -> Input:
    shown = str(figure.quantity) if figure.quantity else (figure.printed or "（空白）")
    return Input(figure.full_label, shown, str(figure.key) if desk.figure(figure.key) else "")


def _behind(desk: Desk, own: Figure, row: RowRef) -> Behind:
    parts = row.identifier.split("|")
    if row.table in OPENED or row.table == "organisations":
        return Behind(row.label, "", str(row.quantity or ""), _opens(row))
    if row.table != POSTINGS or len(parts) != len(Codes.__slots__):
        return Behind(row.label, "", str(row.quantity or ""), "")
    label, detail = purse_words(desk.facts, Codes(*parts))
    purse = "" if own.key.stage in _UNPOSTED else row.identifier
    return Behind(label, detail, str(row.quantity or ""), purse)


def _opens(row: RowRef) -> str:
    """What the row is asked for with when it opens into further ones; empty when it does not."""
    return f"{row.table}:{row.identifier}" if row.table in OPENED and "|" in row.identifier else ""


@require_GET
@guarded(SEE_YEAR)
def rows(request: Any, bureau: str, year: int) -> HttpResponse:
    """The postings of one purse, or the persons of one group, behind a figure."""
    summary = year_summary(request.actor, bureau, year)
    table, colon, identifier = request.GET.get("purse", "").partition(":")
    if colon and table in OPENED:
        listed = rows_behind(request.actor, summary.bureau, summary.year, RowRef(table, identifier, ""))
        opened = {"listed": [(row, _opens(row)) for row in listed], "summary": summary}
        return render(request, "web/year/persons.html", opened)
    parts = request.GET.get("purse", "").split("|")
    income = request.GET.get("concept", "").startswith("income")
    direction = Direction.INCOME if income else Direction.EXPENDITURE
    purses = [Codes(*parts)] if len(parts) == len(Codes.__slots__) else []
    found = postings_behind(summary.bureau, summary.year, purses, direction=direction)
    context = {"postings": found[:SHOWN_POSTINGS], "count": len(found), "sum_fen": sum(p["amount_fen"] for p in found)}
    return render(request, "web/year/postings.html", context)


@require_POST
@guarded(ENTER_FIGURES)
def correct(request: Any, bureau: str, year: int) -> HttpResponse:
    """State a figure anew and answer with its panel; a refusal is shown in the panel."""
    key, version = request.POST.get("key", ""), request.POST.get("version", "")
    said, status = "", 200
    try:
        set_figure(
            actor=request.actor, bureau=bureau, year=year, key=key, text=request.POST.get("text", ""),
            note=request.POST.get("note", ""), vague=request.POST.get("vague", ""),
            evidence=tuple(request.POST.getlist("evidence")),
            statement=request.POST.get("statement", "form"),
            expected_version=whole_number(version),
        )  # fmt: skip
    except Refusal as refusal:
        said, status = str(refusal), refusal.status
    desk = open_desk(request.actor, bureau, year, request.POST.get("form", ""))
    try:
        context = panel_context(desk, key, refusal=said, is_saved=not said)
    except Refusal as refusal:
        return HttpResponse(str(refusal) if said else "这项数据已经清空。", status=status)
    response = render(request, "web/year/figure.html", context, status=status)
    response["X-Rongji-Partial"] = "panel"
    if not said:
        response["HX-Trigger"] = "figure-corrected"
    return response


@require_GET
@guarded(SEE_YEAR)
def evidence(request: Any, bureau: str, year: int, code: str) -> HttpResponse:
    """The attached file of one piece of evidence, its digest checked again."""
    stored = evidence_file(request.actor, bureau, year, code)
    content = read_file(settings.RONGJI.evidence, stored.digest, stored.name)
    return download(content, stored.name, "application/octet-stream")
