"""Forms of a choosing session: undoing the last act by another person, and closing."""

from dataclasses import dataclass

from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.placement import services
from rongji.placement.board import board
from rongji.placement.policies import RECORD_CHOICES
from rongji.placement.types import SessionBoard
from rongji.web.forms.fields import Field, FieldKind
from rongji.web.forms.form import REASON, Done, Form, Subject, Values

_ROUTE = "placement/sessions/<int:session>"


@dataclass(frozen=True, slots=True)
class SessionAbout:
    """A session and its last standing act. last: None where nothing can be undone."""

    board: SessionBoard
    last: int | None
    said: str


def about_session(actor: Actor, *, session: int) -> Subject:
    """A session. Raises: SessionUnknown, NotAllowed."""
    found = board(actor, session)
    undone = {line.sequence for line in found.log if line.what == "撤销"}
    last = next((line for line in found.log if line.sequence not in undone), None)
    said = f"第 {last.sequence} 条：{last.name} {last.what} {last.post}" if last else ""
    facts = SessionAbout(found, last.sequence if last else None, said)
    back = reverse("web:choosing", kwargs={"session": session})
    return Subject(f"{found.cohort.title}选岗会", found.cohort.scope, back, facts, note=said)


def _undo_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    # The act that the page showed: had somebody recorded another one since, it is refused and not undone.
    shown = str(subject.facts.last or "")
    return (Field("sequence", "记录", FieldKind.COUNT, initial=shown, hint="最后一条记录的序号"), REASON)


def _undo(actor: Actor, subject: Subject, values: Values) -> Done:
    services.undo_last(
        actor=actor, session_id=subject.facts.board.id, sequence=values["sequence"], reason=values["reason"]
    )
    return Done(f"已撤销第 {values['sequence']} 条记录，撤销和原因留在选岗记录里。")


def _finish_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("note", "说明", FieldKind.LONG, is_needed=False, hint="还有人没有轮到时，写明提前结束的原因", most=250),
    )


def _finish(actor: Actor, subject: Subject, values: Values) -> Done:
    count = services.finish_session(actor=actor, session_id=subject.facts.board.id, note=values["note"])
    back = reverse("web:cohort", kwargs={"cohort": subject.facts.board.cohort.id})
    return Done(f"选岗会结束，{count} 人选定岗位。", f"{back}?tab=after")


SESSION_FORMS: tuple[Form, ...] = (
    Form(code="undo_choice", title="撤销最后一条", button="撤销最后一条", policy=RECORD_CHOICES,
         route=f"{_ROUTE}/undo/", subject=about_session, fields=_undo_fields, carry_out=_undo, icon="arrow-back-up",
         applies=lambda facts: facts.last is not None and not facts.board.is_finished, is_grave=True),
    Form(code="finish_choosing", title="结束选岗会", button="结束选岗会", policy=RECORD_CHOICES,
         route=f"{_ROUTE}/finish/", subject=about_session, fields=_finish_fields, carry_out=_finish,
         icon="flag", applies=lambda facts: not facts.board.is_finished),
)  # fmt: skip
