"""Counting the records of one register that are dated in one year: one grouped query for everything that adds up.

What adds up (records, sums) is kept as cells: member, bucket, end, amount. member: '' for all, else `axis:word`.
bucket: the station, or in registers without stations the month. end: the year in which the record ends, or for what is
in force the first year at whose end it is not; 0 where it lasts. Amounts are whole: records, counts, fen, and decimals
times SCALE.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db.models import Case, Count, F, Q, QuerySet, Sum, When
from django.db.models.functions import ExtractMonth, ExtractYear

from rongji.accounts.columns import number, stored, word_of
from rongji.law.registers import Counting, Register, RegisterMeasure
from rongji.law.registers import When as Belongs
from rongji.services.columns import column
from rongji.services.models import Record

Cell = tuple[str, str, int, int]
ADDS_UP = (Counting.RECORDS, Counting.SUM)
ENDS = (Belongs.IN_FORCE, Belongs.ENDED)
LASTS = (*ENDS, Belongs.TO_DATE)


def standing(bureau: str, register: Register) -> QuerySet[Record]:
    """The records of a register that count, in no order."""
    return Record.objects.filter(bureau=bureau, register=register.id, withdrawn_on__isnull=True).order_by()


def belonging(bureau: str, register: Register, measure: RegisterMeasure, year: int) -> QuerySet[Record]:
    """The records behind a measure of a year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = standing(bureau, register).filter(day__lte=last)
    if measure.when is Belongs.DURING:
        rows = rows.filter(day__gte=first)
    elif measure.when is Belongs.IN_FORCE:
        rows = rows.filter(Q(until__isnull=True) | Q(until__gte=last))
    elif measure.when is Belongs.ENDED:
        rows = rows.filter(until__gte=first, until__lte=last)
    return such_as(rows, register, measure.where)


def such_as(rows: QuerySet[Record], register: Register, where: Mapping[str, Sequence[str]]) -> QuerySet[Record]:
    """Those of some records whose answers are among the words."""
    for name, words in where.items():
        held = [stored(register.by_id[name], word) for word in words]
        rows = rows.alias(**{f"at_{name}": column(register, name)}).filter(**{f"at_{name}__in": held})
    return rows


def bucket_of(register: Register) -> Any:
    """The column by which the rows of a number are grouped: station or month."""
    return F("station_code") if register.station else ExtractMonth("day")


@dataclass(frozen=True)
class YearCount:
    """The cells of everything that adds up, of the records dated in one year."""

    bureau: str
    register: Register
    year: int

    @cached_property
    def measures(self) -> tuple[RegisterMeasure, ...]:
        """Those that add up."""
        return tuple(item for item in self.register.measures if item.counting in ADDS_UP)

    @cached_property
    def _axes(self) -> tuple[str, ...]:
        """Every field by which anything is narrowed or told apart."""
        names = (name for item in self.measures for name in (*item.where, *self.register.axes_of(item)))
        return tuple(dict.fromkeys(names))

    @cached_property
    def _sums(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.of for item in self.measures if item.counting is Counting.SUM))

    def cells(self) -> dict[str, list[Cell]]:
        """Measure → its cells."""
        plans = tuple(_Plan.of(self.register, item, self._axes, self._sums) for item in self.measures)
        if plans:
            for group in self._groups():
                for plan in plans:
                    plan.add(group)
        return {plan.measure.id: plan.cells() for plan in plans}

    def _groups(self) -> "Iterator[_Group]":
        rows = standing(self.bureau, self.register)
        rows = rows.filter(day__gte=date(self.year, 1, 1), day__lte=date(self.year, 12, 31))
        dims = {f"at_{name}": column(self.register, name) for name in self._axes} | {"bucket": bucket_of(self.register)}
        if any(item.when in ENDS for item in self.measures):
            dims["ends"] = _END
        sums = {f"sum_{name}": Sum(number(self.register.by_id[name])) for name in self._sums}
        grouped = rows.annotate(**dims).values_list(*dims).annotate(n=Count("pk"), **sums)
        asked = [self.register.by_id[name] for name in self._axes]
        width = len(asked)
        for held in grouped.iterator(5_000):
            words = tuple(word_of(*one) for one in zip(asked, held[:width], strict=True))
            bucket = str(held[width]) if self.register.station else f"{self.year}-{held[width]:02d}"
            ends = held[width + 1] if "ends" in dims else None
            yield _Group(words, bucket, ends, held[len(dims) :])


