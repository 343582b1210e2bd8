"""The station network read out of the registers: five of them and the visits, each in one query, put together here."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Count

from rongji.accounts.selectors import OrganisationFacts, organisations_below
from rongji.accounts.types import Actor
from rongji.law.registers import register
from rongji.services.models import Record
from rongji.services.network.facts import (
    COUNTY,
    TIERS,
    TOWN,
    VILLAGE,
    Checked,
    Named,
    Network,
    NetworkYear,
    StationFacts,
    StationRecord,
)
from rongji.services.network.shapes import Point
from rongji.services.policies import SEE_RECORDS

PROFILES, STAFF, CHECKS = "stations_profile", "station_staff", "station_checklist"
GRADINGS, SUBSIDIES, VISITS = "station_gradings", "station_subsidies", "visits"
_READ = (PROFILES, STAFF, CHECKS, GRADINGS, SUBSIDIES)
_NAMED, _HAVES = "已命名", "五有"
_FULL_TIME = ("专职", "公益性岗位")
_STATION = "station"
_YEARS = 5
_COUNTY_CODE, _TOWN_CODE = 6, 9  # digits of a division code

Rows = Mapping[str, Mapping[str, Sequence[StationRecord]]]
"""Register → station → records, oldest first."""


def network(actor: Actor, bureau: str, *, on: date) -> Network:
    """Every station of a bureau in the actor's sight, on a day, and the network over the last years.

    Raises: NotAllowed, OrganisationUnknown.
    """
    SEE_RECORDS.require_role(actor)
    known = [item for item in organisations_below(bureau) if item.kind == _STATION]
    seen = [item for item in known if SEE_RECORDS.permits(actor, item.scope)]
    rows = _rows(bureau, {item.code for item in seen})
    visits = _visits(bureau, on)
    items = _items(rows, on)
    codes = {item.code for item in known}
    stations = tuple(_station(item, rows, codes, items, visits, on) for item in seen)
    levels = register(GRADINGS).by_id["level"].choices
    standing = tuple(item for item in stations if item.closed_on is None or item.closed_on >= on)
    return Network(bureau, on, tuple(_in_order(standing)), tuple(_years(stations, rows, levels, on)), levels)


def _in_order(stations: Sequence[StationFacts]) -> Iterator[StationFacts]:
    """Parents before children; those of one parent by level and code."""
    known = {item.code for item in stations}
    below: dict[str, list[StationFacts]] = defaultdict(list)
    for item in stations:
        below[item.parent if item.parent in known else ""].append(item)
    waiting = sorted(below[""], key=_rank, reverse=True)
    while waiting:
        item = waiting.pop()
        yield item
        waiting += sorted(below[item.code], key=_rank, reverse=True)


def _rank(item: StationFacts) -> tuple[int, str]:
    return TIERS.index(item.tier) if item.tier in TIERS else len(TIERS), item.code


def records_of_station(actor: Actor, bureau: str, station: OrganisationFacts) -> dict[str, list[StationRecord]]:
    """Everything that the registers of the network keep about one station, newest first. Raises: NotAllowed."""
    SEE_RECORDS.check(actor, station.scope)
    rows = _rows(bureau, {station.code})
    return {name: list(reversed(rows[name].get(station.code, ()))) for name in _READ}


def _rows(bureau: str, stations: set[str]) -> Rows:
    found: dict[str, dict[str, list[StationRecord]]] = {name: defaultdict(list) for name in _READ}
    listed = Record.objects.filter(bureau=bureau, register__in=_READ, withdrawn_on__isnull=True).order_by("day", "id")
    wanted = ("id", "register", "station_code", "day", "until", "values")
    for pk, name, code, day, until, values in listed.values_list(*wanted).iterator(5_000):
        if code in stations:
            found[name][code].append(StationRecord(pk, name, day, until, values))
    return found


def _visits(bureau: str, on: date) -> dict[str, int]:
    rows = Record.objects.filter(bureau=bureau, register=VISITS, withdrawn_on__isnull=True)
    year = rows.filter(day__gte=date(on.year, 1, 1), day__lte=on).order_by()
    return dict(year.values_list("station_code").annotate(number=Count("id")))


def _items(rows: Rows, on: date) -> dict[str, tuple[str, ...]]:
    """The items of each list of requirements: every one that the bureau checks anywhere, as they were first entered."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for records in rows[CHECKS].values():
        for one in records:
            if one.is_in_force(on):
                items, item = found[one.said("standard")], one.said("item")
                items[item] = min(items.get(item, one.id), one.id)
    return {standard: tuple(sorted(items, key=items.__getitem__)) for standard, items in found.items()}


