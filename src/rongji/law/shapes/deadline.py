"""Time limits and the stages of the evaluation year."""

import re
from dataclasses import dataclass
from enum import StrEnum

from rongji.law.fields import Fields

_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-([0-2]\d|3[01])")


class DayCount(StrEnum):
    """What the limit is counted in."""

    CALENDAR_DAYS = "calendar_days"  # 日
    WORKING_DAYS = "working_days"  # 工作日
    MONTHS = "months"  # 个月
    YEARS = "years"  # 年


@dataclass(frozen=True, slots=True)
class Deadline:
    """A duty with its limit: within `amount` after the event `after`, `who` does `duty`."""

    amount: int
    count: DayCount
    after: str
    duty: str
    who: str
    provision: str


@dataclass(frozen=True, slots=True)
class CycleStage:
    """A stage of the evaluation life cycle: usual window as month-day, in the year `year_offset` after the budget year.

    first/last empty when no window is laid down.
    """

    label: str
    first: str
    last: str
    year_offset: int
    who: str
    what: str


def read_deadline(value: Fields, keys: tuple[str, ...]) -> Deadline:
    """One time limit."""
    found = Deadline(
        amount=value.whole("amount"),
        count=value.choice("count", DayCount),
        after=value.text("after"),
        duty=value.text("duty"),
        who=value.text("who"),
        provision=value.text("provision"),
    )
    value.finish()
    return found


def read_stage(value: Fields, keys: tuple[str, ...]) -> CycleStage:
    """One stage of the cycle."""
    found = CycleStage(
        label=value.text("label"),
        first=value.text("first", required=False),
        last=value.text("last", required=False),
        year_offset=value.whole("year_offset", default=0),
        who=value.text("who"),
        what=value.text("what"),
    )
    value.finish()
    for text in (found.first, found.last):
        if text and not _MONTH_DAY.fullmatch(text):
            value.wrong(f"“{text}”应写成 月-日（如 03-31）")
    return found
