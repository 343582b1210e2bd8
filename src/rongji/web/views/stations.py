"""Recipients by station: how many each looks after, how many were paid for a month and how much, and whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from rongji.accounts.policies import guarded
from rongji.accounts.selectors import OrganisationFacts, organisation, organisations_below
from rongji.kernel.month import Month
from rongji.payments.policies import SEE_RUNS
from rongji.payments.settled import StationSum, settled_by_person, settled_by_station
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors.stations import living_by_station, people_of_station
from rongji.people.types import SEX_LABELS
from rongji.web.answers import whole_number
from rongji.web.bureaus import bureaus_for, chosen_bureau
from rongji.web.dates import month_of
from rongji.web.pay_charts import Plot, share_of, stations_chart
from rongji.web.record_desk import short_station

PER_PAGE = 50
_NOBODYS = "没有登记服务站"


@dataclass(frozen=True, slots=True)
class StationRow:
    """One station, or a town with everything below it. below: how many stations."""

    code: str
    name: str
    registered: int
    persons: int
    fen: int
    is_town: bool = False
    below: int = 0


@require_GET
@guarded(SEE_PEOPLE)
def stations(request: Any) -> HttpResponse:
    """Counts and sums by station, on a chart and in a list."""
    bureaus = bureaus_for(request.actor, SEE_PEOPLE)
    bureau = chosen_bureau(request, bureaus)
    month = month_of(request.GET.get("month", ""), Month.from_day(request.actor.day))
    registered = living_by_station(request.actor, bureau.code)
    sees_money = SEE_RUNS.permits(request.actor, bureau.scope)
    paid = settled_by_station(request.actor, bureau.code, month) if sees_money else {}
    towns = _tree(bureau.code, registered, paid)
    opened = request.GET.get("town", "")
    rows = [row for town, villages in towns for row in (town, *(villages if town.code == opened else ()))]
    fen = sum(town.fen for town, _ in towns)
    context = {
        "bureaus": bureaus,
        "bureau": bureau.code,
        "month": month,
        "rows": [(row, share_of(row.fen, fen)) for row in rows],
        "chart": stations_chart([_plot(town, villages) for town, villages in towns]) if registered else None,
        "total": {"persons": sum(registered.values()), "fen": fen},
        "sees_money": sees_money,
        "opened": opened,
    }
    return render(request, "web/people/stations.html", context)


Towns = list[tuple[StationRow, list[StationRow]]]


def _tree(bureau: str, registered: Mapping[str, int], paid: Mapping[str, StationSum]) -> Towns:
    """Stations that have others below them, each with its own; what no known station looks after stands last."""
    known = {item.code: item for item in organisations_below(bureau) if item.kind == "station"}
    below = {code: [item for item in known.values() if item.parent_code == code] for code in known}
    found: Towns = []
    for item in known.values():
        if below[item.code] or item.parent_code not in known:
            here = _row(
                item.code, f"{short_station(item.name)}本级" if below[item.code] else item.name, registered, paid
            )
            leaves = [child for child in below[item.code] if not below[child.code]]
            own = [_row(child.code, child.name, registered, paid) for child in leaves]
            found.append((_town(item, here, own), [here, *own] if own and here.registered else own))
    strangers = sorted({*registered, *paid} - set(known))
    found += [(_row(code, code or _NOBODYS, registered, paid), []) for code in strangers]
    return [(town, villages) for town, villages in found if town.registered or town.persons]


def _row(code: str, name: str, registered: Mapping[str, int], paid: Mapping[str, StationSum]) -> StationRow:
    money = paid.get(code, StationSum(0, 0))
    return StationRow(code, short_station(name), registered.get(code, 0), money.persons, money.fen)


def _town(item: OrganisationFacts, here: StationRow, villages: list[StationRow]) -> StationRow:
    """A station with everything that hangs on it."""
    everybody = [here, *villages]
    return StationRow(
        item.code, short_station(item.name), sum(row.registered for row in everybody),
        sum(row.persons for row in everybody), sum(row.fen for row in everybody), True, len(villages),
    )  # fmt: skip


def _plot(town: StationRow, villages: list[StationRow]) -> Plot:
    below = tuple(Plot(row.name, row.registered, row.fen) for row in villages)
    return Plot(town.name, town.registered, town.fen, below)


@require_GET
@guarded(SEE_PEOPLE)
def station(request: Any, code: str) -> HttpResponse:
    """Everybody whom one station looks after, with what was settled for a month."""
    facts = organisation(code)
    SEE_PEOPLE.check(request.actor, facts.scope)
    month = month_of(request.GET.get("month", ""), Month.from_day(request.actor.day))
    number = max(1, whole_number(request.GET.get("page", "")) or 1)
    found = people_of_station(request.actor, code, first=(number - 1) * PER_PAGE, limit=PER_PAGE)
    sees_money = SEE_RUNS.permits(request.actor, facts.scope)
    paid = settled_by_person([item.id for item in found.persons], month) if sees_money else {}
    context = {
        "station_name": facts.name,
        "month": month,
        "persons": [(item, SEX_LABELS[item.sex], paid.get(item.id)) for item in found.persons],
        "page": Paginator(range(found.count), PER_PAGE).get_page(number),
    }
    return render(request, "web/people/station.html", context)
