"""What a run consists of, as a digest that approvals name, and whether its sums agree with one another."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Sum

from rongji.kernel.fen import yuan
from rongji.payments.models import Payment, PaymentRun, Recovery, RecoveryEntry, RunLine
from rongji.payments.refusals import RunDoesNotAddUp
from rongji.payments.types import RecoveryEntryKind

_ROWS_AT_ONCE = 5_000
# neither numbers of rows nor persons: two files of one person may be merged without touching what was approved
_LINE = (
    "payment__sequence", "award_id", "grant_id", "term_id", "benefit", "for_month", "owed_fen", "settled_fen",
    "due_fen", "cause", "standard_key", "units", "standard", "amount_fen", "divisor",
)  # fmt: skip
_PAYMENT = ("sequence", "deducted_fen", "amount_fen")
_ACCOUNT = ("payee", "account_index")


def content_digest(run: PaymentRun) -> str:
    """SHA-256 over the lines, payments, recoveries and deductions of a run, in the order they were written.

    Accounts are part of it until a batch was sent, when the bank's side of things may change them.
    """
    found = hashlib.sha256()
    parts: tuple[tuple[QuerySet, tuple[str, ...]], ...] = (
        (RunLine.objects.filter(run=run), _LINE),
        (Payment.objects.filter(run=run), _PAYMENT + _ACCOUNT),
        (Recovery.objects.filter(run=run), ("amount_fen", "reason")),
        (_deductions(run), ("recovery__run__sequence", "recovery__amount_fen", "amount_fen")),
    )
    for rows, names in parts:
        found.update(b"\x1d")
        for some in _rows(rows.order_by("pk").values_list(*names)):
            found.update("\x1e".join(map(repr, some)).encode() + b"\x1e")
    return found.hexdigest()


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a run, each added up from its own rows. unpaid_fen: of lines that no payment settles."""

    due_fen: int
    paid_lines_fen: int
    unpaid_fen: int
    amount_fen: int
    deducted_fen: int
    entries_fen: int
    recovery_fen: int


def sums(run: PaymentRun) -> Sums:
    """The sums of a run as its rows give them."""
    lines, payments = RunLine.objects.filter(run=run), Payment.objects.filter(run=run)
    return Sums(
        due_fen=_sum(lines, "due_fen"),
        paid_lines_fen=_sum(lines.filter(payment__isnull=False), "due_fen"),
        unpaid_fen=_sum(lines.filter(payment__isnull=True), "due_fen"),
        amount_fen=_sum(payments, "amount_fen"),
        deducted_fen=_sum(payments, "deducted_fen"),
        entries_fen=_sum(_deductions(run), "amount_fen"),
        recovery_fen=_sum(Recovery.objects.filter(run=run), "amount_fen"),
    )


def check_sums(run: PaymentRun) -> Sums:
    """Refuse a run whose sums do not agree with one another. Raises: RunDoesNotAddUp."""
    found = sums(run)
    relations = (
        ("明细合计 ≠ 批次所记应发", found.due_fen, run.due_fen),
        ("付款合计 ≠ 批次所记实发", found.amount_fen, run.pay_fen),
        ("付款的明细合计 ≠ 实发 + 抵扣", found.paid_lines_fen, found.amount_fen + found.deducted_fen),
        ("不随付款的明细合计 ≠ −新增应收回", found.unpaid_fen, -found.recovery_fen),
        ("付款上的抵扣 ≠ 收回记录的抵扣", found.deducted_fen, found.entries_fen),
    )
    for relation, left, right in relations:
        if left != right:
            raise RunDoesNotAddUp(run=run.pk, relation=relation, gap=yuan(left - right))
    return found


def _deductions(run: PaymentRun) -> QuerySet:
    return RecoveryEntry.objects.filter(run=run, kind=RecoveryEntryKind.DEDUCTED, undone_on__isnull=True)


def _sum(rows: QuerySet, field: str) -> int:
    return rows.aggregate(fen=Sum(field))["fen"] or 0


def _rows(rows: QuerySet) -> Iterator[list[tuple[Any, ...]]]:
    statement, parameters = rows.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        while some := cursor.fetchmany(_ROWS_AT_ONCE):
            yield some