class _Group(NamedTuple):
    """Records that share everything: their words, bucket and end. amounts: how many, then what each sum comes to."""

    words: tuple[str, ...]
    bucket: str
    ends: int | None
    amounts: tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    """How one measure takes from the groups: by which words it is narrowed and told apart, and what it adds up."""

    measure: RegisterMeasure
    where: tuple[tuple[int, frozenset[str]], ...]
    axes: tuple[tuple[int, str], ...]
    amount: int
    counted: "Counter[tuple[str, str, int]]"

    @classmethod
    def of(cls, register: Register, measure: RegisterMeasure, axes: Sequence[str], sums: Sequence[str]) -> "_Plan":
        """The plan of a measure; axes, sums: as they stand in the groups."""
        where = tuple((axes.index(name), frozenset(words)) for name, words in measure.where.items())
        apart = tuple((axes.index(name), f"{name}:") for name in register.axes_of(measure))
        amount = 0 if measure.counting is Counting.RECORDS else 1 + sums.index(measure.of)
        return cls(measure, where, apart, amount, Counter())

    def add(self, group: _Group) -> None:
        """What a group adds."""
        if any(group.words[place] not in wanted for place, wanted in self.where):
            return
        end = _end(self.measure, group.ends)
        if self.measure.when is Belongs.ENDED and not end:
            return
        amount = int(group.amounts[self.amount] or 0)
        self.counted["", group.bucket, end] += amount
        for place, head in self.axes:
            word = group.words[place]
            if word:
                self.counted[head + word, group.bucket, end] += amount

    def cells(self) -> list[Cell]:
        """What came together, without nothings."""
        return [(*key, amount) for key, amount in sorted(self.counted.items()) if amount]


# The year of the end times ten, and one more where it is the year's last day: what ends then is in force that day.
_END = Case(
    When(until__isnull=True, then=None),
    When(until__month=12, until__day=31, then=ExtractYear("until") * 10 + 1),
    default=ExtractYear("until") * 10,
)


def _end(measure: RegisterMeasure, ends: int | None) -> int:
    """Of what ends the year of its end; of what is in force the first year at whose end it is not; 0 where it lasts."""
    if measure.when not in ENDS or not ends:
        return 0
    year, is_last_day = divmod(int(ends), 10)
    return year + is_last_day if measure.when is Belongs.IN_FORCE else year


@dataclass(frozen=True)
class ToldApart:
    """A number of what is told apart (persons, distinct answers), which does not add up over members or buckets.

    absorbed: files of persons that went into others, with the file that stands; empty where no persons are counted.
    """

    bureau: str
    register: Register
    measure: RegisterMeasure
    year: int
    absorbed: Mapping[int, int]

    def cells(self) -> list[tuple[str, str | None, int]]:
        """Member, bucket (None: over all of them) and how many different ones."""
        found: Counter[tuple[str, str | None]] = Counter()
        keys: dict[tuple[Any, ...], tuple[tuple[str, str | None], ...]] = {}
        merged: dict[int, set[tuple[str, str | None]]] = {kept: set() for kept in self.absorbed.values()}
        for what, group in groupby(self._rows(), key=itemgetter(0)):
            one = self.absorbed.get(what, what)
            seen = merged.get(one, set())  # of a file made of several, the rows lie apart
            for row in group:
                held = row[1:]
                if held not in keys:
                    keys[held] = tuple(self._keys(held))
                seen.update(keys[held])
            if one not in merged:
                found.update(seen)
        for seen in merged.values():
            found.update(seen)
        return [(member, bucket, number) for (member, bucket), number in found.items()]

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        """What is told apart, its bucket and its words, sorted by the first: one at a time is held."""
        what = F("person_id") if self.measure.counting is Counting.PERSONS else column(self.register, self.measure.of)
        words = {f"at_{axis}": column(self.register, axis) for axis in self.register.axes_of(self.measure)}
        rows = belonging(self.bureau, self.register, self.measure, self.year).annotate(what=what, **words)
        rows = rows.filter(what__isnull=False)
        if self.measure.of and self.measure.of == self.register.station:
            rows = rows.exclude(what="")
        listed = rows.annotate(**self._buckets).values_list("what", *self._buckets, *words).distinct().order_by("what")
        yield from listed.iterator(20_000)

    def _keys(self, held: tuple[Any, ...]) -> Iterator[tuple[str, str | None]]:
        """The members and buckets in which a row counts."""
        parts, words = held[: len(self._buckets)], held[len(self._buckets) :]
        bucket = self._bucket(dict(zip(self._buckets, parts, strict=True)))
        members = [""]
        for axis, value in zip(self.register.axes_of(self.measure), words, strict=True):
            word = word_of(self.register.by_id[axis], value)
            members += [f"{axis}:{word}"] if word else []
        for member in members:
            yield member, None
            yield member, bucket

    @cached_property
    def _buckets(self) -> dict[str, Any]:
        if self.register.station:
            return {"bucket": F("station_code")}
        months = {} if self.measure.when in LASTS else {"month": ExtractMonth("day")}
        return {"bucket": ExtractYear("day"), **months}

    def _bucket(self, row: Mapping[str, Any]) -> str:
        return f"{row['bucket']}-{row['month']:02d}" if "month" in row else str(row["bucket"])
