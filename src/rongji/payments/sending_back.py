"""Writes: an approver sends a proposed run back to who made it, with a note on what is to be looked at."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.refusals import NamedUserNeeded, ReasonNeeded
from rongji.accounts.types import Actor
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.payments.models import PaymentRun
from rongji.payments.policies import APPROVE_RUN
from rongji.payments.refusals import ApproverIsMaker, StepNotPossible
from rongji.payments.runs import run_numbered
from rongji.payments.types import RUN_STATE_LABELS, RunState


def send_back_run(*, actor: Actor, run_id: int, note: str) -> None:
    """Give a proposed run back: it stands as computed again, its content and digest as they were.

    What others had approved of it no longer counts and is asked for anew; the trail keeps who had said yes.
    Raises: NotAllowed, NamedUserNeeded, ReasonNeeded, RunUnknown, StepNotPossible, ApproverIsMaker.
    """
    if actor.user_id is None:
        raise NamedUserNeeded(action="退回")
    said = note.strip()
    if not said:
        raise ReasonNeeded(step="退回")
    with transaction.atomic():
        run = _held(run_id)
        guard(actor, APPROVE_RUN, run.payroll)
        if run.state != RunState.PROPOSED:
            state = RUN_STATE_LABELS[RunState(run.state)]
            raise StepNotPossible(run=run.pk, state=state, step="退回", advice="只有提请审批的批次可以退回。")
        if actor.user_id in (run.made_by_id, run.proposed_by_id):
            raise ApproverIsMaker(actor=actor.label, run=run.pk)
        _give_back(actor, run, said)


def _held(run_id: int) -> PaymentRun:
    """The run, held for writing until the end of the transaction."""
    trail.lock_head()
    run_numbered(run_id)
    return PaymentRun.objects.select_related("payroll").select_for_update(of=("self",)).get(pk=run_id)


def _give_back(actor: Actor, run: PaymentRun, note: str) -> None:
    withdrawn = list(run.approvals.values_list("approver__username", flat=True))
    run.approvals.all().delete()
    run.state, run.proposed_by, run.proposed_at, run.approvals_needed = RunState.COMPUTED, None, None, 0
    run.save(update_fields=["state", "proposed_by", "proposed_at", "approvals_needed"])
    trail.record(
        actor=actor,
        action="payments.send_back_run",
        subject_kind="payment_run",
        subject_id=run.pk,
        summary=f"退回发放批次 {run.pk}：{note}",
        after_digest=run.content_digest,
        detail={
            "note": note,
            "pay_month": str(Month.from_number(run.pay_month)),
            "pay": yuan(run.pay_fen),
            "approvals_withdrawn": withdrawn,
        },
    )
