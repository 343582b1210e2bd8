"""How a case stands against its time limit, and from which day on a light is amber."""

from datetime import date, timedelta
from enum import StrEnum

from rongji.law.calendar import WorkCalendar
from rongji.law.shapes.deadline import DayCount

_DAY = timedelta(days=1)


class Light(StrEnum):
    """How a case stands against its nearest time limit."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    PAUSED = "paused"
    NONE = "none"


LIGHT_LABELS = {
    Light.GREEN: "期限内",
    Light.AMBER: "临近到期",
    Light.RED: "已超期",
    Light.PAUSED: "期限中止",
    Light.NONE: "无期限",
}


def light_of(*, due_on: date | None, amber_on: date | None, is_paused: bool, on: date) -> Light:
    """The light on a day: red from the day after the due day, amber from the day the law's table says."""
    if is_paused:
        return Light.PAUSED
    if due_on is None:
        return Light.NONE
    if on > due_on:
        return Light.RED
    return Light.AMBER if amber_on is not None and on >= amber_on else Light.GREEN


def amber_from(due_on: date, ahead: int, count: DayCount, calendar: WorkCalendar) -> date:
    """The first day on which no more than `ahead` days of the clock's counting are left."""
    if count is not DayCount.WORKING_DAYS:
        return due_on - _DAY * ahead
    day, left = due_on, ahead
    while True:  # working days after `day` up to the due day are what is left on `day`
        left -= calendar.is_workday(day)
        if left < 0:
            return day
        day -= _DAY


def days_left(due_on: date, on: date, count: DayCount, calendar: WorkCalendar) -> int:
    """Days of the clock's counting after `on` up to the due day; negative: how many it is late."""
    if count is not DayCount.WORKING_DAYS:
        return (due_on - on).days
    if on <= due_on:
        return calendar.working_days_between(on + _DAY, due_on)
    return -calendar.working_days_between(due_on + _DAY, on)
