"""The facts of one bureau in one budget year, as pure data: what checks, scoring and reports read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rongji.kernel.figure import Figure, FigureKey, FigureSet, Stage
from rongji.kernel.quantity import Quantity


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """One organisational unit of the bureau: the bureau proper or a subordinate unit.

    keeps_own_accounts: units without own accounts (未单独核算) are consolidated into the bureau proper
    and print no row of their own in the money tables.
    """

    code: str
    name: str
    is_bureau_proper: bool = False
    keeps_own_accounts: bool = True
    note: str = ""
    place: str = ""


class Direction(StrEnum):
    """指标性质: how an actual value is compared with its target."""

    AT_LEAST = "≥"
    AT_MOST = "≤"
    EXACT = "="
    RANGE = "区间"
    QUALITATIVE = "定性"


@dataclass(frozen=True, slots=True)
class IndicatorFacts:
    """One row of the indicator table.

    target/actual: quantities for quantitative rows; None with the printed text kept otherwise.
    target_upper: upper end for a RANGE; weight: 分值; stated_score: 得分 as the bureau wrote it.
    tier: chosen tier of a qualitative row (reached / partly / not), share: 0–1 inside the tier.
    formula: id of a `legal` indicator formula when the actual is computed from figures.
    parts: codes of further rows that are aggregated into this one before scoring.
    money: amount of money behind the row, the weight when ratios are averaged.
    """

    code: str
    level1: str
    level2: str
    name: str
    direction: Direction
    unit_name: str
    target: Quantity | None = None
    target_upper: Quantity | None = None
    target_text: str = ""
    actual: Quantity | None = None
    actual_text: str = ""
    weight: Quantity | None = None
    stated_score: Quantity | None = None
    tier: str = ""
    share: Quantity | None = None
    formula: str = ""
    reason: str = ""
    evidence: tuple[str, ...] = ()
    project: str = ""
    parent: str = ""
    money: Quantity | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class ProjectFacts:
    """One project (项目): class, owner section, what the money is for; its amounts are figures `#project:code`."""

    code: str
    name: str
    category: str = ""
    owner: str = ""
    purpose: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class GoalFacts:
    """One yearly goal: what was expected, what came out; kind groups goals, targets, tasks and duties.

    kind: `goal` 年度目标, `task` 年度主要工作, `duty` 部门职责, `project_target` 项目绩效目标.
    target_type: 质量目标, 时效目标, … for project targets; project: its project code.
    """

    code: str
    kind: str
    expected: str
    result: str = ""
    completion: Quantity | None = None
    target_type: str = ""
    project: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class TextFacts:
    """One narrative section in the bureau's own words; numbers in it are figure tokens."""

    code: str
    title: str
    body: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """A problem found, or a measure against it (kind `problem` / `measure` / `suggestion`)."""

    code: str
    kind: str
    text: str
    answers: str = ""
    owner: str = ""
    due: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class SignatoryFacts:
    """A member of the evaluation group as printed in the signature block."""

    name: str
    post: str
    organisation: str
    role: str = "member"


@dataclass(frozen=True, slots=True)
class EvidenceFacts:
    """A piece of evidence (佐证材料): title, kind, the name of its file, and its digest once one is attached."""

    code: str
    title: str
    kind: str = ""
    file_digest: str = ""
    file_name: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredConcept:
    """A fact of the bureau's own that the common catalogue does not name (优抚对象人数, 接待来访人次 …).

    Its figures carry the concept `fact.<code>`. part_of: key of the fact it is a part of; complete: whether the
    parts of one whole are meant to add up to it. numerator/denominator: keys, for a stated rate.
    """

    code: str
    label: str
    unit_name: str
    period: str = ""
    part_of: str = ""
    complete: bool = False
    numerator: str = ""
    denominator: str = ""
    topic: str = ""


@dataclass(frozen=True)
class BureauYear:
    """Everything that one bureau states, imports or derives for one year.

    profile: single facts in words (name, area code, founded on, contact, document date …).
    What the bureau itself printed as total score and grade are the figure `score.total` and
    profile["stated_grade"]; they are never what we computed.
    """

    bureau: str
    name: str
    year: int
    scheme: str
    profile: Mapping[str, str] = field(default_factory=dict)
    units: tuple[UnitFacts, ...] = ()
    figures: FigureSet = field(default_factory=FigureSet)
    indicators: tuple[IndicatorFacts, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
    goals: tuple[GoalFacts, ...] = ()
    texts: tuple[TextFacts, ...] = ()
    problems: tuple[ProblemFacts, ...] = ()
    signatories: tuple[SignatoryFacts, ...] = ()
    evidence: tuple[EvidenceFacts, ...] = ()
    declared_concepts: tuple[DeclaredConcept, ...] = ()

    def figure(self, concept: str, stage: Stage = Stage.NONE, unit: str = "", member: str = "") -> Figure | None:
        """The leading statement of one fact."""
        return self.figures.get(FigureKey(concept, stage, unit, member))

    def unit_named(self, code: str) -> UnitFacts | None:
        """The unit of that code."""
        return next((item for item in self.units if item.code == code), None)

    @property
    def accounting_units(self) -> tuple[UnitFacts, ...]:
        """Units that print rows of their own in the money tables."""
        return tuple(item for item in self.units if item.keeps_own_accounts)
