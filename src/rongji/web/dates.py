"""Which days and months a page is asked for: as a form sends them, today's where it sends none or nonsense."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from rongji.kernel.month import Month, NotAMonth


@dataclass(frozen=True, slots=True)
class Reading:
    """By which two days facts are read: true on the one, known on the other."""

    on: date
    known_on: date
    today: date

    @property
    def is_past(self) -> bool:
        """Whether anything but the present is read."""
        return (self.on, self.known_on) != (self.today, self.today)

    @property
    def query(self) -> str:
        """What carries the reading to the next page; empty for the present."""
        if not self.is_past:
            return ""
        return "?" + urlencode({"on": self.on.isoformat(), "known_on": self.known_on.isoformat()})


def reading_of(request: Any) -> Reading:
    """The days of the form; knowledge from the future there is none."""
    today = request.actor.day
    on = day_of(request.GET.get("on", ""), today)
    return Reading(on, min(day_of(request.GET.get("known_on", ""), today), today), today)


def day_of(text: str, otherwise: date) -> date:
    """A day as a browser sends it."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return otherwise


def month_of(text: str, otherwise: Month) -> Month:
    """A month as a browser sends it."""
    try:
        return Month.parse(text)
    except NotAMonth:
        return otherwise
