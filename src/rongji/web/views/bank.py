"""The traffic with the bank for one run: the file out, the answers in, what is odd, sent again or booked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor, Scope
from rongji.kernel.fen import yuan
from rongji.kernel.refusal import Refusal
from rongji.payments.bank.batches import BatchMade, export_batch, make_batch, retry_failed
from rongji.payments.bank.corrections import settle_unknown
from rongji.payments.bank.policies import IMPORT_RETURN, SEE_BANK, SEND_TO_BANK, SETTLE_UNKNOWN
from rongji.payments.bank.returns import import_return
from rongji.payments.bank.selectors import BatchFacts, FindingFacts, batches_of_run, findings_of_batch, items_of_batch
from rongji.payments.policies import POST_RUN
from rongji.payments.posting import post_run
from rongji.payments.selectors import (
    PaymentFacts,
    RunFacts,
    budget_of_run,
    counts_by_state,
    payments_of_run,
    run_facts,
)
from rongji.payments.types import PAYMENT_STATE_LABELS, SETTLED_STATES, PaymentState
from rongji.web import uploads
from rongji.web.answers import attempt, download, whole_number
from rongji.web.desk import short_name
from rongji.web.run_page import Act, Tile, stages_of

SHOWN = 100
ATTENTION = (PaymentState.RETURNED, PaymentState.PARTIAL, PaymentState.UNKNOWN, PaymentState.PLANNED)
OUTCOMES = (PaymentState.PAID, PaymentState.PARTIAL, PaymentState.RETURNED)


class ReturnTooLarge(Refusal):
    """An answer of the bank above the limit of uploads."""

    code = "return-too-large"
    sentence = "“{file}”超过 {limit} MB，不像一份回盘文件；请核对后重新选择。"


@dataclass(frozen=True, slots=True)
class Batch:
    """A batch with how much of it the bank has answered, and what was odd about the answers."""

    facts: BatchFacts
    findings: tuple[FindingFacts, ...]

    @property
    def answered(self) -> int:
        """Items of which the bank has said what became of them."""
        return self.facts.item_count - sum(self.facts.counts.get(state, 0) for state in _OPEN)


_OPEN = (PaymentState.SENT, PaymentState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Group:
    """The payments that stand in one state and want attention."""

    state: PaymentState
    label: str
    count: int
    fen: int
    payments: Sequence[PaymentFacts]


@require_GET
@guarded(SEE_BANK)
def bank(request: Any, run: int) -> HttpResponse:
    """Batches, answers and what wants attention, of one run."""
    facts = run_facts(request.actor, run)
    bureau = organisation(facts.bureau)
    batches = [
        Batch(item, findings_of_batch(request.actor, item.number)) for item in batches_of_run(request.actor, run)
    ]
    counts = counts_by_state(run)
    context = {
        "run": facts,
        "bureau_name": short_name(bureau.name),
        "stages": stages_of(facts),
        "tiles": list(_tiles(counts)),
        "batches": batches[::-1],
        "groups": list(_groups(request.actor, run, counts)),
        "acts": list(_acts(request.actor, facts, batches, counts, bureau.scope)),
        "may_return": bool(batches) and IMPORT_RETURN.permits(request.actor, bureau.scope),
        "may_take": SEND_TO_BANK.permits(request.actor, bureau.scope),
        "may_settle": SETTLE_UNKNOWN.permits(request.actor, bureau.scope),
        "outcomes": [(state.value, PAYMENT_STATE_LABELS[state]) for state in OUTCOMES],
        "sent_as": _in_doubt(request.actor, batches) if counts.get(PaymentState.UNKNOWN) else {},
        "budget": budget_of_run(request.actor, run),
    }
    return render(request, "web/payments/bank.html", context)


def _in_doubt(actor: Actor, batches: Sequence[Batch]) -> dict[int, tuple[str, int]]:
    """Batch and place of each payment that the bank left in doubt, for whoever states what became of it."""
    return {
        item.payment_id: (batch.facts.number, item.sequence)
        for batch in batches
        for item in items_of_batch(actor, batch.facts.number, state=PaymentState.UNKNOWN)
    }


Counts = dict[PaymentState, tuple[int, int]]


def _tiles(counts: Counts) -> Iterator[Tile]:
    wanted = (
        (PaymentState.PAID, "good"), (PaymentState.RETURNED, "bad"), (PaymentState.PARTIAL, "waiting"),
        (PaymentState.UNKNOWN, "waiting"), (PaymentState.SENT, ""), (PaymentState.PLANNED, ""),
    )  # fmt: skip
    for state, tone in wanted:
        count, fen = counts.get(state, (0, 0))
        if count or state in (PaymentState.PAID, PaymentState.RETURNED):
            yield Tile(PAYMENT_STATE_LABELS[state], f"{count:,}", "笔", f"{yuan(fen)} 元", tone if count else "")


def _groups(actor: Actor, run: int, counts: Counts) -> Iterator[Group]:
    for state in ATTENTION:
        count, fen = counts.get(state, (0, 0))
        if count:
            yield Group(
                state, PAYMENT_STATE_LABELS[state], count, fen, payments_of_run(actor, run, state=state, limit=SHOWN)
            )


def _acts(actor: Actor, run: RunFacts, batches: Sequence[Batch], counts: Counts, scope: Scope) -> Iterator[Act]:
    """What can be done with the bank now."""
    where = {"run": run.id}
    if run.state not in SETTLED_STATES:
        return
    may_send = SEND_TO_BANK.permits(actor, scope)
    if may_send and not batches:
        yield Act("make", "生成送盘文件", "file-export", reverse("web:make_batch", kwargs=where), accesskey="p")
    if may_send and batches and any(counts.get(state) for state in (PaymentState.RETURNED, PaymentState.PARTIAL)):
        yield Act("retry", "补送没有到账的", "refresh", reverse("web:retry_batch", kwargs=where), accesskey="p",
                  note="账户更正过的才会补送；结果不明的要先认定。")  # fmt: skip
    if may_send and batches and counts.get(PaymentState.PLANNED):
        yield Act(
            "retry", "补送新登记账户的", "refresh", reverse("web:retry_batch", kwargs=where), "btn-outline-primary"
        )
    if POST_RUN.permits(actor, scope) and counts.get(PaymentState.PAID):
        yield Act("post", "到账的入账", "book", reverse("web:post_run", kwargs=where), "btn-outline-primary",
                  note="按银行已确认到账的金额记到预算指标上；重复点不会多记。")  # fmt: skip


@require_POST
@guarded(SEND_TO_BANK)
def make(request: Any, run: int) -> HttpResponse:
    """The first file for the bank."""
    return attempt(request, lambda: _said(make_batch(actor=request.actor, run_id=run)), _back(run))


@require_POST
@guarded(SEND_TO_BANK)
def retry(request: Any, run: int) -> HttpResponse:
    """A further file for what did not arrive."""
    return attempt(request, lambda: _said(retry_failed(actor=request.actor, run_id=run)), _back(run))


def _said(made: BatchMade) -> str:
    left = "；".join(f"{why} {count} 笔" for why, count in made.left_out)
    words = f"送盘文件 {made.file_name}：{made.item_count} 笔，{yuan(made.sum_fen)} 元。"
    again = "" if made.is_new else "没有新的付款可送，这是上一次的文件。"
    return f"{words}{again}" + (f"没有送出：{left}。" if left else "")


@require_POST
@guarded(SEND_TO_BANK)
def file(request: Any, run: int, number: str) -> HttpResponse:
    """The file as it goes to the bank, full account numbers in it; the trail keeps who took it."""
    with TemporaryDirectory() as folder:
        path = export_batch(actor=request.actor, batch_number=number, folder=Path(folder))
        return download(path.read_bytes(), path.name, "application/octet-stream")


@require_POST
@guarded(IMPORT_RETURN)
def take_return(request: Any, run: int) -> HttpResponse:
    """Take over the bank's answer to a batch."""

    def act() -> str:
        given = request.FILES.get("return")
        if given is None:
            raise uploads.NoFileChosen
        if given.size > uploads.MAX_MEGABYTES * uploads.MEGABYTE:
            raise ReturnTooLarge(file=given.name, limit=uploads.MAX_MEGABYTES)
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(given.name).name
            path.write_bytes(given.read())
            done = import_return(actor=request.actor, batch_number=request.POST.get("batch", ""), path=path)
        counts = "，".join(f"{PAYMENT_STATE_LABELS[state]} {count} 笔" for state, count in done.counts.items())
        odd = f"其中 {len(done.findings)} 行要看一下。" if done.findings else ""
        new = "" if done.is_new else "这份文件以前导入过，没有变化。"
        return f"{new}回盘 {done.row_count} 行：{counts}；到账 {yuan(done.paid_fen)} 元。{odd}"

    return attempt(request, act, _back(run))


@require_POST
@guarded(SETTLE_UNKNOWN)
def settle(request: Any, run: int) -> HttpResponse:
    """State what became of a payment that the bank left in doubt."""

    def act() -> str:
        outcome = request.POST.get("outcome", "")
        settle_unknown(
            actor=request.actor, batch_number=request.POST.get("batch", ""),
            sequence=whole_number(request.POST.get("sequence", "")) or 0,
            outcome=PaymentState(outcome) if outcome in set(OUTCOMES) else PaymentState.UNKNOWN,
            evidence=request.POST.get("evidence", ""),
        )  # fmt: skip
        return "已认定。"

    return attempt(request, act, _back(run))


@require_POST
@guarded(POST_RUN)
def post(request: Any, run: int) -> HttpResponse:
    """Book what has arrived."""

    def act() -> str:
        done = post_run(actor=request.actor, run_id=run)
        said = f"已入账 {yuan(done.now_fen)} 元" if done.is_new else "到账的都已入过账，没有新的"
        return f"{said}；累计 {yuan(done.total_fen)} 元。"

    return attempt(request, act, _back(run))


def _back(run: int) -> str:
    return reverse("web:bank", kwargs={"run": run})
