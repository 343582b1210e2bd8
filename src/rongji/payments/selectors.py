"""Reads of payrolls, runs, their lines and payments, and recoveries; the right to see them is checked here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet, Sum

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.kernel.month import Month
from rongji.payments.models import Payment, PaymentRun, Payroll, Recovery, RunBudget, RunLine
from rongji.payments.policies import APPROVE_RUN, SEE_RUNS
from rongji.payments.refusals import RecoveryUnknown
from rongji.payments.runs import payroll_of, run_numbered
from rongji.payments.types import (
    SETTLED_STATES,
    Cause,
    PaymentState,
    RecoveryEntryKind,
    RecoveryState,
    RunKind,
    RunState,
)

SHOWN = 200


@dataclass(frozen=True, slots=True)
class ApprovalFacts:
    """One yes to a run."""

    level: int
    approver: str
    approved_at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run as lists show it."""

    id: int
    bureau: str
    pay_month: Month
    sequence: int
    kind: RunKind
    state: RunState
    known_on: date
    first_month: Month
    engine: str
    line_count: int
    person_count: int
    due_fen: int
    pay_fen: int
    made_by: str
    made_at: datetime
    proposed_at: datetime | None
    approvals_needed: int
    approvals: tuple[ApprovalFacts, ...]
    content_digest: str
    law_digest: str
    rules_version: str

    @property
    def is_open(self) -> bool:
        """Whether it still waits to be proposed or approved."""
        return self.state in (RunState.COMPUTED, RunState.PROPOSED)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """One line of a run, with everything it was computed from."""

    id: int
    person_id: int
    award_id: int | None
    grant_id: int | None
    term_id: int | None
    benefit: str
    for_month: Month
    owed_fen: int
    settled_fen: int
    due_fen: int
    cause: Cause
    standard_key: str
    units: int
    standard: str
    amount_fen: int
    divisor: int
    payment_id: int | None


@dataclass(frozen=True, slots=True)
class PaymentFacts:
    """What one person gets out of a run; the account shows its last four digits only."""

    id: int
    run_id: int
    person_id: int
    pay_month: Month
    payee: str
    account_tail: str
    bank: str
    deducted_fen: int
    amount_fen: int
    paid_fen: int
    state: PaymentState
    reason: str


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """An overpayment and how it comes back."""

    id: int
    person_id: int
    run_id: int
    pay_month: Month
    reason: str
    amount_fen: int
    recovered_fen: int
    monthly_fen: int
    state: RecoveryState
    entries: tuple[tuple[RecoveryEntryKind, int, date, str], ...]

    @property
    def left_fen(self) -> int:
        """What is still to come."""
        return self.amount_fen - self.recovered_fen if self.state is RecoveryState.OPEN else 0


@dataclass(frozen=True, slots=True)
class BudgetFacts:
    """What a run took from one budget line, for one level of government."""

    line_number: str
    year: int
    level: str
    amount_fen: int
    posted_fen: int
    released_fen: int


def has_payroll(bureau: str) -> bool:
    """Whether a bureau pays in this system."""
    return Payroll.objects.filter(bureau=bureau).exists()


def bureaus_with_payroll() -> tuple[str, ...]:
    """The codes of the bureaus that pay in this system."""
    return tuple(Payroll.objects.order_by("bureau").values_list("bureau", flat=True))


def runs(actor: Actor, bureau: str, *, limit: int = SHOWN) -> tuple[RunFacts, ...]:
    """The runs of a bureau, latest month first. Raises: NotAllowed, PayrollUnknown."""
    payroll = payroll_of(bureau)
    guard(actor, SEE_RUNS, payroll)
    rows = PaymentRun.objects.filter(payroll=payroll).order_by("-pay_month", "-sequence")
    return tuple(_run(row) for row in rows.select_related("payroll").prefetch_related("approvals__approver")[:limit])


def run_facts(actor: Actor, run_id: int) -> RunFacts:
    """One run. Raises: NotAllowed, RunUnknown."""
    row = run_numbered(run_id)
    guard(actor, SEE_RUNS, row.payroll)
    return _run(row)


def runs_waiting_for(actor: Actor) -> tuple[RunFacts, ...]:
    """The runs that the actor may approve now: in scope, not made or approved by the actor."""
    in_scope = APPROVE_RUN.scope_filter(actor, path_field="payroll__scope_path", area_field="payroll__area")
    rows = PaymentRun.objects.filter(in_scope, state=RunState.PROPOSED).select_related("payroll")
    own = Q(made_by_id=actor.user_id) | Q(proposed_by_id=actor.user_id) | Q(approvals__approver_id=actor.user_id)
    return tuple(_run(row) for row in rows.exclude(own).order_by("pay_month", "pk")) if actor.user_id else ()


def lines_of_run(
    actor: Actor, run_id: int, *, cause: Cause | None = None, person_id: int | None = None, limit: int = SHOWN,
    offset: int = 0,
) -> tuple[LineFacts, ...]:  # fmt: skip
    """The lines of a run, of one cause or person if given. Raises: NotAllowed, RunUnknown."""
    run = run_numbered(run_id)
    guard(actor, SEE_RUNS, run.payroll)
    rows = RunLine.objects.filter(run=run)
    rows = rows.filter(cause=cause) if cause else rows
    rows = rows.filter(person_id=person_id) if person_id else rows
    return tuple(line_facts(row) for row in rows.order_by("pk")[offset : offset + limit])


