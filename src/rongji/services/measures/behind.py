"""What a row behind a figure of the registers opens into: months and days where it is many, in the end the records."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, QuerySet, Sum, Value
from django.db.models.functions import ExtractDay, ExtractMonth, ExtractYear

from rongji.accounts.columns import number
from rongji.accounts.selectors import organisations_of_kind
from rongji.accounts.types import Scope
from rongji.kernel.figure import RowRef
from rongji.kernel.month import Month, NotAMonth
from rongji.kernel.quantity import Quantity
from rongji.law.asked import AskedKind
from rongji.law.refusals import UnknownRegister
from rongji.law.registers import CONCEPT_PREFIX, Counting, Register, RegisterMeasure, register
from rongji.people.measures import MaySee, fields_of, person_row
from rongji.people.selectors import merged_files
from rongji.rules.answers import shown
from rongji.services.columns import column
from rongji.services.measures.counting import belonging, such_as
from rongji.services.measures.figures import TABLE, quantity_of
from rongji.services.models import Record
from rongji.services.titles import is_titled_by_person

RECORD = "record"
"""Table of the last rows: a record, whose page may be opened."""
LISTED = 300
"""Up to how many records are listed one by one."""
_PARTS = 3
_MONTH, _DAY = 7, 10  # places of 2024-03 and of 2024-03-05


def rows_behind(bureau: str, year: int, identifier: str, may_see: MaySee) -> tuple[RowRef, ...]:
    """The records, or the persons, of one group behind a number; by month and then by day where they are many.

    identifier: as the row of a figure, or of an earlier answer, carries it.
    """
    name, opens, group = identifier.partition("|")
    found = _measure_of(name)
    if found is None or not opens:
        return ()
    return tuple(_Group(bureau, *found, name.partition("#")[2], year, name, group, may_see).rows())


def _measure_of(name: str) -> tuple[Register, RegisterMeasure] | None:
    concept = name.partition("#")[0].removeprefix(CONCEPT_PREFIX)
    register_id, _, measure_id = concept.partition(".")
    try:
        found = register(register_id)
    except UnknownRegister:
        return None
    measure = next((item for item in found.measures if item.id == measure_id), None)
    return (found, measure) if measure else None


@dataclass
class _Group:
    """Some records behind a number. group: station|time in registers with stations, else a time (2024-03)."""

    bureau: str
    register: Register
    measure: RegisterMeasure
    member: str
    year: int
    name: str
    group: str
    may_see: MaySee

    def rows(self) -> Iterator[RowRef]:
        """What the group opens into."""
        if self.measure.counting is Counting.PERSONS:
            yield from self._persons()
        elif self.measure.counting is Counting.DISTINCT:
            yield from self._distinct()
        elif len(self._period) < _DAY and self._records[: LISTED + 1].count() > LISTED:
            yield from self._parts()
        else:
            yield from self._listed()

    @cached_property
    def _period(self) -> str:
        """The part of the group that is a time: '', 2024, 2024-03 or 2024-03-05."""
        return self.group.partition("|")[2] if self.register.station else self.group.rpartition("|")[2]

    @cached_property
    def _records(self) -> QuerySet[Record]:
        rows = belonging(self.bureau, self.register, self.measure, self.year)
        if self.register.station:
            rows = rows.filter(station_code=self.group.partition("|")[0])
        axis, _, word = self.member.partition(":")
        if axis:
            rows = such_as(rows, self.register, {axis: (word,)})
        if self._period:
            first, last = _days_of(self._period)
            rows = rows.filter(day__gte=first, day__lte=last)
        return rows

    def _parts(self) -> Iterator[RowRef]:
        """By month, or within a month by day."""
        is_day = len(self._period) == _MONTH
        parts: dict[str, Any] = {"y": ExtractYear("day"), "m": ExtractMonth("day")}
        parts |= {"d": ExtractDay("day")} if is_day else {}
        for row in self._records.values(**parts).annotate(amount=self._amount).order_by(*parts):
            period = "-".join([f"{row['y']:04d}", *(f"{row[name]:02d}" for name in ("m", "d") if name in row)])
            label = f"{row['y']}年{row['m']}月" + (f"{row['d']}日" if is_day else "")
            head = f"{self.group.partition('|')[0]}|" if self.register.station else ""
            quantity = self._quantity(row["amount"] or 0)
            yield RowRef(TABLE, f"{self.name}|{head}{period}", label, quantity)

    def _listed(self) -> Iterator[RowRef]:
        rows = self._records.annotate(amount=self._each).order_by("day", "id")
        listed = list(rows[:LISTED])
        for row in listed:
            yield RowRef(RECORD, str(row.pk), self._label(row), self._quantity(row.amount or 0))
        rest = self._records.count() - len(listed)
        if rest > 0:
            whole = self._records.aggregate(n=self._amount)["n"] or 0
            left = whole - sum(row.amount or 0 for row in listed)
            yield RowRef(RECORD, "", f"其余 {rest} 条（在登记簿中按日期筛选查看）", self._quantity(left))

    def _persons(self) -> Iterator[RowRef]:
        ids = list(self._records.filter(person_id__isnull=False).values_list("person_id", flat=True).distinct())
        one, absorbed = self._quantity(1), merged_files(self.bureau)
        for fields in fields_of({absorbed.get(person, person) for person in ids}):
            yield person_row(fields, one, self.may_see)

    def _distinct(self) -> Iterator[RowRef]:
        asked = self.register.by_id[self.measure.of]
        rows = self._records.annotate(what=column(self.register, asked.id)).filter(what__isnull=False)
        stations = {item.code: item.name for item in organisations_of_kind("station")}
        for what in rows.values_list("what", flat=True).distinct().order_by("what"):
            if what != "":
                label = stations.get(what, str(what)) if asked.kind is AskedKind.STATION else str(what)
                yield RowRef("", "", label, self._quantity(1))

    @property
    def _amount(self) -> Count | Sum:
        """How much several records add."""
        return Count("pk") if self.measure.counting is Counting.RECORDS else Sum(self._each)

    @property
    def _each(self) -> Any:
        if self.measure.counting is Counting.RECORDS:
            return Value(1)
        return number(self.register.by_id[self.measure.of])

    def _label(self, row: Record) -> str:
        """A record in words; a title that is a person's name only for those who may see the person."""
        shows = not is_titled_by_person(self.register) or self.may_see(Scope(path=row.scope_path, area=row.area))
        asked = self.register.by_id[self.register.day]
        day = shown(asked, row.values.get(asked.id))
        return " ".join(part for part in (day, row.title if shows else f"#{row.pk}", row.category) if part)

    def _quantity(self, amount: int) -> Quantity:
        return quantity_of(self.register, self.measure, amount)


def _days_of(period: str) -> tuple[date, date]:
    """The first and the last day of 2024, 2024-03 or 2024-03-05; of what is none, days that no record has."""
    parts = period.split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > _PARTS:
        return date.max, date.min
    try:
        if len(parts) == 1:
            return date(int(parts[0]), 1, 1), date(int(parts[0]), 12, 31)
        month = Month.of(int(parts[0]), int(parts[1]))
        day = date(month.year, month.month, int(parts[2])) if len(parts) == _PARTS else None
    except (ValueError, NotAMonth):
        return date.max, date.min
    return (day, day) if day else (month.first_day, month.last_day)
