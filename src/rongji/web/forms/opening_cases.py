"""Opening a case by a form that comes out of its kind: who, how it came, what about, and which papers are there."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction
from django.urls import reverse

from rongji.accounts.selectors import OrganisationFacts, organisations_below
from rongji.accounts.types import Actor, Scope
from rongji.casework.policies import OPEN_CASES
from rongji.casework.refusals import (
    ApplicantMissing,
    ApplicationTooEarly,
    ApplicationTooLate,
    AssignedByMissing,
    CaseDayUnfit,
    CaseSeemsRegistered,
    ChannelUnknown,
    CountUnfit,
    PersonMissing,
    StationUnfit,
    TitleMissing,
)
from rongji.casework.services import add_paper, open_case
from rongji.casework.types import NewCase
from rongji.kernel.digest import file_digest
from rongji.law.asked import Asked, AskedKind
from rongji.law.case_kinds import About, CaseKind, Paper, case_kind
from rongji.law.refusals import UnknownCaseKind
from rongji.rules.answers import AnswerMasked, AnswerNumberUnfit, AnswerRefused, read_answer
from rongji.web.bureaus import NoBureau, bureaus_reached
from rongji.web.desk import short_name
from rongji.web.forms.about_person import station_choices
from rongji.web.forms.fields import Choice, Field, FieldKind, PaperGiven, declared_fields
from rongji.web.forms.form import Done, Form, Subject, Values
from rongji.web.forms.person_picking import picked_person

PAPER = "paper-"
"""What the name of a paper's field begins with."""
_WHO, _HOW, _WHAT, _PAPERS = "谁来办", "怎么来的", "办什么", "收到的材料"


@dataclass(frozen=True, slots=True)
class KindFacts:
    """A kind that is to be opened, the bureaus in which the actor may, and the one whose law the form shows."""

    kind: CaseKind
    bureaus: tuple[OrganisationFacts, ...]
    bureau: OrganisationFacts


def about_kind(actor: Actor, *, kind: str) -> Subject:
    """A kind as it is opened today. Raises: NoBureau, UnknownCaseKind."""
    bureaus = tuple(bureaus_reached(actor, OPEN_CASES))
    if not bureaus:
        raise NoBureau
    found = case_kind(kind, on=actor.day, region=bureaus[0].area_code)
    scope = _scope(actor, bureaus[0])
    title = f"登记{found.label}"
    return Subject(
        "办件种类", scope, reverse("web:case_kinds"), KindFacts(found, bureaus, bureaus[0]), title, found.note
    )


def as_of_receipt(actor: Actor, subject: Subject, typed: Mapping[str, str]) -> Subject:
    """The kind as it was in force on the day of receipt that is typed, in the bureau that is chosen.

    A day that is none, or on which there was no such kind, leaves it as it is: the refusal says so when it is sent.
    """
    facts: KindFacts = subject.facts
    bureau = next((item for item in facts.bureaus if item.code == typed.get("case_bureau")), facts.bureau)
    kind = facts.kind
    try:
        day = read_answer(Asked("case_received_on", "收到日期", AskedKind.DAY), typed.get("case_received_on", ""))
        kind = case_kind(kind.id, on=date.fromisoformat(day), region=bureau.area_code)
    except (AnswerRefused, UnknownCaseKind):
        pass
    asks = [kind.channels, kind.fields, kind.papers, kind.about]
    return replace(
        subject, facts=KindFacts(kind, facts.bureaus, bureau), title=f"登记{kind.label}", note=kind.note,
        version=file_digest(repr(asks).encode())[:16],
    )  # fmt: skip


def paper_fields(papers: tuple[Paper, ...], *, there: frozenset[str] = frozenset()) -> tuple[Field, ...]:
    """A tick and a place for the scan of each paper. there: kinds that have been received already."""
    return tuple(
        Field(
            f"{PAPER}{item.id}",
            item.label,
            FieldKind.PAPER,
            is_needed=False,
            initial="已收到" if item.id in there else "必需" if item.is_needed else "",
            hint=item.note,
            group=_PAPERS,
        )
        for item in papers
    )


def keep_papers(actor: Actor, case: int, papers: tuple[Paper, ...], values: Values) -> int:
    """File every paper that a form says is there; returns how many."""
    kept = 0
    for item in papers:
        given = values.get(f"{PAPER}{item.id}")
        if isinstance(given, PaperGiven) and given.is_here:
            name, data = (given.file.name, given.file.read()) if given.file else ("", b"")
            add_paper(actor=actor, case_id=case, kind=item.id, title=item.label, received_on=actor.day,
                      file_name=name, data=data)  # fmt: skip
            kept += 1
    return kept


def answers_of(actor: Actor, asked: tuple[Asked, ...], values: Values) -> dict[str, str]:
    """The answers as the service takes them: as typed; a person that was looked up, by id.

    Raises: NobodyFound, SeveralFound.
    """
    answers = {item.id: values.get(item.id, "") for item in asked}
    for item in asked:
        if item.kind is AskedKind.PERSON and answers[item.id]:
            found = picked_person(actor, answers[item.id], name=item.id, label=item.label)
            answers[item.id] = f"#{found.id}"
    return {name: text for name, text in answers.items() if text}


def _scope(actor: Actor, bureau: OrganisationFacts) -> Scope:
    """The bureau, or of a station's clerk the part of it that they may work in."""
    if OPEN_CASES.permits(actor, bureau.scope):
        return bureau.scope
    below = [grant for grant in actor.grants_of(OPEN_CASES.roles) if grant.path.startswith(bureau.path)]
    return Scope(path=below[0].path, area=bureau.area_code) if below else bureau.scope


