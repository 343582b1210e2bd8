"""Blocks into regions of the contract: columns, rows with their wholes, cells with figures."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rongji.audit.context import Context
from rongji.audit.naming import plain
from rongji.audit.tables.blocks import LONG_TEXT, Block
from rongji.audit.tables.column_wholes import witnessed
from rongji.audit.tables.figures import Light, cell_unit, lists_organisations, stated_cell
from rongji.audit.tables.forms import GOALS, PAIRS, TOTAL, Sheet, form_of, part_of
from rongji.audit.tables.frame import Frame, frame_of, kept_columns
from rongji.audit.tables.lattice import Slot
from rongji.audit.tables.numbers import number_in
from rongji.audit.tables.pairs import is_score_name
from rongji.audit.tables.sides import sides_of
from rongji.audit.tables.stubs import Stub, stubs_of
from rongji.audit.tables.wholes import Node, placed
from rongji.audit.tables.words import unit_in, unit_told, units_of_line
from rongji.checks.stated.model import Column, ColumnKind, Row, RowKind, StatedCell, StatedTable
from rongji.kernel.place import Place
from rongji.kernel.quantity import Quantity

_PAIR_COLUMNS = (Column(0, (), ColumnKind.LABEL), Column(1, (), ColumnKind.VALUE))
_SCORE_COLUMNS = (Column(0, (), ColumnKind.LABEL), Column(1, ("得分",), ColumnKind.SCORE, unit_name="分"))
_ADDED = (ColumnKind.VALUE, ColumnKind.WEIGHT, ColumnKind.SCORE)


@dataclass(frozen=True)
class Setting:
    """Where a table stands.

    units: those that hold for the whole table, money first; heading: headings above it; title: the last title above it.
    year: the one year that its caption names.
    """

    context: Context
    number: int
    caption: str = ""
    units: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    title: str = ""
    year: int | None = None


@dataclass(frozen=True)
class Draft:
    """A block with its columns and rows, before its form is known and its numbers become figures.

    units: of the lines above it; inherited: those that hold for the next block of the table when it has none.
    """

    block: Block
    frame: Frame
    kept: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()
    part: str = ""
    units: tuple[str, ...] = ()
    inherited: tuple[str, ...] = ()
    pairs: tuple[tuple[Slot, Slot], ...] = ()


def regions_of(blocks: Sequence[Block], setting: Setting) -> Iterator[StatedTable]:
    """The regions of one table, in order, with the form that they make up together."""
    drafts: list[Draft] = []
    for side in (side for block in blocks if block.body for side in sides_of(block)):
        inherited = drafts[-1].inherited if drafts else setting.units
        drafts += _pair_drafts(side, inherited) if side.kind == "pairs" else [_draft(side, inherited)]
    sheet = _sheet(drafts, setting)
    for index, draft in enumerate(drafts):
        caption = draft.block.caption or setting.caption
        light = Light(setting.context, setting.number, draft.part, sheet.form, sheet.project, setting.year, caption)
        cells = _pair_cells(draft, light) if draft.pairs else _cells(draft, light)
        yield _stated(draft, setting, sheet, index, cells)


def _draft(block: Block, inherited: tuple[str, ...]) -> Draft:
    """inherited: the units of the block above in the same table, or of the unit line."""
    kept, side = kept_columns(block)
    corner = [slot.words for r in block.head for slot in block.lattice.rows[r][kept[0] : kept[0] + 1]] if kept else []
    named = [unit for text in (*side, *corner, block.caption) if (unit := unit_in(text)).endswith("元")]
    units = tuple(named[:1]) or units_of_line(block.unit_line) or inherited
    frame = frame_of(block, units)
    stubs = stubs_of(block, frame, kept)
    amounts = _amounts(block, frame, kept, stubs)
    with_amounts = {row for row, _ in amounts}
    part = part_of(frame, [stub for stub in stubs if stub.row in with_amounts])
    if part == GOALS:
        frame = replace(frame, columns=tuple(replace(c, kind=ColumnKind.TEXT) for c in frame.columns))
    nodes = placed(stubs, amounts, [c.index for c in frame.of_kind(*_ADDED)])
    rows = tuple(_row(node, nodes) for node in nodes)
    frame = replace(frame, columns=witnessed(frame.columns, amounts, [stub.row for stub in stubs]))
    return Draft(block, frame, tuple(kept), rows, part, units, units)


def _pair_drafts(block: Block, inherited: tuple[str, ...]) -> list[Draft]:
    """Pairs of name and value, and apart from them the score of the whole form."""
    found = list(pairs_in(block))
    scores = [pair for pair in found if is_score_name(pair[0].text)]
    others = [pair for pair in found if not is_score_name(pair[0].text)]
    return [
        Draft(block, Frame(columns), rows=_pair_rows(pairs, kind), part=part, inherited=inherited, pairs=tuple(pairs))
        for part, pairs, columns, kind in (
            (PAIRS, others, _PAIR_COLUMNS, RowKind.ITEM),
            (TOTAL, scores, _SCORE_COLUMNS, RowKind.TOTAL),
        )
        if pairs
    ]


def _sheet(drafts: Sequence[Draft], setting: Setting) -> Sheet:
    """What the blocks of the table say together about its form."""
    head = {plain(name.text): "".join(value.text.split()) for draft in drafts for name, value in draft.pairs}
    kinds = {draft.part: {column.kind for column in draft.frame.columns} for draft in drafts if draft.part}
    titles = (setting.caption, *(draft.block.caption for draft in drafts), setting.title, setting.context.title)
    return Sheet(form_of(titles, head, kinds), head)


def _stated(draft: Draft, setting: Setting, sheet: Sheet, index: int, cells: Iterator[StatedCell]) -> StatedTable:
    doubt = "；".join(draft.block.doubts)
    return StatedTable(
        number=setting.number,
        region=index,
        columns=draft.frame.columns,
        rows=draft.rows,
        cells=tuple(cells),
        place=_place(draft.block),
        caption=draft.block.caption or setting.caption,
        heading=(*setting.heading, *draft.frame.side),
        form=sheet.form,
        part=draft.part if sheet.form else "",
        unit_name=draft.units[0] if draft.units else "",
        year=setting.year,
        certain=not doubt,
        doubt=doubt,
    )


def _amounts(block: Block, frame: Frame, kept: Sequence[int], stubs: list[Stub]) -> dict[tuple[int, int], Quantity]:
    """What each row states in the columns whose numbers can be added."""
    found: dict[tuple[int, int], Quantity] = {}
    for stub in stubs:
        for column in frame.of_kind(*_ADDED):
            slot = block.lattice.rows[stub.row][kept[column.index]]
            unit = cell_unit(slot.text, stub.label, column, stub.unit, frame.mixed_units)
            number = number_in(slot.text, unit) if slot.row == stub.row else None
            if number and number.alone:
                found[stub.row, column.index] = number.quantity
    return found


def _row(node: Node, nodes: list[Node]) -> Row:
    stub = node.stub
    path = (*node.group, *stub.path) if node.group and node.group[0] not in stub.path else stub.path
    whole = nodes[node.parent].stub.row if node.parent is not None else None
    return Row(stub.row, path, node.kind, node.depth, stub.number, stub.code, whole, node.parts, node.sign)


def _cells(draft: Draft, light: Light) -> Iterator[StatedCell]:
    light = replace(
        light,
        organisations=lists_organisations(draft.frame.columns, draft.rows),
        mixed_units=draft.frame.mixed_units,
        levels=draft.frame.weight_levels(),
    )
    units = draft.frame.unit_column
    for row in draft.rows:
        line = draft.block.lattice.rows[row.index]
        row_unit = line[draft.kept[units]].words if units is not None else ""
        for column in draft.frame.columns:
            slot = line[draft.kept[column.index]]
            if slot.row == row.index and _first_kept(slot, draft.kept) == column.index:
                yield stated_cell(slot, row, column, light, row_unit)


def _first_kept(slot: Slot, kept: Sequence[int]) -> int:
    return next((index for index, c in enumerate(kept) if slot.column <= c <= slot.last_column), -1)


def _pair_rows(pairs: Sequence[tuple[Slot, Slot]], kind: RowKind) -> tuple[Row, ...]:
    """Pairs of name and value as rows of a table of two columns."""
    return tuple(Row(index, (name.words,), kind) for index, (name, _) in enumerate(pairs))


def _pair_cells(draft: Draft, light: Light) -> Iterator[StatedCell]:
    stating = draft.frame.columns[1]
    for row, (name, value) in zip(draft.rows, draft.pairs, strict=True):
        yield StatedCell(row.index, 0, name.text, name.place())
        kind = ColumnKind.TEXT if len(value.words) > LONG_TEXT else stating.kind
        column = replace(stating, kind=kind, unit_name=stating.unit_name or unit_told(name.words) or "")
        yield stated_cell(value, row, column, light)


def pairs_in(block: Block) -> Iterator[tuple[Slot, Slot]]:
    """The names and values of a block of pairs."""
    for r in block.body:
        fresh = list(block.lattice.fresh(r))
        while fresh and not fresh[0].words:
            fresh = fresh[1:]
        yield from ((name, value) for name, value in zip(fresh[::2], fresh[1::2], strict=False) if name.words)


def _place(block: Block) -> Place:
    first = next((slot for r in block.rows for slot in block.lattice.line(r) if slot.places), None)
    return first.place() if first else Place()
