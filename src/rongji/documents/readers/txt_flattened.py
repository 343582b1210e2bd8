"""Forms that a converter has flattened: every cell on a line of its own behind a tab, rows parted by blank lines.

A cell of several paragraphs runs over several lines without a tab, with blank lines between them, so that a blank line
may end a row or stand inside a cell, and the form may end without a sign. Here it is decided where rows end and where
the form ends; `txt_forms` makes tables of the rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rongji.documents.readers import signs
from rongji.documents.readers.flow import Line
from rongji.documents.readers.txt_lines import RawLine
from rongji.kernel.place import Place

_SHORT = 20
_SHORT_TAIL = 3
_PROSE = 30


@dataclass(slots=True)
class FlatCell:
    """The printed lines of one cell.

    ends_row: a blank line follows: the end of the row, or of the cell's own text. place: where it begins, empty or not.
    """

    lines: list[Line]
    ends_row: bool = False
    place: Place | None = None

    @property
    def text(self) -> str:
        """Its words, lines run together."""
        return "".join(line.text for line in self.lines)


Rows = list[list[FlatCell]]


def flattened(lines: Sequence[RawLine], start: int) -> tuple[Rows, int] | None:
    """The rows of the form that begins at a line and the index of the line after it; None when no cell begins there.

    The rows are empty when the lines are paragraphs indented by a tab.
    """
    if not lines[start].is_cell:
        return None
    rows, end = _scan(lines, start)
    return (_mended(rows) if _is_form(rows) else []), end


def _is_form(rows: Rows) -> bool:
    """A form has rows of several cells and mostly short ones; paragraphs indented by a tab have not."""
    if not any(len(row) >= 2 for row in rows):
        return False
    cells = [cell for row in rows for cell in row]
    long = sum(signs.ends_sentence(cell.text) and len(cell.text) > _SHORT for cell in cells)
    return long * 2 < len(cells) and (len(rows) > 1 or len(rows[0]) > 2)


def _scan(lines: Sequence[RawLine], start: int) -> tuple[Rows, int]:
    rows: Rows = [[]]
    index = start
    while True:
        following = _next_cell(lines, index)
        tail = _tail(lines, index, following.stop)
        first = lines[index].cell_line()
        owned = _owned(first.text, [line for _, line in tail], following)
        printed = [first, *(line for _, line in tail[:owned])] if first.text or owned else []
        rows[-1].append(FlatCell(printed, place=first.place))
        if following.index is None or owned < len(tail):
            return rows, (tail[owned - 1][0] if owned else index) + 1
        if following.blanks:
            rows[-1][-1].ends_row = True
            rows.append([])
        index = following.index


@dataclass(frozen=True, slots=True)
class _Next:
    """Where the next cell begins (None: nowhere), how many blank lines stand before it, and where the search ended."""

    index: int | None
    blanks: int
    stop: int


def _next_cell(lines: Sequence[RawLine], index: int) -> _Next:
    blanks = 0
    for at in range(index + 1, len(lines)):
        if lines[at].is_cell:
            return _Next(at, blanks, at)
        blanks = blanks + 1 if lines[at].is_blank else 0
    return _Next(None, blanks, len(lines))


def _tail(lines: Sequence[RawLine], index: int, stop: int) -> list[tuple[int, Line]]:
    """The printed lines without a tab that follow a cell, with the blank lines before each."""
    made: list[tuple[int, Line]] = []
    gap = 0
    for at in range(index + 1, stop):
        if lines[at].is_blank:
            gap += 1
        elif not signs.has_page_dashes(lines[at].text):
            made.append((at, lines[at].line(gap)))
            gap = 0
    return made


def _owned(text: str, tail: Sequence[Line], following: _Next) -> int:
    """How many of the lines after a cell are still its own; what is left over is running text after the form."""
    if not tail:
        return 0
    more = following.index is not None
    if more and following.blanks == 0 and (_is_near(tail) or _is_brief(tail)):
        return len(tail)
    if not text or signs.is_number(text) or signs.is_title(text) or tail[0].gap > 1 or _speaks_on(text, tail[0].text):
        return 0
    near = next((at for at, line in enumerate(tail) if line.gap > 1), len(tail))
    if signs.begins_item(text):
        return next((at for at, line in enumerate(tail[:near]) if signs.is_title(line.text)), near)
    deepest = 1 if more else 4  # with cells still to come, only a heading of the first level can end the form
    return next((at for at, line in enumerate(tail[:near]) if _opens_text(line.text, deepest)), near)


def _is_near(tail: Sequence[Line]) -> bool:
    return all(line.gap <= 1 for line in tail)


def _is_brief(tail: Sequence[Line]) -> bool:
    return len(tail) <= _SHORT_TAIL and all(len(line.text) <= _SHORT for line in tail)


def _speaks_on(text: str, after: str) -> bool:
    """A short label is not carried on by a long sentence: that is the text after the form."""
    return len(text) <= 8 and len(after) >= _PROSE


def _opens_text(text: str, deepest: int) -> bool:
    """Whether a line can only be a heading or title of the text after the form."""
    return signs.is_title(text) or 0 < signs.heading_level(text) <= deepest


def _mended(rows: Rows) -> Rows:
    """Rows that a blank line at the end of a cell has broken are put together again."""
    made: Rows = []
    for number, row in enumerate(rows):
        if made and _is_torn(made, row, rows[number + 1 : number + 3]):
            made[-1] = [*made[-1], *row]
        else:
            made.append(row)
    return made


def _is_torn(before: Rows, row: list[FlatCell], after: Sequence[list[FlatCell]]) -> bool:
    first = before[-1]
    if not row[0].text or not first[-1].text or signs.is_number(first[-1].text) or signs.heading_level(first[0].text):
        return False
    whole = len(first) + len(row)
    above, below = [len(near) for near in before[-2:-1]], [len(near) for near in after[:2]]
    fits = (above == [whole] and min(below, default=whole) >= whole) if above else below == [whole, whole]
    return (len(first) > 1 and fits) or _is_torn_label(first, row, after)


def _is_torn_label(first: list[FlatCell], row: list[FlatCell], after: Sequence[list[FlatCell]]) -> bool:
    """The label of a block, alone, then the header, then rows of figures that leave the label's place empty."""
    if len(first) != 1 or len(first[0].text) > _SHORT or len(row) < 2 or _has_number(row) or not after:
        return False
    return all(len(near) > len(row) and not near[0].text for near in after) and _has_number(after[0])


def _has_number(row: Sequence[FlatCell]) -> bool:
    return any(signs.is_number(cell.text) for cell in row if cell.text)
