"""The made-up year passes every check and every gate, and its own scores are those of the scheme."""

from datetime import date
from decimal import Decimal

import pytest
from unit.examples.sources import MADE_UP, year_of

from rongji.checks.report import check_year
from rongji.kernel.bureau_year import Direction
from rongji.kernel.finding import Verdict
from rongji.rules.scoring.evaluate import evaluate_projects, evaluate_under_law

DAY = date(2025, 3, 20)


@pytest.mark.parametrize("name", MADE_UP)
def test_nothing_is_found_and_nothing_is_asked(name):
    found = check_year(year_of(name))
    assert [item.explanation for item in (*found.trouble, *found.of(Verdict.QUESTION))] == []


def test_the_evaluation_is_final_and_is_what_the_year_states():
    facts = year_of("qingshan-2024")
    evaluation = evaluate_under_law(facts, on=DAY, known_on=DAY)
    assert [gate.message for gate in evaluation.gates] == []
    assert evaluation.final and evaluation.weight_total == 100
    assert evaluation.total == facts.figure("score.total").quantity.value == Decimal("98.00")
    assert evaluation.grade == facts.profile["stated_grade"] == "优"


def test_each_stated_score_is_the_computed_one():
    facts = year_of("qingshan-2024")
    evaluations = (
        evaluate_under_law(facts, on=DAY, known_on=DAY),
        *evaluate_projects(facts, on=DAY, known_on=DAY).values(),
    )
    rows = [row for evaluation in evaluations for row in evaluation.rows if row.stated is not None]
    assert len(rows) == 1 + 25 + 36
    assert [(row.id, row.stated, row.score) for row in rows if row.stated != row.score] == []


def test_it_shows_every_kind_of_indicator():
    rows = [row for row in year_of("qingshan-2024").indicators if not row.project]
    assert {row.direction for row in rows} == {
        Direction.AT_LEAST,
        Direction.AT_MOST,
        Direction.EXACT,
        Direction.QUALITATIVE,
    }
    assert {row.tier for row in rows if row.direction is Direction.QUALITATIVE} == {"reached", "partly"}
    assert {row.formula for row in rows if row.formula} == {
        "staff-control", "procurement-execution", "three-public-control", "operating-control",
    }  # fmt: skip
    missed = [row for row in rows if row.direction is Direction.AT_LEAST and row.actual.base < row.target.base]
    assert [row.code for row in missed] == ["I08"]
    assert all(row.reason for row in rows if row.stated_score.value < row.weight.value)
