"""The arithmetic of contradictions: does what is printed follow from what else is printed?

Every function takes figures wherever they come from (a bureau's records, a form, a sentence of somebody
else's report), compares them within what their printed precision can hide, and yields one Finding with the
sum in one sentence. Nothing here knows concepts, forms or law; no float, no database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from rongji.checks import wording
from rongji.checks.intervals import Interval, exactly, margin, possible, stated
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import EXACT, Quantity, half_up
from rongji.kernel.units import UnitKind

Terms = Sequence[tuple[int, Figure]]
_FAR = 4  # 倍标准差


@dataclass(frozen=True, slots=True)
class Case:
    """One comparison: what is printed, what it should follow from, and how a finding about it is worded."""

    printed: Figure
    basis: tuple[Figure, ...]
    expression: str
    computed: Fraction
    loose: Interval
    tight: Interval
    verb: str = "而"


def positive(parts: Sequence[Figure]) -> Terms:
    """Parts that are all added."""
    return [(1, part) for part in parts]


def sum_of_parts(
    check: str, total: Figure, parts: Terms, *, extra: Fraction = Fraction(0), remedy: str = "", subject: str = ""
) -> Finding:
    """Whether `total` is the signed sum of `parts`. `extra` widens the tolerance (base units), as a scheme may."""
    computed = _sum(parts)
    tight = loose = exactly(computed).widened(extra + total_margin_of([part for _, part in parts]))
    if any(part.vague for _, part in parts):
        tight = _signed([(sign, stated(part)) for sign, part in parts]).widened(extra)
        loose = _signed([(sign, possible(part)) for sign, part in parts]).widened(extra)
    basis = tuple(part for _, part in parts)
    case = Case(total, basis, wording.total_of(parts, total), computed, loose, tight)
    finding = _judged(check, case, remedy or "逐项与账表核对，改正出错的一项，使合计等于各项之和。", subject)
    return _doubtful_if_short(_doubtful_if_far(_doubtful_if_units_differ(finding)))


def parts_within(check: str, total: Figure, parts: Sequence[Figure], *, remedy: str = "", subject: str = "") -> Finding:
    """Whether the `parts` of a list that need not be complete stay within `total`."""
    tight = _signed([(1, stated(part)) for part in parts])
    loose = _signed([(1, possible(part)) for part in parts])
    computed = _sum(positive(parts))
    if not tight.can_be_within(stated(total)):
        below = loose.can_be_within(possible(total))
        verdict = Verdict.QUESTION if below else Verdict.CONTRADICTION
    else:
        verdict = Verdict.HOLDS if computed <= _base(total) else Verdict.ROUNDING
    finding = _found(check, verdict, total, tuple(parts), computed, total_margin_of((total, *parts)), subject)
    sum_text = wording.total_of(positive(parts), total)
    computed_text = _shown(finding.computed)
    tail = "，部分大于整体" if verdict in (Verdict.CONTRADICTION, Verdict.QUESTION) else "，未超出"
    explanation = f"{wording.said(total)}，其中{sum_text}{_equals(parts, computed_text)}{tail}。"
    todo = remedy or "部分不能大于整体：核对口径和数字，改正出错的一项。"
    return _doubtful_if_units_differ(_told(finding, explanation, todo))


def same_fact(check: str, leading: Figure, other: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether two printings of one fact say the same; a slip of 10, 100, 1000 or 10000 times is named."""
    case = Case(
        other,
        (leading,),
        f"{wording.said(leading, (other,))}{wording.where(leading)}",
        _base(leading),
        possible(leading),
        stated(leading),
        verb="与",
    )
    finding = _judged(check, case, remedy or "同一事实全文只能有一个数：查明哪一处正确，另一处照改。", subject)
    verdict = finding.verdict
    opening = f"{wording.said(other, (leading,))}{wording.where(other)}，另一处写作 {wording.value_of(leading)}"
    opening += wording.where(leading)
    if verdict is Verdict.HOLDS:
        return replace(finding, explanation=f"{opening}，两处一致。")
    slip = power_of_ten(_base(other), _base(leading))
    slip_text = f"，恰为 {slip} 倍，疑为单位写错" if slip and verdict is Verdict.CONTRADICTION else ""
    return replace(finding, explanation=f"{opening}，{_outcome(finding)}{slip_text}。")


