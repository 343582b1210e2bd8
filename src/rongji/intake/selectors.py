"""Reads of the intake: the queue, and one form with what is like it."""

from dataclasses import dataclass
from datetime import date, datetime

from rongji.accounts.policies import guard
from rongji.accounts.secrets import mask_phone
from rongji.accounts.types import Actor, Scope
from rongji.intake.deciding import kind_of
from rongji.intake.models import Intake
from rongji.intake.numbers import masked_form
from rongji.intake.opening import OpenedForm, open_file, open_form
from rongji.intake.policies import SEE_INTAKE
from rongji.intake.refusals import IntakeUnknown
from rongji.intake.types import IntakeState
from rongji.kernel.china_time import day_of
from rongji.kernel.identity_number import IdentityNumberUnfit, read_identity_number
from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.kernel.refusal import Refusal
from rongji.law.case_kinds import CaseKind
from rongji.people.selectors import persons_by_id_number
from rongji.people.types import PersonBrief

PER_PAGE = 50


@dataclass(frozen=True, slots=True)
class IntakeLine:
    """A form in the queue. title, applicant: empty when it does not open; alike: others of the same sender."""

    number: str
    label: str
    title: str
    applicant: str
    contact: str
    files: int
    received_at: datetime
    waits_days: int
    alike: int
    state: IntakeState
    decided_by: str
    decided_on: date | None
    case_id: int | None
    reason: str
    trouble: str
    tidied_on: date | None


@dataclass(frozen=True, slots=True)
class IntakePage:
    """One form opened, its numbers masked. person: whom the ID number leads to; alike: others of the same sender."""

    line: IntakeLine
    kind: CaseKind
    form: OpenedForm | None
    person: PersonBrief | None
    alike: tuple[IntakeLine, ...]
    received_on: date
    clock_note: str
    note: str
    bureau: str
    scope: Scope


def queue(actor: Actor, *, state: str = "new", first: int = 0) -> tuple[tuple[IntakeLine, ...], int]:
    """A page of forms of a state, oldest first while they wait, newest first when decided; and how many there are."""
    SEE_INTAKE.require_role(actor)
    scope = SEE_INTAKE.scope_filter(actor, path_field="scope_path", area_field="area")
    rows = Intake.objects.filter(scope, state=state)
    rows = rows if state == IntakeState.NEW else rows.order_by("-decided_at", "-id")
    return tuple(_line(actor, row) for row in rows[first : first + PER_PAGE]), rows.count()


def intake_page(actor: Actor, number: str) -> IntakePage:
    """One form. Raises: IntakeUnknown, NotAllowed."""
    row = _row(actor, number)
    form, _ = _opened(row, look_at_files=True)
    kind = kind_of(row)
    others = Intake.objects.filter(sender=row.sender).exclude(pk=row.pk) if row.sender else Intake.objects.none()
    return IntakePage(
        line=_line(actor, row),
        kind=kind,
        form=masked_form(form, kind) if form else None,
        person=_person(row, form),
        alike=tuple(_line(actor, other) for other in others.order_by("-received_at")[:10]),
        received_on=row.received_on,
        clock_note=row.clock_note,
        note=row.note,
        bureau=row.bureau,
        scope=row.scope,
    )


def intake_file(actor: Actor, number: str, position: int) -> tuple[str, bytes]:
    """Name and content of a file. Raises: IntakeUnknown, NotAllowed, IntakeUnfit, SealUnreadable."""
    row = _row(actor, number)
    form = open_form(row)
    name = next((file.name for file in form.files if file.position == position), "")
    return name, open_file(row, position)


def waiting_count(actor: Actor) -> int:
    """How many forms wait in the actor's sight."""
    scope = SEE_INTAKE.scope_filter(actor, path_field="scope_path", area_field="area")
    return Intake.objects.filter(scope, state=IntakeState.NEW).count()


def _row(actor: Actor, number: str) -> Intake:
    row = Intake.objects.filter(number=number).first()
    if row is None:
        raise IntakeUnknown(number=number[:24])
    guard(actor, SEE_INTAKE, row)
    return row


def _opened(row: Intake, *, look_at_files: bool = False) -> tuple[OpenedForm | None, str]:
    if row.tidied_on or row.state in (IntakeState.ACCEPTED, IntakeState.SPAM):
        return None, ""
    try:
        return open_form(row, look_at_files=look_at_files), ""
    except Refusal as refusal:
        return None, str(refusal)


def _line(actor: Actor, row: Intake) -> IntakeLine:
    form, trouble = _opened(row)
    alike = Intake.objects.filter(sender=row.sender).exclude(pk=row.pk).count() if row.sender else 0
    return IntakeLine(
        number=row.number,
        label=kind_of(row).label,
        title=cover_numbers_in(form.title) if form else "",
        applicant=cover_numbers_in(form.applicant) if form else "",
        contact=mask_phone(form.contact) if form else "",
        files=len(form.files) if form else 0,
        received_at=row.received_at,
        waits_days=(actor.day - row.received_on).days,
        alike=alike,
        state=IntakeState(row.state),
        decided_by=row.decided_by,
        decided_on=day_of(row.decided_at) if row.decided_at else None,
        case_id=row.case_id,
        reason=row.reason,
        trouble=trouble,
        tidied_on=row.tidied_on,
    )


def _person(row: Intake, form: OpenedForm | None) -> PersonBrief | None:
    if form is None or not form.id_number:
        return None
    try:
        number = read_identity_number(form.id_number).text
    except IdentityNumberUnfit:
        return None
    return persons_by_id_number(row.bureau, [number]).get(number)
