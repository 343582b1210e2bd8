"""What payments count for a bureau's year: persons, money, payments, returns, each with what is behind it."""

from collections.abc import Iterator

from django.db.models import Count

from rongji.accounts.selectors import organisations_of_kind
from rongji.awards.measures import benefit_label
from rongji.kernel.figure import Figure, RowRef
from rongji.kernel.month import Month
from rongji.law.measured import Named, amount_of, figure_by_station
from rongji.payments import models
from rongji.payments.measures.bank import bank_figures, payments_behind
from rongji.payments.measures.books import book_figures, lines_behind
from rongji.payments.measures.recovering import recoveries_behind, recovery_figures
from rongji.payments.measures.settled import (
    NO_STATION,
    PAYROLL,
    TABLE,
    Settled,
    persons_behind,
    settled_figures,
)
from rongji.payments.types import SETTLED_STATES, PaymentState
from rongji.people.measures import MaySee, fields_of, person_row

__all__ = ["TABLE", "derived_figures", "rows_behind"]

TO_DATE = "payments.one_off_recipients_to_date"


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that the payroll yields for a bureau's year; none where there is no payroll."""
    if not models.Payroll.objects.filter(bureau=bureau).exists():
        return
    settled = Settled(bureau, year)
    if settled.months:
        yield from settled_figures(settled)
        yield from bank_figures(settled)
        yield from recovery_figures(settled)
    yield from book_figures(settled)
    yield from _to_date(bureau, year)


def rows_behind(bureau: str, year: int, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """What one group behind one number opens into. identifier: as the figure's row carries it."""
    settled = Settled(bureau, year)
    if identifier.startswith(f"{TO_DATE}#"):
        return _to_date_behind(bureau, year, identifier, may_see)
    return (
        persons_behind(settled, identifier, may_see)
        or payments_behind(settled, identifier, may_see)
        or recoveries_behind(settled, identifier, may_see)
        or lines_behind(settled, identifier)
    )


def _one_off_lines(bureau: str, year: int):  # type: ignore[no-untyped-def]
    last = Month.of(year, 12).number
    rows = models.RunLine.objects.filter(
        grant_id__isnull=False, run__payroll__bureau=bureau, run__state__in=SETTLED_STATES, run__pay_month__lte=last
    )
    return rows.exclude(payment__state=PaymentState.CANCELLED).order_by()


def _to_date(bureau: str, year: int) -> Iterator[Figure]:
    """Persons who got a one-off benefit up to the end of the year, since this payroll began: by station."""
    names = {item.code: item.name for item in organisations_of_kind("station")}
    rows = _one_off_lines(bureau, year).values_list("benefit", "person__station_code")
    by_benefit: dict[str, dict[str, int]] = {}
    for benefit, station, persons in rows.annotate(n=Count("person", distinct=True)).order_by("benefit"):
        by_benefit.setdefault(benefit, {})[station] = persons
    for benefit, stations in by_benefit.items():
        label = benefit_label(benefit)
        named = Named(TO_DATE, f"台账建立以来至年末核发过{label}的不同人员", f"benefit:{benefit}", f"{label}累计人数")
        yield figure_by_station(named, stations, names, register=PAYROLL, table=TABLE, nowhere=NO_STATION)


def _to_date_behind(bureau: str, year: int, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    name, _, station = identifier.partition("|")
    benefit = name.partition(":")[2]
    rows = _one_off_lines(bureau, year).filter(benefit=benefit, person__station_code=station)
    one = amount_of(TO_DATE, 1)
    return tuple(person_row(row, one, may_see) for row in fields_of(set(rows.values_list("person_id", flat=True))))
