"""The execution row of the score table: rate, points, and what is missing for either."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.figure import Figure
from rongji.kernel.quantity import Quantity
from rongji.law.model import Act
from rongji.law.schemes import ScoreScheme
from rongji.law.shapes.scheme import ExecutionRule, SchemePart, ScoreBlock
from rongji.rules.scoring.by_hand import within_weight
from rongji.rules.scoring.execution import Execution, execution_of, execution_score, rate_figure, rate_words
from rongji.rules.scoring.gates import EXECUTION_REASON, GateCode, gate, is_reason
from rongji.rules.scoring.points import percent, plain
from rongji.rules.scoring.row_gates import least_words
from rongji.rules.scoring.score_row import RowResult, basis_words
from rongji.rules.scoring.types import Basis, Gate, ScoredRow

EXECUTION_ROW = "execution"
"""Id of the execution row."""

STATED_SCORE = "execution.score"
"""The execution score as the bureau wrote it."""


@dataclass(frozen=True)
class ExecutionCase:
    """What the execution row is scored from. typed: the bureau's own row for it in the indicator table, if any."""

    year: BureauYear
    scheme: ScoreScheme
    law: ExecutionRule
    block: ScoreBlock
    found: Execution
    typed: IndicatorFacts | None
    project: str

    @property
    def reason_code(self) -> str:
        """Code of the text section for the reason: one for the bureau, one for each project."""
        return f"{EXECUTION_REASON}_{self.project}" if self.project else EXECUTION_REASON

    @property
    def stated(self) -> Quantity | None:
        """The score the bureau wrote for execution."""
        figure = None if self.project else self.year.figure(STATED_SCORE)
        if figure and figure.quantity:
            return figure.quantity
        return self.typed.stated_score if self.typed else None

    @property
    def reason(self) -> str:
        """Why the rate is low: the text section set aside for it, or the reason on the bureau's own row."""
        texts = [text.body for text in self.year.texts if text.code == self.reason_code]
        every, least = (*texts, self.typed.reason if self.typed else ""), self.scheme.gates.reason_least
        return next((text for text in every if is_reason(text, least)), "")


def score_execution(
    year: BureauYear, scheme: ScoreScheme, acts: Mapping[str, Act], typed: IndicatorFacts | None, project: str = ""
) -> RowResult | None:
    """The execution row; None when the scheme scores execution through ordinary indicators.

    Unit: 分. Rounding: half up to the scheme's places, once.
    """
    block = next((block for block in scheme.blocks if scheme.execution and block.id == scheme.execution.block), None)
    if scheme.execution is None or block is None:
        return None
    found = execution_of(year, scheme.execution, project)
    case = ExecutionCase(year, scheme, scheme.execution, block, found, typed, project)
    rate = case.found.rate
    if rate is None:
        return _without_rate(case, acts)
    score, said = execution_score(rate, block.weight, case.law, scheme.rounding.row_places)
    how = f"预算执行率：{rate_words(case.found)}{said}（{case.law.basis}）"
    gates = _low_rate(case, rate)
    line = case.law.reason_below
    reached = None if line is None else rate >= Fraction(line)
    return RowResult(_row(case, acts, score, Basis.COMPUTED, "scoring.execution", how, reached), gates)


def _low_rate(case: ExecutionCase, rate: Fraction) -> tuple[Gate, ...]:
    """Below the line a reason is due, however good the outputs; it must fit the form."""
    line = case.law.reason_below
    if line is None or rate >= Fraction(line):
        return ()
    if not case.reason:
        least = least_words(case.scheme.gates.reason_least)
        facts = {"rate": percent(rate), "line": percent(Fraction(line)), "code": case.reason_code, "least": least}
        return (gate(GateCode.EXECUTION_REASON, EXECUTION_ROW, **facts),)
    limit, length = case.scheme.texts.reason if case.scheme.texts else None, len(case.reason.strip())
    if limit is None or length <= limit:
        return ()
    return (gate(GateCode.REASON_TOO_LONG, EXECUTION_ROW, name="预算执行率", length=length, limit=limit),)


def _without_rate(case: ExecutionCase, acts: Mapping[str, Act]) -> RowResult:
    """No rate: a budget of zero is left to a person, a missing figure is asked for."""
    if case.found.budget and case.found.actual:
        return _by_hand(case, acts)
    held, gates = _held(case)
    gates += [] if case.found.budget else [gate(GateCode.EXECUTION_BUDGET, EXECUTION_ROW)]
    gates += [] if case.found.actual else [gate(GateCode.EXECUTION_ACTUAL, EXECUTION_ROW)]
    how = "预算执行率：全年预算数或全年执行数没有填，无法计算；暂按 "
    how += f"自填得分 {plain(held)} 分计入暂评总分，未经核算" if held is not None else "0 分计入暂评总分"
    row = _row(case, acts, held, Basis.NONE if held is None else Basis.STATED, "", how, None)
    return RowResult(row, tuple(gates))


def _by_hand(case: ExecutionCase, acts: Mapping[str, Act]) -> RowResult:
    budget = case.found.budget.quantity if case.found.budget else None
    held, gates = _held(case)
    if held is not None:
        how = f"预算执行率：全年预算数为 {budget}，比率没有意义，按人工评定计 {plain(held)} 分"
        return RowResult(_row(case, acts, held, Basis.BY_HAND, "scoring.by_hand", how, None), tuple(gates))
    problem = gate(GateCode.EXECUTION_BY_HAND, EXECUTION_ROW, budget=budget, weight=plain(case.block.weight))
    how = f"预算执行率：全年预算数为 {budget}，须人工评定，尚未填得分；暂按 0 分计入暂评总分"
    return RowResult(_row(case, acts, None, Basis.NONE, "", how, None), (problem,))


def _held(case: ExecutionCase) -> tuple[Decimal | None, list[Gate]]:
    """The typed execution score between 0 and the weight; outside it is also a gate."""
    stated, weight = case.stated, case.block.weight
    if stated is None:
        return None, []
    held = within_weight(stated.value, weight, case.scheme.rounding.row_places)
    if 0 <= stated.value <= weight:
        return held, []
    facts = {"name": "预算执行率", "stated": stated.shown(), "weight": plain(weight)}
    return held, [gate(GateCode.STATED_OUT_OF_RANGE, EXECUTION_ROW, **facts)]


def _row(
    case: ExecutionCase,
    acts: Mapping[str, Act],
    score: Decimal | None,
    basis: Basis,
    rule: str,
    how: str,
    reached: bool | None,
) -> ScoredRow:
    source = case.scheme.source(SchemePart.GATES if rule == "scoring.by_hand" else SchemePart.EXECUTION)
    rate = rate_figure(case.found, source.act, source.trust.value)
    return ScoredRow(
        id=EXECUTION_ROW,
        level1=case.block.label,
        level2="",
        name="预算执行率",
        direction="≥",
        unit=_unit(case.found.budget or case.found.actual),
        target=_shown(case.found.budget),
        actual=_shown(case.found.actual),
        weight=case.block.weight,
        score=score,
        stated=case.stated.value if case.stated else None,
        basis=basis,
        rule=rule,
        how=how + (basis_words(source, acts) if rule else ""),
        act=source.act if rule else "",
        trust=source.trust.value if rule else "",
        reached=reached,
        inputs=(rate,) if rate else tuple(f for f in (case.found.actual, case.found.budget) if f),
    )


def _unit(figure: Figure | None) -> str:
    return figure.quantity.unit_name if figure and figure.quantity else ""


def _shown(figure: Figure | None) -> str | None:
    return figure.quantity.shown() if figure and figure.quantity else None
