"""The tiers that a qualitative indicator may be put into under the scheme of the year."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.bureau_year import BureauYear
from rongji.law.refusals import NoValueInForce, UnknownScheme
from rongji.law.schemes import scheme


@dataclass(frozen=True, slots=True)
class TierChoice:
    """One tier: its stored word, its printed label and the band of shares it allows."""

    id: str
    label: str
    band: str


def tier_choices(facts: BureauYear, day: date) -> tuple[TierChoice, ...]:
    """The tiers of the year's scheme, best first; none while no scheme is chosen."""
    if not facts.scheme:
        return ()
    try:
        found = scheme(facts.scheme, on=day, known_on=day, region=facts.profile.get("area_code", ""))
    except (UnknownScheme, NoValueInForce):
        return ()
    return tuple(TierChoice(tier.name.value, tier.label, f"{tier.lower}–{tier.upper}") for tier in found.tiers)
