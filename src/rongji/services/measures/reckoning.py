"""The numbers of a bureau's year out of what each year's records add up to; only what changed is counted again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, transaction

from rongji.kernel.digest import digest
from rongji.law.registers import Counting, Register, RegisterMeasure, register, registers
from rongji.law.registers import When as Belongs
from rongji.people.selectors import merged_files
from rongji.services.measures.counting import ADDS_UP, LASTS, ToldApart, YearCount
from rongji.services.models import RegisterYear

RECKONING = 2
"""Raised when the way of counting changes, so that kept numbers are counted anew."""


@dataclass
class Number:
    """A number: in all, and by bucket (station; month; year of the day for what lasts).

    They add up unless what is told apart stands in several buckets.
    """

    total: int = 0
    buckets: dict[str, int] = field(default_factory=dict)

    def add(self, bucket: str, amount: int) -> None:
        """Some more in a bucket."""
        self.total += amount
        self.buckets[bucket] = self.buckets.get(bucket, 0) + amount

    @property
    def over(self) -> int:
        """What the buckets hold too much, as a negative number: what stands in several of them counts once."""
        return self.total - sum(self.buckets.values())


Numbers = dict[str, Number]
"""Member ('' for all) → number."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What one measure of one register counts."""

    register: Register
    measure: RegisterMeasure
    numbers: Numbers


def stamps_of(bureau: str, year: int) -> dict[str, dict[int, int]]:
    """Register → year → stamp, of what has measures and keeps anything up to the end of a year; by register."""
    rows = RegisterYear.objects.filter(bureau=bureau, year__lte=year).order_by("register", "year")
    found: dict[str, dict[int, int]] = {}
    for name, of_year, stamp in rows.values_list("register", "year", "stamp"):
        found.setdefault(name, {})[of_year] = stamp
    return {item.id: found[item.id] for item in registers() if item.id in found and item.measures}


def numbers_of(bureau: str, year: int, stamps: Mapping[str, Mapping[int, int]] | None = None) -> Iterator[Counted]:
    """Every measure of the registers that keep anything up to the end of a year. stamps: of some of them only.

    What had to be counted is kept when all of it has been asked for.
    """
    stamps = stamps_of(bureau, year) if stamps is None else stamps
    absorbed = merged_files(bureau) if stamps else {}
    anew: list[RegisterYear] = []
    for name, of_years in stamps.items():
        reckoning = _Reckoning(bureau, register(name), year, of_years, absorbed)
        yield from reckoning.counted()
        anew += reckoning.anew.values()
    _keep(anew)


def _keep(rows: Sequence[RegisterYear]) -> None:
    """Keep numbers unless somebody wrote meanwhile: then they are counted again when they are next asked for.

    Whoever only reads does not fail because of a writer.
    """
    if not rows:
        return
    with suppress(OperationalError), transaction.atomic():
        for row in rows:
            RegisterYear.objects.filter(pk=row.pk, stamp=row.stamp).update(
                numbers=row.numbers, reckoned_at=row.stamp, reckoned_with=row.reckoned_with
            )


class _Reckoning:
    """One register at the end of one year. anew: by year, what was counted because no number that holds was kept."""

    def __init__(
        self, bureau: str, register: Register, year: int, stamps: Mapping[int, int], absorbed: Mapping[int, int]
    ) -> None:
        self.bureau, self.register, self.year, self.stamps, self.absorbed = bureau, register, year, stamps, absorbed
        self.digest = f"{RECKONING}.{register.digest}"[:64]
        self.lasting_at = sum(stamps.values())
        self.anew: dict[int, RegisterYear] = {}

    def counted(self) -> Iterator[Counted]:
        """Every measure."""
        lasts = any(item.when in LASTS and item.counting in ADDS_UP for item in self.register.measures)
        wanted = [year for year in self.stamps if lasts or year == self.year]
        rows = RegisterYear.objects.filter(bureau=self.bureau, register=self.register.id, year__in=wanted)
        kept = {row.year: self._fresh(row) for row in rows}
        apart = self._told_apart(kept.get(self.year))
        for item in self.register.measures:
            cells = apart[item.id] if item.counting not in ADDS_UP else self._added(item, kept)
            yield Counted(self.register, item, cells)

    def _fresh(self, row: RegisterYear) -> RegisterYear:
        """The row with numbers that hold."""
        if row.reckoned_at == row.stamp and row.reckoned_with == self.digest:
            return row
        row.numbers = {"added": YearCount(self.bureau, self.register, row.year).cells()}
        self._remember(row)
        return row

    def _remember(self, row: RegisterYear) -> None:
        row.reckoned_with = self.digest
        self.anew[row.year] = row

    def _added(self, measure: RegisterMeasure, kept: Mapping[int, RegisterYear]) -> Numbers:
        """What adds up: of the year itself, or of every year up to it as far as it still lasts."""
        found: Numbers = {}
        for of_year, row in kept.items():
            if measure.when is Belongs.DURING and of_year != self.year:
                continue
            for member, bucket, end, amount in row.numbers["added"].get(measure.id, ()):
                if not self._counts(measure, end):
                    continue
                place = bucket if self.register.station or measure.when is Belongs.DURING else str(of_year)
                found.setdefault(member, Number()).add(place, amount)
        return found

    def _counts(self, measure: RegisterMeasure, end: int) -> bool:
        """Whether what ends then belongs to the year."""
        return end == self.year if measure.when is Belongs.ENDED else not end or end > self.year

    def _told_apart(self, row: RegisterYear | None) -> dict[str, Numbers]:
        """What does not add up: kept with the year, what lasts with the stamps of all years before it, too."""
        measures = [item for item in self.register.measures if item.counting not in ADDS_UP]
        kept: dict[str, Any] = (row.numbers.get("apart") or {}) if row else {}
        found: dict[str, Any] = {}
        for item in measures:
            stamp = self.lasting_at if item.when in LASTS else self.stamps.get(self.year, 0)
            absorbed = self.absorbed if item.counting is Counting.PERSONS else {}
            at = f"{stamp}.{digest(sorted(absorbed.items()))}" if absorbed else str(stamp)
            held = kept.get(item.id)
            fresh = held and held["at"] == at
            found[item.id] = held if fresh else {"at": at, "cells": self._counted_apart(item, absorbed)}
        if row and found != kept:
            row.numbers = {**row.numbers, "apart": found}
            self._remember(row)
        return {name: _numbers(held["cells"]) for name, held in found.items()}

    def _counted_apart(self, measure: RegisterMeasure, absorbed: Mapping[int, int]) -> list[Any]:
        if measure.when is Belongs.DURING and self.year not in self.stamps:
            return []
        return [list(cell) for cell in ToldApart(self.bureau, self.register, measure, self.year, absorbed).cells()]


def _numbers(cells: Iterable[tuple[str, str | None, int]]) -> Numbers:
    found: Numbers = {}
    for member, bucket, amount in cells:
        number = found.setdefault(member, Number())
        if bucket is None:
            number.total = amount
        else:
            number.buckets[bucket] = amount
    return found
