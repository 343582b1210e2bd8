"""Numbers over payments and what the bank made of them: pieces and money, on time, days that each step took."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db.models import Count, Exists, Max, Min, OuterRef, QuerySet, Sum

from rongji.accounts.selectors import organisations_of_kind
from rongji.kernel.china_time import day_of
from rongji.kernel.figure import Figure, RowRef
from rongji.kernel.month import Month
from rongji.law.measured import Group, Named, amount_of, counted_figure
from rongji.law.values import find
from rongji.payments import models
from rongji.payments.measures.settled import NO_STATION, PAYROLL, SHOWN_PERSONS, TABLE, Settled
from rongji.payments.types import PaymentState, RunKind
from rongji.people.measures import MaySee, person_row

BANK = "银行回盘"
STAGES = (
    ("proposed", "核算到提请审批"), ("approved", "提请到批准"), ("sent", "批准到送盘"), ("answered", "送盘到最后回盘"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaymentCount:
    """A number over payments, by month of the run. adds: column that is added up, empty to count pieces."""

    named: Named
    payments: Callable[["Sent"], QuerySet]
    adds: str = ""
    keeps_zero: bool = False


class Sent:
    """The payments of a year's approved runs that go through the bank, cancelled ones left out."""

    def __init__(self, settled: Settled) -> None:
        self.settled = settled

    @property
    def all(self) -> QuerySet:
        """Every payment of more than nothing."""
        own = models.Payment.objects.filter(run__in=list(self.settled.months), amount_fen__gt=0).order_by()
        return own.exclude(state=PaymentState.CANCELLED)

    @property
    def paid(self) -> QuerySet:
        """Those that arrived in full."""
        return self.all.filter(state=PaymentState.PAID)

    @property
    def returned(self) -> QuerySet:
        """Those that the bank once returned, whether or not they went through later."""
        items = models.BatchItem.objects.filter(batch__run__in=list(self.settled.months), state=PaymentState.RETURNED)
        return self.all.filter(pk__in=list(items.values_list("payment", flat=True)))

    @property
    def deducted(self) -> QuerySet:
        """Those from which something was taken off for an overpayment, all of it perhaps."""
        own = models.Payment.objects.filter(run__in=list(self.settled.months), deducted_fen__gt=0).order_by()
        return own.exclude(state=PaymentState.CANCELLED)

    @cached_property
    def due_days(self) -> dict[int, date]:
        """By regular run: the day by which its month is to have arrived, where the law or the region names one."""
        runs = models.PaymentRun.objects.filter(pk__in=list(self.settled.months), kind=RunKind.REGULAR)
        named = (
            (run, _due_day(month, area)) for run, month, area in runs.values_list("id", "pay_month", "payroll__area")
        )
        return {run: day for run, day in named if day}

    @property
    def due(self) -> QuerySet:
        """Those of regular runs, which have a day."""
        return self.all.filter(run__in=list(self.due_days))

    @property
    def on_time(self) -> QuerySet:
        """Those whose whole amount the bank had confirmed, by an answer imported no later than the day."""
        whole = self.due.filter(state=PaymentState.PAID)
        return whole.exclude(pk__in=list(self._late(whole)))

    def _late(self, whole: QuerySet) -> set[int]:
        """Payments with money whose first confirmation came in an answer after the day, or in none."""
        confirmed = models.ReturnRow.objects.filter(item=OuterRef("pk"), paid_fen__gt=0)
        own = models.BatchItem.objects.filter(batch__run__in=list(self.due_days), paid_fen__gt=0).order_by()
        late = set(own.filter(~Exists(confirmed)).values_list("payment", flat=True))
        for file in models.ReturnFile.objects.filter(batch__run__in=list(self.due_days)).select_related("batch"):
            if _day(file.imported_at) > self.due_days[file.batch.run_id]:
                late |= self._first_told_in(file)
        return late & set(whole.values_list("id", flat=True)) if late else late

    def _first_told_in(self, file: models.ReturnFile) -> set[int]:
        rows = models.ReturnRow.objects.filter(item__answers__file=file, item__paid_fen__gt=0, paid_fen__gt=0)
        first = rows.order_by().values("item", "item__payment").annotate(first=Min("file"))
        return {row["item__payment"] for row in first if row["first"] == file.pk}


def payment_counts() -> tuple[PaymentCount, ...]:
    """Every number over payments."""
    return (
        PaymentCount(Named("payments.items", "已批准批次中应通过银行发放的付款，撤销的不计"), lambda s: s.all),
        PaymentCount(
            Named("payments.to_bank", "已批准批次中应通过银行发放的金额，撤销的不计"), lambda s: s.all, "amount_fen"
        ),
        PaymentCount(Named("payments.items_paid", "银行确认全额到账的付款"), lambda s: s.paid, keeps_zero=True),
        PaymentCount(Named("payments.items_returned", "至少被银行退回过一次的付款"), lambda s: s.returned),
        PaymentCount(Named("payments.paid", "各笔付款登记的到账金额之和"), lambda s: s.all, "paid_fen"),
        PaymentCount(Named("payments.deducted", "从付款中抵扣的多发金额"), lambda s: s.deducted, "deducted_fen"),
        PaymentCount(Named("payments.items_due", "按月发放批次中定有到账日的付款"), lambda s: s.due),
        PaymentCount(
            Named("payments.items_on_time", "到账日前（含当日）导入的回盘已确认全额到账的付款"),
            lambda s: s.on_time, keeps_zero=True,
        ),
    )  # fmt: skip


