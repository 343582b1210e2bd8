"""The yearly confirmation of a bureau: how far it has come, who is still to be asked after, many marked at once."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from rongji.accounts.policies import guarded
from rongji.people.policies import CONFIRM_PEOPLE, SEE_PEOPLE
from rongji.people.selectors import RoundStanding, rounds
from rongji.people.selectors.waiting import round_numbered, waiting_at_station, waiting_by_station
from rongji.people.services import confirm_unchanged
from rongji.people.types import CONFIRMATION_LABELS, SEX_LABELS
from rongji.web.answers import attempt, whole_number
from rongji.web.bureaus import bureaus_for, chosen_bureau
from rongji.web.forms.confirming import CONFIRMATION_FORMS, page_of
from rongji.web.forms.form import Door
from rongji.web.pay_charts import share_of
from rongji.web.people_words import station_names

PER_PAGE = 50
NO_STATION = "-"
_NOBODYS = "没有登记服务站"
_OPEN, _RESULT, _CLOSE = CONFIRMATION_FORMS


@dataclass(frozen=True, slots=True)
class StationWaiting:
    """How many wait at one station. code: as the address names it."""

    code: str
    name: str
    count: int


@require_GET
@guarded(SEE_PEOPLE)
def confirmation(request: Any) -> HttpResponse:
    """One round, the latest of the bureau unless a year is named; the way to begin one where there is none."""
    bureaus = bureaus_for(request.actor, SEE_PEOPLE)
    bureau = chosen_bureau(request, bureaus)
    known = rounds(request.actor, bureau.code)
    year = whole_number(request.GET.get("year", ""))
    standing = next((item for item in known if item.year == year), known[0] if known and year is None else None)
    may_confirm = CONFIRM_PEOPLE.permits(request.actor, bureau.scope)
    context: dict[str, Any] = {
        "bureaus": bureaus,
        "bureau": bureau.code,
        "years": [item.year for item in known],
        "round": standing,
        "may_confirm": may_confirm and standing is not None and standing.closed_on is None,
        "open_doors": [Door(_OPEN.button, _OPEN.address(), _OPEN.icon, False)] if may_confirm else [],
    }
    if standing:
        context |= _progress(standing) | _waiting(request, standing)
    return render(request, "web/people/confirmation.html", context)


def _progress(standing: RoundStanding) -> dict[str, Any]:
    counts = [(label, standing.counts.get(result, 0)) for result, label in CONFIRMATION_LABELS.items()]
    close = Door(_CLOSE.button, _CLOSE.address(round=standing.id), _CLOSE.icon, True)
    return {"counts": counts, "share": share_of(standing.done, standing.total), "close_doors": [close]}


def _waiting(request: Any, standing: RoundStanding) -> dict[str, Any]:
    """Those without a result: by station, and one by one."""
    names = station_names()
    by_station = waiting_by_station(request.actor, standing.id)
    stations = [StationWaiting(code or NO_STATION, names.get(code, code) or _NOBODYS, count)
                for code, count in sorted(by_station.items())]  # fmt: skip
    asked = request.GET.get("station", "")
    chosen = next((item for item in stations if item.code == asked), None)
    code = None if chosen is None else ("" if chosen.code == NO_STATION else chosen.code)
    number = max(1, whole_number(request.GET.get("page", "")) or 1)
    found = waiting_at_station(request.actor, standing.id, code, first=(number - 1) * PER_PAGE, limit=PER_PAGE)
    persons = [(item, SEX_LABELS[item.sex], names.get(item.station_code, ""),
                _RESULT.address(round=standing.id, person=item.id)) for item in found.persons]  # fmt: skip
    page = Paginator(range(found.count), PER_PAGE).get_page(number)
    everybody = sum(by_station.values())
    return {"stations": stations, "chosen": chosen, "persons": persons, "page": page, "waiting_count": everybody}


@require_POST
@guarded(CONFIRM_PEOPLE)
def unchanged(request: Any, round: int) -> HttpResponse:
    """Mark those ticked as unchanged, as the list that came back from a station says."""
    standing = round_numbered(request.actor, round)

    def act() -> str:
        ticked = (whole_number(text) for text in request.POST.getlist("person"))
        method = request.POST.get("method", "").replace("\x00", "").strip()
        ids = [number for number in ticked if number is not None]
        count = confirm_unchanged(actor=request.actor, round_id=round, person_ids=ids, method=method)
        return f"已登记 {count} 人无变化。" if count else "没有勾选尚无结果的人，什么都没有登记。"

    return attempt(request, act, page_of(standing.bureau, standing.year))
