"""Acting on a case: who may, whether it is possible from where the case stands, and everything that follows."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.refusals import NamedUserNeeded
from rongji.accounts.sealed_numbers import is_sealed
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.casework.answers import read_all
from rongji.casework.effects import EffectContext, EffectDone, carry_out
from rongji.casework.law import CaseLaw
from rongji.casework.models import Case, CaseAct, CaseBatch
from rongji.casework.policies import HANDLE_CASES
from rongji.casework.refusals import (
    ActNotPossible,
    ActNotYours,
    ActUnknown,
    CaseDayUnfit,
    CaseMovedOn,
    CaseUnknown,
    DecisionMissing,
    PapersMissing,
    SameHands,
    WaitingNotOver,
)
from rongji.casework.services.applications import Desk, check_order, role_words, roles_of
from rongji.casework.services.clocks import Clocks
from rongji.casework.services.letters import in_chinese, issue
from rongji.casework.services.opening import store
from rongji.casework.types import HANDED_OVER, OWN_ACTS, NewAct, NewCase
from rongji.kernel.digest import digest
from rongji.law.case_checks import asked_of
from rongji.law.case_kinds import Act, CaseKind, Follows, case_kind, case_kind_version
from rongji.people.selectors import standing_file
from rongji.rules.answers import Kept, shown
from rongji.rules.casework.flow import acts_from, is_possible, needs_other_hands


@dataclass(frozen=True)
class Shared:
    """What acts on many cases have in common, read once. laws: by area; units: names of bureaus that sign letters."""

    laws: dict[str, CaseLaw] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def law(self, known_on: date, area: str) -> CaseLaw:
        """The law of an area as known on a day."""
        return self.laws.setdefault(area, CaseLaw(known_on, area))

    def unit(self, bureau: str) -> str:
        """The name of a bureau."""
        if bureau not in self.units:
            self.units[bureau] = organisation(bureau).name
        return self.units[bureau]


@dataclass
class Doing:
    """One act under way: the case held for writing, its kind as it began, the act, and the answers.

    last: the act before, before: the one before that was no hand-over.
    """

    actor: Actor
    case: Case
    kind: CaseKind
    act: Act
    new: NewAct
    clocks: Clocks
    last: CaseAct
    before: CaseAct
    given: dict[str, Any]
    batch: CaseBatch | None
    shared: Shared

    @property
    def values(self) -> dict[str, Any]:
        """The answers of the act over those of the case."""
        return {**self.case.values, **self.given}


def act_on_case(*, actor: Actor, case_id: int, new: NewAct) -> int:
    """Do something with a case and everything that follows from it; returns the sequence of the act.

    Of two who act at once the second is told what the first has done (give `seen` to be told in every case).
    Raises: CaseUnknown, NotAllowed, ActUnknown, CaseMovedOn, ActNotPossible, ActNotYours, NamedUserNeeded, SameHands,
    CaseDayUnfit, AnswersUnfit, DaysOutOfOrder, PapersMissing, DecisionMissing, WaitingNotOver, NothingToExtend,
    NoValueInForce, and whatever an effect refuses.
    """
    with transaction.atomic():
        trail.lock_head()
        return do_act(actor, case_id, new)


def do_act(
    actor: Actor, case_id: int, new: NewAct, *, batch: CaseBatch | None = None, shared: Shared | None = None
) -> int:
    """The act itself, inside the caller's transaction that holds the head of the trail.

    batch: what it is a part of; shared: kept by whoever acts on many.
    """
    doing = _begin(actor, case_id, new, batch, shared or Shared())
    _run_clocks(doing)
    done = _bring_about(doing)
    _move(doing)
    _issue_letter(doing)
    follow_up = _follow_up(doing)
    doing.clocks.save()
    doing.case.save()
    sequence = _write_act(doing, done)
    _record(doing, sequence, done, follow_up)
    return sequence


def held_case(actor: Actor, case_id: int) -> Case:
    """A case held for writing until the end of the transaction. Raises: CaseUnknown, NotAllowed."""
    case = Case.objects.select_for_update(of=("self",)).filter(pk=case_id).first()
    if case is None:
        raise CaseUnknown(case=case_id)
    guard(actor, HANDLE_CASES, case)
    return case


def last_words(last: CaseAct, kind: CaseKind) -> str:
    """Who did what last, as a refusal tells it."""
    act = kind.acts_by_id.get(last.act)
    return f"{last.actor_label} 于 {last.on} 办理了“{act.label if act else OWN_ACTS.get(last.act, last.act)}”"


def _begin(actor: Actor, case_id: int, new: NewAct, batch: CaseBatch | None, shared: Shared) -> Doing:
    """The act, checked as far as it can be before anything is done."""
    case, new = held_case(actor, case_id), new.covered
    kind = case_kind_version(case.kind, case.version)
    act = kind.acts_by_id.get(new.act)
    if act is None:
        raise ActUnknown(kind=kind.label, act=new.act, known=_labels(kind.acts))
    last = case.acts.order_by("-sequence").first()
    _check_state(case, kind, act, new, last)
    is_handed = last.act == HANDED_OVER
    before = case.acts.exclude(act=HANDED_OVER).order_by("-sequence").first() if is_handed else last
    _check_hands(actor, case, kind, act, before)
    _check_day(actor, new.on, before)
    given = read_all(actor, act.fields, new.answers, case.values)
    told = {item.id for item in act.fields} - {item.id for item in kind.fields}
    check_order(kind, {**case.values, **given}, case.received_on, acted_on=new.on, told=told)
    clocks = Clocks.of(case, kind, shared.law(actor.day, case.area))
    doing = Doing(actor, case, kind, act, new, clocks, last, before, given, batch, shared)
    _check_needs(doing)
    return doing


def _check_state(case: Case, kind: CaseKind, act: Act, new: NewAct, last: CaseAct) -> None:
    step = kind.steps_by_id[case.step].label
    if new.seen and new.seen != last.sequence:
        raise CaseMovedOn(number=case.number, last=last_words(last, kind), step=step)
    if not is_possible(act, case.step, is_open=case.is_open):
        possible = _labels(acts_from(kind, case.step, is_open=case.is_open)) or "（无，已办结）"
        raise ActNotPossible(
            number=case.number, step=step, act=act.label, possible=possible, last=last_words(last, kind)
        )


def _check_hands(actor: Actor, case: Case, kind: CaseKind, act: Act, before: CaseAct) -> None:
    if not any(grant.covers(case.scope) for grant in actor.grants_of(roles_of(act.roles))):
        raise ActNotYours(act=act.label, roles=role_words(act.roles))
    if not needs_other_hands(act):
        return
    if actor.user_id is None:
        raise NamedUserNeeded(action=act.label)
    if before.actor_id == actor.user_id:
        label = kind.acts_by_id[before.act].label if before.act in kind.acts_by_id else OWN_ACTS[before.act]
        raise SameHands(number=case.number, before=label, act=act.label)


def _check_day(actor: Actor, on: date, before: CaseAct) -> None:
    if on > actor.day:
        raise CaseDayUnfit(what="办理日期", day=on, why=f"在今天（{actor.day}）之后")
    if on < before.on:
        raise CaseDayUnfit(what="办理日期", day=on, why=f"早于上一次办理的日期 {before.on}")


def _check_needs(doing: Doing) -> None:
    """Papers, decision and notice periods that the act waits for."""
    act, case = doing.act, doing.case
    wanted = (*act.papers, *(doing.kind.papers if act.needs_papers else ()))
    needed = {paper.id: paper.label for paper in wanted if paper.is_needed}
    if needed:
        there = set(case.papers.filter(kind__in=needed).values_list("kind", flat=True))
        missing = [label for name, label in needed.items() if name not in there]
        if missing:
            raise PapersMissing(act=act.label, papers="、".join(missing))
    if act.needs_decision and not doing.new.decision.strip():
        raise DecisionMissing(act=act.label)
    for name in act.waits_for:
        due = doing.clocks.due_of(name)
        if due is not None and doing.new.on <= due:
            label = doing.kind.clocks_by_id[name].label
            raise WaitingNotOver(clock=label, due=due, act=act.label, day=doing.new.on)


def _run_clocks(doing: Doing) -> None:
    act, clocks, on = doing.act, doing.clocks, doing.new.on
    if act.follows is Follows.RESUME:
        clocks.resume(on)
    clocks.stop(act.stops, on)
    if act.follows is Follows.PAUSE:
        clocks.pause(on)
    if act.follows is Follows.EXTEND:
        clocks.extend(on)
    if act.to and doing.kind.steps_by_id[act.to].is_final:
        clocks.stop_all(on)
    clocks.start(act.starts, on, doing.values)
    clocks.settle()


def _bring_about(doing: Doing) -> list[EffectDone]:
    if not doing.act.effects:
        return []
    case = doing.case
    person = standing_file(case.person_id) if case.person_id else None  # the file may have been merged since
    context = EffectContext(
        actor=doing.actor, case_id=case.pk, number=case.number, kind=doing.kind, bureau=case.bureau, area=case.area,
        station_code=case.station_code, title=case.title, applicant=case.applicant, person_id=person,
        received_on=case.received_on, acted_on=doing.new.on, decision=doing.new.decision.strip() or case.decision,
        values=doing.values,
    )  # fmt: skip
    found = (carry_out(effect, context) for effect in doing.act.effects)
    return [done for done in found if done is not None]


def _move(doing: Doing) -> None:
    """What the case itself keeps of the act: answers, step, result, decision, and who handles it."""
    case, act = doing.case, doing.act
    case.values = doing.values
    if doing.new.decision.strip():
        case.decision = doing.new.decision.strip()[:120]
    if case.handler_id is None:
        case.handler_id = doing.actor.user_id
    if not act.to:
        return
    case.step = act.to
    is_final = doing.kind.steps_by_id[act.to].is_final
    case.is_open, case.outcome = not is_final, act.outcome if is_final else ""
    case.closed_on = doing.new.on if is_final else None


def _issue_letter(doing: Doing) -> None:
    if not doing.act.letter:
        return
    letter = next(item for item in doing.kind.letters if item.id == doing.act.letter)
    issue(
        case=doing.case, kind=doing.kind, letter=letter, on=doing.new.on, due_on=doing.case.due_on,
        values=doing.values, note=doing.new.note, decision=doing.new.decision.strip(), batch=doing.batch,
        unit=doing.shared.unit(doing.case.bureau),
    )  # fmt: skip


def _follow_up(doing: Doing) -> Case | None:
    """Open the case that the act begins (复查): the same matter, received on the day of the act."""
    if not doing.act.opens:
        return None
    case, desk = doing.case, Desk.of(doing.actor, doing.case.bureau)
    kind = case_kind(doing.act.opens, on=doing.new.on, region=case.area)
    answers = {item.id: item for item in kind.fields}
    asked = asked_of(doing.kind)
    carried = {
        name: Kept(value) if is_sealed(value) else shown(asked[name], value)
        for name, value in doing.values.items()
        if name in answers and name in asked and asked[name].kind is answers[name].kind
    }
    case.save()  # the limits of application of the follow-up ask when this one was closed
    new = NewCase(
        kind=kind.id, channel=kind.channels[0].id, received_on=doing.new.on, title=case.title,
        person_id=standing_file(case.person_id) if case.person_id else None, applicant=case.applicant,
        station=case.station_code, answers=carried,
        assigned_by=case.assigned_by or desk.bureau.name, parent=case.pk, legacy_since=case.legacy_since,
        campaign=case.campaign,
    )  # fmt: skip
    return store(desk, desk.read(new, as_follow_up=True))


def _write_act(doing: Doing, done: list[EffectDone]) -> int:
    row = CaseAct.objects.create(
        case=doing.case, sequence=doing.last.sequence + 1, act=doing.act.id, from_step=doing.last.to_step,
        to_step=doing.case.step, on=doing.new.on, days=(doing.new.on - doing.before.on).days, at=doing.actor.at,
        actor_id=doing.actor.user_id, actor_label=doing.actor.label[:160], values=doing.given,
        note=doing.new.note.strip(),
        decision=doing.new.decision.strip()[:120], effects=[asdict(item) for item in done],
        batch=doing.batch,
    )  # fmt: skip
    return row.sequence


def _record(doing: Doing, sequence: int, done: list[EffectDone], follow_up: Case | None) -> None:
    case, batch = doing.case, doing.batch
    facts = {
        "case": case.pk, "act": doing.act.id, "sequence": sequence, "on": doing.new.on, "from": doing.last.to_step,
        "to": case.step, "outcome": case.outcome, "decision": doing.new.decision, "due_on": case.due_on,
        "effects": [asdict(item) for item in done], "follow_up": follow_up.pk if follow_up else None,
        **({"batch": batch.number} if batch else {}),
    }  # fmt: skip
    trail.record(
        actor=doing.actor, action="casework.act_on_case", subject_kind="case", subject_id=case.pk,
        summary=f"办件 {case.number}：{in_chinese(doing.new.on)}办理“{doing.act.label}”"
        + (f"（{batch.number}）" if batch else ""),
        after_digest=digest({**facts, "values": doing.given}), detail=facts,
        parts=[item.part for item in (case, follow_up) if item],
    )  # fmt: skip


def _labels(acts: tuple[Act, ...]) -> str:
    return "、".join(act.label for act in acts)
