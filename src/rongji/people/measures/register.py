"""A bureau's register of people as its yearly numbers read it: each table once, the rest is sets of persons.

Facts are read as they are known now; what becomes known later changes a past year's number until its report is frozen.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import QuerySet

from rongji.kernel.month import Month
from rongji.people import models
from rongji.people.categories import known_categories
from rongji.people.dated import known_q
from rongji.people.models import Person
from rongji.people.types import ArchiveState, AttributeKind, LifeEventKind

Ids = frozenset[int]


@dataclass(frozen=True, slots=True)
class Line:
    """What the numbers need of one person."""

    station: str
    registered_on: date
    died_on: date | None


@dataclass(frozen=True, slots=True)
class Held:
    """One identity. months as 202410."""

    person: int
    category: str
    first_month: int
    last_month: int | None

    def holds_in(self, month: int) -> bool:
        """Whether it is held in that month."""
        return self.first_month <= month and (self.last_month is None or month <= self.last_month)


class Register:
    """The register at the end of a year, and what happened in it."""

    def __init__(self, bureau: str, year: int) -> None:
        self.bureau = bureau
        self.year = year
        self.last_day = date(year, 12, 31)
        self.last_month = Month.of(year, 12).number
        known = tuple(known_categories(date.max))
        self.groups = {item.code: item.group for item in known}
        self.labels = {item.code: item.label for item in known}
        self.benefits = {item.code: item.benefit for item in known}

    @cached_property
    def persons(self) -> dict[int, Line]:
        """Everybody with a file at the end of the year, files that went into another left out."""
        rows = Person.objects.filter(bureau=self.bureau, merged_into__isnull=True, registered_on__lte=self.last_day)
        columns = rows.order_by().values_list("id", "station_code", "registered_on", "died_on")
        return {pk: Line(station, registered, died) for pk, station, registered, died in columns}

    def those(self, ids: object) -> Ids:
        """Of some persons, those with a file here at the end of the year."""
        return frozenset(set(ids) & self.persons.keys())  # type: ignore[call-overload]

    @cached_property
    def alive(self) -> Ids:
        """Those who were alive at the end of the year."""
        lines = self.persons.items()
        return frozenset(pk for pk, line in lines if line.died_on is None or line.died_on > self.last_day)

    @cached_property
    def died(self) -> Ids:
        """Those who died within the year."""
        lines = self.persons.items()
        return frozenset(pk for pk, line in lines if line.died_on and line.died_on.year == self.year)

    @cached_property
    def _moves(self) -> tuple[tuple[int, str, date], ...]:
        kinds = (LifeEventKind.MOVED_IN, LifeEventKind.MOVED_OUT)
        rows = models.LifeEvent.objects.filter(
            person__bureau=self.bureau, kind__in=kinds, superseded_on__isnull=True, happened_on__lte=self.last_day
        )
        return tuple(rows.order_by("happened_on", "id").values_list("person_id", "kind", "happened_on"))

    @cached_property
    def away(self) -> Ids:
        """Those whose last move up to the end of the year was out of the county's care."""
        last = {person: kind for person, kind, _ in self._moves}
        return frozenset(person for person, kind in last.items() if kind == LifeEventKind.MOVED_OUT)

    def moved(self, kind: LifeEventKind) -> Ids:
        """Those with a move of that kind within the year."""
        return self.those(person for person, own, day in self._moves if own == kind and day.year == self.year)

    @cached_property
    def identities(self) -> tuple[Held, ...]:
        """Every identity as known now."""
        rows = models.Identity.objects.filter(person__bureau=self.bureau, superseded_on__isnull=True).order_by()
        return tuple(Held(*row) for row in rows.values_list("person_id", "category", "first_month", "last_month"))

    @cached_property
    def standing(self) -> dict[str, Ids]:
        """By category: who held it in December, alive and in the county's care."""
        here = self.alive - self.away
        return self._by_category(item for item in self.identities if item.holds_in(self.last_month)) & here

    @cached_property
    def begun(self) -> dict[str, Ids]:
        """By category: whose identity began within the year."""
        first = Month.of(self.year, 1).number
        begun = (item for item in self.identities if first <= item.first_month <= self.last_month)
        return self._by_category(begun) & self.those(self.persons)

    def _by_category(self, held: Iterator[Held]) -> "Sets":
        found: dict[str, set[int]] = {}
        for item in held:
            found.setdefault(item.category, set()).add(item.person)
        return Sets(found)

    @cached_property
    def standing_then(self) -> Ids:
        """Who held an identity in December and was alive, as it was known on the last day of the year."""
        last = self.last_day
        mine = {"person__bureau": self.bureau}
        held = models.Identity.objects.filter(known_q(last), first_month__lte=self.last_month, **mine)
        held = held.exclude(last_month__lt=self.last_month)
        events = models.LifeEvent.objects.filter(known_q(last), happened_on__lte=last, **mine)
        gone: dict[int, str] = dict(events.order_by("happened_on", "id").values_list("person_id", "kind"))
        dead = set(events.filter(kind=LifeEventKind.DIED).values_list("person_id", flat=True))
        out = {person for person, kind in gone.items() if kind == LifeEventKind.MOVED_OUT}
        return self.those(held.values_list("person_id", flat=True)) - dead - out

    @cached_property
    def grades(self) -> dict[int, tuple[str, int]]:
        """Cause and grade of the disability that each person had at the end of the year."""
        rows = self._facts(models.DisabilityGrade, decided_on__lte=self.last_day).order_by("decided_on", "id")
        return {person: (cause, grade) for person, cause, grade in rows.values_list("person_id", "cause", "grade")}

    def graded(self, *, first_time: bool) -> Ids:
        """Who was graded within the year: for the first time, or anew."""
        before = self._facts(models.DisabilityGrade, decided_on__year__lt=self.year)
        earlier = set(before.values_list("person_id", flat=True))
        own = self.those(
            self._facts(models.DisabilityGrade, decided_on__year=self.year).values_list("person_id", flat=True)
        )
        return own - earlier if first_time else own & earlier

    @cached_property
    def merits(self) -> dict[str, Ids]:
        """By grade: whose merit was awarded within the year."""
        return self._grouped(self._facts(models.Merit, awarded_on__year=self.year), "grade")

    @cached_property
    def discharged(self) -> dict[str, Ids]:
        """By kind of discharge: who left the forces within the year."""
        return self._grouped(self._facts(models.ServicePeriod, discharged_on__year=self.year), "discharge_kind")

    @cached_property
    def took_part(self) -> dict[str, Ids]:
        """Who is on record with part in a war, and in nuclear tests."""
        return self._grouped(self._facts(models.Participation, known_on__lte=self.last_day), "kind")

    def attribute(self, kind: AttributeKind) -> dict[str, Ids]:
        """By value: whose plain fact of that kind says so at the end of the year."""
        rows = self._facts(models.Attribute, kind=kind, from_on__lte=self.last_day).order_by("from_on", "id")
        last = dict(rows.values_list("person_id", "value"))
        found: dict[str, set[int]] = {}
        for person, value in last.items():
            found.setdefault(value, set()).add(person)
        return Sets(found) & self.those(self.persons)

    @cached_property
    def confirmations(self) -> dict[str, Ids]:
        """By result ('' for none yet): who was on the year's confirmation round."""
        rows = models.Confirmation.objects.filter(round__bureau=self.bureau, round__year=self.year)
        return self._grouped(rows, "result")

    @cached_property
    def papers(self) -> dict[str, Ids]:
        """Who has papers: with any, with one missing, with one scanned, at the end of the year."""
        rows = models.ArchiveItem.objects.filter(person__bureau=self.bureau).order_by()
        kept = rows.filter(recorded_on__lte=self.last_day)
        chosen = {
            "any": kept, "missing": kept.filter(state=ArchiveState.MISSING),
            "scanned": rows.filter(scanned_on__lte=self.last_day),
        }  # fmt: skip
        return {
            name: self.those(found.values_list("person_id", flat=True).distinct()) for name, found in chosen.items()
        }

    @cached_property
    def handed_over(self) -> Ids:
        """Whose file was handed to another body within the year."""
        rows = models.ArchiveTransfer.objects.filter(person__bureau=self.bureau, sent_on__year=self.year)
        return self.those(rows.values_list("person_id", flat=True))

    def _facts(self, model: type, **chosen: object) -> QuerySet:
        rows: QuerySet = model.objects.filter(person__bureau=self.bureau, superseded_on__isnull=True, **chosen)  # type: ignore[attr-defined]
        return rows.order_by()

    def _grouped(self, rows: QuerySet, field: str) -> "Sets":
        found: dict[str, set[int]] = {}
        for person, value in rows.order_by().values_list("person_id", field):
            found.setdefault(str(value), set()).add(person)
        return Sets(found) & self.those(self.persons)


class Sets(dict[str, Ids]):
    """Sets of persons by a word."""

    def __and__(self, those: Ids) -> "Sets":
        """Each set without whoever is not among those; empty ones left out, in order of the words."""
        cut = ((word, frozenset(self[word]) & those) for word in sorted(self))
        return Sets({word: ids for word, ids in cut if ids})

    @property
    def together(self) -> Ids:
        """Everybody in any of them, once."""
        return frozenset().union(*self.values())
