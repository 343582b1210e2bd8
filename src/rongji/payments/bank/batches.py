"""Batch files for the bank: the first of a run, those for what came back, and the file itself for the clerk."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max

from rongji.accounts import trail
from rongji.accounts.bulk import insert, update_rows
from rongji.accounts.policies import guard
from rongji.accounts.secrets import Purpose, decrypt
from rongji.accounts.types import Actor
from rongji.kernel.digest import file_digest
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.law.bank_profiles import bank_profile
from rongji.payments.bank import keeping, writing
from rongji.payments.bank.policies import SEND_TO_BANK
from rongji.payments.bank.refusals import BankFileGone, BatchUnknown, NothingToSend, RunNotApproved
from rongji.payments.bank.standing import level_run
from rongji.payments.models import BankBatch, BatchItem, Payment, PaymentRun
from rongji.payments.runs import payroll_of, run_numbered
from rongji.payments.types import RUN_STATE_LABELS, SETTLED_STATES, PaymentState, RunState
from rongji.people.selectors import accounts_in_force
from rongji.people.types import AccountFacts

CHUNK = 1000
_PAYMENT = (
    "pk", "payee", "account_cipher", "account_index", "account_tail", "bank", "amount_fen", "paid_fen",
)  # fmt: skip
_ITEM = (
    "batch_id", "sequence", "payment_id", "payee", "account_cipher", "account_index", "account_tail", "bank",
    "amount_fen", "state", "paid_fen", "reason",
)  # fmt: skip
NO_ACCOUNT = "没有登记账户"
SAME_ACCOUNT = "退回后账户没有更正"
IN_DOUBT = "结果不明，要先查明认定"
WITH_THE_BANK = "已送银行，还没有回盘"


@dataclass(frozen=True, slots=True)
class BatchMade:
    """A batch file: its number and control totals. is_new: made now; left_out: how many payments, by why."""

    number: str
    attempt: int
    file_name: str
    file_digest: str
    item_count: int
    sum_fen: int
    is_new: bool
    left_out: tuple[tuple[str, int], ...] = ()


def make_batch(*, actor: Actor, run_id: int) -> BatchMade:
    """The bank file of an approved run: every payment with an account that was never sent. Again: the same file.

    Raises: NotAllowed, RunUnknown, RunNotApproved, NothingToSend, PayeeUnfit, UnknownBankProfile.
    """
    with transaction.atomic():
        run = _sendable(actor, run_id)
        waiting = Payment.objects.filter(run=run, state=PaymentState.PLANNED, amount_fen__gt=0)
        ready = list(waiting.exclude(account_cipher="").order_by("id").values_list(*_PAYMENT, named=True))
        left = Counter({NO_ACCOUNT: waiting.filter(account_cipher="").count()})
        return _made(actor, run, ready, left, run.batches.order_by("-attempt").first())


def retry_failed(*, actor: Actor, run_id: int, same_account: bool = False) -> BatchMade:
    """A further bank file for what did not arrive: payments returned whose account was corrected in the register,
    the rest of those paid in part, and those that had no account when the run was made.

    same_account: also those returned whose account is unchanged, when the bank says that nothing is wrong with it.
    Payments in doubt are never sent again before somebody has settled them. Raises: as `make_batch`.
    """
    with transaction.atomic():
        run = _sendable(actor, run_id)
        ready, left = _to_retry(run, actor, same_account=same_account)
        update_rows(ready, ["payee", "account_cipher", "account_index", "account_tail", "bank"])
        # a retry that is on its way: asked for again, it is that one
        waiting = run.batches.filter(attempt__gt=1, items__state=PaymentState.SENT).order_by("-attempt").first()
        return _made(actor, run, ready, left, waiting)


def choose_bank(*, actor: Actor, bureau: str, profile: str) -> None:
    """Say through which bank's files a bureau pays; batches made before keep the profile they were made by.

    Raises: NotAllowed, PayrollUnknown, UnknownBankProfile.
    """
    label = bank_profile(profile).label
    with transaction.atomic():
        trail.lock_head()
        payroll = payroll_of(bureau)
        guard(actor, SEND_TO_BANK, payroll)
        before, payroll.bank_profile = payroll.bank_profile, profile
        payroll.save(update_fields=["bank_profile"])
        trail.record(
            actor=actor,
            action="payments.choose_bank",
            subject_kind="payroll",
            subject_id=bureau,
            summary=f"银行接口改为“{label}”",
            detail={"was": before, "now": profile},
        )


def export_batch(*, actor: Actor, batch_number: str, folder: Path) -> Path:
    """Write the batch file in clear into a folder, for the bank; the trail keeps who took it.

    Raises: NotAllowed, BatchUnknown, BankFileGone; OSError when the folder cannot be written.
    """
    with transaction.atomic():
        trail.lock_head()
        batch = batch_named(batch_number)
        guard(actor, SEND_TO_BANK, batch.run.payroll)
        path = folder / batch.file_name
        keeping.write_whole(path, batch_file(batch))
        trail.record(
            actor=actor,
            action="payments.export_batch",
            subject_kind="bank_batch",
            subject_id=batch.number,
            summary=f"取出送盘文件 {batch.file_name}（{batch.item_count} 笔，含完整账号）",
            after_digest=batch.file_digest,
        )
    return path


def batch_named(number: str) -> BankBatch:
    """The batch of that number, with its run and payroll.

    Raises: BatchUnknown.
    """
    found = BankBatch.objects.select_related("run__payroll").filter(number=number.strip()).first()
    if found is None:
        raise BatchUnknown(number=number)
    return found


def batch_file(batch: BankBatch) -> bytes:
    """The bytes as sent; written anew from the items where the kept file is lost, if that gives the same digest.

    Raises: BankFileGone.
    """
    try:
        return keeping.kept(batch.file_digest, batch.file_name)
    except BankFileGone:
        content = writing.render(bank_profile(batch.profile), _content(batch, batch.items.order_by("sequence")))
        if file_digest(content) != batch.file_digest:
            raise
        keeping.keep(content)
        return content


# --- what can be sent -------------------------------------------------------------------------------


def _sendable(actor: Actor, run_id: int) -> PaymentRun:
    trail.lock_head()
    run = run_numbered(run_id)
    guard(actor, SEND_TO_BANK, run.payroll)
    if run.state not in SETTLED_STATES:
        raise RunNotApproved(run=run_id, state=RUN_STATE_LABELS[RunState(run.state)])
    return run


def _to_retry(run: PaymentRun, actor: Actor, *, same_account: bool) -> tuple[list[Payment], Counter[str]]:
    states = (PaymentState.PLANNED, PaymentState.RETURNED, PaymentState.PARTIAL)
    payments = list(Payment.objects.filter(run=run, state__in=states, amount_fen__gt=0).order_by("id"))
    accounts = {}
    for start in range(0, len(payments), CHUNK):
        people = [payment.person_id for payment in payments[start : start + CHUNK]]
        accounts |= accounts_in_force(people, on=actor.day, known_on=actor.day)
    ready, left = [], Counter[str]()
    for payment in payments:
        why = _take_account(payment, accounts.get(payment.person_id), same_account=same_account)
        if why:
            left[why] += 1
        else:
            ready.append(payment)
    for state, why in ((PaymentState.UNKNOWN, IN_DOUBT), (PaymentState.SENT, WITH_THE_BANK)):
        left[why] += Payment.objects.filter(run=run, state=state).count()
    return ready, left


def _take_account(payment: Payment, account: AccountFacts | None, *, same_account: bool) -> str:
    """Put the account in force on the payment; returns why it cannot be sent, empty when it can."""
    if account is None:
        return NO_ACCOUNT
    before = (payment.account_index, payment.payee)
    payment.payee, payment.bank = account.holder, account.bank
    payment.account_cipher, payment.account_index = account.number_cipher, account.number_index
    payment.account_tail = account.tail
    is_unchanged = before == (payment.account_index, payment.payee)
    if payment.state == PaymentState.RETURNED and is_unchanged and not same_account:
        return SAME_ACCOUNT
    return ""


# --- making one -------------------------------------------------------------------------------------


def _made(
    actor: Actor, run: PaymentRun, ready: Sequence[Any], left: Counter[str], made_before: BankBatch | None
) -> BatchMade:
    """The batch of these payments; with none, the one made before as it is, so that asking again changes nothing."""
    left_out = tuple((why, count) for why, count in left.items() if count)
    if ready:
        return _described(_store(actor, run, ready), is_new=True, left_out=left_out)
    if made_before is None:
        why = "；".join(f"{why} {count} 笔" for why, count in left_out) or "都已送出，或金额为零"
        raise NothingToSend(run=run.pk, why=why)
    batch_file(made_before)
    return _described(made_before, is_new=False, left_out=left_out)


def _described(batch: BankBatch, *, is_new: bool, left_out: tuple[tuple[str, int], ...]) -> BatchMade:
    return BatchMade(
        number=batch.number,
        attempt=batch.attempt,
        file_name=batch.file_name,
        file_digest=batch.file_digest,
        item_count=batch.item_count,
        sum_fen=batch.sum_fen,
        is_new=is_new,
        left_out=left_out,
    )


class _Item(NamedTuple):
    """What goes to the bank of one payment."""

    sequence: int
    payment_id: int
    payee: str
    account_cipher: str
    account_index: str
    account_tail: str
    bank: str
    amount_fen: int


def _store(actor: Actor, run: PaymentRun, payments: Sequence[Any]) -> BankBatch:
    attempt = (run.batches.aggregate(last=Max("attempt"))["last"] or 0) + 1
    batch = BankBatch(
        run=run,
        number=f"{run.payroll_id:04d}{run.pay_month}{run.sequence:02d}{attempt:02d}",
        attempt=attempt,
        profile=run.payroll.bank_profile,
        item_count=len(payments),
        made_on=actor.day,
        made_at=actor.at,
    )
    items = [_item(sequence, payment) for sequence, payment in enumerate(payments, start=1)]
    profile = bank_profile(batch.profile)
    content = _content(batch, items)
    batch.sum_fen, batch.file_name = content.sum_fen, writing.file_name(profile, content)
    batch.file_digest = keeping.keep(writing.render(profile, content))
    batch.save()
    insert(BatchItem, _ITEM, ((batch.pk, *item, PaymentState.SENT.value, 0, "") for item in items))
    sent = BatchItem.objects.filter(batch=batch).values("payment_id")
    Payment.objects.filter(pk__in=sent).update(state=PaymentState.SENT, reason="")
    level_run(run)
    _record(actor, batch)
    return batch


def _item(sequence: int, payment: Any) -> _Item:
    return _Item(
        sequence=sequence,
        payment_id=payment.pk,
        payee=payment.payee,
        account_cipher=payment.account_cipher,
        account_index=payment.account_index,
        account_tail=payment.account_tail,
        bank=payment.bank,
        amount_fen=payment.amount_fen - payment.paid_fen,
    )


def _content(batch: BankBatch, items: Iterable[_Item | BatchItem]) -> writing.Batch:
    lines = tuple(
        writing.Line(
            sequence=item.sequence,
            account=decrypt(item.account_cipher, Purpose.ACCOUNT),
            payee=item.payee,
            bank=item.bank,
            amount_fen=item.amount_fen,
        )
        for item in items
    )
    empty = writing.Batch(batch.number, batch.made_on, Month.from_number(batch.run.pay_month), ())
    return replace(empty, lines=lines)


def _record(actor: Actor, batch: BankBatch) -> None:
    trail.record(
        actor=actor,
        action="payments.make_batch",
        subject_kind="payment_run",
        subject_id=batch.run_id,
        summary=f"生成送盘批次 {batch.number}：{batch.item_count} 笔，{yuan(batch.sum_fen)} 元",
        after_digest=batch.file_digest,
        detail={"batch": batch.number, "attempt": batch.attempt, "profile": batch.profile},
    )
