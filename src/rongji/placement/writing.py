"""How every write of placement begins and ends: permission first, one transaction under the trail's lock, one entry."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import Policy, guard
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.placement.models import Candidate, Cohort
from rongji.placement.refusals import CandidateUnknown, CohortStep, CohortUnknown
from rongji.placement.types import COHORT_LABELS, CohortState

AT_ONCE = 500
_HINTS = {
    CohortState.PREPARING: "请先核算、确认并公示积分",
    CohortState.PUBLISHED: "积分已经公示，要改请先撤回公示",
    CohortState.CHOOSING: "选岗会正在进行",
    CohortState.FINISHED: "选岗会已经结束",
}


@contextmanager
def on_cohort(
    *, actor: Actor, cohort_id: int, policy: Policy, states: tuple[CohortState, ...] = (), step: str = ""
) -> Iterator[Cohort]:
    """The cohort, held for writing until the end of the transaction that this opens; states: those that bear the step.

    Raises: CohortUnknown, NotAllowed, CohortStep.
    """
    _guard(actor, cohort_id, policy)
    with transaction.atomic():
        trail.lock_head()
        cohort = Cohort.objects.select_for_update().get(pk=cohort_id)
        refuse_state(cohort, states, step)
        yield cohort


@contextmanager
def on_candidate(
    *, actor: Actor, candidate_id: int, policy: Policy, states: tuple[CohortState, ...] = (), step: str = ""
) -> Iterator[Candidate]:
    """The candidate, held for writing; states: of the cohort, those that bear the step.

    Raises: CandidateUnknown, NotAllowed, CohortStep.
    """
    cohort_id = Candidate.objects.filter(pk=candidate_id).values_list("cohort", flat=True).first()
    if cohort_id is None:
        raise CandidateUnknown(candidate=candidate_id)
    with on_cohort(actor=actor, cohort_id=cohort_id, policy=policy, states=states, step=step):
        yield Candidate.objects.select_related("cohort", "person").get(pk=candidate_id)


def refuse_state(cohort: Cohort, states: tuple[CohortState, ...], step: str) -> None:
    """Refuse a step that the state of the cohort does not bear. Raises: CohortStep."""
    state = CohortState(cohort.state)
    if states and state not in states:
        raise CohortStep(title=cohort.title, state=COHORT_LABELS[state], step=step, hint=_HINTS[state])


def record(actor: Actor, action: str, cohort: Cohort, said: str, facts: Mapping[str, Any]) -> None:
    """One entry of the trail, about the cohort."""
    trail.record(
        actor=actor,
        action=f"placement.{action}",
        subject_kind="placement",
        subject_id=cohort.pk,
        summary=f"{cohort.title}：{said}",
        after_digest=digest(dict(facts)),
        detail={"cohort": cohort.pk, **facts},
    )


def update_many(rows: Sequence[Any], fields: Sequence[str]) -> None:
    """Write some fields of many rows that stand already: one statement for some hundreds, however many fields."""
    for start in range(0, len(rows), AT_ONCE):
        type(rows[0]).objects.bulk_create(
            rows[start : start + AT_ONCE], update_conflicts=True, unique_fields=["id"], update_fields=fields
        )


def _guard(actor: Actor, cohort_id: int, policy: Policy) -> None:
    found = Cohort.objects.filter(pk=cohort_id).first()
    if found is None:
        raise CohortUnknown(cohort=cohort_id)
    guard(actor, policy, found.scope)
