"""What a settled row has earned as a share of its weight, whatever the weight is: by direction, tier, or not at all."""

from dataclasses import dataclass
from fractions import Fraction

from rongji.kernel.bureau_year import Direction, IndicatorFacts
from rongji.kernel.quantity import Quantity
from rongji.law.schemes import ScoreScheme
from rongji.law.shapes.scheme import Tier
from rongji.rules.scoring.gates import GateCode, gate
from rongji.rules.scoring.over_target import Overshoot, overshoot
from rongji.rules.scoring.points import percent
from rongji.rules.scoring.qualitative import band_words, qualitative, tier_named
from rongji.rules.scoring.quantitative import DIRECTION_WORDS, METHOD_RULES, compare
from rongji.rules.scoring.settle import SettledRow, label, presence_gates, share_gate, tier_gate, value_gates
from rongji.rules.scoring.types import Gate


@dataclass(frozen=True, slots=True)
class Judgement:
    """The share of the weight that a row has earned.

    share: None when none can be computed. by_hand: the rules leave it to a person. typed: the share was read off the
    typed score. reached: None when nobody can tell. over: far above target.
    """

    share: Fraction | None
    how: str
    rule: str = ""
    reached: bool | None = None
    by_hand: bool = False
    typed: bool = False
    over: Overshoot | None = None
    gates: tuple[Gate, ...] = ()


def judge(settled: SettledRow, scheme: ScoreScheme) -> Judgement:
    """Compare, or read the chosen tier; what stands in the way comes back as gates."""
    if settled.blocked:
        return Judgement(None, "各行无法汇总")
    if settled.facts.direction is Direction.QUALITATIVE:
        return _qualitative(settled, scheme)
    return _quantitative(settled.facts, scheme)


def _quantitative(item: IndicatorFacts, scheme: ScoreScheme) -> Judgement:
    gates = value_gates(item, upper=item.direction is Direction.RANGE)
    if gates or item.target is None or item.actual is None:
        lacking = [name for name, value in (("年度指标值", item.target), ("实际完成值", item.actual)) if value is None]
        return Judgement(None, f"{'、'.join(lacking or ['指标值上限'])}没有填成数字", gates=tuple(gates))
    unfit = _unfit(item, item.target, item.actual)
    if unfit:
        return Judgement(None, "指标值与实际值无法比较", gates=(unfit,))
    law = scheme.directions[item.direction]
    upper = item.target_upper if item.direction is Direction.RANGE else None
    found = compare(item.direction, item.actual, item.target, upper, law)
    how = f"{DIRECTION_WORDS[item.direction]}：{found.how}"
    if found.share is None:
        return Judgement(None, how, "scoring.by_hand", found.reached, by_hand=True)
    over = overshoot(found.ratio, scheme.over_target) if item.direction is Direction.AT_LEAST else None
    if over is None:
        return Judgement(found.share, how, METHOD_RULES[law.method], found.reached)
    return Judgement(found.share * over.kept, f"{how}；{over.how}", METHOD_RULES[law.method], found.reached, over=over)


def _qualitative(settled: SettledRow, scheme: ScoreScheme) -> Judgement:
    """The share given in the tier; without one, the typed score is read as a share of the weight."""
    item = settled.facts
    gates = tuple(presence_gates(item)) if not settled.parts else ()
    tier = tier_named(scheme.tiers, item.tier)
    if tier is None:
        return Judgement(None, "定性指标没有选定档次", gates=(*gates, tier_gate(item, scheme.tiers)))
    share, typed = settled.share, False
    if share is None and item.share is not None:
        share = Fraction(item.share.base)
    if share is None and item.stated_score is not None and item.weight is not None and item.weight.value > 0:
        share, typed = Fraction(item.stated_score.value) / Fraction(item.weight.value), True
    if share is None:
        return Judgement(None, f"定为“{tier.label}”但没有给分", gates=(*gates, share_gate(item, tier)))
    return _in_tier(item, tier, share, typed, gates)


def _in_tier(item: IndicatorFacts, tier: Tier, share: Fraction, typed: bool, gates: tuple[Gate, ...]) -> Judgement:
    choice = qualitative(tier, share)
    how = f"{DIRECTION_WORDS[Direction.QUALITATIVE]}：{choice.how}{'，比例由所填得分折算' if typed else ''}"
    if not choice.fits:
        facts = {"name": label(item), "tier": tier.label, "share": percent(share), "band": band_words(tier)}
        gates = (*gates, gate(GateCode.SHARE_OUTSIDE_TIER, item.code, **facts))
    held = min(max(share, Fraction(0)), Fraction(1))
    return Judgement(held, how, "scoring.qualitative", choice.reached, typed=typed, gates=gates)


def _unfit(item: IndicatorFacts, target: Quantity, actual: Quantity) -> Gate | None:
    """Units that cannot be compared, or a range whose ends are swapped."""
    upper = item.target_upper if item.direction is Direction.RANGE else None
    for other in (actual, upper):
        if other is not None and not target.unit.is_comparable_with(other.unit):
            facts = {"name": label(item), "target": target.unit_name, "actual": other.unit_name}
            return gate(GateCode.UNIT_MISMATCH, item.code, **facts)
    if upper is not None and upper.base < target.base:
        facts = {"name": label(item), "lower": target.shown(), "upper": upper.shown()}
        return gate(GateCode.RANGE_UPSIDE_DOWN, item.code, **facts)
    return None
