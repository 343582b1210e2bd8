"""The account of one amount: facts and law as known on a day, the rule with its arithmetic, what had been settled."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.awards.selectors import awards_of, claims_of, grants_of
from rongji.awards.types import END_LABELS, START_LABELS, AwardFacts, EndKind, GrantFacts, GrantState, StartKind
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.law.model import Trust
from rongji.payments.models import RunLine
from rongji.payments.policies import SEE_RUNS
from rongji.payments.refusals import NoAccountOfAmount
from rongji.payments.reviewing import benefit_label
from rongji.payments.types import CAUSE_LABELS, PAYMENT_STATE_LABELS, SETTLED_STATES, Cause, PaymentState
from rongji.people.selectors import person_brief
from rongji.people.types import PersonBrief
from rongji.rules.entitlement.account import Owed, owed


@dataclass(frozen=True, slots=True)
class SettledBy:
    """What one run settled of an amount. state: what became of its payment, empty where none was needed."""

    run_id: int
    pay_month: Month
    due_fen: int
    cause: str
    state: str
    standard: str


@dataclass(frozen=True, slots=True)
class Item:
    """One award (or grant) in the month: the facts, the rule's steps, what was settled, what is left.

    facts: pairs of a name and what is known. trust: the word of the weakest value read, empty when all are official.
    """

    award_id: int | None
    grant_id: int | None
    label: str
    facts: tuple[tuple[str, str], ...]
    steps: tuple[str, ...]
    trust: str
    owed_fen: int
    settled: tuple[SettledBy, ...]

    @property
    def settled_fen(self) -> int:
        """What approved runs settled."""
        return sum(one.due_fen for one in self.settled)

    @property
    def left_fen(self) -> int:
        """What is still due; negative where too much was settled."""
        return self.owed_fen - self.settled_fen


@dataclass(frozen=True, slots=True)
class Explanation:
    """The account of one person and month."""

    person: PersonBrief
    month: Month
    known_on: date
    items: tuple[Item, ...]

    @property
    def owed_fen(self) -> int:
        """What is owed in all."""
        return sum(item.owed_fen for item in self.items)

    @property
    def settled_fen(self) -> int:
        """What was settled in all."""
        return sum(item.settled_fen for item in self.items)

    @property
    def left_fen(self) -> int:
        """What is still due in all."""
        return self.owed_fen - self.settled_fen


def explain(*, actor: Actor, person_id: int, month: Month, known_on: date) -> Explanation:
    """Why a person gets what for a month, as known on a day: facts, standard and act, rule, settled, difference.

    Raises: NotAllowed, PersonUnknown, NoAccountOfAmount, and what the rules refuse.
    """
    brief = person_brief(actor, person_id)
    guard(actor, SEE_RUNS, brief.scope)
    settled = _settled(person_id, month, known_on)
    awards = {award.id: award for award in awards_of(person_id, known_on=known_on)}
    judged = owed(claims_of([person_id], known_on=known_on), month, known_on)
    items = [*_periodic(awards, judged, settled, known_on), *_one_off(person_id, month, settled, known_on)]
    if not items:
        raise NoAccountOfAmount(person=f"{brief.name}（{brief.number}）", month=month.label, known_on=known_on)
    return Explanation(brief, month, known_on, tuple(items))


Key = tuple[int | None, int | None]


def _settled(person_id: int, month: Month, known_on: date) -> Mapping[Key, list[tuple[SettledBy, str]]]:
    """What runs known by that day settled, by award or grant, with the benefit; cancelled payments left out."""
    standing = (
        Q(payment__isnull=True) | Q(payment__cancelled_at__isnull=True) | Q(payment__cancelled_at__date__gt=known_on)
    )
    rows = RunLine.objects.filter(
        standing,
        person_id=person_id,
        for_month=month.number,
        run__state__in=SETTLED_STATES,
        run__known_on__lte=known_on,
    )
    found: defaultdict[Key, list[tuple[SettledBy, str]]] = defaultdict(list)
    for row in rows.select_related("run", "payment").order_by("run_id"):
        state = PAYMENT_STATE_LABELS[PaymentState(row.payment.state)] if row.payment else ""
        by = SettledBy(
            row.run_id, Month.from_number(row.run.pay_month), row.due_fen, CAUSE_LABELS[Cause(row.cause)], state,
            row.standard,
        )  # fmt: skip
        found[row.award_id, row.grant_id].append((by, row.benefit))
    return found


def _periodic(
    awards: Mapping[int, AwardFacts],
    judged: tuple[Owed, ...],
    settled: Mapping[Key, list[tuple[SettledBy, str]]],
    known_on: date,
) -> list[Item]:
    items = []
    for one in judged:
        paid = settled.get((one.claim.award_id, None), []) if _speaks(one, judged) else []
        if one.period.holds(one.month) or paid:
            items.append(_judged_item(one, awards[one.claim.award_id], paid))
    known = {one.claim.award_id for one in judged}
    for (award, _), paid in settled.items():
        if award is not None and award not in known:
            label = benefit_label(paid[0][1], known_on)
            steps = (f"截至 {known_on}，待遇 {award} 没有有效的登记（已撤销），应发 0 元。",)
            items.append(Item(award, None, label, (), steps, "", 0, tuple(by for by, _ in paid)))
    return items


def _speaks(one: Owed, judged: tuple[Owed, ...]) -> bool:
    """Of several terms of one award, the one that holds in the month (else the last) carries what was settled."""
    same = [other for other in judged if other.claim.award_id == one.claim.award_id]
    holding = [other for other in same if other.period.holds(other.month)]
    return one is (holding or same)[-1]


def _judged_item(one: Owed, award: AwardFacts, paid: list[tuple[SettledBy, str]]) -> Item:
    trust = one.rate.trust if one.rate else Trust.OFFICIAL
    return Item(
        award_id=award.id,
        grant_id=None,
        label=one.label,
        facts=tuple(_award_facts(one, award)),
        steps=one.steps,
        trust="" if trust.is_official else trust.label,
        owed_fen=one.fen,
        settled=tuple(by for by, _ in paid),
    )


def _award_facts(one: Owed, award: AwardFacts) -> list[tuple[str, str]]:
    claim = one.claim
    term = next(term for term in award.terms if term.id == claim.term_id)
    facts = [
        ("待遇编号", f"{award.id}" + (f"，类别 {award.category}" if award.category else "")),
        ("发放县区", claim.area),
        ("标准档次", claim.standard_key.replace("|", "、") or "不分档"),
        ("起算", f"{claim.basis_on} {START_LABELS[StartKind(claim.start)]}（{term.known_on} 获知）"),
    ]
    facts += [("计发单位数", str(claim.units))] if claim.units != 1 else []
    facts += [("终止", f"{claim.ended_on} {END_LABELS[EndKind(claim.end)]}")] if claim.ended_on else []
    facts += [("去世", str(claim.died_on))] if claim.died_on else []
    facts += (
        [("依据", "，".join(filter(None, (term.decision, term.evidence))))] if term.decision or term.evidence else []
    )
    return facts


def _one_off(
    person_id: int, month: Month, settled: Mapping[Key, list[tuple[SettledBy, str]]], known_on: date
) -> list[Item]:
    grants = {grant.id: grant for grant in grants_of(person_id, known_on=known_on)}
    here = {number for number, grant in grants.items() if grant.due_month == month}
    here |= {grant for _, grant in settled if grant is not None}
    return [
        _grant_item(number, grants.get(number), settled.get((None, number), []), known_on) for number in sorted(here)
    ]


def _grant_item(number: int, grant: GrantFacts | None, paid: list[tuple[SettledBy, str]], known_on: date) -> Item:
    by = tuple(one for one, _ in paid)
    if grant is None:
        label = benefit_label(paid[0][1], known_on)
        return Item(None, number, label, (), (f"一次性待遇 {number} 已更正或撤销，应发 0 元。",), "", 0, by)
    label = benefit_label(grant.benefit, known_on)
    is_owed = grant.state is GrantState.APPROVED
    facts = (
        ("事项", f"{grant.key}，{grant.event_on}"),
        ("计算依据", "，".join(f"{name} {value}" for name, value in sorted(grant.inputs.items())) or "无"),
        ("引用标准", "；".join(grant.standards) or "无"),
    )
    step = f"按规则 {grant.rule} 计算为 {yuan(grant.amount_fen)} 元" + ("。" if is_owed else "，待批准，暂不发放。")
    return Item(None, number, label, facts, (step,), "", grant.amount_fen if is_owed else 0, by)
