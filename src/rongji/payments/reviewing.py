"""What a reviewer looks at before a run is proposed: its sums by cause, how it differs from the month before and why,
who stopped, and everyone above the line."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, QuerySet, Sum

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.awards.selectors import claims_of, columns
from rongji.awards.types import END_LABELS, EndKind
from rongji.kernel.fen import FEN_PER_YUAN
from rongji.kernel.month import Month
from rongji.law.benefits import benefit
from rongji.law.values import as_of
from rongji.payments.content import Sums, sums
from rongji.payments.models import Payment, PaymentRun, Recovery, RunLine
from rongji.payments.policies import SEE_RUNS
from rongji.payments.reckoning import settled
from rongji.payments.runs import run_numbered
from rongji.payments.selectors import RecoveryFacts, RunFacts, recovery_facts, run_facts
from rongji.payments.types import CAUSE_LABELS, Cause, RunKind
from rongji.people.dated import known_q
from rongji.people.selectors import briefs
from rongji.people.types import LifeEventKind
from rongji.rules.entitlement.account import Owed, owed
from rongji.rules.entitlement.claim import Claim

if TYPE_CHECKING:
    import pyarrow as pa

SHOWN = 200


@dataclass(frozen=True, slots=True)
class CauseSum:
    """The lines of one cause: how many persons and lines, and their sum."""

    cause: Cause
    label: str
    persons: int
    lines: int
    fen: int


@dataclass(frozen=True, slots=True)
class Difference:
    """Awards whose month differs from the month before in one way: how many, and by how much in all."""

    name: str
    label: str
    awards: int
    fen: int


@dataclass(frozen=True, slots=True)
class Stopped:
    """An award that was paid for the month before and is not for this one, and why."""

    person_id: int
    person: str
    award_id: int
    benefit: str
    last_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class PersonSum:
    """A person with an amount worth a look. person: name and file number."""

    person_id: int
    person: str
    fen: int
    note: str = ""


@dataclass(frozen=True)
class Review:
    """Everything a reviewer needs of one run.

    last_month_fen, this_month_fen: what awards come to for the month before and for the pay month; differences lead
    from the one to the other. above: persons whose payment, or arrears, reach the line of the area.
    """

    run: RunFacts
    sums: Sums
    causes: tuple[CauseSum, ...]
    last_month_fen: int
    this_month_fen: int
    differences: tuple[Difference, ...]
    stopped: tuple[Stopped, ...]
    stopped_count: int
    payment_line_fen: int
    arrears_line_fen: int
    above: tuple[PersonSum, ...]
    above_count: int
    large_arrears: tuple[PersonSum, ...]
    large_arrears_count: int
    without_account: tuple[PersonSum, ...]
    without_account_count: int
    dead_payees: tuple[PersonSum, ...]
    recoveries: tuple[RecoveryFacts, ...]


def review(actor: Actor, run_id: int) -> Review:
    """Look at a run. Lists show at most 200 rows, their counts are of all. Raises: NotAllowed, RunUnknown."""
    run = run_numbered(run_id)
    guard(actor, SEE_RUNS, run.payroll)
    months = _months_compared(run)
    stopped_rows = months.stopped()
    lines = {what: _line_fen(run, what) for what in ("payment", "arrears")}
    above = Payment.objects.filter(run=run, amount_fen__gte=lines["payment"])
    arrears = _large_arrears(run, lines["arrears"])
    without = Payment.objects.filter(run=run, account_index="", amount_fen__gt=0)
    # as known when the run was computed: an old run is not to blame for those who died after it
    death = known_q(run.known_on, "person__life_events__")
    dead = Payment.objects.filter(
        death, run=run, amount_fen__gt=0, person__life_events__kind=LifeEventKind.DIED
    ).distinct()
    return Review(
        run=run_facts(actor, run_id),
        sums=sums(run),
        causes=_causes(run),
        last_month_fen=months.last_fen,
        this_month_fen=months.this_fen,
        differences=months.differences(),
        stopped=_stopped(run, stopped_rows[:SHOWN]),
        stopped_count=len(stopped_rows),
        payment_line_fen=lines["payment"],
        arrears_line_fen=lines["arrears"],
        above=_of_payments(above),
        above_count=above.count(),
        large_arrears=_named((row["person_id"], row["fen"], "") for row in arrears[:SHOWN]),
        large_arrears_count=arrears.count(),
        without_account=_of_payments(without),
        without_account_count=without.count(),
        dead_payees=_of_payments(dead),
        recoveries=recovery_facts(Recovery.objects.filter(run=run)),
    )


@dataclass(frozen=True)
class _Compared:
    """Each periodic award's amount for the month before and for the pay month, as rows of (award, person, …)."""

    rows: "pa.Table"
    is_regular: bool

    @property
    def last_fen(self) -> int:
        """The month before in all."""
        return _total(self.rows, "last")

    @property
    def this_fen(self) -> int:
        """The pay month in all."""
        return _total(self.rows, "this")

    def differences(self) -> tuple[Difference, ...]:
        """How the one month becomes the other; the sums add up to the difference."""
        import pyarrow.compute as pc

        last, this = self.rows["last"], self.rows["this"]
        kinds = (
            ("new", "新增", pc.and_(pc.equal(last, 0), pc.greater(this, 0))),
            ("stopped", "停发", pc.and_(pc.greater(last, 0), pc.equal(this, 0))),
            ("raised", "调高", pc.and_(pc.greater(last, 0), pc.greater(this, last))),
            ("lowered", "调低", pc.and_(pc.greater(this, 0), pc.less(this, last))),
        )
        found = []
        for name, label, mask in kinds:
            rows = self.rows.filter(mask)
            found.append(Difference(name, label, rows.num_rows, _total(rows, "this") - _total(rows, "last")))
        return tuple(found)

    def stopped(self) -> list[dict]:
        """Awards of the month before that the pay month lacks; none in a run that only supplements."""
        import pyarrow.compute as pc

        if not self.is_regular:
            return []
        mask = pc.and_(pc.greater(self.rows["last"], 0), pc.equal(self.rows["this"], 0))
        return self.rows.filter(mask).sort_by([("last", "descending"), ("award_id", "ascending")]).to_pylist()