def payments_of_run(
    actor: Actor, run_id: int, *, state: PaymentState | None = None, limit: int = SHOWN, offset: int = 0
) -> tuple[PaymentFacts, ...]:
    """The payments of a run, in its order. Raises: NotAllowed, RunUnknown."""
    run = run_numbered(run_id)
    guard(actor, SEE_RUNS, run.payroll)
    rows = Payment.objects.filter(run=run).select_related("run")
    rows = rows.filter(state=state) if state else rows
    return tuple(payment_facts(row) for row in rows.order_by("sequence")[offset : offset + limit])


def payments_of_person(person_id: int) -> tuple[PaymentFacts, ...]:
    """Every payment of approved runs to a person, latest first; the caller has checked the right to see the person."""
    rows = Payment.objects.filter(person_id=person_id, run__state__in=SETTLED_STATES).select_related("run")
    return tuple(payment_facts(row) for row in rows.order_by("-run__pay_month", "-pk"))


def recoveries(actor: Actor, bureau: str, *, only_open: bool = True) -> tuple[RecoveryFacts, ...]:
    """The overpayments of a bureau's approved runs, oldest first. Raises: NotAllowed, PayrollUnknown."""
    payroll = payroll_of(bureau)
    guard(actor, SEE_RUNS, payroll)
    rows = Recovery.objects.filter(run__payroll=payroll, run__state__in=SETTLED_STATES)
    return recovery_facts(rows.filter(state=RecoveryState.OPEN) if only_open else rows)


def recovery(actor: Actor, recovery_id: int) -> RecoveryFacts:
    """One overpayment of an approved run. Raises: RecoveryUnknown, NotAllowed."""
    found = recovery_facts(Recovery.objects.filter(pk=recovery_id, run__state__in=SETTLED_STATES))
    if not found:
        raise RecoveryUnknown(recovery=recovery_id)
    guard(actor, SEE_RUNS, run_numbered(found[0].run_id).payroll)
    return found[0]


def recoveries_of_person(person_id: int) -> tuple[RecoveryFacts, ...]:
    """The overpayments of a person; the caller has checked the right to see the person."""
    return recovery_facts(Recovery.objects.filter(person_id=person_id, run__state__in=SETTLED_STATES))


def recovery_facts(rows: QuerySet[Recovery]) -> tuple[RecoveryFacts, ...]:
    """Recoveries as other rooms see them; of deductions those of approved runs."""
    found = []
    for row in rows.select_related("run").prefetch_related("entries__run").order_by("pk"):
        entries = tuple(
            (RecoveryEntryKind(entry.kind), entry.amount_fen, entry.recorded_on, entry.evidence)
            for entry in row.entries.all()
            if entry.undone_on is None and (entry.run is None or entry.run.state in SETTLED_STATES)
        )
        found.append(
            RecoveryFacts(
                row.pk, row.person_id, row.run_id, Month.from_number(row.run.pay_month), row.reason, row.amount_fen,
                row.recovered_fen, row.monthly_fen, RecoveryState(row.state), entries,
            )
        )  # fmt: skip
    return tuple(found)


def budget_of_run(actor: Actor, run_id: int) -> tuple[BudgetFacts, ...]:
    """What a run took from the budget. Raises: NotAllowed, RunUnknown."""
    run = run_numbered(run_id)
    guard(actor, SEE_RUNS, run.payroll)
    rows = RunBudget.objects.filter(run=run).order_by("line_number", "level")
    return tuple(
        BudgetFacts(row.line_number, row.year, row.level, row.amount_fen, row.posted_fen, row.released_fen)
        for row in rows
    )


def counts_by_state(run_id: int) -> dict[PaymentState, tuple[int, int]]:
    """How many payments of a run stand where, and their sum in fen."""
    rows = Payment.objects.filter(run_id=run_id).order_by().values("state")
    return {
        PaymentState(row["state"]): (row["count"], row["fen"])
        for row in rows.annotate(count=Count("id"), fen=Sum("amount_fen"))
    }


def line_facts(row: RunLine) -> LineFacts:
    """A line as other rooms see it."""
    return LineFacts(
        row.pk, row.person_id, row.award_id, row.grant_id, row.term_id, row.benefit, Month.from_number(row.for_month),
        row.owed_fen, row.settled_fen, row.due_fen, Cause(row.cause), row.standard_key, row.units, row.standard,
        row.amount_fen, row.divisor, row.payment_id,
    )  # fmt: skip


def payment_facts(row: Payment) -> PaymentFacts:
    """A payment as other rooms see it."""
    return PaymentFacts(
        row.pk, row.run_id, row.person_id, Month.from_number(row.run.pay_month), row.payee, row.account_tail, row.bank,
        row.deducted_fen, row.amount_fen, row.paid_fen, PaymentState(row.state), row.reason,
    )  # fmt: skip


def _run(row: PaymentRun) -> RunFacts:
    return RunFacts(
        id=row.pk,
        bureau=row.payroll.bureau,
        pay_month=Month.from_number(row.pay_month),
        sequence=row.sequence,
        kind=RunKind(row.kind),
        state=RunState(row.state),
        known_on=row.known_on,
        first_month=Month.from_number(row.first_month),
        engine=row.engine,
        line_count=row.line_count,
        person_count=row.person_count,
        due_fen=row.due_fen,
        pay_fen=row.pay_fen,
        made_by=row.made_by_label,
        made_at=row.made_at,
        proposed_at=row.proposed_at,
        approvals_needed=row.approvals_needed,
        approvals=_approvals(row),
        content_digest=row.content_digest,
        law_digest=row.law_digest,
        rules_version=row.rules_version,
    )


def _approvals(row: PaymentRun) -> tuple[ApprovalFacts, ...]:
    given: Iterable = sorted(row.approvals.all(), key=lambda one: one.level)
    return tuple(
        ApprovalFacts(one.level, f"{one.approver.display_name}（{one.approver.username}）", one.approved_at, one.note)
        for one in given
    )