def _station(
    item: OrganisationFacts, rows: Rows, codes: set[str], items: Mapping[str, tuple[str, ...]],
    visits: Mapping[str, int], on: date,
) -> StationFacts:  # fmt: skip
    profiles = rows[PROFILES].get(item.code, ())
    profile = profiles[-1] if profiles else None
    staff = rows[STAFF].get(item.code, ())
    year = range(on.year, on.year + 1)
    return StationFacts(
        code=item.code,
        name=item.name,
        tier=(profile.said("level") if profile else "") or _tier(item, codes),
        parent=item.parent_code,
        scope=item.scope,
        staff=sum(one.is_in_force(on) for one in staff),
        full_time=sum(one.is_in_force(on) and one.said("kind") in _FULL_TIME for one in staff),
        joined=sum(one.day.year in year and one.day <= on for one in staff),
        left=_left(staff, on),
        base=sum(one.is_in_force(date(on.year, 1, 1)) for one in staff),
        checks={name: _checked(name, whole, rows[CHECKS].get(item.code, ()), on) for name, whole in items.items()},
        named=_named(rows[GRADINGS].get(item.code, ()), on),
        paid_fen=_paid(rows[SUBSIDIES].get(item.code, ()), on),
        visits=visits.get(item.code, 0),
        **_of_profile(profile),
    )


def _of_profile(profile: StationRecord | None) -> dict[str, Any]:
    if profile is None:
        return {}
    return {
        "profile": profile.id,
        "kind": profile.said("kind"),
        "division_code": profile.said("division_code"),
        "point": _point(profile),
        "address": profile.said("address"),
        "phone": profile.said("phone"),
        "opened_on": profile.day,
        "closed_on": profile.until,
        "shared_with": profile.said("shared_with") or ("合署" if profile.values.get("shared_office") else ""),
    }


def _point(profile: StationRecord) -> Point | None:
    x, y = profile.said("longitude"), profile.said("latitude")
    return (float(x), float(y)) if x and y else None


def _tier(item: OrganisationFacts, codes: set[str]) -> str:
    """The level of a station without a profile: by its division code, else by what it hangs on."""
    digits = len(item.area_code.rstrip("0"))
    if item.parent_code in codes and digits > _COUNTY_CODE:
        return VILLAGE if digits > _TOWN_CODE else TOWN
    return VILLAGE if item.parent_code in codes else COUNTY if digits <= _COUNTY_CODE else TOWN


def _checked(standard: str, whole: tuple[str, ...], records: Sequence[StationRecord], on: date) -> Checked:
    """What was last said of each item."""
    last = {one.said("item"): one for one in records if one.is_in_force(on) and one.said("standard") == standard}
    missing = tuple(item for item in whole if item in last and not last[item].values.get("met"))
    unchecked = tuple(item for item in whole if item not in last)
    return Checked(standard, len(whole) - len(missing) - len(unchecked), len(whole), missing, unchecked)


def _named(records: Sequence[StationRecord], on: date) -> tuple[Named, ...]:
    levels = register(GRADINGS).by_id["level"].choices
    held = [one for one in records if one.said("result") == _NAMED and one.is_in_force(on)]
    ranked = sorted(reversed(held), key=lambda one: _place(levels, one.said("level")))
    return tuple(
        Named(one.said("level"), one.said("grade"), one.said("stars"), one.day, one.said("certificate"))
        for one in ranked
    )


def _place(levels: Sequence[str], level: str) -> int:
    """The highest level first; one that is declared no longer comes last."""
    return levels.index(level) if level in levels else len(levels)


def _left(records: Iterable[StationRecord], on: date) -> int:
    return sum(one.until is not None and one.until.year == on.year and one.until <= on for one in records)


def _paid(records: Iterable[StationRecord], on: date) -> int:
    return sum(int(one.said("paid") or 0) for one in records if one.day.year == on.year and one.day <= on)


def _years(stations: Sequence[StationFacts], rows: Rows, levels: Sequence[str], on: date) -> Iterator[NetworkYear]:
    """The network at the end of each of the last years, oldest first; of the present year, on the day itself."""
    for year in range(on.year - _YEARS + 1, on.year + 1):
        end = min(date(year, 12, 31), on)
        yield _year(stations, rows, levels, end)


def _year(stations: Sequence[StationFacts], rows: Rows, levels: Sequence[str], end: date) -> NetworkYear:
    begin = date(end.year, 1, 1)
    staff = [one for records in rows[STAFF].values() for one in records]
    checks = [
        one
        for records in rows[CHECKS].values()
        for one in {item.said("item"): item for item in records if item.is_in_force(end)
                    and item.said("standard") == _HAVES}.values()
    ]  # fmt: skip
    named: Counter[str] = Counter()
    for records in rows[GRADINGS].values():
        held = _named(records, end)
        named.update({held[0].level} if held else ())
    return NetworkYear(
        year=end.year,
        stations=Counter(item.tier for item in stations if _stood(item, end)),
        met=sum(bool(one.values.get("met")) for one in checks),
        checked=len(checks),
        named={level: named[level] for level in levels},
        staff=sum(one.is_in_force(end) for one in staff),
        joined=sum(one.day.year == end.year and one.day <= end for one in staff),
        left=_left(staff, end),
        base=sum(one.is_in_force(begin) for one in staff),
        paid_fen=sum(_paid(records, end) for records in rows[SUBSIDIES].values()),
    )


def _stood(item: StationFacts, on: date) -> bool:
    """Whether a station was open; one without a profile cannot tell since when, and counts."""
    return (item.opened_on is None or item.opened_on <= on) and (item.closed_on is None or item.closed_on >= on)
