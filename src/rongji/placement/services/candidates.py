"""Receiving people: who came when, what earns them points, and how those end who are given no post."""

from contextlib import suppress
from datetime import date, timedelta

from django.db.models import Max

from rongji.accounts.types import Actor
from rongji.awards.selectors import is_running
from rongji.awards.services import end_award
from rongji.awards.types import EndKind
from rongji.law.refusals import ValueIsMissing
from rongji.people.selectors import briefs
from rongji.people.types import PersonBrief
from rongji.placement import law
from rongji.placement.gathering import reading_of
from rongji.placement.models import Candidate, Cohort, ScoringFact
from rongji.placement.policies import KEEP_PLACEMENT
from rongji.placement.refusals import (
    CandidateTwice,
    DayUnfit,
    EvidenceMissing,
    FactUnknown,
    OfficerMissing,
    PersonNotHere,
    ReportedEarly,
    ReportedLate,
    SoldierWord,
    StateUnfit,
    TooMany,
)
from rongji.placement.types import (
    CATEGORY_LABELS,
    GIVEN_A_POST,
    STATE_LABELS,
    CandidateState,
    Category,
    CohortState,
    NewCandidate,
    NewFact,
)
from rongji.placement.writing import on_candidate, on_cohort, record
from rongji.rules.placement.facts import ScoredFact, Soldier
from rongji.rules.placement.months import period_of
from rongji.rules.placement.points import first_placed
from rongji.rules.placement.reading import points_row
from rongji.rules.placement.refusals import CountUnfit

MOST = 20_000
SOLDIERS = ("军士", "义务兵")


def add_candidate(*, actor: Actor, cohort_id: int, new: NewCandidate) -> int:
    """Receive a person with a cohort; returns the candidate's id.

    Who reported later than the law bears needs a reason, else the placement is forfeited.
    Raises: NotAllowed, CohortUnknown, CohortStep, PersonNotHere, CandidateTwice, ReportedEarly, ReportedLate,
    OfficerMissing, SoldierWord, TooMany.
    """
    with on_cohort(
        actor=actor, cohort_id=cohort_id, policy=KEEP_PLACEMENT, states=_states(new), step="增加安置对象"
    ) as cohort:
        brief = _person(cohort, new)
        report_by = _check_days(cohort, new, actor.day)
        _check_words(cohort, new)
        number = (Candidate.objects.filter(cohort=cohort).aggregate(last=Max("number"))["last"] or 0) + 1
        if number > MOST:
            raise TooMany(most=MOST)
        row = Candidate.objects.create(
            cohort=cohort, person_id=brief.id, number=number, category=new.category, soldier=new.soldier,
            approved_on=new.approved_on, report_by=report_by, reported_on=new.reported_on,
            late_reason=new.late_reason.strip()[:255], from_area=new.from_area.strip()[:12],
            former_job=new.former_job.strip()[:120], officer_id=new.officer_id, note=new.note.strip()[:255],
        )  # fmt: skip
        facts = {"candidate": row.pk, "person": brief.id, "category": new.category, "reported_on": new.reported_on}
        said = f"接收 {number} 号（档案 {brief.number}，{CATEGORY_LABELS[new.category]}），{new.reported_on} 报到"
        record(actor, "add_candidate", cohort, said, facts)
    return row.pk


def record_scoring_fact(*, actor: Actor, candidate_id: int, new: NewFact) -> int:
    """Enter something that earns points and that the register of people does not hold; returns its id.

    Raises: NotAllowed, CandidateUnknown, CohortStep, EvidenceMissing, UnknownItem, CountUnfit, PeriodMissing.
    """
    if not new.evidence.strip():
        raise EvidenceMissing(what="依据材料（如奖励通令、证书编号、档案页）")
    if new.count < 1:
        raise CountUnfit(item=new.item, degree=new.degree, count=new.count)
    with on_candidate(
        actor=actor,
        candidate_id=candidate_id,
        policy=KEEP_PLACEMENT,
        states=(CohortState.PREPARING,),
        step="改计分事项",
    ) as candidate:
        fact = ScoredFact(new.item, new.degree, new.count, new.first_on, new.last_on)
        _check_fact(candidate.cohort, fact, actor.day)
        row = ScoringFact.objects.create(
            candidate=candidate, item=fact.item, degree=fact.degree, count=fact.count, first_on=fact.first_on,
            last_on=fact.last_on, evidence=new.evidence.strip()[:120], recorded_on=actor.day,
        )  # fmt: skip
        _unconfirm(candidate)
        facts = {"candidate": candidate.pk, "fact": row.pk, "item": fact.item, "degree": fact.degree}
        record(actor, "record_scoring_fact", candidate.cohort, f"{candidate.number} 号登记{fact.name}", facts)
    return row.pk


