"""What the tests of reports share: the example years with everything computed, the forms, small made-up figures."""

from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from rongji.kernel.bureau_year import BureauYear
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Source, SourceKind
from rongji.kernel.quantity import Quantity
from rongji.performance.workbook import load_example
from rongji.reports.form import Form
from rongji.reports.form_reader import load_forms
from rongji.reports.gather import gather_sources
from rongji.reports.sources import Sources

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ("panyu-2021", "tianxin-2019", "wangcheng-2021", "yuelu-2021", "yueyang-2022")
DAY = date(2023, 3, 31)


@cache
def example_year(name: str) -> BureauYear:
    """An example year as the workbook reader returns it."""
    year, problems = load_example(ROOT / "examples" / name / "year.yaml")
    assert year is not None, problems
    return year


@cache
def example_sources(name: str) -> Sources:
    """An example year with its evaluation and findings."""
    return gather_sources(example_year(name), on=DAY, known_on=DAY)


@cache
def all_forms() -> dict[str, Form]:
    """Every form of the checkout."""
    return load_forms(ROOT / "legal" / "forms")


@pytest.fixture
def forms() -> dict[str, Form]:
    """Every form of the checkout."""
    return all_forms()


@pytest.fixture
def sources() -> Callable[[str], Sources]:
    """`sources("yuelu-2021")`."""
    return example_sources


def figure(key: str, text: str, unit: str, **more: object) -> Figure:
    """A made-up figure: `figure("fact.visits", "458", "人次", vague="余")`."""
    made = FigureKey.parse(key)
    return Figure(made, key, Source(SourceKind.DECLARED, note="示例"), Quantity.parse(text, unit), text, **more)  # type: ignore[arg-type]


@pytest.fixture
def some_figures() -> FigureSet:
    """A handful of figures of every kind of unit."""
    return FigureSet(
        (
            figure("expenditure.total:actual", "10107.87", "万元"),
            figure("share.basic:rate", "6.27", "%"),
            figure("fact.visits", "458", "人次"),
            figure("fact.placed", "36", "人"),
            figure("fact.aid", "420", "万元", vague="余"),
            figure("fact.paid", "3096", "万元", vague="约"),
            figure("fact.letters", "25000", "封", vague="以上"),
        )
    )
