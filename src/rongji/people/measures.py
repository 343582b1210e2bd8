"""What the register of people counts for a bureau's year, each number with the persons behind it.

A number of persons opens by station, a station into its persons; nobody is counted twice in one number.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet, Sum

from rongji.accounts.selectors import organisations_of_kind
from rongji.kernel.figure import Figure, FigureKey, RowRef, Source, SourceKind, Stage
from rongji.kernel.month import Month
from rongji.kernel.quantity import Quantity
from rongji.law.concepts import concept
from rongji.law.loader import lawbook
from rongji.law.values import find
from rongji.people import models
from rongji.people.models import Person
from rongji.people.types import ArchiveState, AttributeKind, LifeEventKind

REGISTER = "人员登记"
TABLE = "people"
SHOWN_PERSONS = 500
NO_STATION = "未分站点"

Persons = Callable[[str, int], QuerySet]
"""(bureau, year) → the persons that a number counts."""


@dataclass(frozen=True, slots=True)
class Headcount:
    """A number of distinct persons: concept, member of it, who they are, and how they are chosen, in words."""

    concept: str
    how: str
    persons: Persons
    member: str = ""
    label: str = ""

    @property
    def name(self) -> str:
        """The number's name within the register."""
        return f"{self.concept}#{self.member}" if self.member else self.concept


def derived_figures(bureau: str, year: int) -> Iterator[Figure]:
    """Every figure that the register yields for a bureau's year; none when it keeps no person."""
    if not Person.objects.filter(bureau=bureau).exists():
        return
    for headcount in headcounts(bureau, year):
        groups = _by_station(headcount.persons(bureau, year))
        if groups:
            yield _figure(headcount, groups)
    yield from _sums(bureau, year)


def rows_behind(bureau: str, year: int, identifier: str) -> tuple[RowRef, ...]:
    """The persons of one station behind one number. identifier: as the figure's row carries it."""
    name, _, station = identifier.partition("|")
    found = next((item for item in headcounts(bureau, year) if item.name == name), None)
    if found is None:
        return ()
    chosen = found.persons(bureau, year).filter(station_code=station).order_by("number")[:SHOWN_PERSONS]
    one = Quantity.parse("1", _unit(found.concept))
    return tuple(RowRef("person", str(row.pk), f"{row.number} {row.name} {row.village}", one) for row in chosen)


def headcounts(bureau: str, year: int) -> tuple[Headcount, ...]:
    """Every number of persons, those by category and grade included."""
    return (
        Headcount("people.files", "年末在管、未并入他人的档案", _filed),
        Headcount("people.registered", "建档日期在当年", lambda b, y: _filed(b, y).filter(registered_on__year=y)),
        Headcount("people.files_scanned", "有材料已扫描", _scanned),
        Headcount("people.files_complete", "登记的材料没有缺件", _complete),
        Headcount("people.files_handed_over", "当年有档案转递记录", _through("archive_transfers__sent_on")),
        Headcount("people.deaths", "死亡日期在当年", lambda b, y: _filed(b, y).filter(died_on__year=y)),
        Headcount("people.moved_in", "当年有迁入记录", _moved(LifeEventKind.MOVED_IN)),
        Headcount("people.moved_out", "当年有迁出记录", _moved(LifeEventKind.MOVED_OUT)),
        Headcount("people.to_confirm", "在当年的确认名单上", _in_round),
        Headcount("people.confirmed", "当年的确认已有结果", _confirmed),
        Headcount(
            "people.disability_changes", "评定日期在当年的残疾等级", _standing("disability_grades", "decided_on")
        ),
        Headcount("people.merits", "授予日期在当年的立功受奖", _standing("merits", "awarded_on")),
        Headcount("people.employment_recorded", "有就业状况记录", _employment),
        Headcount("people.identified", "年末身份有效且在世", _identified()),
        Headcount("people.newly_identified", "身份起始月份在当年", _newly_identified()),
        *_by_category(bureau, year),
        *_by_merit(bureau, year),
    )


def _by_category(bureau: str, year: int) -> Iterator[Headcount]:
    identities = models.Identity.objects.filter(person__bureau=bureau, superseded_on__isnull=True)
    for category in identities.values_list("category", flat=True).distinct().order_by("category"):
        label = _category_label(category)
        member = f"category:{category}"
        yield Headcount("people.identified", f"年末{label}身份有效且在世", _identified(category), member, label)
        yield Headcount(
            "people.newly_identified", f"当年起算的{label}身份", _newly_identified(category), member, f"新认定{label}"
        )


def _by_merit(bureau: str, year: int) -> Iterator[Headcount]:
    merits = models.Merit.objects.filter(person__bureau=bureau, superseded_on__isnull=True, awarded_on__year=year)
    for grade in merits.values_list("grade", flat=True).distinct().order_by("grade"):
        persons = _standing("merits", "awarded_on", merits__grade=grade)
        yield Headcount("people.merits", f"当年授予的{grade}", persons, f"grade:{grade}", grade)


def _filed(bureau: str, year: int) -> QuerySet:
    """Everybody with a file at the end of the year."""
    return Person.objects.filter(bureau=bureau, merged_into__isnull=True, registered_on__lte=date(year, 12, 31))


def _scanned(bureau: str, year: int) -> QuerySet:
    items = models.ArchiveItem.objects.filter(scanned_on__lte=date(year, 12, 31))
    return _filed(bureau, year).filter(pk__in=items.values("person"))


def _complete(bureau: str, year: int) -> QuerySet:
    items = models.ArchiveItem.objects.filter(recorded_on__lte=date(year, 12, 31))
    missing = items.filter(state=ArchiveState.MISSING).values("person")
    return _filed(bureau, year).filter(pk__in=items.values("person")).exclude(pk__in=missing)


