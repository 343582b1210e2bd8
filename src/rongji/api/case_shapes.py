"""The JSON shapes of cases. Answers go in as people write them (amounts in 元, days as 2024-10-01), never as floats."""

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Schema
from pydantic import StringConstraints

from rongji.casework.guide import Guide
from rongji.casework.selectors import CaseLine, CasePage, OverdueLine
from rongji.casework.types import BatchOutcome, NewAct, NewActs, NewCase, PaperGiven
from rongji.law.asked import Asked
from rongji.law.case_kinds import Act, CaseKind

Words = Annotated[str, StringConstraints(pattern=r"^[^\x00]*$", max_length=4000)]
Answers = dict[str, str | int | bool]


class FieldOut(Schema):
    """One field that a kind or an act asks for."""

    id: str
    label: str
    kind: str
    needed: bool
    unit: str
    hint: str
    choices: list[str]

    @classmethod
    def of(cls, item: Asked) -> "FieldOut":
        """Out of the declaration."""
        return cls(
            id=item.id, label=item.label, kind=str(item.kind), needed=item.is_always_needed, unit=item.unit,
            hint=item.hint, choices=list(item.choices),
        )  # fmt: skip


class PaperAskedOut(Schema):
    """A paper that a kind or an act asks for."""

    id: str
    label: str
    needed: bool
    note: str


class ActOut(Schema):
    """Something that may be done with a case."""

    id: str
    label: str
    to: str
    roles: list[str]
    fields: list[FieldOut]
    papers: list[PaperAskedOut]
    needs_decision: bool

    @classmethod
    def of(cls, act: Act) -> "ActOut":
        """Out of the declaration."""
        papers = [PaperAskedOut(id=p.id, label=p.label, needed=p.is_needed, note=p.note) for p in act.papers]
        return cls(
            id=act.id, label=act.label, to=act.to, roles=list(act.roles), papers=papers,
            fields=[FieldOut.of(item) for item in act.fields], needs_decision=act.needs_decision,
        )  # fmt: skip


class KindOut(Schema):
    """A case kind with its guide: the same text as the public window prints."""

    id: str
    version: str
    label: str
    area: str
    unit: str
    about: str
    public: bool
    channels: dict[str, str]
    fields: list[FieldOut]
    papers: list[PaperAskedOut]
    steps: dict[str, str]
    acts: list[ActOut]
    guide: dict[str, list[str]]

    @classmethod
    def of(cls, kind: CaseKind, guide: Guide) -> "KindOut":
        """Out of the declaration and its guide."""
        return cls(
            id=kind.id, version=kind.key, label=kind.label, area=kind.area, unit=kind.unit, about=str(kind.about),
            public=kind.is_public, channels={item.id: item.label for item in kind.channels},
            fields=[FieldOut.of(item) for item in kind.fields],
            papers=[PaperAskedOut(id=p.id, label=p.label, needed=p.is_needed, note=p.note) for p in kind.papers],
            steps={item.id: item.label for item in kind.steps}, acts=[ActOut.of(act) for act in kind.acts],
            guide={section.heading: list(section.lines) for section in guide.sections},
        )  # fmt: skip


class LineOut(Schema):
    """A case in a list."""

    id: int
    number: str
    kind: str
    kind_label: str
    title: str
    applicant: str
    person_id: int | None
    channel: str
    station_code: str
    received_on: date
    step: str
    step_label: str
    is_open: bool
    outcome: str
    closed_on: date | None
    light: str
    light_label: str
    due_on: date | None
    due_label: str
    due_words: str
    handler: str
    campaign: str
    external_number: str
    legacy_since: date | None
    satisfaction: str

    @classmethod
    def of(cls, line: CaseLine) -> "LineOut":
        """Out of the selector's line."""
        return cls(**{name: getattr(line, name) for name in cls.model_fields})


class ListOut(Schema):
    """A part of a list; next: what to ask the next part with, empty at the end."""

    cases: list[LineOut]
    next: str


class StageOut(Schema):
    """How long a case waited in a step, in calendar days."""

    step: str
    label: str
    first: date
    days: int
    is_present: bool


class OverdueOut(Schema):
    """A case past its limit."""

    case: LineOut
    days_late: int
    working_days_late: int
    report_to: str
    stages: list[StageOut]

    @classmethod
    def of(cls, line: OverdueLine) -> "OverdueOut":
        """Out of the selector's line."""
        return cls(
            case=LineOut.of(line.case), days_late=line.days_late, working_days_late=line.working_days_late,
            report_to=line.report_to, stages=[StageOut.from_orm(item) for item in line.stages],
        )  # fmt: skip


class OverdueListOut(Schema):
    """A part of the overdue list."""

    cases: list[OverdueOut]
    next: str


class ClockOut(Schema):
    """A running of a clock, and how its due day came about."""

    id: str
    label: str
    started_on: date
    due_on: date
    stopped_on: date | None
    is_paused: bool
    is_waiting: bool
    is_provisional: bool
    is_late: bool
    light: str
    words: str
    left: str
    citation: str
    trust_label: str


class DoneOut(Schema):
    """Something that was done."""

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
    answers: dict[str, str]
    effects: list[str]


class PaperOut(Schema):
    """A paper that was received."""

    id: int
    kind: str
    title: str
    file_name: str
    has_file: bool
    received_on: date


class ContactOut(Schema):
    """A time that somebody came, called or wrote."""

    id: int
    on: date
    channel_label: str
    people: int
    note: str


class LetterOut(Schema):
    """A letter as it was issued."""

    id: int
    letter: str
    number: str
    title: str
    issued_on: date
    paragraphs: list[str]


class MemberOut(Schema):
    """Somebody who takes the case beside its handler."""

    id: int
    role: str
    role_label: str
    name: str
    from_on: date
    to_on: date | None


