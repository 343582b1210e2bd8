"""After the choice: letter, start of work, contract, hand-over of the file, and what the person says of it."""

from datetime import date

from rongji.accounts.types import Actor
from rongji.awards.types import EndKind
from rongji.people import services as people
from rongji.placement import law
from rongji.placement.models import Candidate, Placing
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.refusals import ContractTooShort, DayUnfit, EvidenceMissing, StateUnfit
from rongji.placement.services.candidates import end_waiting
from rongji.placement.services.cohorts import unit_of
from rongji.placement.types import (
    CATEGORY_LABELS,
    GIVEN_A_POST,
    SATISFACTION_LABELS,
    STATE_LABELS,
    CandidateState,
    Category,
    Satisfaction,
)
from rongji.placement.writing import on_candidate, record


def place_directly(*, actor: Actor, candidate_id: int, unit_id: int, decided_on: date) -> int:
    """Place somebody by decision instead of by choice: an officer, a spouse, or who was left without a post.

    Raises: NotAllowed, CandidateUnknown, StateUnfit, UnitUnknown, DayUnfit.
    """
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        category = Category(candidate.category)
        is_called = category is Category.ASSIGNED and candidate.cohort.state != "finished"
        if candidate.state != CandidateState.WAITING or category not in GIVEN_A_POST or is_called:
            hint = "由积分选岗的请在选岗会上选" if is_called else "只有待安置、由单位接收的可以"
            raise _unfit(candidate, "直接安置", hint)
        _check_day("确定日期", decided_on, "报到日期", candidate.reported_on, actor.day)
        unit = unit_of(candidate.cohort, unit_id)
        row = Placing.objects.create(candidate=candidate, unit=unit, decided_on=decided_on)
        candidate.state = CandidateState.PLACED
        candidate.save(update_fields=["state"])
        facts = {"candidate": candidate.pk, "placing": row.pk, "unit": unit.pk}
        record(actor, "place_directly", candidate.cohort, f"{candidate.number} 号安置到{unit.name}", facts)
    return row.pk


def issue_letter(*, actor: Actor, candidate_id: int, number: str, letter_on: date) -> date:
    """Issue the letter of introduction; returns the last day on which the unit is to put the person to work.

    Raises: NotAllowed, CandidateUnknown, StateUnfit, EvidenceMissing, DayUnfit.
    """
    if not number.strip():
        raise EvidenceMissing(what="介绍信编号")
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        row = _placing(candidate, "开介绍信", is_started=False)
        _check_day("介绍信日期", letter_on, "确定日期", row.decided_on, actor.day)
        row.letter_number, row.letter_on = number.strip()[:60], letter_on
        row.start_due = law.last_day("start", letter_on, known_on=actor.day, region=candidate.cohort.area[:6])
        row.save(update_fields=["letter_number", "letter_on", "start_due"])
        facts = {"candidate": candidate.pk, "letter_on": letter_on, "start_due": row.start_due}
        record(actor, "issue_letter", candidate.cohort, f"{candidate.number} 号开介绍信，{row.start_due} 前上岗", facts)
    return row.start_due


def record_start(*, actor: Actor, candidate_id: int, started_on: date, contract_from: date, contract_to: date) -> bool:
    """The person has begun to work, with a contract; the allowances of the waiting time end. True: the unit was late.

    Raises: NotAllowed, CandidateUnknown, StateUnfit, DayUnfit, ContractTooShort.
    """
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        row = _placing(candidate, "登记上岗", is_started=False)
        if row.letter_on is None or row.start_due is None:
            raise _unfit(candidate, "登记上岗", "请先开介绍信")
        _check_day("上岗日期", started_on, "介绍信日期", row.letter_on, actor.day)
        _check_contract(contract_from, contract_to, actor.day, candidate.cohort.area[:6])
        row.started_on, row.contract_from, row.contract_to = started_on, contract_from, contract_to
        row.late_pay = started_on > row.start_due
        row.save(update_fields=["started_on", "contract_from", "contract_to", "late_pay"])
        candidate.ended_on = started_on
        candidate.save(update_fields=["ended_on"])
        end_waiting(actor, candidate, started_on, EndKind.PLACED, f"{candidate.cohort.title}上岗")
        facts = {"candidate": candidate.pk, "started_on": started_on, "late": row.late_pay, "until": contract_to}
        late = "，超过介绍信开出后的期限" if row.late_pay else ""
        record(actor, "record_start", candidate.cohort, f"{candidate.number} 号 {started_on} 上岗{late}", facts)
    return row.late_pay


