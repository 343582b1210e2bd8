"""What the law says of an award when it is written down: its benefit, its category, its standard, its months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from rongji.kernel.month import Month
from rongji.law.benefits import category_for_entry
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook
from rongji.law.shapes.benefit import Benefit
from rongji.rules.entitlement.as_known import as_known
from rongji.rules.entitlement.claim import Claim, End, Start
from rongji.rules.entitlement.periods import first_last
from rongji.rules.entitlement.standards import rate

LAST_MONTH = Month.of(9999, 12)


@dataclass(frozen=True)
class AwardLaw:
    """The legal data as known on one day."""

    known_on: date
    law: Lawbook

    @classmethod
    def known(cls, known_on: date) -> "AwardLaw":
        """The law of this process as known on a day."""
        return cls(known_on, lawbook())

    def benefit(self, benefit: str, area: str) -> Benefit:
        """What the law says of a benefit. Raises: UnknownBenefit."""
        return as_known(self.known_on, self.law).benefit(benefit, Month.from_day(self.known_on), area)

    def check_category(self, category: str, area: str, on: date) -> None:
        """Refuse a category that is unknown, or took nobody in any more on a day.

        Raises: UnknownCategory, CategoryClosed.
        """
        if category:
            known = as_known(self.known_on, self.law)
            known.keep(
                ("category_for_entry", category, known.region_of(area), on),
                lambda: category_for_entry(category, on=on, known_on=self.known_on, region=area, law=self.law),
            )

    def months(self, claim: Claim) -> tuple[Month, Month]:
        """First and last month of a claim by the timing rules; an open end is the last month of all.

        Raises: EndBeforeStart, EndWithoutReason, TimingNotInForce.
        """
        first, last = first_last(claim, self.known_on, self.law)
        return first, LAST_MONTH if last is None else last

    def check_standard(self, claim: Claim) -> None:
        """Refuse a claim whose standard has no value in the month it has come to: the present one, or its own first or
        last when it lies wholly before or after. Months before the law on record were paid elsewhere.

        Raises: StandardNotInForce, UnknownStandardKey, KeyDoesNotFit, NotMonthly, ValueIsMissing.
        """
        first, last = self.months(claim)
        month = min(max(Month.from_day(self.known_on), first), last)
        if first <= last:
            rate(claim.benefit, claim.standard_key, claim.area, month, self.known_on, self.law)


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
