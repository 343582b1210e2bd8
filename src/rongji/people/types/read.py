"""What is read of people."""

from dataclasses import dataclass, field
from datetime import date

from rongji.accounts.secrets import mask_account
from rongji.accounts.types import Scope
from rongji.kernel.month import Month
from rongji.people.types.words import ArchiveState, AttributeKind, ChangeKind, LifeEventKind, Sex


@dataclass(frozen=True, slots=True)
class PersonBrief:
    """A person as lists show them: as known last, numbers masked."""

    id: int
    bureau: str
    number: str
    name: str
    sex: Sex
    born_on: date
    died_on: date | None
    id_masked: str
    phone_masked: str
    village: str
    station_code: str
    area: str
    scope_path: str
    merged_into: int | None = None

    @property
    def scope(self) -> Scope:
        """Where the person is looked after."""
        return Scope(path=self.scope_path, area=self.area)


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account as it was in force; number_cipher opens only through a selector made for bank files."""

    id: int
    person_id: int
    kind: str
    tail: str
    bank: str
    holder: str
    from_on: date
    to_on: date | None
    number_cipher: str
    number_index: str
    decision: str = ""

    @property
    def masked(self) -> str:
        """The number as screens show it."""
        return mask_account(self.tail)


@dataclass(frozen=True, slots=True)
class Dating:
    """When a fact became known, and what it rests on."""

    id: int
    known_on: date
    decision: str
    evidence: str


@dataclass(frozen=True, slots=True)
class AttributeFacts:
    """One plain fact: kind, value (masked where it must be), from when."""

    dating: Dating
    kind: AttributeKind
    value: str
    from_on: date


@dataclass(frozen=True, slots=True)
class IdentityFacts:
    """One identity; months inclusive."""

    dating: Dating
    person_id: int
    category: str
    first_month: Month
    last_month: Month | None
    end_reason: str

    def holds_in(self, month: Month) -> bool:
        """Whether the identity is held in that month."""
        return self.first_month <= month and (self.last_month is None or month <= self.last_month)


@dataclass(frozen=True, slots=True)
class GradeFacts:
    """One disability grade."""

    dating: Dating
    person_id: int
    cause: str
    grade: int
    decided_on: date


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """One period of service."""

    dating: Dating
    person_id: int
    enlisted_on: date
    discharged_on: date | None
    unit_kind: str
    rank: str
    discharge_kind: str


@dataclass(frozen=True, slots=True)
class MeritFacts:
    """One merit award."""

    dating: Dating
    grade: str
    awarded_on: date


@dataclass(frozen=True, slots=True)
class ParticipationFacts:
    """Part in a war or in tests."""

    dating: Dating
    kind: str
    campaign: str
    from_on: date | None
    to_on: date | None


@dataclass(frozen=True, slots=True)
class ResidenceFacts:
    """One address and its station."""

    dating: Dating
    area_code: str
    village: str
    address: str
    station_code: str
    from_on: date


@dataclass(frozen=True, slots=True)
class LifeEventFacts:
    """A death or a move."""

    dating: Dating
    kind: LifeEventKind
    happened_on: date
    other_area: str


@dataclass(frozen=True, slots=True)
class MembershipFacts:
    """A place in a family."""

    dating: Dating
    family_id: int
    family_number: str
    family_kind: str
    person_id: int
    role: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class ArchiveItemFacts:
    """One item of the file."""

    id: int
    kind: str
    title: str
    dated_on: date | None
    state: ArchiveState
    location: str
    pages: int
    scan_digest: str
    scan_name: str
    index_terms: str


@dataclass(frozen=True, slots=True)
class TransferFacts:
    """One hand-over of the file."""

    id: int
    from_body: str
    to_body: str
    sent_on: date
    receipt_on: date | None
    receipt: str


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """One entry of the change log."""

    id: int
    person_id: int
    kind: ChangeKind
    known_on: date
    true_from: date
    summary: str
    actor_label: str


@dataclass(frozen=True, slots=True)
class PersonFile:
    """One person's file (一人一档) as it stood on a day, by what was known on another.

    Single facts (name, residence, account …) are those in force on `on`; lists hold the whole history as it was known
    on `known_on`, oldest first; area is the county's code on `on`. scope_path says who may see the file today. Papers
    and transfers are those entered up to `known_on`, each where it is today.
    """

    id: int
    bureau: str
    number: str
    on: date
    known_on: date
    name: str
    sex: Sex
    born_on: date
    died_on: date | None
    id_masked: str
    phone_masked: str
    area: str
    scope_path: str = field(compare=False)
    registered_on: date
    merged_into: int | None
    attributes: tuple[AttributeFacts, ...]
    residence: ResidenceFacts | None
    residences: tuple[ResidenceFacts, ...]
    identities: tuple[IdentityFacts, ...]
    grades: tuple[GradeFacts, ...]
    service: tuple[ServiceFacts, ...]
    merits: tuple[MeritFacts, ...]
    participations: tuple[ParticipationFacts, ...]
    account: AccountFacts | None
    accounts: tuple[AccountFacts, ...]
    life_events: tuple[LifeEventFacts, ...]
    families: tuple[MembershipFacts, ...]
    archive: tuple[ArchiveItemFacts, ...]
    transfers: tuple[TransferFacts, ...]
    changes: tuple[ChangeFacts, ...]

    @property
    def age(self) -> int:
        """Full years on `on`, or at death."""
        day = min(self.on, self.died_on) if self.died_on else self.on
        return day.year - self.born_on.year - ((day.month, day.day) < (self.born_on.month, self.born_on.day))

    @property
    def grade(self) -> GradeFacts | None:
        """The disability grade in force on `on`."""
        decided = [item for item in self.grades if item.decided_on <= self.on]
        return decided[-1] if decided else None

    def identities_in(self, month: Month) -> tuple[IdentityFacts, ...]:
        """The identities held in a month."""
        return tuple(item for item in self.identities if item.holds_in(month))
