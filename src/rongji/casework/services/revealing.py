"""The full number behind a mask in a case: for whoever may see numbers and says why, as an entry of the trail."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.sealed_numbers import opened
from rongji.accounts.secrets import Purpose, decrypt
from rongji.accounts.types import Actor
from rongji.casework.answers import CONTACT
from rongji.casework.models import Case
from rongji.casework.policies import SEE_CASES
from rongji.casework.refusals import CaseUnknown
from rongji.kernel.digest import digest
from rongji.law.asked import Asked, AskedKind
from rongji.law.case_checks import asked_of
from rongji.law.case_kinds import case_kind_version
from rongji.people.policies import REVEAL_NUMBERS
from rongji.people.refusals import NothingToReveal
from rongji.people.services.revealing import checked_reason


def reveal_number(*, actor: Actor, case_id: int, name: str, reason: str, sequence: int = 1) -> str:
    """The applicant's telephone (`contact`), or a personal number that was answered in an act.

    name: of the field; sequence: of the act, 1 for the application.
    Raises: CaseUnknown, NotAllowed, ReasonMissing, NothingToReveal, SecretUnreadable.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        raise CaseUnknown(case=case_id)
    guard(actor, SEE_CASES, case)
    guard(actor, REVEAL_NUMBERS, case)
    asked = asked_of(case_kind_version(case.kind, case.version)).get(name) if name != CONTACT.id else CONTACT
    label = asked.label if asked and asked.kind is AskedKind.SECRET else "这一号码"
    told = checked_reason(reason, label)
    with transaction.atomic():
        trail.lock_head()
        number = _number(case, asked, sequence)
        if not number:
            raise NothingToReveal(number=case.number, what=label)
        facts = {"what": name, "sequence": sequence, "reason": told}
        trail.record(
            actor=actor, action="casework.reveal_number", subject_kind="case", subject_id=case.pk,
            summary=f"办件 {case.number}：查看完整的{label}：{told}", after_digest=digest(facts), detail=facts,
        )  # fmt: skip
    return number


def _number(case: Case, asked: Asked | None, sequence: int) -> str:
    if asked is None or asked.kind is not AskedKind.SECRET:
        return ""
    if asked is CONTACT:
        return decrypt(case.contact_cipher, Purpose.PHONE)
    act = case.acts.filter(sequence=sequence).first()
    return opened(act.values.get(asked.id)) if act else ""
