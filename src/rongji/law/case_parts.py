"""What a case kind is made of: channels, papers, steps, clocks, acts with their effects, letters and measures."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from rongji.law.asked import Asked
from rongji.law.model import Trust

CONCEPT_PREFIX = "casework."


class About(StrEnum):
    """Whom a case may be about."""

    PERSON = "person"  # somebody of the register of people
    ANYBODY = "anybody"  # an applicant by name, on the register or not


class Follows(StrEnum):
    """What an act does to the running clocks beside starting and stopping them."""

    NOTHING = "nothing"
    PAUSE = "pause"  # 补正、专家评审: every running clock stands still
    RESUME = "resume"
    EXTEND = "extend"  # once, approved by somebody else than the one who asked


class CaseCounting(StrEnum):
    """How cases are counted."""

    CASES = "cases"  # 件
    PEOPLE = "people"  # 人次: the people who came, each time
    CONTACTS = "contacts"  # 批次: the times somebody came, called or wrote
    PERSONS = "persons"  # 人: distinct persons of the register
    SUM = "sum"  # a field is added up


class CaseMoment(StrEnum):
    """By which day a case belongs to a year."""

    RECEIVED = "received"
    CLOSED = "closed"
    ACT = "act"  # the day of an act (named in `act`)
    OPEN_AT_END = "open_at_end"  # received by the last day of the year and not closed then


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in which a case arrives. counts_people: whether people come, so that 批次 and 人次 are asked for."""

    id: str
    label: str
    counts_people: bool = False
    is_assigned: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A document asked for."""

    id: str
    label: str
    is_needed: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A state in which a case waits. role: whose turn it is. is_final: closed. public: as the applicant is told."""

    id: str
    label: str
    role: str = ""
    is_final: bool = False
    public: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time limit that runs. procedure, step: its row in deadlines.casework.

    waiting: a period that has to pass (公示期), not a limit: nobody is late by it, and acts may wait for its end.
    when: it starts only where the answers are among these words (`field:<id>` → words; a flag is 是 or 否).
    """

    id: str
    label: str
    procedure: str
    step: str
    waiting: bool = False
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Limit:
    """When something may be applied for, reckoned from a day. procedure, step: its row in deadlines.casework.

    since: `field:<day>` or `parent:closed_on`. not_before: not earlier than the limit; else not later. when: only where
    the answers are among these words (`field:<id>` → words).
    """

    since: str
    procedure: str
    step: str
    not_before: bool
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Exclusive:
    """No second case of the kind while one runs for the same `by` (`person`, `parent`, `field:<id>`), or has ended so.

    when: only where the answers are among these words.
    """

    by: tuple[str, ...]
    outcomes: tuple[str, ...]
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Effect:
    """What an act does beyond the case: a service by name, and where its arguments come from.

    given: argument → source: `field:<id>`, `case:<person|received_on|acted_on|decision|area|number>`, or `=literal`.
    when: only where the answers are among these words (`field:<id>` → words; a flag is 是 or 否).
    """

    do: str
    given: Mapping[str, str]
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Act:
    """What may be done with a case: from which steps, by which roles, with which answers, and what follows.

    to: the next step, empty to stay. by_other: not by whoever did the act before it (two pairs of eyes).
    starts, stops: clocks. waits_for: waiting clocks that must have run out by then.
    needs_papers: only with every needed paper of the application.
    outcome: the word with which the act closes the case. opens: a follow-up kind (复查).
    after_close: may be done on a closed case (评价、申请复查).
    """

    id: str
    label: str
    from_steps: tuple[str, ...]
    to: str
    roles: tuple[str, ...]
    fields: tuple[Asked, ...]
    papers: tuple[Paper, ...]
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    follows: Follows
    letter: str
    outcome: str
    opens: str
    effects: tuple[Effect, ...]
    by_other: bool = False
    after_close: bool = False
    needs_decision: bool = False
    note: str = ""
    waits_for: tuple[str, ...] = ()
    needs_papers: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter: title, number pattern ({short}, {year}, {serial}), and paragraphs with {placeholders}."""

    id: str
    title: str
    number: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseMeasure:
    """A number that the cases of a kind yield beside the common ones: concept `casework.<kind>.<id>`.

    where: `channel`, `outcome`, `step` or `field:<id>` → the words that count. by: axes of the same names.
    """

    id: str
    label: str
    unit: str
    counting: CaseCounting
    moment: CaseMoment
    definition: str
    of: str
    act: str
    where: Mapping[str, tuple[str, ...]]
    by: tuple[str, ...]
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class CaseKind:
    """One version of a case kind. key: how a case stores it (`2022-05-01`, local: `430000/2022-05-01`).

    limits: when it may be applied for. order: fields whose days or months must follow each other as listed
    (`received_on` is the day of receipt, `acted_on` that of the act that asks for one of them). short: the word in the
    numbers of its cases, the label where there is none.
    """

    id: str
    key: str
    label: str
    area: str
    unit: str
    act: str
    provision: str
    effective: date
    known: date
    trust: Trust
    about: About
    channels: tuple[Channel, ...]
    fields: tuple[Asked, ...]
    papers: tuple[Paper, ...]
    steps: tuple[Step, ...]
    clocks: tuple[Clock, ...]
    acts: tuple[Act, ...]
    letters: tuple[Letter, ...]
    measures: tuple[CaseMeasure, ...]
    open_roles: tuple[str, ...]
    open_starts: tuple[str, ...]
    is_public: bool
    guide: str
    inventory: tuple[str, ...]
    note: str
    limits: tuple[Limit, ...] = ()
    exclusive: tuple[Exclusive, ...] = ()
    order: tuple[tuple[str, ...], ...] = ()
    short: str = ""

    @cached_property
    def steps_by_id(self) -> Mapping[str, Step]:
        """The steps by id."""
        return {item.id: item for item in self.steps}

    @cached_property
    def acts_by_id(self) -> Mapping[str, Act]:
        """The acts by id."""
        return {item.id: item for item in self.acts}

    @cached_property
    def clocks_by_id(self) -> Mapping[str, Clock]:
        """The clocks by id."""
        return {item.id: item for item in self.clocks}

    @property
    def first_step(self) -> Step:
        """Where a case begins."""
        return self.steps[0]

    def concept(self, measure: CaseMeasure) -> str:
        """The concept that a measure fills."""
        return f"{CONCEPT_PREFIX}{self.id}.{measure.id}"
