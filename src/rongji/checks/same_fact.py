"""同一事实: every printing of one fact has one value, in tables, in the text and as an indicator."""

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.bases import doubt_open_basis
from rongji.checks.excuses import unless_shortened
from rongji.checks.registry import check
from rongji.checks.relations import Terms
from rongji.checks.situation import Situation, as_figure
from rongji.kernel.bureau_year import IndicatorFacts
from rongji.kernel.figure import Figure, FigureKey, SourceKind, Stage
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind
from rongji.law.concepts import concepts_called
from rongji.law.formulas import formula, formula_called
from rongji.law.refusals import AmbiguousName, NoValueInForce, UnknownFormula
from rongji.law.shapes.formula import Definition, Term

FACT_PREFIX = "fact."
_YUAN_PER_WAN = 10_000


@check(title="同一事实各处数值一致")
def statements_agree(situation: Situation) -> Iterator[Finding]:
    """All printings of one fact agree within their printed places; slips of a unit are left to the unit check."""
    for finding, leading, other in statement_pairs(situation):
        if not is_unit_slip(leading, other):
            points = other.quantity is not None and other.quantity.unit.kind is UnitKind.SCORE
            finding = _of_two_registers(finding, leading, other)
            yield unless_shortened(finding, leading.quantity, other.quantity) if points else finding


def _of_two_registers(finding: Finding, leading: Figure, other: Figure) -> Finding:
    """Two sums over records are exact to the fen: what rounding would explain in print is a difference here."""
    counted = all(item.source.kind is SourceKind.DERIVED and item.rows for item in (leading, other))
    if finding.verdict is not Verdict.ROUNDING or not counted or not leading.quantity or not other.quantity:
        return finding
    gap = Quantity(leading.quantity.base - other.quantity.base, "元", 2) if leading.is_money else None
    said = f"，相差 {gap}" if gap else ""
    text = f"{leading.label}在{leading.statement}为 {leading.quantity}，在{other.statement}为 {other.quantity}{said}。"
    remedy = "两边都由记录加总，应当一分不差：逐批核对两边的记录，查明哪一边漏记或被改动。"
    return replace(finding, verdict=Verdict.CONTRADICTION, explanation=text, remedy=remedy)


@check(title="成本指标与支出、结余表一致")
def cost_indicators_match(situation: Situation) -> Iterator[Finding]:
    """An indicator whose value is the amount of a table row (部门整体支出、部门整体结余) states that row's amount."""
    for row in situation.year.indicators:
        actual = row.actual
        if actual is None or actual.unit.kind is not UnitKind.MONEY:
            continue
        called = concepts_called(situation.book, row.name.strip())
        tables = [situation.numbered(FigureKey(item.id, Stage.ACTUAL)) for item in called]
        stated = [item for item in tables if item]
        restated = {item.quantity for figure in stated for item in situation.year.figures.statements(figure.key)}
        if len(stated) == 1 and actual not in restated:
            shown = as_figure(f"指标“{row.name}”", actual, place=row.place)
            finding = relations.same_fact(stated[0], shown, subject=row.code)
            yield replace(finding, figures=(stated[0], shown))


@check(title="指标完成值与业务数据一致")
def indicators_match_facts(situation: Situation) -> Iterator[Finding]:
    """An indicator of the same name as one declared fact, counted in the same unit, states that fact's number."""
    for row in situation.year.indicators:
        named = [item for item in situation.year.declared_concepts if item.label == row.name.strip()]
        fact = situation.numbered(FigureKey(f"{FACT_PREFIX}{named[0].code}")) if len(named) == 1 else None
        if row.actual and fact and fact.quantity and fact.quantity.unit.is_comparable_with(row.actual.unit):
            shown = as_figure(f"指标“{row.name}”", row.actual, place=row.place)
            yield relations.same_fact(fact, shown, subject=row.code)