class RelatedOut(Schema):
    """The case before or after."""

    id: int
    number: str
    kind_label: str
    step_label: str
    is_open: bool


class CaseOut(Schema):
    """Everything about one case. possible: what the caller may do now; values: answers as they are kept."""

    case: LineOut
    version: str
    decision: str
    assigned_by: str
    was_late: bool
    rated_on: date | None
    values: dict[str, Any]
    answers: dict[str, str]
    clocks: list[ClockOut]
    acts: list[DoneOut]
    papers: list[PaperOut]
    missing: list[PaperAskedOut]
    contacts: list[ContactOut]
    letters: list[LetterOut]
    members: list[MemberOut]
    stages: list[StageOut]
    parent: RelatedOut | None
    follow_ups: list[RelatedOut]
    possible: list[ActOut]
    last_sequence: int

    @classmethod
    def of(cls, page: CasePage) -> "CaseOut":
        """Out of the selector's page."""
        return cls(
            case=LineOut.of(page.line), version=page.kind.key, decision=page.decision, assigned_by=page.assigned_by,
            was_late=page.was_late, rated_on=page.rated_on, values=page.values, answers=dict(page.answers),
            clocks=[ClockOut.from_orm(item) for item in page.clocks],
            acts=[DoneOut(**{**_plain(item, DoneOut), "answers": dict(item.answers)}) for item in page.acts],
            papers=[PaperOut.from_orm(item) for item in page.papers],
            missing=[PaperAskedOut(id=p.id, label=p.label, needed=p.is_needed, note=p.note) for p in page.missing],
            contacts=[ContactOut.from_orm(item) for item in page.contacts],
            letters=[LetterOut.from_orm(item) for item in page.letters],
            members=[MemberOut.from_orm(item) for item in page.members],
            stages=[StageOut.from_orm(item) for item in page.stages],
            parent=RelatedOut.from_orm(page.parent) if page.parent else None,
            follow_ups=[RelatedOut.from_orm(item) for item in page.follow_ups],
            possible=[ActOut.of(act) for act in page.possible], last_sequence=page.last_sequence,
        )  # fmt: skip


class NewCaseIn(Schema):
    """A case to be opened. answers: by field of the kind, as people write them."""

    kind: Words
    channel: Words
    received_on: date
    title: Words
    person_id: int | None = None
    applicant: Words = ""
    contact: Words = ""
    people: int = 1
    station: Words = ""
    answers: Answers = {}
    external_number: Words = ""
    assigned_by: Words = ""
    campaign: Words = ""
    legacy_since: date | None = None
    parent: int | None = None

    def as_new(self) -> NewCase:
        """As the service takes it."""
        return NewCase(**self.dict())


class NewActIn(Schema):
    """Something to be done with a case. seen: `last_sequence` as the caller saw it, 0 to act in any case."""

    act: Words
    on: date
    answers: Answers = {}
    note: Words = ""
    decision: Words = ""
    seen: int = 0

    def as_new(self) -> NewAct:
        """As the service takes it."""
        return NewAct(**self.dict())


class CaseToDoIn(Schema):
    """One case of a batch, by its id or by its number; answers: its own, over those of all; seen: as of an act."""

    case: int = 0
    number: Words = ""
    answers: Answers = {}
    seen: int = 0


class NewActsIn(Schema):
    """The same act for many cases of one kind.

    papers: papers of the act that came for all of them; only_possible: do those that can be, and tell what was left;
    trial: tell what would become of each, and keep nothing.
    """

    kind: Words
    act: Words
    on: date
    cases: list[CaseToDoIn]
    answers: Answers = {}
    note: Words = ""
    decision: Words = ""
    papers: list[Words] = []
    only_possible: bool = False
    trial: bool = False

    def as_new(self) -> NewActs:
        """As the service takes it."""
        papers = tuple(PaperGiven(kind=name) for name in self.papers)
        return NewActs(
            kind=self.kind, act=self.act, on=self.on, answers=self.answers, note=self.note, decision=self.decision,
            papers=papers,
        )  # fmt: skip


class LeftOut(Schema):
    """A case of a batch that could not be done, and why."""

    place: int
    case: int
    number: str
    why: str
    code: str


class BatchOut(Schema):
    """What became of a batch; id 0 of a trial."""

    id: int
    number: str
    act_label: str
    done: list[int]
    left: list[LeftOut]

    @classmethod
    def of(cls, outcome: BatchOutcome) -> "BatchOut":
        """Out of the outcome of the service."""
        left = [LeftOut(**_plain(item, LeftOut)) for item in outcome.left]
        return cls(
            id=outcome.id, number=outcome.number, act_label=outcome.act_label, done=list(outcome.done), left=left
        )  # fmt: skip


class NewContactIn(Schema):
    """A time that somebody came, called or wrote."""

    on: date
    channel: Words
    people: int = 1
    note: Words = ""


class HandOverIn(Schema):
    """Cases to be given to another handler."""

    cases: list[int]
    to: Words
    reason: Words


class RatingIn(Schema):
    """What the applicant said of the handling: satisfied, fair, dissatisfied."""

    satisfaction: Words
    on: date


class OpenedOut(Schema):
    """The case that was opened."""

    id: int
    number: str


class ActedOut(Schema):
    """Where a case stands after an act."""

    sequence: int
    step: str
    step_label: str
    is_open: bool
    outcome: str
    due_on: date | None


class MadeOut(Schema):
    """The row that was made."""

    id: int


class CountOut(Schema):
    """How many were changed."""

    count: int


def _plain(item: Any, shape: type[Schema]) -> dict[str, Any]:
    return {name: getattr(item, name) for name in shape.model_fields}
