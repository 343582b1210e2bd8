"""Time of service: whole months and days between two days, and days so many months later."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from rongji.kernel.month import Month
from rongji.rules.entitlement.one_off_refusals import EndsBeforeStart


@dataclass(frozen=True, slots=True)
class Span:
    """Whole months, and the days that do not fill one."""

    months: int
    days: int


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later; the last of a month too short for it."""
    month = Month.from_day(day) + months
    return date(month.year, month.month, min(day.day, monthrange(month.year, month.month)[1]))


def span(first: date, until: date) -> Span:
    """Whole months and left-over days from a day up to, and not including, another.

    Raises: EndsBeforeStart.
    """
    if until < first:
        raise EndsBeforeStart(first_name="开始日期", first=first, last_name="结束日期", last=until)
    months = (until.year - first.year) * 12 + until.month - first.month
    if months_later(first, months) > until:
        months -= 1
    return Span(months, (until - months_later(first, months)).days)


def age_on(born_on: date, day: date) -> int:
    """Full years of age; who was born on 29 February is a year older on the last of February.

    Raises: EndsBeforeStart.
    """
    if day < born_on:
        raise EndsBeforeStart(first_name="出生日期", first=born_on, last_name="日期", last=day)
    return span(born_on, day).months // 12
