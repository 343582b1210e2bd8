"""Tables in a text file that keep one row on one line: parted by tabs, bars, aligned spaces, drawn boxes or commas."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from rongji.documents.model import Block, Cell
from rongji.documents.readers import flow, signs
from rongji.documents.readers.cells import cell_of
from rongji.documents.readers.flow import Line
from rongji.documents.readers.rectangle import positional
from rongji.documents.readers.txt_aligned import aligned_blocks, has_gap, is_aligned
from rongji.documents.readers.txt_boxes import begins_box, box_blocks, is_box_line
from rongji.documents.readers.txt_lines import RawLine

_RULE = re.compile(r"[\s|｜:+=-]*-[\s|｜:+=-]*")
_BAR = re.compile(r"[|｜]")
_FIELD = re.compile(r'\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(,|$)')
_LEAST_ALIGNED = 3
_CELL_ROOM = 60
_LINES_IN_FIELD = 50
_MOST_FIELDS = 200
_MOST_COMMAS = 600  # those inside quotes included
_ROW_ROOM = 4_000  # characters of a line that can be a row

Fields = list[Line]


def whole_table(lines: Sequence[RawLine]) -> list[Block]:
    """The table when the whole file is one (csv), else nothing."""
    written = [line for line in lines if not line.is_blank]
    if len(written) < 2 or any(len(line.text) > _ROW_ROOM or line.text.count(",") > _MOST_COMMAS for line in written):
        return []
    if sum("," in line.text for line in written) * 5 < len(written) * 4:
        return []
    if sum(signs.ends_sentence(line.text.rstrip()) for line in written) * 2 > len(written):
        return []  # 一行一段、用半角逗号的正文
    rows = _comma_rows(written)
    counts = Counter(len(row) for row in rows)
    width, most = counts.most_common(1)[0]
    long = sum(len(field.text) > _CELL_ROOM for row in rows for field in row)
    if width < 2 or most * 5 < len(rows) * 4 or long * 5 > len(rows) * width:
        return []
    return _table(rows) if not any(row[0].text.count("。") > 1 for row in rows) else []


def _comma_rows(lines: Sequence[RawLine]) -> list[Fields]:
    """The rows of comma separated values; a quoted field may run over several lines."""
    rows: list[Fields] = []
    start = 0
    while start < len(lines):
        end = start + 1
        quotes = lines[start].text.count('"')
        while quotes % 2 and end < min(len(lines), start + _LINES_IN_FIELD):
            quotes += lines[end].text.count('"')
            end += 1
        if quotes % 2:  # never closed: letters like any other
            end = start + 1
        whole = (
            lines[start]
            if end == start + 1
            else replace(lines[start], text="\n".join(line.text.rstrip("\r") for line in lines[start:end]))
        )
        rows.append(_comma_fields(whole))
        start = end
    return rows


def _comma_fields(line: RawLine) -> Fields:
    """The fields of a line of comma separated values; a quote that never closes is a letter like any other."""
    text = line.text.rstrip("\r")
    fields: Fields = []
    at = 0
    while at <= len(text):
        found = _FIELD.match(text, at)
        if found is None:
            break
        group = 1 if found[1] is not None else 2
        field = line.piece(found.start(group), found.end(group))
        fields.append(replace(field, text=field.text.replace('""', '"')))
        if not found[3]:
            break
        at = found.end()
    return fields


def grid_at(lines: Sequence[RawLine], index: int) -> tuple[list[Block], int] | None:
    """The table that begins at a line, with the line after it; no blocks: such lines are running text after all."""
    text = lines[index].text
    if len(text) > _ROW_ROOM:
        return None
    if begins_box(text):
        return _run(lines, index, is_box_line, box_blocks, least=3)
    if _BAR.search(text.strip()[1:]):
        return _run(lines, index, _has_bar, _bar_blocks, least=2)
    if "\t" in text.strip():
        return _run(lines, index, _has_tab, _tab_blocks, least=2)
    if is_aligned(text):
        made, end = _run(lines, index, has_gap, aligned_blocks, least=_LEAST_ALIGNED)
        return (made if _stands_free(lines, index, end) else []), end
    return None


def _stands_free(lines: Sequence[RawLine], start: int, end: int) -> bool:
    """Whether no line beside a table is a torn part of it: a word that its narrow cell broke, a header of a group."""
    above = lines[start - 1].text.strip() if start else ""
    below = lines[end].text.strip() if end < len(lines) else ""
    named = signs.is_unit_line(above) or signs.is_caption(above) or signs.is_title(above) or signs.heading_level(above)
    is_apart = not below or signs.is_note(below) or signs.ends_sentence(below) or signs.numbering_level(below) > 0
    return (not above or bool(named) or signs.ends_sentence(above)) and is_apart


def _run(
    lines: Sequence[RawLine],
    index: int,
    belongs: Callable[[str], bool],
    make: Callable[[list[RawLine]], list[Block]],
    *,
    least: int,
) -> tuple[list[Block], int]:
    """Lines of one kind, single blank lines between them allowed, into blocks."""
    end = index + 1
    while end < len(lines):
        if _is_row(lines[end].text, belongs):
            end += 1
        elif lines[end].is_blank and end + 1 < len(lines) and _is_row(lines[end + 1].text, belongs):
            end += 2
        else:
            break
    found = [line for line in lines[index:end] if not line.is_blank]
    return (make(found) if len(found) >= least else []), end


def _is_row(text: str, belongs: Callable[[str], bool]) -> bool:
    return len(text) <= _ROW_ROOM and belongs(text)


def _has_bar(text: str) -> bool:
    return bool(_BAR.search(text))


def _has_tab(text: str) -> bool:
    return "\t" in text.rstrip(" \r") and not text.isspace()


def _bar_blocks(lines: list[RawLine]) -> list[Block]:
    """Rows between bars, the line under the header left out; bars at both ends enclose, they part nothing."""
    if any(len(_BAR.findall(line.text)) > _MOST_FIELDS + 1 for line in lines):
        return []
    rows = []
    for line in lines:
        if not _RULE.fullmatch(line.text):
            text = line.text.rstrip()
            cuts = [found.start() for found in _BAR.finditer(text)]
            inner = cuts if text[:1] and text.lstrip()[0] in "|｜" else [-1, *cuts]
            outer = inner if text[-1] in "|｜" else [*inner, len(text)]
            rows.append([line.piece(left + 1, right) for left, right in pairwise(outer)])
    is_table = len(rows) > 1 and sum(len(row) > 1 for row in rows) * 2 > len(rows)
    return _table(rows) if is_table else []


def _tab_blocks(lines: list[RawLine]) -> list[Block]:
    rows = []
    for line in lines:
        cuts = [-1, *(at for at, char in enumerate(line.text) if char == "\t"), len(line.text)]
        rows.append([line.piece(left + 1, right) for left, right in pairwise(cuts)])
    long = sum(signs.ends_sentence(field.text) and len(field.text) > _CELL_ROOM for row in rows for field in row)
    return _table(rows) if long * 2 < len(rows) else []


def _table(rows: list[Fields]) -> list[Block]:
    """The lines over the table (rows with one field), the table, the notes under it."""
    if max(len(row) for row in rows) > _MOST_FIELDS:
        return []
    first = next((at for at, row in enumerate(rows) if _filled(row) > 1), len(rows))
    last = next((at for at in range(len(rows), first, -1) if _filled(rows[at - 1]) > 1), first)
    made = _lines(rows[:first], opens=True)
    if last > first:
        body = rows[first:last]
        cells = [[_cell(field) for field in row] for row in body]
        place = next((cell.place for row in cells for cell in row if cell.place), None)
        made.append(positional(cells, spans_known=len({len(row) for row in body}) == 1, place=place))
    return made + _lines(rows[last:])


def _cell(field: Line) -> Cell:
    return cell_of([replace(field, text=part.strip()) for part in field.text.split("\n")])


def _lines(rows: Sequence[Fields], *, opens: bool = False) -> list[Block]:
    return flow.blocks([[field] for row in rows for field in row if field.text], opens=opens)


def _filled(row: Fields) -> int:
    return sum(bool(field.text) for field in row)
