"""Writes: open a payroll, compute a run and discard it again.

A run is read and reckoned without a lock, then written in one transaction: a process that dies leaves all of it or
nothing, and two at once leave one.
"""

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import F, Max, Q, Sum

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.digest import digest
from rongji.kernel.fen import yuan
from rongji.kernel.month import Month
from rongji.law.values import as_of
from rongji.payments.content import check_sums, content_digest
from rongji.payments.engines import due_lines
from rongji.payments.models import Payment, PaymentRun, Payroll, Recovery, RecoveryEntry, RunLine
from rongji.payments.policies import COMPUTE_RUN, OPEN_PAYROLL
from rongji.payments.reckoning import Reckoning, read, rules_version
from rongji.payments.refusals import (
    KnownOnUnfit,
    MonthBeforePayroll,
    MonthTooFar,
    NothingDue,
    PayrollExists,
    PayrollUnknown,
    RunComputedMeanwhile,
    RunStillOpen,
    RunUnknown,
    StepNotPossible,
)
from rongji.payments.settling import Standing
from rongji.payments.types import RUN_STATE_LABELS, SETTLED_STATES, Cause, RecoveryState, RunKind, RunState
from rongji.payments.writing import RunWriter, Totals

MONTHS_AHEAD = 1
OPEN_STATES = (RunState.COMPUTED, RunState.PROPOSED)
Progress = Callable[[str, int], None]


def open_payroll(*, actor: Actor, bureau: str, first_month: Month, bank_profile: str = "", area: str = "") -> int:
    """Begin to pay in this system: from that month on it answers for what is owed; earlier months were paid elsewhere.

    Raises: NotAllowed, OrganisationUnknown, PayrollExists.
    """
    facts = organisation(bureau)
    guard(actor, OPEN_PAYROLL, facts.scope)
    with transaction.atomic():
        trail.lock_head()
        known = Payroll.objects.filter(bureau=bureau).first()
        if known is not None:
            raise PayrollExists(bureau=bureau, first_month=Month.from_number(known.first_month))
        row = Payroll.objects.create(
            bureau=bureau, area=area or facts.area_code, first_month=first_month.number, bank_profile=bank_profile,
            scope_path=facts.path,
        )  # fmt: skip
        trail.record(
            actor=actor,
            action="payments.open_payroll",
            subject_kind="payroll",
            subject_id=bureau,
            summary=f"建立发放台账，自{first_month.label}起发放",
            detail={"first_month": str(first_month), "bank_profile": bank_profile, "area": row.area},
        )
    return row.pk


def payroll_of(bureau: str) -> Payroll:
    """The payroll of a bureau. Raises: PayrollUnknown."""
    found = Payroll.objects.filter(bureau=bureau).first()
    if found is None:
        raise PayrollUnknown(bureau=bureau)
    return found


def run_numbered(run_id: int) -> PaymentRun:
    """A run with its payroll. Raises: RunUnknown."""
    found = PaymentRun.objects.select_related("payroll").filter(pk=run_id).first()
    if found is None:
        raise RunUnknown(run=run_id)
    return found


