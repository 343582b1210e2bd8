"""Veterans on file by year of birth: who will reach an age, and how long they served."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from rongji.kernel.month import MONTHS_A_YEAR, Month
from rongji.people.dated import known_q
from rongji.people.models import Person, ServicePeriod


@dataclass(frozen=True, slots=True)
class Elder:
    """A living veteran. service_years: whole years, a part of one counted as one."""

    person_id: int
    born_on: date
    service_years: int


def veterans_born_in(bureau: str, year: int, *, known_on: date) -> tuple[Elder, ...]:
    """Living persons on file of a bureau who were born in that year and have left the forces, as known on a day.

    The caller has checked the right to see the bureau's payroll; no name or number is given.
    """
    rows = Person.objects.filter(
        Q(died_on__isnull=True), bureau=bureau, merged_into__isnull=True,
        born_on__range=(date(year, 1, 1), date(year, 12, 31)), registered_on__lte=known_on,
    )  # fmt: skip
    born = dict(rows.values_list("id", "born_on"))
    served = ServicePeriod.objects.filter(known_q(known_on), person_id__in=rows.values("id"))
    years = _service_years(served.filter(discharged_on__isnull=False))
    return tuple(Elder(person, born[person], years[person]) for person in sorted(years))


def _service_years(periods: Iterable[ServicePeriod]) -> Counter[int]:
    """Years of each person, every begun year of a period counted whole."""
    years: Counter[int] = Counter()
    for row in periods:
        months = Month.from_day(row.discharged_on).index - Month.from_day(row.enlisted_on).index
        years[row.person_id] += max(1, -(-months // MONTHS_A_YEAR))
    return years
