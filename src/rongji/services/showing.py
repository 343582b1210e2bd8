"""Records as people read them: links by name, amounts in 元; what is shown can be typed or imported again."""

from collections.abc import Iterable, Sequence
from typing import Any

from rongji.accounts.sealed_numbers import told
from rongji.accounts.types import Actor
from rongji.law.asked import Asked, AskedKind
from rongji.law.registers import Register
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors import briefs
from rongji.rules.answers import shown
from rongji.services.models import Record
from rongji.services.places import Places
from rongji.services.titles import titles_of
from rongji.services.types import RecordRow


class Shown:
    """Makes rows of records, with what they point at looked up for all of them at once.

    Who may not see a person's file is told its number only, and no title that would be the name.
    """

    def __init__(self, actor: Actor, register: Register, places: Places, records: Sequence[Record]) -> None:
        self.actor, self.register, self.places = actor, register, places
        self.persons = briefs(self._linked(records, AskedKind.PERSON))
        self.titles = titles_of(actor, self._linked(records, AskedKind.RECORD))

    def row(self, record: Record) -> RecordRow:
        """One record."""
        return RecordRow(
            id=record.pk,
            register=record.register,
            day=record.day,
            until=record.until,
            title=self._title(record),
            category=record.category,
            station=record.station_code,
            station_name=self.places.name(record.station_code) if record.station_code else "",
            person_id=record.person_id,
            version=record.version,
            withdrawn_on=record.withdrawn_on,
            values=told(self.register.fields, record.values),
            cells={item.id: self.cell(item, record.values.get(item.id)) for item in self.register.fields},
            scope=record.scope,
        )

    def cell(self, asked: Asked, value: Any) -> str:
        """One answer in words."""
        if value is None:
            return ""
        if asked.kind is AskedKind.PERSON:
            return self._person(value)
        if asked.kind is AskedKind.STATION:
            return self.places.name(value)
        if asked.kind is AskedKind.RECORD:
            return f"#{value} {self.titles.get(value, '')}".rstrip()
        return shown(asked, value)

    def _person(self, person_id: int) -> str:
        found = self.persons.get(person_id)
        if found is None:
            return f"#{person_id}"
        return f"{found.number} {found.name}" if SEE_PEOPLE.permits(self.actor, found.scope) else found.number

    def _title(self, record: Record) -> str:
        asked = self.register.by_id.get(self.register.title)
        if asked is not None and asked.kind is AskedKind.PERSON:
            found = self.persons.get(record.values.get(asked.id, 0))
            if found is None or not SEE_PEOPLE.permits(self.actor, found.scope):
                return found.number if found else ""
        if asked is not None and asked.kind is AskedKind.RECORD:
            return self.titles.get(record.values.get(asked.id, 0), "")
        return record.title

    def _linked(self, records: Iterable[Record], kind: AskedKind) -> set[int]:
        names = [item.id for item in self.register.fields if item.kind is kind]
        return {record.values[name] for record in records for name in names if name in record.values}
