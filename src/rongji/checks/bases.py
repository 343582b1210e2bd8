"""口径: rates that forms compute on different bases. What fits another basis, or has several, is a question."""

from dataclasses import replace

from rongji.checks import relations
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict

# Rates whose basis differs from form to form (who counts as 在职, which posts, budget or final, which denominator).
OPEN_BASIS = frozenset({"rate.staff_control", "rate.budget_adjustment", "rate.carry_over", "growth.three_public"})
_OPEN_INPUTS = ("staff.", "posts.")
# The other denominator under which a form may have computed a rate.
_OTHER_STAGES = (Stage.INITIAL, Stage.ADJUSTED, Stage.PRIOR)


def judge_rate(situation: Situation, finding: Finding, rate: Figure, top: Figure, bottom: Figure) -> Finding:
    """The finding as it is, or as a question when the basis of the rate is open or another basis fits."""
    if finding.verdict is not Verdict.CONTRADICTION:
        return finding
    other = _fitting(situation, rate, top, bottom)
    if other is not None:
        note = f"若以{other.full_label}为分母则相符，疑为口径不同。"
        return replace(
            finding,
            verdict=Verdict.QUESTION,
            explanation=finding.explanation + note,
            remedy="写明所用口径，按规定口径重算。",
        )
    return doubt_open_basis(finding, rate.key.concept, (top, bottom))


def doubt_open_basis(finding: Finding, concept: str, inputs: tuple[Figure, ...]) -> Finding:
    """A contradiction of a rate whose basis local forms leave open becomes a question that shows the numbers."""
    is_open = concept in OPEN_BASIS or any(item.key.concept.startswith(_OPEN_INPUTS) for item in inputs)
    if finding.verdict is not Verdict.CONTRADICTION or not is_open:
        return finding
    note = "该比率的口径各地不一（人员、编制范围或基数不同），请核对所用口径。"
    return replace(
        finding,
        verdict=Verdict.QUESTION,
        explanation=finding.explanation + note,
        remedy="写明分子分母各用哪一个数；口径无误而比率不符的，改正比率。",
    )


def _fitting(situation: Situation, rate: Figure, top: Figure, bottom: Figure) -> Figure | None:
    for stage in _OTHER_STAGES:
        key = replace(bottom.key, stage=stage)
        other = situation.numbered(FigureKey(key.concept, stage, key.unit, key.member))
        if other is None or other.key == bottom.key or other.quantity == bottom.quantity:
            continue
        if relations.ratio(rate, top, other).agrees:
            return other
    return None
