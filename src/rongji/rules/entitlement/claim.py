"""What rules of entitlement look at: a claim to a periodic benefit, a one-off amount, what was settled before."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rongji.kernel.month import Month


class Start(StrEnum):
    """Why a claim began."""

    APPROVED = "approved"
    MOVED_IN = "moved_in"
    CHANGED = "changed"


class End(StrEnum):
    """Why a claim ended; death is a fact of the person."""

    NONE = ""
    CHANGED = "changed"
    MOVED_OUT = "moved_out"
    DISQUALIFIED = "disqualified"
    PLACED = "placed"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Claim:
    """One person's claim to one periodic benefit under one set of terms, as known on some day.

    standard_key: words of the standard's keys joined by `|` (因战|5). units: what the standard is multiplied by
    (service years; 1 otherwise). basis_on, ended_on: the days from which the timing rules reckon first and last month.
    """

    person_id: int
    award_id: int
    term_id: int
    benefit: str
    standard_key: str
    area: str
    units: int
    start: Start
    basis_on: date
    born_on: date
    died_on: date | None = None
    ended_on: date | None = None
    end: End = End.NONE


@dataclass(frozen=True, slots=True)
class Fixed:
    """A one-off amount owed in one month."""

    person_id: int
    grant_id: int
    benefit: str
    due_month: Month
    fen: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What earlier runs settled of one award (or grant) for one month."""

    award_id: int | None
    grant_id: int | None
    for_month: Month
    fen: int
