"""Read tables into the block model: the printed lines of a cell into its paragraphs, every piece with its place."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from rongji.documents.model import Cell, Paragraph, Row, Table, Text
from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_tables import CellLine, ReadCell, ReadTable
from rongji.documents.readers.pdf_wraps import paragraphs
from rongji.kernel.place import Place

Placing = Callable[[int, Box], Place]  # page and box as read → place


def table_of(table: ReadTable, number: int, placing: Placing) -> Table:
    """The table as a block. number: counted from 1 in the document."""
    rows: dict[int, list[ReadCell]] = defaultdict(list)
    for cell in table.cells:
        rows[cell.row].append(cell)
    made = tuple(_row(sorted(rows[r], key=lambda cell: cell.column), number, r, placing) for r in range(table.height))
    return Table(
        _widths(table.xs),
        made,
        header_rows=table.header_rows,
        spans_known=table.is_sure,
        place=_in_table(placing(table.page, table.box), number),
    )


def _widths(xs: Sequence[float]) -> tuple[int, ...]:
    return tuple(max(1, round(right - left)) for left, right in pairwise(xs))


def _row(cells: Sequence[ReadCell], table: int, row: int, placing: Placing) -> Row:
    made = tuple(_cell(cell, table, placing) for cell in cells)
    return Row(made, place=made[0].place if made else None)


def _in_table(place: Place, table: int, row: int | None = None, column: int | None = None) -> Place:
    return Place(file=place.file, page=place.page, box=place.box, table=table, row=row, column=column)


def _cell(cell: ReadCell, table: int, placing: Placing) -> Cell:
    def at(page: int, box: Box) -> Place:
        return _in_table(placing(page, box), table, cell.row + 1, cell.column + 1)

    made = tuple(_paragraph(group, at) for group in paragraphs(cell.lines))
    return Cell(made, cell.colspan, cell.rowspan, place=at(cell.page, cell.box))


def _paragraph(lines: Sequence[CellLine], at: Placing) -> Paragraph:
    runs = []
    for line, after in zip(lines, [*lines[1:], None], strict=True):
        is_word = after is not None and _is_latin(line.text[-1]) and _is_latin(after.text[0])
        runs.append(Text(line.text + (" " if is_word else ""), place=at(line.page, line.box)))
    return Paragraph(tuple(runs), indent=False, place=runs[0].place)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()
