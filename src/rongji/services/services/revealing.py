"""The full number behind a mask in a register: for whoever may see numbers and says why, as an entry of the trail."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.sealed_numbers import opened
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.law.asked import AskedKind
from rongji.law.registers import register as declared_register
from rongji.people.policies import REVEAL_NUMBERS
from rongji.people.refusals import NothingToReveal
from rongji.people.services.revealing import checked_reason
from rongji.services.models import Record
from rongji.services.policies import SEE_RECORDS
from rongji.services.refusals import RecordUnknown


def reveal_number(*, actor: Actor, record_id: int, name: str, reason: str) -> str:
    """A personal number of a record. name: of its field.

    Raises: RecordUnknown, NotAllowed, ReasonMissing, NothingToReveal, SecretUnreadable.
    """
    row = Record.objects.filter(pk=record_id).first()
    if row is None:
        raise RecordUnknown(record=record_id)
    guard(actor, SEE_RECORDS, row)
    guard(actor, REVEAL_NUMBERS, row)
    register = declared_register(row.register)
    asked = register.by_id.get(name)
    is_secret = asked is not None and asked.kind is AskedKind.SECRET
    label = asked.label if asked is not None and is_secret else "这一号码"
    told = checked_reason(reason, label)
    number = opened(row.values.get(name)) if is_secret else ""
    if not number:
        raise NothingToReveal(number=f"{register.label} {row.pk}", what=label)
    with transaction.atomic():
        facts = {"what": name, "reason": told}
        trail.record(
            actor=actor, action="services.reveal_number", subject_kind="record", subject_id=row.pk,
            summary=f"{register.label} {row.pk}：查看完整的{label}：{told}", after_digest=digest(facts), detail=facts,
        )  # fmt: skip
    return number
