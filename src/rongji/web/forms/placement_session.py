"""Forms of a choosing session: undoing the last act by another person, and closing."""

from dataclasses import dataclass

from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.placement import services
from rongji.placement.board import WITHDRAWN, board
from rongji.placement.policies import RECORD_CHOICES
from rongji.placement.types import ChoiceFacts, SessionBoard
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.form import REASON, Done, Form, Subject, Values

RECORDED = 100
_ROUTE = "placement/sessions/<int:session>"


@dataclass(frozen=True, slots=True)
class SessionAbout:
    """A session and its last standing act. last: None where nothing can be undone."""

    board: SessionBoard
    last: int | None
    said: str


def last_standing(found: SessionBoard) -> ChoiceFacts | None:
    """The last act of a session that can be undone: a choice or a skip that was not undone before."""
    undone = {line.sequence for line in found.log if line.what == "撤销"}
    return next((line for line in found.log if line.sequence not in undone and line.what != WITHDRAWN), None)


def about_session(actor: Actor, *, session: int) -> Subject:
    """A session. Raises: SessionUnknown, NotAllowed."""
    found = board(actor, session, latest=RECORDED)
    last = last_standing(found)
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


def _withdrawal_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    posts = [post for post in subject.facts.board.posts if post.left]
    offered = tuple(
        Choice(str(post.number), f"{post.number} 号 {post.unit} {post.title}（余 {post.left}）") for post in posts
    )
    return (
        Field("number", "岗位", FieldKind.CHOICE, choices=offered, hint="已经选定的不能由单位撤回"),
        Field("places", "撤回人数", FieldKind.COUNT, unit="人", initial="1", most=3),
        Field("document", "接收单位来函", hint="文号或日期", most=80),
        REASON,
    )


def _withdraw_post(actor: Actor, subject: Subject, values: Values) -> Done:
    board_id, number = subject.facts.board.id, int(values["number"])
    left = services.withdraw_post(
        actor=actor, session_id=board_id, number=number, places=values["places"], reason=values["reason"],
        document=values["document"],
    )  # fmt: skip
    waiting = subject.facts.board.waiting
    short = f"剩余岗位只有 {left} 个，少于待选的 {waiting} 人，请告知在场人员。" if left < waiting else ""
    return Done(f"已登记 {number} 号岗位撤回 {values['places']} 个。{short}")


SESSION_FORMS: tuple[Form, ...] = (
    Form(code="undo_choice", title="撤销最后一条", button="撤销最后一条", policy=RECORD_CHOICES,
         route=f"{_ROUTE}/undo/", subject=about_session, fields=_undo_fields, carry_out=_undo, icon="arrow-back-up",
         applies=lambda facts: facts.last is not None and not facts.board.is_finished, is_grave=True),
    Form(code="withdraw_post", title="接收单位撤回岗位", button="单位撤回岗位", policy=RECORD_CHOICES,
         route=f"{_ROUTE}/withdraw-post/", subject=about_session, fields=_withdrawal_fields, carry_out=_withdraw_post,
         icon="briefcase-off", applies=lambda facts: not facts.board.is_finished, is_grave=True),
    Form(code="finish_choosing", title="结束选岗会", button="结束选岗会", policy=RECORD_CHOICES,
         route=f"{_ROUTE}/finish/", subject=about_session, fields=_finish_fields, carry_out=_finish,
         icon="flag", applies=lambda facts: not facts.board.is_finished),
)  # fmt: skip
