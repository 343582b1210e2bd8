"""Indicator formulas: what each rate divides by what."""

from datetime import date
from decimal import Decimal

import pytest

from rongji.kernel.bureau_year import Direction
from rongji.kernel.figure import FigureKey
from rongji.kernel.units import UnitKind, unit
from rongji.law.formulas import formula, formula_called, formula_ids, formulas
from rongji.law.loader import lawbook
from rongji.law.model import Trust
from rongji.law.refusals import NoValueInForce, UnknownFormula
from rongji.law.shapes.formula import ScoringKind
from rongji.law.wording import formula_in_words

TODAY = {"on": date(2025, 3, 1), "known_on": date(2025, 3, 1)}

DIVISIONS = [
    ("staff-control", ["staff.serving:actual"], ["posts.total"]),
    ("three-public-control", ["three_public.total:actual"], ["three_public.total:initial"]),
    ("three-public-change", ["three_public.total:actual", "-three_public.total:prior"], ["three_public.total:prior"]),
    (
        "three-public-change-budget",
        ["three_public.total:initial", "-three_public.total:initial#year:prior"],
        ["three_public.total:initial#year:prior"],
    ),
    ("procurement-execution", ["procurement.total:actual"], ["procurement.total:initial"]),
    ("card-use", ["card.settled:actual"], ["card.required:actual"]),
    ("asset-use", ["asset.fixed_in_use:actual"], ["asset.fixed:actual"]),
    ("budget-execution", ["expenditure.total:actual"], ["expenditure.total:adjusted"]),
    ("budget-adjustment", ["expenditure.total:adjustment"], ["expenditure.total:initial"]),
    ("expenditure-completion", ["expenditure.total:actual"], ["expenditure.total:initial"]),
    ("carry-over", ["balance.current:actual"], ["expenditure.total:actual"]),
    ("carry-over-budget", ["balance.current:actual"], ["expenditure.total:adjusted"]),
    ("operating-control", ["expenditure.operating:actual"], ["expenditure.operating:initial"]),
    ("key-work-completion", ["work.key_items:actual"], ["work.key_items:target"]),
    ("satisfaction", ["survey.satisfied:actual"], ["survey.respondents:actual"]),
]


@pytest.mark.parametrize(("formula_id", "numerator", "denominator"), DIVISIONS)
def test_what_is_divided_by_what(formula_id, numerator, denominator):
    """Signed sums of figures, by their keys."""
    found = formula(formula_id, **TODAY).definition
    assert ([str(term) for term in found.numerator], [str(term) for term in found.denominator]) == (
        numerator,
        denominator,
    )


COUNTS = [
    ("benefit-recipients", "payments.recipients", "人"),
    ("benefit-amount", "payments.amount", "万元"),
    ("one-off-recipients", "payments.one_off_recipients", "人"),
]


@pytest.mark.parametrize(("formula_id", "key", "unit_name"), COUNTS)
def test_what_is_only_counted(formula_id, key, unit_name):
    """No denominator: the figure itself, in its own unit."""
    found = formula(formula_id, **TODAY).definition
    assert (found.is_count, [str(term) for term in found.numerator], found.unit) == (True, [key], unit_name)


@pytest.mark.parametrize("formula_id", formula_ids())
def test_a_rate_has_a_denominator_and_a_count_measures_what_its_figures_do(formula_id):
    """A percentage of nothing, or persons counted in yuan, would be a slip in the file."""
    definition = formula(formula_id, **TODAY).definition
    if definition.is_count:
        units = {unit(lawbook().concepts[term.key.concept].unit) for term in definition.numerator}
        assert all(item.is_comparable_with(unit(definition.unit)) for item in units)
        assert unit(definition.unit).kind is not UnitKind.RATIO


@pytest.mark.parametrize("formula_id", formula_ids())
def test_every_key_of_every_formula_is_in_the_concept_catalogue(formula_id):
    """A formula cannot ask for a figure that nobody can state."""
    for table_row in lawbook().tables["", f"indicator.{formula_id}"].rows:
        for concept in getattr(table_row.value, "concepts", ()):
            assert concept in lawbook().concepts


@pytest.mark.parametrize("formula_id", formula_ids())
def test_a_rate_with_a_concept_of_its_own_is_checked_by_the_same_division(formula_id):
    """What computes a rate and what checks the stated one are one definition, written in two folders."""
    found = formula(formula_id, **TODAY).definition
    bound = [item for item in lawbook().identities if item.total.partition(":")[0] == found.concept]
    for identity in bound:
        now, base = (FigureKey.parse(part) for part in identity.parts)
        numerator = [(1, now), (-1, base)] if identity.kind == "growth" else [(1, now)]
        assert [(term.sign, term.key) for term in found.numerator] == numerator
        assert [term.key for term in found.denominator] == [base]


