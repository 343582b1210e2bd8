"""A year in which everything agrees has nothing to say; changing any single figure of it is caught."""

from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spec.checks.builders import report
from spec.checks.consistent_year import consistent_year

from rongji.checks.intervals import margin
from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureSet
from rongji.kernel.finding import Verdict
from rongji.kernel.quantity import Quantity, half_up
from rongji.kernel.units import UnitKind, unit
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


@settings(max_examples=30, deadline=None)
@given(data=st.data())
def test_a_changed_point_of_any_table_is_caught(data):
    """Weights and scores of the bureau's table and of every project's table.

    A score below what follows wants a reason; where one is written down, a question is enough.
    """
    facts = facts_of("qingshan-2024")
    place = data.draw(st.integers(0, len(facts.indicators) - 1), label="row")
    field = data.draw(st.sampled_from(["weight", "stated_score"]), label="field")
    away = data.draw(st.sampled_from([Decimal(1), Decimal(-1), Decimal(4)]), label="by")
    item = facts.indicators[place]
    quantity = getattr(item, field)
    changed = replace(item, **{field: replace(quantity, value=quantity.value + away)})
    rows = (*facts.indicators[:place], changed, *facts.indicators[place + 1 :])
    found = report(replace(facts, indicators=rows))
    is_explained = field == "stated_score" and away < 0 and bool(item.reason)
    questions = found.of(Verdict.QUESTION) if is_explained else ()
    assert found.trouble or questions, f"{item.code} {field} {away:+f}"


@settings(max_examples=30, deadline=None)
@given(number=st.integers(0, 10**6), lost=st.sampled_from([0.0, 0.1, 0.4]))
def test_a_year_printed_anyhow_with_cells_missing_is_not_accused(number, lost):
    """True figures at any places in 元, 万元 or 亿元, a share of them left out: nothing contradicts."""
    facts, seed = facts_of("qingshan-2024"), Random(number)
    figures = tuple(printed_anyhow(item, seed) for item in facts.figures if seed.random() >= lost)
    silent = {name: text for name, text in facts.profile.items() if not name.endswith("_complete")}
    found = report(replace(facts, figures=FigureSet(figures), profile=silent))
    assert [item.explanation for item in found.of(Verdict.CONTRADICTION)] == []


def printed_anyhow(item: Figure, seed: Random) -> Figure:
    """An amount rounded as some table might print it; everything else as it stands."""
    if item.quantity is None or item.quantity.unit.kind is not UnitKind.MONEY:
        return item
    unit_name, places = seed.choice(
        [
            ("万元", 0),
            ("万元", 1),
            ("万元", 2),
            ("万元", 2),
            ("万元", 4),
            ("元", 0),
            ("元", 2),
            ("亿元", 2),
            ("亿元", 4),
        ]
    )
    value = half_up(item.quantity.base / unit(unit_name).factor, places)
    quantity = Quantity(value, unit_name, places)
    return replace(item, quantity=quantity, printed=quantity.shown())
