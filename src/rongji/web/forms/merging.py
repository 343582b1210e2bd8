"""Two files of one person made one by a form, and taken apart again."""

from dataclasses import dataclass

from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.people.policies import MERGE_PEOPLE
from rongji.people.selectors import person_brief
from rongji.people.selectors.merges import MergeFacts, merges
from rongji.people.services import merge_persons, undo_merge
from rongji.people.types import PersonBrief
from rongji.web.errors import PageUnknown
from rongji.web.forms.fields import Field
from rongji.web.forms.form import REASON, Done, Form, Subject, Values


@dataclass(frozen=True, slots=True)
class Pair:
    """Which file is kept, and which goes into it."""

    kept: PersonBrief
    absorbed: PersonBrief


def _about_pair(actor: Actor, *, kept: int, absorbed: int) -> Subject:
    """Two files. Raises: PersonUnknown, NotAllowed."""
    pair = Pair(person_brief(actor, kept), person_brief(actor, absorbed))
    MERGE_PEOPLE.check(actor, pair.absorbed.scope)
    heading = (
        f"保留 {pair.kept.name}（档案 {pair.kept.number}），并入 {pair.absorbed.name}（档案 {pair.absorbed.number}）"
    )
    back = reverse("web:compare", kwargs={"first": kept, "second": absorbed})
    return Subject(heading, pair.kept.scope, back, pair)


def _about_merge(actor: Actor, *, merge: int) -> Subject:
    """A merge that was made. Raises: PageUnknown, NotAllowed."""
    found = next((item for item in merges(actor) if item.id == merge), None)
    if found is None:
        raise PageUnknown
    heading = f"档案 {found.absorbed} 并入了档案 {found.kept}，{found.merged_on:%Y-%m-%d}"
    return Subject(heading, person_brief(actor, found.kept_id).scope, reverse("web:duplicates"), found)


def _reason(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (REASON,)


def _merge(actor: Actor, subject: Subject, values: Values) -> Done:
    pair: Pair = subject.facts
    merge_persons(actor=actor, kept_id=pair.kept.id, absorbed_id=pair.absorbed.id, reason=values["reason"])
    return Done(
        f"档案 {pair.absorbed.number} 已并入档案 {pair.kept.number}。",
        reverse("web:person", kwargs={"person": pair.kept.id}),
    )


def _undo(actor: Actor, subject: Subject, values: Values) -> Done:
    found: MergeFacts = subject.facts
    undo_merge(actor=actor, merge_id=found.id, reason=values["reason"])
    return Done(f"已拆开：档案 {found.absorbed} 和档案 {found.kept} 各归原样。")


MERGE_FORMS: tuple[Form, ...] = (
    Form(
        code="merge", title="合并档案", button="合并", policy=MERGE_PEOPLE,
        route="people/<int:kept>/merge/<int:absorbed>/", subject=_about_pair, fields=_reason, carry_out=_merge,
        icon="git-merge", note="并入的档案里的全部记录移到保留的档案；可以拆开，各归原样。",
    ),
    Form(
        code="undo_merge", title="拆开合并", button="拆开", policy=MERGE_PEOPLE,
        route="people/merges/<int:merge>/undo/", subject=_about_merge, fields=_reason, carry_out=_undo,
        icon="git-branch", is_grave=True,
    ),
)  # fmt: skip
