"""Distinct persons counted by station in the database, over any rows that stand for persons."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

Stations = Counter[str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table and the persons they are of.

    path: from a row to its person, empty where the rows are persons. once: nobody has two of them, so that they need
    not be told apart. left_out: rows of those who do not count, each of whom has such rows; they are few, and to count
    them apart and take them off costs less than to ask of everybody whether they are among them.
    """

    query: QuerySet
    path: str = "person__"
    once: bool = False
    left_out: QuerySet | None = None

    def filter(self, *chosen: Q | Combinable) -> Self:
        """Those of the rows; those left out with them."""
        left = None if self.left_out is None else self.left_out.filter(*chosen)
        return replace(self, query=self.query.filter(*chosen), left_out=left)

    def at(self, stations: Collection[str]) -> Self:
        """The rows of the persons of some stations."""
        return self.filter(Q(**{f"{self.path}station_code__in": stations}))

    def without(self, persons: QuerySet) -> Self:
        """The rows of everybody but some. persons: a query of their ids."""
        return replace(self, left_out=self.query.filter(**{f"{self.path}pk__in": persons}))

    def by_station(self, numbers: Mapping[str, Q]) -> dict[str, Stations]:
        """How many persons of each station there are among the rows of each number, all in one query."""
        found = _by_station(self, self.query, numbers)
        if self.left_out is not None:
            for name, stations in _by_station(self, self.left_out, numbers).items():
                found[name].subtract(stations)
        return {name: +stations for name, stations in found.items()}

    def by_word(self, field: str) -> dict[str, Stations]:
        """How many persons of each station there are by what a column says, in order of the words."""
        found: dict[str, Stations] = {}
        grouped = self.query.order_by().values_list(field, f"{self.path}station_code")
        for word, station, number in grouped.annotate(n=_persons(self)):
            found.setdefault(word, Counter())[station] += number
        return dict(sorted(found.items()))

    def ids_at(self, station: str) -> set[int]:
        """The persons of one station."""
        at = {f"{self.path}station_code": station}
        pk = f"{self.path}pk"
        found = set(self.query.order_by().filter(**at).values_list(pk, flat=True))
        if self.left_out is not None:
            found -= set(self.left_out.order_by().filter(**at).values_list(pk, flat=True))
        return found


def last_of(rows: QuerySet, day: str) -> QuerySet:
    """The last of each person's rows by a day, the one written last of several of the same day."""
    later = Q(**{f"{day}__gt": OuterRef(day)}) | Q(**{day: OuterRef(day), "pk__gt": OuterRef("pk")})
    return rows.filter(~Exists(rows.filter(later, person=OuterRef("person"))))


def _by_station(rows: Rows, query: QuerySet, numbers: Mapping[str, Q]) -> dict[str, Stations]:
    adds = {f"n{place}": _persons(rows, chosen) for place, chosen in enumerate(numbers.values())}
    found: dict[str, Stations] = {name: Counter() for name in numbers}
    for station, *counted in query.order_by().values_list(f"{rows.path}station_code").annotate(**adds):
        for name, number in zip(numbers, counted, strict=True):
            found[name][station] = number
    return found


def _persons(rows: Rows, chosen: Q | None = None) -> Count:
    return Count(f"{rows.path}pk", distinct=not rows.once, filter=chosen or None)
