"""Deciding about a form from the public window: accepted with what its sender wrote already filled in, or not."""

from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.casework.refusals import (
    ApplicantMissing,
    ApplicationTooEarly,
    ApplicationTooLate,
    PersonMissing,
    StationUnfit,
    TitleMissing,
)
from rongji.intake.deciding import REASONS, Acceptance, accept, refuse, set_aside
from rongji.intake.policies import DECIDE_INTAKE
from rongji.intake.selectors import IntakePage, intake_page
from rongji.intake.types import IntakeState
from rongji.law.case_kinds import About
from rongji.rules.answers import AnswerMasked, AnswerNumberUnfit
from rongji.web.forms.about_person import station_choices
from rongji.web.forms.fields import Choice, Field, FieldKind, declared_fields
from rongji.web.forms.form import Done, Form, Subject, Values
from rongji.web.forms.opening_cases import answers_of
from rongji.web.forms.person_picking import picked, picked_person

_WHO, _WHAT = "谁来办", "办什么"


@dataclass(frozen=True, slots=True)
class FormFacts:
    """A form from the window, as its page knows it."""

    page: IntakePage


def about_form(actor: Actor, *, number: str) -> Subject:
    """A form from the window. Raises: IntakeUnknown, NotAllowed."""
    page = intake_page(actor, number)
    heading = f"{page.line.label} {page.line.number}"
    return Subject(heading, page.scope, reverse("web:intake", kwargs={"number": number}), FormFacts(page))


def _fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    page: IntakePage = subject.facts.page
    form, kind = page.form, page.kind
    typed = form.answers if form else {}
    is_of_register = kind.about is About.PERSON
    asked = declared_fields(kind.fields, choices={"station": station_choices(page.bureau)}, group=_WHAT)
    return (
        Field("case_person", "服务对象", FieldKind.PERSON, is_needed=is_of_register, group=_WHO,
              initial=picked(page.person) if page.person else "",
              hint=_person_hint(page)),
        Field("case_applicant", "申请人姓名", group=_WHO, initial=form.applicant if form else "", most=64),
        Field("case_contact", "联系电话", is_needed=False, group=_WHO, initial=form.contact if form else "", most=32),
        Field("case_title", "事项", group=_WHAT, initial=form.title if form else "", most=200),
        *(replace(item, initial=typed.get(item.name, "")) for item in asked),
        Field("case_station", "服务站", FieldKind.CHOICE, is_needed=False, choices=station_choices(page.bureau),
              hint="由服务站办理的才选", group=_WHAT),
    )  # fmt: skip


def _person_hint(page: IntakePage) -> str:
    if page.person:
        return "按来件的身份证号找到的档案，请核对"
    return "没有建档的，先建档再受理" if page.kind.about is About.PERSON else "已建档的可以选上"


def _accept(actor: Actor, subject: Subject, values: Values) -> Done:
    page: IntakePage = subject.facts.page
    words = values["case_person"]
    person = picked_person(actor, words, name="case_person", label="服务对象").id if words else None
    given = Acceptance(
        title=values["case_title"], applicant=values["case_applicant"], contact=values["case_contact"],
        person_id=person, station=values["case_station"], answers=answers_of(actor, page.kind.fields, values),
    )  # fmt: skip
    case = accept(actor=actor, number=page.line.number, as_written=given)
    return Done(
        f"已受理，期限从 {page.received_on:%Y-%m-%d} 收到之日起算。", reverse("web:case", kwargs={"case": case})
    )


def _refusal_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("told", "告诉来件人的理由", FieldKind.CHOICE, choices=tuple(Choice(word, word) for word in REASONS)),
        Field("note", "内部说明", FieldKind.LONG, is_needed=False, hint="不对外", most=250),
    )


def _refuse(actor: Actor, subject: Subject, values: Values) -> Done:
    refuse(actor=actor, number=subject.facts.page.line.number, reason=values["told"], note=values["note"])
    return Done("已登记未受理，来件人查进度时能看到理由。", reverse("web:intake_queue"))


def _spam_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (Field("note", "内部说明", is_needed=False, hint="例如 广告、乱填", most=250),)


def _set_aside(actor: Actor, subject: Subject, values: Values) -> Done:
    set_aside(actor=actor, number=subject.facts.page.line.number, note=values["note"])
    return Done("已按无效处理，内容已删除。", reverse("web:intake_queue"))


def _waits(facts: Any) -> bool:
    return facts.page.line.state is IntakeState.NEW


def _opens(facts: Any) -> bool:
    return _waits(facts) and facts.page.form is not None


INTAKE_FORMS: tuple[Form, ...] = (
    Form(code="accept_intake", title="受理并转为办件", button="受理", policy=DECIDE_INTAKE,
         route="intake/<str:number>/accept/", subject=about_form, fields=_fields, carry_out=_accept, icon="check",
         place="intake", note="收到日期、来件编号和附件自动带入办件；期限从窗口收到那天起算。", applies=_opens, about={
             PersonMissing: "case_person", ApplicantMissing: "case_applicant", TitleMissing: "case_title",
             StationUnfit: "case_station", ApplicationTooLate: "case_title", ApplicationTooEarly: "case_title",
             AnswerNumberUnfit: "case_contact", AnswerMasked: "case_contact",
         }),
    Form(code="refuse_intake", title="不予受理", button="不予受理", policy=DECIDE_INTAKE, applies=_waits,
         route="intake/<str:number>/refuse/", subject=about_form, fields=_refusal_fields, carry_out=_refuse,
         place="intake", icon="x"),
    Form(code="discard_intake", title="按无效处理", button="无效", policy=DECIDE_INTAKE, applies=_waits,
         route="intake/<str:number>/discard/", subject=about_form, fields=_spam_fields, carry_out=_set_aside,
         place="intake", icon="trash", is_grave=True, note="密封的内容会删除，不能恢复；编号和这次处理留有记录。"),
)  # fmt: skip
