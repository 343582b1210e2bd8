"""Brings payments and their run level with what the bank has said of their items."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Sum

from rongji.payments.bank.states import Standing, together
from rongji.payments.bulk import update_rows
from rongji.payments.models import BatchItem, Payment, PaymentRun, RunBudget
from rongji.payments.types import PaymentState, RunState

CHUNK = 500
_WAITING = (PaymentState.PLANNED, PaymentState.SENT, PaymentState.UNKNOWN)


def level_payments(payment_ids: Iterable[int]) -> None:
    """State, amount that arrived and the bank's last word of these payments, out of their items."""
    wanted = sorted(set(payment_ids))
    for start in range(0, len(wanted), CHUNK):
        _level(wanted[start : start + CHUNK])


def _level(payment_ids: list[int]) -> None:
    items: dict[int, list[BatchItem]] = defaultdict(list)
    for item in BatchItem.objects.filter(payment_id__in=payment_ids).order_by("batch__attempt"):
        items[item.payment_id].append(item)
    payments = list(Payment.objects.filter(pk__in=payment_ids).exclude(state=PaymentState.CANCELLED))
    for payment in payments:
        own = items[payment.pk]
        standing = together([Standing(PaymentState(item.state), item.paid_fen) for item in own], payment.amount_fen)
        payment.state, payment.paid_fen, payment.reason = standing.state, standing.paid_fen, own[-1].reason
    update_rows(payments, ["state", "paid_fen", "reason"])


def level_run(run: PaymentRun) -> None:
    """Sent while a payment waits for its answer, settled when none does, posted when all has arrived and is booked."""
    payments = Payment.objects.filter(run=run, amount_fen__gt=0).exclude(state=PaymentState.CANCELLED)
    if not run.batches.exists():
        return
    state = RunState.SENT if payments.filter(state__in=_WAITING).exists() else RunState.SETTLED
    if state == RunState.SETTLED and not payments.exclude(state=PaymentState.PAID).exists():
        arrived = payments.aggregate(fen=Sum("paid_fen"))["fen"] or 0
        booked = RunBudget.objects.filter(run=run).aggregate(fen=Sum("posted_fen"))["fen"] or 0
        state = RunState.POSTED if arrived and arrived == booked else state
    if run.state != state:
        run.state = state
        run.save(update_fields=["state"])
