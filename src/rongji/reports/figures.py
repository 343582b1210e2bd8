"""The figures a report prints: what the bureau states, plus what follows from it.

Rates, shares and growth that nobody stated come from `checks.computed`; indicator targets,
actuals, weights and scores, the evaluation and the comparison with last year get keys of their own, so that nothing
is printed that is not a figure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from rongji.checks.computed import OF_A_PROJECT, RATE_PLACES, derived, derived_rates
from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind
from rongji.law.model import Lawbook
from rongji.reports.comparison import Comparison
from rongji.reports.goal_numbers import with_own_numbers
from rongji.rules.scoring.score_execution import EXECUTION_ROW
from rongji.rules.scoring.types import Evaluation, ScoredRow


def printed_figures(
    year: BureauYear,
    book: Lawbook,
    *,
    evaluation: Evaluation | None = None,
    projects: dict[str, Evaluation] | None = None,
    comparisons: Iterable[Comparison] = (),
) -> FigureSet:
    """Every figure that forms and texts may print, stated ones first."""
    figures = year.figures.with_figures(derived_rates(year.figures, book))
    more = [*indicator_figures(year), *goal_figures(year)]
    if evaluation is not None:
        more += evaluation_figures(evaluation, year.figure("score.total"))
    for code, result in (projects or {}).items():
        more += project_figures(code, result)
    for item in comparisons:
        more += [item.prior, *item.derived]
    first = {figure.key: figure for figure in reversed(more)}
    return figures.with_figures(figure for key, figure in first.items() if key not in figures)


# --- indicators and goals -------------------------------------------------------------------------


def indicator_figures(year: BureauYear) -> Iterator[Figure]:
    """Targets, actual values and weights of the indicator rows as figures of their own."""
    for row in year.indicators:
        member = f"indicator:{row.code}"
        named = (
            ("indicator.target", "年度指标值", row.target),
            ("indicator.target_upper", "年度指标值上限", row.target_upper),
            ("indicator.actual", "实际完成值", row.actual),
            ("indicator.weight", "分值", row.weight),
            ("indicator.stated_score", "自填得分", row.stated_score),
        )
        for concept, words, quantity in named:
            if quantity is not None:
                yield _declared(concept, member, f"{row.name}{words}", quantity, row)


def _declared(concept: str, member: str, label: str, quantity: Quantity, row: IndicatorFacts) -> Figure:
    source = Source(SourceKind.DECLARED, note=row.place, evidence=row.evidence)
    return Figure(FigureKey(concept, member=member), label, source, quantity, quantity.shown())


def goal_figures(year: BureauYear) -> Iterator[Figure]:
    """Numbers that the goals themselves state, and their completion rates."""
    for goal in year.goals:
        yield from with_own_numbers(goal)[1]
        if goal.completion is not None:
            key = FigureKey("goal.completion", member=f"goal:{goal.code}")
            source = Source(SourceKind.DECLARED, note=goal.place)
            yield Figure(key, "目标完成率", source, goal.completion, goal.completion.shown())


# --- evaluation -----------------------------------------------------------------------------------


def is_scored(evaluation: Evaluation | None) -> bool:
    """Whether any indicator row carries points; without one the total would be the execution score alone."""
    rows = evaluation.rows if evaluation else ()
    return any(row.weight and row.score is not None and row.id != EXECUTION_ROW for row in rows)


def evaluation_figures(evaluation: Evaluation, stated: Figure | None = None) -> list[Figure]:
    """Scores of the rows, weight and score of execution, the total: as computed, not as the bureau wrote them.

    stated: the total that the bureau wrote, printed as such only when no row carries points to compute one from.
    """
    found = [figure for row in evaluation.rows for figure in _row_figures(row)]
    if is_scored(evaluation):
        return [*found, *_totals(evaluation, found)]
    if stated is not None and stated.quantity is not None:
        how = "单位自填，未经计算"
        found.append(replace(stated, key=FigureKey("evaluation.total"), statement="form", how=how))
    return found


def _totals(evaluation: Evaluation, rows: list[Figure]) -> tuple[Figure, Figure]:
    scores = tuple(item for item in rows if item.key.concept in ("indicator.score", "evaluation.execution_score"))
    weights = tuple(item for item in rows if item.key.concept in ("indicator.weight", "evaluation.execution_weight"))
    total = _score("evaluation.total", "", "自评总分", evaluation.total, "各行得分之和")
    weight = _score("evaluation.weight", "", "分值合计", evaluation.weight_total, "各行分值之和")
    return replace(total, inputs=scores, trust=evaluation.trust), replace(weight, inputs=weights)


def project_figures(code: str, evaluation: Evaluation) -> list[Figure]:
    """The same for one project's own table."""
    member = f"project:{code}"
    return [
        replace(item, key=FigureKey(OF_A_PROJECT[item.key.concept], item.key.stage, "", member))
        if item.key.concept in OF_A_PROJECT
        else item
        for item in evaluation_figures(evaluation)
    ]


def _row_figures(row: ScoredRow) -> Iterator[Figure]:
    if row.id == EXECUTION_ROW:
        yield from _execution_figures(row)
        return
    member = f"indicator:{row.id}"
    if row.weight is not None:
        yield _row_score("indicator.weight", member, f"{row.name}分值", row.weight, row)
    if row.score is not None:
        yield _row_score("indicator.score", member, f"{row.name}得分", row.score, row)
    if row.actual is not None and row.inputs:
        quantity = Quantity(Decimal(row.actual), row.unit, _places(Decimal(row.actual)))
        yield derived(
            FigureKey("indicator.actual", member=member),
            f"{row.name}实际完成值",
            quantity,
            row.how,
            row.inputs,
            act=row.act,
            trust=row.trust,
        )


def _execution_figures(row: ScoredRow) -> Iterator[Figure]:
    rate = _execution_rate(row.inputs)
    if rate is not None and rate.quantity is not None:
        shown = replace(rate.quantity, places=RATE_PLACES)
        yield replace(rate, key=FigureKey("evaluation.execution_rate"), quantity=shown, printed=shown.shown())
    if row.weight is not None:
        yield _row_score("evaluation.execution_weight", "", "预算执行率分值", row.weight, row)
    if row.score is not None:
        yield _row_score("evaluation.execution_score", "", "预算执行率得分", row.score, row)


def _execution_rate(inputs: tuple[Figure, ...]) -> Figure | None:
    return next((item for item in inputs if item.quantity and item.quantity.unit.kind is UnitKind.RATIO), None)


def _row_score(concept: str, member: str, label: str, value: Decimal, row: ScoredRow) -> Figure:
    figure = _score(concept, member, label, value, row.how)
    return replace(figure, inputs=row.inputs, act=row.act, trust=row.trust)


def _score(concept: str, member: str, label: str, value: Decimal, how: str) -> Figure:
    plain = value.normalize()
    return derived(FigureKey(concept, member=member), label, Quantity(value, "分", _places(plain)), how)


def _places(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