def same_amount(check: str, total: Figure, other: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether two differently named figures that must be the same amount are."""
    text = f"{wording.said(other, (total,))}应为同一数"
    case = Case(total, (other,), text, _base(other), possible(other), stated(other), verb="与")
    finding = _judged(check, case, remedy or "两个合计是同一笔钱：按账表核对，改正出错的一个。", subject)
    return replace(finding, explanation=f"{wording.said(total, (other,))}，与{text}，{_outcome(finding)}。")


def ratio(
    check: str, rate: Figure, numerator: Figure, denominator: Figure, *, remedy: str = "", subject: str = ""
) -> Finding:
    """Whether a stated rate is `numerator ÷ denominator`; a denominator of zero is a question."""
    return ratio_of_sums(check, rate, [(1, numerator)], [(1, denominator)], remedy=remedy, subject=subject)


def ratio_of_sums(
    check: str, rate: Figure, top: Terms, bottom: Terms, *, remedy: str = "", subject: str = ""
) -> Finding:
    """As `ratio`, with signed sums above and below the line."""
    basis = tuple(figure for _, figure in (*top, *bottom))
    tight, loose = (_signed([(sign, reach(figure)) for sign, figure in bottom]) for reach in (stated, possible))
    if _sum(bottom) <= 0:
        return _no_basis(check, rate, basis, bottom[0][1], subject)
    case = Case(
        rate,
        basis,
        f"{_operands(top, rate)} ÷ {_operands(bottom, rate)}",
        _sum(top) / _sum(bottom),
        _over(_signed([(sign, possible(figure)) for sign, figure in top]), loose),
        _over(_signed([(sign, stated(figure)) for sign, figure in top]), tight),
    )
    return _judged(check, case, remedy or "按分子除以分母重算后改正比率，或改正出错的分子、分母。", subject)


def _over(top: Interval, bottom: Interval) -> Interval:
    """A quotient; of a base that rounding could bring down to nothing it can be anything."""
    return top.over(bottom) if (bottom.low or 0) > 0 else Interval(None, None)


def growth(check: str, rate: Figure, now: Figure, before: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether a stated change is `(now − before) ÷ before`; growth from zero cannot be stated."""
    if _base(before) <= 0 or (stated(before).low or 0) <= 0:
        return _no_basis(check, rate, (now, before), before, subject)
    minus_one = exactly(Fraction(-1))
    now_text, before_text = _operand(now, rate), _operand(before, rate)
    case = Case(
        rate,
        (now, before),
        f"（{now_text} {wording.MINUS} {before_text}）÷ {before_text}",
        _base(now) / _base(before) - 1,
        possible(now).over(possible(before)) + minus_one if _positive(before) else Interval(None, None),
        stated(now).over(stated(before)) + minus_one,
    )
    return _judged(check, case, remedy or "按（本年 − 上年）÷ 上年重算后改正。", subject)


def product(
    check: str,
    result: Figure,
    factors: Sequence[Figure],
    *,
    extra: Fraction = Fraction(0),
    remedy: str = "",
    subject: str = "",
) -> Finding:
    """Whether a stated result (a score) is the product of `factors` (weight × rate); `extra` as the scheme allows."""
    tight, loose, computed = exactly(Fraction(1)), exactly(Fraction(1)), Fraction(1)
    for factor in factors:
        tight, loose = tight.times(stated(factor)), loose.times(possible(factor))
        computed *= _base(factor)
    expression = " × ".join(f"{factor.label} {wording.value_of(factor)}" for factor in factors)
    printing = Fraction(result.quantity.half_unit) if result.quantity else Fraction(0)
    case = Case(
        result,
        tuple(factors),
        expression,
        computed,
        loose.widened(extra + printing),
        tight.widened(extra + printing),
    )
    return _judged(check, case, remedy or "按评分办法重算后改正得分。", subject)


def at_most(check: str, value: Figure, limit: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether a value stays at or below a limit (a score at its weight)."""
    over = not stated(value).can_be_within(stated(limit))
    grossly = not possible(value).can_be_within(possible(limit))
    verdict = Verdict.CONTRADICTION if grossly else Verdict.QUESTION if over else Verdict.HOLDS
    finding = _found(check, verdict, value, (limit,), _base(limit), total_margin_of((value, limit)), subject)
    tail = f"，多出 {wording.gap(finding.difference or Decimal(0), _unit(value))}" if over else "，未超出"
    explanation = f"{wording.said(value)}，上限为{wording.said(limit)}{tail}。"
    return _told(finding, explanation, remedy or "不得高于上限，核对后改正。")


def power_of_ten(left: Fraction, right: Fraction) -> int:
    """10, 100, 1000 or 10000 when one value is exactly that many times the other, else 0."""
    if left <= 0 or right <= 0:
        return 0
    times = max(left, right) / min(left, right)
    return int(times) if times in (10, 100, 1000, 10000, 100000000) else 0


def total_margin_of(figures: Sequence[Figure]) -> Fraction:
    """The tolerance that the printed precision of these figures gives a sum, in base units."""
    return sum((margin(item.quantity) for item in figures if item.quantity), Fraction(0))


def _judged(check: str, case: Case, remedy: str, subject: str) -> Finding:
    """Compare what is printed with what follows; word the outcome."""
    printed = case.printed
    verdict = _verdict(case)
    finding = _found(check, verdict, printed, case.basis, case.computed, _tolerance(case), subject)
    result = f" = {_shown(finding.computed)}" if len(case.basis) > 1 else _unit_after(case.basis[0], printed)
    explanation = f"{wording.said(printed, case.basis)}，{case.verb}{case.expression}{result}，{_outcome(finding)}。"
    return _told(finding, explanation, remedy)


def _verdict(case: Case) -> Verdict:
    if not stated(case.printed).meets(case.tight):
        if possible(case.printed).meets(case.loose):
            return Verdict.QUESTION
        return Verdict.CONTRADICTION
    vague = case.printed.vague or any(item.vague for item in case.basis)
    return Verdict.HOLDS if vague or _prints_as(case.printed, case.computed) else Verdict.ROUNDING


def _prints_as(figure: Figure, computed: Fraction) -> bool:
    """Whether the computed value, rounded to the printed places, is what is printed."""
    quantity = figure.quantity
    if quantity is None:
        return False
    return half_up(wording.as_decimal(computed, quantity.unit_name), quantity.places) == quantity.value


def _tolerance(case: Case) -> Fraction:
    """How far the printed figure may lie from the computed one before printing no longer explains it."""
    own = margin(case.printed.quantity) if case.printed.quantity else Fraction(0)
    reach = [abs(end - case.computed) for end in (case.tight.low, case.tight.high) if end is not None]
    return own + max(reach, default=Fraction(0))


def _found(
    check: str,
    verdict: Verdict,
    printed: Figure,
    basis: tuple[Figure, ...],
    computed: Fraction,
    tolerance: Fraction,
    subject: str,
) -> Finding:
    quantity = printed.quantity
    if quantity is None:
        raise ValueError(f"{printed.key} states no number")
    places = quantity.places + 2 if _is_endless(computed, quantity) else None
    result = wording.in_unit(computed, quantity, places)
    return Finding(
        check=check,
        verdict=verdict,
        explanation="",
        figures=(printed, *basis),
        stated=quantity,
        computed=result,
        difference=wording.as_decimal(Fraction(quantity.base) - computed, quantity.unit_name),
        tolerance=wording.as_decimal(tolerance, quantity.unit_name),
        subject=subject,
    )


def _is_endless(value: Fraction, like: Quantity) -> bool:
    """Whether a value has no end as a decimal in that unit, or more places than a table ever prints."""
    scaled = value / Fraction(like.unit.factor)
    return (scaled * 10**8).denominator != 1


def _told(finding: Finding, explanation: str, remedy: str) -> Finding:
    return replace(finding, explanation=explanation, remedy="" if finding.agrees else remedy)


def _outcome(finding: Finding) -> str:
    difference, tolerance = finding.difference or Decimal(0), finding.tolerance or Decimal(0)
    unit_name = finding.stated.unit_name if finding.stated else ""
    if finding.verdict is Verdict.HOLDS:
        return "相符"
    gap, room = wording.gap(_short(difference, finding), unit_name), wording.gap(_short(tolerance, finding), unit_name)
    if finding.verdict is Verdict.ROUNDING:
        return f"相差 {gap}，在进位允许的 {room}之内"
    if finding.verdict is Verdict.QUESTION:
        return f"相差 {gap}，因有约数或口径不明，不能断定"
    return f"相差 {gap}，超出进位允许的 {room}" if tolerance else f"相差 {gap}"


def _short(value: Decimal, finding: Finding) -> Decimal:
    """A difference with no more places than its figures make sense of (one more than the finest printed)."""
    computed = finding.computed.places if finding.computed else 2
    counted = finding.figures[:1] if _is_rate(finding) else finding.figures
    printed = [item.quantity.places + 1 for item in counted if item.quantity]
    return half_up(value, max([computed, *printed]))


def _is_rate(finding: Finding) -> bool:
    return finding.stated is not None and finding.stated.unit.kind is UnitKind.RATIO


def _no_basis(check: str, rate: Figure, basis: tuple[Figure, ...], zero: Figure, subject: str) -> Finding:
    explanation = f"{wording.said(rate, basis)}，但{wording.said(zero, basis)}，以零为分母的比率没有意义。"
    return Finding(
        check=check,
        verdict=Verdict.QUESTION,
        explanation=explanation,
        figures=(rate, *basis),
        stated=rate.quantity,
        remedy="分母为零时不写百分比，改写为绝对数并说明原因。",
        subject=subject,
    )


def _doubtful_if_units_differ(finding: Finding) -> Finding:
    """件 and 人次 do not add by nature: a gap between them is a question, never an accusation."""
    quantities = [item.quantity for item in finding.figures if item.quantity]
    mixed = any(not quantities[0].unit.is_comparable_with(item.unit) for item in quantities[1:])
    if not mixed or finding.verdict is not Verdict.CONTRADICTION:
        return finding
    note = "各项计量单位不同，不能断定。"
    return replace(finding, verdict=Verdict.QUESTION, explanation=finding.explanation + note)


def _doubtful_if_far(finding: Finding) -> Finding:
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


def _doubtful_if_short(finding: Finding) -> Finding:
    """A gap that only rounding of parts printed with fewer places than their total could explain is asked about.

    30 beside 29.99 mostly stands for 30.00; a total with fewer places than its parts is as a rule rounded.
    """
    quantities = [item.quantity for item in finding.figures if item.quantity]
    places = max(item.places for item in quantities)
    money = all(item.unit.kind is UnitKind.MONEY and item.unit_name == quantities[0].unit_name for item in quantities)
    fine = [item for item in quantities if item.places == places]
    if finding.verdict is not Verdict.ROUNDING or not money or quantities[0] not in fine or len(fine) < 2:
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


def _signed(terms: Sequence[tuple[int, Interval]]) -> Interval:
    result = exactly(Fraction(0))
    for sign, interval in terms:
        result = result + interval.scaled(sign)
    return result


def _operand(figure: Figure, beside: Figure) -> str:
    return f"{wording.label_of(figure, (beside,))} {wording.value_of(figure)}"


def _operands(terms: Terms, beside: Figure) -> str:
    texts = [f"{'+' if sign > 0 else wording.MINUS} {_operand(figure, beside)}" for sign, figure in terms]
    joined = " ".join(texts).removeprefix("+ ")
    return f"（{joined}）" if len(terms) > 1 else joined


def _sum(terms: Terms) -> Fraction:
    """Exact: the sum has room for far more digits than any table prints."""
    total = Decimal(0)
    for sign, figure in terms:
        if figure.quantity is None:
            raise ValueError(f"{figure.key} states no number")
        total = (EXACT.add if sign >= 0 else EXACT.subtract)(total, figure.quantity.base)
    return Fraction(total)


def _unit_after(only: Figure, printed: Figure) -> str:
    """The unit that the sum of a single part still lacks."""
    same = only.quantity and printed.quantity and only.quantity.unit_name == printed.quantity.unit_name
    return f" {_unit(only)}" if same else ""


def _equals(parts: Sequence[Figure], computed: str) -> str:
    return f" = {computed}" if len(parts) > 1 else f"（{computed}）"


def _shown(computed: Quantity | None) -> str:
    return wording.amount(computed) if computed else ""


def _unit(figure: Figure) -> str:
    return figure.quantity.unit_name if figure.quantity else ""


def _positive(figure: Figure) -> bool:
    low = possible(figure).low
    return low is not None and low > 0


def _base(figure: Figure) -> Fraction:
    if figure.quantity is None:
        raise ValueError(f"{figure.key} states no number")
    return Fraction(figure.quantity.base)
