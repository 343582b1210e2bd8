"""Sending a proposed run back: by an approver, with a note, once; its content stays and its approvals do not."""

import pytest
from payroll_county import County

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed, ReasonNeeded
from rongji.payments.models import PaymentRun, RunApproval
from rongji.payments.refusals import ApproverIsMaker, RunUnknown, StepNotPossible
from rongji.payments.services import approve_run, propose_run, send_back_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def county(organisation, actor) -> County:
    """The county with one pensioner."""
    made = County.founded(organisation, actor)
    made.pensioner("2023-06-01")
    return made


@pytest.fixture
def proposed(county) -> PaymentRun:
    """A run of July that waits for approval."""
    run = county.computed("2023-07-10", "2023-07")
    propose_run(actor=county.clerk_on("2023-07-10"), run_id=run)
    return PaymentRun.objects.get(pk=run)


def test_a_run_sent_back_stands_as_computed_with_the_same_content(county, proposed):
    """State and digest; who proposed it is asked anew, and the trail says who sent it back and why."""
    send_back_run(actor=county.head, run_id=proposed.pk, note="请核对示例甲的账户")
    back = PaymentRun.objects.get(pk=proposed.pk)
    assert (back.state, back.approvals_needed, back.proposed_by, back.proposed_at) == ("computed", 0, None, None)
    assert back.content_digest == proposed.content_digest
    entry = TrailEntry.objects.get(action="payments.send_back_run")
    assert entry.subject_id == str(proposed.pk) and "请核对示例甲的账户" in entry.summary
    propose_run(actor=county.clerk, run_id=proposed.pk)
    assert approve_run(actor=county.head, run_id=proposed.pk)


def test_approvals_given_before_no_longer_count(county, proposed):
    """Two are needed and one has said yes: after the way back both are asked again."""
    PaymentRun.objects.filter(pk=proposed.pk).update(approvals_needed=2)
    assert not approve_run(actor=county.head, run_id=proposed.pk)
    send_back_run(actor=county.finance, run_id=proposed.pk, note="金额有误")
    assert not RunApproval.objects.exists()
    assert TrailEntry.objects.get(action="payments.send_back_run").detail["approvals_withdrawn"] != []


def test_only_approvers_other_than_the_maker_send_back(county, proposed):
    """A clerk has not the role; finance has, but not for what it proposed itself."""
    with pytest.raises(NotAllowed):
        send_back_run(actor=county.clerk, run_id=proposed.pk, note="有误")
    PaymentRun.objects.filter(pk=proposed.pk).update(proposed_by=county.finance.user_id)
    with pytest.raises(ApproverIsMaker):
        send_back_run(actor=county.finance, run_id=proposed.pk, note="有误")
    assert PaymentRun.objects.get(pk=proposed.pk).state == "proposed"


def test_a_note_is_needed(county, proposed):
    """Blanks are none."""
    with pytest.raises(ReasonNeeded):
        send_back_run(actor=county.head, run_id=proposed.pk, note="  ")
    assert PaymentRun.objects.get(pk=proposed.pk).state == "proposed"


def test_only_what_waits_is_sent_back(county, proposed):
    """A second time, after approval, or a number of no run: refused in words."""
    send_back_run(actor=county.head, run_id=proposed.pk, note="金额有误")
    with pytest.raises(StepNotPossible, match="只有提请审批的批次可以退回"):
        send_back_run(actor=county.head, run_id=proposed.pk, note="再退一次")
    county.approved("2023-07-11", proposed.pk)
    with pytest.raises(StepNotPossible):
        send_back_run(actor=county.head, run_id=proposed.pk, note="太晚了")
    with pytest.raises(RunUnknown):
        send_back_run(actor=county.head, run_id=99_999, note="没有")