def test_the_2018_sheet_completes_the_budget_as_its_worked_case_shows():
    """(19.80 + 1922.76 + 767.86 − 19.80) ÷ (19.80 + 1922.76 + 767.86) = 99.27 %."""
    found = formula("budget-completion", **TODAY).definition
    figures = {
        "income.carried_over:actual": "19.80",
        "expenditure.total:initial": "1922.76",
        "expenditure.total:adjustment": "767.86",
        "balance.current:actual": "19.80",
    }
    above = sum(term.sign * Decimal(figures[str(term.key)]) for term in found.numerator)
    below = sum(term.sign * Decimal(figures[str(term.key)]) for term in found.denominator)
    assert (above, below) == (Decimal("2690.62"), Decimal("2710.42"))
    assert round(above / below * 100, 2) == Decimal("99.27")


@pytest.mark.parametrize(("day", "trust"), [("2018-12-30", Trust.MEMORY_MIDDLE), ("2018-12-31", Trust.DERIVED)])
def test_budget_completion_changes_when_the_2018_sheet_is_known(day, trust):
    """Both sides of the day from which the sheet is known."""
    assert formula("budget-completion", on=date(2018, 12, 31), known_on=date.fromisoformat(day)).row.trust is trust


@pytest.mark.parametrize(
    ("name", "formula_id"),
    [
        ("在职人员控制率", "staff-control"),
        ("“三公经费”变动率", "three-public-change"),
        ("三公经费变动率", "three-public-change"),
        ("三公经费变动率（预算对预算）", "three-public-change-budget"),
        ("预算控制率", "budget-adjustment"),
        ("重点工作办结率", "key-work-completion"),
        ("社会公众或服务对象满意度", "satisfaction"),
        ("公务卡 刷卡率", "card-use"),
        ("staff-control", "staff-control"),
    ],
)
def test_a_formula_answers_to_the_names_that_forms_print(name, formula_id):
    """Label, aliases and id."""
    assert formula_called(name, **TODAY).id == formula_id


def test_no_two_formulas_answer_to_one_name():
    """Otherwise a printed name would not say which division is meant."""
    words = [word for item in formulas(**TODAY) for word in item.words]
    assert len(words) == len(set(words))


def test_unknown_names_are_refused():
    """A name nobody knows is not guessed at."""
    with pytest.raises(UnknownFormula):
        formula_called("幸福指数", **TODAY)
    with pytest.raises(UnknownFormula):
        formula("scoring.national-2020", **TODAY)


def test_a_formula_is_not_in_force_before_its_act():
    """The common frame was published on 2013-04-21."""
    with pytest.raises(NoValueInForce):
        formula("staff-control", on=date(2013, 4, 20), known_on=date(2013, 4, 20))
    assert formula("staff-control", on=date(2013, 4, 21), known_on=date(2013, 4, 21)).definition.target == 100


def test_two_sheets_score_the_same_rate_differently():
    """−10 % of the weight per point on one, −0.5 of 8 on the other: both are kept, neither is chosen."""
    found = formula("staff-control", **TODAY)
    assert {name: item.deduct for name, item in found.scorings.items()} == {
        "2017": Decimal("0.10"),
        "2018": Decimal("0.0625"),
    }
    assert {row.act for row in found.scoring_rows.values()} == {"indicator-sheet-2017", "indicator-sheet-2018"}


def test_budget_adjustment_is_scored_in_steps():
    """0 → 8, up to 10 % → 6, 20 % → 4, 30 % → 2 of 8 points."""
    scoring = formula("budget-adjustment", **TODAY).scorings["2018"]
    assert scoring.kind is ScoringKind.BANDS
    assert [(step.upper, step.share * 8) for step in scoring.bands] == [(0, 8), (10, 6), (20, 4), (30, 2)]


@pytest.mark.parametrize("found", formulas(**TODAY), ids=lambda item: item.id)
def test_a_formula_reads_as_a_sentence(found):
    """Labels instead of keys, so that a clerk can follow it."""
    text = formula_in_words(found.definition, lawbook())
    assert (" ÷ " in text) is not found.definition.is_count
    assert text
    assert not any(concept in text for concept in found.definition.concepts)
    assert found.definition.direction in Direction
