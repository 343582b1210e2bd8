"""What the law says of benefits, categories and standards, as awards need it when they are written down."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from rongji.awards.refusals import CategoryClosed, StandardNotInForce, UnknownBenefit, UnknownCategory
from rongji.kernel.month import Month
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.law.values import find, table_named
from rongji.rules.entitlement.claim import Claim, End, Start
from rongji.rules.entitlement.periods import first_last
from rongji.rules.entitlement.standards import rate

BENEFITS, CATEGORIES = "entitlement.benefits", "entitlement.categories"
LAST_MONTH = Month.of(9999, 12)


@dataclass
class AwardLaw:
    """The legal data as known on one day, asked again and again for many awards; answers are remembered."""

    known_on: date
    law: Lawbook

    @classmethod
    def known(cls, known_on: date) -> "AwardLaw":
        """The law of this process as known on a day."""
        return cls(known_on, lawbook())

    def __post_init__(self) -> None:
        self.benefit = cache(self._benefit)
        self._category_value = cache(self._read_category)
        self._has_rate = cache(self._read_rate)

    def _benefit(self, benefit: str, area: str) -> Any:
        """What the law says of a benefit. Raises: UnknownBenefit."""
        row = find(BENEFITS, on=self.known_on, known_on=self.known_on, region=area, law=self.law, benefit=benefit)
        if row is None:
            known = "、".join(sorted({row.keys[0] for row in table_named(BENEFITS, law=self.law).rows}))
            raise UnknownBenefit(benefit=benefit, on=self.known_on, known=known)
        return row.value

    def _read_category(self, category: str, area: str, on: date) -> Any:
        row = find(CATEGORIES, on=on, known_on=self.known_on, region=area, law=self.law, category=category)
        return row.value if row else None

    def check_category(self, category: str, area: str, on: date) -> None:
        """Refuse a category that is unknown, or closed on the day. Raises: UnknownCategory, CategoryClosed."""
        if not category:
            return
        value = self._category_value(category, area, on) or self._category_value(category, area, self.known_on)
        if value is None:
            raise UnknownCategory(category=category, on=on)
        if not value.open:
            raise CategoryClosed(category=f"{category} {value.label}", since=on)

    def check_standard(self, claim: Claim) -> Month:
        """Refuse a claim whose standard has no value in its first month; returns that month.

        Raises: StandardNotInForce.
        """
        first, _ = first_last(claim, self.known_on, self.law)
        if not self._has_rate(claim.benefit, claim.standard_key, claim.area, first):
            label = self.benefit(claim.benefit, claim.area).label
            raise StandardNotInForce(
                benefit=label, month=first.label, key=claim.standard_key or "（无）", area=claim.area,
                known_on=self.known_on,
            )  # fmt: skip
        return first

    def months(self, claim: Claim) -> tuple[Month, Month]:
        """First and last month of a claim by the timing rules; an open end is the last month of all."""
        first, last = first_last(claim, self.known_on, self.law)
        return first, LAST_MONTH if last is None else last

    def _read_rate(self, benefit: str, key: str, area: str, month: Month) -> bool:
        return rate(benefit, key, area, month, self.known_on, self.law) is not None


def claim_of(values: Mapping[str, Any]) -> Claim:
    """A claim out of one row of awards joined with terms and persons."""
    return Claim(
        person_id=values["person_id"],
        award_id=values["award_id"],
        term_id=values["term_id"],
        benefit=values["benefit"],
        standard_key=values["standard_key"],
        area=values["area"],
        units=values["units"],
        start=Start(values["start_kind"]),
        basis_on=values["basis_on"],
        born_on=values["born_on"],
        died_on=values["died_on"],
        ended_on=values["ended_on"],
        end=End(values["end_kind"]),
    )
