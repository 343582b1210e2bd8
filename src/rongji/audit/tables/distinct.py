"""No two numbers share a key by accident: names that come again in tables are facts of their own unless surely one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from rongji.audit.context import Context
from rongji.audit.naming import is_known_fact, own_key
from rongji.checks.stated.model import RowKind, StatedCell, StatedTable
from rongji.kernel.figure import FigureKey

_TELLING = 5  # characters of a name that is no everyday word
_SCORE = "自评得分"


def distinct(tables: Iterable[StatedTable], context: Context) -> tuple[StatedTable, ...]:
    """The tables with keys of their own for numbers that would meet by their name alone."""
    found = tuple(tables)
    shared = Counter(key for table in found for key in {figure.key for figure in table.figures()})
    return tuple(_told_apart(table, shared, context) for table in found)


@dataclass
class _Uses:
    """How one key is used in one region."""

    count: int = 0
    kinds: set[RowKind] = field(default_factory=set)
    staged: bool = True


def _told_apart(table: StatedTable, shared: Counter[FigureKey], context: Context) -> StatedTable:
    clashing = {
        key
        for key, uses in _uses(table).items()
        if (uses.count > 1 and not (table.part == "funds" and uses.kinds == {RowKind.TOTAL}))
        or (shared[key] > 1 and not _is_surely_one(table, key, uses, context))
    }
    return replace(table, cells=tuple(_cells(table, clashing))) if clashing else table


def _uses(table: StatedTable) -> dict[FigureKey, _Uses]:
    found: dict[FigureKey, _Uses] = {}
    kinds = {row.index: row.kind for row in table.rows}
    for cell in table.cells:
        if cell.figure:
            uses = found.setdefault(cell.figure.key, _Uses())
            uses.count += 1
            uses.kinds.add(kinds[cell.row])
            uses.staged = uses.staged and bool(table.columns[cell.column].stage)
    return found


def _is_surely_one(table: StatedTable, key: FigureKey, uses: _Uses, context: Context) -> bool:
    """Whether a name in several tables is one fact: a known one, or a telling name on a basis that is printed."""
    if key.concept == _SCORE:
        return False
    if is_known_fact(key.concept, context):
        return True
    return len(key.concept) >= _TELLING and table.part != "indicators" and uses.staged


def _cells(table: StatedTable, clashing: set[FigureKey]) -> Iterator[StatedCell]:
    for cell in table.cells:
        figure = cell.figure
        if figure is None or figure.key not in clashing or figure.source.at is None:
            yield cell
            continue
        key = own_key(figure.label, stage=figure.key.stage, at=figure.source.at)
        yield replace(cell, figure=replace(figure, key=key))
