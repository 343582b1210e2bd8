"""Clocks of a case: a limit of the law that begins on the day of receipt, stands still while the case is paused, and
may be extended once.

The day on which a clock starts is not counted, the day after it is the first. A pause from one day to another takes
out the days after the first up to and including the last: the day on which the papers came is not counted either.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.law.calendar import DueDay, WorkCalendar
from rongji.law.shapes.deadline import DayCount

_DAY = timedelta(days=1)
COUNT_LABELS = {
    DayCount.CALENDAR_DAYS: "日",
    DayCount.WORKING_DAYS: "个工作日",
    DayCount.MONTHS: "个月",
    DayCount.YEARS: "年",
}


@dataclass(frozen=True, slots=True)
class Pause:
    """From the day on which a clock was stopped to the day on which it ran again; last is None while it stands."""

    first: date
    last: date | None = None

    def holds(self, day: date) -> bool:
        """Whether that day is not counted."""
        return self.first < day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True)
class Running:
    """One running of a clock. amount, extended_by: in its own counting."""

    started_on: date
    amount: int
    count: DayCount
    pauses: tuple[Pause, ...] = ()
    extended_by: int = 0

    @property
    def is_paused(self) -> bool:
        """Whether it stands still."""
        return any(pause.last is None for pause in self.pauses)


def due_day(clock: Running, calendar: WorkCalendar) -> DueDay:
    """The last day of a clock; of one that stands still, the day if it ran again on the day it was stopped.

    A limit in calendar days that ends on a day off ends on that day: the sources of the limits say nothing else, and
    the bureau is on the safe side. provisional: a year on the way has no published notice of holidays.
    """
    ended = tuple(pause for pause in clock.pauses if pause.last is not None)
    is_working = clock.count is DayCount.WORKING_DAYS
    left = _days(clock)
    day, provisional = clock.started_on, is_working and clock.started_on.year not in calendar.rows
    while left > 0:
        day += _DAY
        status = calendar.status(day) if is_working else None
        provisional = provisional or (status is not None and status.is_provisional)
        if any(pause.holds(day) for pause in ended):
            continue
        left -= status.is_workday if status is not None else 1
    return DueDay(day, provisional)


def used_days(clock: Running, on: date, calendar: WorkCalendar) -> int:
    """How many days of its own counting have run by the end of a day, pauses left out."""
    days = (clock.started_on + _DAY * offset for offset in range(1, (on - clock.started_on).days + 1))
    return sum(_counts(day, clock, calendar) for day in days)


def paused_days(clock: Running, on: date) -> int:
    """Calendar days that the pauses took out by a day."""
    return sum(max((min(pause.last or on, on) - pause.first).days, 0) for pause in clock.pauses)


def merged(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The same pauses in order, those that touch as one."""
    found: list[Pause] = []
    for pause in sorted(pauses, key=lambda item: (item.first, item.last or date.max)):
        before = found[-1] if found else None
        if before is not None and (before.last is None or pause.first <= before.last):
            last = None if before.last is None or pause.last is None else max(before.last, pause.last)
            found[-1] = Pause(before.first, last)
        else:
            found.append(pause)
    return tuple(found)


def _counts(day: date, clock: Running, calendar: WorkCalendar) -> bool:
    if any(pause.holds(day) for pause in clock.pauses):
        return False
    return clock.count is not DayCount.WORKING_DAYS or calendar.is_workday(day)


def _days(clock: Running) -> int:
    """The limit in days; months and years run to the same day of the month, or to the last where it has none."""
    whole = clock.amount + clock.extended_by
    if clock.count in (DayCount.CALENDAR_DAYS, DayCount.WORKING_DAYS):
        return whole
    start = clock.started_on
    month = Month.from_day(start) + (whole if clock.count is DayCount.MONTHS else whole * MONTHS_A_YEAR)
    end = date(month.year, month.month, min(start.day, monthrange(month.year, month.month)[1]))
    return (end - start).days
