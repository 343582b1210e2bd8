"""What was settled for a month: by the station that looks after the person, by person, by benefit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet, Sum

from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.kernel.month import Month
from rongji.payments.models import RunLine
from rongji.payments.policies import SEE_RUNS
from rongji.payments.types import SETTLED_STATES, PaymentState

PERSONS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class StationSum:
    """How many persons of a station were paid for a month, and how much."""

    persons: int
    fen: int


def settled_by_station(actor: Actor, bureau: str, month: Month) -> dict[str, StationSum]:
    """Persons and amounts settled for a month by station, as persons are looked after now; '' for those without one.

    Raises: NotAllowed, OrganisationUnknown.
    """
    guard(actor, SEE_RUNS, organisation(bureau).scope)
    rows = _settled(month).filter(run__payroll__bureau=bureau).values("person__station_code")
    rows = rows.annotate(persons=Count("person", distinct=True), fen=Sum("due_fen")).order_by()
    return {row["person__station_code"]: StationSum(row["persons"], row["fen"]) for row in rows}


def settled_by_person(person_ids: Iterable[int], month: Month) -> dict[int, int]:
    """What was settled for a month for each of some persons, in fen; the caller has checked that they may be seen."""
    found: dict[int, int] = {}
    wanted = sorted(set(person_ids))
    for start in range(0, len(wanted), PERSONS_AT_ONCE):
        rows = _settled(month).filter(person_id__in=wanted[start : start + PERSONS_AT_ONCE])
        found |= dict(rows.order_by().values_list("person_id").annotate(fen=Sum("due_fen")))
    return found


@dataclass(frozen=True, slots=True)
class SettledMonth:
    """What was settled for one person, month and benefit, over all runs."""

    month: Month
    benefit: str
    fen: int


def settled_months(person_id: int, *, known_on: date) -> tuple[SettledMonth, ...]:
    """What runs computed by a day settled for a person, latest month first; the caller has checked the right to see it.

    Months in which an overpayment was taken back to nothing are left out.
    """
    rows = _settled().filter(person_id=person_id, run__known_on__lte=known_on).order_by("-for_month", "benefit")
    sums = rows.values_list("for_month", "benefit").annotate(fen=Sum("due_fen"))
    return tuple(SettledMonth(Month.from_number(month), benefit, fen) for month, benefit, fen in sums if fen)


def _settled(month: Month | None = None) -> QuerySet:
    """Lines that count: of approved runs, their payment not cancelled; a line of an overpayment has no payment."""
    rows = RunLine.objects.filter(run__state__in=SETTLED_STATES).exclude(payment__state=PaymentState.CANCELLED)
    return rows.filter(for_month=month.number) if month else rows


def benefits_settled(bureau: str) -> tuple[str, ...]:
    """The periodic benefits that a bureau has ever settled, in order of their ids; whoever asks may see its runs."""
    rows = _settled().filter(run__payroll__bureau=bureau, award_id__isnull=False).order_by()
    return tuple(sorted(rows.values_list("benefit", flat=True).distinct()))
