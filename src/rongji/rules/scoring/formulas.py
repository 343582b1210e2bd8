"""Indicator formulas: an actual value computed from the year's figures, with everything it was computed from."""

from collections.abc import Sequence
from fractions import Fraction

from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.kernel.refusal import Refusal
from rongji.kernel.units import unit
from rongji.law.formulas import IndicatorFormula
from rongji.law.shapes.formula import Term
from rongji.rules.rule import rule
from rongji.rules.scoring.points import as_decimal


class CannotCompute(Refusal):
    """A formula whose figures are missing, do not fit together, or leave nothing to divide by."""

    code = "formula-cannot-compute"
    sentence = "公式“{formula}”无法计算：{problem}，请补填或改正这些数据。"

    @property
    def problem(self) -> str:
        """What is wrong, without the sentence around it."""
        return str(self.facts["problem"])


@rule(id="scoring.formula", cites=("mof-2013-53",))
def computed_actual(formula: IndicatorFormula, figures: FigureSet) -> Figure:
    """The actual value of an indicator: signed sum of figures ÷ signed sum of figures, over the whole bureau.

    A formula that only counts gives the sum of its figures itself.

    Unit: that of the formula, mostly %. Rounding: none in the value (28 digits); shown with the formula's places.
    Raises: CannotCompute when a figure is missing, kinds of units are mixed, or the denominator is not above zero.
    """
    definition = formula.definition
    if definition.is_count:
        return _counted(formula, figures)
    top = [(term, _stated(term, formula, figures)) for term in definition.numerator]
    bottom = [(term, _stated(term, formula, figures)) for term in definition.denominator]
    _refuse_missing(formula, [*top, *bottom], figures)
    numerator, denominator = _sum(top, formula), _sum(bottom, formula)
    if denominator <= 0:
        raise CannotCompute(formula=formula.label, problem=f"分母为 {_words(bottom)}，不大于 0")
    value = numerator / denominator / Fraction(unit(definition.unit).factor)
    quantity = Quantity(as_decimal(value), definition.unit, definition.places)
    return Figure(
        key=FigureKey(definition.concept or f"formula.{formula.id}", Stage.RATE),
        label=formula.label,
        source=Source(SourceKind.DERIVED),
        quantity=quantity,
        how=f"{_words(top)} ÷ {_words(bottom)} = {quantity}（{definition.basis}）",
        act=formula.row.act,
        trust=formula.row.trust.value,
        inputs=tuple(figure for _, figure in (*top, *bottom) if figure),
    )


def _counted(formula: IndicatorFormula, figures: FigureSet) -> Figure:
    """What a counting formula comes to, in its own unit."""
    definition = formula.definition
    top = [(term, _stated(term, formula, figures)) for term in definition.numerator]
    _refuse_missing(formula, top, figures)
    total, inputs = _sum(top, formula), tuple(figure for _, figure in top if figure)
    first = inputs[0].quantity
    if first is None or not first.unit.is_comparable_with(unit(definition.unit)):
        raise CannotCompute(formula=formula.label, problem=f"{_words(top)} 不能以“{definition.unit}”计量")
    value = as_decimal(total / Fraction(unit(definition.unit).factor))
    quantity = Quantity(value, definition.unit, definition.places)
    return Figure(
        key=FigureKey(definition.concept or f"formula.{formula.id}"),
        label=formula.label,
        source=Source(SourceKind.DERIVED),
        quantity=quantity,
        how=f"{_words(top)}（{definition.basis}）",
        act=formula.row.act,
        trust=formula.row.trust.value,
        inputs=inputs,
    )


Terms = Sequence[tuple[Term, Figure | None]]


def _stated(term: Term, formula: IndicatorFormula, figures: FigureSet) -> Figure | None:
    figure = figures.get(term.key)
    return figure if figure and figure.quantity else None


def _refuse_missing(formula: IndicatorFormula, terms: Terms, figures: FigureSet) -> None:
    missing = list(dict.fromkeys(str(term.key) for term, figure in terms if figure is None))
    if missing:
        raise CannotCompute(formula=formula.label, problem=f"缺少数据 {'、'.join(missing)}")


def _sum(terms: Terms, formula: IndicatorFormula) -> Fraction:
    """The signed sum in base units; figures of different kinds cannot be added."""
    quantities = [(term.sign, figure.quantity) for term, figure in terms if figure and figure.quantity]
    first = quantities[0][1].unit
    if any(not first.is_comparable_with(quantity.unit) for _, quantity in quantities):
        names = "、".join(dict.fromkeys(quantity.unit_name for _, quantity in quantities))
        raise CannotCompute(formula=formula.label, problem=f"计量单位不同（{names}）")
    return sum((sign * Fraction(quantity.base) for sign, quantity in quantities), Fraction(0))


def _words(terms: Terms) -> str:
    """`三公经费全年执行数 4.2150万元 − 三公经费上年决算数 5万元`, in brackets when there are several."""
    said = ""
    for term, figure in terms:
        sign = ("−" if term.sign < 0 else "") if not said else (" − " if term.sign < 0 else " + ")
        said += f"{sign}{figure.full_label} {figure.quantity}" if figure else ""
    return f"（{said}）" if len(terms) > 1 else said
