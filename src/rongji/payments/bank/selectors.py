"""Reads of batches, their items and the bank's answers; account numbers only by their last four digits."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.payments.bank.batches import batch_named
from rongji.payments.bank.policies import SEE_BANK
from rongji.payments.models import BankBatch, BatchItem, ReturnRow
from rongji.payments.runs import run_numbered
from rongji.payments.types import PaymentState


@dataclass(frozen=True, slots=True)
class BatchFacts:
    """A batch as lists show it. counts: items by state; answers: files of the bank imported so far."""

    number: str
    run_id: int
    attempt: int
    profile: str
    file_name: str
    file_digest: str
    item_count: int
    sum_fen: int
    paid_fen: int
    made_on: date
    counts: dict[PaymentState, int]
    answers: tuple["AnswerFacts", ...]


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """A file of answers. findings: how many of its rows are odd."""

    file_name: str
    row_count: int
    findings: int
    imported_at: datetime
    imported_by: str


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """One payment in a batch, and what the bank said of it."""

    sequence: int
    payment_id: int
    person_id: int
    payee: str
    account_tail: str
    amount_fen: int
    paid_fen: int
    state: PaymentState
    reason: str


@dataclass(frozen=True, slots=True)
class FindingFacts:
    """One odd row of an answer; sequence: the item it was matched to, if any."""

    file_name: str
    row_number: int
    sequence: int | None
    account_tail: str
    amount_fen: int
    finding: str


def batches_of_run(actor: Actor, run_id: int) -> tuple[BatchFacts, ...]:
    """The batches of a run, oldest first. Raises: NotAllowed, RunUnknown."""
    run = run_numbered(run_id)
    guard(actor, SEE_BANK, run.payroll)
    return tuple(_facts(batch) for batch in run.batches.order_by("attempt"))


def items_of_batch(actor: Actor, batch_number: str, *, state: str = "") -> tuple[ItemFacts, ...]:
    """The items of a batch by sequence, all or those of one state. Raises: NotAllowed, BatchUnknown."""
    batch = batch_named(batch_number)
    guard(actor, SEE_BANK, batch.run.payroll)
    rows = BatchItem.objects.filter(batch=batch).select_related("payment").order_by("sequence")
    rows = rows.filter(state=state) if state else rows
    return tuple(
        ItemFacts(
            row.sequence, row.payment_id, row.payment.person_id, row.payee, row.account_tail, row.amount_fen,
            row.paid_fen, PaymentState(row.state), row.reason,
        )
        for row in rows
    )  # fmt: skip


def findings_of_batch(actor: Actor, batch_number: str) -> tuple[FindingFacts, ...]:
    """Every odd row of the answers to a batch. Raises: NotAllowed, BatchUnknown."""
    batch = batch_named(batch_number)
    guard(actor, SEE_BANK, batch.run.payroll)
    rows = ReturnRow.objects.filter(file__batch=batch).exclude(finding="").select_related("file", "item")
    return tuple(
        FindingFacts(
            row.file.file_name, row.row_number, row.item.sequence if row.item else None, row.account_tail,
            row.amount_fen, row.finding,
        )
        for row in rows.order_by("file_id", "row_number")
    )  # fmt: skip


def _facts(batch: BankBatch) -> BatchFacts:
    items = list(batch.items.values_list("state", "paid_fen"))
    return BatchFacts(
        number=batch.number,
        run_id=batch.run_id,
        attempt=batch.attempt,
        profile=batch.profile,
        file_name=batch.file_name,
        file_digest=batch.file_digest,
        item_count=batch.item_count,
        sum_fen=batch.sum_fen,
        paid_fen=sum(paid for _, paid in items),
        made_on=batch.made_on,
        counts=dict(Counter(PaymentState(state) for state, _ in items)),
        answers=tuple(
            AnswerFacts(
                file.file_name, file.row_count, file.rows.exclude(finding="").count(), file.imported_at,
                file.imported_by,
            )
            for file in batch.returns.order_by("id")
        ),
    )  # fmt: skip
