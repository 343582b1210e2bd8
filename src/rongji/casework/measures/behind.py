"""What a row behind a figure of cases opens into: months where there are many, in the end the cases or the persons."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import ExtractMonth, ExtractYear

from rongji.accounts.columns import stored
from rongji.accounts.types import Scope
from rongji.casework.measures.columns import asked_by, column
from rongji.casework.measures.counts import EVERYWHERE, Source
from rongji.casework.measures.every_kind import CHANNEL, STEP, sources
from rongji.casework.measures.figures import TABLE
from rongji.casework.measures.kinds import kind_of_year, kind_source
from rongji.kernel.figure import RowRef
from rongji.kernel.month import Month, NotAMonth
from rongji.law.case_kinds import CONCEPT_PREFIX, CaseCounting, CaseKind, CaseMeasure
from rongji.law.measured import amount_of
from rongji.people.measures import MaySee, fields_of, person_row

CASE = "case"
"""Table of the last rows: a case, whose page may be opened."""
LISTED = 300
"""Up to how many cases are listed one by one."""
_FIELDS = ("id", "number", "title", "scope_path", "area")


def rows_behind(bureau: str, year: int, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """The cases, or the persons, of one station behind one number; by month first where they are many.

    identifier: as the row of a figure, or of an earlier answer, carries it.
    """
    name, opens, group = identifier.partition("|")
    concept, _, member = name.partition("#")
    found = _source_of(concept, year) if opens else None
    if found is None:
        return ()
    station, _, month = group.partition("|")
    return tuple(_Group(bureau, year, name, concept, member, station, month, *found, may_see).rows())


def _source_of(concept: str, year: int) -> tuple[Source, CaseKind | None, CaseMeasure | None] | None:
    common = next((item for item in sources(year) if concept in item.adds), None)
    if common is not None:
        return common, None, None
    kind_id, _, measure_id = concept.removeprefix(CONCEPT_PREFIX).partition(".")
    kind = kind_of_year(kind_id, year)
    measure = next((item for item in kind.measures if item.id == measure_id), None) if kind else None
    return (kind_source(kind, measure), kind, measure) if kind and measure else None


@dataclass(frozen=True)
class _Group:
    """Some cases behind a number: of one station, perhaps of one month."""

    bureau: str
    year: int
    name: str
    concept: str
    member: str
    station: str
    month: str
    source: Source
    kind: CaseKind | None
    measure: CaseMeasure | None
    may_see: MaySee

    def rows(self) -> Iterator[RowRef]:
        """What the group opens into."""
        if self.measure is not None and self.measure.counting is CaseCounting.PERSONS:
            yield from self._persons()
        elif not self.month and self._is_long():
            yield from self._months()
        else:
            yield from self._cases()

    def _is_long(self) -> bool:
        return sum(rows[: LISTED + 1].count() for rows in self._parts()) > LISTED

    def _parts(self) -> Iterator[QuerySet]:
        case = self.source.case
        for rows in self.source.rows(self.bureau, self.year):
            here = {} if self.station == EVERYWHERE else {f"{case}station_code": self.station}
            mine = self._of_member(rows.order_by().filter(**here))
            if self.month:
                first, last = _days_of(self.month)
                mine = mine.filter(**{f"{self.source.day}__gte": first, f"{self.source.day}__lte": last})
            yield mine

    def _of_member(self, rows: QuerySet) -> QuerySet:
        axis, _, word = self.member.partition(":")
        if not axis:
            return rows
        if self.kind is not None and self.measure is not None:
            own = next((item for item in self.measure.by if item.removeprefix("field:") == axis), axis)
            return rows.alias(member=column(own)).filter(member=stored(asked_by(self.kind, own), word))
        kind, _, part = word.partition(".")
        rows = rows.filter(**{f"{self.source.case}kind": kind})
        if axis == CHANNEL:
            return rows.filter(channel=part)
        return rows.filter(from_step=part) if axis == STEP else rows

    def _months(self) -> Iterator[RowRef]:
        summed: dict[tuple[int, int], int] = {}
        for rows in self._parts():
            grouped = rows.values(y=ExtractYear(self.source.day), m=ExtractMonth(self.source.day))
            for row in grouped.annotate(amount=self.source.adds[self.concept]):
                key = (row["y"], row["m"])
                summed[key] = summed.get(key, 0) + int(row["amount"] or 0)
        for (year, month), amount in sorted(summed.items()):
            if amount:
                identifier = f"{self.name}|{self.station}|{year:04d}-{month:02d}"
                yield RowRef(TABLE, identifier, f"{year}年{month}月", amount_of(self.concept, amount))

    def _cases(self) -> Iterator[RowRef]:
        listed, rest, left = 0, 0, 0
        for rows in self._parts():
            fields = {name: f"{self.source.case}{name}" for name in _FIELDS}
            grouped = rows.values(*fields.values()).annotate(amount=self.source.adds[self.concept])
            for row in grouped.order_by(fields["number"]).iterator(2_000):
                amount = int(row["amount"] or 0)
                if not amount:
                    continue
                if listed < LISTED:
                    listed += 1
                    yield self._case({name: row[path] for name, path in fields.items()}, amount)
                else:
                    rest, left = rest + 1, left + amount
        if rest:
            yield RowRef(CASE, "", f"其余 {rest} 件（在办件列表中筛选查看）", amount_of(self.concept, left))

    def _case(self, row: dict[str, Any], amount: int) -> RowRef:
        """A case by number and matter; who may not see it is told its number only."""
        quantity = amount_of(self.concept, amount)
        if self.may_see(Scope(path=row["scope_path"], area=row["area"])):
            return RowRef(CASE, str(row["id"]), f"{row['number']} {row['title']}", quantity)
        return RowRef(CASE, "", f"办件 {row['number']}", quantity)

    def _persons(self) -> Iterator[RowRef]:
        ids: set[int] = set()
        for rows in self._parts():
            ids |= set(rows.filter(person_id__isnull=False).values_list("person_id", flat=True).distinct())
        one = amount_of(self.concept, 1)
        for fields in fields_of(ids):
            yield person_row(fields, one, self.may_see)


def _days_of(month: str) -> tuple[date, date]:
    """First and last day of 2024-03; of what is none, days that no case has."""
    try:
        found = Month.parse(month)
    except NotAMonth:
        return date.max, date.min
    return found.first_day, found.last_day
