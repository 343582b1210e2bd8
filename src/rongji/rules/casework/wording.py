"""A clock told in words: from when it runs, what stood still, by how much it was extended, when it ends."""

from collections.abc import Iterator
from datetime import date, timedelta

from rongji.law.calendar import WorkCalendar
from rongji.law.shapes.deadline import DayCount
from rongji.rules.casework.clocks import COUNT_LABELS, Running, due_day, paused_days
from rongji.rules.casework.lights import days_left

_DAY = timedelta(days=1)


def explain(clock: Running, on: date, calendar: WorkCalendar, *, is_waiting: bool = False) -> str:
    """One sentence per thing that made the due day what it is, as a clerk reads it on a day."""
    return "".join(_sentences(clock, on, calendar, is_waiting))


def left_words(due_on: date, on: date, count: DayCount, calendar: WorkCalendar) -> str:
    """还有 3 个工作日, 今天到期, 超期 2 日."""
    left = days_left(due_on, on, count, calendar)
    unit = COUNT_LABELS[count] if count is DayCount.WORKING_DAYS else "日"
    if on > due_on:
        return f"超期 {-left} {unit}"
    return "今天到期" if on == due_on else f"还有 {left} {unit}"


def _sentences(clock: Running, on: date, calendar: WorkCalendar, is_waiting: bool) -> Iterator[str]:
    unit, due = COUNT_LABELS[clock.count], due_day(clock, calendar)
    yield f"自 {clock.started_on} 的次日起 {clock.amount} {unit}。"
    for pause in clock.pauses:
        until = f"至 {pause.last} " if pause.last else "至今"
        yield f"{pause.first} {until}期限中止，其间的日子不计。"
    if clock.extended_by:
        yield f"经批准延长 {clock.extended_by} {unit}。"
    if clock.is_paused:
        yield f"期限中止中，已停 {paused_days(clock, on)} 日，恢复后继续计算。"
        return
    yield f"到 {due.day} {'期满' if is_waiting else '到期'}。"
    if clock.count is not DayCount.WORKING_DAYS and not is_waiting and not calendar.is_workday(due.day):
        yield f"该日是休息日，最后一个工作日是 {_workday_before(due.day, calendar)}。"
    if due.is_provisional:
        yield "途经年份的放假安排尚未公布，暂按周末推算，公布后会重算。"


def _workday_before(day: date, calendar: WorkCalendar) -> date:
    while not calendar.is_workday(day):
        day -= _DAY
    return day
