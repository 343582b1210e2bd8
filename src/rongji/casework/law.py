"""The law of a case: its kind as it began, its limits, and when a light turns."""

from dataclasses import dataclass, field
from datetime import date

from rongji.law.calendar import WorkCalendar, work_calendar
from rongji.law.model import Row
from rongji.law.shapes.deadline import DayCount
from rongji.law.values import as_of, find

DEADLINES, LIGHTS, ESCALATION = "deadlines.casework", "deadlines.casework-lights", "deadlines.casework-escalation"
EXTENSION = "_extension"


@dataclass(frozen=True)
class CaseLaw:
    """The dated tables of casework as known on a day in an area; answers are kept, a batch asks the same again."""

    known_on: date
    area: str
    _found: dict[tuple[str, ...], Row | None] = field(default_factory=dict)

    @property
    def calendar(self) -> WorkCalendar:
        """The working days by the notices known."""
        return work_calendar(known_on=self.known_on)

    def limit(self, procedure: str, step: str, on: date) -> Row:
        """The row of a limit in force on a day; its value is a Deadline. Raises: NoValueInForce."""
        row = self._row(procedure, step, on)
        if row is None:  # once more, for the refusal that says what is missing
            return as_of(DEADLINES, on=on, known_on=self.known_on, region=self._region, procedure=procedure, step=step)
        return row

    def extension(self, procedure: str, step: str, on: date) -> Row | None:
        """By how much a limit may be extended, None where the law names no extension."""
        return self._row(procedure, step + EXTENSION, on)

    def warning(self, count: DayCount, on: date) -> int:
        """How many days of that counting before the due day a light turns amber."""
        key = ("warning", count, on.isoformat())
        if key not in self._found:
            self._found[key] = find(LIGHTS, on=on, known_on=self.known_on, region=self._region, count=str(count))
        row = self._found[key]
        return int(row.value) if row is not None else 0

    def escalation(self, on: date) -> dict[str, int]:
        """Role → after how many working days past the due day a case is reported to it."""
        found = {}
        for role in ("section_head", "director"):
            key = ("escalation", role, on.isoformat())
            if key not in self._found:
                self._found[key] = find(ESCALATION, on=on, known_on=self.known_on, region=self._region, role=role)
            row = self._found[key]
            if row is not None:
                found[role] = int(row.value)
        return found

    @property
    def _region(self) -> str:
        return self.area[:6]

    def _row(self, procedure: str, step: str, on: date) -> Row | None:
        key = (procedure, step, on.isoformat())
        if key not in self._found:
            self._found[key] = find(
                DEADLINES, on=on, known_on=self.known_on, region=self._region, procedure=procedure, step=step
            )
        return self._found[key]


def name_of(row: Row) -> str:
    """How a clock remembers its row: keys, the day from which it is in force, and the region of a local one."""
    return f"{'/'.join(row.keys)}@{row.effective}{f'@{row.region}' if row.region else ''}"
