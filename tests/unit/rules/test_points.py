"""Exact shares, points rounded once, numbers as they are written."""

from decimal import Decimal
from fractions import Fraction

import pytest

from rongji.rules.scoring.points import decimal_string, equals, percent, plain, points, round_half_up, shown


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-1, 8), 2, "-0.13"),
        (Fraction(1, 3), 2, "0.33"),
        (Fraction(2, 3), 0, "1"),
        (Fraction(5, 2), 0, "3"),
        (Fraction(1249999999999999999999999999999, 10**31), 2, "0.12"),  # 28 位以外也不进
    ],
)
def test_half_up_from_the_exact_fraction(value, places, rounded):
    """Away from zero at the half, never twice."""
    assert str(round_half_up(value, places)) == rounded


def test_points_are_weight_times_share():
    """10 × 11436.27 ÷ 13351.2."""
    assert str(points(Decimal(10), Fraction(Decimal("11436.27")) / Fraction(Decimal("13351.2")), 2)) == "8.57"


@pytest.mark.parametrize(
    ("value", "text"),
    [("6.00", "6"), ("0.60", "0.6"), ("100", "100"), ("1E+2", "100"), ("0.00", "0"), ("-5.10", "-5.1")],
)
def test_plain_numbers(value, text):
    """No needless zeros, no exponent."""
    assert plain(Decimal(value)) == text


@pytest.mark.parametrize(
    ("value", "text"), [(Fraction(1, 2), "= 0.5"), (Fraction(1), "= 1"), (Fraction(2, 3), "≈ 0.6667")]
)
def test_equals_says_when_it_is_not_exact(value, text):
    """= or ≈."""
    assert equals(value) == text


def test_shares_as_percentages_and_json_strings():
    """Two places at most; None stays None."""
    assert percent(Fraction(1, 3)) == "33.33%"
    assert percent(Fraction(4, 5)) == "80%"
    assert shown(Fraction(1, 3), 2) == "0.33"
    assert decimal_string(None) is None
    assert decimal_string(Decimal("8.570")) == "8.570"
