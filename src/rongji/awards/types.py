"""Words of awards, what services take, and what selectors give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from rongji.kernel.month import Month


class StartKind(StrEnum):
    """Why the terms of an award began; the timing table says from which month each pays."""

    APPROVED = "approved"
    MOVED_IN = "moved_in"
    CHANGED = "changed"


class EndKind(StrEnum):
    """Why the terms of an award ended; the timing table says how long each still pays."""

    CHANGED = "changed"
    MOVED_OUT = "moved_out"
    DISQUALIFIED = "disqualified"
    PLACED = "placed"
    GAVE_UP = "gave_up"


class GrantState(StrEnum):
    """Where a one-off grant stands."""

    DRAFT = "draft"
    APPROVED = "approved"


START_LABELS = {
    StartKind.APPROVED: "批准",
    StartKind.MOVED_IN: "关系转入",
    StartKind.CHANGED: "条件变更",
}
END_LABELS = {
    EndKind.CHANGED: "条件变更",
    EndKind.MOVED_OUT: "关系转出",
    EndKind.DISQUALIFIED: "不再符合条件",
    EndKind.PLACED: "已安置上岗",
    EndKind.GAVE_UP: "本人放弃",
}
GRANT_STATE_LABELS = {GrantState.DRAFT: "待审", GrantState.APPROVED: "已批准"}


@dataclass(frozen=True, slots=True)
class NewAward:
    """What a bureau writes down when it grants a periodic benefit.

    standard_key: words of the standard's keys joined by `|` (因战|5). basis_on: the day from which the timing rule of
    the benefit reckons its first month. area: paying county, the bureau's own when empty.
    """

    person_id: int
    benefit: str
    basis_on: date
    standard_key: str = ""
    units: int = 1
    category: str = ""
    area: str = ""
    start: StartKind = StartKind.APPROVED
    ended_on: date | None = None
    end: EndKind | None = None
    decision: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TermChange:
    """What a correction puts in the place of wrong terms; what is None stays as it was. is_open: they never ended."""

    standard_key: str | None = None
    units: int | None = None
    basis_on: date | None = None
    start: StartKind | None = None
    ended_on: date | None = None
    end: EndKind | None = None
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class NewGrant:
    """A one-off amount as a rule computed it. key: what makes it one (death:2024, instalment:1 …)."""

    person_id: int
    benefit: str
    key: str
    event_on: date
    due_month: Month
    amount_fen: int
    rule: str
    area: str = ""
    inputs: Mapping[str, Any] = field(default_factory=dict)
    standards: tuple[str, ...] = ()
    decision: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class TermFacts:
    """Terms of an award as they were known on a day."""

    id: int
    standard_key: str
    units: int
    start: StartKind
    basis_on: date
    ended_on: date | None
    end: EndKind | None
    known_on: date
    superseded_on: date | None
    decision: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """An award with its terms as known on a day, oldest first; none: withdrawn, or not yet known."""

    id: int
    person_id: int
    bureau: str
    benefit: str
    category: str
    area: str
    opened_on: date
    terms: tuple[TermFacts, ...]


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A one-off grant as known on a day."""

    id: int
    person_id: int
    bureau: str
    benefit: str
    key: str
    area: str
    event_on: date
    due_month: Month
    amount_fen: int
    rule: str
    inputs: Mapping[str, Any]
    standards: tuple[str, ...]
    state: GrantState
    known_on: date
    decision: str
    evidence: str