def bank_figures(settled: Settled) -> Iterator[Figure]:
    """Batches, payments and what became of them, what the bank answered, and the days that each step took."""
    sent = Sent(settled)
    runs = Counter(settled.months.values())
    if runs:
        yield _by_month(Named("payments.batches", "已批准的发放批次"), runs)
    for count in payment_counts():
        found = _summed(count, sent)
        has_base = bool(found) or count.keeps_zero
        if has_base and _is_told(count, sent):
            yield _by_month(count.named, found)
    yield from _answered(settled)
    yield from _stages(settled)


def _is_told(count: PaymentCount, sent: Sent) -> bool:
    """Nothing on time is a number only where something was due."""
    return bool(sent.due_days) if count.named.concept in ("payments.items_due", "payments.items_on_time") else True


def _summed(count: PaymentCount, sent: Sent) -> Counter[int]:
    adds = Sum(count.adds) if count.adds else Count("id")
    found: Counter[int] = Counter()
    for run, n in count.payments(sent).values_list("run").annotate(n=adds):
        if n:
            found[sent.settled.months[run]] += n
    return found


def _by_month(named: Named, found: Mapping[int, int], register: str = PAYROLL) -> Figure:
    opens = named.name in {count.named.name for count in payment_counts()} and register == PAYROLL
    groups = (
        Group(str(month) if opens else None, Month.from_number(month).label, found[month]) for month in sorted(found)
    )
    return counted_figure(named, groups, register=register, table=TABLE)


def _answered(settled: Settled) -> Iterator[Figure]:
    """The money that arrived once more, from what stands on each sent item after the bank's answers."""
    items = models.BatchItem.objects.filter(batch__run__in=list(settled.months)).order_by()
    items = items.exclude(payment__state=PaymentState.CANCELLED)
    found: Counter[int] = Counter()
    for run, fen in items.values_list("batch__run").annotate(fen=Sum("paid_fen")):
        if fen:
            found[settled.months[run]] += fen
    if found:
        yield _by_month(Named("payments.paid", "各送盘明细按银行答复登记的到账金额之和"), found, BANK)


def _stages(settled: Settled) -> Iterator[Figure]:
    """Whole days between the steps of each run, added up; a step that has not come yet adds nothing."""
    runs = models.PaymentRun.objects.filter(pk__in=list(settled.months)).order_by("pay_month", "sequence")
    steps = runs.annotate(
        approved=Max("approvals__approved_at"),
        sent=Min("batches__made_at"),
        answered=Max("batches__returns__imported_at"),
    ).values_list("id", "pay_month", "made_at", "proposed_at", "approved", "sent", "answered")
    rows = list(steps)
    everything: list[Group] = []
    for place, (stage, label) in enumerate(STAGES):
        days = [(run, month, _days(times[place], times[place + 1])) for run, month, *times in rows]
        groups = [Group(None, f"{Month.from_number(m).label}批次 {run}", n) for run, m, n in days if n is not None]
        if groups:
            named = Named("payments.stage_days", f"各批次从{label}的天数之和", f"stage:{stage}", f"{label}天数")
            yield counted_figure(named, groups, register=PAYROLL, table=TABLE)
            everything.append(Group(None, label, sum(group.amount for group in groups)))
    if everything:
        yield counted_figure(
            Named("payments.stage_days", "各批次各环节天数之和"), everything, register=PAYROLL, table=TABLE
        )


def payments_behind(settled: Settled, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """The persons behind one month of a number, or its stations where they are many."""
    name, _, rest = identifier.partition("|")
    month, has_station, station = rest.partition("|")
    count = next((item for item in payment_counts() if item.named.name == name), None)
    if count is None or not month:
        return ()
    runs = [run for run, own in settled.months.items() if str(own) == month]
    rows = count.payments(Sent(settled)).filter(run__in=runs)
    if has_station:
        rows = rows.filter(person__station_code=station)
    elif rows.count() > SHOWN_PERSONS:
        return _by_station(count, rows, identifier)
    return tuple(_row(row, count, may_see) for row in rows.select_related("person").order_by("person__number", "id"))


def _by_station(count: PaymentCount, rows: QuerySet, identifier: str) -> tuple[RowRef, ...]:
    names = {item.code: item.name for item in organisations_of_kind("station")}
    adds = Sum(count.adds) if count.adds else Count("id")
    found = rows.values_list("person__station_code").annotate(n=adds).order_by("-n", "person__station_code")
    return tuple(
        RowRef(TABLE, f"{identifier}|{code}", names.get(code, code) or NO_STATION, amount_of(count.named.concept, n))
        for code, n in found
        if n
    )


def _row(row: models.Payment, count: PaymentCount, may_see: MaySee) -> RowRef:
    person = row.person
    fields = {
        "id": person.pk, "number": person.number, "name": person.name, "village": person.village,
        "scope_path": person.scope_path, "area": person.area,
    }  # fmt: skip
    added = getattr(row, count.adds) if count.adds else 1
    said = "" if count.adds else str(amount_of("payments.paid", row.amount_fen).to("元", 2))
    return person_row(fields, amount_of(count.named.concept, added), may_see, said)


def _due_day(month: int, area: str) -> date | None:
    of = Month.from_number(month)
    row = find("payments.due_day", on=of.last_day, known_on=date.max, region=area, what="regular")
    return date(of.year, of.month, min(int(row.value), of.last_day.day)) if row else None


def _days(earlier: datetime | None, later: datetime | None) -> int | None:
    return (_day(later) - _day(earlier)).days if earlier and later else None


def _day(at: datetime) -> date:
    return day_of(at)
