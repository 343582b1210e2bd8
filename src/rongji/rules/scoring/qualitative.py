"""Qualitative indicators: a person chooses the tier, and the share of the weight must lie in that tier's band."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from rongji.law.shapes.scheme import Tier, TierName
from rongji.rules.rule import rule
from rongji.rules.scoring.points import as_decimal, percent

CITES = ("mof-2020-10",)


@dataclass(frozen=True, slots=True)
class TierChoice:
    """A chosen tier with its share of the weight. fits: whether the share lies in the tier's band."""

    tier: Tier
    share: Fraction
    fits: bool
    how: str

    @property
    def reached(self) -> bool:
        """Whether the indicator counts as met, so that no deviation reason is due."""
        return self.tier.name is TierName.REACHED


def tier_named(tiers: Sequence[Tier], word: str) -> Tier | None:
    """The tier of that name or printed label; None when none is chosen or the word is unknown."""
    return next((tier for tier in tiers if word.strip() in (tier.name.value, tier.label)), None)


@rule(id="scoring.qualitative", cites=CITES)
def qualitative(tier: Tier, share: Fraction) -> TierChoice:
    """定性指标: the share of the weight that a person gives inside the chosen tier.

    Unit: share of the weight, 0–1. Rounding: none; the row rounds its points once.
    A share outside the band is reported as not fitting and never bent into it: tier and share then contradict.
    """
    fits = tier.holds(as_decimal(share))
    where = "在" if fits else "不在"
    how = f"定为“{tier.label}”，给 {percent(share)}，{where}该档之内（{band_words(tier)}）"
    return TierChoice(tier, share, fits, how)


def band_words(tier: Tier) -> str:
    """The band as a clerk reads it: `80%～100%`, `60%～80%，不含 80%`."""
    upper = percent(Fraction(tier.upper))
    return f"{percent(Fraction(tier.lower))}～{upper}" + ("" if tier.upper_included else f"，不含 {upper}")
