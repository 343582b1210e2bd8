"""Tables that a page break parted: which table of the next page goes on with the last one of this page."""

from collections.abc import Sequence
from dataclasses import dataclass

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_pages import ReadPage, TextLine
from rongji.documents.readers.pdf_parts import SAME_COLUMN, append, are_same_columns, head_of, repeated_rows
from rongji.documents.readers.pdf_tables import ReadTable

_CONTINUED = ("续表", "（续）", "(续)", "续上表", "接上表")
_TO_BE_CONTINUED = frozenset({"续下页", "转下页", "接下页", "下页续", "续下表"})
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
        items = [item for item in page.items if not _says_it_goes_on(item)]
        if before and (count := _continuing(before, items, bottoms)) is not None:
            part = items[count]
            if isinstance(part, ReadTable):
                append(before.table, part)
                items = items[count + 1 :]
                before = before if not items else None
        elif items:
            before = None
        made += items
        before = _last_table(items) or before
    return made


def _says_it_goes_on(item: Item) -> bool:
    return isinstance(item, TextLine) and signs.squeezed(item.text).strip("（）()") in _TO_BE_CONTINUED


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
    return words.strip("（）()")


def _continuing(before: _Open, items: Sequence[Item], bottoms: dict[int, float]) -> int | None:
    """Where among the items of the next page the table goes on; None when it does not."""
    count = next((number for number, item in enumerate(items) if isinstance(item, ReadTable)), None)
    if count is None:
        return None
    part = items[count]
    heads = [item for item in items[:count] if isinstance(item, TextLine)]
    if not isinstance(part, ReadTable) or not are_same_columns(before.table, part):
        return None
    if any(_plain(line.text) and _plain(line.text) not in before.heads for line in heads):
        return None
    repeated = repeated_rows(before.table, part)
    is_marked = any(mark in line.text for line in heads for mark in _CONTINUED)
    is_header_only = 1 < repeated == part.height
    if not is_marked and not is_header_only and not _fills_page(before.table, part, repeated, bottoms):
        return None
    return None if _is_next_copy(before.table, part, repeated) else count


def _fills_page(table: ReadTable, part: ReadTable, repeated: int, bottoms: dict[int, float]) -> bool:
    """Whether the next row had no more room below the table on its page."""
    row = [cell.box[3] - cell.box[1] for cell in part.cells if cell.row == repeated]
    room = bottoms[table.last_page] - _end(table)
    return room <= max(row, default=0.0) + 2 * SAME_COLUMN


def _end(table: ReadTable) -> float:
    return max((cell.box[3] for cell in table.last_cells if cell.page == table.last_page), default=table.box[3])


def _is_next_copy(table: ReadTable, part: ReadTable, repeated: int) -> bool:
    """Whether the part is the same form again (one form a page), not more rows of the table."""
    own = {(cell.row, cell.text) for cell in head_of(table, part.height) if cell.column == 0 and cell.text}
    labels = [(cell.row, cell.text) for cell in part.cells if cell.column == 0 and cell.text and cell.row >= repeated]
    return len(labels) > 1 and sum(label in own for label in labels) >= _REPEATED_FORM * len(labels)
