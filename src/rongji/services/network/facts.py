"""What the registers say of a station, and of all of them together."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from rongji.accounts.types import Scope
from rongji.services.network.shapes import Point

COUNTY, TOWN, VILLAGE = "县级", "乡镇级", "村级"
"""The three levels of stations, as the register of stations names them."""
TIERS = (COUNTY, TOWN, VILLAGE)


@dataclass(frozen=True, slots=True)
class Checked:
    """How far a station meets one list of requirements. whole: how many items the list has, as the bureau checks it."""

    standard: str
    met: int
    whole: int
    missing: tuple[str, ...]
    unchecked: tuple[str, ...]

    @property
    def is_full(self) -> bool:
        """Whether every item is met."""
        return self.met == self.whole > 0

    @property
    def words(self) -> str:
        """5/5, or nothing while no item was ever checked."""
        return f"{self.met}/{self.whole}" if self.whole and self.met + len(self.missing) else ""


@dataclass(frozen=True, slots=True)
class Named:
    """A grade that a station holds."""

    level: str
    grade: str
    stars: str
    decided_on: date
    certificate: str

    @property
    def words(self) -> str:
        """省级示范型."""
        return f"{self.level}{self.stars}{self.grade}"


@dataclass(frozen=True, slots=True)
class StationFacts:
    """A station on a day.

    profile: number of its record in the register of stations, None while it has none. named: the grades that it holds,
    the highest first. joined, left: staff that came and went in the year so far; base: staff at the year's beginning.
    paid_fen: what was paid to it in the year so far; visits: made by it in the year so far.
    """

    code: str
    name: str
    tier: str
    parent: str
    scope: Scope
    profile: int | None = None
    kind: str = ""
    division_code: str = ""
    point: Point | None = None
    address: str = ""
    phone: str = ""
    opened_on: date | None = None
    closed_on: date | None = None
    shared_with: str = ""
    staff: int = 0
    full_time: int = 0
    joined: int = 0
    left: int = 0
    base: int = 0
    checks: Mapping[str, Checked] = field(default_factory=dict)
    named: tuple[Named, ...] = ()
    paid_fen: int = 0
    visits: int = 0

    @property
    def haves(self) -> Checked | None:
        """How far it meets the five basic requirements."""
        return self.checks.get("五有")

    @property
    def grade(self) -> Named | None:
        """The highest grade that it holds."""
        return self.named[0] if self.named else None


@dataclass(frozen=True, slots=True)
class NetworkYear:
    """The network at the end of a year, or on the day that is looked at. named: level of grade → stations."""

    year: int
    stations: Mapping[str, int]
    met: int
    checked: int
    named: Mapping[str, int]
    staff: int
    joined: int
    left: int
    base: int
    paid_fen: int


@dataclass(frozen=True)
class Network:
    """The stations of a bureau on a day, parents before children. levels: of grades, the highest first."""

    bureau: str
    on: date
    stations: tuple[StationFacts, ...]
    years: tuple[NetworkYear, ...]
    levels: tuple[str, ...]

    @cached_property
    def by_code(self) -> Mapping[str, StationFacts]:
        """The stations by code."""
        return {item.code: item for item in self.stations}

    @cached_property
    def _children(self) -> Mapping[str, list[StationFacts]]:
        found: dict[str, list[StationFacts]] = {}
        for item in self.stations:
            found.setdefault(item.parent, []).append(item)
        return found

    def below(self, code: str) -> tuple[StationFacts, ...]:
        """The stations directly below one."""
        return tuple(self._children.get(code, ()))

    def is_below_a_town(self, item: StationFacts) -> bool:
        """Whether a station hangs on a town's and is counted with it."""
        return item.parent in self.by_code and self.by_code[item.parent].tier == TOWN


@dataclass(frozen=True, slots=True)
class StationRecord:
    """One line of a station's page: a record of a register that is about it."""

    id: int
    register: str
    day: date
    until: date | None
    values: Mapping[str, object]

    def said(self, name: str) -> str:
        """One answer as text."""
        value = self.values.get(name)
        return "" if value is None else str(value)

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.day <= on and (self.until is None or self.until >= on)
