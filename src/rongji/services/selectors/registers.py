"""The registers with what stands in them, by area."""

from collections import Counter
from datetime import date

from django.db.models import Sum

from rongji.accounts.policies import guard
from rongji.accounts.types import Actor, Scope
from rongji.law.registers import Register, registers
from rongji.services.models import Record, RegisterYear
from rongji.services.places import Places
from rongji.services.policies import SEE_RECORDS
from rongji.services.selectors.listing import COUNTED, fitting
from rongji.services.types import RecordFilters, RegisterArea, RegisterEntry


def registers_for(actor: Actor, bureau: str, *, year: int | None = None) -> tuple[RegisterArea, ...]:
    """Every register by area, each with how many records stand in it in the actor's sight, and how many of a year.

    Raises: NotAllowed, OrganisationUnknown.
    """
    SEE_RECORDS.require_role(actor)
    places = Places(bureau)
    if not _reaches(actor, places.bureau.scope):
        guard(actor, SEE_RECORDS, places.bureau.scope)
    sees_all = SEE_RECORDS.permits(actor, places.bureau.scope)
    known, of_year = _numbers(bureau), _numbers(bureau, year) if year else Counter()
    areas: dict[str, list[RegisterEntry]] = {}
    for item in registers():
        # of what one station keeps the stamps say nothing, except that there is nothing at all
        counted = str(known[item.id]) if sees_all or not known[item.id] else _counted(actor, item, places)
        last = _last_day(actor, item, places) if counted != "0" else None
        in_year = ""
        if year:
            knows = sees_all or not of_year[item.id]
            in_year = str(of_year[item.id]) if knows else _counted(actor, item, places, year)
        areas.setdefault(item.area, []).append(RegisterEntry(item, counted, last, in_year))
    return tuple(RegisterArea(area, tuple(entries)) for area, entries in areas.items())


def _reaches(actor: Actor, scope: Scope) -> bool:
    """Whether the actor sees the bureau or anything of it: a station's clerk sees the station."""
    grants = actor.grants_of(SEE_RECORDS.roles)
    return any(
        (scope.path.startswith(grant.path) or grant.path.startswith(scope.path))
        and (scope.area.startswith(grant.area) or grant.area.startswith(scope.area))
        for grant in grants
    )


def _numbers(bureau: str, year: int | None = None) -> Counter[str]:
    rows = RegisterYear.objects.filter(bureau=bureau).order_by()
    rows = rows.filter(year=year) if year else rows
    return Counter(dict(rows.values_list("register").annotate(n=Sum("records"))))


def _counted(actor: Actor, register: Register, places: Places, year: int | None = None) -> str:
    wanted = RecordFilters(date(year, 1, 1), date(year, 12, 31)) if year else RecordFilters()
    count = fitting(actor, register, places, wanted).order_by()[: COUNTED + 1].count()
    return str(count) if count <= COUNTED else f"{COUNTED}+"


def _last_day(actor: Actor, register: Register, places: Places) -> date | None:
    rows = fitting(actor, register, places, RecordFilters())
    found: Record | None = rows.order_by("-day", "-id").only("day").first()
    return found.day if found else None
