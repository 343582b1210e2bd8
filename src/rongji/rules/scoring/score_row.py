"""One settled row to one scored row: the earned share turned into points and explained, with the gates it fails."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from rongji.kernel.bureau_year import Direction, IndicatorFacts
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind
from rongji.law.model import Act, Row
from rongji.law.schemes import ScoreScheme
from rongji.law.shapes.scheme import SchemePart
from rongji.rules.scoring.by_hand import within_weight
from rongji.rules.scoring.gates import GateCode, gate, is_reason
from rongji.rules.scoring.judge import Judgement, judge
from rongji.rules.scoring.points import percent, plain, points, shown
from rongji.rules.scoring.row_gates import reason_gates
from rongji.rules.scoring.settle import SettledRow, label
from rongji.rules.scoring.types import Basis, Gate, ScoredRow

BASIS_MARK = "；依据"
"""Where the arithmetic of an explanation ends and what it rests on begins."""

OVER_TARGET = "over-target"
"""Code of the remark on a row far above its target."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The points of a row, where they come from, and the sentence that says so."""

    score: Decimal | None
    basis: Basis
    how: str
    rule: str = ""
    gates: tuple[Gate, ...] = ()


@dataclass(frozen=True, slots=True)
class RowResult:
    """A scored row with what holds it back and what only deserves a look."""

    row: ScoredRow
    gates: tuple[Gate, ...] = ()
    remarks: tuple[Gate, ...] = ()


def score_row(settled: SettledRow, scheme: ScoreScheme, acts: Mapping[str, Act]) -> RowResult:
    """Score one row under the scheme.

    Unit: 分. Rounding: half up to the scheme's places, once, after weight × share.
    A row that cannot be computed keeps the bureau's own score for the provisional total, marked as such in `how`.
    """
    if settled.part_of:
        how = f"已汇入指标“{settled.part_of}”，本行不单独计分"
        return RowResult(_row(settled, Outcome(None, Basis.PART, how), None, None, acts), settled.gates)
    item, found = settled.facts, judge(settled, scheme)
    outcome = _outcome(item, found, scheme)
    row = _row(settled, outcome, found.reached, _source(item, outcome, scheme), acts)
    reasons = reason_gates(_with_reasons(settled), found.reached, found.over, scheme)
    return RowResult(row, (*settled.gates, *found.gates, *outcome.gates, *reasons), _remarks(item, found))


def _with_reasons(settled: SettledRow) -> IndicatorFacts:
    """The row; where it gives no reason of its own, with those that its parts give."""
    own, parts = settled.facts, [part.reason.strip() for part in settled.parts if is_reason(part.reason)]
    return own if is_reason(own.reason) or not parts else replace(own, reason=max(parts, key=len))


def basis_words(source: Row, acts: Mapping[str, Act]) -> str:
    """What a score rests on, with the trust word when it is not the official text: `；依据《…》，推算`."""
    act = acts.get(source.act)
    doubt = "" if source.trust.is_official else f"，{source.trust.label}"
    return f"{BASIS_MARK}{act.citation if act else source.act}{doubt}"


def _row(
    settled: SettledRow, outcome: Outcome, reached: bool | None, source: Row | None, acts: Mapping[str, Act]
) -> ScoredRow:
    item = settled.facts
    return ScoredRow(
        id=item.code,
        level1=item.level1,
        level2=item.level2,
        name=item.name,
        direction=item.direction.value,
        unit=item.target.unit_name if item.target else item.unit_name,
        target=_target(item),
        actual=_printed(item.actual, item.actual_text, item.target),
        weight=None if settled.part_of or item.weight is None else item.weight.value,
        score=outcome.score,
        stated=item.stated_score.value if item.stated_score else None,
        basis=outcome.basis,
        rule=outcome.rule,
        how="；".join((*settled.how, outcome.how)) + (basis_words(source, acts) if source else ""),
        act=source.act if source else "",
        trust=source.trust.value if source else "",
        reached=reached,
        inputs=settled.inputs,
        parts=tuple(part.code for part in settled.parts),
    )


