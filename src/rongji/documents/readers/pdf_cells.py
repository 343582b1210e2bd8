"""Read tables into the block model: the printed lines of a cell into its paragraphs, every piece with its place."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from itertools import pairwise

from rongji.documents.model import Cell, Paragraph, Row, Table, Text
from rongji.documents.readers import signs
from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_tables import CellLine, ReadCell, ReadTable
from rongji.kernel.place import Place

_FULL = 1.6  # of the type size: less room than this at the right end, and the line is full
_LABEL = 24  # characters: what is longer does not read as one label that the author broke
_NUMERIC = frozenset("0123456789.,，．%％-－ ")

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


def paragraphs(lines: Sequence[CellLine]) -> list[list[CellLine]]:
    """Printed lines of a cell by paragraphs: what the width of the cell broke is put together again."""
    made: list[list[CellLine]] = []
    for line in lines:
        if made and _continues(made[-1], line):
            made[-1].append(line)
        else:
            made.append([line])
    return made


def _continues(group: Sequence[CellLine], line: CellLine) -> bool:
    before = group[-1]
    if _is_number_part(before.text) and _is_number_part(line.text):
        return _is_one_number("".join(item.text for item in group), line.text, is_full=_is_full(before))
    if _is_full(before):
        return not (signs.ends_sentence(before.text) and signs.begins_item(line.text))
    if signs.begins_item(line.text) or signs.ends_sentence(before.text):
        return False
    is_label = not any(char.isdigit() for char in line.text + group[-1].text.lstrip("（(0123456789"))
    return is_label and sum(len(item.text) for item in group) + len(line.text) <= _LABEL


def _is_full(line: CellLine) -> bool:
    return line.room <= _FULL * line.size


def _is_number_part(text: str) -> bool:
    return all(char in _NUMERIC for char in text)


def _is_one_number(before: str, after: str, *, is_full: bool) -> bool:
    """Whether two pieces are one number that the cell was too narrow for."""
    if before[-1] in ".,，．" or after[0] in ".,，．%％":
        return True
    is_whole = "." in before or signs.is_blank_mark(before) or before[-1] in "%％"
    return is_full and not is_whole and "." in after
