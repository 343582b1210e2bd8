"""What becomes of a form: a case that runs from the day on which it was received, or a reasoned no, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.casework.answers import CONTACT
from rongji.casework.services import add_paper, open_case
from rongji.casework.types import NewCase
from rongji.intake.contents import ONLINE
from rongji.intake.models import Intake
from rongji.intake.opening import OpenedForm, open_file, open_form
from rongji.intake.policies import DECIDE_INTAKE
from rongji.intake.refusals import IntakeDecided, IntakeUnknown, ReasonNotOffered
from rongji.intake.types import IntakeState
from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.law.case_kinds import CaseKind, case_kind
from rongji.rules.answers import unchanged

REASONS = (
    "不属于本局职责，请向有权处理的单位提出",
    "同一事项已经在办，进度看先前的编号",
    "内容看不清楚是什么事，请写明后重新提交或到现场说明",
    "不符合办理条件，请先看办事指南",
    "需要本人到现场办理",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """What whoever accepts a form says of it. answers: as corrected; a number left masked is as its sender wrote it."""

    title: str
    applicant: str
    contact: str
    person_id: int | None = None
    station: str = ""
    answers: Mapping[str, Any] = field(default_factory=dict)


def accept(*, actor: Actor, number: str, as_written: Acceptance) -> int:
    """Open the case of a form: received on the day on which the window received it. Returns the id of the case.

    The case carries the form's number, which two cases cannot; all of it stands or falls together.
    Raises: NotAllowed, IntakeUnknown, IntakeDecided, whatever opens no case (IntakeTaken among it), FileRefused,
    IntakeUnfit, SealUnreadable.
    """
    with transaction.atomic():
        trail.lock_head()
        row = _waiting(actor, number)
        form = open_form(row)
        kind = kind_of(row)
        case = open_case(actor=actor, bureau=row.bureau, new=_new_case(row, kind, form, as_written))
        for file in form.files:
            if not file.trouble:
                _file_paper(actor, row, kind, case, form, file.position)
        row.case_id = case
        _decide(actor, row, IntakeState.ACCEPTED, f"受理网上来件 {number}", {"case": case})
        row.parts.all().delete()
    return case


def refuse(*, actor: Actor, number: str, reason: str, note: str = "") -> None:
    """Say no, with one of the reasons that are told outside; the note stays inside.

    Raises: NotAllowed, IntakeUnknown, IntakeDecided, ReasonNotOffered.
    """
    if reason not in REASONS:
        raise ReasonNotOffered(offered="、".join(f"“{item}”" for item in REASONS))
    with transaction.atomic():
        trail.lock_head()
        row = _waiting(actor, number)
        row.reason, row.note = reason, cover_numbers_in(note.strip())[:255]
        _decide(actor, row, IntakeState.REFUSED, f"网上来件 {number} 未受理：{reason}", {"reason": reason})


def set_aside(*, actor: Actor, number: str, note: str = "") -> None:
    """Nothing anybody meant: what was sealed is deleted, the number stays. Raises: as refuse."""
    with transaction.atomic():
        trail.lock_head()
        row = _waiting(actor, number)
        row.note = cover_numbers_in(note.strip())[:255]
        _decide(actor, row, IntakeState.SPAM, f"网上来件 {number} 按无效处理，内容删除", {})
        row.parts.all().delete()


def kind_of(row: Intake) -> CaseKind:
    """The kind of a form as in force on the day on which it was received."""
    return case_kind(row.kind, on=row.received_on, region=row.area)


def _waiting(actor: Actor, number: str) -> Intake:
    row = Intake.objects.select_for_update().filter(number=number).first()
    if row is None:
        raise IntakeUnknown(number=number)
    guard(actor, DECIDE_INTAKE, row)
    if row.state != IntakeState.NEW:
        raise IntakeDecided(number=number, who=row.decided_by, state=IntakeState(row.state).label)
    return row


def _new_case(row: Intake, kind: CaseKind, form: OpenedForm, given: Acceptance) -> NewCase:
    asked = {item.id: item for item in kind.fields}
    said = {name: text for name, text in given.answers.items() if text not in ("", None)}
    meant = {
        name: unchanged(asked[name], text, form.answers.get(name)) if name in asked else text
        for name, text in said.items()
    }
    return NewCase(
        kind=row.kind,
        channel=ONLINE,
        received_on=row.received_on,
        title=given.title,
        person_id=given.person_id,
        applicant=given.applicant,
        contact=unchanged(CONTACT, given.contact, form.contact),
        station=given.station,
        answers=meant,
        intake=row.number,
    )


def _file_paper(actor: Actor, row: Intake, kind: CaseKind, case: int, form: OpenedForm, position: int) -> None:
    file = next(item for item in form.files if item.position == position)
    known = {item.id: item.label for item in kind.papers}
    add_paper(
        actor=actor, case_id=case, kind=file.paper if file.paper in known else "其他材料",
        title=known.get(file.paper, "") or file.name.rpartition(".")[0][:120] or "其他材料",
        received_on=row.received_on, file_name=file.name, data=open_file(row, position),
    )  # fmt: skip


def _decide(actor: Actor, row: Intake, state: IntakeState, summary: str, detail: dict[str, Any]) -> None:
    row.state, row.decided_at, row.decided_by = state, actor.at, actor.label
    row.save()
    trail.record(
        actor=actor, action=f"intake.{state}", subject_kind="intake", subject_id=row.number, summary=summary,
        detail=detail,
    )  # fmt: skip
