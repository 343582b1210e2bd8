"""Working days by the State Council's yearly notices; past the last published year every answer is provisional."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from rongji.law.loader import lawbook
from rongji.law.model import Lawbook, Row, Trust
from rongji.law.shapes.calendar import YearCalendar
from rongji.law.values import find

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DayStatus:
    """What one day is. provisional: no notice for its year is known, so only the weekend was looked at."""

    day: date
    is_workday: bool
    name: str
    is_provisional: bool


@dataclass(frozen=True, slots=True)
class DueDay:
    """The end of a count of working days. provisional when it or any day on the way is."""

    day: date
    is_provisional: bool


@dataclass(frozen=True)
class WorkCalendar:
    """The working days as known on one day. rows: the notice behind each published year."""

    known_on: date
    rows: Mapping[int, Row]
    free: Mapping[date, str]
    worked: frozenset[date]

    @property
    def trust(self) -> Trust:
        """The weakest trust word among its notices."""
        return max((row.trust for row in self.rows.values()), key=lambda trust: trust.rank, default=Trust.GAP)

    def status(self, day: date) -> DayStatus:
        """What that day is."""
        provisional = day.year not in self.rows
        if day in self.free:
            return DayStatus(day, False, self.free[day], provisional)
        if day in self.worked:
            return DayStatus(day, True, "调休上班", provisional)
        return DayStatus(day, day.weekday() < _SATURDAY, "", provisional)

    def is_workday(self, day: date) -> bool:
        """Whether that day is worked. Ask `status` where it matters that the answer may be provisional."""
        return self.status(day).is_workday

    def add_working_days(self, start: date, count: int) -> DueDay:
        """The count-th working day after `start` (the day itself is not counted; 0 gives the day itself).

        Does not cover: counts backwards.
        """
        day, left, provisional = start, count, start.year not in self.rows
        while left > 0:
            day += _ONE_DAY
            status = self.status(day)
            provisional = provisional or status.is_provisional
            left -= status.is_workday
        return DueDay(day, provisional)

    def next_workday(self, day: date) -> DueDay:
        """The day itself when it is worked, else the first one after it: where a limit that ends on a holiday ends."""
        return DueDay(day, day.year not in self.rows) if self.is_workday(day) else self.add_working_days(day, 1)

    def working_days_between(self, first: date, last: date) -> int:
        """How many working days lie from `first` to `last`, both included; 0 when they are the wrong way round."""
        if last < first:
            return 0
        free = sum(first <= day <= last and day.weekday() < _SATURDAY for day in self.free)
        moved = sum(first <= day <= last and day.weekday() >= _SATURDAY and day not in self.free for day in self.worked)
        return _weekdays(first, last) - free + moved


def _weekdays(first: date, last: date) -> int:
    """Days from Monday to Friday among those from `first` to `last`: whole weeks, and what is left over."""
    weeks, rest = divmod((last - first).days + 1, 7)
    return weeks * _SATURDAY + sum((first.weekday() + offset) % 7 < _SATURDAY for offset in range(rest))


def work_calendar(*, known_on: date, law: Lawbook | None = None) -> WorkCalendar:
    """The working days by every notice known on that day, later corrections included."""
    return _build(known_on, law) if law else _shipped(known_on)


def is_workday(day: date, *, known_on: date, law: Lawbook | None = None) -> bool:
    """Whether that day is worked, by the notices known on another."""
    return work_calendar(known_on=known_on, law=law).is_workday(day)


@lru_cache(maxsize=64)
def _shipped(known_on: date) -> WorkCalendar:
    return _build(known_on, lawbook())


def _build(known_on: date, book: Lawbook) -> WorkCalendar:
    rows: dict[int, Row] = {}
    for table in book.national():
        if table.kind != "calendar":
            continue
        year = max(row.value.year for row in table.rows if row.value)
        row = find(table, on=date(year, 12, 31), known_on=known_on)
        if row is not None:
            rows[year] = row
    years: list[YearCalendar] = [row.value for row in rows.values()]
    free = {day: holiday.name for year in years for holiday in year.holidays for day in holiday.days()}
    return WorkCalendar(known_on, rows, free, frozenset(day for year in years for day in year.workdays))
