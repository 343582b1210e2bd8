"""Tables that a page break parted, put together again: repeated headers go, broken rows and merged cells are joined."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_pages import ReadPage, TextLine
from rongji.documents.readers.pdf_tables import ReadCell, ReadTable
from rongji.documents.readers.pdf_wraps import is_full, padding_of

_SAME_COLUMN = 4.0  # points by which columns differ from page to page
_MOST_HEADERS = 8
_CONTINUED = ("续表", "（续）", "(续)", "续上表", "接上表")
_REPEATED_FORM = 0.6  # share of equal labels from which a page holds the next copy of a form

Item = TextLine | ReadTable


@dataclass(slots=True)
class _Open:
    """The last table so far, with the lines that stood above its first part."""

    table: ReadTable
    heads: frozenset[str]


def joined_items(pages: Sequence[ReadPage]) -> list[Item]:
    """Lines and tables of all pages in order, tables that go on over pages as one."""
    made: list[Item] = []
    before: _Open | None = None
    bottoms = _bottoms(pages)
    for page in pages:
        items = list(page.items)
        if before and (count := _continuing(before, items, bottoms)) is not None:
            part = items[count]
            if isinstance(part, ReadTable):
                _append(before.table, part)
                items = items[count + 1 :]
                before = before if not items else None
        elif items:
            before = None
        made += items
        before = _last_table(items) or before
    return made


def _bottoms(pages: Sequence[ReadPage]) -> dict[int, float]:
    """For each page how far down pages of its size are printed."""
    lowest: dict[tuple[int, int], float] = {}
    sizes = {page.number: (round(page.frame.width), round(page.frame.height)) for page in pages}
    for page in pages:
        for item in page.items:
            size = sizes[page.number]
            lowest[size] = max(lowest.get(size, 0.0), item.box[3])
    return {number: lowest.get(size, 0.0) for number, size in sizes.items()}


def _last_table(items: Sequence[Item]) -> _Open | None:
    """The table that ends a page, with the words over it."""
    if not items or not isinstance(items[-1], ReadTable):
        return None
    heads: list[str] = []
    for item in reversed(items[:-1]):
        if isinstance(item, ReadTable):
            break
        heads.append(_plain(item.text))
    return _Open(items[-1], frozenset(heads))


def _plain(text: str) -> str:
    words = signs.squeezed(text)
    for mark in _CONTINUED:
        words = words.replace(mark, "")
    return words


def _continuing(before: _Open, items: Sequence[Item], bottoms: dict[int, float]) -> int | None:
    """Where among the items of the next page the table goes on; None when it does not."""
    count = next((number for number, item in enumerate(items) if isinstance(item, ReadTable)), None)
    if count is None:
        return None
    part = items[count]
    heads = [item for item in items[:count] if isinstance(item, TextLine)]
    if not isinstance(part, ReadTable) or not _are_same_columns(before.table, part):
        return None
    if any(_plain(line.text) and _plain(line.text) not in before.heads for line in heads):
        return None
    repeated = _repeated_rows(before.table, part)
    is_marked = any(mark in line.text for line in heads for mark in _CONTINUED)
    is_header_only = 1 < repeated == part.height
    if not is_marked and not is_header_only and not _fills_page(before.table, part, repeated, bottoms):
        return None
    return None if _is_next_copy(before.table, part, repeated) else count


def _are_same_columns(table: ReadTable, part: ReadTable) -> bool:
    """Whether every column line of one stands in the other, measured from the left edge."""
    one = [x - table.xs[0] for x in table.xs]
    other = [x - part.xs[0] for x in part.xs]
    if abs(one[-1] - other[-1]) > _SAME_COLUMN:
        return False
    few, many = sorted((one, other), key=len)
    return all(any(abs(x - y) <= _SAME_COLUMN for y in many) for x in few)


def _repeated_rows(table: ReadTable, part: ReadTable) -> int:
    """How many rows at the head of the part are those at the head of the table."""
    own, other = _signatures(table, _MOST_HEADERS), _signatures(part, _MOST_HEADERS)
    count = 0
    while count < min(len(own), len(other), table.height - 1, part.height) and own[count] == other[count]:
        count += 1
    is_printed = any(text for row in own[:count] for *_, text in row)
    return count if is_printed and not _reaches_over(part, count) else 0


def _signatures(table: ReadTable, most: int) -> list[list[tuple[int, int, str]]]:
    rows: list[list[tuple[int, int, str]]] = [[] for _ in range(min(table.height, most))]
    for cell in table.cells:
        if cell.row < len(rows):
            rows[cell.row].append((cell.column, cell.rowspan, cell.text))
    return [sorted(row) for row in rows]


def _reaches_over(table: ReadTable, rows: int) -> bool:
    return any(cell.row < rows < cell.row + cell.rowspan for cell in table.cells)


def _fills_page(table: ReadTable, part: ReadTable, repeated: int, bottoms: dict[int, float]) -> bool:
    """Whether the next row had no more room below the table on its page."""
    row = [cell.box[3] - cell.box[1] for cell in part.cells if cell.row == repeated]
    room = bottoms[table.last_page] - _end(table)
    return room <= max(row, default=0.0) + 2 * _SAME_COLUMN


def _end(table: ReadTable) -> float:
    return max(cell.box[3] for cell in table.cells if cell.page == table.last_page)


def _is_next_copy(table: ReadTable, part: ReadTable, repeated: int) -> bool:
    """Whether the part is the same form again (one form a page), not more rows of the table."""
    own = {(cell.row, cell.text) for cell in table.cells if cell.column == 0 and cell.text}
    labels = [(cell.row, cell.text) for cell in part.cells if cell.column == 0 and cell.text and cell.row >= repeated]
    return len(labels) > 1 and sum(label in own for label in labels) >= _REPEATED_FORM * len(labels)


def _append(table: ReadTable, part: ReadTable) -> None:
    """Put the rows of the part below the table."""
    repeated = _repeated_rows(table, part)
    _align(table, part)
    if repeated:
        table.header_rows = max(table.header_rows, repeated)
    fresh = [cell for cell in part.cells if cell.row >= repeated]
    shift = table.height - repeated
    table.is_sure = table.is_sure and part.is_sure
    if _is_broken_row(table, fresh, repeated):
        shift -= 1
        _join_row(table, [cell for cell in fresh if cell.row == repeated])
        fresh = [cell for cell in fresh if cell.row > repeated]
    moved = [replace(cell, row=cell.row + shift) for cell in fresh]
    table.cells += _without_continued(table, moved)
    table.height = shift + part.height
    table.last_page = part.last_page


def _align(table: ReadTable, part: ReadTable) -> None:
    """Give both the same columns: a line that one of them lacks is added to its spans."""
    shift = table.xs[0] - part.xs[0]
    moved = [x + shift for x in part.xs]
    every = list(table.xs)
    every += [x for x in moved if all(abs(x - y) > _SAME_COLUMN for y in table.xs)]
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


def _last_row(table: ReadTable) -> list[ReadCell]:
    return [cell for cell in table.cells if cell.row + cell.rowspan == table.height]


def _is_broken_row(table: ReadTable, fresh: Sequence[ReadCell], first: int) -> bool:
    """Whether the first new row only goes on with sentences that the last row had to break off."""
    row = [cell for cell in fresh if cell.row == first]
    last = {(cell.column, cell.colspan): cell for cell in _last_row(table)}
    if any((cell.column, cell.colspan) not in last or cell.rowspan > 1 for cell in row):
        return False
    written = [cell for cell in row if cell.lines]
    if {cell.column for cell in written} in _written_columns(table):
        return False
    if not written or len(written) * 2 > len(row) + 1 or any(cell.column == 0 for cell in written if len(row) > 1):
        return False
    return all(_goes_over(last[(cell.column, cell.colspan)], cell) for cell in written)


def _written_columns(table: ReadTable) -> list[set[int]]:
    """For each row below the header the columns in which anything is written."""
    rows: dict[int, set[int]] = {row: set() for row in range(table.header_rows, table.height)}
    for cell in table.cells:
        if cell.lines and cell.row in rows:
            rows[cell.row].add(cell.column)
    return list(rows.values())


def _goes_over(above: ReadCell, cell: ReadCell) -> bool:
    """Whether the words of a cell can be the rest of those above the page break."""
    if not above.lines or signs.is_number(above.lines[-1].text) or signs.begins_item(cell.lines[0].text):
        return False
    line = above.lines[-1]
    is_broken = is_full(line, cell.lines[0].text, padding_of([*above.lines, *cell.lines]))
    return is_broken and not signs.ends_sentence(line.text)


def _join_row(table: ReadTable, row: Sequence[ReadCell]) -> None:
    last = {(cell.column, cell.colspan): cell for cell in _last_row(table)}
    for cell in row:
        last[(cell.column, cell.colspan)].lines += cell.lines


def _without_continued(table: ReadTable, cells: list[ReadCell]) -> list[ReadCell]:
    """The new cells without those in which a merged cell of the page before goes on: it is made longer."""
    last = {(cell.column, cell.colspan): cell for cell in _last_row(table)}
    first = [cell for cell in cells if cell.row == table.height]
    written = min((cell.column for cell in first if cell.lines), default=0)
    kept = []
    for cell in cells:
        above = last.get((cell.column, cell.colspan)) if cell.row == table.height else None
        if above and _goes_on(above, cell, table, is_left=cell.column < written):
            above.rowspan += cell.rowspan
            above.lines += cell.lines
        else:
            kept.append(cell)
    return kept


def _goes_on(above: ReadCell, cell: ReadCell, table: ReadTable, *, is_left: bool) -> bool:
    """Whether an empty cell at the head of a page is the rest of the label above it."""
    if cell.lines or not above.lines or signs.is_number(above.text) or signs.is_blank_mark(above.text):
        return False
    if cell.rowspan > 1:
        return True
    if not is_left:
        return False
    body = [other for other in table.cells if other.column == cell.column and other.row >= table.header_rows]
    return above.rowspan > 1 or all(other.lines for other in body)