def compute_run(
    *,
    actor: Actor,
    bureau: str,
    pay_month: Month,
    known_on: date | None = None,
    engine: str = "embedded",
    master: str = "",
    progress: Progress | None = None,
) -> int:
    """Find what is owed and not yet settled up to a month, as known on a day, and keep it as a run to be reviewed.

    The first run of a month is its regular one, later ones supplement it. known_on: the day of the command if not
    given. Raises: NotAllowed, PayrollUnknown, RunStillOpen, MonthBeforePayroll, MonthTooFar, KnownOnUnfit, NothingDue,
    RunComputedMeanwhile, EngineUnknown, and what the rules and engines refuse.
    """
    payroll = payroll_of(bureau)
    guard(actor, COMPUTE_RUN, payroll)
    known = known_on or actor.day
    _refuse_open(payroll)
    _refuse_month(payroll, pay_month, actor.day)
    _refuse_known(payroll, known, actor.day)
    tell = progress or _say_nothing
    tell("read", 0)
    marker = _marker(payroll)
    reckoning = read(payroll, pay_month=pay_month, known_on=known)
    tell("reckon", reckoning.claims.num_rows)
    lines = due_lines(reckoning, engine=engine, master=master)
    try:
        with transaction.atomic():
            run = _new_run(actor, payroll, reckoning, engine)
            if _marker(payroll) != marker:
                raise RunComputedMeanwhile
            totals = _write(run, reckoning, lines, actor.day, tell)
            tell("seal", totals.lines)
            _seal(actor, run, totals)
            tell("recorded", totals.lines)
    except IntegrityError as error:
        if "run_one_open" in str(error) or "payroll_id" in str(error) or "run_once" in str(error):
            raise RunComputedMeanwhile from None
        raise
    return run.pk


def discard_run(*, actor: Actor, run_id: int, reason: str = "") -> None:
    """Give up a run that is not approved: its content goes, its heading and digest stay.

    Raises: NotAllowed, RunUnknown, StepNotPossible.
    """
    with transaction.atomic():
        trail.lock_head()
        run = run_numbered(run_id)
        guard(actor, COMPUTE_RUN, run.payroll)
        run = PaymentRun.objects.select_for_update(of=("self",)).get(pk=run_id)
        if run.state not in OPEN_STATES:
            raise StepNotPossible(
                run=run_id, state=RUN_STATE_LABELS[RunState(run.state)], step="作废", advice="已批准的付款请逐笔撤销。"
            )
        for model in (RecoveryEntry, RunLine, Payment, Recovery):
            rows = model.objects.filter(run=run)
            rows._raw_delete(rows.db)
        run.approvals.all().delete()
        run.state = RunState.DISCARDED
        run.save(update_fields=["state"])
        _record(actor, "payments.discard_run", run, f"作废发放批次 {run.pk}{'：' if reason else ''}{reason}", {})


def recovery_share(area: str, on: date, known_on: date) -> Decimal:
    """How much of a payment may be taken off at most, as the law of the area has it."""
    row = as_of("payments.recovery_share", on=on, known_on=known_on, region=area, what="payment")
    return Decimal(row.value)


def standing_recoveries(payroll: Payroll, pay_month: int) -> dict[int, list[Standing]]:
    """Open recoveries of approved runs, by person, oldest first, with what this pay month may still take off."""
    taken = Sum(
        "entries__amount_fen", filter=Q(entries__run__pay_month=pay_month, entries__undone_on__isnull=True), default=0
    )
    rows = Recovery.objects.filter(
        run__payroll=payroll, run__state__in=SETTLED_STATES, state=RecoveryState.OPEN, monthly_fen__gt=0
    )
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for row in rows.filter(recovered_fen__lt=F("amount_fen")).annotate(taken_fen=taken).order_by("pk"):
        monthly = max(row.monthly_fen - row.taken_fen, 0)
        found[row.person_id].append(Standing(row.pk, row.amount_fen - row.recovered_fen, monthly))
    return dict(found)


def _write(run: PaymentRun, reckoning: Reckoning, lines, on: date, tell: Progress) -> Totals:
    share = recovery_share(reckoning.area, on, reckoning.known_on)
    tell("write", 0)
    writer = RunWriter(run, reckoning, share, on, tell)
    totals = writer.write(lines, standing_recoveries(run.payroll, run.pay_month))
    if not totals.lines:
        raise NothingDue(month=reckoning.pay_month.label, known_on=reckoning.known_on)
    return totals


