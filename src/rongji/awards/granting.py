"""Writes of one-off grants: recorded as a rule computed them, approved by a second person, corrected, withdrawn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.refusals import NamedUserNeeded
from rongji.accounts.types import Actor
from rongji.awards.law import AwardLaw
from rongji.awards.models import Grant
from rongji.awards.persons import known_day, living_file
from rongji.awards.policies import APPROVE_GRANT, KEEP_AWARDS
from rongji.awards.refusals import (
    AmountUnfit,
    AwardUnknown,
    GrantExists,
    GrantNotPossible,
    GrantSamePerson,
)
from rongji.awards.types import GRANT_STATE_LABELS, GrantState, NewGrant
from rongji.kernel.digest import digest
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.people.types import PersonBrief


def record_grant(*, actor: Actor, new: NewGrant, known_on: date | None = None) -> int:
    """Write down a one-off amount that a rule computed; it is owed once a second person has approved it.

    Raises: NotAllowed, PersonUnknown, FileAbsorbed, UnknownBenefit, AmountUnfit, GrantExists, NotYetKnown.
    """
    brief = living_file(new.person_id)
    guard(actor, KEEP_AWARDS, brief.scope)
    known = known_day(actor, brief.scope, known_on)
    area = new.area or brief.area
    label = AwardLaw.known(known).benefit(new.benefit, area).label
    if new.amount_fen <= 0:
        raise AmountUnfit(amount=yuan(new.amount_fen))
    with transaction.atomic():
        trail.lock_head()
        other = Grant.objects.filter(
            person_id=new.person_id, benefit=new.benefit, key=new.key, superseded_on__isnull=True
        ).first()
        if other is not None:
            raise GrantExists(benefit=label, key=new.key, grant=other.pk)
        row = Grant.objects.create(
            person_id=new.person_id, bureau=brief.bureau, benefit=new.benefit, key=new.key, area=area,
            event_on=new.event_on, due_month=new.due_month.number, amount_fen=new.amount_fen, rule=new.rule,
            inputs=dict(new.inputs), standards=list(new.standards), recorded_by_id=actor.user_id, known_on=known,
            decision=new.decision, evidence=new.evidence,
        )  # fmt: skip
        _record(actor, "awards.record_grant", brief, row, f"登记一次性待遇“{label}”{yuan(new.amount_fen)} 元")
    return row.pk


def approve_grant(*, actor: Actor, grant_id: int, known_on: date | None = None) -> None:
    """Let a grant be paid; not by the one who recorded it. It counts as known from the day of the approval.

    Raises: NotAllowed, NamedUserNeeded, AwardUnknown, GrantNotPossible, GrantSamePerson.
    """
    if actor.user_id is None:
        raise NamedUserNeeded(action="批准一次性待遇")
    with transaction.atomic():
        row, brief = _standing(grant_id)
        guard(actor, APPROVE_GRANT, brief.scope)
        if row.state != GrantState.DRAFT:
            raise GrantNotPossible(grant=grant_id, state=GRANT_STATE_LABELS[GrantState(row.state)], step="再次批准")
        if row.recorded_by_id == actor.user_id:
            raise GrantSamePerson(grant=grant_id, actor=actor.label)
        known = known_day(actor, brief.scope, known_on, row.known_on)
        _replaced(row).update(superseded_on=known)
        row.state, row.approved_by_id, row.known_on = GrantState.APPROVED, actor.user_id, known
        row.save(update_fields=["state", "approved_by", "known_on"])
        _record(actor, "awards.approve_grant", brief, row, f"批准一次性待遇 {grant_id}")


def correct_grant(
    *,
    actor: Actor,
    grant_id: int,
    amount_fen: int,
    inputs: Mapping[str, Any],
    standards: tuple[str, ...] = (),
    known_on: date | None = None,
    evidence: str,
) -> int:
    """Put another amount in the place of a wrong one; to be approved again. The old one is owed until that is done.

    Raises: NotAllowed, AwardUnknown, AmountUnfit, NotYetKnown.
    """
    if amount_fen <= 0:
        raise AmountUnfit(amount=yuan(amount_fen))
    with transaction.atomic():
        row, brief = _standing(grant_id)
        guard(actor, KEEP_AWARDS, brief.scope)
        known = known_day(actor, brief.scope, known_on, row.known_on)
        _supersede(row, known)
        row.pk, row.state, row.approved_by_id, row.recorded_by_id = None, GrantState.DRAFT, None, actor.user_id
        row.amount_fen, row.inputs, row.standards = amount_fen, dict(inputs), list(standards)
        row.known_on, row.evidence = known, evidence
        row.save(force_insert=True)
        _record(actor, "awards.correct_grant", brief, row, f"更正一次性待遇 {grant_id} 为 {yuan(amount_fen)} 元")
    return row.pk


def withdraw_grant(*, actor: Actor, grant_id: int, reason: str, known_on: date | None = None) -> None:
    """Take back a grant: nothing of it is owed; what was paid of it is settled by the next run.

    Raises: NotAllowed, AwardUnknown, NotYetKnown.
    """
    with transaction.atomic():
        row, brief = _standing(grant_id)
        guard(actor, KEEP_AWARDS, brief.scope)
        known = known_day(actor, brief.scope, known_on, row.known_on)
        _supersede(row, known)
        _record(actor, "awards.withdraw_grant", brief, row, f"撤销一次性待遇 {grant_id}：{reason}")


def _standing(grant_id: int) -> tuple[Grant, PersonBrief]:
    trail.lock_head()
    row = Grant.objects.select_for_update().filter(pk=grant_id, superseded_on__isnull=True).first()
    if row is None:
        raise AwardUnknown(number=grant_id, what="现行一次性待遇")
    return row, living_file(row.person_id)


def _supersede(row: Grant, known: date) -> None:
    """End what is known of a grant; of a draft in the place of an approved one, also what that was owed until now."""
    if row.state == GrantState.DRAFT:
        _replaced(row).update(superseded_on=known)
    Grant.objects.filter(pk=row.pk).update(superseded_on=known)


def _replaced(draft: Grant) -> QuerySet[Grant]:
    """The approved grant in whose place a draft waits: superseded on the very day from which the draft is known."""
    same_event = Grant.objects.filter(person_id=draft.person_id, benefit=draft.benefit, key=draft.key)
    return same_event.filter(state=GrantState.APPROVED, superseded_on=draft.known_on)


def _record(actor: Actor, action: str, brief: PersonBrief, row: Grant, said: str) -> None:
    facts = {
        "grant": row.pk, "person": row.person_id, "benefit": row.benefit, "key": row.key,
        "due_month": str(Month.from_number(row.due_month)), "amount_fen": row.amount_fen, "rule": row.rule,
        "inputs": row.inputs, "standards": row.standards, "state": str(row.state),
    }  # fmt: skip
    trail.record(
        actor=actor,
        action=action,
        subject_kind="person",
        subject_id=brief.id,
        summary=f"档案 {brief.number}：{said}",
        after_digest=digest(facts),
        detail=facts,
    )
