"""The arithmetic of contradictions: does what is printed follow from what else is printed?

Every function takes figures wherever they come from (a bureau's records, a form, a sentence of somebody
else's report), compares them within what their printed precision can hide, and yields one Finding with the
sum in one sentence. Nothing here knows concepts, forms or law; no float, no database.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from rongji.checks import wording
from rongji.checks.comparison import Case, found, judged, no_basis, outcome, shown, told
from rongji.checks.excuses import asked, unless_far, unless_short, unless_units_differ
from rongji.checks.intervals import Interval, exactly, hidden, possible, stated
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import EXACT

Terms = Sequence[tuple[int, Figure]]


def positive(parts: Sequence[Figure]) -> Terms:
    """Parts that are all added."""
    return [(1, part) for part in parts]


def sum_of_parts(
    total: Figure, parts: Terms, *, extra: Fraction = Fraction(0), remedy: str = "", subject: str = ""
) -> Finding:
    """Whether `total` is the signed sum of `parts`. `extra` widens the tolerance (base units), as a scheme may."""
    computed = _sum(parts)
    tight = loose = exactly(computed).widened(extra + total_margin_of([part for _, part in parts]))
    if any(part.vague for _, part in parts):
        tight = _signed([(sign, stated(part)) for sign, part in parts]).widened(extra)
        loose = _signed([(sign, possible(part)) for sign, part in parts]).widened(extra)
    basis = tuple(part for _, part in parts)
    case = Case(total, basis, wording.total_of(parts, total), computed, loose, tight)
    finding = judged(case, remedy or "逐项与账表核对，改正出错的一项，使合计等于各项之和。", subject)
    return unless_short(unless_far(unless_units_differ(finding)))


def parts_within(total: Figure, parts: Sequence[Figure], *, remedy: str = "", subject: str = "") -> Finding:
    """Whether the `parts` of a list that need not be complete stay within `total`."""
    tight = _signed([(1, stated(part)) for part in parts])
    loose = _signed([(1, possible(part)) for part in parts])
    computed = _sum(positive(parts))
    if not tight.can_be_within(stated(total)):
        below = loose.can_be_within(possible(total))
        verdict = Verdict.QUESTION if below else Verdict.CONTRADICTION
    else:
        verdict = Verdict.HOLDS if computed <= _base(total) else Verdict.ROUNDING
    finding = found(verdict, total, tuple(parts), computed, total_margin_of((total, *parts)), subject)
    sum_text = wording.total_of(positive(parts), total)
    computed_text = shown(finding.computed)
    tail = "，部分大于整体" if verdict in (Verdict.CONTRADICTION, Verdict.QUESTION) else "，未超出"
    explanation = f"{wording.said(total)}，其中{sum_text}{_equals(parts, computed_text)}{tail}。"
    todo = remedy or "部分不能大于整体：核对口径和数字，改正出错的一项。"
    return unless_units_differ(told(finding, explanation, todo))


def same_fact(leading: Figure, other: Figure, *, remedy: str = "", subject: str = "") -> Finding:
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
    finding = judged(case, remedy or "同一事实全文只能有一个数：查明哪一处正确，另一处照改。", subject)
    verdict = finding.verdict
    opening = f"{wording.said(other, (leading,))}{wording.where(other)}，另一处写作 {wording.value_of(leading)}"
    opening += wording.where(leading)
    if verdict is Verdict.HOLDS:
        return replace(finding, explanation=f"{opening}，两处一致。")
    slip = power_of_ten(_base(other), _base(leading))
    slip_text = f"，恰为 {slip} 倍，疑为单位写错" if slip and verdict is Verdict.CONTRADICTION else ""
    return replace(finding, explanation=f"{opening}，{outcome(finding)}{slip_text}。")


def same_amount(total: Figure, other: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether two differently named figures that must be the same amount are."""
    text = f"{wording.said(other, (total,))}应为同一数"
    case = Case(total, (other,), text, _base(other), possible(other), stated(other), verb="与")
    finding = judged(case, remedy or "两个合计是同一笔钱：按账表核对，改正出错的一个。", subject)
    return replace(finding, explanation=f"{wording.said(total, (other,))}，与{text}，{outcome(finding)}。")