def hand_over_file(*, actor: Actor, candidate_id: int, sent_on: date, from_body: str) -> int:
    """Hand the person's file over to the unit; the hand-over stands in the register of people. Returns its number.

    Raises: NotAllowed, CandidateUnknown, StateUnfit and the refusals of hand_over_archive.
    """
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        row = _placing(candidate, "移交档案")
        if row.transfer_id is not None:
            raise _unfit(candidate, "再次移交档案", "档案已经移交，请登记回执")
        row.transfer_id = people.hand_over_archive(
            actor=actor, person_id=candidate.person_id, to_body=row.unit.name, from_body=from_body, sent_on=sent_on
        )
        row.save(update_fields=["transfer_id"])
        facts = {"candidate": candidate.pk, "transfer": row.transfer_id, "sent_on": sent_on}
        record(actor, "hand_over_file", candidate.cohort, f"{candidate.number} 号档案移交{row.unit.name}", facts)
    return row.transfer_id


def record_file_receipt(*, actor: Actor, candidate_id: int, receipt_on: date, receipt: str) -> None:
    """The unit's receipt for the file has come back. Raises: NotAllowed, StateUnfit and those of record_receipt."""
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        row = _placing(candidate, "登记档案回执")
        if row.transfer_id is None:
            raise _unfit(candidate, "登记档案回执", "请先移交档案")
        people.record_receipt(actor=actor, transfer_id=row.transfer_id, receipt_on=receipt_on, receipt=receipt)
        facts = {"candidate": candidate.pk, "transfer": row.transfer_id, "receipt_on": receipt_on}
        record(actor, "record_file_receipt", candidate.cohort, f"{candidate.number} 号档案回执", facts)


def record_satisfaction(*, actor: Actor, candidate_id: int, satisfaction: Satisfaction, asked_on: date) -> None:
    """What the placed person said when asked. Raises: NotAllowed, CandidateUnknown, StateUnfit, DayUnfit."""
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        row = _placing(candidate, "登记满意度")
        _check_day("回访日期", asked_on, "确定日期", row.decided_on, actor.day)
        row.satisfaction, row.asked_on = satisfaction, asked_on
        row.save(update_fields=["satisfaction", "asked_on"])
        facts = {"candidate": candidate.pk, "satisfaction": satisfaction, "asked_on": asked_on}
        said = f"{candidate.number} 号回访：{SATISFACTION_LABELS[satisfaction]}"
        record(actor, "record_satisfaction", candidate.cohort, said, facts)


def _placing(candidate: Candidate, step: str, *, is_started: bool | None = None) -> Placing:
    """The placing of a candidate; is_started False: only while they have not begun to work. Raises: StateUnfit."""
    row = Placing.objects.filter(candidate=candidate).select_related("unit").first()
    if row is None:
        raise _unfit(candidate, step, "请先确定接收单位")
    if is_started is False and row.started_on is not None:
        raise _unfit(candidate, step, f"已于 {row.started_on} 上岗")
    return row


def _unfit(candidate: Candidate, step: str, hint: str) -> StateUnfit:
    category, state = Category(candidate.category), CandidateState(candidate.state)
    labels = {"category": CATEGORY_LABELS[category], "state": STATE_LABELS[state]}
    return StateUnfit(name=f"{candidate.number} 号", **labels, step=step, hint=hint)


def _check_day(what: str, day: date, after: str, first: date, today: date) -> None:
    if not first <= day <= today:
        raise DayUnfit(what=what, day=day, after=after, first=first, today=today)


def _check_contract(first: date, last: date, known_on: date, region: str) -> None:
    years, least = law.least_contract(first, known_on=known_on, region=region)
    if last < least:
        raise ContractTooShort(first=first, last=last, years=years, least=least)
