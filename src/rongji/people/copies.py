"""The copies of facts that a person's row carries for search and lists, made anew from the facts that stand."""

import re
from datetime import date
from typing import Any

from rongji.accounts.secrets import Purpose, blind_index, decrypt
from rongji.accounts.selectors import organisation
from rongji.kernel.identity_number import TAIL
from rongji.people.models import Attribute, LifeEvent, Person, Residence
from rongji.people.names import initials, other_initials
from rongji.people.types import AttributeKind, LifeEventKind

_TOWN = re.compile(r"^.{1,12}?(镇|乡|街道)(?=.)")


def name_copies(name: str) -> dict[str, str]:
    """The columns in which a name is kept."""
    return {"name": name, "initials": initials(name), "other_initials": other_initials(name)}


def village_copies(village: str) -> dict[str, str]:
    """The columns in which a village is kept: 石桥镇红星村, and 红星村 as people say it."""
    return {"village": village, "village_proper": _TOWN.sub("", village, count=1) or village}


def id_copies(number: str, cipher: str) -> dict[str, str]:
    """The columns in which an ID number is kept."""
    return {
        "id_cipher": cipher,
        "id_index": blind_index(number, Purpose.ID_NUMBER),
        "id_tail_index": blind_index(number[-TAIL:], Purpose.ID_TAIL),
    }


def phone_copies(number: str, cipher: str) -> dict[str, str]:
    """The columns in which a telephone number is kept."""
    return {
        "phone_cipher": cipher,
        "phone_index": blind_index(number, Purpose.PHONE),
        "phone_tail_index": blind_index(number[-TAIL:], Purpose.PHONE_TAIL),
    }


def refresh(person: Person) -> None:
    """Bring the copies level with the facts that stand."""
    values: dict[str, Any] = {**_attribute_copies(person), **_residence_copies(person)}
    death = LifeEvent.objects.filter(person=person, kind=LifeEventKind.DIED, superseded_on__isnull=True).first()
    values["died_on"] = death.happened_on if death else None
    person.parts_left |= {person.part}
    for name, value in values.items():
        setattr(person, name, value)
    person.save(update_fields=list(values))


def _attribute_copies(person: Person) -> dict[str, Any]:
    standing = Attribute.objects.filter(person=person, superseded_on__isnull=True).order_by("from_on", "known_on", "id")
    last = {row.kind: row for row in standing}
    values: dict[str, Any] = {}
    if AttributeKind.NAME in last:
        values |= name_copies(last[AttributeKind.NAME].value)
    if AttributeKind.BORN_ON in last:
        values["born_on"] = date.fromisoformat(last[AttributeKind.BORN_ON].value)
    number, phone = last.get(AttributeKind.ID_NUMBER), last.get(AttributeKind.PHONE)
    values |= id_copies(decrypt(number.cipher, Purpose.ID_NUMBER), number.cipher) if number else id_copies("", "")
    values |= phone_copies(decrypt(phone.cipher, Purpose.PHONE), phone.cipher) if phone else phone_copies("", "")
    return values


def _residence_copies(person: Person) -> dict[str, Any]:
    standing = Residence.objects.filter(person=person, superseded_on__isnull=True)
    last = standing.order_by("from_on", "known_on", "id").last()
    place = {"area_code": last.area_code, "station_code": last.station_code} if last else {}
    values = {"area_code": "", "station_code": "", **place, **village_copies(last.village if last else "")}
    return {**values, "scope_path": organisation(values["station_code"] or person.bureau).path}
