"""A year in which everything agrees has nothing to say; changing any single figure of it is caught."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spec.checks.builders import report
from spec.checks.consistent_year import consistent_year

from rongji.checks.intervals import margin
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Verdict
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind
from rongji.performance.workbook import load_example

QINGSHAN = Path(__file__).resolve().parents[3] / "examples" / "qingshan-2024" / "year.yaml"
YEARS = ("small", "qingshan-2024") if QINGSHAN.exists() else ("small",)


@cache
def facts_of(name: str) -> BureauYear:
    """The consistent year of that name."""
    if name == "small":
        return consistent_year()
    facts, problems = load_example(QINGSHAN)
    assert facts is not None, [str(item) for item in problems]
    return facts


@cache
def stated(name: str) -> tuple[Figure, ...]:
    """Every statement with a number in it."""
    return tuple(item for item in facts_of(name).figures if item.quantity is not None)


@pytest.mark.parametrize("name", YEARS)
def test_nothing_contradicts_and_nothing_is_missing(name):
    found = report(facts_of(name))
    assert [item.explanation for item in found.trouble] == []
    assert found.counts[Verdict.HOLDS] > 50


@pytest.mark.parametrize("name", YEARS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_single_changed_figure_is_caught(name, data):
    item = data.draw(st.sampled_from(stated(name)), label="figure")
    changed = data.draw(other_value(item.quantity), label="changed to")
    facts = facts_of(name)
    after = replace(facts, figures=facts.figures.replacing(item, changed))
    assert report(after).trouble, f"{item.key} {item.statement}: {item.quantity} → {changed}"


def other_value(quantity: Quantity) -> st.SearchStrategy[Quantity]:
    """Any other value, further away than the printed places of a dozen figures can explain."""
    step = Decimal(1).scaleb(-quantity.places)
    least = 20 if margin(quantity) else 1
    if quantity.unit.kind is UnitKind.SCORE:
        least = int(Decimal("0.5") / step) or 1
    steps = st.integers(min_value=least, max_value=10**6)
    up = steps.map(lambda count: quantity.value + count * step)
    down = steps.map(lambda count: quantity.value - count * step).filter(lambda value: value >= 0)
    values = up if quantity.value < least * step else st.one_of(up, down)
    return values.map(lambda value: Quantity(value, quantity.unit_name, quantity.places))


def test_every_statement_of_the_small_year_is_held_fast():
    """Not left to chance: each figure in turn, once up and once down."""
    facts, loose = facts_of("small"), []
    for item in stated("small"):
        for away in (Decimal(20), Decimal(-20)):
            step = (
                Decimal(1).scaleb(-item.quantity.places)
                if item.quantity.unit.kind is not UnitKind.SCORE
                else Decimal("0.05")
            )
            value = item.quantity.value + away * step
            if value < 0:
                continue
            changed = replace(item.quantity, value=value)
            if report(replace(facts, figures=facts.figures.replacing(item, changed))).is_clean:
                loose.append(f"{item.key} {item.statement} {item.quantity} → {changed}")
    assert loose == []


@pytest.mark.parametrize("field", ["weight", "stated_score"])
@pytest.mark.parametrize("away", [1, -1])
def test_a_changed_weight_or_score_is_caught(field, away):
    facts = facts_of("small")
    for place, indicator in enumerate(facts.indicators):
        quantity = getattr(indicator, field)
        changed = replace(indicator, **{field: replace(quantity, value=quantity.value + away)})
        rows = (*facts.indicators[:place], changed, *facts.indicators[place + 1 :])
        assert report(replace(facts, indicators=rows)).trouble, f"{indicator.code} {field} {away:+d}"
