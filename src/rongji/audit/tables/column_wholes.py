"""Which column is part of which: under 其中, beside a 合计 of its own, under a heading that divides what 合计 sums."""

from collections.abc import Sequence
from dataclasses import replace

from rongji.audit.tables.adding import Adding, Amounts
from rongji.audit.tables.blocks import Block
from rongji.audit.tables.headings import headings_over
from rongji.audit.tables.words import folded, is_plain_sum, row_kind_of
from rongji.checks.stated.model import Column, ColumnKind, Parts, RowKind
from rongji.law.recognition import headers


def with_wholes(block: Block, kept: list[int], columns: list[Column]) -> tuple[Column, ...]:
    """Which column is part of which: under 其中, under a heading with a 合计 of its own, beside a 合计."""
    made = list(columns)
    for index, column in enumerate(columns if not block.loose else ()):
        if column.kind is not ColumnKind.VALUE:
            continue
        whole, parts = _whole_of(block, kept, columns, column)
        made[index] = replace(column, whole=whole, parts=parts)
    return tuple(made)


def _whole_of(block: Block, kept: list[int], columns: list[Column], column: Column) -> tuple[int | None, Parts]:
    for depth in range(len(column.path) - 1, -1, -1):
        heading = column.path[depth]
        if depth < len(column.path) - 1 and row_kind_of(heading) is RowKind.PART:
            return _left_of_group(block, kept, columns, column, depth), Parts.UNKNOWN
    if row_kind_of(column.title) is RowKind.PART and len(column.title) > 3:
        return _last_whole(columns, column.index), Parts.UNKNOWN
    found = _beside_total(columns, column)
    found = _under_total(columns, column) if found is None else found
    return found, Parts.ALL if found is not None else Parts.UNKNOWN


def _left_of_group(block: Block, kept: list[int], columns: list[Column], column: Column, depth: int) -> int | None:
    """The column left of the group that stands under 其中."""
    group = headings_over(block, kept[column.index])[depth]
    left = [item for item in columns if kept[item.index] < group.column and item.kind is ColumnKind.VALUE]
    same = [item for item in left if item.path[:depth] == column.path[:depth]]
    return same[-1].index if same else None


def _last_whole(columns: list[Column], index: int) -> int | None:
    left = [c for c in columns[:index] if c.kind is ColumnKind.VALUE and row_kind_of(c.title) is not RowKind.PART]
    return left[-1].index if left else None


def _beside_total(columns: list[Column], column: Column) -> int | None:
    """The 合计 or 小计 that stands first or last among the columns of the same heading, basis and year."""
    if is_total_title(column.title) or any(word in column.title for word in headers().outside_totals):
        return None
    group = [
        item
        for item in columns
        if item.kind is ColumnKind.VALUE
        and item.path[:-1] == column.path[:-1]
        and len(item.path) == len(column.path)
        and (item.stage, item.year, item.unit_name) == (column.stage, column.year, column.unit_name)
    ]
    totals = [item for item in group if is_total_title(item.title)]
    if len(totals) != 1 or len(group) < 3 or totals[0] not in (group[0], group[-1]):
        return None
    return totals[0].index


def _under_total(columns: list[Column], column: Column) -> int | None:
    """The column of the same name under the heading 合计 beside headings that divide it (城镇 | 农村 | 合计)."""
    if len(column.path) < 2 or is_total_title(column.path[0]) or is_total_title(column.title):
        return None
    same = [item for item in columns if item.kind is ColumnKind.VALUE and item.path[1:] == column.path[1:]]
    totals = [item for item in same if is_total_title(item.path[0])]
    return totals[0].index if len(totals) == 1 and len(same) > 2 else None


def is_total_title(title: str) -> bool:
    """Whether a heading names the sum of its neighbours."""
    return row_kind_of(folded(title)) in (RowKind.TOTAL, RowKind.SUBTOTAL)


def witnessed(columns: tuple[Column, ...], amounts: Amounts, rows: Sequence[int]) -> tuple[Column, ...]:
    """Columns beside a sum are surely all its parts where a row bears it out, or its heading is a plain 合计."""
    across = Adding({(column, row): item for (row, column), item in amounts.items()}, rows)
    made = list(columns)
    for whole in {column.whole for column in columns if column.whole is not None and column.parts is Parts.ALL}:
        parts = [column for column in columns if column.whole == whole]
        witness = across.witness(whole, [(column.sign, column.index) for column in parts])
        if witness.held or (is_plain_sum(columns[whole].title) and not witness.denies):
            continue
        for column in parts:
            made[column.index] = replace(column, parts=Parts.UNKNOWN, whole=None if witness.mixed else whole)
    return tuple(made)
