"""What is done on the page of a case: its acts out of the kind, contacts, papers, who takes it, and the rating."""

from dataclasses import dataclass, replace

from django.db import transaction
from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.casework.policies import ASSIGN_CASES, HANDLE_CASES
from rongji.casework.refusals import (
    ActNotPossible,
    ActUnknown,
    CaseDayUnfit,
    ContactUnfit,
    DecisionMissing,
    MemberUnfit,
    RatingUnfit,
    WaitingNotOver,
)
from rongji.casework.selectors import CasePage, case_page
from rongji.casework.services import act_on_case, add_contact, add_member, add_paper, end_member, rate_case
from rongji.casework.types import MEMBER_LABELS, SATISFACTION_LABELS, NewAct
from rongji.law.asked import AskedKind
from rongji.law.case_kinds import Act, Paper
from rongji.rules.answers import shown
from rongji.web.forms.about_person import station_choices
from rongji.web.forms.fields import Choice, Field, FieldKind, declared_fields
from rongji.web.forms.form import Done, Form, Subject, Values, choices_of
from rongji.web.forms.opening_cases import answers_of, keep_papers, paper_fields

_OF = "cases/<int:case>"
_OTHER = "other"
HOW = "怎么办"
DECISION = Field("act_decision", "批准文号", hint="批复、决定或会议纪要的编号", group=HOW)
_SCAN = "PDF、图片、Word、Excel、OFD，不超过 20 兆；只有纸质的不用选"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as its page has it, the act that is to be done, and the member of a task force that is meant."""

    page: CasePage
    act: Act | None = None
    member: int = 0

    @property
    def id(self) -> int:
        """The case."""
        return self.page.line.id


def about_case(actor: Actor, *, case: int, member: int = 0) -> Subject:
    """A case as of today. Raises: CaseUnknown, NotAllowed."""
    return subject_of(case_page(actor, case, on=actor.day), member=member)


def subject_of(page: CasePage, *, act: Act | None = None, member: int = 0) -> Subject:
    """A case that was read already."""
    heading = f"{page.line.number}　{page.line.title}"
    back = reverse("web:case", kwargs={"case": page.line.id})
    facts = CaseFacts(page, act, member)
    if act is None:
        return Subject(heading, page.scope, back, facts)
    return Subject(heading, page.scope, back, facts, title=act.label, note="\n".join(_notes(page, act)))


def about_act(actor: Actor, *, case: int, act: str) -> Subject:
    """A case and what is to be done with it. Raises: CaseUnknown, NotAllowed, ActUnknown, ActNotPossible."""
    page = case_page(actor, case, on=actor.day)
    found = page.kind.acts_by_id.get(act)
    if found is None:
        known = "、".join(item.label for item in page.kind.acts)
        raise ActUnknown(kind=page.kind.label, act=act, known=known)
    if found not in page.expected:
        possible = "、".join(item.label for item in page.expected) or "（无，已办结）"
        last = page.acts[-1]
        raise ActNotPossible(
            number=page.line.number, step=page.line.step_label, act=found.label, possible=possible,
            last=f"{last.actor} 于 {last.on} 办理了“{last.label}”",
        )  # fmt: skip
    return subject_of(page, act=found)


def _notes(page: CasePage, act: Act) -> list[str]:
    """What follows from an act, told before it is done."""
    letters = {item.id: item.title for item in page.kind.letters}
    target = page.kind.steps_by_id[act.to] if act.to else None
    ends = "，办件就此办结" if target and target.is_final else ""
    return [
        *([f"办理后进入“{target.label}”{ends}。"] if target else []),
        *([f"将制发《{letters[act.letter]}》，编号自动接续。"] if act.letter else []),
        *(["须由另一人办理，不能是上一次办理的人。"] if act.by_other else []),
        *([act.note] if act.note else []),
    ]


def _act_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    facts: CaseFacts = subject.facts
    page, act = facts.page, facts.act
    if act is None:
        return ()
    there = frozenset(item.kind for item in page.papers)
    return (
        *_declared(page, act),
        *paper_fields(papers_for(page, act), there=there),
        Field("act_on", "办理日期", FieldKind.DAY, initial=actor.day.isoformat(), group=HOW),
        *([DECISION] if act.needs_decision else []),
        Field("act_note", "说明", FieldKind.LONG, is_needed=False, most=2000, group=HOW),
        Field("act_seen", "", FieldKind.HIDDEN, is_needed=False, initial=str(page.last_sequence)),
    )  # fmt: skip


def papers_for(page: CasePage, act: Act) -> tuple[Paper, ...]:
    """The papers of an act; of one that needs those of the application, also what is still missing of them."""
    missing = page.missing if act.needs_papers else ()
    return tuple({item.id: item for item in (*missing, *act.papers)}.values())


def _declared(page: CasePage, act: Act) -> tuple[Field, ...]:
    """The fields of the act; what is known of them stands in them, unless the same act has been done before."""
    needs_stations = any(item.kind is AskedKind.STATION for item in act.fields)
    stations = station_choices(page.bureau) if needs_stations else ()
    fields = declared_fields(act.fields, choices={"station": stations})
    told = {item.id for item in page.kind.fields}
    is_first = act.id not in {item.act for item in page.acts}
    return tuple(
        replace(item, initial=_known(page, item)) if is_first or item.name in told else item for item in fields
    )


def _known(page: CasePage, item: Field) -> str:
    value = page.values.get(item.name)
    if item.declared is None or value is None:
        return ""
    return f"#{value}" if item.declared.kind is AskedKind.PERSON else shown(item.declared, value)


def _act(actor: Actor, subject: Subject, values: Values) -> Done:
    facts: CaseFacts = subject.facts
    act = facts.act
    if act is None:
        raise TypeError("an act without its declaration")
    new = NewAct(
        act=act.id,
        on=values["act_on"],
        answers=answers_of(actor, act.fields, values),
        note=values["act_note"],
        decision=values.get("act_decision", ""),
        seen=int(values["act_seen"]) if values["act_seen"].isdigit() else 0,
    )
    with transaction.atomic():  # the papers that come with an act stay out when it is refused
        keep_papers(actor, facts.id, papers_for(facts.page, act), values)
        act_on_case(actor=actor, case_id=facts.id, new=new)
    return Done(f"已办理“{act.label}”。")


def _contact_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    page: CasePage = subject.facts.page
    channels = tuple(Choice(item.id, item.label) for item in page.kind.channels)
    return (
        Field("channel", "渠道", FieldKind.CHOICE, choices=channels, initial=page.line.channel),
        Field("on", "日期", FieldKind.DAY, initial=actor.day.isoformat()),
        Field("people", "人数", FieldKind.COUNT, initial="1", unit="人", hint="一次是一批次，来了几个人就填几"),
        Field("note", "说明", is_needed=False, most=255),
    )


def _contact(actor: Actor, subject: Subject, values: Values) -> Done:
    add_contact(actor=actor, case_id=subject.facts.id, on=values["on"], channel=values["channel"],
                people=values["people"], note=values["note"])  # fmt: skip
    return Done(f"已登记 1 批次、{values['people']} 人次。")


def _paper_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    page: CasePage = subject.facts.page
    missing = {item.id for item in page.missing}
    kinds = tuple(
        Choice(item.id, item.label, "还缺的" if item.id in missing else "要收的") for item in declared_papers(page)
    )
    return (
        Field("kind", "材料", FieldKind.CHOICE, choices=(*kinds, Choice(_OTHER, "其他材料", "其他"))),
        Field("title", "题名", is_needed=False, hint="不填就用材料的名称；其他材料必填"),
        Field("received_on", "收到日期", FieldKind.DAY, initial=actor.day.isoformat()),
        Field("file", "扫描件", FieldKind.FILE, is_needed=False, hint=_SCAN),
    )  # fmt: skip


def declared_papers(page: CasePage) -> tuple[Paper, ...]:
    """The papers of the kind, then those of its acts, each once."""
    found = {item.id: item for act in page.kind.acts for item in act.papers}
    return tuple({**{item.id: item for item in page.kind.papers}, **found}.values())


def _paper(actor: Actor, subject: Subject, values: Values) -> Done:
    file = next(iter(values["file"]), None)
    name, data = (file.name, file.read()) if file else ("", b"")
    kind = "其他材料" if values["kind"] == _OTHER else values["kind"]
    add_paper(actor=actor, case_id=subject.facts.id, kind=kind, title=values["title"],
              received_on=values["received_on"], file_name=name, data=data)  # fmt: skip
    return Done("材料已登记。")


def _member_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("role", "职责", FieldKind.CHOICE, choices=choices_of(MEMBER_LABELS)),
        Field("member", "姓名职务", hint="如“张三 副局长”", most=80),
        Field("from_on", "从哪天起", FieldKind.DAY, initial=actor.day.isoformat()),
    )


def _member(actor: Actor, subject: Subject, values: Values) -> Done:
    add_member(actor=actor, case_id=subject.facts.id, role=values["role"], name=values["member"],
               from_on=values["from_on"])  # fmt: skip
    return Done(f"已安排 {values['member']}。")


def _end_member(actor: Actor, subject: Subject, values: Values) -> Done:
    end_member(actor=actor, member_id=subject.facts.member, to_on=values["to_on"])
    return Done("已登记不再负责。")


def _rate(actor: Actor, subject: Subject, values: Values) -> Done:
    rate_case(actor=actor, case_id=subject.facts.id, satisfaction=values["satisfaction"], on=values["on"])
    return Done("评价已登记。")


def _end_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (Field("to_on", "到哪天为止", FieldKind.DAY, initial=actor.day.isoformat()),)


def _rating_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("satisfaction", "申请人的评价", FieldKind.CHOICE, choices=choices_of(SATISFACTION_LABELS)),
        Field("on", "评价日期", FieldKind.DAY, initial=actor.day.isoformat()),
    )


ACT_FORM = Form(
    code="act_on_case", title="办理", button="办理", policy=HANDLE_CASES, route=f"{_OF}/acts/<str:act>/",
    subject=about_act, fields=_act_fields, carry_out=_act,
    about={CaseDayUnfit: "act_on", DecisionMissing: "act_decision", WaitingNotOver: "act_on"},
)  # fmt: skip
CASE_FORMS: tuple[Form, ...] = (
    Form(code="add_contact", title="登记来访来电", button="来访来电", policy=HANDLE_CASES, route=f"{_OF}/contacts/new/",
         subject=about_case, fields=_contact_fields, carry_out=_contact, place="contacts", icon="phone-incoming",
         about={ContactUnfit: "on"}),
    Form(code="add_paper", title="登记材料", button="登记材料", policy=HANDLE_CASES, route=f"{_OF}/papers/new/",
         subject=about_case, fields=_paper_fields, carry_out=_paper, place="papers", icon="file-plus"),
    Form(code="add_member", title="安排包案领导或专班成员", button="安排", policy=ASSIGN_CASES,
         route=f"{_OF}/members/new/", subject=about_case, fields=_member_fields, carry_out=_member, place="members",
         icon="user-plus", about={MemberUnfit: "member"}),
    Form(code="rate_case", title="登记满意度评价", button="登记评价", policy=HANDLE_CASES, route=f"{_OF}/rating/",
         subject=about_case, fields=_rating_fields, carry_out=_rate, place="rating", icon="mood-smile",
         about={RatingUnfit: "on"}, applies=lambda facts: not facts.page.line.is_open),
)  # fmt: skip
END_MEMBER_FORM = Form(
    code="end_member", title="不再负责", button="不再负责", policy=ASSIGN_CASES,
    route=f"{_OF}/members/<int:member>/end/", subject=about_case, fields=_end_fields,
    carry_out=_end_member, icon="user-minus", about={MemberUnfit: "to_on"},
)  # fmt: skip
EVERY_CASE_FORM: tuple[Form, ...] = (ACT_FORM, *CASE_FORMS, END_MEMBER_FORM)
