"""The statement to a person (待遇发放告知单): what was paid for which months, by which standard, whether it arrived.

One page for one payment. Months that are alike are told in one row, so that arrears of a whole year still fit.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.documents.build import cell, label, paragraph, row, table
from rongji.documents.model import (
    Align,
    Block,
    Cell,
    Document,
    PageBreak,
    Row,
    SignatureBlock,
    Style,
    Table,
    Text,
    Title,
)
from rongji.kernel.fen import yuan
from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.kernel.quantity import Quantity
from rongji.law.benefits import benefit
from rongji.law.loader import lawbook
from rongji.law.shapes.benefit import Benefit
from rongji.payments.bank.refusals import PaymentUnknown, StatementTooEarly
from rongji.payments.models import Payment, PaymentRun, RunLine
from rongji.payments.policies import SEE_RUNS
from rongji.payments.reviewing import benefit_label
from rongji.payments.runs import run_numbered
from rongji.payments.types import CAUSE_LABELS, SETTLED_STATES, Cause, PaymentState
from rongji.people.selectors import briefs
from rongji.people.types import PersonBrief

TITLE = "待遇发放告知单"
_COLUMNS = (25, 26, 15, 15, 15, 16)
ROWS_ON_A_PAGE = 8
_HEADINGS = ("待遇", "所属月份", "每月应得", "每月已发", "本次发放", "说明")
_ARRIVAL = {
    PaymentState.PLANNED: "这笔款还没有送银行。",
    PaymentState.SENT: "这笔款已送银行，正在处理。",
    PaymentState.PAID: "银行答复已全部到账。",
    PaymentState.PARTIAL: "银行答复到账 {paid} 元，其余 {rest} 元我局将重新办理。",
    PaymentState.RETURNED: (
        "这笔款被银行退回{reason}，没有到账。请带上身份证和新的社会保障卡或存折到服务站更正账户，更正后我局重新发放。"
    ),
    PaymentState.UNKNOWN: "银行还没有答复是否到账，我局正在查询。",
    PaymentState.CANCELLED: "这笔款已撤销，没有发放{reason}。",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Months of one benefit told together. owed, settled: of each month, None where they differ; total: due in all."""

    benefit: str
    first: Month
    last: Month
    owed_fen: int | None
    settled_fen: int | None
    total_fen: int
    cause: Cause

    @property
    def months(self) -> str:
        """The months as people say them."""
        if self.first == self.last:
            return self.first.label
        last = f"{self.last.month}月" if self.first.year == self.last.year else self.last.label
        return f"{self.first.label}至{last}"

    @property
    def count(self) -> int:
        """How many months."""
        return self.last.index - self.first.index + 1

    def followed_by(self, other: "Stretch", *, alike: bool) -> "Stretch | None":
        """Both in one, where the other follows and is of the same kind, and month by month alike if that is asked."""
        same_kind = (self.benefit, self.cause) == (other.benefit, other.cause) and self.last + 1 == other.first
        each = (self.owed_fen, self.settled_fen) == (other.owed_fen, other.settled_fen)
        even = self.total_fen * other.count == other.total_fen * self.count
        if not same_kind or (alike and not (each and even)):
            return None
        return replace(
            self,
            last=other.last,
            owed_fen=self.owed_fen if self.owed_fen == other.owed_fen else None,
            settled_fen=self.settled_fen if self.settled_fen == other.settled_fen else None,
            total_fen=self.total_fen + other.total_fen,
        )


def statement_of(*, actor: Actor, payment_id: int) -> Document:
    """The statement of one payment. Raises: NotAllowed, PaymentUnknown, StatementTooEarly."""
    payment = Payment.objects.select_related("run__payroll").filter(pk=payment_id).first()
    if payment is None:
        raise PaymentUnknown(payment=payment_id)
    guard(actor, SEE_RUNS, payment.run.payroll)
    return _document(payment.run, [payment], actor.day)


