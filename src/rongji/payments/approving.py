"""Writes: propose a run and approve it. As many others as its amount asks for say yes to exactly this content; the last
yes takes the money out of the budget, and from then on its lines count as settled."""

from datetime import date

from django.db import transaction
from django.db.models import F

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.refusals import NamedUserNeeded
from rongji.accounts.types import Actor
from rongji.kernel.fen import FEN_PER_YUAN, yuan
from rongji.kernel.month import Month
from rongji.law.values import find, table_named
from rongji.payments.content import check_sums, content_digest
from rongji.payments.funding import reserve_budget, split_of
from rongji.payments.models import PaymentRun, Recovery, RecoveryEntry, RunApproval
from rongji.payments.policies import APPROVE_RUN, PROPOSE_RUN
from rongji.payments.refusals import (
    ApprovedAlready,
    ApproverIsMaker,
    RecoveryChanged,
    RunChanged,
    StepNotPossible,
)
from rongji.payments.runs import Progress, run_numbered
from rongji.payments.types import RUN_STATE_LABELS, RecoveryState, RunState

_LEVELS = "payments.approval_levels"


def propose_run(*, actor: Actor, run_id: int, note: str = "") -> int:
    """Ask for approval of a run as it stands; returns how many approvers its amount asks for.

    Raises: NotAllowed, NamedUserNeeded, RunUnknown, StepNotPossible, RunChanged, RunDoesNotAddUp, FundingNotInForce.
    """
    if actor.user_id is None:
        raise NamedUserNeeded(action="提请审批")
    with transaction.atomic():
        run = _held(run_id)
        guard(actor, PROPOSE_RUN, run.payroll)
        if run.state != RunState.COMPUTED:
            raise _not_possible(run, "提请审批", "只有刚核算的批次可以提请。")
        _refuse_changed(run)
        split_of(run, run.payments.all())  # nobody is asked to approve what no level of government bears
        run.state, run.proposed_by_id, run.proposed_at = RunState.PROPOSED, actor.user_id, actor.at
        run.approvals_needed = approvers_needed(run.pay_fen, run.payroll.area, on=actor.day, known_on=actor.day)
        run.save(update_fields=["state", "proposed_by", "proposed_at", "approvals_needed"])
        said = f"提请审批发放批次 {run.pk}，需 {run.approvals_needed} 人审批"
        _record(actor, "payments.propose_run", run, said, {"approvals_needed": run.approvals_needed, "note": note})
    return run.approvals_needed


def approve_run(*, actor: Actor, run_id: int, note: str = "", progress: Progress | None = None) -> bool:
    """Say yes to a run; returns whether it is approved now, or waits for others.

    With the last yes the budget is checked and taken, recoveries come down, and the lines count as settled.
    Raises: NotAllowed, NamedUserNeeded, RunUnknown, StepNotPossible, ApproverIsMaker, ApprovedAlready, RunChanged,
    RunDoesNotAddUp, NoBudgetLine, BudgetTooSmall, FundingNotInForce, RecoveryChanged.
    """
    if actor.user_id is None:
        raise NamedUserNeeded(action="审批")
    tell = progress or (lambda _step, _done: None)
    with transaction.atomic():
        run = _held(run_id)
        guard(actor, APPROVE_RUN, run.payroll)
        if run.state != RunState.PROPOSED:
            raise _not_possible(run, "审批", "只有提请审批的批次可以审批。")
        given = _refuse_approver(actor, run)
        _refuse_changed(run)
        tell("checked", 0)
        RunApproval.objects.create(
            run=run, level=given + 1, maker_id=run.proposed_by_id, approver_id=actor.user_id,
            content_digest=run.content_digest, approved_at=actor.at, note=note,
        )  # fmt: skip
        tell("signed", given + 1)
        is_last = given + 1 >= run.approvals_needed
        if is_last:
            _settle(run, actor.day, tell)
        said = f"审批发放批次 {run.pk}（第 {given + 1} 人，共需 {run.approvals_needed} 人）"
        _record(actor, "payments.approve_run", run, said, {"level": given + 1, "is_last": is_last, "note": note})
        tell("recorded", given + 1)
    return is_last


def approvers_needed(pay_fen: int, area: str, *, on: date, known_on: date) -> int:
    """How many people other than its maker have to approve a run of that amount, as the law of the area has it."""
    table = table_named(_LEVELS, region=area)
    needed = 1
    for (approvers,) in table.by_key:
        row = find(_LEVELS, on=on, known_on=known_on, region=area, approvers=approvers)
        if row is not None and pay_fen >= int(row.value) * FEN_PER_YUAN:
            needed = max(needed, int(approvers))
    return needed


def _settle(run: PaymentRun, on: date, tell: Progress) -> None:
    reserve_budget(run, on)
    tell("budget", 0)
    for entry in RecoveryEntry.objects.filter(run=run).select_related("recovery"):
        _refuse_overtaken(run, entry)
        Recovery.objects.filter(pk=entry.recovery_id).update(recovered_fen=F("recovered_fen") + entry.amount_fen)
    Recovery.objects.filter(entries__run=run, recovered_fen=F("amount_fen")).update(state=RecoveryState.SETTLED)
    tell("recoveries", 0)
    run.state = RunState.APPROVED
    run.save(update_fields=["state"])
    tell("approved", 0)


def _held(run_id: int) -> PaymentRun:
    """The run, held for writing until the end of the transaction."""
    trail.lock_head()
    run_numbered(run_id)
    return PaymentRun.objects.select_related("payroll").select_for_update(of=("self",)).get(pk=run_id)


def _refuse_approver(actor: Actor, run: PaymentRun) -> int:
    """How many have approved so far; none of them is this one, nor who computed or proposed it."""
    if actor.user_id in (run.made_by_id, run.proposed_by_id):
        raise ApproverIsMaker(actor=actor.label, run=run.pk)
    given = list(run.approvals.values_list("approver_id", flat=True))
    if actor.user_id in given:
        raise ApprovedAlready(actor=actor.label, run=run.pk, left=run.approvals_needed - len(given))
    return len(given)


def _refuse_overtaken(run: PaymentRun, entry: RecoveryEntry) -> None:
    """A deduction planned while somebody wrote down a repayment may be more than is left to come back."""
    left = entry.recovery.amount_fen - entry.recovery.recovered_fen
    if entry.amount_fen > left:
        raise RecoveryChanged(run=run.pk, recovery=entry.recovery_id, planned=yuan(entry.amount_fen), left=yuan(left))


def _refuse_changed(run: PaymentRun) -> None:
    now = content_digest(run)
    if now != run.content_digest:
        raise RunChanged(run=run.pk, now=now[:8], then=run.content_digest[:8])
    check_sums(run)


def _not_possible(run: PaymentRun, step: str, advice: str) -> StepNotPossible:
    return StepNotPossible(run=run.pk, state=RUN_STATE_LABELS[RunState(run.state)], step=step, advice=advice)


def _record(actor: Actor, action: str, run: PaymentRun, said: str, facts: dict) -> None:
    amounts = {"pay_month": str(Month.from_number(run.pay_month)), "pay": yuan(run.pay_fen)}
    trail.record(
        actor=actor,
        action=action,
        subject_kind="payment_run",
        subject_id=run.pk,
        summary=f"{said}，实发 {yuan(run.pay_fen)} 元",
        after_digest=run.content_digest,
        detail={**facts, **amounts},
    )
