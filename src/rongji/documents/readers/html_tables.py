"""Tables of web pages: those that hold data as exact rectangles, those that only arrange the page are seen through."""

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rongji.documents.model import Cell, Table
from rongji.documents.readers import signs
from rongji.documents.readers.cells import cell_at
from rongji.documents.readers.html_source import is_shown
from rongji.documents.readers.rectangle import Claim, spanned, with_header
from rongji.documents.readers.wording import collapsed
from rongji.kernel.place import Place

if TYPE_CHECKING:
    from rongji.documents.readers.html import HtmlPage

_LONG = 300
_BREAKS = frozenset("p div li h1 h2 h3 h4 h5 h6 dt dd tr center blockquote section".split())
_MOST_SPAN = 10_000


def is_layout(table: Any) -> bool:
    """Whether a table only arranges the page: one cell, one column of prose, or a frame around other tables."""
    if table.get("role") in ("presentation", "none"):
        return True
    rows = [list(_cells(row)) for row in _rows(table)]
    cells = [cell for row in rows for cell in row]
    if len(cells) <= 1 or max((len(row) for row in rows), default=0) <= 1:
        return True
    has_inner = any(True for cell in cells for _ in cell.iter("table"))
    if not has_inner:
        return len(rows) == 1 and any(_length(cell) > _LONG for cell in cells)
    own = sum(_length(cell) for cell in cells if next(cell.iter("table"), None) is None)
    return own * 2 < sum(_length(cell) for cell in cells)


def _length(cell: Any) -> int:
    return sum(len(text.strip()) for text in cell.itertext())


class HtmlTable:
    """A table of data. inner: tables that stand inside its cells, known once the block is made."""

    def __init__(self, element: Any, page: "HtmlPage") -> None:
        self.element = element
        self.page = page
        self.number = page.tables
        self.inner: list[Any] = []

    def block(self) -> Table | None:
        """The rectangle, None when there is no cell."""
        rows = list(_rows(self.element))
        claims = [[self._claim(cell) for cell in _cells(row)] for row in rows]
        place = Place(file=self.page.file, table=self.number)
        table = spanned(claims, self.page.file, self._cell, place=place)
        if table is None:
            return None
        caption, unit = self._caption()
        head = sum(_tag(row.getparent()) == "thead" for row in rows)
        return with_header(replace(table, caption=caption, unit_note=unit), head)

    def _claim(self, element: Any) -> Claim:
        self.page.count_piece()
        content = self._parts(element), _tag(element) == "th"
        return Claim(content, max(_number(element.get("colspan"), 1), 1), _number(element.get("rowspan"), 1))

    def _cell(self, content: tuple[list[str], bool], row: int, column: int, across: int, down: int) -> Cell:
        parts, is_header = content
        place = Place(file=self.page.file, table=self.number, row=row, column=column)
        return cell_at(parts, place, colspan=across, rowspan=down, header=is_header)

    def _parts(self, element: Any) -> list[str]:
        """The printed lines of a cell."""
        parts = [""]
        self._gather(element, parts)
        return [text for text in map(collapsed, parts) if text]

    def _gather(self, element: Any, parts: list[str]) -> None:
        parts[-1] += element.text or ""
        for item in element:
            name = _tag(item)
            if name == "table":
                self.inner.append(item)
            elif name == "br":
                parts.append("")
            elif is_shown(item):
                is_own = name in _BREAKS
                if is_own and parts[-1].strip():
                    parts.append("")
                self._gather(item, parts)
                if is_own:
                    parts.append("")
            parts[-1] += item.tail or ""

    def _caption(self) -> tuple[str, str]:
        """Name and unit line of the table's own caption."""
        found = next((item for item in self.element if _tag(item) == "caption"), None)
        if found is None:
            return "", ""
        parts = [collapsed(text) for text in found.itertext()]
        whole = " ".join(part for part in parts if part)
        unit = signs.unit_phrase(whole)
        return whole.replace(unit, "").strip(" （）()") if unit else whole, unit


def _rows(table: Any) -> Iterator[Any]:
    """The rows of a table itself, not those of tables inside it."""
    for item in table:
        name = _tag(item)
        if name == "tr" and is_shown(item):
            yield item
        elif name in ("thead", "tbody", "tfoot"):
            yield from _rows(item)


def _cells(row: Any) -> Iterator[Any]:
    for item in row:
        if _tag(item) in ("td", "th") and is_shown(item):
            yield item


def _number(text: str | None, usual: int) -> int:
    digits = (text or "").strip()
    return min(int(digits), _MOST_SPAN) if digits.isascii() and digits.isdigit() and len(digits) < 9 else usual


def _tag(element: Any) -> str:
    return element.tag.lower() if element is not None and isinstance(element.tag, str) else ""
