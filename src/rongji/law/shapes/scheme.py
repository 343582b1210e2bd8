"""Parts of a score scheme: frame and weights, execution, directions, tiers, over-target line, gates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from rongji.law.fields import Fields


class SchemePart(StrEnum):
    """The parts a scheme is put together from; each is a dated row with its own act and trust."""

    FRAME = "frame"
    EXECUTION = "execution"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    EXACT = "exact"
    RANGE = "range"
    QUALITATIVE = "qualitative"
    OVER_TARGET = "over_target"
    AGGREGATION = "aggregation"
    ROUNDING = "rounding"
    GATES = "gates"
    TEXTS = "texts"


class Method(StrEnum):
    """How an actual value becomes a share of the weight."""

    PROPORTIONAL = "proportional"  # 实际 ÷ 目标
    INVERSE = "inverse"  # 目标 ÷ 实际
    LOWER_RATIO = "lower_ratio"  # 实际÷目标 与 目标÷实际 取小
    NEAREST_BOUND = "nearest_bound"  # 低于下限按下限正向，高于上限按上限反向


class OverTargetMode(StrEnum):
    """What happens above the over-target line."""

    OFF = "off"
    WARN = "warn"
    DEDUCT = "deduct"


class ZeroTarget(StrEnum):
    """What happens when the target or the budget is zero and no ratio exists."""

    BY_HAND = "by_hand"


class Combine(StrEnum):
    """How several rows become one before scoring."""

    SUM = "sum"
    WEIGHTED_BY_MONEY = "weighted_by_money"


class Order(StrEnum):
    """Whether rows are aggregated before or after scoring."""

    AGGREGATE_THEN_SCORE = "aggregate_then_score"


class ScoredBy(StrEnum):
    """Where the points of a block come from."""

    EXECUTION = "execution"
    INDICATORS = "indicators"


class TierName(StrEnum):
    """The three outcomes of a qualitative indicator."""

    REACHED = "reached"
    PARTLY = "partly"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class SubBlock:
    """A level-2 heading inside a block; weight None when the frame leaves it open."""

    label: str
    weight: Decimal | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ScoreBlock:
    """A level-1 heading with its weight and the words under which forms print it."""

    id: str
    label: str
    weight: Decimal
    scored_by: ScoredBy
    aliases: tuple[str, ...] = ()
    level2: tuple[SubBlock, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The level-1 blocks whose weights close at `total`; covers: what it is used for (project, department)."""

    total: Decimal
    blocks: tuple[ScoreBlock, ...]
    covers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExecutionRule:
    """预算执行率: keys of numerator and denominator, cap on the share, and the rate below which a reason is due.

    reason_below: share 0–1, None when the scheme names none. basis: the denominator in words.
    """

    block: str
    numerator: str
    denominator: str
    method: Method
    cap: Decimal
    reason_below: Decimal | None
    basis: str
    formula: str


