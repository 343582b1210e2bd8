"""What the law says of the course of a placement: its deadlines, and shares."""

from datetime import date, timedelta
from decimal import Decimal

from rongji.law.calendar import work_calendar
from rongji.law.deadlines import due
from rongji.law.shapes.deadline import Deadline
from rongji.law.values import as_of
from rongji.rules.placement.reading import DEADLINES, SHARES


def deadline(name: str, *, on: date, known_on: date, region: str) -> Deadline:
    """A deadline of placement by its name: report, forfeit, finish, start, contract.

    Raises: NoValueInForce.
    """
    found: Deadline = as_of(DEADLINES, on=on, known_on=known_on, region=region, deadline=name).value
    return found


def last_day(name: str, event: date, *, known_on: date, region: str) -> date:
    """The last day of a deadline that began with an event. Raises: NoValueInForce."""
    limit = deadline(name, on=event, known_on=known_on, region=region)
    return due(limit, event, work_calendar(known_on=known_on)).day


def least_contract(first: date, *, known_on: date, region: str) -> tuple[int, date]:
    """Years that a contract lasts at least, and its earliest last day: the day before that anniversary.

    Raises: NoValueInForce.
    """
    limit = deadline("contract", on=first, known_on=known_on, region=region)
    return limit.amount, due(limit, first, work_calendar(known_on=known_on)).day - timedelta(days=1)


def share(name: str, *, on: date, known_on: date, region: str) -> Decimal:
    """A share of placement in percent: late_pay, state_posts. Raises: NoValueInForce."""
    found: Decimal = as_of(SHARES, on=on, known_on=known_on, region=region, share=name).value.percent
    return found