def _months_compared(run: PaymentRun) -> _Compared:
    import pyarrow as pa
    import pyarrow.compute as pc

    this_month, last_month = run.pay_month, (Month.from_number(run.pay_month) - 1).number
    before = settled(run.payroll, upto=Month.from_number(this_month), before_run=run.pk)
    names = ["person_id", "award_id", "benefit", "for_month", "fen"]
    rows = RunLine.objects.filter(run=run, award_id__isnull=False, for_month=this_month).order_by()
    own = columns(rows.values_list("person_id", "award_id", "benefit", "for_month", "due_fen"), names, {})
    parts = []
    for table, month, sides in ((before, last_month, (1, 0)), (before, this_month, (0, 1)), (own, this_month, (0, 1))):
        part = table.filter(pc.and_(pc.equal(table["for_month"], month), pc.is_valid(table["award_id"])))
        amounts = [pc.multiply(part["fen"].cast(pa.int64()), side) for side in sides]
        kept = [
            part["award_id"].cast(pa.int64()),
            part["person_id"].cast(pa.int64()),
            part["benefit"].cast(pa.string()),
        ]
        parts.append(pa.table([*kept, *amounts], names=["award_id", "person_id", "benefit", "last", "this"]))
    summed = pa.concat_tables(parts).group_by(["award_id", "person_id", "benefit"])
    found = summed.aggregate([("last", "sum"), ("this", "sum")])
    named = found.rename_columns(["award_id", "person_id", "benefit", "last", "this"])
    return _Compared(named, run.kind == RunKind.REGULAR)


