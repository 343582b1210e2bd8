"""examples/README.md lists what does not agree in the published years; every row of it is computed again here."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from unit.examples.sources import EXAMPLES, PUBLISHED, year_of

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.quantity import Quantity

README = (EXAMPLES / "README.md").read_text(encoding="utf-8")
WORDS = {"矛盾", "进位", "存疑"}
TERM = re.compile(r"(Σ\([^)]+\)|[a-z_.]+(?::[a-z]+)?(?:@[A-Z]+)?(?:#[\w:]+)?(?:\[[^\]]+\])?)")


def rows_of(name: str) -> list[tuple[str, ...]]:
    """The rows under the heading of a year: formula, stated, computed, difference, verdict."""
    section = README.partition(f"### {name}")[2].partition("\n#")[0]
    cells = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in section.splitlines()
        if line.startswith("| `")
    ]
    return [(row[0].strip("`"), *row[1:5]) for row in cells]


ROWS = [(name, *row) for name in PUBLISHED for row in rows_of(name)]


def number(facts: BureauYear, term: str) -> Decimal:
    """A term of a formula: a key, one of its further statements in brackets, or a sum over members."""
    if term.startswith("Σ("):
        return sum_over(facts, term[2:-1])
    key, _, statement = term.rstrip("]").partition("[")
    found = [item for item in facts.figures.statements(FigureKey.parse(key)) if statement in ("", item.statement)]
    assert found, term
    return in_column_unit(found[0])


def in_column_unit(figure: Figure) -> Decimal:
    """Money in 万元, everything else as it stands."""
    quantity = figure.quantity
    assert quantity is not None
    return quantity.value / 10_000 if quantity.unit_name == "元" else quantity.value


def sum_over(facts: BureauYear, what: str) -> Decimal:
    """Weights or scores of all indicators, or the members of a breakdown."""
    if what.startswith("indicator."):
        field = {"indicator.weight": "weight", "indicator.score": "stated_score"}[what]
        return sum((getattr(row, field).value for row in facts.indicators if getattr(row, field)), Decimal(0))
    key = FigureKey.parse(what.partition("#")[0])
    members = facts.figures.members(key.concept, key.stage, "", what.partition("#")[2])
    assert len(members) > 1, what
    return sum((in_column_unit(item) for item in members), Decimal(0))


def compute(facts: BureauYear, formula: str) -> Decimal:
    """The right side: terms joined by + and −, or one quotient as a percentage."""
    if " / " in formula:
        top, bottom = (number(facts, term) for term in formula.split(" / "))
        return (top * 100 / bottom).quantize(Decimal("0.01"), ROUND_HALF_UP)
    total, sign = Decimal(0), 1
    for word in formula.split(" "):
        if word in ("+", "-"):
            sign = 1 if word == "+" else -1
        else:
            total += sign * number(facts, word.replace("\u3000", " "))
    return total


def sides(formula: str) -> tuple[str, str]:
    """Left and right side; blanks inside brackets stand for nothing."""
    left, _, right = re.sub(r"\[[^\]]*\]", lambda found: found[0].replace(" ", "\u3000"), formula).partition(" = ")
    return left.replace("\u3000", " "), right


def test_the_list_is_there_for_all_five_years():
    assert {row[0] for row in ROWS} == set(PUBLISHED)
    assert len(ROWS) >= 35


@pytest.mark.parametrize(("name", "formula", "stated", "computed", "difference", "verdict"), ROWS)
def test_a_listed_row_is_what_the_figures_say(name, formula, stated, computed, difference, verdict):
    facts = year_of(name)
    left, right = sides(formula)
    assert number(facts, left) == Decimal(stated)
    assert compute(facts, right) == Decimal(computed)
    assert Decimal(stated) - Decimal(computed) == Decimal(difference)
    assert verdict in WORDS


@pytest.mark.parametrize(
    ("name", "formula", "stated", "computed", "difference", "verdict"), [row for row in ROWS if row[5] == "进位"]
)
def test_rounding_explains_what_is_called_rounding(name, formula, stated, computed, difference, verdict):
    """Half a unit of the last printed place of every number that takes part is the most that printing hides."""
    facts = year_of(name)
    keys = [FigureKey.parse(term.partition("[")[0]) for term in TERM.findall(formula)]
    quantities: list[Quantity] = [facts.figures.get(key).quantity for key in keys]
    room = sum((item.half_unit for item in quantities), Decimal(0)) / 10_000
    assert Decimal(0) < abs(Decimal(difference)) <= room


@pytest.mark.parametrize(
    ("name", "key"),
    [("yueyang-2022", "expenditure.operating:actual@HQ"), ("yueyang-2022", "expenditure.basic:actual@HQ")],
)
def test_seven_places_are_finer_than_a_fen(name, key):
    quantity = year_of(name).figures.quantity(FigureKey.parse(key))
    assert quantity.places == 7
    assert (quantity.base * 100) % 1 != 0
