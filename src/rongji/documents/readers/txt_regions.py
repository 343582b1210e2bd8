"""A text file cut into running text and tables, each kind of table by its own signs."""

import re
from collections.abc import Iterator, Sequence

from rongji.documents.model import Block
from rongji.documents.readers import flow, signs, txt_grids
from rongji.documents.readers.flow import Line
from rongji.documents.readers.txt_flattened import flattened
from rongji.documents.readers.txt_forms import form_blocks
from rongji.documents.readers.txt_lines import RawLine

_HEADING_MARKS = re.compile(r"\s{0,3}#{1,6}\s+(?=\S)")
_MOST_BLANKS = 9  # more blank lines in a row say no more


def blocks_of(lines: Sequence[RawLine]) -> list[Block]:
    """Every block of the text, in order."""
    if whole := txt_grids.whole_table(lines):
        return whole
    parts = [_Prose(part) if isinstance(part[0], RawLine) else part for part in _parts(lines) if part]
    measure = flow.measured([line for part in parts if isinstance(part, _Prose) for line in part.lines])
    made: list[Block] = []
    for part in parts:
        if isinstance(part, _Prose):
            made += flow.blocks(flow.paragraphs(part.lines, measure), opens=not made)
        else:
            made += part
    return made


class _Prose:
    """Printed lines of running text between tables, blank lines and page numbers gone."""

    def __init__(self, raw: Sequence[RawLine]) -> None:
        self.lines: list[Line] = []
        gap = 0
        for number, line in enumerate(raw):
            if line.is_blank:
                gap = min(gap + 1, _MOST_BLANKS)
            elif not _is_page_number(raw, number):
                self.lines.append(line.piece(_marks(line.text), len(line.text), gap))
                gap = 0


def _marks(text: str) -> int:
    """Where the words begin behind the heading marks of markdown."""
    found = _HEADING_MARKS.match(text)
    return found.end() if found else 0


def _parts(lines: Sequence[RawLine]) -> Iterator[list[RawLine] | list[Block]]:
    prose: list[RawLine] = []
    index = 0
    while index < len(lines):
        made, end = _table_at(lines, index)
        if made:
            yield prose
            yield made
            prose = []
        else:
            prose += lines[index:end]
        index = end
    yield prose


def _table_at(lines: Sequence[RawLine], index: int) -> tuple[list[Block], int]:
    """The blocks of the table that begins here and the line after it; no blocks: the lines are running text."""
    if found := flattened(lines, index):
        rows, end = found
        return form_blocks(rows), end
    return txt_grids.grid_at(lines, index) or ([], index + 1)


def _is_page_number(lines: Sequence[RawLine], number: int) -> bool:
    """A page number between dashes, or a lone number at the edge of a page."""
    text = lines[number].text
    if not signs.is_page_number(text):
        return False
    ends_page = number + 1 < len(lines) and lines[number + 1].page_start
    return signs.has_page_dashes(text) or lines[number].page_start or ends_page