def statements_of_run(*, actor: Actor, run_id: int, persons: Iterable[int] = ()) -> Document:
    """The statements of a run, a page for each person, in the order of the run; of all, or of these persons.

    Raises: NotAllowed, RunUnknown, PaymentUnknown (nobody of them was paid), StatementTooEarly.
    """
    run = run_numbered(run_id)
    guard(actor, SEE_RUNS, run.payroll)
    payments = Payment.objects.filter(run=run).order_by("sequence")
    wanted = set(persons)
    found = list(payments.filter(person_id__in=wanted) if wanted else payments)
    if not found:
        raise PaymentUnknown(payment="、".join(str(one) for one in sorted(wanted)) or f"批次 {run_id}")
    return _document(run, found, actor.day)


def stretches(lines: Iterable[RunLine]) -> list[Stretch]:
    """Lines of one payment by benefit and month, months that follow each other and are alike put together.

    Where that still leaves more rows than a page has room for, months that differ are put together as well.
    """
    ordered = sorted(lines, key=lambda line: (line.benefit, line.award_id or 0, line.grant_id or 0, line.for_month))
    found = _joined([_single(line) for line in ordered], alike=True)
    return found if len(found) <= ROWS_ON_A_PAGE else _joined(found, alike=False)


def _single(line: RunLine) -> Stretch:
    month = Month.from_number(line.for_month)
    return Stretch(line.benefit, month, month, line.owed_fen, line.settled_fen, line.due_fen, Cause(line.cause))


def _joined(found: Iterable[Stretch], *, alike: bool) -> list[Stretch]:
    joined: list[Stretch] = []
    for one in found:
        both = joined[-1].followed_by(one, alike=alike) if joined else None
        if both is None:
            joined.append(one)
        else:
            joined[-1] = both
    return joined


def _document(run: PaymentRun, payments: Sequence[Payment], on: date) -> Document:
    if run.state not in SETTLED_STATES:
        raise StatementTooEarly(run=run.pk)
    bureau = organisation(run.payroll.bureau).name
    people = briefs([payment.person_id for payment in payments])
    lines = _lines_of(payments)
    blocks: list[Block] = []
    for number, payment in enumerate(payments):
        blocks += [PageBreak()] if number else []
        blocks += _page(run, payment, lines.get(payment.pk, []), people[payment.person_id], bureau, on)
    month = Month.from_number(run.pay_month).label
    properties = {"unit": bureau, "run": str(run.pk), "digest": run.content_digest}
    return Document(f"{month}{TITLE}", tuple(blocks), properties=properties, dated_on=on)


def _lines_of(payments: Sequence[Payment]) -> dict[int, list[RunLine]]:
    rows = RunLine.objects.filter(payment__in=[payment.pk for payment in payments]) if len(payments) == 1 else (
        RunLine.objects.filter(run_id=payments[0].run_id, payment__isnull=False)
    )  # fmt: skip
    ordered = rows.order_by("payment_id", "id")
    return {key: list(group) for key, group in groupby(ordered, key=lambda line: line.payment_id or 0)}


def _page(
    run: PaymentRun, payment: Payment, lines: list[RunLine], person: PersonBrief, bureau: str, on: date
) -> Iterator[Block]:
    month = Month.from_number(run.pay_month).label
    yield Title((TITLE,))
    yield paragraph(Text(f"{person.name}（档案号 {person.number}）：", bold=True), indent=False)
    total = Text(f"共 {yuan(payment.amount_fen)} 元", bold=True)
    yield paragraph(f"{month}我局发给您下列待遇，", total, f"，{_into(payment)}。{_arrival(payment)}")
    yield _amounts(run, payment, stretches(lines))
    yield from _notes(run, lines)
    yield paragraph(
        "对金额有疑问，请带上本单和身份证到本局或所在乡镇（街道）服务站查询，我们可以逐月说明每一笔是怎样算出来的。",
    )
    yield SignatureBlock(((Text(bureau),), (Text(f"{on.year}年{on.month}月{on.day}日"),)))