def _fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    facts: KindFacts = subject.facts
    kind, stations = facts.kind, station_choices(facts.bureau.code)
    own = _own_stations(actor, facts)
    return (
        *_who(facts),
        *_how(actor, kind),
        Field("case_title", "事项", hint="一句话说明要办什么", most=200, group=_WHAT),
        *declared_fields(kind.fields, choices={"station": stations}, group=_WHAT),
        Field("case_station", "服务站", FieldKind.CHOICE, is_needed=_is_of_station(actor, facts), choices=own,
              hint="由服务站受理或经办的才选", initial=own[0].value if len(own) == 1 else "", group=_WHAT),
        Field("case_campaign", "专项行动", is_needed=False, hint="属于某次专项行动的，填行动名称", most=80,
              group=_WHAT),
        Field("case_legacy_since", "历史遗留起始", FieldKind.DAY, is_needed=False,
              hint="属于历史遗留问题的，填问题最初发生的日期", group=_WHAT),
        *paper_fields(kind.papers),
    )  # fmt: skip


def _who(facts: KindFacts) -> tuple[Field, ...]:
    is_of_register = facts.kind.about is About.PERSON
    bureaus = tuple(Choice(item.code, short_name(item.name)) for item in facts.bureaus)
    several = (
        (
            Field(
                "case_bureau",
                "单位",
                FieldKind.CHOICE,
                choices=bureaus,
                group=_WHO,
                initial=facts.bureau.code,
                is_leading=True,
            ),
        )
        if len(bureaus) > 1
        else ()
    )
    person = Field("case_person", "服务对象", FieldKind.PERSON, is_needed=is_of_register, group=_WHO,
                   hint="" if is_of_register else "已建档的先查档案；没有建档的，在下面填姓名")  # fmt: skip
    applicant = Field("case_applicant", "申请人姓名", is_needed=False, most=64, group=_WHO,
                      hint="代办或与服务对象不是同一人的才填" if is_of_register else "")  # fmt: skip
    contact = Field("case_contact", "联系电话", is_needed=False, hint="加密保存", most=32, group=_WHO)
    return (*several, person, applicant, contact)


def _how(actor: Actor, kind: CaseKind) -> tuple[Field, ...]:
    channels = tuple(Choice(item.id, item.label) for item in kind.channels)
    fields = [
        Field("case_channel", "渠道", FieldKind.CHOICE, choices=channels, group=_HOW),
        Field("case_received_on", "收到日期", FieldKind.DAY, initial=actor.day.isoformat(), group=_HOW,
              is_leading=True, hint="期限从这一天起算，不是从登记那天"),
    ]  # fmt: skip
    if any(item.counts_people for item in kind.channels):
        fields.append(Field("case_people", "人数", FieldKind.COUNT, initial="1", unit="人", group=_HOW))
    if any(item.is_assigned for item in kind.channels):
        fields += [
            Field("case_assigned_by", "交办单位", is_needed=False, hint="上级交办的必填", most=80, group=_HOW),
            Field("case_external", "外部工单号", is_needed=False, most=64, group=_HOW),
        ]
    return tuple(fields)


def _is_of_station(actor: Actor, facts: KindFacts) -> bool:
    """Whether somebody works in a part of the bureau only, so that every case of theirs is of a station."""
    return not OPEN_CASES.permits(actor, facts.bureau.scope)


def _own_stations(actor: Actor, facts: KindFacts) -> tuple[Choice, ...]:
    """The stations in which the actor may open cases."""
    below = organisations_below(facts.bureau.code)
    return tuple(
        Choice(item.code, item.name)
        for item in below
        if item.kind == "station" and OPEN_CASES.permits(actor, item.scope)
    )


def _open(actor: Actor, subject: Subject, values: Values) -> Done:
    facts: KindFacts = subject.facts
    kind = facts.kind
    person = _person(actor, values)
    new = NewCase(
        kind=kind.id,
        channel=values["case_channel"],
        received_on=values["case_received_on"],
        title=values["case_title"],
        person_id=person,
        applicant=values["case_applicant"],
        contact=values["case_contact"],
        people=values.get("case_people") or 1,
        station=values["case_station"],
        answers=answers_of(actor, kind.fields, values),
        external_number=values.get("case_external", ""),
        assigned_by=values.get("case_assigned_by", ""),
        campaign=values["case_campaign"],
        legacy_since=values["case_legacy_since"],
    )
    with transaction.atomic():  # the case and the papers that came with it are one act of the clerk
        case = open_case(actor=actor, bureau=values.get("case_bureau") or facts.bureau.code, new=new, not_twice=True)
        papers = keep_papers(actor, case, kind.papers, values)
    came = f"，收到材料 {papers} 件" if papers else ""
    return Done(f"已登记{kind.label}{came}。", reverse("web:case", kwargs={"case": case}))


def _person(actor: Actor, values: Values) -> int | None:
    words = values["case_person"]
    return picked_person(actor, words, name="case_person", label="服务对象").id if words else None


OPENING_FORMS: tuple[Form, ...] = (
    Form(code="open_case", title="登记办件", button="登记办件", policy=OPEN_CASES, route="cases/new/<str:kind>/",
         subject=about_kind, fields=_fields, carry_out=_open, icon="file-plus", follows=as_of_receipt, about={
             PersonMissing: "case_person", ApplicantMissing: "case_applicant", ChannelUnknown: "case_channel",
             AssignedByMissing: "case_assigned_by", CountUnfit: "case_people", TitleMissing: "case_title",
             CaseSeemsRegistered: "case_title",
             StationUnfit: "case_station", CaseDayUnfit: "case_received_on", ApplicationTooLate: "case_received_on",
             ApplicationTooEarly: "case_received_on", UnknownCaseKind: "case_received_on",
             AnswerNumberUnfit: "case_contact", AnswerMasked: "case_contact",
         }),
)  # fmt: skip
