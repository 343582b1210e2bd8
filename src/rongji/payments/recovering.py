"""Writes: how overpayments come back beside deductions (repaid, planned anew, written off), and payments undone."""

from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.refusals import ReasonNeeded
from rongji.accounts.types import Actor
from rongji.kernel.fen import yuan
from rongji.payments.funding import release_budget
from rongji.payments.models import Payment, PaymentRun, Recovery, RecoveryEntry
from rongji.payments.policies import KEEP_RECOVERY, WRITE_OFF
from rongji.payments.refusals import (
    DeductionTooLarge,
    RecoveryNotOpen,
    RecoveryUnknown,
    RepaymentTooLarge,
    RepaymentUnfit,
)
from rongji.payments.runs import OPEN_STATES, recovery_share
from rongji.payments.settling import part_of
from rongji.payments.types import (
    RECOVERY_STATE_LABELS,
    SETTLED_STATES,
    RecoveryEntryKind,
    RecoveryState,
)


def record_repayment(*, actor: Actor, recovery_id: int, amount_fen: int, repaid_on: date, evidence: str) -> int:
    """Write down that somebody paid back (part of) an overpayment; returns what is still to come, in fen.

    Raises: NotAllowed, RecoveryUnknown, RecoveryNotOpen, RepaymentUnfit, RepaymentTooLarge.
    """
    if amount_fen <= 0 or repaid_on > actor.day:
        raise RepaymentUnfit(amount=yuan(amount_fen), on=repaid_on)
    with transaction.atomic():
        row = _held(recovery_id)
        guard(actor, KEEP_RECOVERY, row.run.payroll)
        _bring_down(row, amount_fen, RecoveryEntryKind.REPAID, repaid_on, evidence)
        left = row.amount_fen - row.recovered_fen
        said = f"登记退回多发款 {yuan(amount_fen)} 元，尚余 {yuan(left)} 元"
        _record(actor, "payments.record_repayment", row, said, {"amount_fen": amount_fen, "repaid_on": str(repaid_on)})
    return left


def write_off(*, actor: Actor, recovery_id: int, reason: str) -> None:
    """Give up what is left of an overpayment.

    Raises: NotAllowed, ReasonNeeded, RecoveryUnknown, RecoveryNotOpen, RepaymentTooLarge.
    """
    if not reason.strip():
        raise ReasonNeeded(step="核销")
    with transaction.atomic():
        row = _held(recovery_id)
        guard(actor, WRITE_OFF, row.run.payroll)
        left = row.amount_fen - row.recovered_fen
        _bring_down(row, left, RecoveryEntryKind.WRITTEN_OFF, actor.day, reason)
        Recovery.objects.filter(pk=row.pk).update(state=RecoveryState.WRITTEN_OFF)
        _record(actor, "payments.write_off", row, f"核销多发款 {yuan(left)} 元：{reason}", {"amount_fen": left})


def plan_recovery(*, actor: Actor, recovery_id: int, monthly_fen: int, reason: str = "") -> None:
    """Set how much a month may be taken off; 0 takes nothing off. Never above the share of the person's last payment.

    Raises: NotAllowed, RecoveryUnknown, RecoveryNotOpen, DeductionTooLarge.
    """
    with transaction.atomic():
        row = _held(recovery_id)
        guard(actor, KEEP_RECOVERY, row.run.payroll)
        share = recovery_share(row.run.payroll.area, actor.day, actor.day)
        most = part_of(_last_gross(row), share)
        if not 0 <= monthly_fen <= most:
            raise DeductionTooLarge(
                amount=yuan(monthly_fen), most=yuan(most), share=f"{share:%}".replace(".000000", "")
            )
        Recovery.objects.filter(pk=row.pk).update(monthly_fen=monthly_fen)
        said = f"多发收回改为每月抵扣至多 {yuan(monthly_fen)} 元{'：' if reason else ''}{reason}"
        _record(actor, "payments.plan_recovery", row, said, {"monthly_fen": monthly_fen})


def undo_payments(run: PaymentRun, payments: QuerySet[Payment], on: date) -> None:
    """Take back what approved payments that were now cancelled had done beside their lines.

    What was taken off them is owed again, and what they held of the budget is free. The caller has cancelled them, in
    the same transaction.
    """
    release_budget(run)
    entries = list(RecoveryEntry.objects.filter(payment__in=payments, undone_on__isnull=True))
    for entry in entries:
        Recovery.objects.filter(pk=entry.recovery_id).update(
            recovered_fen=F("recovered_fen") - entry.amount_fen, state=RecoveryState.OPEN
        )
    RecoveryEntry.objects.filter(pk__in=[entry.pk for entry in entries]).update(undone_on=on)


def _held(recovery_id: int) -> Recovery:
    """An open recovery, held for writing. Raises: RecoveryUnknown, RecoveryNotOpen."""
    trail.lock_head()
    rows = Recovery.objects.select_related("run__payroll").select_for_update(of=("self",))
    row = rows.filter(pk=recovery_id).first()
    if row is None:
        raise RecoveryUnknown(recovery=recovery_id)
    if row.run.state not in SETTLED_STATES:
        raise RecoveryNotOpen(recovery=recovery_id, state="所在的发放批次尚未批准")
    if row.state != RecoveryState.OPEN:
        raise RecoveryNotOpen(recovery=recovery_id, state=RECOVERY_STATE_LABELS[RecoveryState(row.state)])
    return row


def _bring_down(row: Recovery, amount_fen: int, kind: RecoveryEntryKind, on: date, evidence: str) -> None:
    planned = row.entries.filter(run__state__in=OPEN_STATES).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    left = row.amount_fen - row.recovered_fen
    if amount_fen > left - planned:
        raise RepaymentTooLarge(recovery=row.pk, left=yuan(left), planned=yuan(planned), amount=yuan(amount_fen))
    if amount_fen:
        RecoveryEntry.objects.create(recovery=row, kind=kind, amount_fen=amount_fen, recorded_on=on, evidence=evidence)
    row.recovered_fen += amount_fen
    row.state = RecoveryState.SETTLED if row.recovered_fen == row.amount_fen else RecoveryState.OPEN
    row.save(update_fields=["recovered_fen", "state"])


def _last_gross(row: Recovery) -> int:
    payments = Payment.objects.filter(
        run__payroll=row.run.payroll, run__state__in=SETTLED_STATES, person_id=row.person_id, cancelled_at__isnull=True
    )
    last = payments.order_by("-run_id").first()
    return last.amount_fen + last.deducted_fen if last else 0


def _record(actor: Actor, action: str, row: Recovery, said: str, facts: dict) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject_kind="recovery",
        subject_id=row.pk,
        summary=said,
        detail={**facts, "recovery": row.pk, "person": row.person_id, "run": row.run_id},
    )
