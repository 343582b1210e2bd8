"""体检: every finding with its arithmetic, by verdict, and the mistakes that explain several at once."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.checks.registry import check_named
from rongji.checks.report import ORDER
from rongji.kernel.figure import Figure
from rongji.kernel.finding import VERDICT_LABELS, Finding, Verdict
from rongji.performance.policies import SEE_YEAR
from rongji.web.desk import Desk, open_desk


@dataclass(frozen=True, slots=True)
class Mention:
    """A figure that a finding is about. key: empty when nothing opens behind it."""

    label: str
    shown: str
    place: str
    key: str


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """One finding as the page prints it."""

    title: str
    basis: str
    finding: Finding
    verdict: str
    word: str
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """A single mistake that would explain several contradictions, with the one change that would settle them."""

    group: str
    proposal: str
    findings: tuple[ShownFinding, ...]


@dataclass(frozen=True, slots=True)
class Tab:
    """One verdict to filter by."""

    verdict: str
    label: str
    count: int


@require_GET
@guarded(SEE_YEAR)
def checks(request: Any, bureau: str, year: int) -> HttpResponse:
    """Findings of the chosen verdict, or those about one figure."""
    desk = open_desk(request.actor, bureau, year)
    counts = {verdict: len(desk.of(verdict)) for verdict in ORDER}
    key = request.GET.get("figure", "")
    wanted = _wanted(request.GET.get("verdict", ""), counts)
    found = [item for item in desk.sources.findings if _is_asked(item, wanted, key)]
    context = desk.context(
        tabs=[Tab(verdict.value, VERDICT_LABELS[verdict], counts[verdict]) for verdict in ORDER],
        verdict="" if key else wanted.value,
        asked=key,
        asked_label=_label(desk, key) if key else "",
        findings=[shown_finding(desk, item) for item in found],
        causes=_causes(desk),
        chart=_chart(counts),
    )
    return render(request, "web/year/checks.html", context)


def _wanted(text: str, counts: dict[Verdict, int]) -> Verdict:
    if text in {verdict.value for verdict in ORDER}:
        return Verdict(text)
    return next((verdict for verdict in ORDER if counts[verdict]), Verdict.CONTRADICTION)


def _label(desk: Desk, key: str) -> str:
    """What the asked key is called: a figure, an indicator or a text; the key itself when it is none."""
    figure = next((item for item in desk.facts.figures if str(item.key) == key), None)
    if figure:
        return figure.full_label
    named = {item.code: item.name for item in desk.facts.indicators}
    titled = {item.code: item.title for item in desk.facts.texts}
    return named.get(key) or titled.get(key) or key


def _is_asked(finding: Finding, verdict: Verdict, key: str) -> bool:
    if key:
        return finding.verdict is not Verdict.HOLDS and (
            key == finding.subject or any(str(item.key) == key for item in finding.figures)
        )
    return finding.verdict is verdict


def shown_finding(desk: Desk, finding: Finding) -> ShownFinding:
    """A finding with its figures as doors."""
    check = check_named(finding.check)
    mentions = tuple(dict.fromkeys(_mention(desk, item) for item in finding.figures))
    return ShownFinding(
        check.title if check else finding.check,
        check.basis if check else "",
        finding,
        finding.verdict.value,
        VERDICT_LABELS[finding.verdict],
        mentions,
    )


def _mention(desk: Desk, figure: Figure) -> Mention:
    shown = f"{figure.quantity.shown(grouping=True)} {figure.quantity.unit_name}" if figure.quantity else figure.printed
    key = str(figure.key) if desk.figure(figure.key) else ""
    return Mention(figure.full_label, shown or "（空白）", figure.source.note or figure.source.place, key)


def _causes(desk: Desk) -> list[Cause]:
    groups: dict[str, list[Finding]] = {}
    for item in desk.sources.findings:
        if item.group:
            groups.setdefault(item.group, []).append(item)
    return [
        Cause(group, items[0].proposal.removeprefix("建议核对："), tuple(shown_finding(desk, item) for item in items))
        for group, items in groups.items()
    ]


_COLOURS = {
    Verdict.CONTRADICTION: "#a8322a",
    Verdict.DEFECT: "#d9a520",
    Verdict.QUESTION: "#5e7fb1",
    Verdict.ROUNDING: "#cfc9bb",
    Verdict.HOLDS: "#24574b",
}


def _chart(counts: dict[Verdict, int]) -> dict[str, Any]:
    """All relations checked, as one bar by verdict."""
    return {
        "grid": {"left": 0, "right": 0, "top": 2, "bottom": 2},
        "tooltip": {"trigger": "item"},
        "xAxis": {"type": "value", "show": False, "max": sum(counts.values()) or 1},
        "yAxis": {"type": "category", "show": False, "data": [""]},
        "series": [
            {"name": VERDICT_LABELS[verdict], "type": "bar", "stack": "all", "barWidth": 14,
             "itemStyle": {"color": _COLOURS[verdict]}, "data": [counts[verdict]]}
            for verdict in ORDER
        ],
    }  # fmt: skip
