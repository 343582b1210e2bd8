"""Facts of many persons at once, as the rooms that award and pay read them."""

from collections.abc import Iterable, Iterator
from datetime import date

from rongji.accounts.types import Actor
from rongji.people.models import Attribute, Change, DisabilityGrade, Identity, LifeEvent, Merit, Person, ServicePeriod
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors.file import change_facts, grade_facts, identity_facts, service_facts
from rongji.people.selectors.portions import portions
from rongji.people.types import AttributeKind, ChangeFacts, GradeFacts, IdentityFacts, LifeEventKind, ServiceFacts


def deaths_known(person_ids: Iterable[int], *, known_on: date) -> dict[int, date]:
    """The day of death of each person of whom one was known; the living are left out."""
    found: dict[int, date] = {}
    for chunk in portions(person_ids):
        rows = LifeEvent.objects.known(known_on).filter(person_id__in=chunk, kind=LifeEventKind.DIED)
        found |= dict(rows.order_by("known_on", "id").values_list("person_id", "happened_on"))
    return found


def births(person_ids: Iterable[int]) -> dict[int, date]:
    """The birth date of each person as known last."""
    found: dict[int, date] = {}
    for chunk in portions(person_ids):
        found |= dict(Person.objects.filter(pk__in=chunk).values_list("id", "born_on"))
    return found


def identities_known(person_ids: Iterable[int], *, known_on: date) -> dict[int, list[IdentityFacts]]:
    """The identities of each person as known, oldest first."""
    found: dict[int, list[IdentityFacts]] = {}
    for chunk in portions(person_ids):
        for row in Identity.objects.known(known_on).filter(person_id__in=chunk).order_by("first_month", "id"):
            found.setdefault(row.person_id, []).append(identity_facts(row))
    return found


def grades_known(person_ids: Iterable[int], *, known_on: date) -> dict[int, list[GradeFacts]]:
    """The disability grades of each person as known, oldest first."""
    found: dict[int, list[GradeFacts]] = {}
    for chunk in portions(person_ids):
        for row in DisabilityGrade.objects.known(known_on).filter(person_id__in=chunk).order_by("decided_on", "id"):
            found.setdefault(row.person_id, []).append(grade_facts(row))
    return found


def service_known(person_ids: Iterable[int], *, known_on: date) -> dict[int, list[ServiceFacts]]:
    """The service of each person as known, oldest first."""
    found: dict[int, list[ServiceFacts]] = {}
    for chunk in portions(person_ids):
        for row in ServicePeriod.objects.known(known_on).filter(person_id__in=chunk).order_by("enlisted_on", "id"):
            found.setdefault(row.person_id, []).append(service_facts(row))
    return found


def merits_known(person_ids: Iterable[int], *, known_on: date) -> dict[int, list[tuple[str, date]]]:
    """Grade and day of the merit awards of each person as known, oldest first."""
    found: dict[int, list[tuple[str, date]]] = {}
    for chunk in portions(person_ids):
        for row in Merit.objects.known(known_on).filter(person_id__in=chunk).order_by("awarded_on", "id"):
            found.setdefault(row.person_id, []).append((row.grade, row.awarded_on))
    return found


def standing_attributes(person_id: int, kind: AttributeKind) -> tuple[int, ...]:
    """The plain facts of a kind that stand in a person's file, oldest first, by their ids."""
    rows = Attribute.objects.filter(person_id=person_id, kind=kind, superseded_on__isnull=True)
    return tuple(rows.order_by("from_on", "id").values_list("id", flat=True))


def person_ids_in_bureau(bureau: str, *, category: str = "", known_on: date | None = None) -> Iterator[int]:
    """The standing files of a bureau, or of those of them who were known to hold a category."""
    rows = Person.objects.filter(bureau=bureau, merged_into__isnull=True)
    if category:
        held = Identity.objects.filter(category=category)
        held = held.known(known_on) if known_on else held.filter(superseded_on__isnull=True)
        rows = rows.filter(pk__in=held.values("person"))
    return rows.order_by("id").values_list("id", flat=True).iterator()


def changes_between(actor: Actor, *, first: date, last: date) -> tuple[ChangeFacts, ...]:
    """What became known of anybody in the actor's sight from one day to another, oldest first."""
    scope = SEE_PEOPLE.scope_filter(actor, path_field="person__scope_path", area_field="person__area")
    rows = Change.objects.filter(scope, known_on__gte=first, known_on__lte=last).order_by("known_on", "id")
    return tuple(change_facts(row) for row in rows)
