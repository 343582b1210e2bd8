"""People to be written down, and the desk at which they are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from rongji.kernel.identity_number import check_character
from rongji.kernel.month import Month
from rongji.people import selectors, services
from rongji.people.types import NewAccount, NewIdentity, NewPerson, NewResidence, PersonFile, Sex


def number_of(born: date, serial: int, *, area: str = "990101") -> str:
    """An ID number that is right and nobody's: odd serials are men's."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    return body + check_character(body)


def at(day: date) -> datetime:
    """Noon in China on a day."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


@dataclass
class Register:
    """The bureau `yl` and how its people are written down and read."""

    actor_on: Callable[..., Any]
    bureau: str = "yl"
    serial: int = 101

    def actor(self, day: date = date(2024, 3, 15), role: str = "section_head") -> Any:
        """Somebody of the bureau on a day."""
        return self.actor_on(role, day)

    def person(self, name: str = "张建国", *, day: date = date(2024, 3, 15), **fields: Any) -> int:
        """A man registered on a day, with an ID number of his own unless told otherwise."""
        self.serial += 2
        born = fields.setdefault("born_on", date(1952, 6, 15))
        sex = fields.setdefault("sex", Sex.MALE)
        fields.setdefault("id_number", number_of(born, self.serial - (sex is Sex.FEMALE)))
        new = NewPerson(name=name, **fields)
        return services.register_person(actor=self.actor(day), bureau=self.bureau, new=new)

    def file(self, person_id: int, *, on: date = date(2024, 3, 15), known: date = date(2024, 3, 15)) -> PersonFile:
        """The file of a person as of two days."""
        return selectors.person_file(self.actor(known), person_id, on=on, known_on=known)


def identity(category: str = "81", first: str = "2020-01", last: str = "", **fields: Any) -> NewIdentity:
    """An identity from a month to a month."""
    last_month = Month.parse(last) if last else None
    return NewIdentity(category=category, first_month=Month.parse(first), last_month=last_month, **fields)


def account(number: str = "6299990000000012", holder: str = "张建国", **fields: Any) -> NewAccount:
    """An account in somebody's name."""
    return NewAccount(number=number, holder=holder, **fields)


def residence(village: str = "石桥镇红星村", **fields: Any) -> NewResidence:
    """An address in a village."""
    return NewResidence(village=village, **fields)
