"""Notes under a table that the system writes itself: last-place differences, provisional scores, unconfirmed rules.

A note holds no number of its own: differences are figures too.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.law.model import Trust
from rongji.reports.figures import is_scored
from rongji.rules.scoring.types import Evaluation

DIFFERENCE = "rounding.difference"


@dataclass(frozen=True, slots=True)
class Note:
    """One note: a text with tokens, and the figures that the tokens print."""

    text: str
    figures: tuple[Figure, ...] = ()


def automatic_notes(
    printed: Iterable[FigureKey], findings: tuple[Finding, ...], evaluation: Evaluation | None, *, final: bool
) -> tuple[Note, ...]:
    """The notes that belong under a form on which these figures are printed."""
    keys = frozenset(printed)
    notes = [*_rounding(keys, findings)]
    if not final:
        notes += _contradictions(keys, findings)
    if evaluation is not None and any(key.concept.startswith("evaluation.") for key in keys):
        notes += _about_score(evaluation, final=final)
    return tuple(notes)


def _rounding(keys: frozenset[FigureKey], findings: tuple[Finding, ...]) -> Iterator[Note]:
    """One note for all sums that miss their total by what rounding explains; each total is named once."""
    figures: dict[str, Figure] = {}
    for n, finding in enumerate(findings, 1):
        if finding.verdict is Verdict.ROUNDING and finding.difference and _on_page(keys, finding):
            figure = _difference(finding, n)
            if figure is not None:
                figures.setdefault(finding.figures[0].full_label, figure)
    if figures:
        clauses = "；".join(f"“{label}”与分项相差{{{{{figure.key}}}}}" for label, figure in figures.items())
        text = f"金额换算取整，部分合计数与分项数之和存在尾差，未作机械调整：{clauses}。"
        yield Note(text, tuple(figures.values()))


def _difference(finding: Finding, n: int) -> Figure | None:
    quantity = finding.stated or finding.figures[0].quantity
    if quantity is None or finding.difference is None:
        return None
    value = abs(finding.difference)
    places = max(quantity.places, *(item.quantity.places for item in finding.figures if item.quantity), 0)
    shown = Quantity(value, quantity.unit_name, places)
    key = FigureKey(DIFFERENCE, member=f"check:{finding.check}-{n}")
    source = Source(SourceKind.DERIVED, note=finding.explanation)
    return Figure(key, "进位差", source, shown, shown.shown(), how=finding.explanation, inputs=finding.figures)


def _on_page(keys: frozenset[FigureKey], finding: Finding) -> bool:
    return bool(finding.figures) and all(item.key in keys for item in finding.figures)


def _contradictions(keys: frozenset[FigureKey], findings: tuple[Finding, ...]) -> Iterator[Note]:
    """On a preview: which printed figures cannot be true together with others."""
    labels: dict[str, None] = {}
    for finding in findings:
        touched = [item.full_label for item in finding.figures if item.key in keys]
        if finding.verdict is Verdict.CONTRADICTION and touched:
            labels.setdefault(f"“{touched[0]}”")
    if labels:
        text = f"下列数据按所填原样列出，但与其他数据矛盾，定稿前须更正（详见体检结果）：{'、'.join(labels)}。"
        yield Note(text)


def _about_score(evaluation: Evaluation, *, final: bool) -> Iterator[Note]:
    if not is_scored(evaluation):
        return
    if not evaluation.final and not final:
        yield Note("总分为暂定分，评分条件尚未全部满足，暂不评定等次。")
    trust = Trust(evaluation.trust) if evaluation.trust else Trust.OFFICIAL
    if trust.is_unconfirmed:
        yield Note(
            f"得分按“{_bare(evaluation.scheme_label)}”方案计算，其中有规则尚未核实原文，可信度为“{trust.label}”，请以当地财政部门通知为准。"
        )


def _bare(label: str) -> str:
    """The name of a scheme without the weights in brackets: a note holds no typed number."""
    return label.partition("（")[0]
