"""公式: an actual value computed from the year's figures, with the figures, the basis and the act behind it."""

import pytest
from spec.scoring.builders import DAY, closing_year, evaluated, figure, gate_codes, law, money, row

from rongji.kernel.figure import FigureSet
from rongji.law.formulas import formula
from rongji.rules.scoring.formulas import CannotCompute, computed_actual

REASON = "年中有 5 名安置人员列入编制外过渡"

CASES = [
    # 公式, 数据, 算得
    ("staff-control", {"staff.serving:actual": "43人", "posts.total": "38人"}, "113.16%"),
    ("staff-control", {"staff.serving:actual": "10人", "posts.total": "10人"}, "100.00%"),
    ("three-public-change", {"three_public.total:actual": "4.2150", "three_public.total:prior": "5"}, "-15.70%"),
    ("three-public-control", {"three_public.total:actual": "3", "three_public.total:initial": "4"}, "75.00%"),
    ("budget-adjustment", {"expenditure.total:adjustment": "767.86", "expenditure.total:initial": "1922.76"}, "39.94%"),
    ("procurement-execution", {"procurement.total:actual": "81.37", "procurement.total:initial": "90"}, "90.41%"),
    ("card-use", {"card.settled:actual": "19", "card.required:actual": "20"}, "95.00%"),
    ("asset-use", {"asset.fixed_in_use:actual": "95", "asset.fixed:actual": "100"}, "95.00%"),
]


def named(name):
    """The formula as of the day of these tests."""
    return formula(name, on=DAY, known_on=DAY, law=law())


def figures(stated):
    """Figures by key."""
    return [figure(key, text) for key, text in stated.items()]


@pytest.mark.parametrize(("name", "stated", "result"), CASES)
def test_worked_cases(name, stated, result):
    """Numerator ÷ denominator, each a signed sum of figures."""
    found = computed_actual(named(name), FigureSet(tuple(figures(stated))))
    assert str(found.quantity) == result
    assert {str(item.key) for item in found.inputs} == set(stated)
    assert found.act
    assert found.trust
    assert found.how.endswith(f"= {result}（{named(name).definition.basis}）")


@pytest.mark.parametrize(
    ("stated", "problem"),
    [
        ({"staff.serving:actual": "43人"}, "缺少数据 posts.total"),
        ({}, "缺少数据 staff.serving:actual、posts.total"),
        ({"staff.serving:actual": "43人", "posts.total": "0人"}, "不大于 0"),
    ],
)
def test_what_cannot_be_computed_says_what_to_fill_in(stated, problem):
    """A missing figure by its key, and a denominator of zero."""
    with pytest.raises(CannotCompute) as refused:
        computed_actual(named("staff-control"), FigureSet(tuple(figures(stated))))
    assert problem in str(refused.value)


def test_a_counting_formula_is_the_figure_itself():
    """Persons paid: from the payroll's figure, said with it, in wholes; the figure is what it opens into."""
    found = computed_actual(named("benefit-recipients"), FigureSet((figure("payments.recipients", "5284", "人"),)))
    assert str(found.quantity) == "5284人"
    assert [str(item.key) for item in found.inputs] == ["payments.recipients"]
    assert found.how == "payments.recipients 5284人（当年核发过定期抚恤补助的不同人员）"


@pytest.mark.parametrize(
    ("stated", "problem"),
    [((), "缺少数据 payments.recipients"), ((figure("payments.recipients", "5", "万元"),), "不能以“人”计量")],
)
def test_a_count_that_cannot_be_told_says_why(stated, problem):
    """Nobody was counted, or something else was."""
    with pytest.raises(CannotCompute) as refused:
        computed_actual(named("benefit-recipients"), FigureSet(stated))
    assert problem in str(refused.value)


def test_a_counted_actual_is_scored():
    """5284 of 5300 planned: 6 × 5284 ÷ 5300."""
    stated = [*money(), figure("payments.recipients", "5284", "人")]
    counted = row("≥", "5300", None, unit="人", formula="benefit-recipients", reason=REASON)
    formulas = {"benefit-recipients": named("benefit-recipients")}
    scored = evaluated(closing_year(counted, figures=stated), formulas=formulas).row("X")
    assert (scored.actual, str(scored.score)) == ("5284", "5.98")


def by_formula(**more):
    """A row whose actual is the control rate."""
    return row("≤", "100", None, unit="%", formula="staff-control", **more)


def test_the_computed_actual_is_scored_and_explained():
    """43 ÷ 38 = 113.16 % against ≤ 100 %: 6 × 100 ÷ 113.16."""
    stated = [*money(), *figures({"staff.serving:actual": "43人", "posts.total": "38人"})]
    formulas = {"staff-control": named("staff-control")}
    scored = evaluated(closing_year(by_formula(reason=REASON), figures=stated), formulas=formulas).row("X")
    assert (scored.actual, str(scored.score)) == ("113.16", "5.30")
    assert "实际值由公式算出：" in scored.how
    assert [str(item.key) for item in scored.inputs[0].inputs] == ["staff.serving:actual", "posts.total"]


def test_the_computed_actual_goes_before_a_typed_one():
    """100 % typed, 113.16 % computed: the typed one is the checks' business."""
    stated = [*money(), *figures({"staff.serving:actual": "43人", "posts.total": "38人"})]
    typed = row("≤", "100", "100", unit="%", formula="staff-control", reason=REASON)
    scored = evaluated(closing_year(typed, figures=stated), formulas={"staff-control": named("staff-control")}).row("X")
    assert scored.actual == "113.16"


def test_without_its_figures_a_formula_is_a_gate():
    """A typed actual is then used for the provisional score only."""
    typed = row("≤", "100", "100", unit="%", formula="staff-control")
    facts, formulas = closing_year(typed), {"staff-control": named("staff-control")}
    assert gate_codes(facts, formulas=formulas) == [("formula-inputs", "X")]
    assert str(evaluated(facts, formulas=formulas).row("X").score) == "6.00"


def test_an_unknown_formula_is_a_gate():
    """By its id."""
    assert gate_codes(closing_year(row("≤", "100", "100", unit="%", formula="no-such"))) == [("formula-unknown", "X")]
