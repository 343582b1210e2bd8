"""One-off amounts: reckoned by the rule and recorded by who handles the case, approved by who decides it.

The two pairs of eyes of the grant are those of the case (docs/decisions/0025): the act that reckons records a draft,
the act that approves the case approves it, and whoever did the first cannot do the second.
"""

from typing import Any

from rongji.awards import selectors, services
from rongji.awards.types import GrantFacts, GrantState, NewGrant
from rongji.casework.effects.context import EffectContext, EffectDone
from rongji.casework.effects.reckoning import RECKONINGS, Reckoned
from rongji.casework.effects.refusals import GrantOfCaseGone, NothingDue
from rongji.casework.models import CaseAct
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month

RECORD = "record_grant"


def record_grant(context: EffectContext, *, rule: str, **inputs: Any) -> EffectDone:
    """Reckon an amount by a rule and write it down as a draft, due in the month of the act.

    Raises: NothingDue, whatever the rule refuses, GrantExists and whatever awards refuse.
    """
    found: Reckoned = RECKONINGS[rule](context, **inputs)
    if found.fen <= 0:
        raise NothingDue(words=found.words)
    number = services.record_grant(
        actor=context.actor,
        new=NewGrant(
            person_id=context.somebody, benefit=found.benefit, key=found.key, event_on=found.event_on,
            due_month=Month.from_day(context.acted_on), amount_fen=found.fen, rule=found.rule, inputs=found.inputs,
            standards=found.standards, decision=context.decision, evidence=context.evidence,
        ),
    )  # fmt: skip
    return EffectDone(RECORD, "grant", str(number), f"核算一次性待遇 {yuan(found.fen)} 元：{found.words}")


def approve_grant(context: EffectContext) -> EffectDone:
    """Let what the case reckoned be paid. Raises: GrantOfCaseGone, GrantSamePerson, NotAllowed."""
    found = standing_grants(context)
    if not found:
        raise GrantOfCaseGone(number=context.number)
    for item in found:
        if item.state is GrantState.DRAFT:
            services.approve_grant(actor=context.actor, grant_id=item.id)
    amount = yuan(sum(item.amount_fen for item in found))
    return EffectDone("approve_grant", "grant", str(found[-1].id), f"批准一次性待遇 {amount} 元，列入应发")


def withdraw_grant(context: EffectContext) -> EffectDone | None:
    """Take back what the case reckoned and nobody has approved; without any, nothing."""
    drafts = [item for item in standing_grants(context) if item.state is GrantState.DRAFT]
    for item in drafts:
        reason = f"{context.evidence}退回或者不予批准"
        services.withdraw_grant(actor=context.actor, grant_id=item.id, reason=reason)
    if not drafts:
        return None
    return EffectDone("withdraw_grant", "grant", str(drafts[-1].id), "撤销核算的一次性待遇")


def standing_grants(context: EffectContext) -> list[GrantFacts]:
    """What the case reckoned and stands, each event once: a correction in the place of what it corrects."""
    acts = CaseAct.objects.filter(case_id=context.case_id).order_by("sequence").values_list("effects", flat=True)
    numbers = {int(done["subject_id"]) for effects in acts for done in effects if done["do"] == RECORD}
    recorded = [item for item in map(selectors.grant, sorted(numbers)) if item is not None]
    events = {(item.person_id, item.benefit, item.key) for item in recorded}
    standing = {
        (item.person_id, item.benefit, item.key): item
        for person in {person for person, _, _ in events}
        for item in selectors.grants_of(person, known_on=context.actor.day)
    }
    return [standing[event] for event in sorted(events) if event in standing]
