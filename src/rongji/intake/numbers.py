"""Personal numbers of a form from the window: masked wherever it is read, shown in full for a reason."""

from collections.abc import Mapping
from dataclasses import replace

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.casework.answers import CONTACT
from rongji.intake.deciding import kind_of
from rongji.intake.models import Intake
from rongji.intake.opening import OpenedForm, open_form
from rongji.intake.policies import SEE_INTAKE
from rongji.intake.refusals import IntakeUnknown
from rongji.kernel.digest import digest
from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.law.asked import Asked, AskedKind, SecretKind
from rongji.law.case_kinds import CaseKind
from rongji.people.policies import REVEAL_NUMBERS
from rongji.people.refusals import NothingToReveal
from rongji.people.services.revealing import checked_reason
from rongji.rules.answers import shown

ID_NUMBER = Asked("id_number", "身份证号", AskedKind.SECRET, number=SecretKind.ID_NUMBER)
"""What every form asks beside the telephone."""
_WORDS = (AskedKind.TEXT, AskedKind.LONG)


def masked_form(form: OpenedForm, kind: CaseKind) -> OpenedForm:
    """A form as its page shows it: numbers masked, those in free words, too."""
    asked = {item.id: item for item in kind.fields}
    return replace(
        form,
        applicant=cover_numbers_in(form.applicant),
        title=cover_numbers_in(form.title),
        contact=shown(CONTACT, form.contact),
        id_number=shown(ID_NUMBER, form.id_number),
        answers={name: _masked(asked.get(name), text) for name, text in form.answers.items()},
        files=tuple(replace(file, name=cover_numbers_in(file.name)) for file in form.files),
    )


def reveal_number(*, actor: Actor, number: str, name: str, reason: str) -> str:
    """A number of a form that waits: `contact`, `id_number`, or that of a field.

    Raises: IntakeUnknown, NotAllowed, ReasonMissing, NothingToReveal, and whatever opens no form.
    """
    row = Intake.objects.filter(number=number).first()
    if row is None:
        raise IntakeUnknown(number=number[:24])
    guard(actor, SEE_INTAKE, row)
    guard(actor, REVEAL_NUMBERS, row)
    asked = _secrets(kind_of(row)).get(name)
    label = asked.label if asked else "这一号码"
    told = checked_reason(reason, label)
    found = _number(row, asked)
    if not found:
        raise NothingToReveal(number=f"来件 {row.number}", what=label)
    with transaction.atomic():
        facts = {"what": name, "reason": told}
        trail.record(
            actor=actor, action="intake.reveal_number", subject_kind="intake", subject_id=row.number,
            summary=f"网上来件 {row.number}：查看完整的{label}：{told}", after_digest=digest(facts), detail=facts,
        )  # fmt: skip
    return found


def _secrets(kind: CaseKind) -> Mapping[str, Asked]:
    own = {item.id: item for item in kind.fields if item.kind is AskedKind.SECRET}
    return {**own, CONTACT.id: CONTACT, ID_NUMBER.id: ID_NUMBER}


def _number(row: Intake, asked: Asked | None) -> str:
    if asked is None or not row.parts.exists():
        return ""
    form = open_form(row, look_at_files=False)
    own = {CONTACT.id: form.contact, ID_NUMBER.id: form.id_number}
    return own[asked.id] if asked.id in own else form.answers.get(asked.id, "")


def _masked(asked: Asked | None, text: str) -> str:
    if asked is not None and asked.kind is AskedKind.SECRET:
        return shown(asked, text)
    if asked is not None and asked.kind not in _WORDS:
        return text
    return cover_numbers_in(text, only_identity=asked is not None and asked.open_numbers)
