"""Brings payments and their run level with what the bank has said of their items."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet, Sum

from rongji.accounts.bulk import update
from rongji.payments.bank.states import Standing, together
from rongji.payments.models import BankBatch, BatchItem, Payment, PaymentRun, RunBudget
from rongji.payments.types import PaymentState, RunState

_WAITING = (PaymentState.PLANNED, PaymentState.SENT, PaymentState.UNKNOWN)


def level_payments(payment_ids: Iterable[int]) -> None:
    """State, amount that arrived and the bank's last word of these payments, out of their items."""
    wanted = list(payment_ids)
    _level(BatchItem.objects.filter(payment_id__in=wanted), Payment.objects.filter(pk__in=wanted))


def level_batch(batch: BankBatch) -> None:
    """The same for every payment of a batch, whatever other batches it was in."""
    own = BatchItem.objects.filter(batch=batch).values("payment_id")
    _level(BatchItem.objects.filter(payment_id__in=own), Payment.objects.filter(pk__in=own))


def _level(items: QuerySet[BatchItem], payments: QuerySet[Payment]) -> None:
    standings: dict[int, list[Standing]] = defaultdict(list)
    last_words: dict[int, str] = {}
    for payment, state, paid, reason in items.order_by("batch__attempt").values_list(
        "payment_id", "state", "paid_fen", "reason"
    ):
        standings[payment].append(Standing(PaymentState(state), paid))
        last_words[payment] = reason
    rows = payments.exclude(state=PaymentState.CANCELLED).order_by().values_list("id", "amount_fen")
    levelled = ((together(standings[number], amount), number) for number, amount in list(rows))
    cells = ((found.state.value, found.paid_fen, last_words[number], number) for found, number in levelled)
    update(Payment, ("state", "paid_fen", "reason"), cells)


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