@check(title="比率类指标与本年数据算得的一致")
def indicator_rates_follow(situation: Situation) -> Iterator[Finding]:
    """An indicator that has a formula in law is recomputed from the year's own figures.

    Rates whose basis local forms leave open (控制率、变动率…) and rates of growth yield questions only.
    """
    for row in situation.year.indicators:
        definition = formula_of(situation, row)
        actual = row.actual
        if definition is None or actual is None or actual.unit.kind is not UnitKind.RATIO:
            continue
        stated = situation.numbered(FigureKey(definition.concept, Stage.RATE))
        if stated is not None and stated.quantity == actual:
            continue  # 同一比率已作为数据填列，由比率检查负责
        top, bottom = _terms(situation, definition.numerator), _terms(situation, definition.denominator)
        if not top or not bottom:
            continue
        rate = as_figure(f"指标“{row.name}”", actual, concept=definition.concept or "indicator", place=row.place)
        finding = relations.ratio_of_sums(rate, top, bottom, subject=row.code)
        inputs = tuple(figure for _, figure in (*top, *bottom))
        yield doubt_open_basis(_doubt_mixed_basis(finding, definition), definition.concept, inputs)


@check(title="数量类指标与本年数据一致")
def indicator_counts_follow(situation: Situation) -> Iterator[Finding]:
    """An indicator whose formula in law only counts states what the year's own figures come to."""
    for row in situation.year.indicators:
        definition, actual = formula_of(situation, row), row.actual
        if definition is None or actual is None or not definition.is_count:
            continue
        terms = _terms(situation, definition.numerator)
        if not terms or not _fits(actual, terms):
            continue
        shown = as_figure(f"指标“{row.name}”", actual, place=row.place)
        if len(terms) == 1 and terms[0][0] > 0:
            yield relations.same_fact(terms[0][1], shown, subject=row.code)
        else:
            yield relations.sum_of_parts(shown, terms, subject=row.code)


def _fits(actual: Quantity, terms: Terms) -> bool:
    """Whether what was counted is counted in the unit that the indicator states."""
    return all(figure.quantity and figure.quantity.unit.is_comparable_with(actual.unit) for _, figure in terms)


def statement_pairs(situation: Situation) -> Iterator[tuple[Finding, Figure, Figure]]:
    """Each further statement of a fact beside its leading one, with the comparison."""
    for key in situation.keys:
        stated = [item for item in situation.year.figures.statements(key) if item.quantity is not None]
        for other in stated[1:]:
            yield relations.same_fact(stated[0], other), stated[0], other


def is_unit_slip(leading: Figure, other: Figure) -> bool:
    """Whether two statements carry the same digits and differ by the factor of a unit (元 / 万元)."""
    if leading.quantity is None or other.quantity is None or leading.quantity.unit.kind is not UnitKind.MONEY:
        return False
    times = relations.power_of_ten(Fraction(leading.quantity.base), Fraction(other.quantity.base))
    return times >= _YUAN_PER_WAN


def formula_of(situation: Situation, row: IndicatorFacts) -> Definition | None:
    """The formula that an indicator names by id, or that is the only one of its name."""
    on, known_on, book = situation.on, situation.known_on, situation.book
    try:
        if row.formula:
            return formula(row.formula, on=on, known_on=known_on, law=book).definition
        called = formula_called(row.name.strip(), on=on, known_on=known_on, law=book)
    except (UnknownFormula, NoValueInForce, AmbiguousName):
        return None
    return called.definition


def _terms(situation: Situation, terms: tuple[Term, ...]) -> Terms:
    """The figures of a signed sum, or nothing when one of them is not stated."""
    found = [(term.sign, situation.numbered(term.key)) for term in terms]
    return [(sign, figure) for sign, figure in found if figure] if all(figure for _, figure in found) else []


def _doubt_mixed_basis(finding: Finding, definition: Definition) -> Finding:
    """A formula that is worked out by hand, or has a signed sum in it, is not accused on its numbers alone."""
    signed = any(term.sign < 0 for term in (*definition.numerator, *definition.denominator))
    if finding.verdict is Verdict.CONTRADICTION and (signed or definition.hand):
        return replace(
            finding, verdict=Verdict.QUESTION, explanation=f"{finding.explanation}口径：{definition.basis}。"
        )
    return finding
