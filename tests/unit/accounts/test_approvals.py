"""The two-person rule: one proposes, another decides, on exactly what was shown."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from rongji.accounts.approvals import (
    Subject,
    open_proposal,
    perform,
    proposals_waiting_for,
    propose,
    standing_approval,
)
from rongji.accounts.models import Approval, TrailEntry
from rongji.accounts.policies import Policy
from rongji.accounts.refusals import (
    AlreadyProposed,
    ApprovalUnknown,
    ChangedSinceProposed,
    NamedUserNeeded,
    NotAllowed,
    OnlyMakerWithdraws,
    ReasonNeeded,
    SamePerson,
    StepNotPossible,
)
from rongji.accounts.types import Role, Scope
from rongji.kernel.digest import digest

pytestmark = pytest.mark.django_db
MAKE = Policy("test.propose_report", "提请定稿", frozenset({Role.FINANCE, Role.DIRECTOR}))
DECIDE = Policy("test.approve_report", "审批定稿", frozenset({Role.DIRECTOR}))
REPORT = Subject("report", "yl-2021", "2021 年自评报告", Scope("/1/", "430104"), digest({"version": 1}))
CHANGED = replace(REPORT, digest=digest({"version": 2}))


@pytest.fixture
def proposal(actor):
    """A finance officer asks for the report to be finalised."""
    maker = actor("finance")
    number = propose(actor=maker, policy=MAKE, subject=REPORT, action="定稿", note="请审")
    return maker, number


def test_another_person_approves(proposal, actor):
    """Proposed by finance, approved by the director; both steps are in the trail."""
    _, number = proposal
    perform(actor=actor("director"), policy=DECIDE, approval_id=number, step="approve", subject=REPORT)
    approval = standing_approval(subject_kind="report", subject_id="yl-2021", action="定稿", digest=REPORT.digest)
    assert approval is not None
    assert approval.proposed_by_id != approval.decided_by_id
    steps = TrailEntry.objects.filter(subject_kind="report").order_by("sequence")
    assert [(row.action, row.after_digest) for row in steps] == [
        ("approvals.propose", REPORT.digest),
        ("approvals.approve", REPORT.digest),
    ]


def test_the_maker_does_not_approve_his_own_proposal(actor):
    """Even when his role would let him decide on everybody else's."""
    director = actor("director")
    number = propose(actor=director, policy=MAKE, subject=REPORT, action="定稿")
    with pytest.raises(SamePerson, match="不能审批自己提请的事项"):
        perform(actor=director, policy=DECIDE, approval_id=number, step="approve", subject=REPORT)
    with pytest.raises(SamePerson):
        perform(actor=director, policy=DECIDE, approval_id=number, step="reject", subject=REPORT, note="不行")


@pytest.mark.parametrize("state", ["approved", "rejected"])
def test_the_database_itself_refuses_maker_as_checker(proposal, state):
    """A CHECK constraint holds the rule against code that goes past the service."""
    maker, number = proposal
    with pytest.raises(IntegrityError, match="approval_maker_is_not_checker"), transaction.atomic():
        Approval.objects.filter(pk=number).update(state=state, decided_by_id=maker.user_id, decided_at=maker.at)


def test_the_database_refuses_a_decision_by_nobody(proposal):
    """Approved without a checker would slip through a comparison with NULL."""
    with pytest.raises(IntegrityError, match="approval_maker_is_not_checker"), transaction.atomic():
        Approval.objects.filter(pk=proposal[1]).update(state="approved")


def test_what_changed_since_the_proposal_is_not_approved(proposal, actor):
    """The digest of what is there now must be the digest of what was proposed; rejecting stays possible."""
    _, number = proposal
    director = actor("director")
    with pytest.raises(ChangedSinceProposed, match="提请之后又有改动"):
        perform(actor=director, policy=DECIDE, approval_id=number, step="approve", subject=CHANGED)
    perform(actor=director, policy=DECIDE, approval_id=number, step="reject", subject=CHANGED, note="请重新提请")
    assert open_proposal(subject_kind="report", subject_id="yl-2021", action="定稿") is None


