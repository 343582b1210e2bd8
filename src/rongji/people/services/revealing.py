"""The full number behind a mask: for whoever may see it and says why; each time an entry in the trail."""

from datetime import date

from rongji.accounts.secrets import Purpose, decrypt
from rongji.accounts.types import Actor
from rongji.people.dated import known_q
from rongji.people.models import BankAccount
from rongji.people.policies import REVEAL_NUMBERS
from rongji.people.refusals import NothingToReveal, ReasonMissing
from rongji.people.services.writing import Entry, entry, record
from rongji.people.types import SECRET_LABELS, SecretKind

SHORTEST_REASON = 4


def reveal(*, actor: Actor, person_id: int, what: SecretKind, reason: str) -> str:
    """The full ID number, telephone or account number of a person.

    Raises: NotAllowed, PersonUnknown, PersonMerged, ReasonMissing, NothingToReveal, SecretUnreadable.
    """
    with entry(actor=actor, person_id=person_id, policy=REVEAL_NUMBERS) as entered:
        label = SECRET_LABELS[what]
        told = checked_reason(reason, label)
        number = _number(entered, what)
        if not number:
            raise NothingToReveal(number=entered.person.number, what=label)
        record(actor, "reveal", entered.person, f"查看完整的{label}：{told}", {"what": what, "reason": reason})
    return number


def checked_reason(reason: str, label: str) -> str:
    """Why a number is wanted in full. Raises: ReasonMissing."""
    told = reason.strip()
    if len(told) < SHORTEST_REASON:
        raise ReasonMissing(what=f"查看完整的{label}", least=SHORTEST_REASON)
    return told


def _number(entered: Entry, what: SecretKind) -> str:
    person = entered.person
    if what is SecretKind.ID_NUMBER:
        return decrypt(person.id_cipher, Purpose.ID_NUMBER)
    if what is SecretKind.PHONE:
        return decrypt(person.phone_cipher, Purpose.PHONE)
    return decrypt(_account_cipher(person.pk, entered.known_on), Purpose.ACCOUNT)


def _account_cipher(person_id: int, day: date) -> str:
    rows = BankAccount.objects.filter(known_q(day), person=person_id, to_on__isnull=True)
    last = rows.order_by("from_on", "id").last()
    return last.number_cipher if last else ""
