"""Takes over what the bank answered: matched by account and amount, judged by the table of states, all in one step."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Sum

from rongji.accounts import trail
from rongji.accounts.bulk import insert, update
from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, blind_index
from rongji.accounts.types import Actor
from rongji.kernel.digest import file_digest
from rongji.kernel.fen import yuan
from rongji.law.bank_profiles import Outcome, bank_profile
from rongji.payments.bank import keeping
from rongji.payments.bank.batches import batch_named
from rongji.payments.bank.matching import Match, Said, Sent, match
from rongji.payments.bank.policies import IMPORT_RETURN
from rongji.payments.bank.reading import Answer, AnswerRow, read_answer
from rongji.payments.bank.refusals import AnswerOfAnotherBatch
from rongji.payments.bank.standing import level_batch, level_run
from rongji.payments.bank.states import Standing, Verdict, judge
from rongji.payments.models import BankBatch, BatchItem, ReturnFile, ReturnRow
from rongji.payments.types import PAYMENT_STATE_LABELS, PaymentState

NOT_SENT = "本批次没有送过这个账号和金额"
NO_ANSWER = "回盘里没有这一笔"
STATES = {
    Outcome.PAID: PaymentState.PAID,
    Outcome.PARTIAL: PaymentState.PARTIAL,
    Outcome.RETURNED: PaymentState.RETURNED,
    Outcome.UNKNOWN: PaymentState.UNKNOWN,
}


_ITEM = ("id", "sequence", "payment_id", "payee", "account_index", "amount_fen", "state", "paid_fen", "reason")
_ROW = (
    "file_id", "row_number", "item_id", "account_tail", "amount_fen", "paid_fen", "state", "reason", "finding",
)  # fmt: skip


@dataclass(slots=True)
class _Item:
    """An item of a batch as far as an answer concerns it."""

    pk: int
    sequence: int
    payment_id: int
    payee: str
    account_index: str
    amount_fen: int
    state: PaymentState
    paid_fen: int
    reason: str


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What is odd about one row of an answer: its number in the file, the account's tail, the amount, and why."""

    row_number: int
    account_tail: str
    amount_fen: int
    finding: str


@dataclass(frozen=True, slots=True)
class ReturnImported:
    """What a batch stands at after an answer. is_new: False when this very file had been imported before."""

    batch_number: str
    row_count: int
    is_new: bool
    counts: dict[PaymentState, int]
    sum_fen: int
    paid_fen: int
    findings: tuple[RowFinding, ...]


def import_return(*, actor: Actor, batch_number: str, path: Path) -> ReturnImported:
    """Take over the bank's answer to a batch. The same file a second time changes nothing; a later one for the rest,
    or with other answers, is weighed item by item.

    Raises: NotAllowed, BatchUnknown, AnswerGarbled, AnswerTruncated, AnswerNotOfProfile, AnswerRowsRefused,
    AnswerTotalsDiffer, AnswerOfAnotherBatch; OSError when the file cannot be read or kept.
    """
    batch = batch_named(batch_number)
    guard(actor, IMPORT_RETURN, batch.run.payroll)
    data = path.read_bytes()
    digest = file_digest(data)
    if earlier := ReturnFile.objects.filter(batch=batch, file_digest=digest).first():
        return _summary(batch, earlier, is_new=False)
    answer = read_answer(bank_profile(batch.profile), data, path.name)
    _refuse_other_batch(batch, answer, path.name)
    with transaction.atomic():
        trail.lock_head()
        # another clerk may have been faster while this one read the file
        if earlier := ReturnFile.objects.filter(batch=batch, file_digest=digest).first():
            return _summary(batch, earlier, is_new=False)
        stored = _take_over(actor, batch_named(batch_number), answer, path.name, digest)
        keeping.keep(data)
    return _summary(batch, stored, is_new=True)


def _refuse_other_batch(batch: BankBatch, answer: Answer, file: str) -> None:
    if answer.batch and answer.batch != batch.number:
        raise AnswerOfAnotherBatch(file=file, number=batch.number, why=f"文件里写的批次号是 {answer.batch}")


def _take_over(actor: Actor, batch: BankBatch, answer: Answer, file: str, digest: str) -> ReturnFile:
    found = (_Item(*row) for row in batch.items.order_by("sequence").values_list(*_ITEM))
    items = {item.sequence: item for item in found}
    indexes = {row.number: blind_index(row.account, Purpose.ACCOUNT) for row in answer.rows}
    matches = match(_sent(items.values()), _said(answer.rows, indexes))
    if answer.rows and all(found.sequence is None for found in matches):
        raise AnswerOfAnotherBatch(file=file, number=batch.number, why="没有一行与本批次的账号和金额对得上")
    stored = ReturnFile.objects.create(
        batch=batch,
        file_name=file[:255],
        file_digest=digest,
        row_count=len(answer.rows),
        imported_at=actor.at,
        imported_by=actor.label[:160],
    )
    rows = _apply(stored, items, answer.rows, matches, _replaced(batch))
    insert(ReturnRow, _ROW, rows)
    _leave_unanswered(items.values())
    standings = ((str(item.state), item.paid_fen, item.reason, item.pk) for item in items.values())
    update(BatchItem, ("state", "paid_fen", "reason"), standings)
    level_batch(batch)
    level_run(batch.run)
    _record(actor, batch, stored, items.values(), odd_rows=sum(1 for row in rows if row[-1]))
    return stored


