"""How a base runs through a deductible and bands: bill by bill, or together with the bills before it in the year."""

from dataclasses import dataclass

from rongji.law.shapes.amounts import percent_text
from rongji.law.shapes.medical import AgeBands
from rongji.rules.entitlement.one_off import half_up, money


@dataclass(frozen=True, slots=True)
class Banded:
    """What the bands earn, and the arithmetic."""

    fen: int
    steps: tuple[str, ...]


def banded(variant: AgeBands, deductible: int, prior: int, base: int) -> Banded:
    """What a base earns on top of a prior one; bands begin above the deductible.

    Unit: fen. Rounding: half up, once for all bands of the prior and the new base together.
    """
    before, after = _above(prior, deductible), _above(prior + base, deductible)
    fen = half_up(variant.earns(after)) - half_up(variant.earns(before))
    steps = [f"起付线 {money(deductible)}"] if deductible else []
    steps += [f"本年此前个人负担 {money(prior)}"] if prior else []
    for band in variant.bands:
        part = band.holds_of(after) - band.holds_of(before)
        if part:
            steps.append(f"{band.said}：{money(part)} × {percent_text(band.percent)}")
    return Banded(fen, (*steps, f"按比例补助 {money(fen)}"))


def _above(base: int, deductible: int) -> int:
    return max(base - deductible, 0)