def _through(lookup: str) -> Persons:
    return lambda bureau, year: _filed(bureau, year).filter(**{f"{lookup}__year": year}).distinct()


def _moved(kind: LifeEventKind) -> Persons:
    return _standing("life_events", "happened_on", life_events__kind=kind)


def _standing(relation: str, day: str, **more: object) -> Persons:
    """Persons with a fact of that year that still stands."""
    return lambda bureau, year: (
        _filed(bureau, year)
        .filter(**{f"{relation}__{day}__year": year, f"{relation}__superseded_on__isnull": True, **more})
        .distinct()
    )


def _in_round(bureau: str, year: int) -> QuerySet:
    return _filed(bureau, year).filter(confirmations__round__year=year).distinct()


def _confirmed(bureau: str, year: int) -> QuerySet:
    results = models.Confirmation.objects.filter(round__year=year).exclude(result="")
    return _filed(bureau, year).filter(pk__in=results.values("person"))


def _employment(bureau: str, year: int) -> QuerySet:
    facts = models.Attribute.objects.filter(
        kind=AttributeKind.EMPLOYMENT, from_on__lte=date(year, 12, 31), superseded_on__isnull=True
    )
    return _filed(bureau, year).filter(pk__in=facts.values("person"))


def _identified(category: str = "") -> Persons:
    def persons(bureau: str, year: int) -> QuerySet:
        last = Month.of(year, 12).number
        alive = Q(died_on__isnull=True) | Q(died_on__gt=date(year, 12, 31))
        standing = models.Identity.objects.filter(superseded_on__isnull=True, first_month__lte=last)
        standing = standing.filter(Q(last_month__isnull=True) | Q(last_month__gte=last))
        if category:
            standing = standing.filter(category=category)
        return _filed(bureau, year).filter(alive, pk__in=standing.values("person"))

    return persons


def _newly_identified(category: str = "") -> Persons:
    def persons(bureau: str, year: int) -> QuerySet:
        first, last = Month.of(year, 1).number, Month.of(year, 12).number
        begun = models.Identity.objects.filter(superseded_on__isnull=True, first_month__range=(first, last))
        if category:
            begun = begun.filter(category=category)
        return _filed(bureau, year).filter(pk__in=begun.values("person"))

    return persons


def _by_station(persons: QuerySet) -> list[tuple[str, int]]:
    """How many persons of each station, most first."""
    counted = Person.objects.filter(pk__in=persons.order_by().values("pk")).values("station_code")
    rows = counted.annotate(n=Count("id")).values_list("station_code", "n")
    return sorted(rows, key=lambda row: (-row[1], row[0]))


def _figure(headcount: Headcount, groups: list[tuple[str, int]]) -> Figure:
    unit = _unit(headcount.concept)
    total = Quantity.parse(str(sum(number for _, number in groups)), unit)
    names = _station_names()
    rows = tuple(
        RowRef(TABLE, f"{headcount.name}|{code}", names.get(code, code) or NO_STATION, Quantity.parse(str(n), unit))
        for code, n in groups
    )
    return Figure(
        FigureKey(headcount.concept, Stage.NONE, "", headcount.member),
        headcount.label or concept(lawbook(), headcount.concept).label,
        Source(SourceKind.DERIVED, note=REGISTER),
        total,
        total.shown(),
        statement=REGISTER,
        how=headcount.how,
        rows=rows,
    )


def _sums(bureau: str, year: int) -> Iterator[Figure]:
    """Numbers that count records rather than persons."""
    items = models.ArchiveItem.objects.filter(person__bureau=bureau, scanned_on__lte=date(year, 12, 31))
    changes = models.Change.objects.filter(person__bureau=bureau, known_on__year=year)
    members = models.FamilyMember.objects.filter(family__bureau=bureau, superseded_on__isnull=True)
    members = members.filter(from_on__lte=date(year, 12, 31))
    members = members.filter(Q(to_on__isnull=True) | Q(to_on__gt=date(year, 12, 31)))
    by_kind = {
        "people.archive_pages": items.values_list("kind").annotate(n=Sum("pages")),
        "people.changes": changes.values_list("kind").annotate(n=Count("id")),
        "people.households": members.values_list("family__kind").annotate(n=Count("family", distinct=True)),
    }
    for concept_id, groups in by_kind.items():
        counted = sorted(((kind, n) for kind, n in groups.order_by() if n), key=lambda row: (-row[1], row[0]))
        if counted:
            yield _sum_figure(concept_id, counted)


def _sum_figure(concept_id: str, groups: list[tuple[str, int]]) -> Figure:
    unit = _unit(concept_id)
    total = Quantity.parse(str(sum(number for _, number in groups)), unit)
    return Figure(
        FigureKey(concept_id),
        concept(lawbook(), concept_id).label,
        Source(SourceKind.DERIVED, note=REGISTER),
        total,
        total.shown(),
        statement=REGISTER,
        how="各类记录之和",
        rows=tuple(RowRef(TABLE, f"{concept_id}|{kind}", kind, Quantity.parse(str(n), unit)) for kind, n in groups),
    )


def _unit(concept_id: str) -> str:
    return concept(lawbook(), concept_id).unit


def _station_names() -> dict[str, str]:
    return {item.code: item.name for item in organisations_of_kind("station")}


def _category_label(category: str) -> str:
    """The name of a category as the law last knows it; its code where no table names it."""
    row = find("entitlement.categories", on=date.max, known_on=date.max, category=category)
    return row.value.label if row else category
