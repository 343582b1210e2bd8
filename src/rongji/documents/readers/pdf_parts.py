"""One more page of a table put below the others: repeated headers go, broken rows and merged cells are joined.

Only the last page so far and the head of the table are looked at, so that a table of a thousand pages costs a
thousand times what one page costs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_tables import ReadCell, ReadTable
from rongji.documents.readers.pdf_wraps import is_full, padding_of

SAME_COLUMN = 4.0  # points by which columns differ from page to page
_MOST_HEADERS = 8

At = tuple[int, int]  # column and how many it takes


def are_same_columns(table: ReadTable, part: ReadTable) -> bool:
    """Whether every column line of one stands in the other, measured from the left edge."""
    one = [x - table.xs[0] for x in table.xs]
    other = [x - part.xs[0] for x in part.xs]
    if abs(one[-1] - other[-1]) > SAME_COLUMN:
        return False
    few, many = sorted((one, other), key=len)
    return all(any(abs(x - y) <= SAME_COLUMN for y in many) for x in few)


def repeated_rows(table: ReadTable, part: ReadTable) -> int:
    """How many rows at the head of the part are those at the head of the table."""
    own, other = _words_of(table), _words_of(part)
    count = 0
    while count < min(len(own), len(other), table.height - 1, part.height) and own[count] == other[count]:
        count += 1
    is_printed = any(text for row in own[:count] for _, text in row)
    is_cut = any(cell.row < count < cell.row + cell.rowspan for cell in head_of(part, count))
    return count if is_printed and not is_cut else 0


def head_of(table: ReadTable, rows: int) -> Iterable[ReadCell]:
    """The cells that begin in the first rows."""
    return takewhile(lambda cell: cell.row < rows, table.cells)


def _words_of(table: ReadTable) -> list[list[tuple[int, str]]]:
    """For each of the first rows how far down its cells reach and what they say."""
    rows: list[list[tuple[int, str]]] = [[] for _ in range(min(table.height, _MOST_HEADERS))]
    for cell in head_of(table, len(rows)):
        rows[cell.row].append((cell.rowspan, cell.text))
    return rows


def append(table: ReadTable, part: ReadTable) -> None:
    """Put the rows of the part below the table."""
    repeated = repeated_rows(table, part)
    _align(table, part)
    table.header_rows = max(table.header_rows, repeated)
    table.is_sure = table.is_sure and part.is_sure
    table.last_page = part.last_page
    fresh = [cell for cell in part.cells if cell.row >= repeated]
    shift = table.height - repeated
    if _is_broken_row(table, fresh, repeated):
        shift -= 1
        _join_row(table, [cell for cell in fresh if cell.row == repeated])
        fresh = [cell for cell in fresh if cell.row > repeated]
    moved = [replace(cell, row=cell.row + shift) for cell in fresh]
    height = shift + part.height
    if moved:
        kept = _without_continued(table, moved)
        table.reaching = [cell for cell in table.last_cells if cell.row + cell.rowspan > table.height]
        table.tail = len(table.cells)
        table.cells += kept
    table.height = height


def _align(table: ReadTable, part: ReadTable) -> None:
    """Give both the same columns: a line that one of them lacks is added to its spans."""
    shift = table.xs[0] - part.xs[0]
    moved = [x + shift for x in part.xs]
    every = list(table.xs)
    every += [x for x in moved if all(abs(x - y) > SAME_COLUMN for y in table.xs)]
    every.sort()
    if len(every) > len(table.xs):
        _spread(table.cells, table.xs, every)
    if len(every) > len(part.xs):
        _spread(part.cells, moved, every)
    table.xs = tuple(every)
    part.xs = tuple(every)


def _spread(cells: Iterable[ReadCell], own: Sequence[float], every: Sequence[float]) -> None:
    where = [min(range(len(every)), key=lambda number: abs(every[number] - x)) for x in own]
    for cell in cells:
        first, last = where[cell.column], where[cell.column + cell.colspan]
        cell.column, cell.colspan = first, last - first


def _last_row(table: ReadTable) -> dict[At, ReadCell]:
    """The cells that reach down to the end of the table."""
    reaching = (cell for cell in table.last_cells if cell.row + cell.rowspan == table.height)
    return {(cell.column, cell.colspan): cell for cell in reaching}


def _is_broken_row(table: ReadTable, fresh: Sequence[ReadCell], first: int) -> bool:
    """Whether the first new row only goes on with sentences that the last row had to break off."""
    row = [cell for cell in fresh if cell.row == first]
    last = _last_row(table)
    if any((cell.column, cell.colspan) not in last or (cell.rowspan > 1 and cell.lines) for cell in row):
        return False
    written = [cell for cell in row if cell.lines]
    if not written or len(written) * 2 > len(row) + 1 or (len(row) > 1 and written[0].column == 0):
        return False
    is_usual = {cell.column for cell in written} in _written_columns(table)
    return not is_usual and all(_goes_over(last[(cell.column, cell.colspan)], cell) for cell in written)


def _written_columns(table: ReadTable) -> list[set[int]]:
    """For each row of the last page the columns in which anything is written."""
    rows: dict[int, set[int]] = {}
    for cell in table.cells[table.tail :]:
        if cell.row >= table.header_rows:
            rows.setdefault(cell.row, set()).update([cell.column] if cell.lines else [])
    return list(rows.values())


def _goes_over(above: ReadCell, cell: ReadCell) -> bool:
    """Whether the words of a cell can be the rest of those above the page break."""
    if not above.lines or signs.is_number(above.lines[-1].text) or signs.begins_item(cell.lines[0].text):
        return False
    line = above.lines[-1]
    is_broken = is_full(line, cell.lines[0].text, padding_of([*above.lines, *cell.lines]))
    return is_broken and not signs.ends_sentence(line.text)


def _join_row(table: ReadTable, row: Sequence[ReadCell]) -> None:
    """Add the words of a row to those of the last; a cell that reaches farther down is made longer."""
    last = _last_row(table)
    for cell in row:
        above = last[(cell.column, cell.colspan)]
        above.lines += cell.lines
        above.rowspan += cell.rowspan - 1


def _without_continued(table: ReadTable, cells: list[ReadCell]) -> list[ReadCell]:
    """The new cells without those in which a merged cell of the page before goes on: it is made longer."""
    last = _last_row(table)
    first = [cell for cell in cells if cell.row == table.height]
    written = min((cell.column for cell in first if cell.lines), default=0)
    kept = []
    for cell in cells:
        above = last.get((cell.column, cell.colspan)) if cell.row == table.height else None
        if above and _goes_on(above, cell, table, is_left=cell.column < written):
            above.rowspan += cell.rowspan
        else:
            kept.append(cell)
    return kept


def _goes_on(above: ReadCell, cell: ReadCell, table: ReadTable, *, is_left: bool) -> bool:
    """Whether an empty cell at the head of a page is the rest of the label above it."""
    if cell.lines or not above.lines or signs.is_number(above.text) or signs.is_blank_mark(above.text):
        return False
    if cell.rowspan > 1:
        return True
    body = (other for other in table.last_cells if other.column == cell.column and other.row >= table.header_rows)
    return is_left and (above.rowspan > 1 or all(other.lines for other in body))
