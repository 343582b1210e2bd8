"""Words of placement, what services take, and what selectors give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rongji.accounts.types import Scope


class Category(StrEnum):
    """Who is received."""

    ASSIGNED = "assigned"
    OFFICER = "officer"
    SPOUSE = "spouse"
    SELF_EMPLOYED = "self_employed"
    RETIRED = "retired"
    UNFIT = "unfit"
    CIVILIAN = "civilian"


class CandidateState(StrEnum):
    """Where the placement of one person stands."""

    WAITING = "waiting"
    PLACED = "placed"
    SETTLED = "settled"
    GAVE_UP = "gave_up"
    ELSEWHERE = "elsewhere"


class CohortState(StrEnum):
    """Where the placement of a cohort stands."""

    PREPARING = "preparing"
    PUBLISHED = "published"
    CHOOSING = "choosing"
    FINISHED = "finished"


class UnitKind(StrEnum):
    """What sort of unit takes people in."""

    ORGAN = "organ"
    INSTITUTION = "institution"
    STATE_FIRM = "state_firm"
    OTHER = "other"


class TurnState(StrEnum):
    """Where one candidate's turn stands."""

    WAITING = "waiting"
    CHOSEN = "chosen"
    OUT = "out"


class Skip(StrEnum):
    """Why a turn went by."""

    PASSED = "passed"
    ABSENT = "absent"


class Satisfaction(StrEnum):
    """What a placed person said of the placement."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


CATEGORY_LABELS = {
    Category.ASSIGNED: "政府安排工作退役士兵",
    Category.OFFICER: "军队转业干部",
    Category.SPOUSE: "随调家属",
    Category.SELF_EMPLOYED: "自主就业退役士兵",
    Category.RETIRED: "退休军人",
    Category.UNFIT: "伤病残军人",
    Category.CIVILIAN: "文职人员（落户）",
}
GIVEN_A_POST = frozenset({Category.ASSIGNED, Category.OFFICER, Category.SPOUSE, Category.UNFIT})
"""Categories of whom a unit takes in each one; the others are received and looked after."""
STATE_LABELS = {
    CandidateState.WAITING: "待安置",
    CandidateState.PLACED: "已安置",
    CandidateState.SETTLED: "接收办结",
    CandidateState.GAVE_UP: "放弃安置",
    CandidateState.ELSEWHERE: "易地安置转出",
}
COHORT_LABELS = {
    CohortState.PREPARING: "准备",
    CohortState.PUBLISHED: "已公示",
    CohortState.CHOOSING: "选岗中",
    CohortState.FINISHED: "选岗结束",
}
UNIT_LABELS = {
    UnitKind.ORGAN: "机关",
    UnitKind.INSTITUTION: "事业单位",
    UnitKind.STATE_FIRM: "国有企业",
    UnitKind.OTHER: "其他单位",
}
TURN_LABELS = {TurnState.WAITING: "待选", TurnState.CHOSEN: "已选", TurnState.OUT: "未选"}
SKIP_LABELS = {Skip.PASSED: "本轮放弃", Skip.ABSENT: "未到场"}
SATISFACTION_LABELS = {
    Satisfaction.SATISFIED: "满意",
    Satisfaction.FAIR: "基本满意",
    Satisfaction.DISSATISFIED: "不满意",
}


@dataclass(frozen=True, slots=True)
class Problem:
    """A candidate who could not be scored, with what to do about it."""

    candidate_id: int
    number: int
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCandidate:
    """A person to be received. approved_on: day of the discharge approval; reported_on: day of reporting home.

    report_by: the day named in the letter of discharge, else reckoned from the approval. late_reason: why somebody
    reported later than the law bears. officer_id: the officer with whom a spouse comes. from_area: of the sending
    place, where somebody is placed elsewhere than at home. soldier: 军士 or 义务兵.
    """

    person_id: int
    category: Category
    approved_on: date
    reported_on: date
    soldier: str = ""
    report_by: date | None = None
    late_reason: str = ""
    from_area: str = ""
    former_job: str = ""
    officer_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFact:
    """Something that earns points and that the register of people does not hold. evidence: what proves it."""

    item: str
    degree: str
    count: int = 1
    first_on: date | None = None
    last_on: date | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """A post that a unit offers. places: how many people it takes."""

    unit_id: int
    title: str
    places: int = 1
    town: str = ""
    requirements: str = ""


@dataclass(frozen=True, slots=True)
class CohortFacts:
    """A cohort as lists show it."""

    id: int
    bureau: str
    area: str
    scope_path: str
    year: int
    season: str
    title: str
    state: CohortState
    known_on: date | None
    published_on: date | None
    notice_until: date | None
    digest: str
    counts: Mapping[str, int] = field(default_factory=dict)

    @property
    def scope(self) -> Scope:
        """Where it belongs."""
        return Scope(path=self.scope_path, area=self.area)

    @property
    def season_label(self) -> str:
        """2021年秋冬季."""
        return f"{self.year}年{self.season}"


@dataclass(frozen=True, slots=True)
class FactFacts:
    """A fact for the scoring that was entered here. id None: it comes out of the register of people."""

    id: int | None
    item: str
    degree: str
    count: int
    first_on: date | None
    last_on: date | None
    evidence: str


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The points sheet of one candidate as it was reckoned last. lines: item by item, each with words and law.

    score: what is ranked by, None while score_trouble stands; parts: of it, none where the points alone decide.
    """

    total: Decimal
    first: str
    known_on: date
    lines: tuple[Mapping[str, Any], ...]
    digest: str
    confirmed_on: date | None
    confirmed_note: str
    position: int | None
    why: str
    score: Decimal | None = None
    parts: tuple[Mapping[str, str], ...] = ()
    score_trouble: str = ""


