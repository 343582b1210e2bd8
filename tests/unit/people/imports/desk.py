"""Imports rosters and reads what came of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from unit.people.imports.sheets import workbook

from rongji.awards.from_roster import import_roster, preview_roster
from rongji.people import selectors
from rongji.people.imports.outcome import RosterOutcome
from rongji.people.models import Person

FIRST, LATER = date(2024, 3, 15), date(2024, 9, 20)


@dataclass
class Desk:
    """The bureau `yl`."""

    actor_on: Callable[..., Any]

    def take(self, rows: Sequence[Sequence[Any]] | bytes, day: date = FIRST, **more: Any) -> RosterOutcome:
        """Import a roster of one sheet, or a file."""
        data = rows if isinstance(rows, bytes) else workbook({"名册": rows})
        return import_roster(actor=self.actor_on(day), bureau="yl", source=data, file_name="名册.xlsx", **more)

    def look(self, rows: Sequence[Sequence[Any]], day: date = FIRST) -> RosterOutcome:
        """The dry run of it."""
        data = workbook({"名册": rows})
        return preview_roster(actor=self.actor_on(day), bureau="yl", source=data, file_name="名册.xlsx")

    def file(self, name: str, known: date = LATER) -> Any:
        """The file of the person of that name."""
        person = Person.objects.get(name=name)
        return selectors.person_file(self.actor_on(known), person.pk, on=known, known_on=known)

    def lines(self, outcome: RosterOutcome) -> list[str]:
        """What changed, without the person."""
        return [f"{item.label}：{item.before}→{item.after}" for item in outcome.changes]
