"""预算执行: a low rate has its reason, a rate far off is looked at, goals follow a changed budget."""

from collections.abc import Iterator
from decimal import Decimal

from rongji.checks.registry import check
from rongji.checks.review_lines import review_line
from rongji.checks.situation import Situation
from rongji.kernel.figure import Figure, FigureKey, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity, half_up

REASON_SECTIONS = ("execution_reason", "execution_deviation")
_BASIS = "地方自评表：执行率低于规定线须说明原因"


@check(title="执行率偏低的写明原因", basis=_BASIS, level=Verdict.DEFECT)
def low_execution_is_explained(situation: Situation) -> Iterator[Finding]:
    """A rate below the scheme's reason line is explained (text section execution_reason)."""
    rule = situation.scheme.execution if situation.scheme else None
    rate = execution_rate(situation)
    if rule is None or rule.reason_below is None or rate is None or rate >= rule.reason_below:
        return
    explained = _reason(situation)
    line = f"{rule.reason_below * 100:.0f}%"
    text = f"预算执行率 {half_up(rate * 100, 2)}%，低于 {line}，{'已说明原因' if explained else '没有说明原因'}。"
    remedy = "" if explained else "在报告中写明执行率偏低的原因和改进措施。"
    yield Finding("", Verdict.HOLDS if explained else Verdict.DEFECT, text, remedy=remedy, subject="execution")


@check(title="执行率没有明显异常", level=Verdict.QUESTION)
def execution_is_in_range(situation: Situation) -> Iterator[Finding]:
    """A rate far below or above the budget, of the whole or of a project, is asked about."""
    low, high = review_line(situation, "execution_low"), review_line(situation, "execution_high")
    if low is None or high is None:
        return
    for done, budget in _pairs(situation):
        if not done.quantity or not budget.quantity or budget.quantity.base <= 0:
            continue
        rate = done.quantity.base / budget.quantity.base
        if rate < low or rate > high:
            word = f"低于 {low * 100:.0f}%" if rate < low else f"高于 {high * 100:.0f}%"
            text = (
                f"{done.label}执行 {done.quantity}，预算 {budget.quantity}，执行率 {half_up(rate * 100, 2)}%，{word}。"
            )
            remedy = "核对预算数是否含调整和结转；无误的说明原因。"
            yield Finding("", Verdict.QUESTION, text, (done, budget), remedy=remedy, subject=str(done.key))


@check(title="预算调整后目标相应调整", basis="绩效目标随预算调整报批", level=Verdict.QUESTION)
def goals_follow_the_budget(situation: Situation) -> Iterator[Finding]:
    """When the year's budget changed, the goals were looked at again (profile goals_revised_on)."""
    initial = situation.numbered(FigureKey("expenditure.total", Stage.INITIAL))
    adjusted = situation.numbered(FigureKey("expenditure.total", Stage.ADJUSTED))
    line = review_line(situation, "target_deviation")
    if not initial or not adjusted or line is None or not initial.quantity or not adjusted.quantity:
        return
    if initial.quantity.base <= 0 or situation.year.profile.get("goals_revised_on"):
        return
    change = adjusted.quantity.base / initial.quantity.base - 1
    if abs(change) > line:
        text = f"全年预算比年初预算变动 {half_up(change * 100, 2)}%，没有绩效目标调整的记录。"
        remedy = "附目标调整的批复；目标不需调整的，在报告中说明。"
        yield Finding("", Verdict.QUESTION, text, (initial, adjusted), remedy=remedy, subject="goals")


def execution_rate(situation: Situation) -> Decimal | None:
    """Executed ÷ adjusted budget of the whole bureau as a share; the printed rate when an amount is missing."""
    for done, budget in _whole(situation):
        if done.quantity and budget.quantity and budget.quantity.base > 0:
            return done.quantity.base / budget.quantity.base
    stated = situation.numbered(FigureKey("execution.rate", Stage.RATE))
    return stated.quantity.base if stated and isinstance(stated.quantity, Quantity) else None


def _whole(situation: Situation) -> Iterator[tuple[Figure, Figure]]:
    done = situation.numbered(FigureKey("expenditure.total", Stage.ACTUAL))
    budget = situation.numbered(FigureKey("expenditure.total", Stage.ADJUSTED))
    if done and budget:
        yield done, budget


def _pairs(situation: Situation) -> Iterator[tuple[Figure, Figure]]:
    yield from _whole(situation)
    for project in situation.year.projects:
        member = f"project:{project.code}"
        done = situation.numbered(FigureKey("expenditure.project", Stage.ACTUAL, "", member))
        budget = situation.numbered(FigureKey("expenditure.project", Stage.ADJUSTED, "", member))
        if done and budget:
            yield done, budget


def _reason(situation: Situation) -> bool:
    sections = {item.code: item.body for item in situation.year.texts}
    return any(sections.get(code, "").strip() for code in REASON_SECTIONS)
