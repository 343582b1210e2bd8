"""The grade of a final score."""

from collections.abc import Sequence
from decimal import Decimal

from rongji.law.shapes.bands import GradeBand
from rongji.rules.rule import rule


@rule(id="scoring.grade", cites=("mof-2020-10",))
def grade_of(total: Decimal, bands: Sequence[GradeBand]) -> str | None:
    """评价等次: the band that holds the total; the lower end of a band belongs to it.

    Unit: none, a word. Rounding: none beyond that of the total.
    None when no band holds it, as can happen with whole-number bands.
    """
    return next((band.grade for band in bands if band.holds(total)), None)
