"""How many cases each station has, for what a station carries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from rongji.accounts.types import Actor
from rongji.casework.selectors.lists import visible


@dataclass(frozen=True, slots=True)
class StationCases:
    """The cases of one station: received in a period, and open now."""

    received: int
    open: int


def cases_by_station(actor: Actor, *, bureau: str, first: date, last: date) -> dict[str, StationCases]:
    """Cases of each station in the actor's sight; '' for those that name none. Raises: NotAllowed."""
    rows = visible(actor, bureau).filter(Q(received_on__gte=first, received_on__lte=last) | Q(is_open=True))
    within = Q(received_on__gte=first, received_on__lte=last)
    counted = rows.order_by().values_list("station_code").annotate(
        received=Count("id", filter=within), still=Count("id", filter=Q(is_open=True))
    )  # fmt: skip
    return {code: StationCases(received, still) for code, received, still in counted}
