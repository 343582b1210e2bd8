"""Computed values in printed units: exact where they end, rounded where they do not, however long they are."""

from decimal import Decimal
from fractions import Fraction

import pytest

from rongji.checks.wording import as_decimal


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (Fraction(12345, 1), "万元", "1.2345"),
        (Fraction(1, 8), "%", "12.5"),
        (Fraction(1, 3), "%", "33.333333333333"),
        (Fraction(2, 3), "倍", "0.666666666667"),
        (Fraction(10**30, 3), "元", "333333333333333333333333333333.333333333333"),
        (Fraction(10**40 + 1, 100), "元", "100000000000000000000000000000000000000.01"),
        (Fraction(0), "万元", "0"),
    ],
)
def test_a_value_in_its_unit(value, unit, expected):
    assert as_decimal(value, unit) == Decimal(expected)
