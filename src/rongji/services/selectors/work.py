"""What was written down of the year's work as it was done: the entries out of which reports tell it."""

from dataclasses import dataclass
from datetime import date

from rongji.services.models import Record

REGISTER = "work_entries"


@dataclass(frozen=True, slots=True)
class WorkEntry:
    """An entry of the work log: under which topic, when, and what; numbers in it are figure tokens."""

    topic: str
    on: date
    text: str


def work_entries(bureau: str, year: int) -> tuple[WorkEntry, ...]:
    """The entries of a bureau's year by day. The caller has checked the right to see the year."""
    rows = Record.objects.filter(bureau=bureau, register=REGISTER, day__year=year, withdrawn_on__isnull=True)
    return tuple(
        WorkEntry(row.category, row.day, str(row.values.get("text", ""))) for row in rows.order_by("day", "id")
    )
