"""The stamps of a register's years: every write raises those of the years in which its records are dated."""

from collections.abc import Mapping

from django.db.models import F

from rongji.services.models import RegisterYear


def touch(bureau: str, register: str, years: Mapping[int, int]) -> None:
    """Raise the stamp of each year, within the transaction of the write. years: year → records more or fewer."""
    for year in sorted(years):
        RegisterYear.objects.get_or_create(bureau=bureau, register=register, year=year)
        RegisterYear.objects.filter(bureau=bureau, register=register, year=year).update(
            stamp=F("stamp") + 1, records=F("records") + years[year]
        )
