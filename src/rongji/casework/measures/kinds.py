"""The numbers that a kind declares beside the common ones: one query for all that adds up, few for distinct persons."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, reduce
from operator import or_
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from rongji.accounts.columns import number, stored, word_of
from rongji.casework.measures import every_kind
from rongji.casework.measures.columns import asked_by, column
from rongji.casework.measures.counts import STATION, Numbers, Source, year_days
from rongji.casework.models import Case, CaseAct
from rongji.law.case_checks import asked_of
from rongji.law.case_kinds import CaseCounting, CaseKind, CaseMeasure, CaseMoment, case_kind_versions

OF_CONTACTS = (CaseCounting.CONTACTS, CaseCounting.PEOPLE)
_DAYS = {CaseMoment.CLOSED: "closed_on"}


def kind_of_year(kind: str, year: int) -> CaseKind | None:
    """The newest version that the year knows, a national one before a local one; None of a kind that is gone."""
    versions = case_kind_versions(kind)
    known = [item for item in versions if item.effective <= date(year, 12, 31)] or list(versions)
    return max(known, key=lambda item: ("/" not in item.key, item.effective), default=None)


def rows_of(bureau: str, year: int, kind: CaseKind, measure: CaseMeasure) -> Sequence[QuerySet]:
    """The cases behind a measure."""
    found: Sequence[QuerySet]
    if measure.moment is CaseMoment.RECEIVED:
        found = every_kind.received(bureau, year)
    elif measure.moment is CaseMoment.CLOSED:
        found = every_kind.closed(bureau, year)
    elif measure.moment is CaseMoment.OPEN_AT_END:
        found = every_kind.open_at_end(bureau, year)
    else:
        first, last = year_days(year)
        done = CaseAct.objects.filter(act=measure.act, on__gte=first, on__lte=last)
        found = (Case.objects.filter(bureau=bureau, pk__in=done.values("case")),)
    return tuple(such_as(rows.filter(kind=kind.id), kind, measure) for rows in found)


def such_as(rows: QuerySet, kind: CaseKind, measure: CaseMeasure) -> QuerySet:
    """Those of some cases whose answers are among the words of the measure."""
    for place, (axis, words) in enumerate(measure.where.items()):
        held = [stored(asked_by(kind, axis), word) for word in words]
        rows = rows.alias(**{f"such_{place}": column(axis)}).filter(**{f"such_{place}__in": held})
    return rows


def kind_source(kind: CaseKind, measure: CaseMeasure) -> Source:
    """A measure of a kind as rows that are counted: contacts of its cases, or the cases themselves."""
    concept = kind.concept(measure)
    if measure.counting in OF_CONTACTS:
        adds = Count("pk") if measure.counting is CaseCounting.CONTACTS else Sum("people")

        def rows(bureau: str, year: int) -> Sequence[QuerySet]:
            return tuple(some.filter(case__kind=kind.id) for some in every_kind.contacts(bureau, year))

        told = {"channel": F("channel")} if "channel" in measure.by else {}
        return Source(rows, "case__", "on", told, {concept: adds})
    adds = Sum(number(asked_of(kind)[measure.of])) if measure.counting is CaseCounting.SUM else Count("pk")
    axes = {axis: column(axis) for axis in measure.by}
    day = _DAYS.get(measure.moment, "received_on")
    return Source(lambda bureau, year: rows_of(bureau, year, kind, measure), "", day, axes, {concept: adds})


@dataclass(frozen=True)
class KindCount:
    """The numbers of one measure of a kind, by member (`axis:word`, '' for all)."""

    bureau: str
    year: int
    kind: CaseKind
    measure: CaseMeasure

    @cached_property
    def numbers(self) -> dict[str, Numbers]:
        """Member → number."""
        return self._persons() if self.measure.counting is CaseCounting.PERSONS else self._added()

    def _added(self) -> dict[str, Numbers]:
        source = kind_source(self.kind, self.measure)
        concept = self.kind.concept(self.measure)
        found: dict[str, Counter[str]] = {"": Counter()}
        for group in source.groups(self.bureau, self.year):
            amount = int(group[concept])
            found[""][group[STATION]] += amount
            for axis in source.axes:
                word = word_of(asked_by(self.kind, axis), group[axis])
                if word:
                    found.setdefault(member_of(axis, word), Counter())[group[STATION]] += amount
        return {member: Numbers(dict(counter)) for member, counter in found.items()}

    def _persons(self) -> dict[str, Numbers]:
        """Distinct persons: in all, by station, and for each word of each axis."""
        apart = Count("person_id", distinct=True)
        found: dict[str, Numbers] = {}
        parts = rows_of(self.bureau, self.year, self.kind, self.measure)
        some = _together(parts).filter(person_id__isnull=False).order_by()
        stations = {row["station_code"]: row["n"] for row in some.values("station_code").annotate(n=apart)}
        found[""] = Numbers(stations, some.aggregate(n=apart)["n"])
        for axis in self.measure.by:
            found |= self._persons_by(some.annotate(word=column(axis)), axis, apart)
        return found

    def _persons_by(self, rows: QuerySet, axis: str, apart: Count) -> dict[str, Numbers]:
        totals = {row["word"]: row["n"] for row in rows.values("word").annotate(n=apart)}
        stations: dict[Any, dict[str, int]] = {}
        for row in rows.values("word", "station_code").annotate(n=apart):
            stations.setdefault(row["word"], {})[row["station_code"]] = row["n"]
        return {
            member_of(axis, word_of(asked_by(self.kind, axis), held)): Numbers(stations[held], total)
            for held, total in totals.items()
            if word_of(asked_by(self.kind, axis), held)
        }


def _together(parts: Sequence[QuerySet]) -> QuerySet:
    """The cases of every part in one query: whoever stands in two of them is one person."""
    if len(parts) == 1:
        return parts[0]
    return Case.objects.filter(reduce(or_, (Q(pk__in=rows.order_by().values("pk")) for rows in parts)))


def member_of(axis: str, word: str) -> str:
    """How a member of a measure is called: topic:医疗."""
    return f"{axis.removeprefix('field:')}:{word}"


def kind_counts(bureau: str, year: int, kinds: Sequence[str]) -> Iterator[KindCount]:
    """Every measure of some kinds."""
    for name in kinds:
        kind = kind_of_year(name, year)
        if kind is not None:
            yield from (KindCount(bureau, year, kind, measure) for measure in kind.measures)
