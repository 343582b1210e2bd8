"""Forms of placement: cohorts, units and posts, people, points, the publication and the session."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.placement import selectors, services
from rongji.placement.policies import KEEP_PLACEMENT, PUBLISH_POINTS, RECORD_CHOICES
from rongji.placement.types import (
    CATEGORY_LABELS,
    UNIT_LABELS,
    Category,
    CohortFacts,
    CohortState,
    NewCandidate,
    NewPost,
    UnitKind,
)
from rongji.rules.placement.reading import seasons
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.form import REASON, Done, Form, Subject, Values, choices_of
from rongji.web.forms.person_picking import picked_person

_COHORT = "placement/<int:cohort>"
_SOLDIERS = (Choice("军士", "军士（含警士、原士官）"), Choice("义务兵", "义务兵"))


@dataclass(frozen=True, slots=True)
class CohortAbout:
    """A cohort and what its forms choose from."""

    cohort: CohortFacts
    units: tuple[selectors.UnitFacts, ...]


def about_bureau(actor: Actor, *, bureau: str) -> Subject:
    """A bureau. Raises: OrganisationUnknown."""
    found = organisation(bureau)
    return Subject(found.name, found.scope, f"{reverse('web:placement')}?bureau={bureau}", bureau)


def about_cohort(actor: Actor, *, cohort: int) -> Subject:
    """A cohort. Raises: CohortUnknown, NotAllowed."""
    found = selectors.cohort(actor, cohort)
    facts = CohortAbout(found, selectors.units(actor, found.bureau))
    return Subject(found.title, found.scope, reverse("web:cohort", kwargs={"cohort": cohort}), facts)


def _opening_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    area = organisation(subject.facts).area_code
    offered = tuple(Choice(word, word) for word in seasons(region=area[:6]))
    return (
        Field("year", "退役年度", FieldKind.COUNT, initial=str(actor.day.year), most=4),
        Field("season", "退役季次", FieldKind.CHOICE, choices=offered, hint="适用哪一个评分办法由季次决定"),
        Field("title", "名称", is_needed=False, hint="不填就是“2024年秋冬季退役士兵安置”的样子", most=80),
    )


def _open(actor: Actor, subject: Subject, values: Values) -> Done:
    number = services.open_cohort(
        actor=actor, bureau=subject.facts, year=values["year"], season=values["season"], title=values["title"]
    )
    return Done("已建立安置批次。", reverse("web:cohort", kwargs={"cohort": number}))


def _unit_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("name", "单位名称"),
        Field("kind", "单位性质", FieldKind.CHOICE, choices=choices_of(UNIT_LABELS)),
    )


def _add_unit(actor: Actor, subject: Subject, values: Values) -> Done:
    services.add_unit(
        actor=actor, bureau=subject.facts.cohort.bureau, name=values["name"], kind=UnitKind(values["kind"])
    )
    return Done(f"已登记接收单位“{values['name']}”。", f"{subject.back}?tab=posts")


def _unit_choice(subject: Subject) -> Field:
    offered = tuple(Choice(str(unit.id), unit.name, unit.kind_label) for unit in subject.facts.units)
    return Field("unit", "接收单位", FieldKind.CHOICE, choices=offered, hint="名单上没有的，先登记接收单位")


def _quota_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (_unit_choice(subject), Field("places", "计划接收", FieldKind.COUNT, unit="人", most=3))


def _set_quota(actor: Actor, subject: Subject, values: Values) -> Done:
    services.set_quota(
        actor=actor, cohort_id=subject.facts.cohort.id, unit_id=int(values["unit"]), places=values["places"]
    )
    return Done("已登记安置计划。", f"{subject.back}?tab=posts")


def _post_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        _unit_choice(subject),
        Field("title", "岗位", most=80),
        Field("places", "人数", FieldKind.COUNT, unit="人", initial="1", most=3),
        Field("town", "工作地点", is_needed=False, most=80),
        Field("requirements", "条件", is_needed=False, most=255),
    )


def _add_post(actor: Actor, subject: Subject, values: Values) -> Done:
    new = NewPost(
        unit_id=int(values["unit"]), title=values["title"], places=values["places"], town=values["town"],
        requirements=values["requirements"],
    )  # fmt: skip
    number = services.add_post(actor=actor, cohort_id=subject.facts.cohort.id, new=new)
    return Done(f"已增加 {number} 号岗位。", f"{subject.back}?tab=posts")


def _drop_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    posts = selectors.posts(actor, subject.facts.cohort.id)
    offered = tuple(Choice(str(post.number), f"{post.number} 号 {post.unit} {post.title}") for post in posts)
    return (Field("number", "岗位", FieldKind.CHOICE, choices=offered), REASON)


def _drop_post(actor: Actor, subject: Subject, values: Values) -> Done:
    services.drop_post(
        actor=actor, cohort_id=subject.facts.cohort.id, number=int(values["number"]), reason=values["reason"]
    )
    return Done(f"已取消 {values['number']} 号岗位。", f"{subject.back}?tab=posts")


def _candidate_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    listed = selectors.candidates(actor, subject.facts.cohort.id, category=Category.OFFICER)
    officers = tuple(Choice(str(item.id), f"{item.number} 号 {item.name}") for item in listed)
    return (
        Field("person", "人员", FieldKind.PERSON, hint="没有档案的请先建档", most=60),
        Field("category", "类别", FieldKind.CHOICE, choices=choices_of(CATEGORY_LABELS)),
        Field("soldier", "人员种类", FieldKind.CHOICE, is_needed=False, choices=_SOLDIERS, hint="退役士兵必填"),
        Field("approved_on", "批准退役日期", FieldKind.DAY, most=10),
        Field("reported_on", "报到日期", FieldKind.DAY, initial=f"{actor.day:%Y-%m-%d}", most=10),
        Field(
            "report_by", "应报到日期", FieldKind.DAY, is_needed=False, hint="介绍信上写明的；不填按规定推算", most=10
        ),
        Field("late_reason", "逾期报到原因", is_needed=False, hint="超过期限的必填，并附证明", most=255),
        Field("from_area", "易地安置：原籍区划", is_needed=False, hint="由外地迁来安置的填 6 位代码", most=12),
        Field("officer", "随调的军转干部", FieldKind.CHOICE, is_needed=False, choices=officers, hint="随调家属必填"),
        Field("former_job", "原工作单位和职务", is_needed=False),
        Field("note", "备注", is_needed=False, most=255),
    )


def _add_candidate(actor: Actor, subject: Subject, values: Values) -> Done:
    brief = picked_person(actor, values["person"], name="person", label="人员")
    new = NewCandidate(
        person_id=brief.id, category=Category(values["category"]), soldier=values["soldier"],
        approved_on=values["approved_on"], reported_on=values["reported_on"], report_by=values["report_by"],
        late_reason=values["late_reason"], from_area=values["from_area"], former_job=values["former_job"],
        officer_id=int(values["officer"]) if values["officer"] else None, note=values["note"],
    )  # fmt: skip
    number = services.add_candidate(actor=actor, cohort_id=subject.facts.cohort.id, new=new)
    return Done(f"已接收 {brief.name}。", reverse("web:candidate", kwargs={"candidate": number}))


def _publish_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (Field("notice_until", "公示到", FieldKind.DAY, hint="选岗会要在公示结束以后", most=10),)


def _publish(actor: Actor, subject: Subject, values: Values) -> Done:
    services.publish_points(actor=actor, cohort_id=subject.facts.cohort.id, notice_until=values["notice_until"])
    return Done("积分和选岗顺序已经冻结，可以打印张贴。", f"{subject.back}?tab=order")


def _withdraw(actor: Actor, subject: Subject, values: Values) -> Done:
    services.withdraw_publication(actor=actor, cohort_id=subject.facts.cohort.id, reason=values["reason"])
    return Done("已撤回公示，可以改正后重新公示。")


def _reason(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (REASON,)


def _session_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("held_on", "日期", FieldKind.DAY, initial=f"{actor.day:%Y-%m-%d}", most=10),
        Field("venue", "地点"),
        Field("witness", "监督人员", hint="到场的纪检监察机构和人员", most=80),
    )


def _open_session(actor: Actor, subject: Subject, values: Values) -> Done:
    number = services.open_session(
        actor=actor, cohort_id=subject.facts.cohort.id, held_on=values["held_on"], venue=values["venue"],
        witness=values["witness"],
    )  # fmt: skip
    return Done("选岗会开始。", reverse("web:choosing", kwargs={"session": number}))


def _in(*states: CohortState) -> Any:
    """Whether the cohort is in one of these states."""
    return lambda facts: facts.cohort.state in states


_BEFORE = _in(CohortState.PREPARING, CohortState.PUBLISHED)
BUREAU_FORMS: tuple[Form, ...] = (
    Form(code="open_cohort", title="建立安置批次", button="建立批次", policy=KEEP_PLACEMENT,
         route="placement/bureaus/<str:bureau>/open/", subject=about_bureau, fields=_opening_fields, carry_out=_open,
         icon="plus"),
)  # fmt: skip
COHORT_FORMS: tuple[Form, ...] = (
    Form(code="add_candidate", title="接收安置对象", button="接收一人", policy=KEEP_PLACEMENT, place="people",
         route=f"{_COHORT}/candidates/add/", subject=about_cohort, fields=_candidate_fields, carry_out=_add_candidate,
         icon="user-plus"),
    Form(code="add_receiving_unit", title="登记接收单位", button="接收单位", policy=KEEP_PLACEMENT, place="posts",
         route=f"{_COHORT}/units/add/", subject=about_cohort, fields=_unit_fields, carry_out=_add_unit,
         icon="building"),
    Form(code="set_quota", title="登记安置计划", button="安置计划", policy=KEEP_PLACEMENT, place="posts",
         route=f"{_COHORT}/quota/", subject=about_cohort, fields=_quota_fields, carry_out=_set_quota,
         icon="list-numbers", applies=_BEFORE),
    Form(code="add_post", title="增加岗位", button="增加岗位", policy=KEEP_PLACEMENT, place="posts",
         route=f"{_COHORT}/posts/add/", subject=about_cohort, fields=_post_fields, carry_out=_add_post, icon="plus",
         applies=_BEFORE),
    Form(code="drop_post", title="取消岗位", button="取消岗位", policy=KEEP_PLACEMENT, place="posts",
         route=f"{_COHORT}/posts/drop/", subject=about_cohort, fields=_drop_fields, carry_out=_drop_post, icon="minus",
         applies=_BEFORE, is_grave=True),
    Form(code="publish_points", title="公示积分", button="公示", policy=PUBLISH_POINTS, place="order",
         route=f"{_COHORT}/publish/", subject=about_cohort, fields=_publish_fields, carry_out=_publish,
         icon="speakerphone", applies=_in(CohortState.PREPARING),
         note="公示后积分和顺序冻结。总分相同、按当地办法也分不出先后的，系统会说明，不代为排定。"),
    Form(code="withdraw_publication", title="撤回公示", button="撤回公示", policy=PUBLISH_POINTS, place="order",
         route=f"{_COHORT}/withdraw/", subject=about_cohort, fields=_reason, carry_out=_withdraw, icon="arrow-back-up",
         applies=_in(CohortState.PUBLISHED), is_grave=True),
    Form(code="open_choosing", title="召开选岗会", button="召开选岗会", policy=RECORD_CHOICES, place="order",
         route=f"{_COHORT}/choose/", subject=about_cohort, fields=_session_fields, carry_out=_open_session,
         icon="presentation", applies=_in(CohortState.PUBLISHED)),
)  # fmt: skip
