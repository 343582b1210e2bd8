"""What a printed figure may stand for: the interval of true values behind its digits. No database, no float."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from rongji.kernel.figure import Figure
from rongji.kernel.quantity import Quantity
from rongji.kernel.reading.vague import Sense, sense_of
from rongji.kernel.units import UnitKind, is_measured

_UPWARDS = (Sense.ABOVE, Sense.AT_LEAST)
_DOWNWARDS = (Sense.BELOW, Sense.AT_MOST)
_KEPT = 8192
GROSS_STEPS = 10  # 约数允许的最大偏离: 所写末位有效数字的十个单位，超过即不可能


@dataclass(frozen=True, slots=True)
class Interval:
    """All values from low to high, in base units; None is without end on that side."""

    low: Fraction | None
    high: Fraction | None

    def __add__(self, other: "Interval") -> "Interval":
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high))

    def __neg__(self) -> "Interval":
        return Interval(
            None if self.high is None else -self.high,
            None if self.low is None else -self.low,
        )

    def scaled(self, sign: int) -> "Interval":
        """The same interval, mirrored when the term is subtracted."""
        return self if sign >= 0 else -self

    def meets(self, other: "Interval") -> bool:
        """Whether one value can lie in both."""
        return _not_above(self.low, other.high) and _not_above(other.low, self.high)

    def can_be_within(self, limit: "Interval") -> bool:
        """Whether some value of this one is not above some value of the other."""
        return _not_above(self.low, limit.high)

    def times(self, other: "Interval") -> "Interval":
        """Product of two intervals without negative values."""
        return Interval(_multiply(self.low, other.low), _multiply(self.high, other.high))

    def over(self, other: "Interval") -> "Interval":
        """Quotient; the divisor must lie above zero."""
        if other.low is None or other.low <= 0:
            raise ZeroDivisionError
        corners = [
            _divide(top, bottom)
            for top in (self.low, self.high)
            for bottom in (other.low, other.high)
            if top is not None
        ]
        low = min(corners) if self.low is not None else None
        high = max(corners) if self.high is not None else None
        return Interval(low, high)

    def widened(self, by: Fraction) -> "Interval":
        """The interval with `by` more on both sides."""
        return self + Interval(-by, by)


def exactly(value: Fraction) -> Interval:
    """The interval of one value."""
    return Interval(value, value)


@lru_cache(maxsize=_KEPT)
def hidden(quantity: Quantity) -> Decimal:
    """What printing may have hidden, in base units: half a unit of the last printed place.

    Whole things that are counted (人、件、户…) and points that are assigned (分) are exact as printed.
    """
    if quantity.unit.kind is UnitKind.SCORE:
        return Decimal(0)
    whole = quantity.unit.kind is UnitKind.COUNT and not is_measured(quantity.unit_name)
    return Decimal(0) if whole and quantity.places == 0 else quantity.half_unit


@lru_cache(maxsize=_KEPT)
def margin(quantity: Quantity) -> Fraction:
    """The same as a fraction, for quotients."""
    return Fraction(hidden(quantity))


def leading_step(quantity: Quantity) -> Fraction:
    """One unit of the last digit that was meant: 2100 余 → 100, 4355 多 → 1, 4294.75 余 → 0.01 (base units)."""
    step = Fraction(10) ** -quantity.places * Fraction(quantity.unit.factor)
    if quantity.places == 0 and quantity.value:
        digits = str(abs(int(quantity.value)))
        step *= 10 ** (len(digits) - len(digits.rstrip("0")))
    return step


def stated(figure: Figure) -> Interval:
    """What the figure may be if its approximating word is taken at its word."""
    return _stated(_quantity(figure), figure.vague)


@lru_cache(maxsize=_KEPT)
def _stated(quantity: Quantity, vague: str) -> Interval:
    """The same for the number alone; a number is printed, and asked about, many times in one document."""
    value = Fraction(quantity.base)
    if sense_of(vague) in _UPWARDS:
        return Interval(value, value + leading_step(quantity))
    if sense_of(vague) in _DOWNWARDS:
        return Interval(value - leading_step(quantity), value)
    if vague:
        return exactly(value).widened(leading_step(quantity))
    return exactly(value).widened(margin(quantity))


def possible(figure: Figure) -> Interval:
    """What the figure may be at the very most: the same as `stated` for exact figures, wide for vague ones.

    余, 多 and 以上 never stand for less than the number; 以上 has no upper end, 以内 no lower one.
    """
    if not figure.vague:
        return stated(figure)
    quantity = _quantity(figure)
    value = Fraction(quantity.base)
    reach = leading_step(quantity) * GROSS_STEPS
    if sense_of(figure.vague) is Sense.AT_LEAST:
        return Interval(value, None)
    if sense_of(figure.vague) is Sense.AT_MOST:
        return Interval(None, value)
    if sense_of(figure.vague) is Sense.ABOVE:
        return Interval(value, value + reach)
    return exactly(value).widened(reach)


def _quantity(figure: Figure) -> Quantity:
    if figure.quantity is None:
        raise ValueError(f"{figure.key} states no number")
    return figure.quantity


def _plus(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left + right


def _multiply(left: Fraction | None, right: Fraction | None) -> Fraction | None:
    return None if left is None or right is None else left * right


def _divide(top: Fraction, bottom: Fraction | None) -> Fraction:
    return Fraction(0) if bottom is None else top / bottom


def _not_above(low: Fraction | None, high: Fraction | None) -> bool:
    return low is None or high is None or low <= high
