"""Who of a yearly confirmation has no result yet, station by station, as the lists go out to the stations."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet

from rongji.accounts.types import Actor
from rongji.people.models import Confirmation, ConfirmationRound
from rongji.people.policies import SEE_PEOPLE
from rongji.people.refusals import RoundUnfit
from rongji.people.selectors.briefs import brief
from rongji.people.selectors.confirmation import RoundStanding, round_of_year
from rongji.people.types import PersonBrief


@dataclass(frozen=True, slots=True)
class WaitingPeople:
    """Some of those who wait, and how many there are in all."""

    persons: tuple[PersonBrief, ...]
    count: int


def round_numbered(actor: Actor, round_id: int) -> RoundStanding:
    """One round. Raises: NotAllowed, RoundUnfit."""
    row = ConfirmationRound.objects.filter(pk=round_id).first()
    if row is None:
        raise RoundUnfit(year="该", why="不存在，请先建立")
    return round_of_year(actor, row.bureau, row.year)


def waiting_by_station(actor: Actor, round_id: int) -> dict[str, int]:
    """How many wait at each station, in the actor's sight; '' for those whom no station looks after."""
    rows = _waiting(actor, round_id).order_by().values_list("person__station_code")
    return dict(rows.annotate(number=Count("id")))


def waiting_at_station(
    actor: Actor, round_id: int, station: str | None, *, first: int = 0, limit: int = 50
) -> WaitingPeople:
    """Those who wait at one station, at all of them for None, by name. first: how many to leave out before."""
    rows = _waiting(actor, round_id)
    rows = rows if station is None else rows.filter(person__station_code=station)
    some = rows.select_related("person").order_by("person__name", "person_id")[first : first + limit]
    return WaitingPeople(tuple(brief(row.person) for row in some), rows.count())


def _waiting(actor: Actor, round_id: int) -> QuerySet[Confirmation]:
    scope = SEE_PEOPLE.scope_filter(actor, path_field="person__scope_path", area_field="person__area")
    return Confirmation.objects.filter(scope, round_id=round_id, result="", person__merged_into__isnull=True)
