"""What people decide about payments: what became of one the bank left open, and taking back one that never went."""

from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.kernel.fen import yuan
from rongji.payments.bank.batches import batch_named
from rongji.payments.bank.policies import CANCEL_PAYMENT, SETTLE_UNKNOWN
from rongji.payments.bank.refusals import (
    EvidenceNeeded,
    ItemNotInDoubt,
    ItemUnknown,
    OutcomeUnfit,
    PaymentNotCancellable,
    PaymentUnknown,
    ReasonNeeded,
)
from rongji.payments.bank.standing import level_payments, level_run
from rongji.payments.models import BatchItem, Payment
from rongji.payments.recovering import undo_payments
from rongji.payments.types import PAYMENT_STATE_LABELS, SETTLED_STATES, PaymentState

_EXPECTED = {
    PaymentState.PAID: "等于送盘金额",
    PaymentState.PARTIAL: "大于零、小于送盘金额",
    PaymentState.RETURNED: "为零",
}
_WHY_NOT = {
    PaymentState.SENT: "钱已在银行，请等回盘；退回后再撤销",
    PaymentState.UNKNOWN: "结果不明，请先向银行查明并认定",
    PaymentState.PAID: "钱已到账，多发的请登记收回",
    PaymentState.PARTIAL: "一部分已到账，多发的请登记收回",
    PaymentState.CANCELLED: "它已经撤销过了",
}


def settle_unknown(
    *, actor: Actor, batch_number: str, sequence: int, outcome: PaymentState, evidence: str, paid_fen: int | None = None
) -> None:
    """State what became of a payment that the bank left in doubt, on the strength of a piece of evidence.

    paid_fen: what arrived; only needed when it was a part.
    Raises: NotAllowed, BatchUnknown, ItemUnknown, ItemNotInDoubt, EvidenceNeeded, OutcomeUnfit.
    """
    if not evidence.strip():
        raise EvidenceNeeded()
    with transaction.atomic():
        trail.lock_head()
        batch = batch_named(batch_number)
        guard(actor, SETTLE_UNKNOWN, batch.run.payroll)
        item = batch.items.filter(sequence=sequence).first()
        if item is None:
            raise ItemUnknown(number=batch_number, sequence=sequence)
        if item.state != PaymentState.UNKNOWN:
            label = PAYMENT_STATE_LABELS[PaymentState(item.state)]
            raise ItemNotInDoubt(number=batch_number, sequence=sequence, state=label)
        item.state, item.paid_fen = outcome, _arrived(item, outcome, paid_fen)
        item.reason = f"人工认定：{evidence.strip()}"[:120]
        item.save(update_fields=["state", "paid_fen", "reason"])
        level_payments([item.payment_id])
        level_run(batch.run)
        trail.record(
            actor=actor,
            action="payments.settle_unknown",
            subject_kind="payment_run",
            subject_id=batch.run_id,
            summary=f"认定批次 {batch.number} 第 {sequence} 笔为“{PAYMENT_STATE_LABELS[outcome]}”，"
            f"到账 {yuan(item.paid_fen)} 元",
            detail={"batch": batch.number, "sequence": sequence, "evidence": evidence.strip()},
        )


def _arrived(item: BatchItem, outcome: PaymentState, paid_fen: int | None) -> int:
    full = {PaymentState.PAID: item.amount_fen, PaymentState.RETURNED: 0}
    given = full.get(outcome, 0) if paid_fen is None else paid_fen
    fitting = {
        PaymentState.PAID: given == item.amount_fen,
        PaymentState.PARTIAL: 0 < given < item.amount_fen,
        PaymentState.RETURNED: given == 0,
    }
    if outcome not in fitting or not fitting[outcome]:
        expected = _EXPECTED.get(outcome, "按“发放成功、部分到账、退回”之一认定")
        raise OutcomeUnfit(state=PAYMENT_STATE_LABELS[outcome], expected=expected, given=yuan(given))
    return given


def cancel_payment(*, actor: Actor, payment_id: int, reason: str) -> None:
    """Take back a payment of which nothing is with the bank and nothing has arrived: its lines count as open again,
    its deductions are undone. What is owed is computed anew by the next run, as it is known then.

    Raises: NotAllowed, PaymentUnknown, PaymentNotCancellable, ReasonNeeded.
    """
    if not reason.strip():
        raise ReasonNeeded()
    with transaction.atomic():
        trail.lock_head()
        payment = Payment.objects.select_related("run__payroll").filter(pk=payment_id).first()
        if payment is None:
            raise PaymentUnknown(payment=payment_id)
        guard(actor, CANCEL_PAYMENT, payment.run.payroll)
        before = PaymentState(payment.state)
        if before in _WHY_NOT or payment.run.state not in SETTLED_STATES:
            why = _WHY_NOT.get(before, "所在批次还没有批准，请作废整个批次")
            raise PaymentNotCancellable(payment=payment_id, state=PAYMENT_STATE_LABELS[before], why=why)
        payment.state, payment.cancelled_at = PaymentState.CANCELLED, actor.at
        payment.reason = reason.strip()[:120]
        payment.save(update_fields=["state", "cancelled_at", "reason"])
        undo_payments(payment.run, Payment.objects.filter(pk=payment.pk), actor.day)
        level_run(payment.run)
        trail.record(
            actor=actor,
            action="payments.cancel_payment",
            subject_kind="payment_run",
            subject_id=payment.run_id,
            summary=f"撤销付款 {payment.pk}（{yuan(payment.amount_fen)} 元）：{reason.strip()}",
            detail={"payment": payment.pk, "was": before},
        )