def withdraw_scoring_fact(*, actor: Actor, fact_id: int, reason: str) -> None:
    """Take back a fact that was entered wrongly. Raises: NotAllowed, FactUnknown, CohortStep, EvidenceMissing."""
    if not reason.strip():
        raise EvidenceMissing(what="撤销的原因")
    owner = (
        ScoringFact.objects.filter(pk=fact_id, withdrawn_on__isnull=True).values_list("candidate", flat=True).first()
    )
    if owner is None:
        raise FactUnknown(fact=fact_id)
    with on_candidate(
        actor=actor, candidate_id=owner, policy=KEEP_PLACEMENT, states=(CohortState.PREPARING,), step="改计分事项"
    ) as candidate:
        ScoringFact.objects.filter(pk=fact_id).update(withdrawn_on=actor.day)
        _unconfirm(candidate)
        facts = {"candidate": candidate.pk, "fact": fact_id}
        record(
            actor,
            "withdraw_scoring_fact",
            candidate.cohort,
            f"{candidate.number} 号撤销计分事项：{reason.strip()}",
            facts,
        )


def settle_candidate(*, actor: Actor, candidate_id: int, on: date, note: str) -> None:
    """Close the reception of somebody who is given no post: registered, paid off, taken over.

    Raises: NotAllowed, CandidateUnknown, StateUnfit, DayUnfit, EvidenceMissing.
    """
    _end(actor, candidate_id, CandidateState.SETTLED, on, note, EndKind.DISQUALIFIED)


def give_up(*, actor: Actor, candidate_id: int, on: date, note: str) -> None:
    """The person gives up the placement; the waiting allowance ends with that.

    Raises: NotAllowed, CandidateUnknown, StateUnfit, DayUnfit, EvidenceMissing.
    """
    _end(actor, candidate_id, CandidateState.GAVE_UP, on, note, EndKind.GAVE_UP)


def move_elsewhere(*, actor: Actor, candidate_id: int, on: date, note: str) -> None:
    """The person is placed by another county.

    Raises: NotAllowed, CandidateUnknown, StateUnfit, DayUnfit, EvidenceMissing.
    """
    _end(actor, candidate_id, CandidateState.ELSEWHERE, on, note, EndKind.MOVED_OUT)


def end_waiting(actor: Actor, candidate: Candidate, on: date, end: EndKind, why: str) -> None:
    """End the awards of the waiting time on a day; what was ended or withdrawn before stays as it is."""
    for award_id in (candidate.allowance_id, candidate.insurance_id):
        if award_id is not None and is_running(award_id):
            end_award(actor=actor, award_id=award_id, ended_on=on, end=end, evidence=why)


def _end(actor: Actor, candidate_id: int, state: CandidateState, on: date, note: str, end: EndKind) -> None:
    if not note.strip():
        raise EvidenceMissing(what="办结说明")
    with on_candidate(actor=actor, candidate_id=candidate_id, policy=KEEP_PLACEMENT) as candidate:
        _refuse_ending(candidate, state)
        if not candidate.reported_on <= on <= actor.day:
            raise DayUnfit(what="办结日期", day=on, after="报到日期", first=candidate.reported_on, today=actor.day)
        candidate.state, candidate.ended_on, candidate.end_reason = state, on, note.strip()[:255]
        candidate.save(update_fields=["state", "ended_on", "end_reason"])
        end_waiting(actor, candidate, on, end, note.strip())
        facts = {"candidate": candidate.pk, "state": state, "on": on}
        said = f"{candidate.number} 号{STATE_LABELS[state]}：{note.strip()}"
        record(actor, "end_candidate", candidate.cohort, said, facts)


