"""From which month to which a claim is paid: timing rules applied to the days on which it rests."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.law.model import Lawbook, Row
from rongji.law.shapes.benefit import ANY, Event, MonthWord
from rongji.rules.entitlement.as_known import LawAsKnown, as_known
from rongji.rules.entitlement.claim import Claim, End
from rongji.rules.entitlement.refusals import EndBeforeStart, EndWithoutReason, TimingNotInForce
from rongji.rules.rule import rule

TIMING = "entitlement.timing"


@dataclass(frozen=True, slots=True)
class Period:
    """The months of a claim, both ends included; last None while nothing ends it. Empty when last is before first.

    started_by, ended_by: the rows of timing that set the two ends, for the explanation.
    """

    first: Month
    last: Month | None
    started_by: Row
    ended_by: Row | None

    def holds(self, month: Month) -> bool:
        """Whether a month belongs to it."""
        return self.first <= month and (self.last is None or month <= self.last)


@rule(id="entitlement.period", cites=("disability-management-rules", "martyrs-regulation-2024", "payment-practice"))
def period(claim: Claim, known_on: date, law: Lawbook | None = None) -> Period:
    """起止月份: first and last month of a claim, by the timing rules of its benefit.

    The first month is the later of what the start leads to and the month of the birthday from which the benefit is
    paid; the last is the earlier of what the end and the death lead to.
    Unit: calendar months. Rounding: none.
    As of: the rule in force on the day it is reckoned from, among those known on `known_on`.
    Does not cover: breaks that a person caused (the clerk ends the terms and opens new ones).
    Raises: EndBeforeStart, EndWithoutReason, TimingNotInForce, UnknownBenefit.
    """
    known = as_known(known_on, law)
    _refuse_bad_days(claim, known)
    start = timing(known, claim, Event(f"start_{claim.start}"), claim.basis_on)
    age = timing(known, claim, Event.AGE, claim.basis_on)
    first = month_of(start.value.month, claim.basis_on)
    from_age = birthday_month(claim.born_on, age.value.age) if age.value.age else first
    last, ended_by = _last(known, claim)
    return Period(max(first, from_age), last, age if from_age > first else start, ended_by)


def first_last(claim: Claim, known_on: date, law: Lawbook | None = None) -> tuple[Month, Month | None]:
    """First and last month of a claim; see `period`."""
    found = period(claim, known_on, law)
    return found.first, found.last


def timing(known: LawAsKnown, claim: Claim, event: Event, on: date) -> Row:
    """The timing rule of one event for the claim's benefit: its own, else the general one.

    Raises: TimingNotInForce.
    """
    region = known.region_of(claim.area)
    key = ("timing", claim.benefit, event, on, region)
    row = known.keep(key, lambda: timing_row(known, claim.benefit, event, on, region))
    if row is None:
        raise TimingNotInForce(label=claim.benefit, on=on, event=EVENT_LABELS[event])
    return row


def month_of(word: MonthWord, day: date) -> Month:
    """The month that a day leads to."""
    month = Month.from_day(day)
    match word:
        case MonthWord.SAME_MONTH:
            return month
        case MonthWord.NEXT_MONTH:
            return month + 1
        case MonthWord.DECEMBER:
            return Month.of(day.year, MONTHS_A_YEAR)
        case MonthWord.NEXT_JANUARY:
            return Month.of(day.year, MONTHS_A_YEAR) + 1


def birthday_month(born_on: date, age: int) -> Month:
    """The month in which somebody completes so many years."""
    return Month.from_day(born_on) + age * MONTHS_A_YEAR


def timing_row(known: LawAsKnown, benefit: str, event: Event, on: date, region: str) -> Row | None:
    """The rule of an event for a benefit and day, None where there is none."""
    own = known.find(TIMING, on=on, area=region, benefit=benefit, event=event)
    return own or known.find(TIMING, on=on, area=region, benefit=ANY, event=event)


def _last(known: LawAsKnown, claim: Claim) -> tuple[Month | None, Row | None]:
    ends: list[tuple[Month, Row]] = []
    for day, event in ((claim.died_on, Event.DIED), (claim.ended_on, _END_EVENTS.get(claim.end))):
        if day is not None and event is not None:
            row = timing(known, claim, event, day)
            ends.append((month_of(row.value.month, day), row))
    return min(ends, key=lambda end: end[0]) if ends else (None, None)


def _refuse_bad_days(claim: Claim, known: LawAsKnown) -> None:
    label = known.benefit(claim.benefit, Month.from_day(known.known_on), claim.area).label
    if (claim.ended_on is None) != (claim.end is End.NONE):
        raise EndWithoutReason(label=label)
    if claim.ended_on is not None and claim.ended_on < claim.basis_on:
        raise EndBeforeStart(label=label, ended_on=claim.ended_on, basis_on=claim.basis_on)


_END_EVENTS = {
    End.CHANGED: Event.CHANGED_OUT,
    End.MOVED_OUT: Event.MOVED_OUT,
    End.DISQUALIFIED: Event.DISQUALIFIED,
    End.PLACED: Event.PLACED,
    End.GAVE_UP: Event.GAVE_UP,
}
EVENT_LABELS = {
    Event.APPROVED: "批准",
    Event.MOVED_IN: "关系转入",
    Event.CHANGED_IN: "条件变更",
    Event.AGE: "起发年龄",
    Event.DIED: "死亡",
    Event.MOVED_OUT: "关系转出",
    Event.CHANGED_OUT: "条件变更终止",
    Event.DISQUALIFIED: "不再符合条件",
    Event.PLACED: "安置上岗",
    Event.GAVE_UP: "本人放弃",
}