@dataclass(frozen=True, slots=True)
class DirectionRule:
    """How one direction is scored. zero_actual: share given when the ratio would divide by an actual of zero."""

    method: Method
    cap: Decimal
    formula: str
    zero_actual: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of a qualitative indicator: shares of the weight from lower to upper."""

    name: TierName
    label: str
    lower: Decimal
    upper: Decimal
    upper_included: bool

    def holds(self, share: Decimal) -> bool:
        """Whether that share of the weight may be given in this tier; the lower end always belongs to it."""
        return self.lower <= share and (share <= self.upper if self.upper_included else share < self.upper)


@dataclass(frozen=True, slots=True)
class OverTarget:
    """Actual over target by more than `line` (1.30 = 130 %) is looked at in `mode`."""

    line: Decimal
    mode: OverTargetMode
    rule: str


@dataclass(frozen=True, slots=True)
class Aggregation:
    """How several rows become one row: amounts, ratios, qualitative shares."""

    amounts: Combine
    ratios: Combine
    qualitative: Combine
    order: Order


@dataclass(frozen=True, slots=True)
class Rounding:
    """Places of row scores and totals (half up), and the gap a checker lets pass in points."""

    row_places: int
    total_places: int
    tolerance: Decimal


@dataclass(frozen=True, slots=True)
class Gates:
    """What stops a final score: open weights, zero targets, missing reasons, missing evidence.

    reason_least: fewest characters of a deviation reason, 0 where the scheme sets none.
    """

    weights_close: bool
    zero_target: ZeroTarget
    reason_when_missed: bool
    evidence_for_each: bool
    reason_least: int = 0


@dataclass(frozen=True, slots=True)
class TextLimits:
    """Longest texts in characters, None where the form sets none."""

    reason: int | None
    conclusion: int | None
    problems: int | None
    measures: int | None


def read_scheme_part(value: Fields, keys: tuple[str, ...]) -> Any:
    """The value of one row of a scheme, by its part."""
    try:
        part = SchemePart(keys[0])
    except (ValueError, IndexError):
        value.wrong(f"评分方案没有“{'、'.join(keys)}”这一部分，可用：{'、'.join(SchemePart)}")
        return None
    found = _READERS[part](value)
    value.finish()
    return found


def _sub_block(item: Fields) -> SubBlock:
    found = SubBlock(item.text("label"), item.number("weight", required=False), item.texts("aliases"))
    item.finish()
    return found


def _block(item: Fields) -> ScoreBlock:
    found = ScoreBlock(
        id=item.text("id"),
        label=item.text("label"),
        weight=item.exact("weight"),
        scored_by=item.choice("scored_by", ScoredBy, default=ScoredBy.INDICATORS),
        aliases=item.texts("aliases"),
        level2=tuple(_sub_block(sub) for sub in item.each("level2", required=False)),
    )
    item.finish()
    weights = [sub.weight for sub in found.level2 if sub.weight is not None]
    if weights and len(weights) == len(found.level2) and sum(weights) != found.weight:
        item.wrong(f"“{found.label}”下各二级指标分值合计 {sum(weights)}，应为 {found.weight}")
    return found


def _frame(value: Fields) -> Frame:
    found = Frame(value.exact("total"), tuple(_block(item) for item in value.each("blocks")), value.texts("covers"))
    weights = sum((block.weight for block in found.blocks), Decimal(0))
    if weights != found.total:
        value.wrong(f"各一级指标分值合计 {weights}，应为 {found.total}")
    if len({block.id for block in found.blocks}) != len(found.blocks):
        value.wrong("一级指标的 id 有重复")
    return found


def _execution(value: Fields) -> ExecutionRule:
    return ExecutionRule(
        block=value.text("block"),
        numerator=value.text("numerator"),
        denominator=value.text("denominator"),
        method=value.choice("method", Method),
        cap=value.exact("cap"),
        reason_below=value.number("reason_below"),
        basis=value.text("basis"),
        formula=value.text("formula"),
    )


def _direction(value: Fields) -> DirectionRule:
    return DirectionRule(
        method=value.choice("method", Method),
        cap=value.exact("cap"),
        formula=value.text("formula"),
        zero_actual=value.number("zero_actual", required=False),
    )


def _tier(item: Fields) -> Tier:
    found = Tier(
        name=item.choice("tier", TierName),
        label=item.text("label"),
        lower=item.exact("lower"),
        upper=item.exact("upper"),
        upper_included=item.flag("upper_included", default=False),
    )
    item.finish()
    return found


def _tiers(value: Fields) -> tuple[Tier, ...]:
    tiers = tuple(_tier(item) for item in value.each("tiers"))
    for better, worse in pairwise(tiers):
        if better.lower != worse.upper:
            value.wrong(f"“{worse.label}”的上限 {worse.upper} 与“{better.label}”的下限 {better.lower} 不衔接")
    return tiers


def _over_target(value: Fields) -> OverTarget:
    return OverTarget(value.exact("line"), value.choice("mode", OverTargetMode), value.text("rule"))


def _aggregation(value: Fields) -> Aggregation:
    return Aggregation(
        amounts=value.choice("amounts", Combine),
        ratios=value.choice("ratios", Combine),
        qualitative=value.choice("qualitative", Combine),
        order=value.choice("order", Order),
    )


def _rounding(value: Fields) -> Rounding:
    return Rounding(value.whole("row_places"), value.whole("total_places"), value.exact("tolerance"))


def _gates(value: Fields) -> Gates:
    return Gates(
        weights_close=value.flag("weights_close"),
        zero_target=value.choice("zero_target", ZeroTarget),
        reason_when_missed=value.flag("reason_when_missed"),
        evidence_for_each=value.flag("evidence_for_each"),
        reason_least=value.whole("reason_least", default=0),
    )


def _texts(value: Fields) -> TextLimits:
    def limit(name: str) -> int | None:
        found = value.number(name)
        return None if found is None else int(found)

    return TextLimits(limit("reason"), limit("conclusion"), limit("problems"), limit("measures"))


_READERS: Mapping[SchemePart, Callable[[Fields], Any]] = {
    SchemePart.FRAME: _frame,
    SchemePart.EXECUTION: _execution,
    SchemePart.AT_LEAST: _direction,
    SchemePart.AT_MOST: _direction,
    SchemePart.EXACT: _direction,
    SchemePart.RANGE: _direction,
    SchemePart.QUALITATIVE: _tiers,
    SchemePart.OVER_TARGET: _over_target,
    SchemePart.AGGREGATION: _aggregation,
    SchemePart.ROUNDING: _rounding,
    SchemePart.GATES: _gates,
    SchemePart.TEXTS: _texts,
}
