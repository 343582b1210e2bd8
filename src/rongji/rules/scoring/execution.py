"""预算执行率: what was spent of the adjusted full-year budget, and the points it earns."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.law.shapes.scheme import ExecutionRule
from rongji.rules.rule import rule
from rongji.rules.scoring.points import as_decimal, equals, percent, points, shown

FORM_ROW = "funds.total"
"""年度资金总额 by source: the row that the forms print points on, where a bureau states it."""

PROJECT_SPENDING = "expenditure.project"
"""Under which a project's own amounts stand, by member `project:<code>`."""

RATE_KEY = FigureKey("execution.rate", Stage.RATE)
RATE_PLACES = 2


@dataclass(frozen=True, slots=True)
class Execution:
    """Budget and outturn behind the rate. budget is the adjusted one; how: where it comes from when not stated."""

    budget: Figure | None
    actual: Figure | None
    how: str = ""

    @property
    def rate(self) -> Fraction | None:
        """Outturn ÷ budget; None when one is missing or the budget is not above zero."""
        budget = self.budget.quantity if self.budget else None
        actual = self.actual.quantity if self.actual else None
        if budget is None or actual is None or budget.base <= 0:
            return None
        return Fraction(actual.base) / Fraction(budget.base)


def execution_of(year: BureauYear, law: ExecutionRule, project: str = "") -> Execution:
    """The two amounts: of the row by source where the bureau states both, else those that the scheme names.

    project: those of one project instead. An adjusted budget that is not stated is 年初预算 + 调整, when both are;
    the initial budget alone never stands in.
    """
    numerator, denominator = FigureKey.parse(law.numerator), FigureKey.parse(law.denominator)
    if project:
        numerator, denominator = _of_project(numerator, project), _of_project(denominator, project)
    budget = actual = None
    for concept in (numerator.concept,) if project else (FORM_ROW, ""):
        budget = _stated(year, _of(denominator, concept))
        actual = _stated(year, _of(numerator, concept))
        if budget and actual:
            return Execution(budget, actual)
    derived = _initial_plus_adjustment(year, denominator)
    return Execution(budget or derived, actual, "全年预算数 = 年初预算数 + 调整数" if derived and not budget else "")


@rule(id="scoring.execution", cites=("mof-2020-10",))
def execution_score(rate: Fraction, weight: Decimal, law: ExecutionRule, places: int) -> tuple[Decimal, str]:
    """预算执行率得分: weight × outturn ÷ adjusted budget incl. carry-over, capped.

    Unit: 分. Rounding: half up, once, from the exact rate and not from the printed percentage.
    A rate below zero (net refunds) earns nothing.
    """
    share = min(max(rate, Fraction(0)), Fraction(law.cap))
    score = points(weight, share, places)
    cap = f"，封顶 {shown(Fraction(law.cap))}" if rate > law.cap else ""
    return score, f"{cap}；{shown(Fraction(weight))} × {percent(share)} = {score} 分"


def rate_figure(execution: Execution, act: str, trust: str) -> Figure | None:
    """The rate as a derived figure with both amounts as inputs.

    Unit: %. Rounding: none in the value; shown with two decimals.
    """
    rate = execution.rate
    if rate is None or execution.budget is None or execution.actual is None:
        return None
    value = as_decimal(rate * 100)
    return Figure(
        key=RATE_KEY,
        label="预算执行率",
        source=Source(SourceKind.DERIVED),
        quantity=Quantity(value, "%", RATE_PLACES),
        how="；".join(part for part in ("全年执行数 ÷ 全年预算数", execution.how) if part),
        act=act,
        trust=trust,
        inputs=(execution.actual, execution.budget),
    )


def rate_words(execution: Execution) -> str:
    """`全年执行数 11436.27 ÷ 全年预算数 13351.2 ≈ 85.66%`."""
    rate = execution.rate
    if rate is None or execution.budget is None or execution.actual is None:
        return ""
    actual, budget = execution.actual.quantity, execution.budget.quantity
    sign = equals(rate * 100, RATE_PLACES).partition(" ")[0]
    more = f"（{execution.how}）" if execution.how else ""
    return f"全年执行数 {actual} ÷ 全年预算数 {budget}{more} {sign} {percent(rate)}"


def _of(key: FigureKey, concept: str) -> FigureKey:
    return FigureKey(concept or key.concept, key.stage, key.unit, key.member)


def _of_project(key: FigureKey, project: str) -> FigureKey:
    return FigureKey(PROJECT_SPENDING, key.stage, "", f"project:{project}")


def _stated(year: BureauYear, key: FigureKey) -> Figure | None:
    figure = year.figures.get(key)
    return figure if figure and figure.quantity else None


def _initial_plus_adjustment(year: BureauYear, key: FigureKey) -> Figure | None:
    initial = _stated(year, FigureKey(key.concept, Stage.INITIAL, key.unit, key.member))
    change = _stated(year, FigureKey(key.concept, Stage.ADJUSTMENT, key.unit, key.member))
    if initial is None or change is None or initial.quantity is None or change.quantity is None:
        return None
    places = max(initial.quantity.places, change.quantity.places)
    unit = initial.quantity.unit
    value = (initial.quantity.base + change.quantity.base) / unit.factor
    return Figure(
        key=key,
        label=initial.label,
        source=Source(SourceKind.DERIVED),
        quantity=Quantity(value, unit.name, places),
        how="年初预算数 + 调整数",
        inputs=(initial, change),
    )
