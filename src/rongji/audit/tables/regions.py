"""Blocks into regions of the contract: columns, rows with their wholes, cells with figures."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rongji.audit.context import Context
from rongji.audit.tables.blocks import LONG_TEXT, Block
from rongji.audit.tables.figures import Light, lists_organisations, stated_cell
from rongji.audit.tables.frame import Frame, frame_of, kept_columns
from rongji.audit.tables.lattice import Slot
from rongji.audit.tables.numbers import number_in
from rongji.audit.tables.stubs import Stub, stubs_of
from rongji.audit.tables.wholes import Node, placed
from rongji.audit.tables.words import unit_in, unit_told
from rongji.checks.stated.model import Column, ColumnKind, Row, StatedCell, StatedTable
from rongji.kernel.place import Place
from rongji.kernel.quantity import Quantity

_ADDED = (ColumnKind.VALUE, ColumnKind.WEIGHT, ColumnKind.SCORE)


@dataclass(frozen=True)
class Setting:
    """Where a table stands. unit_line: unit of money of the whole table; heading: headings above it."""

    context: Context
    number: int
    caption: str = ""
    unit_line: str = ""
    heading: tuple[str, ...] = ()


def region_of(block: Block, setting: Setting, index: int) -> StatedTable:
    """The region that a block is."""
    made = _pairs(block, setting) if block.kind == "pairs" else _table(block, setting, _unit_line(block, setting))
    doubt = "；".join(dict.fromkeys((*block.lattice.doubts, *block.doubts)))
    return replace(
        made,
        number=setting.number,
        region=index,
        caption=block.caption or setting.caption,
        heading=(*setting.heading, *made.heading),
        certain=not doubt,
        doubt=doubt,
    )


def _unit_line(block: Block, setting: Setting) -> str:
    named = (unit_in(text) for text in (block.unit_line, block.caption))
    return next((unit for unit in named if unit), "") or setting.unit_line


def _table(block: Block, setting: Setting, unit_line: str) -> StatedTable:
    kept, side = kept_columns(block)
    unit_line = next((unit for text in side if (unit := unit_in(text))), "") or unit_line
    frame = frame_of(block, unit_line)
    stubs = stubs_of(block, frame, kept)
    nodes = placed(stubs, _amounts(block, frame, kept, stubs), [c.index for c in frame.of_kind(*_ADDED)])
    rows = tuple(_row(node, nodes) for node in nodes)
    light = Light(setting.context, setting.number, lists_organisations(frame.columns, rows))
    cells = tuple(_cells(block, frame, kept, rows, light))
    return StatedTable(setting.number, 0, frame.columns, rows, cells, _place(block), heading=side, unit_name=unit_line)


def _amounts(block: Block, frame: Frame, kept: list[int], stubs: list[Stub]) -> dict[tuple[int, int], Quantity]:
    """What each row states in the columns whose numbers can be added."""
    found: dict[tuple[int, int], Quantity] = {}
    for stub in stubs:
        for column in frame.of_kind(*_ADDED):
            slot = block.lattice.rows[stub.row][kept[column.index]]
            number = number_in(slot.text, column.unit_name) if slot.row == stub.row else None
            if number and number.alone:
                found[stub.row, column.index] = number.quantity
    return found


def _row(node: Node, nodes: list[Node]) -> Row:
    stub = node.stub
    path = (*node.group, *stub.path) if node.group and node.group[0] not in stub.path else stub.path
    whole = nodes[node.parent].stub.row if node.parent is not None else None
    return Row(stub.row, path, node.kind, node.depth, stub.number, stub.code, whole, node.parts, node.sign)


def _cells(block: Block, frame: Frame, kept: list[int], rows: tuple[Row, ...], light: Light) -> Iterator[StatedCell]:
    for row in rows:
        for column in frame.columns:
            slot = block.lattice.rows[row.index][kept[column.index]]
            begins = slot.row == row.index and _first_kept(slot, kept) == column.index
            if begins:
                yield stated_cell(slot, row, column, light)


def _first_kept(slot: Slot, kept: list[int]) -> int:
    return next((index for index, c in enumerate(kept) if slot.column <= c <= slot.last_column), -1)


def _pairs(block: Block, setting: Setting) -> StatedTable:
    """Pairs of name and value as a table of two columns, one row each."""
    columns = (Column(0, (), ColumnKind.LABEL), Column(1, (), ColumnKind.VALUE))
    rows: list[Row] = []
    cells: list[StatedCell] = []
    light = Light(setting.context, setting.number)
    for name, value in _pairs_in(block):
        index = len(rows)
        row = Row(index, (name.words,))
        rows.append(row)
        column = replace(columns[1], unit_name=unit_told(name.words) or "")
        is_words = len(value.words) > LONG_TEXT
        cells.append(StatedCell(index, 0, name.text, name.place()))
        kind = ColumnKind.TEXT if is_words else ColumnKind.VALUE
        cells.append(stated_cell(value, row, replace(column, kind=kind), light))
    return StatedTable(setting.number, 0, columns, tuple(rows), tuple(cells), _place(block))


def _pairs_in(block: Block) -> Iterator[tuple[Slot, Slot]]:
    for r in block.body:
        fresh = list(block.lattice.fresh(r))
        while fresh and not fresh[0].words:
            fresh = fresh[1:]
        yield from ((name, value) for name, value in zip(fresh[::2], fresh[1::2], strict=False) if name.words)


def _place(block: Block) -> Place:
    first = next((slot for r in block.rows for slot in block.lattice.line(r) if slot.places), None)
    return first.place() if first else Place()
