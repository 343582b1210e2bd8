"""The yearly raises: each standard is the one of the year before times the year's percent, rounded as that year did."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from spec.entitlement.builders import D

from rongji.law.values import find

# year: percent for 因战/因公/因病 of grades 1–6, 因战/因公 of 7–10, 烈属/因公牺牲/病故, 三红; multiple rounded to
RULES = {
    "2018": ("10 10 10", "10 10", "10 10 10", "10", 10),
    "2019": ("10 10 10", "10 10", "10 10 10", "10", 10),
    "2020": ("10 10 10", "10 10", "10 10 10", "10", 10),
    "2021": ("10 10 10", "10 10", "10 10 10", "10", 10),
    "2022": ("9 8 7", "8 7", "9 8 7", "9", 10),
    "2023": ("7 6 5", "6 5", "7 6 5", "7", 10),
    "2024": ("6 5 4", "6 5", "6 5 4", "", 12),
    "2025": ("3 3 3", "3 3", "", "", 12),
}
CAUSES = ("因战", "因公", "因病")


def amount(table: str, year: int, **keys: str) -> int:
    """Yuan a year of one cell, as known at the end of time."""
    row = find(f"standards.{table}", on=D(f"{year}-12-31"), known_on=D("9999-12-31"), **keys)
    return row.value.amount_fen // 100


def raised(before: int, percent: str, multiple: int) -> int:
    """The amount after a raise, to the nearest multiple of yuan, half up."""
    exact = Decimal(before) * (100 + int(percent)) / 100 / multiple
    return int(exact.quantize(Decimal(1), ROUND_HALF_UP)) * multiple


def cells(year: str):
    """Every cell with the percent it was raised by that year."""
    high, low, survivors, red_army, _ = RULES[year]
    for grade in range(1, 11):
        for cause, percent in zip(CAUSES, (high if grade <= 6 else low).split(), strict=False):
            yield "disability_pension", {"cause": cause, "grade": str(grade)}, percent
    for kind, percent in zip(("烈属", "因公牺牲", "病故"), survivors.split(), strict=False):
        yield "survivor_pension", {"kind": kind}, percent
    for kind in ("在乡红军", "西路军", "失散红军") if red_army else ():
        yield "red_army_allowance", {"kind": kind}, red_army


@pytest.mark.parametrize("year", RULES)
def test_each_standard_follows_from_the_year_before(year):
    """Published and derived rows alike: no cell leaves the chain."""
    odd = [
        (table, keys)
        for table, keys, percent in cells(year)
        if amount(table, int(year), **keys) != raised(amount(table, int(year) - 1, **keys), percent, RULES[year][4])
    ]
    assert odd == []


def test_the_chain_is_of_all_cells():
    """26 disability cells, three kinds of survivors, three of the Red Army."""
    assert len(list(cells("2022"))) == 26 + 3 + 3


def test_a_wrong_percent_would_be_found():
    """The test above can fail: with the percent of the next grade band grade 7 does not follow."""
    assert raised(amount("disability_pension", 2021, cause="因战", grade="7"), "9", 10) != amount(
        "disability_pension", 2022, cause="因战", grade="7"
    )
