"""Scores that a person has to give: no ratio exists, or nothing can be computed yet."""

from decimal import Decimal

from rongji.kernel.quantity import half_up
from rongji.rules.rule import rule


@rule(id="scoring.by_hand", cites=("self-evaluation-practice",))
def within_weight(stated: Decimal, weight: Decimal, places: int) -> Decimal:
    """人工评定: the score that a person put down, held between zero and the weight.

    Unit: 分. Rounding: half up to the places of a row score.
    """
    return half_up(min(max(stated, Decimal(0)), weight), places)
