"""From the bank to the books: what has arrived is booked on the budget lines that the run took, by level of government.

Booked is the difference to what was booked before, so that a later retry adds the rest and money that came back is
taken off again.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.budget.paid import post_payments, times_booked
from rongji.budget.selectors import LineFacts, budget_lines
from rongji.budget.types import LEVEL_LABELS, Direction, Level, PostingRow
from rongji.kernel.digest import digest
from rongji.kernel.fen import half_up_share, yuan
from rongji.kernel.month import Month
from rongji.payments.bank.refusals import NothingToPost, PostingOutOfYear, RunNotApproved
from rongji.payments.bank.standing import level_run
from rongji.payments.drawing import Need, shares
from rongji.payments.funding import split_of
from rongji.payments.models import Payment, PaymentRun, RunBudget
from rongji.payments.policies import POST_RUN
from rongji.payments.runs import run_numbered
from rongji.payments.types import RUN_STATE_LABELS, SETTLED_STATES, RunState


@dataclass(frozen=True, slots=True)
class PostedRow:
    """What was booked on one budget line of one level: now, and in all so far."""

    line_number: str
    level: Level
    functional: str
    economic: str
    now_fen: int
    total_fen: int


@dataclass(frozen=True, slots=True)
class RunPosted:
    """What a posting did. is_new: False when everything that arrived had been booked before."""

    run_id: int
    rows: tuple[PostedRow, ...]
    is_new: bool

    @property
    def now_fen(self) -> int:
        """Booked now."""
        return sum(row.now_fen for row in self.rows)

    @property
    def total_fen(self) -> int:
        """Booked in all."""
        return sum(row.total_fen for row in self.rows)


def post_run(*, actor: Actor, run_id: int, posted_on: date | None = None) -> RunPosted:
    """Book what the bank has paid of a run and the books do not show yet; again: nothing more.

    posted_on: day of the postings, by default the day of the act. Raises: NotAllowed, RunUnknown, RunNotApproved,
    NothingToPost, PostingOutOfYear.
    """
    day = posted_on or actor.day
    with transaction.atomic():
        trail.lock_head()
        run_numbered(run_id)
        run = PaymentRun.objects.select_related("payroll").get(pk=run_id)
        guard(actor, POST_RUN, run.payroll)
        if run.state not in SETTLED_STATES:
            raise RunNotApproved(run=run_id, state=RUN_STATE_LABELS[RunState(run.state)])
        rows = list(RunBudget.objects.filter(run=run).order_by("line_number", "level"))
        posted = _posted(run, rows)
        if posted.is_new:
            _book(actor, run, rows, posted, day)
            level_run(run)
    return posted


def arrived_needs(run: PaymentRun) -> Counter[Need]:
    """What has arrived of a run, in fen by benefit and level; of a payment that arrived in part, each in proportion."""
    payments = Payment.objects.filter(run=run, paid_fen__gt=0)
    needs = split_of(run, payments.filter(paid_fen=F("amount_fen")))
    for payment in payments.exclude(paid_fen=F("amount_fen")).order_by("id"):
        whole = split_of(run, Payment.objects.filter(pk=payment.pk))
        before = 0
        for need in sorted(whole):
            upto = before + whole[need]
            needs[need] += _part(payment, upto) - _part(payment, before)
            before = upto
    return needs


def _part(payment: Payment, fen: int) -> int:
    return half_up_share(fen, payment.paid_fen, payment.amount_fen)


def _posted(run: PaymentRun, rows: list[RunBudget]) -> RunPosted:
    if not rows:
        raise NothingToPost(run=run.pk, why="它没有占用预算指标")
    room = {row.pk: row.amount_fen - row.released_fen for row in rows}
    targets = shares(run, rows, arrived_needs(run), room)
    found = tuple(
        PostedRow(
            row.line_number, Level(row.level), row.functional, row.economic, targets[row.pk] - row.posted_fen,
            targets[row.pk],
        )
        for row in rows
    )  # fmt: skip
    is_new = any(row.now_fen for row in found)
    if not is_new and not any(row.total_fen for row in found):
        raise NothingToPost(run=run.pk, why="银行还没有答复到账的付款，请先导入回盘")
    return RunPosted(run.pk, found, is_new)


def _book(actor: Actor, run: PaymentRun, rows: list[RunBudget], posted: RunPosted, day: date) -> None:
    for year in sorted({row.year for row in rows}):
        own = [(row, said) for row, said in zip(rows, posted.rows, strict=True) if row.year == year and said.now_fen]
        if own and day.year != year:
            raise PostingOutOfYear(run=run.pk, year=year, day=day)
        _book_year(actor, run, year, day, own)


def _book_year(actor: Actor, run: PaymentRun, year: int, day: date, own: list[tuple[RunBudget, PostedRow]]) -> None:
    lines = {line.number: line for line in budget_lines(run.payroll.bureau, year)}
    source = source_of(run.pay_month, run.pk)
    times = times_booked(run.payroll.bureau, year, source) + 1
    content = digest([run.pk, times, [(said.line_number, said.level, said.now_fen, said.total_fen) for _, said in own]])
    post_payments(
        actor=actor,
        bureau=run.payroll.bureau,
        year=year,
        source=source,
        content_digest=content,
        rows=[
            _row(run, lines[row.line_number], said, day, f"FF{run.pk}-{times}-{number}")
            for number, (row, said) in enumerate(own, start=1)
        ],
    )
    for row, said in own:
        RunBudget.objects.filter(pk=row.pk).update(posted_fen=said.total_fen)
    total = yuan(sum(said.now_fen for _, said in own))
    trail.record(
        actor=actor,
        action="payments.post_run",
        subject_kind="payment_run",
        subject_id=run.pk,
        summary=f"{source}入账 {total} 元",
        after_digest=content,
    )


def source_of(pay_month: int, run_id: int) -> str:
    """What the postings of a run are called in the ledger."""
    return f"{Month.from_number(pay_month).label}发放批次 {run_id}"


def _row(run: PaymentRun, line: LineFacts, said: PostedRow, day: date, voucher: str) -> PostingRow:
    month = Month.from_number(run.pay_month).label
    word = "发放" if said.now_fen > 0 else "退回冲减"
    return PostingRow(
        voucher=voucher,
        posted_on=day,
        direction=Direction.EXPENDITURE,
        codes=line.codes,
        amount_fen=said.now_fen,
        summary=f"{month}优抚待遇{word}（{LEVEL_LABELS[said.level]}资金，指标 {line.number}）",
    )
