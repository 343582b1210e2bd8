"""Judging the answers of one record: read, linked, held against each other; what lists need is copied out of them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from rongji.accounts.sealed_numbers import comparable, is_sealed, sealed
from rongji.accounts.types import Actor, Scope
from rongji.kernel.digest import digest
from rongji.kernel.month import Month
from rongji.law.asked import AskedKind
from rongji.law.registers import Register
from rongji.rules.answers import LINKS, AnswerRefused, Kept, misplaced, read_answer, shown, unchanged
from rongji.services.links import Links
from rongji.services.places import Places
from rongji.services.refusals import BoundsCrossed, DayAhead, DayTooOld, EndsBeforeStart

EARLIEST = date(1900, 1, 1)
LONGEST_TITLE, LONGEST_CATEGORY, LONGEST_ONE = 120, 60, 255
_SEPARATOR = "｜"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Prepared:
    """The answers of one record as they are stored, and the columns made of them."""

    values: dict[str, Any]
    day: date
    until: date | None
    title: str
    category: str
    station: str
    person: int | None
    parent: int | None
    one: str
    scope: Scope


class Judge:
    """Reads the records of one register for one actor; links of many rows are best prepared beforehand."""

    def __init__(self, actor: Actor, register: Register, bureau: str) -> None:
        """Raises: OrganisationUnknown."""
        self.actor = actor
        self.register = register
        self.places = Places(bureau)
        self.links = Links(actor, self.places)

    def read(
        self, answers: Mapping[str, Any], held: Mapping[str, Any] | None = None
    ) -> tuple[Prepared | None, list[AnswerRefused]]:
        """The record, or every reason why it cannot be kept. held: what it says so far."""
        return self.complete(*self.read_values(answers, held))

    def complete(
        self, values: dict[str, Any], refused: list[AnswerRefused]
    ) -> tuple[Prepared | None, list[AnswerRefused]]:
        """The record of values that were read, or every reason why it cannot be kept."""
        refused = [*refused, *self._against_each_other(values)]
        return (None, refused) if refused else (self._prepared(values), [])

    def read_values(
        self, answers: Mapping[str, Any], held: Mapping[str, Any] | None = None
    ) -> tuple[dict[str, Any], list[AnswerRefused]]:
        """Each answer by itself, links found, numbers sealed; and a refusal for each that could not be read."""
        kept = held or {}
        values: dict[str, Any] = {}
        refused: list[AnswerRefused] = []
        for item in self.register.fields:
            try:
                value = read_answer(item, unchanged(item, answers.get(item.id), kept.get(item.id)))
                if value is not None and item.kind in LINKS:
                    value = self.links.find(item, answers.get(item.id))
            except AnswerRefused as refusal:
                refused.append(refusal)
                continue
            if value is not None:
                values[item.id] = value
        return sealed(self.register.fields, values, kept), refused

    def _against_each_other(self, values: Mapping[str, Any]) -> list[AnswerRefused]:
        register = self.register
        found: list[AnswerRefused] = list(misplaced(register.fields, values))
        for bound in register.bounds:
            less, more = values.get(bound.less), values.get(bound.more)
            if less is not None and more is not None and _number(less) > _number(more):
                found.append(self._crossed(bound.less, less, bound.more, more))
        day, until = self.day_of(values), _as_day(values.get(register.until))
        if day is None:
            return found
        label = register.by_id[register.day].label
        if day < EARLIEST:
            found.append(DayTooOld(name=register.day, label=label, day=day, least=EARLIEST))
        if day > self.actor.day and not register.planned:
            found.append(DayAhead(name=register.day, label=label, day=values[register.day], today=self.actor.day))
        if until is not None and until < day:
            of = register.by_id[register.until]
            found.append(EndsBeforeStart(name=of.id, label=of.label, until=until, start=label, day=day))
        return found

    def _crossed(self, less: str, low: Any, more: str, high: Any) -> BoundsCrossed:
        low_field, high_field = self.register.by_id[less], self.register.by_id[more]
        return BoundsCrossed(
            name=less, label=low_field.label, less=shown(low_field, low), whole=high_field.label,
            more=shown(high_field, high),
        )  # fmt: skip

    def day_of(self, values: Mapping[str, Any]) -> date | None:
        """The day of a record, as far as it was answered; of a month its first."""
        value = values.get(self.register.day)
        if isinstance(value, int):
            return Month.from_number(value).first_day
        return _as_day(value)

    def _prepared(self, values: dict[str, Any]) -> Prepared:
        register = self.register
        day = self.day_of(values)
        assert day is not None  # the field of the day must be answered: the declaration is checked for it
        person = values.get(register.person) if register.person else None
        station = values.get(register.station, "") if register.station else ""
        return Prepared(
            values=values,
            day=day,
            until=_as_day(values.get(register.until)),
            title=self._title(values)[:LONGEST_TITLE],
            category=str(values.get(register.category, ""))[:LONGEST_CATEGORY],
            station=station,
            person=person,
            parent=values.get(register.parent) if register.parent else None,
            one=one_of(self.register, values),
            scope=self._scope(station, person),
        )

    def _title(self, values: Mapping[str, Any]) -> str:
        asked = self.register.by_id.get(self.register.title)
        value = values.get(asked.id) if asked else None
        if asked is None or value is None:
            return ""
        if asked.kind is AskedKind.PERSON:
            return self.links.persons[value].name
        if asked.kind is AskedKind.STATION:
            return self.places.name(value)
        return self.links.title_of(value) if asked.kind is AskedKind.RECORD else str(value)

    def _scope(self, station: str, person: int | None) -> Scope:
        """Where the record belongs: to its station, else to whoever looks after its person, else to the bureau."""
        if station:
            return self.places.by_code[station].scope
        if person is not None and self.links.persons[person].scope_path:
            return self.links.persons[person].scope
        return self.places.bureau.scope


def one_of(register: Register, values: Mapping[str, Any]) -> str:
    """What makes a record the same as another: its telling answers, without what only looks different."""
    parts = [_told_apart(comparable(values.get(name))) for name in register.one]
    if not any(parts):
        return ""
    joined = _SEPARATOR.join(parts)
    return joined if len(joined) <= LONGEST_ONE else digest(joined)


def as_answers(register: Register, values: Mapping[str, Any]) -> dict[str, Any]:
    """What is stored, as it can be answered again: amounts in 元, rows by number, sealed numbers as they are."""
    found: dict[str, Any] = {}
    for item in register.fields:
        value = values.get(item.id)
        if value is not None:
            found[item.id] = Kept(value) if is_sealed(value) else value if item.kind in LINKS else shown(item, value)
    return found


def _told_apart(value: Any) -> str:
    return "" if value is None else "".join(unicodedata.normalize("NFKC", str(value)).split())


def _as_day(value: Any) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _number(value: Any) -> Any:
    """A stored number or day in a form that can be compared: decimals are kept as text, and days, too."""
    return Decimal(value) if isinstance(value, str) and not _DAY.fullmatch(value) else value
