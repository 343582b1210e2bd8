"""Writes of objectives: draft, propose after the four criteria, decide by another person."""

from django.db import transaction
from django.db.models import Max

from rongji.accounts import approvals, trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor, Scope
from rongji.checks.target_quality import assess_target
from rongji.kernel.digest import digest
from rongji.kernel.finding import Finding, Verdict
from rongji.performance.objectives.content import Objectives, as_content, differences, from_content
from rongji.performance.objectives.models import ObjectiveVersion
from rongji.performance.objectives.policies import APPROVE_OBJECTIVES, DRAFT_OBJECTIVES
from rongji.performance.objectives.refusals import NoOpenDraft, NothingChanged, ReasonForChangeNeeded, TargetsNotReady

State = ObjectiveVersion.State
LISTED = 20


def draft_objectives(*, actor: Actor, bureau: str, year: int, objectives: Objectives, reason: str = "") -> int:
    """Write or rewrite the open draft; returns its version number.

    Raises: NotAllowed, ReasonForChangeNeeded when a version is in force, NothingChanged.
    """
    guard(actor, DRAFT_OBJECTIVES, organisation(bureau))
    content = as_content(objectives)
    with transaction.atomic():
        trail.lock_head()
        versions = ObjectiveVersion.objects.select_for_update().filter(bureau=bureau, year=year)
        in_force = versions.filter(state=State.APPROVED).first()
        if in_force and not reason.strip():
            raise ReasonForChangeNeeded(year=year)
        if in_force and in_force.content == content:
            raise NothingChanged(version=in_force.version)
        draft = versions.filter(state=State.DRAFT).first()
        before = draft.digest if draft else ""
        if draft is None:
            top = versions.aggregate(top=Max("version"))["top"] or 0
            draft = ObjectiveVersion(bureau=bureau, year=year, version=top + 1)
        draft.content, draft.digest, draft.reason = content, digest(content), reason
        draft.drafted_at, draft.drafted_by = actor.at, actor.label
        draft.save()
        trail.record(
            actor=actor,
            action="performance.draft_objectives",
            subject_kind="objectives",
            subject_id=f"{bureau}/{year}",
            summary=f"起草 {year} 年绩效目标第 {draft.version} 版",
            before_digest=before,
            after_digest=draft.digest,
            detail={"changes": differences(in_force.content, content)[:LISTED] if in_force else []},
        )
    return draft.version


def review_targets(objectives: Objectives) -> tuple[Finding, ...]:
    """What the four criteria say of every indicator, with how to rewrite it."""
    return tuple(finding for item in objectives.indicators for finding in assess_target(item))


def propose_objectives(*, actor: Actor, bureau: str, year: int) -> int:
    """Submit the draft for approval; the four criteria must hold.

    Returns the number of the proposal. Raises: NotAllowed, NoOpenDraft, TargetsNotReady.
    """
    scope = organisation(bureau).scope
    guard(actor, DRAFT_OBJECTIVES, scope)
    with transaction.atomic():
        trail.lock_head()
        draft = _open(bureau, year, State.DRAFT)
        bad = [f for f in review_targets(from_content(draft.content)) if f.verdict is Verdict.DEFECT]
        if bad:
            listing = "\n".join(f"· {finding.explanation}{finding.remedy}" for finding in bad[:LISTED])
            raise TargetsNotReady(count=len(bad), listing=listing)
        draft.state = State.PROPOSED
        draft.approval_id = approvals.propose(
            actor=actor,
            policy=DRAFT_OBJECTIVES,
            subject=_subject(draft, scope),
            action="批复绩效目标",
            note=draft.reason,
        )
        draft.save()
    return draft.approval_id


def decide_objectives(*, actor: Actor, bureau: str, year: int, approve: bool, note: str = "") -> None:
    """Approve the proposed version, which replaces the one in force, or send it back to be drafted again.

    Raises: NotAllowed, NoOpenDraft, SamePerson, ChangedSinceProposed.
    """
    scope = organisation(bureau).scope
    with transaction.atomic():
        trail.lock_head()
        version = _open(bureau, year, State.PROPOSED)
        approvals.perform(
            actor=actor,
            policy=APPROVE_OBJECTIVES,
            approval_id=version.approval_id or 0,
            step="approve" if approve else "reject",
            subject=_subject(version, scope),
            note=note,
        )
        if approve:
            ObjectiveVersion.objects.filter(bureau=bureau, year=year, state=State.APPROVED).update(
                state=State.SUPERSEDED
            )
            version.decided_on = actor.day
        version.state = State.APPROVED if approve else State.DRAFT
        version.save()


def _open(bureau: str, year: int, state: State) -> ObjectiveVersion:
    found = ObjectiveVersion.objects.select_for_update().filter(bureau=bureau, year=year, state=state).first()
    if found is None:
        raise NoOpenDraft(year=year, state=state.label)
    return found


def _subject(version: ObjectiveVersion, scope: Scope) -> approvals.Subject:
    label = f"{version.year} 年绩效目标第 {version.version} 版"
    return approvals.Subject("objectives", str(version.pk), label, scope, digest(version.content))
