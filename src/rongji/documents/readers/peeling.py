"""Rows over a table that the file drew as rows of the table: its title, its name, its unit line, who filled it in."""

from dataclasses import replace
from itertools import pairwise

from rongji.documents.model import Block, Cell, Row, Table, Text
from rongji.documents.readers import flow, signs
from rongji.documents.readers.flow import Line
from rongji.documents.readers.rectangle import narrowed
from rongji.kernel.place import Place

_MOST_ROWS = 5
_MOST_CELLS = 4
_ROOM = 60


def peeled(table: Table, *, opens: bool = False) -> tuple[list[Block], Table]:
    """The lines that stood in the first rows, as blocks, and the table without them. opens: nothing came before."""
    if not table.spans_known:
        return [], table
    count = 0
    while count < min(_MOST_ROWS, len(table.rows) - 2) and _is_line(table.rows[count], len(table.columns)):
        count += 1
    if not count:
        return [], table
    lines = [[line] for row in table.rows[:count] for cell in row.cells for line in _lines(cell)]
    rest = replace(table, rows=table.rows[count:], header_rows=max(table.header_rows - count, 0))
    return flow.blocks(lines, opens=opens), rest


def parted(table: Table) -> list[Table]:
    """The tables that a sheet saved as one: behind a blank row a line over the whole width begins another."""
    if not table.spans_known:
        return [table]
    cuts = [at for at in range(1, len(table.rows) - 2) if _parts(table, at)]
    if not cuts:
        return [table]
    ends = [*cuts, len(table.rows)]
    rows = [table.rows[: cuts[0]], *(table.rows[start + 1 : end] for start, end in pairwise(ends))]
    return [
        narrowed(replace(table, rows=part, header_rows=table.header_rows if number == 0 else 0))
        for number, part in enumerate(rows)
    ]


def _parts(table: Table, at: int) -> bool:
    """Whether a row is blank, nothing reaches into it or out of it, and a line of one cell follows."""
    row, after = table.rows[at], table.rows[at + 1]
    is_free = sum(cell.colspan for cell in row.cells) == len(table.columns)
    is_blank = is_free and all(cell.rowspan == 1 and not cell.text.strip() for cell in row.cells)
    return is_blank and len(after.cells) == 1 and after.cells[0].rowspan == 1 and bool(after.cells[0].text.strip())


def _is_line(row: Row, width: int) -> bool:
    """Whether a row is no row of the table: one text over its whole width that names it, or its unit line."""
    if any(cell.rowspan > 1 for cell in row.cells):
        return False
    written = [cell for cell in row.cells if cell.text.strip()]
    texts = [cell.text.strip() for cell in written]
    if not texts or len(texts) > _MOST_CELLS or any(len(text) > _ROOM or signs.is_number(text) for text in texts):
        return False
    if any(signs.is_unit_line(text) for text in texts):
        return True
    is_whole = len(texts) == 1 and (written[0].colspan == width or len(row.cells) == width)
    return is_whole and width > 2 and _names(texts[0])


def _names(text: str) -> bool:
    names = signs.is_title(text) or signs.is_caption(text) or signs.is_form_number(text)
    return names or signs.heading_level(text) > 0


def _lines(cell: Cell) -> list[Line]:
    return [
        Line(run.text.strip(), run.place or cell.place or Place())
        for paragraph in cell.paragraphs
        for run in paragraph.runs
        if isinstance(run, Text) and run.text.strip()
    ]
