"""执行率得分: the score for spending the budget against its weight and the rate, by every method that is in use."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.model import ColumnKind, RowKind, StatedDocument
from rongji.checks.stated.self_evaluation.scored import ScoredRow, is_funds, scored_forms
from rongji.checks.stated.tables.definitions import rate_figures
from rongji.checks.stated.words import speaks_of
from rongji.kernel.figure import Figure, Stage
from rongji.kernel.finding import AGREEING, Finding, Verdict
from rongji.kernel.quantity import Quantity, half_up
from rongji.kernel.units import UnitKind
from rongji.law.recognition import recognition

_BASIS = "财预〔2020〕10号：执行率得分 = 分值 × 执行率，最高得满分"
_BUDGETS = (Stage.ADJUSTED, Stage.INITIAL)
_WHOLE = Decimal(100)


@document_check(title="执行率得分与执行率相符", basis=_BASIS)
def execution_points_follow(document: StatedDocument) -> Iterator[Finding]:
    """The score of the budget's execution is its weight times the rate, as printed or as computed, at most the weight.

    Scores by bands and by deductions per point are in use as well: one that such a method explains is asked about.
    """
    for form in scored_forms(document):
        rows = [*form.executions, *(item for item in form.rows if item.is_execution)] if form.is_certain else []
        for item in rows:
            weight, rates = item.weight_figure, list(_rates(item))
            for number in range(len(item.scores) if weight and rates else 0):
                score = item.score_figure(number)
                if score is not None and weight is not None:
                    yield _judged(score, weight, rates)


def _judged(score: Figure, weight: Figure, rates: list[Figure]) -> Finding:
    found = [relations.product(score, (weight, _capped(rate))) for rate in rates]
    best = next((item for wanted in AGREEING for item in found if item.verdict is wanted), found[0])
    if best.verdict is Verdict.CONTRADICTION and _by_other_method(score, weight, rates):
        return asked(best, "可能按分档或按点扣分的办法计分，不能断定。", "写明执行率的计分办法，按办法重算。")
    return replace(best, subject="预算执行率")


def _rates(item: ScoredRow) -> Iterator[Figure]:
    """The rate as printed, then as computed from the amounts of its row."""
    table, row = item.table, item.row
    for column in table.columns:
        cell = table.cell(row.index, column.index)
        wanted = column.kind is ColumnKind.RATE and speaks_of(column.title, "execution_rate")
        if cell and cell.figure and (wanted or (column.kind is ColumnKind.ACTUAL and _is_ratio(cell.figure))):
            yield from (replace(one, label="执行率") for one in rate_figures(cell.figure, cell.text))
    if is_funds(table) and row.kind is not RowKind.GROUP:
        yield from _computed(item)


def _computed(item: ScoredRow) -> Iterator[Figure]:
    values = item.table.columns_of(ColumnKind.VALUE)
    by_stage = {stage: [c for c in values if c.stage is stage] for stage in (*_BUDGETS, Stage.ACTUAL)}
    for stage in _BUDGETS:
        for below, top in zip(by_stage[stage], by_stage[Stage.ACTUAL], strict=False):
            budget, spent = item.table.figure(item.row.index, below.index), item.table.figure(item.row.index, top.index)
            if budget and spent and budget.quantity and spent.quantity and budget.quantity.base > 0:
                percent = Quantity(half_up(spent.quantity.base / budget.quantity.base * _WHOLE, 4), "%", 4)
                yield replace(spent, label="执行率（按预算数、执行数计算）", quantity=percent, printed=percent.shown())


def _capped(rate: Figure) -> Figure:
    if rate.quantity is None or rate.quantity.base <= 1:
        return rate
    return replace(rate, quantity=Quantity(_WHOLE, "%", 0), vague="")


def _by_other_method(score: Figure, weight: Figure, rates: list[Figure]) -> bool:
    """Whether the score is a round share of the weight (bands), or short of it by a round amount per point missing."""
    if score.quantity is None or weight.quantity is None or not weight.quantity.value:
        return True
    methods = recognition("check_words")["execution_methods"]
    share = score.quantity.value / weight.quantity.value
    if share % Decimal(methods["band_step"]) == 0:
        return True
    lost = weight.quantity.value - score.quantity.value
    missing = [_WHOLE - rate.quantity.base * _WHOLE for rate in rates if rate.quantity and rate.quantity.base < 1]
    return any(lost == short * Decimal(step) for short in missing for step in methods["points_per_percent"])


def _is_ratio(figure: Figure) -> bool:
    return figure.quantity is not None and figure.quantity.unit.kind is UnitKind.RATIO