def ratio(rate: Figure, numerator: Figure, denominator: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether a stated rate is `numerator ÷ denominator`; a denominator of zero is a question."""
    return ratio_of_sums(rate, [(1, numerator)], [(1, denominator)], remedy=remedy, subject=subject)


def ratio_of_sums(rate: Figure, top: Terms, bottom: Terms, *, remedy: str = "", subject: str = "") -> Finding:
    """As `ratio`, with signed sums above and below the line."""
    basis = tuple(figure for _, figure in (*top, *bottom))
    tight, loose = (_signed([(sign, reach(figure)) for sign, figure in bottom]) for reach in (stated, possible))
    if _sum(bottom) <= 0:
        return no_basis(rate, basis, bottom[0][1], subject)
    case = Case(
        rate,
        basis,
        f"{_operands(top, rate)} ÷ {_operands(bottom, rate)}",
        _sum(top) / _sum(bottom),
        _over(_signed([(sign, possible(figure)) for sign, figure in top]), loose),
        _over(_signed([(sign, stated(figure)) for sign, figure in top]), tight),
    )
    return judged(case, remedy or "按分子除以分母重算后改正比率，或改正出错的分子、分母。", subject)


def _over(top: Interval, bottom: Interval) -> Interval:
    """A quotient; of a base that rounding could bring down to nothing it can be anything."""
    return top.over(bottom) if (bottom.low or 0) > 0 else Interval(None, None)


def growth(rate: Figure, now: Figure, before: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether a stated change is `(now − before) ÷ before`; growth from zero cannot be stated."""
    if _base(before) <= 0 or (stated(before).low or 0) <= 0:
        return no_basis(rate, (now, before), before, subject)
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
    return judged(case, remedy or "按（本年 − 上年）÷ 上年重算后改正。", subject)


def growth_or_fall(rate: Figure, now: Figure, before: Figure, *, subject: str = "") -> Finding:
    """As `growth`; a fall that is printed without its sign (减少 10 写作 10) is a question of wording."""
    finding = growth(rate, now, before, subject=subject)
    if finding.verdict is not Verdict.CONTRADICTION or rate.quantity is None:
        return finding
    turned = replace(rate, quantity=replace(rate.quantity, value=-rate.quantity.value))
    if growth(turned, now, before).verdict is Verdict.CONTRADICTION:
        return finding
    return asked(finding, "数值相符而方向相反，可能是“减少”未写负号。", "写明增加或减少。")


def product(
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
    return judged(case, remedy or "按评分办法重算后改正得分。", subject)


def at_most(value: Figure, limit: Figure, *, remedy: str = "", subject: str = "") -> Finding:
    """Whether a value stays at or below a limit (a score at its weight)."""
    over = not stated(value).can_be_within(stated(limit))
    grossly = not possible(value).can_be_within(possible(limit))
    verdict = Verdict.CONTRADICTION if grossly else Verdict.QUESTION if over else Verdict.HOLDS
    finding = found(verdict, value, (limit,), _base(limit), total_margin_of((value, limit)), subject)
    tail = f"，多出 {wording.gap(finding.difference or Decimal(0), _unit(value))}" if over else "，未超出"
    explanation = f"{wording.said(value)}，上限为{wording.said(limit)}{tail}。"
    return told(finding, explanation, remedy or "不得高于上限，核对后改正。")


def power_of_ten(left: Fraction, right: Fraction) -> int:
    """10, 100, 1000 or 10000 when one value is exactly that many times the other, else 0."""
    if left <= 0 or right <= 0:
        return 0
    times = max(left, right) / min(left, right)
    return int(times) if times in (10, 100, 1000, 10000, 100000000) else 0


def total_margin_of(figures: Sequence[Figure]) -> Fraction:
    """The tolerance that the printed precision of these figures gives a sum, in base units."""
    hidden_by_all = Decimal(0)
    for item in figures:
        if item.quantity:
            hidden_by_all = EXACT.add(hidden_by_all, hidden(item.quantity))
    return Fraction(hidden_by_all)


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


def _equals(parts: Sequence[Figure], computed: str) -> str:
    return f" = {computed}" if len(parts) > 1 else f"（{computed}）"


def _unit(figure: Figure) -> str:
    return figure.quantity.unit_name if figure.quantity else ""


def _positive(figure: Figure) -> bool:
    low = possible(figure).low
    return low is not None and low > 0


def _base(figure: Figure) -> Fraction:
    if figure.quantity is None:
        raise ValueError(f"{figure.key} states no number")
    return Fraction(figure.quantity.base)
