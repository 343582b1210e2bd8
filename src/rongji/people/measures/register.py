"""A bureau's register of people as its yearly numbers ask for it: queries of persons and of facts, none of them run.

Facts are taken as they are known now; what becomes known later changes a past year's number until its report is frozen.
"""

from datetime import date
from functools import cached_property

from django.db.models import Exists, OuterRef, Q, QuerySet

from rongji.kernel.month import Month
from rongji.people import models
from rongji.people.categories import known_categories
from rongji.people.dated import known_q
from rongji.people.measures.counting import Rows, last_of
from rongji.people.models import Person
from rongji.people.types import ArchiveState, AttributeKind, LifeEventKind

_MOVES = (LifeEventKind.MOVED_IN, LifeEventKind.MOVED_OUT)


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

    def is_in_file(self, path: str = "person__") -> Q:
        """Whether somebody has a file here at the end of the year that did not go into another."""
        kept = {"bureau": self.bureau, "merged_into__isnull": True, "registered_on__lte": self.last_day}
        return Q(**{f"{path}{name}": value for name, value in kept.items()})

    def is_alive(self, path: str = "person__") -> Q:
        """Whether somebody was alive at the end of the year."""
        return Q(**{f"{path}died_on__isnull": True}) | Q(**{f"{path}died_on__gt": self.last_day})

    @property
    def persons(self) -> Rows:
        """Everybody with a file."""
        return Rows(Person.objects.filter(self.is_in_file("")), path="", once=True)

    @cached_property
    def stations(self) -> tuple[str, ...]:
        """The stations under which anybody has a file, '' among them where somebody is under none."""
        held = Person.objects.filter(bureau=self.bureau, merged_into__isnull=True).order_by()
        return tuple(sorted(held.values_list("station_code", flat=True).distinct()))

    @property
    def served(self) -> Rows:
        """Those who were alive and in the county's care at the end of the year."""
        return self.persons.filter(self.is_alive("")).without(self.away)

    @property
    def away(self) -> QuerySet:
        """Ids of those whose last move up to the end of the year was out of the county's care."""
        moves = models.LifeEvent.objects.filter(
            kind__in=_MOVES, superseded_on__isnull=True, happened_on__lte=self.last_day
        )
        return last_of(moves, "happened_on").filter(kind=LifeEventKind.MOVED_OUT).order_by().values("person_id")

    @property
    def moves(self) -> Rows:
        """Moves within the year."""
        return self._facts(models.LifeEvent, kind__in=_MOVES, happened_on__year=self.year)

    @cached_property
    def categories(self) -> tuple[str, ...]:
        """The categories that anybody here was ever in."""
        held = models.Identity.objects.filter(superseded_on__isnull=True)
        return tuple(sorted(set(held.order_by().values_list("category", flat=True).distinct())))

    @property
    def standing(self) -> Rows:
        """Identities held in December by those who were alive and in the county's care."""
        return self._facts(models.Identity, self._in_december, self.is_alive()).without(self.away)

    @property
    def begun(self) -> Rows:
        """Identities that began within the year."""
        first = Month.of(self.year, 1).number
        return self._facts(models.Identity, first_month__range=(first, self.last_month))

    @property
    def standing_then(self) -> Rows:
        """Identities held in December by those alive and in the county's care, as known on the year's last day."""
        held = models.Identity.objects.filter(known_q(self.last_day), self._in_december, self.is_in_file())
        events = models.LifeEvent.objects.filter(known_q(self.last_day), happened_on__lte=self.last_day)
        out = last_of(events.filter(kind__in=_MOVES), "happened_on").filter(kind=LifeEventKind.MOVED_OUT)
        gone = events.filter(Q(kind=LifeEventKind.DIED) | Q(pk__in=out.order_by().values("pk")))
        return Rows(held).without(gone.order_by().values("person_id"))

    @property
    def _in_december(self) -> Q:
        ends_later = Q(last_month__isnull=True) | Q(last_month__gte=self.last_month)
        return Q(first_month__lte=self.last_month) & ends_later

    @property
    def grades(self) -> Rows:
        """The disability grade that everybody alive and in the county's care had at the end of the year."""
        decided = models.DisabilityGrade.objects.filter(superseded_on__isnull=True, decided_on__lte=self.last_day)
        rows = last_of(decided, "decided_on").filter(self.is_in_file(), self.is_alive())
        return Rows(rows, once=True).without(self.away)

    @property
    def graded(self) -> Rows:
        """Grades decided within the year."""
        return self._facts(models.DisabilityGrade, decided_on__year=self.year)

    @property
    def had_a_grade(self) -> Exists:
        """Whether whose grade it is had one before the year."""
        earlier = models.DisabilityGrade.objects.filter(superseded_on__isnull=True, decided_on__year__lt=self.year)
        return Exists(earlier.filter(person=OuterRef("person")))

    @property
    def merits(self) -> Rows:
        """Merits awarded within the year."""
        return self._facts(models.Merit, awarded_on__year=self.year)

    @property
    def discharged(self) -> Rows:
        """Service that ended within the year."""
        return self._facts(models.ServicePeriod, discharged_on__year=self.year)

    @property
    def took_part(self) -> Rows:
        """Part in a war or in nuclear tests, on record by the end of the year."""
        return self._facts(models.Participation, known_on__lte=self.last_day)

    def attribute(self, kind: AttributeKind) -> Rows:
        """The plain fact of that kind that was everybody's last at the end of the year."""
        rows = models.Attribute.objects.filter(kind=kind, superseded_on__isnull=True, from_on__lte=self.last_day)
        return Rows(last_of(rows, "from_on").filter(self.is_in_file()), once=True)

    @property
    def confirmations(self) -> Rows:
        """What the year's confirmation round found of everybody on its list."""
        rows = models.Confirmation.objects.filter(round__bureau=self.bureau, round__year=self.year)
        return Rows(rows.filter(self.is_in_file()), once=True)

    @property
    def with_papers(self) -> Rows:
        """Those of whose papers any were on record at the end of the year."""
        return self._having(self._kept)

    @property
    def with_papers_missing(self) -> Rows:
        """Those of whose papers one was on record as missing."""
        return self._having(self._kept.filter(state=ArchiveState.MISSING))

    @property
    def with_all_papers(self) -> Rows:
        """Those of whose papers none was on record as missing."""
        return Rows(self.with_papers.query, path="", once=True, left_out=self.with_papers_missing.query)

    @property
    def with_scans(self) -> Rows:
        """Those of whose papers one was scanned by the end of the year."""
        return self._having(models.ArchiveItem.objects.filter(scanned_on__lte=self.last_day))

    @property
    def _kept(self) -> QuerySet:
        return models.ArchiveItem.objects.filter(recorded_on__lte=self.last_day)

    @property
    def handed_over(self) -> Rows:
        """Files handed to another body within the year."""
        rows = models.ArchiveTransfer.objects.filter(sent_on__year=self.year)
        return Rows(rows.filter(self.is_in_file()))

    def _having(self, items: QuerySet) -> Rows:
        """Persons who have such rows: from the rows to the persons, and nobody twice."""
        ids = items.order_by().values("person_id")
        return Rows(Person.objects.filter(self.is_in_file(""), pk__in=ids), path="", once=True)

    def _facts(self, model: type, *chosen: Q, **named: object) -> Rows:
        """Facts as they are known now, of everybody with a file."""
        rows: QuerySet = model.objects.filter(self.is_in_file(), *chosen, superseded_on__isnull=True, **named)  # type: ignore[attr-defined]
        return Rows(rows)
