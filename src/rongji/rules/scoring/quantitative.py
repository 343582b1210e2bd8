"""Quantitative indicators: what share of its weight a row earns by comparing the actual value with the target."""

from dataclasses import dataclass
from fractions import Fraction

from rongji.kernel.bureau_year import Direction
from rongji.kernel.quantity import Quantity
from rongji.law.shapes.scheme import DirectionRule, Method
from rongji.rules.rule import rule
from rongji.rules.scoring.points import equals, plain, shown

CITES = ("mof-2020-10",)

DIRECTION_WORDS = {
    Direction.AT_LEAST: "越大越好指标",
    Direction.AT_MOST: "越小越好指标",
    Direction.EXACT: "等值指标",
    Direction.RANGE: "区间指标",
    Direction.QUALITATIVE: "定性指标",
}

METHOD_RULES = {
    Method.PROPORTIONAL: "scoring.at_least",
    Method.INVERSE: "scoring.at_most",
    Method.LOWER_RATIO: "scoring.exactly",
    Method.NEAREST_BOUND: "scoring.within",
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """The outcome of comparing one actual with its target.

    share: share of the weight earned, None when no ratio exists and a person must decide.
    reached: whether the target is met. ratio: actual ÷ target before the cap, where it means something.
    how: the arithmetic in words.
    """

    share: Fraction | None
    reached: bool
    how: str
    ratio: Fraction | None = None


def compare(
    direction: Direction, actual: Quantity, target: Quantity, upper: Quantity | None, law: DirectionRule
) -> Comparison:
    """Compare by the method that the scheme lays down for this direction.

    A target of zero is always left to a person: no ratio with it means anything.
    """
    if target.value == 0 and upper is None:
        return Comparison(None, _is_reached(direction, actual, target), f"目标值为 0，{_words(actual)}与 0 无法相除")
    match law.method:
        case Method.PROPORTIONAL:
            return at_least(actual, target, law)
        case Method.INVERSE:
            return at_most(actual, target, law)
        case Method.LOWER_RATIO:
            return exactly(actual, target, law)
        case Method.NEAREST_BOUND:
            return within(actual, target, upper or target, law)


@rule(id="scoring.at_least", cites=CITES)
def at_least(actual: Quantity, target: Quantity, law: DirectionRule) -> Comparison:
    """越大越好 (≥): actual ÷ target, capped.

    Unit: share of the weight, 0 to the cap. Rounding: none; the row rounds its points once.
    A negative target that is missed has no meaningful ratio and is left to a person.
    """
    reached = actual.base >= target.base
    if target.base <= 0:
        return _without_ratio(actual, target, reached=reached, law=law)
    ratio = max(Fraction(actual.base) / Fraction(target.base), Fraction(0))
    how = f"{_words(actual)} ÷ {_words(target, '目标')} {equals(ratio)}"
    return _capped(ratio, reached, how, law)


@rule(id="scoring.at_most", cites=CITES)
def at_most(actual: Quantity, target: Quantity, law: DirectionRule) -> Comparison:
    """越小越好 (≤): target ÷ actual, capped; an actual of zero earns what the scheme says for it.

    Unit: share of the weight, 0 to the cap. Rounding: none; the row rounds its points once.
    A negative target that is missed has no meaningful ratio and is left to a person.
    """
    reached = actual.base <= target.base
    if target.base <= 0:
        return _without_ratio(actual, target, reached=reached, law=law)
    if actual.base <= 0:
        share = Fraction(1 if law.zero_actual is None else law.zero_actual)
        return Comparison(share, reached, f"{_words(actual)}，不大于 0，未超过{_words(target, '目标')}，得满分")
    ratio = Fraction(target.base) / Fraction(actual.base)
    how = f"{_words(target, '目标')} ÷ {_words(actual)} {equals(ratio)}"
    return _capped(ratio, reached, how, law)


@rule(id="scoring.exactly", cites=CITES)
def exactly(actual: Quantity, target: Quantity, law: DirectionRule) -> Comparison:
    """等于 (=): full when equal, else the lower of actual ÷ target and target ÷ actual.

    Unit: share of the weight, 0 to the cap. Rounding: none; the row rounds its points once.
    Departs from the text: the national text names no rule for a missed exact value; this one is derived.
    """
    if actual.base == target.base:
        return _capped(Fraction(1), True, f"{_words(actual)}等于{_words(target, '目标')}", law)
    if target.base < 0:
        return _without_ratio(actual, target, reached=False, law=law)
    if actual.base <= 0:
        return Comparison(Fraction(0), False, f"{_words(actual)}，{_words(target, '目标')}，未完成")
    ratio = Fraction(actual.base) / Fraction(target.base)
    lower = min(ratio, 1 / ratio)
    how = f"{_words(actual)}与{_words(target, '目标')}不等，二者相除取小值 {equals(lower).removeprefix('= ')}"
    return _capped(lower, False, how, law)


@rule(id="scoring.within", cites=CITES)
def within(actual: Quantity, lower: Quantity, upper: Quantity, law: DirectionRule) -> Comparison:
    """区间: full between both ends; below, actual ÷ lower end; above, upper end ÷ actual.

    Unit: share of the weight, 0 to the cap. Rounding: none; the row rounds its points once.
    Departs from the text: the national text names no rule for ranges; this one is derived.
    """
    ends = f"区间 {lower.shown()}～{upper}"
    if lower.base <= actual.base <= upper.base:
        return _capped(Fraction(1), True, f"{_words(actual)}在{ends}之内", law)
    if lower.base < 0 or upper.base <= 0:
        return Comparison(None, False, f"{_words(actual)}不在{ends}之内，界限不是正数，无法相除")
    if actual.base < lower.base:
        ratio = max(Fraction(actual.base) / Fraction(lower.base), Fraction(0))
        return _capped(ratio, False, f"{_words(actual)}低于{ends}，实际 ÷ 下限 {equals(ratio)}", law)
    ratio = Fraction(upper.base) / Fraction(actual.base)
    return _capped(ratio, False, f"{_words(actual)}高于{ends}，上限 ÷ 实际 {equals(ratio)}", law)


def _is_reached(direction: Direction, actual: Quantity, target: Quantity) -> bool:
    if direction is Direction.AT_LEAST:
        return actual.base >= target.base
    if direction is Direction.AT_MOST:
        return actual.base <= target.base
    return actual.base == target.base


def _without_ratio(actual: Quantity, target: Quantity, *, reached: bool, law: DirectionRule) -> Comparison:
    """Reached without a ratio earns the cap; missed is left to a person."""
    if reached:
        return Comparison(Fraction(law.cap), True, f"{_words(actual)}达到{_words(target, '目标')}，得满分")
    return Comparison(None, False, f"{_words(actual)}未达到{_words(target, '目标')}，目标不是正数，无法相除")


def _capped(ratio: Fraction, reached: bool, how: str, law: DirectionRule) -> Comparison:
    cap = Fraction(law.cap)
    if ratio > cap:
        return Comparison(cap, reached, f"{how}，封顶 {shown(cap)}", ratio)
    return Comparison(ratio, reached, how, ratio)


def _words(quantity: Quantity, name: str = "实际") -> str:
    """`实际 4113人`: all places that count, at least the printed ones."""
    number = quantity.shown()
    if len(number) < len(plain(quantity.value)):
        number = shown(Fraction(quantity.value))
    return f"{name} {number}{quantity.unit_name}"