def _into(payment: Payment) -> str:
    tail = f"尾号 {payment.account_tail} 的账户" if payment.account_tail else "登记的账户"
    return f"存入您在{payment.bank}{tail}" if payment.bank else f"存入您{tail}"


def _arrival(payment: Payment) -> str:
    reason = f"（{payment.reason}）" if payment.reason else ""
    sentence = _ARRIVAL[PaymentState(payment.state)]
    return sentence.format(paid=yuan(payment.paid_fen), rest=yuan(payment.amount_fen - payment.paid_fen), reason=reason)


def _amounts(run: PaymentRun, payment: Payment, found: Sequence[Stretch]) -> Table:
    rows = [row(*(label(heading) for heading in _HEADINGS))]
    rows += [
        row(
            cell(benefit_label(one.benefit, run.known_on), align=Align.LEFT),
            cell(one.months, *(("\n", f"（{one.count}个月）") if one.count > 1 else ()), align=Align.CENTER),
            _amount(one.owed_fen),
            _amount(one.settled_fen),
            _amount(one.total_fen),
            cell(CAUSE_LABELS[one.cause], align=Align.CENTER),
        )
        for one in found
    ]
    total = sum(one.total_fen for one in found)
    if payment.deducted_fen:
        rows += [_sum("合计", total, ""), _sum("抵扣以前多发的", -payment.deducted_fen, "")]
    rows.append(_sum("实发", payment.amount_fen, ""))
    return table(_COLUMNS, *rows, header_rows=1, unit_note="单位：元")


def _amount(fen: int | None) -> Cell:
    if fen is None:
        return cell("各月不等", align=Align.CENTER)
    return cell(yuan(fen), align=Align.RIGHT, quantity=Quantity.from_fen(fen, "元", 2))


def _sum(name: str, fen: int, note: str) -> Row:
    amount = cell(Text(yuan(fen), bold=True), align=Align.RIGHT, quantity=Quantity.from_fen(fen, "元", 2))
    return row(label(name, colspan=4), amount, cell(note))


def _notes(run: PaymentRun, lines: Sequence[RunLine]) -> Iterator[Block]:
    """The standards that were applied and the acts they come from, each once."""
    said = []
    for line in sorted(lines, key=lambda one: (one.benefit, one.for_month)):
        if line.amount_fen:
            per = "年" if line.divisor == MONTHS_A_YEAR else "月"
            units = f"，{line.units} 个计发单位" if line.units > 1 else ""
            kind = benefit(line.benefit, on=run.known_on, known_on=run.known_on)
            said.append(f"{kind.label}{_key(kind, line.standard_key)}每{per} {yuan(line.amount_fen)} 元{units}")
    standards = list(dict.fromkeys(said))
    acts = list(dict.fromkeys(act for line in lines for act in _acts(line.standard)))
    if standards:
        yield paragraph(f"标准：{'；'.join(standards)}。", style=Style.NOTE)
    if acts:
        yield paragraph(f"依据：{'；'.join(acts)}。", style=Style.NOTE)


def _key(kind: Benefit, standard_key: str) -> str:
    """The grade of a standard in words: （因战、7级）; empty where the benefit has only one."""
    values = [value for value in standard_key.split("|") if value]
    words = [f"{value}级" if name == "grade" else value for name, value in zip(kind.keys, values, strict=False)]
    return f"（{'、'.join(words)}）" if words else ""


def _acts(standard: str) -> Iterator[str]:
    """The acts behind a line's standard, which is kept as rows of tables: `region/table#number`, joined by `；`."""
    book = lawbook()
    for place in standard.split("；"):
        name, _, number = place.partition("#")
        region, _, table_id = name.rpartition("/")
        found = book.tables.get((region, table_id))
        if found and number.isdigit() and 0 < int(number) <= len(found.rows):
            yield book.acts[found.rows[int(number) - 1].act].citation
