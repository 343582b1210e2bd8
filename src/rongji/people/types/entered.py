"""What is entered of people."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.month import Month
from rongji.people.types.words import AccountKind, Sex


@dataclass(frozen=True, slots=True, kw_only=True)
class NewIdentity:
    """An identity to be recorded: the category with its first and last month, inclusive."""

    category: str
    first_month: Month
    last_month: Month | None = None
    end_reason: str = ""
    decision: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewGrade:
    """A disability grade to be recorded. grade: 1 (heaviest) to 10; decided_on: day of the approval."""

    cause: str
    grade: int
    decided_on: date
    decision: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """A period of military service. discharged_on: None while serving."""

    enlisted_on: date
    discharged_on: date | None = None
    unit_kind: str = ""
    rank: str = ""
    discharge_kind: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewMerit:
    """A merit award of the armed forces."""

    grade: str
    awarded_on: date
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewParticipation:
    """Part taken in a war (war) or in nuclear tests (nuclear_test)."""

    kind: str
    campaign: str = ""
    from_on: date | None = None
    to_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAccount:
    """An account to be paid into. decision: why the holder is not the person, or why two persons share it."""

    number: str
    holder: str
    kind: str = AccountKind.SOCIAL_SECURITY_CARD
    bank: str = ""
    from_on: date | None = None
    decision: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResidence:
    """Where a person lives and which station looks after them. from_on: None for the day it became known."""

    area_code: str = ""
    village: str = ""
    address: str = ""
    station_code: str = ""
    from_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person to be registered, with what is known at once.

    born_on, sex: may be left out when there is an ID number; given, they must agree with it.
    number: of the file, the next free one when empty; known_on: when all of this became known, the day of the entry
    when left out; registration, employment, insurance, health: plain words of the field.
    """

    name: str
    id_number: str = ""
    born_on: date | None = None
    sex: Sex | None = None
    number: str = ""
    phone: str = ""
    residence: NewResidence | None = None
    registration: str = ""
    employment: str = ""
    insurance: str = ""
    health: str = ""
    identities: tuple[NewIdentity, ...] = ()
    grades: tuple[NewGrade, ...] = ()
    service: tuple[NewService, ...] = ()
    merits: tuple[NewMerit, ...] = ()
    participations: tuple[NewParticipation, ...] = ()
    account: NewAccount | None = None
    died_on: date | None = None
    known_on: date | None = None
    evidence: str = ""