def test_an_approval_does_not_stand_for_later_content(proposal, actor):
    """Changed after the approval: there is no approval of that."""
    _, number = proposal
    perform(actor=actor("director"), policy=DECIDE, approval_id=number, step="approve", subject=REPORT)
    query = {"subject_kind": "report", "subject_id": "yl-2021", "action": "定稿"}
    assert standing_approval(**query, digest=CHANGED.digest) is None


STEPS = [
    ("approve", "approve", StepNotPossible),
    ("approve", "reject", StepNotPossible),
    ("reject", "approve", StepNotPossible),
    ("reject", "reject", StepNotPossible),
]


@pytest.mark.parametrize(("first", "second", "refusal"), STEPS)
def test_what_is_decided_stays_decided(proposal, actor, first, second, refusal):
    """No second decision, in whatever order."""
    _, number = proposal
    director = actor("director")
    perform(actor=director, policy=DECIDE, approval_id=number, step=first, subject=REPORT, note="理由")
    with pytest.raises(refusal):
        perform(actor=director, policy=DECIDE, approval_id=number, step=second, subject=REPORT, note="理由")


def test_a_rejection_says_why(proposal, actor):
    """A blank reason is none."""
    with pytest.raises(ReasonNeeded, match="“退回”必须写明理由"):
        perform(
            actor=actor("director"), policy=DECIDE, approval_id=proposal[1], step="reject", subject=REPORT, note=" "
        )


def test_only_the_maker_withdraws(proposal, actor):
    """And having withdrawn may propose again."""
    maker, number = proposal
    with pytest.raises(OnlyMakerWithdraws):
        perform(actor=actor("director"), policy=DECIDE, approval_id=number, step="withdraw", subject=REPORT)
    perform(actor=maker, policy=MAKE, approval_id=number, step="withdraw", subject=REPORT)
    assert propose(actor=maker, policy=MAKE, subject=CHANGED, action="定稿") != number


def test_one_open_proposal_per_subject_and_act(proposal, actor):
    """In the service with a sentence, and in the database."""
    with pytest.raises(AlreadyProposed):
        propose(actor=actor("finance"), policy=MAKE, subject=REPORT, action="定稿")
    row = Approval.objects.get(pk=proposal[1])
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_the_role_is_asked_first(proposal, actor):
    """A clerk neither proposes nor decides; a director of another bureau does not decide here."""
    with pytest.raises(NotAllowed):
        propose(actor=actor("clerk"), policy=MAKE, subject=REPORT, action="公开")
    with pytest.raises(NotAllowed):
        elsewhere = actor("director", area="430112")
        perform(actor=elsewhere, policy=DECIDE, approval_id=proposal[1], step="approve", subject=REPORT)


def test_an_operator_without_an_account_approves_nothing(proposal, actor):
    """An approval is a named person's."""
    nameless = replace(actor("director"), user_id=None)
    with pytest.raises(NamedUserNeeded):
        perform(actor=nameless, policy=DECIDE, approval_id=proposal[1], step="approve", subject=REPORT)
    with pytest.raises(NamedUserNeeded):
        propose(actor=nameless, policy=MAKE, subject=REPORT, action="公开")


def test_a_proposal_is_decided_with_its_own_subject(proposal, actor):
    """The number of one proposal with the subject of another is no proposal."""
    other = replace(REPORT, id="yl-2022")
    with pytest.raises(ApprovalUnknown):
        perform(actor=actor("director"), policy=DECIDE, approval_id=proposal[1], step="approve", subject=other)


def test_what_waits_for_me_is_in_my_scope_and_not_mine(proposal, actor):
    """The director's list; the maker's own proposals are not on it."""
    maker, number = proposal
    assert [row.pk for row in proposals_waiting_for(actor("director"), DECIDE)] == [number]
    assert proposals_waiting_for(actor("director", area="430112"), DECIDE) == ()
    assert proposals_waiting_for(maker, MAKE) == ()
