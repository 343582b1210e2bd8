"""One year's holidays and adjusted workdays, as a State Council notice orders them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from rongji.law.fields import Fields

_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Holiday:
    """A run of free days, both ends included."""

    name: str
    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Each day of it."""
        for offset in range((self.last - self.first).days + 1):
            yield self.first + timedelta(days=offset)


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """Free days and weekend days that are worked (调休上班) in one calendar year."""

    year: int
    holidays: tuple[Holiday, ...]
    workdays: tuple[date, ...]


def read_year_calendar(value: Fields, keys: tuple[str, ...]) -> YearCalendar:
    """The calendar of one year."""
    found = YearCalendar(
        year=value.whole("year"),
        holidays=tuple(_holiday(item) for item in value.each("holidays")),
        workdays=_workdays(value),
    )
    value.finish()
    _refuse_contradictions(value, found)
    return found


def _holiday(item: Fields) -> Holiday:
    name, first, last = item.text("name"), item.day("first"), item.day("last")
    item.finish()
    if first and last and first > last:
        item.wrong(f"“{name}”的起止日期颠倒")
    return Holiday(name, first or date.min, last or first or date.min)


def _workdays(value: Fields) -> tuple[date, ...]:
    found = value.raw("workdays")
    if not isinstance(found, list) or any(not isinstance(item, date) for item in found):
        value.wrong("“workdays”应为日期的列表")
        return ()
    return tuple(found)


def _refuse_contradictions(value: Fields, calendar: YearCalendar) -> None:
    free = [day for holiday in calendar.holidays for day in holiday.days()]
    for day in (*free, *calendar.workdays):
        if day.year != calendar.year:
            value.wrong(f"{day} 不在 {calendar.year} 年内")
    for day in calendar.workdays:
        if day.weekday() < _SATURDAY:
            value.wrong(f"{day} 本来就是工作日，调休上班只能是周六、周日")
        if day in free:
            value.wrong(f"{day} 既放假又上班")
    if len(set(free)) != len(free):
        value.wrong("有的日子在两个假期里重复")
