"""Cases as pages show them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from rongji.accounts.types import Scope
from rongji.casework.types import LIGHT_LABELS, Light
from rongji.law.case_kinds import Act, CaseKind, Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """A case in a list. due_words: 还有 3 个工作日. handler: username; handler_name: as people call them."""

    id: int
    number: str
    kind: str
    kind_label: str
    title: str
    applicant: str
    person_id: int | None
    channel: str
    channel_label: str
    station_code: str
    received_on: date
    step: str
    step_label: str
    is_open: bool
    outcome: str
    closed_on: date | None
    light: Light
    due_on: date | None
    due_label: str
    due_words: str
    is_provisional: bool
    handler: str
    handler_name: str
    campaign: str
    external_number: str
    legacy_since: date | None
    satisfaction: str

    @property
    def light_label(self) -> str:
        """The light in words: colour alone says nothing to some."""
        return LIGHT_LABELS[self.light]


@dataclass(frozen=True, slots=True)
class LinePage:
    """A part of a list, and the mark with which the next part is asked for; empty at the end."""

    lines: tuple[Any, ...]
    next: str = ""


@dataclass(frozen=True, slots=True)
class StageLength:
    """How long a case waited in a step: calendar days from entering to leaving it, or to today."""

    step: str
    label: str
    first: date
    days: int
    is_present: bool = False


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """A case past its limit: how late, how long each step took, and to whom it is to be reported."""

    case: CaseLine
    days_late: int
    working_days_late: int
    stages: tuple[StageLength, ...]
    report_to: str


@dataclass(frozen=True, slots=True)
class ClockFacts:
    """A running of a clock. words: how its due day came about; citation: by which act; state: 在计、中止、已停."""

    id: str
    label: str
    started_on: date
    due_on: date
    stopped_on: date | None
    is_paused: bool
    is_waiting: bool
    is_provisional: bool
    is_late: bool
    light: Light
    words: str
    left: str
    citation: str
    trust_label: str
    row: str


@dataclass(frozen=True, slots=True)
class ActFacts:
    """Something that was done. answers: label and value in words; effects: what it did elsewhere, in words.

    touched: kind and id of the row that each effect is about, in the same order. batch: number of the batch that the
    act was a part of, and its id.
    """

    sequence: int
    act: str
    label: str
    from_label: str
    to_label: str
    on: date
    at: datetime
    actor: str
    note: str
    decision: str
    answers: tuple[tuple[str, str], ...]
    effects: tuple[str, ...]
    touched: tuple[tuple[str, str], ...] = ()
    batch: str = ""
    batch_id: int = 0


@dataclass(frozen=True, slots=True)
class NumberFacts:
    """A personal number that a case holds, masked. sequence: of its act, 0 for the applicant's telephone."""

    sequence: int
    name: str
    label: str
    masked: str

    @property
    def key(self) -> str:
        """By which it is asked for on a page."""
        return f"{self.name}-{self.sequence}"


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """A paper that was received."""

    id: int
    kind: str
    title: str
    file_name: str
    has_file: bool
    received_on: date


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """A time that somebody came, called or wrote."""

    id: int
    on: date
    channel_label: str
    people: int
    note: str


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """Somebody who takes the case beside its handler."""

    id: int
    role: str
    role_label: str
    name: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class LetterFacts:
    """A letter as it was issued. unit: who issued it."""

    id: int
    case_id: int
    letter: str
    number: str
    title: str
    issued_on: date
    paragraphs: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class RelatedCase:
    """The case before or after this one."""

    id: int
    number: str
    kind_label: str
    step_label: str
    is_open: bool


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """Everything about one case that its page shows.

    possible: what the asker may do now; expected: everything that may be done now, by whomever. answers: label and
    value in words; missing: papers that the kind asks for and that are not there. contact: telephone, masked.
    values: answers by field, numbers masked; numbers: those that may be asked to be shown in full.
    last_sequence: to be given with an act as `seen`.
    """

    line: CaseLine
    kind: CaseKind
    bureau: str
    area: str
    scope: Scope
    decision: str
    assigned_by: str
    was_late: bool
    rated_on: date | None
    entered_at: datetime
    contact: str
    person_label: str
    values: dict[str, Any]
    answers: tuple[tuple[str, str], ...]
    clocks: tuple[ClockFacts, ...]
    acts: tuple[ActFacts, ...]
    papers: tuple[PaperFacts, ...]
    missing: tuple[Paper, ...]
    contacts: tuple[ContactFacts, ...]
    letters: tuple[LetterFacts, ...]
    members: tuple[MemberFacts, ...]
    stages: tuple[StageLength, ...]
    parent: RelatedCase | None
    follow_ups: tuple[RelatedCase, ...]
    possible: tuple[Act, ...]
    expected: tuple[Act, ...]
    last_sequence: int
    intake: str
    numbers: tuple[NumberFacts, ...]
