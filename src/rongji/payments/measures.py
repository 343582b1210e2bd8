"""What payments count for a bureau's year: persons, money, batches, returns, each with the lines behind it.

Money is what approved runs of the year settled, cancelled payments left out; it opens by month, and a month into the
persons who got it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from rongji.kernel.figure import Figure, FigureKey, RowRef, Source, SourceKind, Stage
from rongji.kernel.month import Month
from rongji.kernel.quantity import Quantity
from rongji.law.concepts import concept
from rongji.law.loader import lawbook
from rongji.law.values import find
from rongji.payments import models
from rongji.payments.types import SETTLED_STATES, Cause, PaymentState, RecoveryEntryKind

PAYROLL = "发放台账"
TABLE = "payments"
SHOWN_PERSONS = 500
PERIODIC, ONE_OFF = Q(award_id__isnull=False), Q(grant_id__isnull=False)
MONEY = ("万元", 6)


@dataclass(frozen=True, slots=True)
class LineMeasure:
    """A number over settled lines: a sum of money, or of distinct persons. lines: which lines, as one condition."""

    concept: str
    how: str
    lines: Q
    counts_persons: bool = False
    member: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """The number's name within the payroll."""
        return f"{self.concept}#{self.member}" if self.member else self.concept


@dataclass(frozen=True, slots=True)
class Group:
    """Some records behind a number: what they share, in words, and how much they add."""

    identifier: str
    label: str
    amount: int = 0
    records: int = field(default=0)


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that the payroll yields for a bureau's year; none when it settled nothing."""
    lines = _settled(bureau, year)
    if not lines.exists():
        return
    for measure in measures(bureau, year):
        found = _line_figure(measure, lines.filter(measure.lines))
        if found:
            yield found
    yield from _run_figures(bureau, year)
    yield from _recovery_figures(bureau, year)


def rows_behind(bureau: str, year: int, identifier: str) -> tuple[RowRef, ...]:
    """The persons behind one group of one number. identifier: as the figure's row carries it."""
    name, _, group = identifier.partition("|")
    measure = next((item for item in measures(bureau, year) if item.name == name), None)
    if measure is None:
        return ()
    lines = _settled(bureau, year).filter(measure.lines)
    key = {"benefit": group} if measure.counts_persons else {"run__pay_month": int(group)}
    persons = lines.filter(**key).values("person", "person__number", "person__name", "person__village")
    counted = persons.annotate(fen=Sum("due_fen")).order_by("-fen", "person")[:SHOWN_PERSONS]
    return tuple(
        RowRef(
            "person",
            str(row["person"]),
            f"{row['person__number']} {row['person__name']} {row['person__village']}",
            Quantity.from_fen(row["fen"], "元", 2),
        )
        for row in counted
    )


def measures(bureau: str, year: int) -> tuple[LineMeasure, ...]:
    """Every number over lines, those by benefit included."""
    raised = PERIODIC & Q(cause=Cause.ARREARS)
    return (
        LineMeasure("payments.recipients", "当年有定期待遇核发明细的不同人员", PERIODIC, counts_persons=True),
        LineMeasure("payments.amount", "定期待遇核发明细之和", PERIODIC),
        LineMeasure("payments.one_off_recipients", "当年有一次性待遇核发明细的不同人员", ONE_OFF, counts_persons=True),
        LineMeasure("payments.one_off_amount", "一次性待遇核发明细之和", ONE_OFF),
        LineMeasure("payments.raised", "原因为提标补发的明细之和", raised),
        *_by_benefit(bureau, year),
    )


def _by_benefit(bureau: str, year: int) -> Iterator[LineMeasure]:
    lines = _settled(bureau, year)
    for prefix, kind in (("payments.", PERIODIC), ("payments.one_off_", ONE_OFF)):
        for benefit in lines.filter(kind).values_list("benefit", flat=True).distinct().order_by("benefit"):
            label, member = _benefit_label(benefit), f"benefit:{benefit}"
            chosen = kind & Q(benefit=benefit)
            yield LineMeasure(f"{prefix}recipients", f"领取{label}的不同人员", chosen, True, member, f"{label}人数")
            yield LineMeasure(f"{prefix}amount", f"{label}明细之和", chosen, False, member, f"{label}金额")


def _settled(bureau: str, year: int) -> QuerySet:
    """The lines of the year's approved runs, without those of cancelled payments."""
    first, last = Month.of(year, 1).number, Month.of(year, 12).number
    return models.RunLine.objects.filter(
        ~Q(payment__state=PaymentState.CANCELLED) | Q(payment__isnull=True),
        run__payroll__bureau=bureau,
        run__state__in=SETTLED_STATES,
        run__pay_month__range=(first, last),
    )


def _line_figure(measure: LineMeasure, lines: QuerySet) -> Figure | None:
    groups = tuple(_groups(measure, lines))
    if not groups:
        return None
    if measure.counts_persons:
        return _counted(measure, lines.aggregate(n=Count("person", distinct=True))["n"], groups)
    total = sum(group.amount for group in groups)
    rows = tuple(_row(measure.name, group, Quantity.from_fen(group.amount, *MONEY)) for group in groups)
    return _figure(measure, Quantity.from_fen(total, *MONEY), rows)


