"""The rows that a newly registered person is made of, written in portions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models

from rongji.accounts.refusals import OrganisationUnknown
from rongji.accounts.secrets import Purpose, blind_index, encrypt
from rongji.accounts.selectors import OrganisationFacts
from rongji.accounts.types import Actor
from rongji.kernel.month import Month
from rongji.people.copies import id_copies, name_copies, phone_copies, village_copies
from rongji.people.entering import Entered
from rongji.people.models import (
    Attribute,
    BankAccount,
    Change,
    DisabilityGrade,
    Identity,
    LifeEvent,
    Merit,
    Participation,
    Person,
    Residence,
    ServicePeriod,
)
from rongji.people.services.loading import load_rows
from rongji.people.types import AttributeKind, ChangeKind, LifeEventKind, NewAccount, NewIdentity, NewResidence

_PLAIN = {
    AttributeKind.REGISTRATION: "registration",
    AttributeKind.EMPLOYMENT: "employment",
    AttributeKind.INSURANCE: "insurance",
    AttributeKind.HEALTH: "health",
}
_BATCH = 1000
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Desk:
    """Who registers for which bureau, and the paths of the bureau's own units and stations by code."""

    actor: Actor
    home: OrganisationFacts
    stations: dict[str, str] = field(default_factory=dict)

    def path(self, station_code: str) -> str:
        """The path of a station, of the bureau when none is named. Raises: OrganisationUnknown."""
        if not station_code:
            return self.home.path
        if station_code not in self.stations:
            raise OrganisationUnknown(code=station_code)
        return self.stations[station_code]


def person_row(desk: Desk, entered: Entered, next_number: str) -> Person:
    """The row of a person, not yet saved."""
    new, home = entered.new, new_residence(entered)
    number = entered.id_number.text if entered.id_number else ""
    return Person(
        bureau=desk.home.code,
        number=new.number.strip() or next_number,
        sex=entered.sex,
        born_on=entered.born_on,
        died_on=new.died_on,
        area=desk.home.area_code,
        area_code=home.area_code,
        station_code=home.station_code,
        scope_path=desk.path(home.station_code),
        registered_on=new.known_on or desk.actor.day,
        **name_copies(new.name),
        **village_copies(home.village),
        **id_copies(number, encrypt(number, Purpose.ID_NUMBER)),
        **phone_copies(new.phone, encrypt(new.phone, Purpose.PHONE)),
    )


def new_residence(entered: Entered) -> NewResidence:
    """The residence entered, or an empty one."""
    return entered.new.residence or NewResidence()


def store(desk: Desk, people: list[Person], entered: list[Entered]) -> list[int]:
    """Save persons and everything entered of them; returns their ids."""
    saved = Person.objects.bulk_create(people, batch_size=_BATCH)
    every: dict[type[models.Model], list[Row]] = {}
    for person, item in zip(saved, entered, strict=True):
        for model, row in _facts(desk, person, item):
            every.setdefault(model, []).append(row)
    for model, rows in every.items():
        load_rows(model, rows)
    return [person.pk for person in saved]


def _facts(desk: Desk, person: Person, entered: Entered) -> Iterator[tuple[type[models.Model], Row]]:
    new, known = entered.new, person.registered_on
    dated = {"person_id": person.pk, "known_on": known}
    for attribute in _attributes(person, entered, known):
        yield Attribute, {**dated, "evidence": new.evidence, **attribute}
    if new.residence is not None:
        yield Residence, {**dated, **residence_values(new.residence, known)}
    if new.died_on is not None:
        death = {"kind": LifeEventKind.DIED, "happened_on": new.died_on, "evidence": new.evidence}
        yield LifeEvent, {**dated, **death}
    for fact in new.identities:
        yield Identity, {**dated, **identity_values(fact)}
    for model, facts in _plain_facts(entered):
        for plain in facts:
            yield model, {**dated, **_values(plain)}
    if new.account is not None:
        yield BankAccount, {**dated, **account_values(new.account, known)}
    yield Change, _registered(desk, person, entered)


def _plain_facts(entered: Entered) -> Iterator[tuple[type[models.Model], tuple[Any, ...]]]:
    new = entered.new
    yield DisabilityGrade, new.grades
    yield ServicePeriod, new.service
    yield Merit, new.merits
    yield Participation, new.participations


def _registered(desk: Desk, person: Person, entered: Entered) -> Row:
    identities, known = entered.new.identities, person.registered_on
    return {
        "person_id": person.pk,
        "kind": ChangeKind.REGISTERED,
        "known_on": known,
        "true_from": min((fact.first_month.first_day for fact in identities), default=known),
        "summary": _in_words(identities)[:255],
        "actor_label": desk.actor.label[:160],
    }


def _attributes(person: Person, entered: Entered, known: date) -> Iterator[Row]:
    new, born = entered.new, entered.born_on
    yield {"kind": AttributeKind.NAME, "value": new.name, "from_on": born}
    yield {"kind": AttributeKind.BORN_ON, "value": born.isoformat(), "from_on": born}
    if person.id_cipher:
        yield {"kind": AttributeKind.ID_NUMBER, "cipher": person.id_cipher, "from_on": born}
    if person.phone_cipher:
        yield {"kind": AttributeKind.PHONE, "cipher": person.phone_cipher, "from_on": known}
    for kind, name in _PLAIN.items():
        if getattr(new, name):
            yield {"kind": kind, "value": getattr(new, name)[:120], "from_on": known}


def identity_values(new: NewIdentity) -> dict[str, Any]:
    """The columns of an identity."""
    return {
        "category": new.category,
        "first_month": new.first_month.number,
        "last_month": new.last_month.number if new.last_month else None,
        "end_reason": new.end_reason,
        "decision": new.decision,
        "evidence": new.evidence,
    }


def account_values(new: NewAccount, known: date) -> dict[str, Any]:
    """The columns of an account whose number has been read."""
    return {
        "kind": new.kind,
        "number_cipher": encrypt(new.number, Purpose.ACCOUNT),
        "number_index": blind_index(new.number, Purpose.ACCOUNT),
        "tail": new.number[-4:],
        "bank": new.bank,
        "holder": new.holder,
        "from_on": new.from_on or known,
        "decision": new.decision,
    }


def residence_values(new: NewResidence, known: date) -> dict[str, Any]:
    """The columns of a residence."""
    return {**_values(new), "from_on": new.from_on or known}


def _values(new: Any) -> dict[str, Any]:
    """The columns of a fact that is entered under the names it is kept by."""
    return {name: getattr(new, name) for name in new.__dataclass_fields__}


def _in_words(identities: tuple[NewIdentity, ...]) -> str:
    if not identities:
        return "建档"
    return "建档，" + "、".join(
        f"{item.category}（{_period(item.first_month, item.last_month)}）" for item in identities
    )


def _period(first: Month, last: Month | None) -> str:
    return f"{first} 至 {last}" if last else f"{first} 起"
