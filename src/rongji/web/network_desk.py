"""What the pages of the station network put together: spots of the picture, lines of the list, loads, totals, years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from rongji.accounts.types import Actor
from rongji.casework.policies import SEE_CASES
from rongji.casework.selectors.stations import StationCases, cases_by_station
from rongji.kernel.fen import yuan
from rongji.people.policies import SEE_PEOPLE
from rongji.people.selectors.stations import living_by_station
from rongji.services.network.facts import TIERS, TOWN, Network, NetworkYear, StationFacts, StationRecord
from rongji.web.network_map.spots import Level, Spot
from rongji.web.network_map.tones import Coloured, tone_of
from rongji.web.record_desk import short_station

_LEVELS = dict(zip(TIERS, Level, strict=True))


@dataclass(frozen=True, slots=True)
class Load:
    """What a station carries: persons looked after, cases received this year and open, visits made this year."""

    persons: int = 0
    received: int = 0
    open: int = 0
    visits: int = 0
    staff: int = 0

    def __add__(self, other: "Load") -> "Load":
        """Two stations together."""
        return Load(*(getattr(self, name) + getattr(other, name) for name in self.__dataclass_fields__))

    @property
    def each(self) -> str:
        """Persons for each of its staff, to one place; nothing where there is none."""
        return f"{self.persons / self.staff:.1f}" if self.staff else ""


@dataclass(frozen=True, slots=True)
class StationLine:
    """A station in the list. depth: how far below the county; below: how many hang on it."""

    facts: StationFacts
    name: str
    load: Load
    depth: int
    below: int


def spots_of(found: Network, coloured: Coloured) -> list[Spot]:
    """Every station as the picture shows it."""
    return [_spot(item, found, coloured) for item in found.stations]


def _spot(item: StationFacts, found: Network, coloured: Coloured) -> Spot:
    tone, mark = tone_of(item, coloured, found.levels)
    return Spot(
        code=item.code,
        name=_place_name(item, found),
        level=_LEVELS.get(item.tier, Level.VILLAGE),
        parent=item.parent,
        area_code=item.division_code,
        tone=tone,
        mark=mark,
        says=_said(item),
        address=reverse("web:network_station", kwargs={"code": item.code}),
        point=item.point,
    )


def _place_name(item: StationFacts, found: Network) -> str:
    """A village without the name of its town before it."""
    name = short_station(item.name)
    over = found.by_code.get(item.parent)
    if over is None or item.tier in TIERS[:2]:
        return name
    return name.removeprefix(short_station(over.name)) or name


def _said(item: StationFacts) -> str:
    """Everything that the picture shows of a station, in one line."""
    haves = f"五有 {item.haves.words}" if item.haves and item.haves.words else "五有没有核对过"
    grade = item.grade.words if item.grade else "没有命名"
    return f"{short_station(item.name)}，{item.tier}，{grade}，{haves}，工作人员 {item.staff} 人"


def lines_of(actor: Actor, found: Network) -> list[StationLine]:
    """Every station with what it carries; a town with everything that its villages carry, too."""
    loads = _loads(actor, found)
    depths: dict[str, int] = {}
    lines = []
    for item in found.stations:
        depths[item.code] = depths[item.parent] + 1 if item.parent in depths else 0
        below = found.below(item.code)
        whole = (item, *below) if item.tier == TOWN else (item,)
        load = sum((loads[one.code] for one in whole), Load())
        lines.append(StationLine(item, _place_name(item, found), load, depths[item.code], len(below)))
    return lines


def _loads(actor: Actor, found: Network) -> dict[str, Load]:
    persons = living_by_station(actor, found.bureau) if SEE_PEOPLE.permits_role(actor) else {}
    first = date(found.on.year, 1, 1)
    cases: Mapping[str, StationCases] = {}
    if SEE_CASES.permits_role(actor):
        cases = cases_by_station(actor, bureau=found.bureau, first=first, last=found.on)
    none = StationCases(0, 0)
    return {
        item.code: Load(
            persons.get(item.code, 0),
            cases.get(item.code, none).received,
            cases.get(item.code, none).open,
            item.visits,
            item.staff,
        )
        for item in found.stations
    }


def opened(lines: Sequence[StationLine], found: Network, code: str) -> list[StationLine]:
    """What the list shows: everything but villages, and the villages of the one that is opened."""
    return [line for line in lines if line.facts.parent == code or not found.is_below_a_town(line.facts)]


def summary_of(found: Network, lines: Sequence[StationLine]) -> dict[str, Any]:
    """The numbers above the picture, each with what it is a part of."""
    checked = [item.haves for item in found.stations if item.haves and item.haves.words]
    year = found.years[-1]
    return {
        "full": sum(item.is_full for item in checked),
        "checked": len(checked),
        "named": sum(bool(item.named) for item in found.stations),
        "staff": year.staff,
        "left": year.left,
        "base": year.base,
        "persons": sum(line.load.persons for line in lines if not found.is_below_a_town(line.facts)),
        "unprofiled": sum(item.profile is None for item in found.stations),
        "unplaced": sum(item.point is None for item in found.stations),
    }


def year_line_of(item: NetworkYear) -> dict[str, Any]:
    """The network of one year as the table shows it; a ratio with what it is a part of."""
    turnover = f"{100 * item.left / item.base:.1f}%" if item.base else ""
    return {
        "year": item.year,
        "tiers": [item.stations.get(tier, 0) for tier in TIERS],
        "met": f"{item.met}/{item.checked}" if item.checked else "",
        "named": list(item.named.values()),
        "staff": item.staff,
        "joined": item.joined,
        "left": item.left,
        "turnover": turnover,
        "base": item.base,
        "paid": yuan(item.paid_fen) if item.paid_fen else "",
    }


def peers_of(lines: Sequence[StationLine], item: StationFacts | None) -> dict[str, Any]:
    """The mean load of stations of the same level, with how many they are."""
    same = [line for line in lines if item and line.facts.tier == item.tier]
    staff, persons = sum(line.load.staff for line in same), sum(line.load.persons for line in same)
    return {"count": len(same), "each": f"{persons / staff:.1f}" if staff else ""}


def check_lines(records: Sequence[StationRecord], on: date) -> dict[str, list[StationRecord]]:
    """What was last said of each item, under its list of requirements."""
    last: dict[tuple[str, str], StationRecord] = {}
    for one in records:
        if one.is_in_force(on):
            last.setdefault((one.said("standard"), one.said("item")), one)
    found: dict[str, list[StationRecord]] = {}
    for (standard, _), one in sorted(last.items(), key=lambda pair: pair[1].id):
        found.setdefault(standard, []).append(one)
    return found
