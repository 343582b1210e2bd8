"""Months of postings that count: whole months, continuity, and days that may not be counted twice."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import combinations

from rongji.law.shapes.service_money import LeftOver
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.entitlement.service_time import span
from rongji.rules.placement.facts import ScoredFact, Soldier, stretches_text
from rongji.rules.placement.reading import LEFT_OVER, group_of
from rongji.rules.placement.refusals import PeriodMissing, PeriodOutsideService, PeriodsOverlap
from rongji.rules.placement.service_years import unbroken

SINGLE_DAYS = "任职地区不足一个月的天数"
_DAY = timedelta(days=1)


def period_of(fact: ScoredFact) -> tuple[date, date]:
    """First and last day of a fact that goes by time.

    Raises: PeriodMissing.
    """
    if fact.first_on is None or fact.last_on is None or fact.last_on < fact.first_on:
        raise PeriodMissing(item=fact.item, degree=fact.degree)
    return fact.first_on, fact.last_on


def whole_months(fact: ScoredFact, reading: Reading) -> int:
    """Whole months from the first to the last day, both included; single days by the setting of the table.

    Raises: PeriodMissing, NoValueInForce.
    """
    first, last = period_of(fact)
    time = span(first, last + _DAY)
    if not time.days:
        return time.months
    row = reading.row(LEFT_OVER, case=SINGLE_DAYS)
    return time.months + (1 if row.value.counts is LeftOver.WHOLE else 0)


def months_without_break(fact: ScoredFact, others: Iterable[ScoredFact]) -> int:
    """Whole months of the stretch that a fact is part of: periods of its item that follow each other day on day.

    Raises: PeriodMissing.
    """
    first, last = period_of(fact)
    periods = sorted(period_of(other) for other in others if other.item == fact.item)
    for start, end in periods:
        if start <= last + _DAY:
            last = max(last, end) if end >= first - _DAY else last
    for start, end in reversed(periods):
        if end >= first - _DAY:
            first = min(first, start) if start <= last + _DAY else first
    return span(first, last + _DAY).months


def refuse_unfit_periods(soldier: Soldier, facts: Sequence[ScoredFact], reading: Reading) -> None:
    """Refuse periods outside the service, and days that would count twice.

    Raises: PeriodMissing, PeriodOutsideService, PeriodsOverlap.
    """
    stretches = unbroken(soldier.periods)
    for fact in facts:
        first, last = period_of(fact)
        if not any(start <= first and last <= end for start, end in stretches):
            said = stretches_text(stretches)
            raise PeriodOutsideService(item=fact.item, degree=fact.degree, first=first, last=last, service=said)
    for one, other in combinations(facts, 2):
        (first, last), (start, end) = period_of(one), period_of(other)
        if first <= end and start <= last and not _are_apart(one, other, reading):
            raise PeriodsOverlap(one=one.name, other=other.name)


def _are_apart(one: ScoredFact, other: ScoredFact, reading: Reading) -> bool:
    """Whether two items are of different groups, so that the same day may count for both: a rank and a place."""
    groups = group_of(reading, one.item), group_of(reading, other.item)
    return all(groups) and groups[0] != groups[1]
