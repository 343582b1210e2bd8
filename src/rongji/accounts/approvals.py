"""The two-person rule: one person proposes an act on a subject, another one decides.

Generic: finalising a report, a budget adjustment, a change of objectives. What is approved is named by a digest,
so that nobody approves something else than what was shown.
"""

from dataclasses import dataclass
from typing import Literal

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.models import Approval
from rongji.accounts.models.approval import ApprovalState
from rongji.accounts.policies import Policy, guard
from rongji.accounts.refusals import (
    AlreadyProposed,
    ApprovalUnknown,
    ChangedSinceProposed,
    NamedUserNeeded,
    OnlyMakerWithdraws,
    ReasonNeeded,
    SamePerson,
    StepNotPossible,
)
from rongji.accounts.types import Actor, Scope

Step = Literal["approve", "reject", "withdraw"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is proposed and approved: a version of a report, an adjustment, an objective.

    digest: of the content as it stands now (`rongji.kernel.digest`).
    """

    kind: str
    id: str
    label: str
    scope: Scope
    digest: str


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of the state table."""

    after: ApprovalState
    by_maker: bool
    needs_same_content: bool
    needs_reason: bool
    label: str


TRANSITIONS: dict[tuple[ApprovalState, Step], Transition] = {
    (ApprovalState.PROPOSED, "approve"): Transition(ApprovalState.APPROVED, False, True, False, "批准"),
    (ApprovalState.PROPOSED, "reject"): Transition(ApprovalState.REJECTED, False, False, True, "退回"),
    (ApprovalState.PROPOSED, "withdraw"): Transition(ApprovalState.WITHDRAWN, True, False, False, "撤回"),
}
STEP_LABELS: dict[str, str] = {step: row.label for (_, step), row in TRANSITIONS.items()}


def propose(*, actor: Actor, policy: Policy, subject: Subject, action: str, note: str = "") -> int:
    """Ask for an act on a subject; returns the number of the proposal.

    Raises: NotAllowed, NamedUserNeeded, AlreadyProposed.
    """
    guard(actor, policy, subject)
    if actor.user_id is None:
        raise NamedUserNeeded(action="提请审批")
    with transaction.atomic():
        trail.lock_head()
        open_ones = Approval.objects.filter(
            subject_kind=subject.kind, subject_id=subject.id, action=action, state=ApprovalState.PROPOSED
        )
        if open_ones.exists():
            raise AlreadyProposed(subject=subject.label, action=action)
        row = Approval.objects.create(
            subject_kind=subject.kind,
            subject_id=subject.id,
            subject_label=subject.label,
            scope_path=subject.scope.path,
            scope_area=subject.scope.area,
            action=action,
            digest=subject.digest,
            proposed_by_id=actor.user_id,
            proposed_at=actor.at,
            proposal_note=note,
        )
        _record(actor, row, "propose", f"提请“{subject.label}”{action}", note)
    return row.pk


def perform(*, actor: Actor, policy: Policy, approval_id: int, step: Step, subject: Subject, note: str = "") -> None:
    """Approve, reject or withdraw a proposal. The caller carries out the approved act in the same transaction.

    policy: who may decide (who may propose, when withdrawing); subject: as it stands now.
    Raises: NotAllowed, NamedUserNeeded, ApprovalUnknown, StepNotPossible, SamePerson, OnlyMakerWithdraws,
    ReasonNeeded, ChangedSinceProposed.
    """
    guard(actor, policy, subject)
    if actor.user_id is None:
        raise NamedUserNeeded(action=STEP_LABELS[step])
    with transaction.atomic():
        row = Approval.objects.select_for_update().filter(pk=approval_id).first()
        if row is None or (row.subject_kind, row.subject_id) != (subject.kind, subject.id):
            raise ApprovalUnknown(approval=approval_id)
        transition = _transition(row, step)
        _refuse_wrong_person(actor, row, transition)
        _refuse_wrong_content(row, transition, subject, note)
        row.state = transition.after
        row.decided_by_id, row.decided_at, row.note = actor.user_id, actor.at, note
        row.save()
        _record(actor, row, step, f"{transition.label}“{row.subject_label}”{row.action}", note)


def standing_approval(*, subject_kind: str, subject_id: str, action: str, digest: str) -> Approval | None:
    """The latest approval of exactly this content, or None."""
    rows = Approval.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, action=action, state=ApprovalState.APPROVED, digest=digest
    )
    return rows.select_related("proposed_by", "decided_by").order_by("-decided_at").first()


def open_proposal(*, subject_kind: str, subject_id: str, action: str) -> Approval | None:
    """The proposal that waits for a decision, or None."""
    return Approval.objects.filter(
        subject_kind=subject_kind, subject_id=subject_id, action=action, state=ApprovalState.PROPOSED
    ).first()


def proposals_waiting_for(actor: Actor, policy: Policy) -> tuple[Approval, ...]:
    """What the actor may decide now: in scope, and proposed by somebody else."""
    in_scope = policy.scope_filter(actor, path_field="scope_path", area_field="scope_area")
    rows = Approval.objects.filter(in_scope, state=ApprovalState.PROPOSED).exclude(proposed_by_id=actor.user_id)
    return tuple(rows.select_related("proposed_by"))


def history_of_approvals(*, subject_kind: str, subject_id: str) -> tuple[Approval, ...]:
    """Every proposal about a subject, newest first."""
    rows = Approval.objects.filter(subject_kind=subject_kind, subject_id=subject_id)
    return tuple(rows.select_related("proposed_by", "decided_by"))


def _transition(row: Approval, step: Step) -> Transition:
    found = TRANSITIONS.get((ApprovalState(row.state), step))
    if found is None:
        raise StepNotPossible(state=ApprovalState(row.state).label, step=STEP_LABELS[step])
    return found


def _refuse_wrong_person(actor: Actor, row: Approval, transition: Transition) -> None:
    is_maker = actor.user_id == row.proposed_by_id
    if transition.by_maker and not is_maker:
        raise OnlyMakerWithdraws
    if not transition.by_maker and is_maker:
        raise SamePerson(actor=actor.label)


def _refuse_wrong_content(row: Approval, transition: Transition, subject: Subject, note: str) -> None:
    if transition.needs_reason and not note.strip():
        raise ReasonNeeded(step=transition.label)
    if transition.needs_same_content and subject.digest != row.digest:
        raise ChangedSinceProposed(subject=row.subject_label)


def _record(actor: Actor, row: Approval, step: str, summary: str, note: str) -> None:
    trail.record(
        actor=actor,
        action=f"approvals.{step}",
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        summary=summary,
        after_digest=row.digest,
        detail={"approval": row.pk, "action": row.action, "state": str(row.state), "note": note},
    )
