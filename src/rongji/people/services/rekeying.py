"""Changing the keys: every number encrypted under an older key or cipher, and every index, made anew."""

from typing import Any

from django.db import models, transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, blind_index, decrypt, encrypt
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.people.copies import id_copies, phone_copies
from rongji.people.models import Attribute, BankAccount, Person
from rongji.people.policies import REKEY
from rongji.people.types import AttributeKind

CHUNK = 1000
_PURPOSES = {AttributeKind.ID_NUMBER: Purpose.ID_NUMBER, AttributeKind.PHONE: Purpose.PHONE}


def rekey_people(*, actor: Actor) -> int:
    """Bring every stored number under the first data key, the chosen cipher and the present index key.

    Returns how many rows were looked at. Safe to repeat: a stopped run is finished by the next; each portion is a
    transaction of its own. The old data key must stay among the options until it is through.
    Raises: NotAllowed, SecretUnreadable.
    """
    guard(actor, REKEY)
    count = _each(Person, _rekey_person) + _each(BankAccount, _rekey_account)
    count += _each(Attribute, _rekey_attribute, kind__in=list(_PURPOSES))
    with transaction.atomic():
        trail.record(
            actor=actor,
            action="people.rekey",
            subject_kind="people",
            subject_id="all",
            summary=f"更换数据加密密钥，重新加密 {count} 条",
            after_digest=digest({"rows": count}),
            detail={"rows": count},
        )
    return count


def _each(model: type[models.Model], renew: Any, **only: Any) -> int:
    count, last = 0, 0
    while True:
        with transaction.atomic():
            rows = list(model._default_manager.filter(pk__gt=last, **only).order_by("pk")[:CHUNK])
            if not rows:
                return count
            changed = [renew(row) for row in rows]
            model._default_manager.bulk_update(rows, changed[0])
        count, last = count + len(rows), rows[-1].pk


def _rekey_person(row: Person) -> list[str]:
    number, phone = decrypt(row.id_cipher, Purpose.ID_NUMBER), decrypt(row.phone_cipher, Purpose.PHONE)
    values = {
        **id_copies(number, encrypt(number, Purpose.ID_NUMBER)),
        **phone_copies(phone, encrypt(phone, Purpose.PHONE)),
    }
    return _set(row, values)


def _rekey_account(row: BankAccount) -> list[str]:
    number = decrypt(row.number_cipher, Purpose.ACCOUNT)
    return _set(
        row,
        {"number_cipher": encrypt(number, Purpose.ACCOUNT), "number_index": blind_index(number, Purpose.ACCOUNT)},
    )


def _rekey_attribute(row: Attribute) -> list[str]:
    purpose = _PURPOSES[AttributeKind(row.kind)]
    return _set(row, {"cipher": encrypt(decrypt(row.cipher, purpose), purpose)})


def _set(row: models.Model, values: dict[str, str]) -> list[str]:
    for name, value in values.items():
        setattr(row, name, value)
    return list(values)
