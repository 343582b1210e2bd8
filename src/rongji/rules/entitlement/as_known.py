"""The legal data as known on one day, with what has been looked up kept: the same answers, asked once."""

from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from rongji.kernel.month import Month
from rongji.law.benefits import benefit, benefit_ids
from rongji.law.exclusions import Matrix, Relation, matrix
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook, Row
from rongji.law.shapes.benefit import Benefit
from rongji.law.values import find

Found = TypeVar("Found")

_REGION_DEPTHS = (6, 4, 2)


class LawAsKnown:
    """Look-ups in one lawbook by what had been published on `known_on`."""

    def __init__(self, book: Lawbook, known_on: date) -> None:
        self.book = book
        self.known_on = known_on
        self.regions = frozenset(region for region, _ in book.tables if region)
        self.order = benefit_ids(law=book)
        self._kept: dict[tuple[Any, ...], Any] = {}
        self._homes: dict[str, str] = {}

    def keep(self, key: tuple[Any, ...], make: Callable[[], Found]) -> Found:
        """The answer kept under a key, made on the first asking."""
        if key not in self._kept:
            self._kept[key] = make()
        found: Found = self._kept[key]
        return found

    def region_of(self, area: str) -> str:
        """The nearest region with tables of its own that an area lies in; empty where only national ones hold."""
        found = self._homes.get(area)
        if found is None:
            codes = (area[:depth].ljust(6, "0") for depth in _REGION_DEPTHS)
            found = self._homes[area] = next((code for code in codes if code in self.regions), "")
        return found

    def has_table(self, table: str, area: str) -> bool:
        """Whether anything of that id holds in an area."""
        codes = {area[:depth].ljust(6, "0") for depth in _REGION_DEPTHS} if area else set()
        return any((code, table) in self.book.tables for code in (*codes, ""))

    def find(self, table: str, *, on: date, area: str, **keys: str) -> Row | None:
        """The row in force, None where there is none or no such table. Raises: ValueIsMissing."""
        if not self.has_table(table, area):
            return None
        return find(table, on=on, known_on=self.known_on, region=area, law=self.book, **keys)

    def benefit(self, benefit_id: str, month: Month, area: str) -> Benefit:
        """The kind of benefit. Raises: UnknownBenefit."""
        region = self.region_of(area)

        def look_up() -> Benefit:
            return benefit(benefit_id, on=month.first_day, known_on=self.known_on, region=region, law=self.book)

        return self.keep(("benefit", benefit_id, month.index, region), look_up)

    def relation(self, first: str, second: str, month: Month, area: str) -> Relation:
        """What the second of two benefits does to the first. Raises: NoValueInForce."""
        region = self.region_of(area)
        key = (first, second, month.index, region)
        return self.keep(("relation", *key), lambda: self._matrix(month, region).relation(first, second))

    def _matrix(self, month: Month, region: str) -> Matrix:
        def make() -> Matrix:
            return matrix(on=month.first_day, known_on=self.known_on, region=region, law=self.book)

        return self.keep(("matrix", month.index, region), make)


def as_known(known_on: date, law: Lawbook | None = None) -> LawAsKnown:
    """The legal data (the shipped ones unless told) as known on a day."""
    return _as_known(known_on, law or lawbook())


@lru_cache(maxsize=64)
def _as_known(known_on: date, book: Lawbook) -> LawAsKnown:
    return LawAsKnown(book, known_on)