def _groups(measure: LineMeasure, lines: QuerySet) -> Iterator[Group]:
    """Persons by benefit (one person may stand in two groups), money by month of payment."""
    if measure.counts_persons:
        rows = lines.order_by().values("benefit").annotate(n=Count("person", distinct=True)).order_by("-n", "benefit")
        yield from (Group(row["benefit"], _benefit_label(row["benefit"]), row["n"]) for row in rows)
        return
    rows = lines.order_by().values("run__pay_month").annotate(fen=Sum("due_fen"), n=Count("id"))
    for row in rows.order_by("run__pay_month"):
        month = Month.from_number(row["run__pay_month"])
        yield Group(str(month.number), f"{month.label}发放（{row['n']} 条）", row["fen"], row["n"])


def _counted(measure: LineMeasure, persons: int, groups: tuple[Group, ...]) -> Figure:
    unit = concept(lawbook(), measure.concept).unit
    rows = tuple(_row(measure.name, group, Quantity.parse(str(group.amount), unit)) for group in groups)
    several = sum(group.amount for group in groups) - persons
    if several:
        twice = Group("", "同时或先后领取几项的，合计只计一次", -several)
        rows = (*rows, _row(measure.name, twice, Quantity.parse(str(twice.amount), unit)))
    return _figure(measure, Quantity.parse(str(persons), unit), rows)


def _row(name: str, group: Group, quantity: Quantity) -> RowRef:
    return RowRef(TABLE, f"{name}|{group.identifier}", group.label, quantity)


def _figure(measure: LineMeasure, quantity: Quantity, rows: tuple[RowRef, ...]) -> Figure:
    return Figure(
        FigureKey(measure.concept, Stage.NONE, "", measure.member),
        measure.label or concept(lawbook(), measure.concept).label,
        Source(SourceKind.DERIVED, note=PAYROLL),
        quantity,
        quantity.shown(),
        statement=PAYROLL,
        how=measure.how,
        rows=rows,
    )


def _run_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Batches, items and what the bank made of them, month by month."""
    months = (Month.of(year, 1).number, Month.of(year, 12).number)
    runs = models.PaymentRun.objects.filter(
        payroll__bureau=bureau, state__in=SETTLED_STATES, pay_month__range=months
    ).order_by("pay_month")
    sent = models.Payment.objects.filter(run__in=runs.order_by(), amount_fen__gt=0)
    sent = sent.exclude(state=PaymentState.CANCELLED).order_by()
    counted: dict[str, Any] = {
        "payments.batches": runs.values_list("pay_month").annotate(n=Count("id")),
        "payments.items": sent.values_list("run__pay_month").annotate(n=Count("id")),
        "payments.items_paid": _of(sent, PaymentState.PAID),
        "payments.items_returned": _returned(sent),
    }
    for name, rows in counted.items():
        yield from _monthly(name, [(month, n) for month, n in rows.order_by() if n])
    paid = sent.values_list("run__pay_month").annotate(fen=Sum("paid_fen"))
    yield from _monthly("payments.paid", [(month, fen) for month, fen in paid if fen])


def _of(sent: QuerySet, state: PaymentState) -> QuerySet:
    return sent.filter(state=state).values_list("run__pay_month").annotate(n=Count("id"))


def _returned(sent: QuerySet) -> QuerySet:
    """Payments that the bank once returned, those that went through later included."""
    returned = models.BatchItem.objects.filter(state=PaymentState.RETURNED).values("payment")
    return sent.filter(pk__in=returned).values_list("run__pay_month").annotate(n=Count("id"))


def _recovery_figures(bureau: str, year: int) -> Iterator[Figure]:
    """What was found overpaid, and what came back, in the year."""
    months = (Month.of(year, 1).number, Month.of(year, 12).number)
    overpaid = models.Recovery.objects.filter(run__payroll__bureau=bureau, run__pay_month__range=months)
    rows = overpaid.order_by().values_list("run__pay_month").annotate(fen=Sum("amount_fen"))
    yield from _monthly("payments.overpaid", [row for row in rows if row[1]])
    back = models.RecoveryEntry.objects.filter(
        recovery__run__payroll__bureau=bureau, recorded_on__range=(date(year, 1, 1), date(year, 12, 31))
    ).exclude(kind=RecoveryEntryKind.WRITTEN_OFF)
    by_month: dict[int, int] = {}
    for day, fen in back.values_list("recorded_on", "amount_fen"):
        number = Month.from_day(day).number
        by_month[number] = by_month.get(number, 0) + fen
    yield from _monthly("payments.recovered", list(by_month.items()))


def _monthly(concept_id: str, rows: list[tuple[int, int]]) -> Iterator[Figure]:
    if not rows:
        return
    unit = concept(lawbook(), concept_id).unit
    measure = LineMeasure(concept_id, "各月之和", Q())
    refs = tuple(
        RowRef(TABLE, f"{concept_id}|{month}", Month.from_number(month).label, _amount(value, unit))
        for month, value in sorted(rows)
    )
    yield _figure(measure, _amount(sum(value for _, value in rows), unit), refs)


def _amount(value: int, unit: str) -> Quantity:
    return Quantity.from_fen(value, *MONEY) if unit == MONEY[0] else Quantity.parse(str(value), unit)


def _benefit_label(benefit: str) -> str:
    """The name of a benefit as the law last knows it; its id where no table names it."""
    row = find("entitlement.benefits", on=date.max, known_on=date.max, benefit=benefit)
    return row.value.label if row else benefit
