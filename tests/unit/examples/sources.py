"""The example years, read once, and small exact arithmetic over their figures."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import FigureKey
from rongji.performance.workbook import load_example

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
PUBLISHED = {
    "wangcheng-2021": "000",
    "yuelu-2021": "001",
    "tianxin-2019": "002",
    "yueyang-2022": "003",
    "panyu-2021": "004",
}
MADE_UP = ("qingshan-2024", "qingshan-2023")
EVERY = (*PUBLISHED, *MADE_UP)


@cache
def year_of(name: str) -> BureauYear:
    """The bureau-year of an example folder."""
    facts, problems = load_example(EXAMPLES / name / "year.yaml")
    assert facts is not None, [str(item) for item in problems]
    return facts


def keys_of(name: str) -> tuple[FigureKey, ...]:
    """Every fact that an example year states, each once."""
    return tuple(year_of(name).figures.keys())


def value(facts: BureauYear, key: str, unit_name: str = "万元") -> Decimal:
    """The leading number of a fact, money in 万元."""
    quantity = facts.figures.quantity(FigureKey.parse(key))
    assert quantity is not None, key
    return quantity.base / 10_000 if quantity.unit_name in ("元", "万元") and unit_name == "万元" else quantity.value


def records(name: str, file: str) -> list[dict[str, str]]:
    """The rows of one of the csv files beside a year."""
    with (EXAMPLES / name / file).open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def money(rows: Iterable[dict[str, str]], column: str = "金额（元）") -> Decimal:
    """The sum of a column, from 元 to 万元."""
    return sum((Decimal(row[column]) for row in rows), Decimal(0)) / 10_000
