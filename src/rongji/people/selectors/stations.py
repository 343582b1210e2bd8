"""Which station looks after how many, and whom."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from rongji.accounts.types import Actor
from rongji.people.models import Person
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors.briefs import brief
from rongji.people.types import PersonBrief


@dataclass(frozen=True, slots=True)
class StationPeople:
    """A part of the persons of one station, and how many there are in all."""

    persons: tuple[PersonBrief, ...]
    count: int


def has_people(bureau: str) -> bool:
    """Whether a bureau keeps anybody's file."""
    return Person.objects.filter(bureau=bureau).exists()


def living_by_station(actor: Actor, bureau: str) -> dict[str, int]:
    """How many living persons each station of a bureau looks after, in the actor's sight; '' for those without one."""
    rows = _seen(actor).filter(bureau=bureau).order_by().values_list("station_code").annotate(number=Count("id"))
    return dict(rows)


def people_of_station(actor: Actor, station_code: str, *, first: int = 0, limit: int = 50) -> StationPeople:
    """The living persons of one station in the actor's sight, by name. first: how many to leave out before."""
    rows = _seen(actor).filter(station_code=station_code).order_by("name", "id")
    return StationPeople(tuple(brief(row) for row in rows[first : first + limit]), rows.count())


def _seen(actor: Actor) -> QuerySet:
    scope = SEE_PEOPLE.scope_filter(actor, path_field="scope_path", area_field="area")
    return Person.objects.filter(scope, merged_into__isnull=True, died_on__isnull=True)
