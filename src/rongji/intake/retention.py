"""How long what people sent may lie here, as the law table of the place says it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from rongji.law.calendar import work_calendar
from rongji.law.deadlines import due
from rongji.law.shapes.deadline import Deadline
from rongji.law.values import as_of
from rongji.rules.casework.clocks import COUNT_LABELS

RETENTION = "deadlines.window-retention"
_ACT = "个人信息保护法"


class Kept(StrEnum):
    """What is kept for a time."""

    REFUSED = "refused"
    FINISHED = "finished"
    UNFETCHED = "unfetched"


@dataclass(frozen=True, slots=True)
class Period:
    """How long one thing is kept. last: what began on this day or before is to be deleted today."""

    what: Kept
    limit: Deadline
    last: date

    @property
    def words(self) -> str:
        """As everybody is told."""
        limit = self.limit
        length = f"{limit.amount} {COUNT_LABELS[limit.count]}"
        return f"{limit.after}满 {length}，{limit.duty}（《{_ACT}》{limit.provision}）。"


def periods(*, today: date, area: str) -> Iterator[Period]:
    """Every period in force today. Raises: NoValueInForce."""
    for what in Kept:
        limit: Deadline = as_of(RETENTION, on=today, known_on=today, region=area, what=what).value
        yield Period(what, limit, _last(limit, today))


def _last(limit: Deadline, today: date) -> date:
    """The last day whose period is over: the day after which it ended is before today."""
    calendar, day = work_calendar(known_on=today), today - timedelta(days=1)
    while due(limit, day, calendar).day >= today:
        day -= timedelta(days=1)
    return day
