"""存疑: when a gap is no contradiction, because something that is not stated at all could fill it."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction

from rongji.checks.intervals import margin
from rongji.kernel.figure import Figure, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity, half_up
from rongji.kernel.units import UnitKind

_NAMED = 3
_FAR = 4  # 倍标准差
_SIGNED = ("balance.",)  # 结余可以为负


def unless_missing(finding: Finding, missing: Sequence[str], *, what: str = "没有填列", remedy: str = "") -> Finding:
    """The finding as it is, or as a question when what is `missing` (named) could make up the difference."""
    if finding.verdict is not Verdict.CONTRADICTION or not missing or not can_fill(finding):
        return finding
    names = "、".join(missing[:_NAMED]) + (f"等 {len(missing)} 项" if len(missing) > _NAMED else "")
    return asked(finding, f"{names}{what}，差额可能在此，不能断定。", remedy or f"补填{names}（没有的填 0）。")


def unless_shortened(finding: Finding, stated: Quantity | None, other: Quantity | None) -> Finding:
    """Points printed with fewer places than elsewhere (97.63 as 97.6 or 98) are asked about: they are not rounded."""
    if finding.verdict is not Verdict.CONTRADICTION or stated is None or other is None:
        return finding
    short, full = sorted((stated, other), key=lambda item: item.places)
    if short.places == full.places or half_up(full.value, short.places) != short.value:
        return finding
    note = f"按 {short.places} 位小数四舍五入则相符。"
    return asked(finding, note, "得分各处写同样的位数；接近等次界线的，以未进位的分数为准。")


def unless_cut_off(finding: Finding) -> Finding:
    """A rate whose further digits were cut off instead of rounded (85.66% as 85.6%) is asked about, not accused."""
    stated, computed = finding.stated, finding.computed
    if finding.verdict is not Verdict.CONTRADICTION or stated is None or computed is None or not stated.value:
        return finding
    if computed.value.quantize(Decimal(1).scaleb(-stated.places), rounding=ROUND_DOWN) != stated.value:
        return finding
    due = Quantity(half_up(computed.value, stated.places), stated.unit_name, stated.places)
    return asked(finding, f"四舍五入应为 {due}，疑为直接舍去了尾数。", "比率按四舍五入填写。")


def unless_units_differ(finding: Finding) -> Finding:
    """件 and 人次 do not add by nature: a gap between them is a question, never an accusation."""
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    quantities = [item.quantity for item in finding.figures if item.quantity]
    if all(quantities[0].unit.is_comparable_with(item.unit) for item in quantities[1:]):
        return finding
    note = "各项计量单位不同，不能断定。"
    return replace(finding, verdict=Verdict.QUESTION, explanation=finding.explanation + note)


def unless_far(finding: Finding) -> Finding:
    """A long list whose rounding would all have to fall on one side is asked about, never accused.

    Each printed figure hides at most its margin m, on average m²/3 squared; chance does not pile up further than
    four times the root of the sum of these.
    """
    if finding.verdict is not Verdict.ROUNDING or finding.difference is None or finding.stated is None:
        return finding
    spread = sum((margin(item.quantity) ** 2 for item in finding.figures if item.quantity), Fraction(0)) / 3
    gap = Fraction(finding.difference) * Fraction(finding.stated.unit.factor)
    assigned = finding.stated.unit.kind is UnitKind.SCORE  # 分数没有进位，容差由评分方案规定
    if assigned or gap**2 <= _FAR**2 * spread or any(item.vague for item in finding.figures):
        return finding
    note = "但各项进位恰好都偏向一边的可能极小，请逐项核对。"
    remedy = "逐项与账表核对，多半是某一项末尾数字有误。"
    return replace(finding, verdict=Verdict.QUESTION, explanation=finding.explanation + note, remedy=remedy)


def unless_short(finding: Finding) -> Finding:
    """A gap that only rounding of parts printed with fewer places than their total could explain is asked about.

    30 beside 29.99 mostly stands for 30.00; a total with fewer places than its parts is as a rule rounded.
    """
    if finding.verdict is not Verdict.ROUNDING:
        return finding
    quantities = [item.quantity for item in finding.figures if item.quantity]
    places = max(item.places for item in quantities)
    money = all(item.unit.kind is UnitKind.MONEY and item.unit_name == quantities[0].unit_name for item in quantities)
    fine = [item for item in quantities if item.places == places]
    if not money or quantities[0] not in fine or len(fine) < 2:
        return finding
    room = len(fine) * quantities[0].half_unit
    short = [item for item in quantities[1:] if item.places < places]
    vague = any(item.vague for item in finding.figures)
    gap = abs(finding.difference or Decimal(0)) * quantities[0].unit.factor
    if not short or vague or gap <= room:
        return finding
    note = f"但{'、'.join(str(item) for item in short[:3])}少写了小数位，若是整数则不符，请核对。"
    remedy = "各项写同样的小数位，核对各数。"
    return replace(finding, verdict=Verdict.QUESTION, explanation=finding.explanation + note, remedy=remedy)


def can_fill(finding: Finding) -> bool:
    """Whether a further part could close the gap: the parts fall short, or such parts may be negative."""
    over = finding.difference or 0
    return over > 0 or (over < 0 and bool(finding.figures) and may_be_negative(finding.figures[0]))


def may_be_negative(figure: Figure) -> bool:
    """Whether figures of that kind come with a minus: adjustments of a budget, balances."""
    return figure.key.stage is Stage.ADJUSTMENT or figure.key.concept.startswith(_SIGNED)


def asked(finding: Finding, note: str, remedy: str) -> Finding:
    """The finding as a question, with what makes it one."""
    return replace(finding, verdict=Verdict.QUESTION, explanation=finding.explanation + note, remedy=remedy)


def doubted(finding: Finding, why: str) -> Finding:
    """As `asked`, where what is to be done stays the same."""
    return replace(noted(finding, why), verdict=Verdict.QUESTION)


def noted(finding: Finding, note: str) -> Finding:
    """The finding with a word more at the end of its sentence."""
    return replace(finding, explanation=f"{finding.explanation.rstrip('。')}；{note}")
