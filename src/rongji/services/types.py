"""What the registers give and take."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from rongji.accounts.types import Scope
from rongji.law.registers import Register

Answers = Mapping[str, Any]
"""Field id → what was answered: text as typed or pasted, or a typed cell; amounts of money in 元."""


@dataclass(frozen=True, slots=True)
class RecordFilters:
    """Which records of a register are wanted. first, last: days; choices: field → word (flags: 是, 否).

    text: the beginning of the title, any part of it in registers that are not large. withdrawn: those taken back only.
    """

    first: date | None = None
    last: date | None = None
    station: str = ""
    category: str = ""
    person: int = 0
    parent: int = 0
    text: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record as lists show it. cells: field → words for people; values: field → as it is stored."""

    id: int
    register: str
    day: date
    until: date | None
    title: str
    category: str
    station: str
    station_name: str
    person_id: int | None
    version: int
    withdrawn_on: date | None
    values: Mapping[str, Any]
    cells: Mapping[str, str]
    scope: Scope


@dataclass(frozen=True, slots=True)
class RecordList:
    """A page of records, newest first. after: mark for the next page, empty on the last.

    count: how many fit the filters, None when there are more than are counted. counted: the same in words (10000+).
    totals: numeric field → sum over all that fit, as people write it; empty when they are too many to add up.
    note: what the reader must know about how the list was made.
    """

    rows: tuple[RecordRow, ...]
    after: str
    count: int | None
    counted: str
    totals: Mapping[str, str]
    note: str = ""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One change of a record. fields: label, before, after in words."""

    at: datetime
    actor: str
    reason: str
    is_first: bool
    fields: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file that a record rests on."""

    id: int
    title: str
    file_name: str
    digest: str
    added_on: date
    added_by: str


@dataclass(frozen=True, slots=True)
class ChildGroup:
    """Records of another register that hang on this one: the first of them, and whether there are more."""

    register: Register
    rows: tuple[RecordRow, ...]
    has_more: bool


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Everything about one record. parent: id and title of what it hangs on."""

    register: Register
    bureau: str
    row: RecordRow
    entered_at: datetime
    entered_by: str
    history: tuple[HistoryLine, ...]
    files: tuple[FileLine, ...]
    children: tuple[ChildGroup, ...]
    parent: tuple[int, str] | None
    may_change: bool


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """A register in the list of registers, with how many records stand in it (in words: 1000+) and the last day.

    in_year: how many of the year that was asked for, in the same words.
    """

    register: Register
    counted: str
    last_day: date | None
    in_year: str = ""


@dataclass(frozen=True, slots=True)
class RegisterArea:
    """The registers of one area."""

    area: str
    entries: tuple[RegisterEntry, ...]
