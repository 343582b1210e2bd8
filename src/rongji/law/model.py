"""What legal data is made of: acts, trust words, dated rows and the tables that hold them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any


class Trust(StrEnum):
    """How far a value or an act is confirmed, best first; the word travels with the value to the printed page."""

    OFFICIAL = "official"
    MIRROR = "mirror"
    SECONDARY = "secondary"
    DERIVED = "derived"
    MEMORY_HIGH = "memory-high"
    MEMORY_MIDDLE = "memory-middle"
    MEMORY_LOW = "memory-low"
    GAP = "gap"

    @property
    def label(self) -> str:
        """The word as a clerk reads it."""
        return TRUST_LABELS[self]

    @property
    def rank(self) -> int:
        """0 for the best; larger is weaker."""
        return list(Trust).index(self)

    @property
    def is_official(self) -> bool:
        """Whether the value may be printed without a mark."""
        return self is Trust.OFFICIAL

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a bureau still has to confirm it: computed, remembered or missing."""
        return self.rank >= Trust.DERIVED.rank


TRUST_LABELS: Mapping[Trust, str] = {
    Trust.OFFICIAL: "官方原文",
    Trust.MIRROR: "转载原文",
    Trust.SECONDARY: "二手资料",
    Trust.DERIVED: "推算",
    Trust.MEMORY_HIGH: "待核（把握较大）",
    Trust.MEMORY_MIDDLE: "待核（把握一般）",
    Trust.MEMORY_LOW: "待核（把握较小）",
    Trust.GAP: "缺失",
}


class ActKind(StrEnum):
    """What sort of document a value rests on."""

    LAW = "law"
    REGULATION = "regulation"
    NOTICE = "notice"
    FORM = "form"
    LOCAL = "local"
    STANDARD = "standard"

    @property
    def label(self) -> str:
        """The sort in words."""
        return ACT_KIND_LABELS[self]


ACT_KIND_LABELS: Mapping[ActKind, str] = {
    ActKind.LAW: "法律",
    ActKind.REGULATION: "行政法规",
    ActKind.NOTICE: "规范性文件",
    ActKind.FORM: "表式",
    ActKind.LOCAL: "地方文件",
    ActKind.STANDARD: "国家标准",
}


@dataclass(frozen=True, slots=True)
class Act:
    """A law, regulation, notice, form or standard that values cite.

    published/effective: None when the day was not seen; url: an address on a government site, or empty.
    """

    id: str
    title: str
    kind: ActKind
    trust: Trust
    number: str = ""
    issuer: str = ""
    published: date | None = None
    effective: date | None = None
    repealed: date | None = None
    url: str = ""
    note: str = ""

    @property
    def citation(self) -> str:
        """Title in book marks and its number, as a report cites it."""
        return f"《{self.title}》（{self.number}）" if self.number else f"《{self.title}》"


@dataclass(frozen=True, slots=True)
class Row:
    """One dated value: what holds from `effective` on, as published on `known`, by which act.

    keys: one word per key of the table, in its order. value: None ends a measure.
    until: last day in force when the act itself says so. plain: the value as it stands in the file.
    """

    table: str
    number: int
    line: int
    keys: tuple[str, ...]
    effective: date
    known: date
    act: str
    trust: Trust
    value: Any
    plain: Any = None
    until: date | None = None
    note: str = ""
    region: str = ""


@dataclass(frozen=True)
class DatedTable:
    """One file of legal data: a value table with its rows in order of (effective, known) within each key.

    valid_until_checked: up to which day a person looked for a newer act; None = never.
    region: administrative code when it is a local table; based_on: table that fills in what this one leaves open.
    """

    id: str
    label: str
    kind: str
    unit: str
    keys: tuple[str, ...]
    rows: tuple[Row, ...]
    file: str
    valid_until_checked: date | None = None
    region: str = ""
    based_on: str = ""
    note: str = ""

    @cached_property
    def by_key(self) -> Mapping[tuple[str, ...], tuple[Row, ...]]:
        """The rows of each key, in file order."""
        found: dict[tuple[str, ...], list[Row]] = {}
        for row in self.rows:
            found.setdefault(row.keys, []).append(row)
        return {key: tuple(rows) for key, rows in found.items()}

    @property
    def folder(self) -> str:
        """The group it is filed under: scoring, indicators, codes …"""
        parts = self.file.split("/")
        return parts[2] if parts[0] == "regions" and len(parts) > 2 else parts[0]

    @property
    def weakest(self) -> Trust:
        """The weakest trust word among its rows."""
        return max((row.trust for row in self.rows), key=lambda trust: trust.rank)


@dataclass(frozen=True, slots=True)
class LawProblem:
    """One thing wrong with the legal data: which file, which row, and what to write instead."""

    file: str
    place: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.file} {self.place}：{self.sentence}" if self.place else f"{self.file}：{self.sentence}"


@dataclass(frozen=True, slots=True)
class Concept:
    """What a figure can be of: 收入合计, 编制数 … its printed unit and the words that state the same thing.

    economic: the economic classes (类) whose spending it is, where it is such a class.
    """

    id: str
    label: str
    unit: str
    definition: str
    over_units: str = "none"
    aliases: tuple[str, ...] = ()
    economic: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Another way in which some places count the same total: what closes on it is a question of basis (口径)."""

    parts: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Identity:
    """A relation that figures of one bureau-year must satisfy.

    kind: sum, subset, equal, rate, growth, stages. parts: signed keys (or stages). stages: those looked at.
    readings: other ways to count the total. needs: keys without which a gap is a question, since one of them
    would tell on which basis the total stands.
    """

    id: str
    kind: str
    total: str
    parts: tuple[str, ...]
    label: str
    scope: str = "each"
    stages: tuple[str, ...] = ()
    least: int = 1
    readings: tuple[Reading, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A concept whose members along one axis add up to it.

    complete: true, false, or the yes/no of the profile in which the bureau says so.
    """

    id: str
    concept: str
    axis: str
    complete: str
    label: str
    levels: tuple[int, ...] = ()


@dataclass(frozen=True, eq=False)
class Lawbook:
    """All legal data of one folder, loaded and checked. Equal only to itself, so answers can be kept by it."""

    root: str
    acts: Mapping[str, Act]
    tables: Mapping[tuple[str, str], DatedTable]
    concepts: Mapping[str, Concept]
    identities: tuple[Identity, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    problems: tuple[LawProblem, ...] = field(default=())

    def national(self, folder: str = "") -> tuple[DatedTable, ...]:
        """The national tables, all or those of one folder, in order of id."""
        found = [item for (region, _), item in sorted(self.tables.items()) if not region]
        return tuple(item for item in found if not folder or item.folder == folder)
