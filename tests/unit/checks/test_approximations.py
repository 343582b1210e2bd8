"""What a number with an approximating word may stand for: on which side the true one lies, and how far away."""

from decimal import Decimal
from fractions import Fraction

import pytest

from rongji.checks.intervals import possible, stated
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind
from rongji.kernel.quantity import Quantity

# word, taken at its word, at the very most (None: without end), for 2100 人: one unit of the last digit meant is 100
SIDES = [
    ("", (2100, 2100), (2100, 2100)),
    ("余", (2100, 2200), (2100, 3100)),
    ("多", (2100, 2200), (2100, 3100)),
    ("以上", (2100, 2200), (2100, None)),
    ("超过", (2100, 2200), (2100, None)),
    ("不少于", (2100, 2200), (2100, None)),
    ("至少", (2100, 2200), (2100, None)),
    ("以内", (2000, 2100), (None, 2100)),
    ("不足", (2000, 2100), (None, 2100)),
    ("不超过", (2000, 2100), (None, 2100)),
    ("近", (2000, 2100), (1100, 3100)),
    ("接近", (2000, 2100), (1100, 3100)),
    ("约", (2000, 2200), (1100, 3100)),
    ("左右", (2000, 2200), (1100, 3100)),
]


@pytest.mark.parametrize(("word", "at_its_word", "at_most"), SIDES)
def test_the_side_of_an_approximating_word(word, at_its_word, at_most):
    """Upwards, downwards, both ways; 以上 has no upper end and 以内 no lower one."""
    quantity = Quantity(Decimal(2100), "人", 0)
    figure = Figure(FigureKey("fact.x"), "x", Source(SourceKind.DECLARED), quantity, vague=word)
    assert bounds(stated(figure)) == at_its_word
    assert bounds(possible(figure)) == at_most


def bounds(interval):
    """The ends of an interval as whole numbers."""
    return tuple(None if end is None else int(Fraction(end)) for end in (interval.low, interval.high))