def _refuse_ending(candidate: Candidate, state: CandidateState) -> None:
    now, category = CandidateState(candidate.state), Category(candidate.category)
    needs_post = state is CandidateState.SETTLED and category in GIVEN_A_POST
    is_listed = candidate.cohort.state == CohortState.CHOOSING and hasattr(candidate, "turn")
    if now is CandidateState.WAITING and not needs_post and not is_listed:
        return
    hint = "由单位接收的请登记岗位或接收单位" if needs_post else "只有待安置的可以办结"
    hint = "正在选岗，请在选岗会上登记放弃" if is_listed else hint
    raise StateUnfit(
        name=f"{candidate.number} 号", category=CATEGORY_LABELS[category], state=STATE_LABELS[now],
        step=f"登记“{STATE_LABELS[state]}”", hint=hint,
    )  # fmt: skip


def _states(new: NewCandidate) -> tuple[CohortState, ...]:
    """Who chooses by points comes before the publication; all others whenever they come."""
    return (CohortState.PREPARING,) if new.category is Category.ASSIGNED else ()


def _person(cohort: Cohort, new: NewCandidate) -> PersonBrief:
    brief = briefs({new.person_id}).get(new.person_id)
    if brief is None or brief.bureau != cohort.bureau:
        raise PersonNotHere(person=new.person_id, why="不在本单位的人员档案里")
    if brief.merged_into is not None or brief.died_on is not None:
        why = "已并入另一份档案" if brief.merged_into is not None else "的人员已经去世"
        raise PersonNotHere(person=brief.number, why=why)
    other = Candidate.objects.filter(cohort=cohort, person_id=new.person_id).first()
    if other is not None:
        raise CandidateTwice(name=brief.name, number=other.number)
    return brief


def _check_days(cohort: Cohort, new: NewCandidate, today: date) -> date:
    """The day by which to report; refuses days that cannot be, and lateness without a reason."""
    if not new.approved_on <= new.reported_on <= today:
        raise ReportedEarly(reported=new.reported_on, approved=new.approved_on, today=today)
    where = {"known_on": today, "region": cohort.area[:6]}
    by = new.report_by or law.last_day("report", new.approved_on, **where)
    limit = law.deadline("forfeit", on=new.approved_on, **where)
    if new.reported_on > by + timedelta(days=limit.amount) and not new.late_reason.strip():
        raise ReportedLate(by=by, reported=new.reported_on, days=limit.amount)
    return by


def _check_words(cohort: Cohort, new: NewCandidate) -> None:
    if new.category is Category.ASSIGNED and new.soldier not in SOLDIERS:
        raise SoldierWord(word=new.soldier or "（未填）")
    officers = Candidate.objects.filter(cohort__bureau=cohort.bureau, category=Category.OFFICER)
    if new.category is Category.SPOUSE and not officers.filter(pk=new.officer_id).exists():
        raise OfficerMissing


def _check_fact(cohort: Cohort, fact: ScoredFact, today: date) -> None:
    """Refuse what no version of the scoring knows, or a period that is none; points that are missing come later."""
    reading = reading_of(cohort, today)
    nobody = Soldier(today, today, "", cohort.year, cohort.season, (fact,))
    if first_placed(nobody, reading) is None:
        with suppress(ValueIsMissing):
            points_row(reading, fact)
    if fact.last_on is not None:
        period_of(fact)


def _unconfirm(candidate: Candidate) -> None:
    """Facts have changed: a sheet reckoned before is no longer confirmed."""
    sheet = getattr(candidate, "sheet", None)
    if sheet is not None and sheet.confirmed_on is not None:
        sheet.confirmed_on, sheet.confirmed_note = None, ""
        sheet.save(update_fields=["confirmed_on", "confirmed_note"])
