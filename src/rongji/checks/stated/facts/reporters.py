"""汇编: documents that bind the forms of several departments or purses together, each with facts of its own.

Two tables of one layout that disagree on most of what they both state do not contradict each other: they speak of
different reporters. Their facts are kept apart.
"""

from collections.abc import Iterator
from decimal import Decimal

from rongji.checks.stated.memo import once_per_document
from rongji.checks.stated.model import ColumnKind, StatedDocument, StatedTable
from rongji.kernel.figure import FigureKey

_SEVERAL = 2
Facts = dict[FigureKey, Decimal]


@once_per_document
def own_reporters(document: StatedDocument) -> frozenset[int]:
    """The numbers of the tables that each speak for a reporter of their own; none in a document of one reporter."""
    by_layout: dict[object, dict[int, Facts]] = {}
    for table in document.tables:
        if table.certain:
            of_layout = by_layout.setdefault(_layout(table), {})
            of_layout.setdefault(table.number, {}).update(_facts(table))
    return frozenset(number for tables in by_layout.values() for number in _apart(tables))


def _apart(tables: dict[int, Facts]) -> Iterator[int]:
    """The tables of one layout, where most of them disagree with the first on most of what both state."""
    if len(tables) < _SEVERAL:
        return
    first, *others = tables.values()
    apart = [other for other in others if _disagree(first, other)]
    if len(apart) * 2 > len(others):
        yield from tables


def _disagree(one: Facts, other: Facts) -> bool:
    shared = [key for key in one if key in other]
    return len(shared) >= _SEVERAL and sum(1 for key in shared if one[key] != other[key]) * 2 > len(shared)


def _layout(table: StatedTable) -> object:
    headed = any(column.path for column in table.columns)
    titles = tuple(column.path for column in table.columns) if headed else tuple(row.label for row in table.rows)
    return table.form, table.part, titles


def _facts(table: StatedTable) -> Iterator[tuple[FigureKey, Decimal]]:
    """What it states of the whole department."""
    points = {column.index for kind in (ColumnKind.WEIGHT, ColumnKind.SCORE) for column in table.columns_of(kind)}
    for cell in table.cells:
        figure = cell.figure
        if figure is None or figure.quantity is None or cell.column in points:
            continue
        if not figure.key.unit and not figure.key.member.startswith("at:"):
            yield figure.key, figure.quantity.base