def _total(rows: "pa.Table", column: str) -> int:
    import pyarrow.compute as pc

    return pc.sum(rows[column]).as_py() or 0


def _causes(run: PaymentRun) -> tuple[CauseSum, ...]:
    rows = RunLine.objects.filter(run=run).order_by().values("cause")
    counted = rows.annotate(persons=Count("person_id", distinct=True), lines=Count("id"), fen=Sum("due_fen"))
    by_cause = {row["cause"]: row for row in counted}
    return tuple(
        CauseSum(cause, CAUSE_LABELS[cause], row["persons"], row["lines"], row["fen"])
        for cause in Cause
        if (row := by_cause.get(cause.value))
    )


def _stopped(run: PaymentRun, rows: Iterable[Mapping]) -> tuple[Stopped, ...]:
    wanted = list(rows)
    month, persons = Month.from_number(run.pay_month), {row["person_id"] for row in wanted}
    by_person: dict[int, list[Claim]] = {}
    for claim in claims_of(persons, known_on=run.known_on):
        by_person.setdefault(claim.person_id, []).append(claim)
    judged = {person: owed(claims, month, run.known_on) for person, claims in by_person.items()}
    names = _names(persons)

    def of(row: Mapping) -> Stopped:
        person, award = row["person_id"], row["award_id"]
        own = [one for one in judged.get(person, ()) if one.claim.award_id == award]
        label = benefit_label(row["benefit"], run.known_on)
        return Stopped(person, names[person], award, label, row["last"], _why(own))

    return tuple(of(row) for row in wanted)


def _why(items: list[Owed]) -> str:
    """Why an award pays nothing for the month, the weightiest reason first."""
    if not items:
        return "待遇已撤销"
    last = items[-1]
    claim = last.claim
    if claim.died_on is not None:
        return f"{claim.died_on} 去世"
    if last.suppressed_by is not None:
        return f"改发另一项待遇（编号 {last.suppressed_by.award_id}）"
    if claim.ended_on is not None:
        return f"{claim.ended_on} {END_LABELS[EndKind(claim.end)]}"
    if last.rate is None and last.period.holds(last.month):
        return "本月没有达到发放条件"
    return f"自{last.period.first.label}起才应发"


def _large_arrears(run: PaymentRun, line_fen: int) -> QuerySet:
    earlier = RunLine.objects.filter(run=run, for_month__lt=run.pay_month, due_fen__gt=0).order_by()
    sums_of = earlier.values("person_id").annotate(fen=Sum("due_fen"))
    return sums_of.filter(fen__gte=line_fen).order_by("-fen", "person_id")


def _of_payments(rows: QuerySet[Payment]) -> tuple[PersonSum, ...]:
    found = rows.order_by("-amount_fen", "sequence").values_list("person_id", "amount_fen", "account_tail")[:SHOWN]
    return _named((person, fen, f"尾号 {tail}" if tail else "没有领款账户") for person, fen, tail in found)


def _named(rows: Iterable[tuple[int, int, str]]) -> tuple[PersonSum, ...]:
    wanted = list(rows)
    names = _names({person for person, _, _ in wanted})
    return tuple(PersonSum(person, names[person], fen, note) for person, fen, note in wanted)


def _names(persons: set[int]) -> dict[int, str]:
    return {pk: f"{one.name}（{one.number}）" for pk, one in briefs(persons).items()}


def _line_fen(run: PaymentRun, what: str) -> int:
    last_day = Month.from_number(run.pay_month).last_day
    row = as_of("payments.review_threshold", on=last_day, known_on=run.known_on, region=run.payroll.area, what=what)
    return int(Decimal(row.value) * FEN_PER_YUAN)


def benefit_label(name: str, known_on: date) -> str:
    """A benefit as people call it."""
    return benefit(name, on=known_on, known_on=known_on).label
