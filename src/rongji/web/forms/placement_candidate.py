"""Forms about one person to be placed: facts for the points, confirmation, waiting time, and what follows."""

from typing import Any

from django.urls import reverse

from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.placement import selectors, services
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.selectors import CandidatePage
from rongji.placement.types import (
    GIVEN_A_POST,
    SATISFACTION_LABELS,
    CandidateState,
    Category,
    CohortState,
    NewFact,
    Satisfaction,
)
from rongji.rules.placement.composition import ABSENT, marks_of
from rongji.rules.placement.facts import SERVICE
from rongji.rules.placement.reading import words
from rongji.web.forms.fields import Choice, Field, FieldKind
from rongji.web.forms.form import REASON, Done, Form, Subject, Values, choices_of

_ROUTE = "placement/candidates/<int:candidate>"
# What the register of people holds, so that nobody types it here.
_OF_REGISTER = (SERVICE, "因战残疾", "因公残疾")
_HONOURS = (Choice("八一勋章|", "八一勋章", "不计分、排在最前"),)


def about_candidate(actor: Actor, *, candidate: int) -> Subject:
    """A candidate. Raises: CandidateUnknown, NotAllowed."""
    page = selectors.candidate_page(actor, candidate)
    heading = f"{page.candidate.number} 号 {page.candidate.name}，{page.cohort.title}"
    return Subject(heading, page.cohort.scope, reverse("web:candidate", kwargs={"candidate": candidate}), page)


def _today(actor: Actor) -> str:
    return f"{actor.day:%Y-%m-%d}"


def _fact_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    known = words(region=subject.facts.cohort.area[:6])
    offered = tuple(Choice(f"{item}|{degree}", degree, item) for item, degree in known if item not in _OF_REGISTER)
    return (
        Field("what", "事项", FieldKind.CHOICE, choices=(*offered, *_HONOURS)),
        Field("count", "数量", FieldKind.COUNT, initial="1", hint="次数或天数；按月计的填起止日期", most=4),
        Field("first_on", "起始日期", FieldKind.DAY, is_needed=False, hint="奖励填授予日期", most=10),
        Field("last_on", "截止日期", FieldKind.DAY, is_needed=False, most=10),
        Field("evidence", "依据材料", hint="奖励通令、证书编号、档案页"),
    )


def _record_fact(actor: Actor, subject: Subject, values: Values) -> Done:
    item, _, degree = values["what"].partition("|")
    new = NewFact(
        item=item, degree=degree, count=values["count"], first_on=values["first_on"], last_on=values["last_on"],
        evidence=values["evidence"],
    )  # fmt: skip
    services.record_scoring_fact(actor=actor, candidate_id=subject.facts.candidate.id, new=new)
    return Done(f"已登记{item}{degree}，请重新核算积分。")


def _withdraw_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    facts = subject.facts.facts
    offered = tuple(Choice(str(fact.id), f"{fact.item} {fact.degree}（{fact.evidence}）") for fact in facts)
    return (Field("fact", "事项", FieldKind.CHOICE, choices=offered), REASON)


def _withdraw_fact(actor: Actor, subject: Subject, values: Values) -> Done:
    services.withdraw_scoring_fact(actor=actor, fact_id=int(values["fact"]), reason=values["reason"])
    return Done("已撤销，请重新核算积分。")


def _result_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    offered = tuple(Choice(part, part) for part in subject.facts.parts)
    return (
        Field("part", "科目", FieldKind.CHOICE, choices=offered),
        Field("marks", "成绩", hint="数字，最多三位小数；没有参加的填“缺考”", most=10),
        Field("evidence", "依据", hint="成绩单的名称、文号或日期", most=120),
    )


def _record_result(actor: Actor, subject: Subject, values: Values) -> Done:
    candidate, text = subject.facts.candidate, values["marks"].strip()
    services.record_result(
        actor=actor, candidate_id=candidate.id, part=values["part"], marks=None if text == ABSENT else marks_of(text),
        evidence=values["evidence"],
    )  # fmt: skip
    return Done(f"已登记{values['part']}成绩 {text}，请重新核算积分。")


def _lot_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("lot", "抽签号", FieldKind.COUNT, most=5),
        Field("evidence", "依据", hint="抽签记录、监督人员", most=120),
    )


def _record_lot(actor: Actor, subject: Subject, values: Values) -> Done:
    services.record_lot(actor=actor, candidate_id=subject.facts.candidate.id, **values)
    return Done(f"已登记抽签号 {values['lot']}。")


def _confirm_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (Field("note", "本人意见", is_needed=False, hint="没有意见的不填", most=255),)