@dataclass(frozen=True, slots=True)
class CandidateFacts:
    """A candidate as lists show it."""

    id: int
    cohort_id: int
    number: int
    person_id: int
    file_number: str
    name: str
    category: Category
    state: CandidateState
    approved_on: date
    reported_on: date
    due_on: date | None
    soldier: str
    sheet: SheetFacts | None = None
    unit: str = ""
    post: str = ""
    started_on: date | None = None

    @property
    def category_label(self) -> str:
        """The category in words."""
        return CATEGORY_LABELS[self.category]

    @property
    def state_label(self) -> str:
        """The state in words."""
        return STATE_LABELS[self.state]


@dataclass(frozen=True, slots=True)
class PostFacts:
    """A post and how many of its places are left."""

    id: int
    number: int
    unit_id: int
    unit: str
    unit_kind: UnitKind
    title: str
    town: str
    requirements: str
    places: int
    taken: int
    withdrawn: int = 0

    @property
    def left(self) -> int:
        """Places left."""
        return self.places - self.taken - self.withdrawn

    @property
    def kind_label(self) -> str:
        """The sort of unit in words."""
        return UNIT_LABELS[self.unit_kind]


@dataclass(frozen=True, slots=True)
class QuotaFacts:
    """The plan of one unit against what came of it. places: planned; offered: in posts; filled: people placed."""

    id: int
    unit_id: int
    unit: str
    kind: UnitKind
    places: int
    offered: int
    filled: int

    @property
    def kind_label(self) -> str:
        """The sort of unit in words."""
        return UNIT_LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """One turn in the order of choice. lap: 1 for the first call, 2 for the second. at, post: of the choice."""

    id: int
    position: int
    candidate_id: int
    number: int
    name: str
    total: str
    why: str
    state: TurnState
    lap: int
    skip: str
    post_number: int | None = None
    post: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class ChoiceFacts:
    """One line of the record of a session: a choice, a pass, an absence, an act undone, or a post taken back.

    proxy: who chose in somebody's stead, and by which letter.
    """

    sequence: int
    at: Any
    what: str
    name: str
    post: str
    by: str
    witness: str
    reason: str
    proxy: str = ""


@dataclass(frozen=True, slots=True)
class SessionBoard:
    """A choosing session as both screens show it. step grows with every act; chosen, waiting: how many people."""

    id: int
    cohort: CohortFacts
    held_on: date
    venue: str
    witness: str
    step: int
    is_finished: bool
    current: TurnFacts | None
    following: tuple[TurnFacts, ...]
    chosen: int
    waiting: int
    posts: tuple[PostFacts, ...]
    log: tuple[ChoiceFacts, ...]


@dataclass(frozen=True, slots=True)
class PlacingFacts:
    """What follows a choice: letter, start, contract, file, satisfaction. start_due: last day to start."""

    candidate: CandidateFacts
    id: int
    letter_number: str
    letter_on: date | None
    start_due: date | None
    contract_from: date | None
    contract_to: date | None
    late_pay: bool
    transfer_id: int | None
    file_sent_on: date | None
    receipt_on: date | None
    receipt: str
    satisfaction: str
    asked_on: date | None
    allowance_id: int | None
    insurance_id: int | None
