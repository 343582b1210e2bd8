"""Tables whose columns are aligned by spaces, as consoles, old finance programs and pdf converters print them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from rongji.documents.model import Block, Cell
from rongji.documents.readers import signs
from rongji.documents.readers.cells import cell_of
from rongji.documents.readers.flow import Line, text_width
from rongji.documents.readers.rectangle import Claim, positional, spanned
from rongji.documents.readers.txt_lines import RawLine

_LINE_ROOM = 600
_DOUBLED = re.compile(r"\d[%％]?\s+[-－]?\d")
_GAP = re.compile(r"(?:[ \xa0]{2,}|[ \xa0]?\u3000[ \u3000\xa0]*|\s{2,})")


def is_aligned(text: str) -> bool:
    """Whether a line has fields parted by wide gaps: three at least, or a label and a number."""
    if len(text) > _LINE_ROOM:
        return False
    fields = _GAP.split(text.strip())
    if len(fields) < 2:
        return False
    return len(fields) > 2 or signs.is_number(fields[1])


def has_gap(text: str) -> bool:
    """Whether a line can go on such a table: two fields at least."""
    return len(text) <= _LINE_ROOM and len(_GAP.split(text.strip(), maxsplit=1)) > 1


def aligned_blocks(lines: list[RawLine]) -> list[Block]:
    """The table that these lines make; nothing when they do not stand in columns with numbers."""
    rows = [_fields(line) for line in lines]
    if not _is_whole(rows):
        return []
    columns = _columns(rows)
    claims = [_claims(row, columns) for row in rows]
    place = rows[0][0].place
    if any(claim is None for claim in claims):
        return [positional([[cell_of([field]) for field in row] for row in rows], spans_known=False, place=place)]
    table = spanned([claim for claim in claims if claim is not None], place.file, _cell, place=place)
    return [replace(table, spans_known=_is_certain(rows, columns))] if table else []


def _is_whole(rows: Sequence[Sequence[Line]]) -> bool:
    """Whether the rows are those of a table: headers first, then labels with numbers, no two numbers in one field."""
    counted = [any(signs.is_number(field.text) for field in row) for row in rows]
    if True not in counted or not all(counted[counted.index(True) :]):
        return False
    body = rows[counted.index(True) :]
    labelled = all(not signs.is_number(row[0].text) or len(row) == len(body[0]) for row in body)
    doubled = any(_DOUBLED.search(field.text) for row in body for field in row)
    return counted.index(True) in (1, 2, 3) and labelled and not doubled


def _is_certain(rows: Sequence[Sequence[Line]], columns: Sequence[tuple[float, float]]) -> bool:
    """Whether every header stands over one column; how far the header of a group reaches, spaces do not say."""
    heads = takewhile(lambda row: not any(signs.is_number(field.text) for field in row), rows)
    return all(len(row) == len(columns) for row in heads)


def _cell(content: Line | None, _row: int, _column: int, across: int, down: int) -> Cell:
    made = cell_of([content]) if content else Cell()
    return Cell(made.paragraphs, across, down, place=made.place)


def _fields(line: RawLine) -> list[Line]:
    """The fields of a line with the columns of the page in which they stand."""
    made, at = [], 0
    text = line.text.rstrip()
    for gap in (*_GAP.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[at:end].strip():
            made.append(_placed(line, at, end))
        at = gap.end() if gap else end
    return made


def _placed(line: RawLine, start: int, end: int) -> Line:
    piece = line.piece(start, end)
    before = line.text[: start + len(line.text[start:end]) - len(line.text[start:end].lstrip())]
    left = text_width(before.replace(" ", "x"))
    return Line(piece.text, piece.place, left, left + text_width(piece.text.replace(" ", "x")))


def _columns(rows: Sequence[Sequence[Line]]) -> list[tuple[float, float]]:
    """The stretches of the page that fields of full rows stand in, those that overlap taken together."""
    most = max(len(row) for row in rows)
    made: list[tuple[float, float]] = []
    for left, right in sorted((field.left, field.right) for row in rows if len(row) == most for field in row):
        if made and left < made[-1][1]:
            made[-1] = (made[-1][0], max(made[-1][1], right))
        else:
            made.append((left, right))
    return made


def _claims(row: Sequence[Line], columns: Sequence[tuple[float, float]]) -> list[Claim] | None:
    """The cells of a row; None when two fields would stand in one column."""
    made: list[Claim] = []
    at = 0
    for field in row:
        first, last = _covered(field, columns)
        if first < at:
            return None
        made += [Claim(None)] * (first - at)
        made.append(Claim(field, last - first + 1))
        at = last + 1
    return made + [Claim(None)] * (len(columns) - at)


def _covered(field: Line, columns: Sequence[tuple[float, float]]) -> tuple[int, int]:
    """The columns that a field stands in, the nearest one when it stands between two."""
    over = [at for at, (left, right) in enumerate(columns) if field.left < right and left < field.right]
    if over:
        return over[0], over[-1]
    middle = (field.left + field.right) / 2
    near = min(range(len(columns)), key=lambda at: abs(middle - sum(columns[at]) / 2))
    return near, near