def _confirm(actor: Actor, subject: Subject, values: Values) -> Done:
    services.confirm_points(actor=actor, candidate_id=subject.facts.candidate.id, note=values["note"])
    return Done("已登记本人确认。")


def _waiting_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    hint = "服役最后年度的月缴费工资；不填就只登记生活补助"
    return (Field("base", "养老保险缴费基数", FieldKind.MONEY, is_needed=False, unit="元", hint=hint, most=12),)


def _open_waiting(actor: Actor, subject: Subject, values: Values) -> Done:
    candidate = subject.facts.candidate
    services.open_waiting(actor=actor, candidate_id=candidate.id, base_fen=values["base"] or 0)
    return Done(f"已登记待安置期待遇，自 {candidate.approved_on:%Y-%m-%d} 批准退役的次月起。")


def _direct_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    units = selectors.units(actor, subject.facts.cohort.bureau)
    offered = tuple(Choice(str(unit.id), unit.name, unit.kind_label) for unit in units)
    return (
        Field("unit", "接收单位", FieldKind.CHOICE, choices=offered),
        Field("decided_on", "确定日期", FieldKind.DAY, initial=_today(actor), most=10),
    )


def _place(actor: Actor, subject: Subject, values: Values) -> Done:
    services.place_directly(
        actor=actor,
        candidate_id=subject.facts.candidate.id,
        unit_id=int(values["unit"]),
        decided_on=values["decided_on"],
    )
    return Done("已登记接收单位。")


def _letter_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("number", "介绍信编号", most=60),
        Field("letter_on", "开出日期", FieldKind.DAY, initial=_today(actor), most=10),
    )


def _issue(actor: Actor, subject: Subject, values: Values) -> Done:
    due = services.issue_letter(
        actor=actor, candidate_id=subject.facts.candidate.id, number=values["number"], letter_on=values["letter_on"]
    )
    return Done(f"已登记介绍信，接收单位应在 {due:%Y-%m-%d} 前安排上岗。")


def _start_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("started_on", "上岗日期", FieldKind.DAY, initial=_today(actor), most=10),
        Field("contract_from", "合同起始日期", FieldKind.DAY, initial=_today(actor), most=10),
        Field("contract_to", "合同截止日期", FieldKind.DAY, hint="规定有最短期限", most=10),
    )


def _start(actor: Actor, subject: Subject, values: Values) -> Done:
    late = services.record_start(actor=actor, candidate_id=subject.facts.candidate.id, **values)
    said = "接收单位超过了期限，逾期期间的生活费由单位发给。" if late else ""
    return Done(f"已登记上岗，待安置期待遇随之停止。{said}")


def _file_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    own = organisation(subject.facts.cohort.bureau).name
    return (
        Field("sent_on", "移交日期", FieldKind.DAY, initial=_today(actor), most=10),
        Field("from_body", "移交单位", initial=own),
    )


def _hand_over(actor: Actor, subject: Subject, values: Values) -> Done:
    services.hand_over_file(actor=actor, candidate_id=subject.facts.candidate.id, **values)
    return Done("已登记档案移交，回执收到后再登记。")


def _receipt_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("receipt_on", "回执日期", FieldKind.DAY, initial=_today(actor), most=10),
        Field("receipt", "回执编号", most=80),
    )


def _receipt(actor: Actor, subject: Subject, values: Values) -> Done:
    services.record_file_receipt(actor=actor, candidate_id=subject.facts.candidate.id, **values)
    return Done("已登记档案回执。")


def _survey_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("satisfaction", "对安置", FieldKind.CHOICE, choices=choices_of(SATISFACTION_LABELS)),
        Field("asked_on", "回访日期", FieldKind.DAY, initial=_today(actor), most=10),
    )


def _survey(actor: Actor, subject: Subject, values: Values) -> Done:
    services.record_satisfaction(
        actor=actor, candidate_id=subject.facts.candidate.id, satisfaction=Satisfaction(values["satisfaction"]),
        asked_on=values["asked_on"],
    )  # fmt: skip
    return Done("已登记回访。")


def _end_fields(actor: Actor, subject: Subject) -> tuple[Field, ...]:
    return (
        Field("on", "日期", FieldKind.DAY, initial=_today(actor), most=10),
        Field("note", "说明", FieldKind.LONG, most=250),
    )


def _settle(actor: Actor, subject: Subject, values: Values) -> Done:
    services.settle_candidate(actor=actor, candidate_id=subject.facts.candidate.id, **values)
    return Done("已登记办结。")


def _give_up(actor: Actor, subject: Subject, values: Values) -> Done:
    services.give_up(actor=actor, candidate_id=subject.facts.candidate.id, **values)
    return Done("已登记放弃安置，待安置期待遇随之停止。")