def _new_run(actor: Actor, payroll: Payroll, reckoning: Reckoning, engine: str) -> PaymentRun:
    """The heading of the run, which by itself keeps everybody else from computing one."""
    same_month = PaymentRun.objects.filter(payroll=payroll, pay_month=reckoning.pay_month.number)
    has_regular = same_month.filter(kind=RunKind.REGULAR).exclude(state=RunState.DISCARDED).exists()
    return PaymentRun.objects.create(
        payroll=payroll,
        pay_month=reckoning.pay_month.number,
        sequence=(same_month.aggregate(top=Max("sequence"))["top"] or 0) + 1,
        kind=RunKind.SUPPLEMENT if has_regular else RunKind.REGULAR,
        known_on=reckoning.known_on,
        first_month=payroll.first_month,
        engine=engine,
        law_digest=reckoning.law_digest,
        rules_version=rules_version(),
        input_digest=reckoning.input_digest,
        content_digest="",
        made_by_id=actor.user_id,
        made_by_label=actor.label[:160],
        made_at=actor.at,
    )


def _seal(actor: Actor, run: PaymentRun, totals: Totals) -> None:
    run.line_count, run.person_count = totals.lines, totals.persons
    run.due_fen, run.pay_fen = totals.due_fen, totals.pay_fen
    run.content_digest = content_digest(run)
    run.save()
    check_sums(run)
    facts = {
        "pay_month": run.pay_month, "known_on": str(run.known_on), "kind": str(run.kind), "lines": totals.lines,
        "persons": totals.persons, "due_fen": totals.due_fen, "pay_fen": totals.pay_fen,
        "deducted_fen": totals.deducted_fen, "recovery_fen": totals.recovery_fen,
        "without_account": totals.without_account, "engine": run.engine,
        "causes": {Cause(word).value: count for word, count in sorted(totals.by_cause.items())},
    }  # fmt: skip
    month = Month.from_number(run.pay_month).label
    said = f"核算{month}发放批次 {run.pk}：{totals.payments} 人实发 {yuan(totals.pay_fen)} 元"
    _record(actor, "payments.compute_run", run, said, facts)


def _record(actor: Actor, action: str, run: PaymentRun, said: str, facts: dict) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject_kind="payment_run",
        subject_id=run.pk,
        summary=said,
        after_digest=run.content_digest or digest(facts),
        detail=facts,
    )


def _refuse_open(payroll: Payroll) -> None:
    found = PaymentRun.objects.filter(payroll=payroll, state__in=OPEN_STATES).first()
    if found is not None:
        month = Month.from_number(found.pay_month).label
        raise RunStillOpen(run=found.pk, month=month, state=RUN_STATE_LABELS[RunState(found.state)])


def _refuse_month(payroll: Payroll, pay_month: Month, today: date) -> None:
    first, last = Month.from_number(payroll.first_month), Month.from_day(today) + MONTHS_AHEAD
    if pay_month < first:
        raise MonthBeforePayroll(month=pay_month.label, first_month=first.label)
    if pay_month > last:
        raise MonthTooFar(month=pay_month.label, last=last.label)


def _refuse_known(payroll: Payroll, known: date, today: date) -> None:
    settled = PaymentRun.objects.filter(payroll=payroll, state__in=SETTLED_STATES)
    first = settled.aggregate(last=Max("known_on"))["last"] or date.min
    if not first <= known <= today:
        raise KnownOnUnfit(known_on=known, first=first, last=today)


def _marker(payroll: Payroll) -> tuple:
    """What must not change between reading and writing: which runs are settled, which payments cancelled."""
    runs = PaymentRun.objects.filter(payroll=payroll, state__in=SETTLED_STATES).aggregate(top=Max("pk"))
    cancelled = Payment.objects.filter(Q(run__payroll=payroll), cancelled_at__isnull=False).aggregate(
        last=Max("cancelled_at"), top=Max("pk")
    )
    return runs["top"], cancelled["last"], cancelled["top"]


def _say_nothing(_step: str, _done: int) -> None:
    """Progress for nobody."""
