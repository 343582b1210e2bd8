"""Numbers over overpayments: what approved runs of the year found, and what came back within it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q, QuerySet, Sum

from rongji.kernel.figure import Figure, RowRef
from rongji.kernel.month import Month
from rongji.law.measured import Group, Named, amount_of, counted_figure
from rongji.payments import models
from rongji.payments.measures.settled import PAYROLL, TABLE, Settled
from rongji.payments.types import RECOVERY_ENTRY_LABELS, SETTLED_STATES, RecoveryEntryKind
from rongji.people.measures import MaySee, person_row

OVERPAID = Named("payments.overpaid", "当年批准的批次查出的多发金额")
RECOVERED = Named("payments.recovered", "当年抵扣和退回的多发金额，撤销的抵扣不计")
WRITTEN_OFF = Named("payments.written_off", "当年核销的多发金额")
_OF_PERSON = ("id", "number", "name", "village", "scope_path", "area")


def recovery_figures(settled: Settled) -> Iterator[Figure]:
    """Found by month of the run; come back and written off by way."""
    found = _overpaid(settled).values_list("run__pay_month").annotate(fen=Sum("amount_fen")).order_by("run__pay_month")
    groups = [Group(str(month), Month.from_number(month).label, fen) for month, fen in found]
    if groups:
        yield counted_figure(OVERPAID, groups, register=PAYROLL, table=TABLE)
    for named in (RECOVERED, WRITTEN_OFF):
        ways = _entries(settled, named).values_list("kind").annotate(fen=Sum("amount_fen")).order_by("kind")
        groups = [Group(kind, RECOVERY_ENTRY_LABELS[RecoveryEntryKind(kind)], fen) for kind, fen in ways]
        if groups:
            yield counted_figure(named, groups, register=PAYROLL, table=TABLE)


def recoveries_behind(settled: Settled, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """The persons of one month or way behind a number."""
    name, _, group = identifier.partition("|")
    if name == OVERPAID.name and group.isdecimal():
        rows, prefix = _overpaid(settled).filter(run__pay_month=int(group)), "person"
    elif name in (RECOVERED.name, WRITTEN_OFF.name):
        named = RECOVERED if name == RECOVERED.name else WRITTEN_OFF
        rows, prefix = _entries(settled, named).filter(kind=group), "recovery__person"
    else:
        return ()
    columns = {f"of_{field}": F(f"{prefix}__{field}") for field in _OF_PERSON}
    summed = rows.values(**columns).annotate(fen=Sum("amount_fen")).order_by("of_number")
    return tuple(
        person_row({field: row[f"of_{field}"] for field in _OF_PERSON}, amount_of(name, row["fen"]), may_see)
        for row in summed
    )


def _overpaid(settled: Settled) -> QuerySet:
    return models.Recovery.objects.filter(run__in=list(settled.months)).order_by()


def _entries(settled: Settled, named: Named) -> QuerySet:
    """Entries that count: a deduction from the approval of its run on."""
    within = (date(settled.year, 1, 1), date(settled.year, 12, 31))
    rows = models.RecoveryEntry.objects.filter(
        Q(run__isnull=True) | Q(run__state__in=SETTLED_STATES),
        recovery__run__payroll__bureau=settled.bureau, recorded_on__range=within, undone_on__isnull=True,
    )  # fmt: skip
    written_off = Q(kind=RecoveryEntryKind.WRITTEN_OFF)
    return rows.filter(written_off if named is WRITTEN_OFF else ~written_off).order_by()
