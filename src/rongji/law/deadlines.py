"""Time limits of the performance year, and when each of its stages usually falls."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.law.calendar import DueDay, WorkCalendar
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook, Row
from rongji.law.shapes.deadline import CycleStage, DayCount, Deadline
from rongji.law.values import as_of, find, table_named

PERFORMANCE = "deadlines.performance"
CYCLE = "calendar.performance-cycle"


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the evaluation cycle of one budget year; first/last None where local notices fix the days."""

    id: str
    label: str
    first: date | None
    last: date | None
    who: str
    what: str
    row: Row


def deadline(
    name: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None
) -> tuple[Deadline, Row]:
    """A time limit of the performance year and the row it comes from.

    Raises: NoValueInForce.
    """
    row = as_of(PERFORMANCE, on=on, known_on=known_on, region=region, law=law, deadline=name)
    return row.value, row


def due(limit: Deadline, event: date, calendar: WorkCalendar) -> DueDay:
    """The last day of a limit that began with `event`; the day of the event is not counted."""
    if limit.count is DayCount.WORKING_DAYS:
        return calendar.add_working_days(event, limit.amount)
    if limit.count is DayCount.CALENDAR_DAYS:
        return DueDay(event + timedelta(days=limit.amount), False)
    months = limit.amount if limit.count is DayCount.MONTHS else limit.amount * MONTHS_A_YEAR
    month = Month.from_day(event) + months
    return DueDay(date(month.year, month.month, min(event.day, monthrange(month.year, month.month)[1])), False)


def cycle(
    budget_year: int, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None
) -> tuple[Stage, ...]:
    """The stages of one budget year's cycle, in the order of the table, local windows where there are any."""
    book = law or lawbook()
    names = [key[0] for key in table_named(CYCLE, law=book).by_key]
    rows = [find(CYCLE, on=on, known_on=known_on, region=region, law=book, stage=name) for name in names]
    return tuple(_stage(row, budget_year) for row in rows if row is not None)


def _stage(row: Row, budget_year: int) -> Stage:
    value: CycleStage = row.value
    year = budget_year + value.year_offset

    def day(text: str) -> date | None:
        return date.fromisoformat(f"{year}-{text}") if text else None

    return Stage(row.keys[0], value.label, day(value.first), day(value.last), value.who, value.what, row)