def _source(item: IndicatorFacts, outcome: Outcome, scheme: ScoreScheme) -> Row | None:
    """The dated row behind the method; none when nothing was scored by rule."""
    if outcome.rule == "":
        return None
    if outcome.rule == "scoring.by_hand":
        return scheme.source(SchemePart.GATES)
    return scheme.direction_source(item.direction)


def _outcome(item: IndicatorFacts, found: Judgement, scheme: ScoreScheme) -> Outcome:
    """The share turned into points; a typed score stands in where a person decides or nothing can be computed."""
    if item.weight is None:
        return Outcome(None, Basis.NONE, f"{found.how}；没有分值，未计分")
    wrong = _weight_gate(item, item.weight)
    if wrong:
        return Outcome(None, Basis.NONE, f"{found.how}；分值有误，未计分", gates=(wrong,))
    places = scheme.rounding.row_places
    if found.share is not None:
        score = points(item.weight.value, found.share, places)
        factor = shown(found.share) if found.share in (0, 1) else percent(found.share)
        how = f"{found.how}；{plain(item.weight.value)} × {factor} = {score} 分"
        return Outcome(score, Basis.BY_HAND if found.typed else Basis.COMPUTED, how, found.rule)
    if item.stated_score is None:
        return _nothing(item, item.weight, found)
    score = within_weight(item.stated_score.value, item.weight.value, places)
    gates = _beyond_weight(item, item.stated_score, item.weight)
    if found.by_hand:
        return Outcome(score, Basis.BY_HAND, f"{found.how}，按人工评定计 {score} 分", found.rule, gates)
    how = f"{found.how}，无法计算；暂按自填得分 {score} 分计入暂评总分，未经核算"
    return Outcome(score, Basis.STATED, how, gates=gates)


def _nothing(item: IndicatorFacts, weight: Quantity, found: Judgement) -> Outcome:
    """Neither computed nor typed: nothing towards the provisional total."""
    if not found.by_hand:
        return Outcome(None, Basis.NONE, f"{found.how}，未计分；暂按 0 分计入暂评总分")
    hint = f"（实际已达到指标值，可填满分 {weight.shown()}）" if found.reached else ""
    facts = {"name": label(item), "problem": found.how, "weight": weight.shown(), "hint": hint}
    how = f"{found.how}，须人工评定，尚未填得分；暂按 0 分计入暂评总分"
    return Outcome(None, Basis.NONE, how, gates=(gate(GateCode.BY_HAND, item.code, **facts),))


def _weight_gate(item: IndicatorFacts, weight: Quantity) -> Gate | None:
    """A weight that is there and cannot be used."""
    if weight.unit.kind is not UnitKind.SCORE:
        return gate(GateCode.WEIGHT_UNIT, item.code, name=label(item), weight=str(weight))
    if weight.value <= 0:
        return gate(GateCode.WEIGHT_NOT_POSITIVE, item.code, name=label(item), weight=weight.shown())
    return None


def _beyond_weight(item: IndicatorFacts, stated: Quantity, weight: Quantity) -> tuple[Gate, ...]:
    """A typed score below zero or above the weight."""
    if 0 <= stated.value <= weight.value:
        return ()
    facts = {"name": label(item), "stated": stated.shown(), "weight": weight.shown()}
    return (gate(GateCode.STATED_OUT_OF_RANGE, item.code, **facts),)


def _remarks(item: IndicatorFacts, found: Judgement) -> tuple[Gate, ...]:
    if found.over is None:
        return ()
    return (Gate(OVER_TARGET, item.code, f"{label(item)}{found.over.how}。"),)


def _target(item: IndicatorFacts) -> str | None:
    """The target as the JSON gives it, both ends of a range joined by a tilde."""
    lower = _printed(item.target, item.target_text, item.target)
    upper = _printed(item.target_upper, "", item.target) if item.direction is Direction.RANGE else None
    return f"{lower}~{upper}" if lower and upper else lower


def _printed(quantity: Quantity | None, text: str, like: Quantity | None) -> str | None:
    """A plain number in the unit of the target where it can be, the words, or nothing."""
    if quantity is None:
        return text.strip() or None
    same_kind = like is not None and like.unit.is_comparable_with(quantity.unit)
    return (quantity.to(like.unit_name) if like is not None and same_kind else quantity).shown()
