"""Payment runs in words: where one stands, what can be done with it next and by whom, how its sums hold together."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from rongji.accounts.selectors import history_of
from rongji.accounts.types import Actor, Scope
from rongji.kernel.fen import yuan
from rongji.kernel.quantity import Quantity
from rongji.payments.policies import COMPUTE_RUN, PROPOSE_RUN
from rongji.payments.reviewing import Review
from rongji.payments.selectors import RunFacts, runs_waiting_for
from rongji.payments.types import RUN_STATE_LABELS, SETTLED_STATES, RunState
from rongji.web.charts import Option
from rongji.web.pay_charts import Step, bridge_chart

STAGES = (
    (RunState.COMPUTED, "核算"),
    (RunState.PROPOSED, "提请审批"),
    (RunState.APPROVED, "批准"),
    (RunState.SENT, "送银行"),
    (RunState.SETTLED, "回盘"),
    (RunState.POSTED, "入账"),
)
TONES = {
    RunState.COMPUTED: "defect",
    RunState.PROPOSED: "question",
    RunState.DISCARDED: "rounding",
}
DIGITS = 12


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage on the way of a run. tone: class of how far it has come."""

    label: str
    tone: str


@dataclass(frozen=True, slots=True)
class Tile:
    """One large number on top of a page. address: what it opens into, empty for nothing."""

    label: str
    value: str
    unit: str
    note: str
    tone: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that the actor may do now. field: what is asked for with it, empty for nothing."""

    id: str
    label: str
    icon: str
    address: str
    tone: str = "btn-primary"
    accesskey: str = ""
    field: str = ""
    is_field_needed: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked about a run, and the word for what came of it."""

    label: str
    words: str
    verdict: str = ""
    tone: str = ""


def tone_of(state: RunState) -> str:
    """The colour of a state."""
    return TONES.get(state, "holds")


def state_label(state: RunState) -> str:
    """A state in a word."""
    return RUN_STATE_LABELS[state]


def stages_of(run: RunFacts) -> list[Stage]:
    """The stages of a run: what is done, where it stands, what is to come."""
    order = [state for state, _ in STAGES]
    at = order.index(run.state) if run.state in order else -1
    tones = ["is-done" if place < at else "is-now" if place == at else "" for place in range(len(STAGES))]
    return [Stage(label, tone) for (_, label), tone in zip(STAGES, tones, strict=True)]


def acts_for(actor: Actor, run: RunFacts, scope: Scope) -> Iterator[Act]:
    """The next steps of a run that is not yet approved, as far as the actor may take them."""
    where = {"run": run.id}
    if run.state is RunState.COMPUTED and PROPOSE_RUN.permits(actor, scope):
        yield Act("propose", "提请审批", "send", reverse("web:propose_run", kwargs=where), accesskey="p",
                  note="提请之后内容不再变，由另外的人审批。")  # fmt: skip
    if run.state is RunState.PROPOSED and any(waiting.id == run.id for waiting in runs_waiting_for(actor)):
        yield approval(run)
        yield sending_back(run)
    if run.is_open and COMPUTE_RUN.permits(actor, scope):
        yield Act("discard", "作废，重新核算", "trash", reverse("web:discard_run", kwargs=where), "btn-outline-danger",
                  field="作废的理由", is_field_needed=True)  # fmt: skip


def approval(run: RunFacts) -> Act:
    """The yes to a run."""
    given = len(run.approvals)
    left = run.approvals_needed - given - 1
    note = f"这是第 {given + 1} 人审批，还需另外 {left} 人。" if left > 0 else "批准后占用预算，本批次视为已核发。"
    return Act("approve", "批准", "rubber-stamp", reverse("web:approve_run", kwargs={"run": run.id}), accesskey="p",
               field="意见（可不填）", note=note)  # fmt: skip


def sending_back(run: RunFacts) -> Act:
    """The no to a run: back to who made it, with a note."""
    return Act("send-back", "退回经办人", "arrow-back-up", reverse("web:send_back_run", kwargs={"run": run.id}),
               "btn-outline-danger", field="退回的原因", is_field_needed=True)  # fmt: skip


def returned_note(run: RunFacts) -> str:
    """Why a run was sent back and by whom, while it stands as computed; empty for one that was not."""
    if run.state is not RunState.COMPUTED:
        return ""
    sent = [entry for entry in history_of("payment_run", run.id) if entry.action == "payments.send_back_run"]
    return f"{sent[-1].actor_label}：{sent[-1].detail['note']}" if sent else ""


def tiles_of(review: Review) -> Iterator[Tile]:
    """Who gets how much, and how that differs from the month before."""
    run, change = review.run, review.this_month_fen - review.last_month_fen
    yield Tile(
        "实发", _wan(run.pay_fen), "万元", f"应发 {yuan(run.due_fen)} 元，抵扣 {yuan(review.sums.deducted_fen)} 元"
    )
    yield Tile("人数", f"{run.person_count:,}", "人", f"明细 {run.line_count:,} 条")
    sign = "+" if change >= 0 else "−"
    note = f"上月 {yuan(review.last_month_fen)} 元，本月 {yuan(review.this_month_fen)} 元"
    yield Tile("月待遇比上月", f"{sign}{_wan(abs(change))}", "万元", note)
    warned = review.above_count + review.large_arrears_count + len(review.dead_payees)
    tone = "waiting" if warned or review.without_account_count else "good"
    yield Tile("要逐个看", str(warned), "人", f"另有 {review.without_account_count} 人没有领款账户", tone)


def _wan(fen: int) -> str:
    return Quantity.from_fen(fen, "万元", 2).shown(grouping=True)


def bridge_of(review: Review) -> Option | None:
    """The monthly benefits of the month before, and what made this month's out of them."""
    steps = [Step(item.label, item.fen) for item in review.differences if item.fen]
    if not review.last_month_fen:
        return None
    return bridge_chart(review.last_month_fen, steps, review.this_month_fen)


def checks_of(review: Review) -> Iterator[Check]:
    """What holds the run together: its sums, its dates, its digests."""
    run, sums = review.run, review.sums
    adds_up = sums.due_fen == run.due_fen and sums.amount_fen + sums.deducted_fen == sums.paid_lines_fen
    words = f"应发 {yuan(sums.due_fen)} = 付款 {yuan(sums.amount_fen)} + 抵扣 {yuan(sums.deducted_fen)}"
    words += f" − 应收回 {yuan(-sums.unpaid_fen)}" if sums.unpaid_fen else ""
    yield Check("合计", words, "平" if adds_up else "不平", "holds" if adds_up else "contradiction")
    yield Check("口径", f"按 {run.known_on} 当天所知核算，自 {run.first_month} 起逐月比对")
    if review.dead_payees:
        said = "、".join(item.person for item in review.dead_payees[:3])
        yield Check("去世", f"{said} 等 {len(review.dead_payees)} 人登记已去世，付的是去世当月及以前", "要看", "defect")
    yield Check("内容摘要", run.content_digest[:DIGITS])
    yield Check("法规数据", run.law_digest[:DIGITS])
    yield Check("规则版本", run.rules_version[:DIGITS])


def is_with_bank(run: RunFacts) -> bool:
    """Whether the run has come as far as the bank."""
    return run.state in SETTLED_STATES
