"""Numbers of a score sheet: exact shares of a weight, points rounded once, and how both are written in a sentence."""

from decimal import Decimal
from fractions import Fraction
from math import floor

SHOWN_PLACES = 4
"""Decimals of a ratio in an explanation; the computation itself keeps the exact fraction."""


def round_half_up(value: Fraction, places: int) -> Decimal:
    """Round an exact fraction half away from zero to `places` decimals."""
    scaled = floor(abs(value) * 10**places + Fraction(1, 2))
    return Decimal(scaled if value >= 0 else -scaled).scaleb(-places)


def points(weight: Decimal, share: Fraction, places: int) -> Decimal:
    """Points of one row: weight times share, rounded once."""
    return round_half_up(Fraction(weight) * share, places)


def as_decimal(value: Fraction) -> Decimal:
    """A fraction as a Decimal of 28 digits: for showing and storing, never on the way to points."""
    return Decimal(value.numerator) / Decimal(value.denominator)


def plain(value: Decimal) -> str:
    """A number without needless zeros and without an exponent: `6`, `0.6`, `13351.2`."""
    text = format(value, "f")
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"


def shown(value: Fraction, places: int = SHOWN_PLACES) -> str:
    """A fraction as a plain number of at most `places` decimals."""
    return plain(round_half_up(value, places))


def equals(value: Fraction, places: int = SHOWN_PLACES) -> str:
    """` = 0.5` when the shown number is the exact one, ` ≈ 0.8566` when it is not."""
    exact = Fraction(round_half_up(value, places)) == value
    return f"{'=' if exact else '≈'} {shown(value, places)}"


def percent(value: Fraction, places: int = 2) -> str:
    """A share as a percentage: `85.66%`."""
    return f"{shown(value * 100, places)}%"


def decimal_string(value: Decimal | None) -> str | None:
    """A number as it goes into JSON: a plain decimal string, None when there is none."""
    return None if value is None else format(value, "f")
