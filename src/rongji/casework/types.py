"""Words of casework that other rooms may use."""

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any

from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.rules.casework.lights import LIGHT_LABELS, Light

__all__ = [
    "HANDED_OVER",
    "LIGHT_LABELS",
    "MEMBER_LABELS",
    "OPENED",
    "OWN_ACTS",
    "SATISFACTION_LABELS",
    "BatchOutcome",
    "CaseFilters",
    "CaseLeft",
    "CaseState",
    "CaseToDo",
    "Light",
    "MemberRole",
    "NewAct",
    "NewActs",
    "NewCase",
    "PaperGiven",
    "Satisfaction",
    "part_of",
]

OPENED, HANDED_OVER = "received", "handed_over"
"""Acts that every case knows and no kind declares."""
OWN_ACTS = {OPENED: "登记", HANDED_OVER: "交接"}


def part_of(bureau: str, kind: str) -> str:
    """The part of the room in which the cases of a kind stand, as the trail's stamps name it."""
    return f"{bureau}/{kind}"


class Satisfaction(StrEnum):
    """What the applicant said of the handling."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


SATISFACTION_LABELS = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIR: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
}


class MemberRole(StrEnum):
    """What somebody has to do with a case beside its handler."""

    LEADER = "leader"  # 包案领导
    TASK_FORCE = "task_force"  # 专班成员


MEMBER_LABELS = {MemberRole.LEADER: "包案领导", MemberRole.TASK_FORCE: "专班成员"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """A case to be opened. answers: field → as typed (text) or already plain; contact: telephone, kept encrypted.

    people: how many came. parent: the case that this one follows. received_on: from which its clocks run.
    """

    kind: str
    channel: str
    received_on: date
    title: str
    person_id: int | None = None
    applicant: str = ""
    contact: str = ""
    people: int = 1
    station: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    external_number: str = ""
    assigned_by: str = ""
    campaign: str = ""
    legacy_since: date | None = None
    parent: int | None = None
    intake: str = ""

    @property
    def covered(self) -> "NewCase":
        """The same with no number of a person in its free words; that of another system's order is no person's."""
        return replace(
            self,
            title=cover_numbers_in(self.title),
            applicant=cover_numbers_in(self.applicant),
            assigned_by=cover_numbers_in(self.assigned_by),
            campaign=cover_numbers_in(self.campaign),
            external_number=cover_numbers_in(self.external_number, only_identity=True),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAct:
    """Something done with a case. on: the day it was done (not later than today, not before the act before it).

    seen: sequence of the last act that whoever acts had before them; 0 where that does not matter.
    """

    act: str
    on: date
    answers: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    decision: str = ""
    seen: int = 0

    @property
    def covered(self) -> "NewAct":
        """The same with no number of a person in its free words."""
        return replace(
            self,
            note=cover_numbers_in(self.note),
            decision=cover_numbers_in(self.decision, only_identity=True),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGiven:
    """A paper that came with an act for every case of it, such as one list signed by all; data: its scan, if any."""

    kind: str
    file_name: str = ""
    data: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseToDo:
    """One case of a batch. answers: its own, over those of all; seen: sequence of the last act that was known.

    said: how a table names it; troubles: what could not be read of its row, by field, for which it is left.
    """

    case_id: int
    answers: dict[str, Any] = field(default_factory=dict)
    seen: int = 0
    said: str = ""
    troubles: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewActs:
    """The same act for many cases of one kind. papers: that came with it, filed in each case on the day of the entry.

    source: name of the table that the cases were read from.
    """

    kind: str
    act: str
    on: date
    answers: dict[str, Any] = field(default_factory=dict)
    note: str = ""
    decision: str = ""
    papers: tuple[PaperGiven, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class CaseLeft:
    """A case of a batch that could not be done, and why. place: which of the batch, from 1; problems: by field."""

    place: int
    case: int
    number: str
    why: str
    code: str
    problems: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class BatchOutcome:
    """What became of a batch, or would. done: the cases that were acted on, in the order given; id: 0 of a trial."""

    id: int
    number: str
    act_label: str
    done: tuple[int, ...]
    left: tuple[CaseLeft, ...]

    @property
    def summary(self) -> str:
        """The outcome in a sentence."""
        told = f"“{self.act_label}”{len(self.done)} 件"
        return f"{told}，{len(self.left)} 件不能办理" if self.left else told


class CaseState(StrEnum):
    """Which cases a list shows."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFilters:
    """What narrows a list of cases; empty leaves it wide. handler: username; text: in number, title or applicant.

    due_by: only those whose nearest limit ends by that day.
    """

    kind: str = ""
    channel: str = ""
    light: Light | None = None
    handler: str = ""
    station: str = ""
    campaign: str = ""
    text: str = ""
    step: str = ""
    person_id: int | None = None
    legacy_only: bool = False
    due_by: date | None = None
    state: CaseState = CaseState.OPEN