def _sent(items: Iterable[_Item]) -> list[Sent]:
    return [Sent(item.sequence, item.account_index, item.amount_fen, _standing(item)) for item in items]


def _said(rows: Iterable[AnswerRow], indexes: dict[int, str]) -> list[Said]:
    return [
        Said(row.number, indexes[row.number], row.amount_fen, Standing(STATES[row.outcome], row.paid_fen))
        for row in rows
    ]


def _standing(item: _Item) -> Standing:
    return Standing(PaymentState(item.state), item.paid_fen)


def _replaced(batch: BankBatch) -> set[int]:
    """Payments of this batch that were dealt with anew: sent again in a later batch, or cancelled."""
    own = BatchItem.objects.filter(batch=batch)
    cancelled = own.filter(payment__state=PaymentState.CANCELLED).values_list("payment_id", flat=True)
    later = BatchItem.objects.filter(batch__run_id=batch.run_id, batch__attempt__gt=batch.attempt)
    return set(cancelled) | set(later.values_list("payment_id", flat=True))


def _apply(
    stored: ReturnFile,
    items: dict[int, _Item],
    rows: Sequence[AnswerRow],
    matches: Sequence[Match],
    replaced: set[int],
) -> list[tuple]:
    found = []
    for row, hit in zip(rows, matches, strict=True):
        item = items[hit.sequence] if hit.sequence is not None else None
        notes = [row.finding]
        if item is None:
            notes.append(NOT_SENT)
        else:
            verdict = judge(_standing(item), hit.standing, is_replaced=item.payment_id in replaced)
            _settle(item, verdict, row)
            notes += [verdict.finding, _other_name(item, row)]
        found.append(_stored_row(stored, row, item, hit, "；".join(note for note in notes if note)))
    return found


def _settle(item: _Item, verdict: Verdict, row: AnswerRow) -> None:
    if verdict.after == _standing(item) and verdict.finding:
        return
    item.state, item.paid_fen = verdict.after.state, verdict.after.paid_fen
    item.reason = (row.reason or row.finding or verdict.finding)[:120]


def _other_name(item: _Item, row: AnswerRow) -> str:
    if not row.payee or "".join(row.payee.split()) == "".join(item.payee.split()):
        return ""
    return f"银行写的户名“{row.payee}”与送盘的“{item.payee}”不同"


def _stored_row(stored: ReturnFile, row: AnswerRow, item: _Item | None, hit: Match, finding: str) -> tuple:
    return (
        stored.pk, row.number, item.pk if item else None, row.account[-4:], row.amount_fen, hit.standing.paid_fen,
        str(hit.standing.state), row.reason[:120], finding[:160],
    )  # fmt: skip


def _leave_unanswered(items: Iterable[_Item]) -> None:
    """What the answer does not speak of is in doubt until a later file, or a person, says what became of it."""
    for item in items:
        if item.state == PaymentState.SENT:
            item.state, item.reason = PaymentState.UNKNOWN, NO_ANSWER


def _record(actor: Actor, batch: BankBatch, stored: ReturnFile, items: Collection[_Item], *, odd_rows: int) -> None:
    counts = Counter(PAYMENT_STATE_LABELS[PaymentState(item.state)] for item in items)
    said = "，".join(f"{label} {count} 笔" for label, count in sorted(counts.items()))
    paid = yuan(sum(item.paid_fen for item in items))
    trail.record(
        actor=actor,
        action="payments.import_return",
        subject_kind="payment_run",
        subject_id=batch.run_id,
        summary=f"导入批次 {batch.number} 的回盘 {stored.row_count} 行：{said}；到账 {paid} 元",
        after_digest=stored.file_digest,
        detail={"batch": batch.number, "file": stored.file_name, "odd_rows": odd_rows},
    )


def _summary(batch: BankBatch, stored: ReturnFile, *, is_new: bool) -> ReturnImported:
    by_state = batch.items.order_by().values("state").annotate(items=Count("id"), fen=Sum("paid_fen"))
    states = {PaymentState(row["state"]): (row["items"], row["fen"]) for row in by_state}
    odd = stored.rows.exclude(finding="").order_by("row_number")
    return ReturnImported(
        batch_number=batch.number,
        row_count=stored.row_count,
        is_new=is_new,
        counts={state: count for state, (count, _) in states.items()},
        sum_fen=batch.sum_fen,
        paid_fen=sum(fen for _, fen in states.values()),
        findings=tuple(RowFinding(row.row_number, row.account_tail, row.amount_fen, row.finding) for row in odd),
    )