def _elsewhere(actor: Actor, subject: Subject, values: Values) -> Done:
    services.move_elsewhere(actor=actor, candidate_id=subject.facts.candidate.id, **values)
    return Done("已登记易地安置转出。")


def _is_prepared(page: CandidatePage) -> bool:
    """Whether points may still change."""
    return page.cohort.state is CohortState.PREPARING and page.candidate.category is Category.ASSIGNED


def _waits(page: CandidatePage) -> bool:
    return page.candidate.state is CandidateState.WAITING


def _waits_for_post(page: CandidatePage) -> bool:
    is_chosen_for = page.candidate.category is Category.ASSIGNED and page.cohort.state is not CohortState.FINISHED
    return _waits(page) and page.candidate.category in GIVEN_A_POST and not is_chosen_for


def _has_file_to_send(page: CandidatePage) -> bool:
    return page.placing is not None and page.placing.transfer_id is None


def _form(code: str, title: str, button: str, place: str, icon: str, fields: Any, act: Any, **more: Any) -> Form:
    return Form(
        code=code, title=title, button=button, policy=KEEP_PLACEMENT, place=place, icon=icon, fields=fields,
        carry_out=act, route=f"{_ROUTE}/{code.replace('_', '-')}/", subject=about_candidate, **more,
    )  # fmt: skip


CANDIDATE_FORMS: tuple[Form, ...] = (
    _form("scoring_fact", "登记计分事项", "计分事项", "points", "plus", _fact_fields, _record_fact,
          applies=_is_prepared, note="服役年限、档案里的立功受奖和残疾等级由人员档案带出，不用再填。"
          "档案里的立功是战时或执行重大非战争军事行动时立的，在这里按同一等级和授予日期登记，只计一次。"),
    _form("withdraw_scoring_fact", "撤销计分事项", "撤销", "points", "minus", _withdraw_fields, _withdraw_fact,
          applies=lambda page: _is_prepared(page) and bool(page.facts), is_grave=True),
    _form("exam_result", "登记考试考核成绩", "登记成绩", "points", "school", _result_fields, _record_result,
          applies=lambda page: _is_prepared(page) and bool(page.parts),
          note="同一科目再登记一次就是更正。一批人的成绩在批次的“积分和公示”里用 Excel 导入。"),
    _form("record_lot", "登记抽签号", "抽签号", "points", "ticket", _lot_fields, _record_lot,
          applies=lambda page: _is_prepared(page) and page.has_lots,
          note="当地以抽签定先后的才用得上，由本人或监督人员抽取。"),
    _form("confirm_points", "本人确认积分", "本人确认", "points", "signature", _confirm_fields, _confirm,
          applies=lambda page: _is_prepared(page) and page.candidate.sheet is not None),
    _form("open_waiting", "登记待安置期待遇", "待安置期待遇", "waiting", "coin", _waiting_fields, _open_waiting,
          applies=lambda page: _waits(page) and page.candidate.category in GIVEN_A_POST,
          note="生活补助和保险到上岗时自动停止。"),
    _form("place_directly", "确定接收单位", "确定接收单位", "placing", "building", _direct_fields, _place,
          applies=_waits_for_post),
    _form("issue_letter", "登记介绍信", "介绍信", "placing", "mail", _letter_fields, _issue,
          applies=lambda page: page.placing is not None and page.candidate.started_on is None),
    _form("record_start", "登记上岗和合同", "上岗", "placing", "briefcase", _start_fields, _start,
          applies=lambda page: page.placing is not None and page.placing.letter_on is not None
          and page.candidate.started_on is None),
    _form("hand_over_file", "移交档案", "移交档案", "placing", "folder-share", _file_fields, _hand_over,
          applies=_has_file_to_send),
    _form("file_receipt", "登记档案回执", "档案回执", "placing", "receipt", _receipt_fields, _receipt,
          applies=lambda page: page.placing is not None and page.placing.transfer_id is not None
          and page.placing.receipt_on is None),
    _form("placement_survey", "登记回访", "满意度", "placing", "mood-smile", _survey_fields, _survey,
          applies=lambda page: page.placing is not None),
    _form("settle_candidate", "办结接收", "办结", "ending", "check", _end_fields, _settle,
          applies=lambda page: _waits(page) and page.candidate.category not in GIVEN_A_POST),
    _form("give_up_placement", "登记放弃安置", "放弃安置", "ending", "x", _end_fields, _give_up, applies=_waits,
          is_grave=True),
    _form("move_elsewhere", "易地安置转出", "易地安置", "ending", "arrows-transfer-up", _end_fields, _elsewhere,
          applies=_waits),
)  # fmt: skip
