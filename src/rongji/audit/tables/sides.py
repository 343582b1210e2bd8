"""Tables side by side in one block (收入 | 支出): each has labels of its own, and is a block of its own."""

from collections.abc import Sequence
from dataclasses import replace

from rongji.audit.tables.blocks import Block
from rongji.audit.tables.frame import NAMING, frame_of, kept_columns
from rongji.audit.tables.words import bare_heading
from rongji.checks.stated.model import Column, ColumnKind

_FEWEST = 4  # columns of two tables side by side
_SHORTEST = 2  # columns of one of them


def sides_of(block: Block) -> list[Block]:
    """The block itself, or the two or three that stand side by side in it (收入 | 支出), each with its own labels."""
    kept, _ = kept_columns(block)
    columns = frame_of(block, ()).columns if len(kept) >= _FEWEST and block.kind == "table" else ()
    begins = _begins_side if block.head else _begins_names
    starts = [0, *(c.index for c in columns if begins(columns, c))]
    if len(starts) == 1:
        return [block]
    stops = [*(kept[start] for start in starts[1:]), block.lattice.width]
    firsts = [0, *(kept[start] for start in starts[1:])]  # a cell beside all of it goes with the first
    return [replace(block, columns=range(first, stop)) for first, stop in zip(firsts, stops, strict=True)]


def _begins_side(columns: tuple[Column, ...], column: Column) -> bool:
    """Whether a table of its own begins at a column: labels again, behind numbers, under the heading of the first."""
    before, after = columns[: column.index], columns[column.index :]
    if _repeats_headings(columns, column):
        return True
    if column.kind not in NAMING or not any(c.kind is ColumnKind.VALUE for c in before):
        return False
    if columns[column.index - 1].kind in NAMING or not any(c.kind is ColumnKind.VALUE for c in after):
        return False
    first = columns[0]
    if not column.path or not first.path:
        return False
    same = bare_heading(column.title) == bare_heading(first.title)
    return same or (len(column.path) > 1 and _parts_the_groups(before, after))


def _repeats_headings(columns: tuple[Column, ...], column: Column) -> bool:
    """Whether the headings behind a column of words are those behind the first (资产 年初 期末 | 负债 年初 期末)."""
    size = column.index
    if size < _SHORTEST or column.kind not in (ColumnKind.LABEL, ColumnKind.TEXT) or len(columns) < 2 * size:
        return False
    if columns[0].kind not in (ColumnKind.LABEL, ColumnKind.TEXT):
        return False
    left = [bare_heading(item.title) for item in columns[1:size]]
    right = [bare_heading(item.title) for item in columns[size + 1 : 2 * size]]
    return left == right and all(left) and any(item.kind is ColumnKind.VALUE for item in columns[1:size])


def _begins_names(columns: tuple[Column, ...], column: Column) -> bool:
    """Whether names begin again in a block without headings: words between two columns of numbers."""
    before, after = columns[: column.index], columns[column.index + 1 :]
    words = (ColumnKind.LABEL, ColumnKind.TEXT)
    return (
        column.kind in words
        and bool(before)
        and before[-1].kind is ColumnKind.VALUE
        and bool(after)
        and after[0].kind is ColumnKind.VALUE
    )


def _parts_the_groups(before: Sequence[Column], after: Sequence[Column]) -> bool:
    """Whether each heading of the upper row stands over one side only, and over labels and numbers there."""
    left, right = {c.path[:1] for c in before}, {c.path[:1] for c in after}
    kinds = {c.path[:1]: {d.kind for d in (*before, *after) if d.path[:1] == c.path[:1]} for c in (*before, *after)}
    return not left & right and all(ColumnKind.LABEL in found and ColumnKind.VALUE in found for found in kinds.values())
