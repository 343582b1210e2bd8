"""Rows of a flattened form into tables, with the headings, names and unit lines that stood as rows of one cell."""

from rongji.documents.model import Block, Heading, Paragraph, Style, Title
from rongji.documents.readers import signs
from rongji.documents.readers.cells import cell_of
from rongji.documents.readers.flow import joined_runs
from rongji.documents.readers.rectangle import positional
from rongji.documents.readers.txt_flattened import FlatCell, Rows

_NAME_ROOM = 40


def form_blocks(rows: Rows) -> list[Block]:
    """The blocks of a form, in order."""
    made: list[Block] = []
    table: Rows = []
    for number, row in enumerate(rows):
        following = rows[number + 1] if number + 1 < len(rows) else []
        block = _standing_alone(row, following)
        if block or _begins_anew(row, table):
            made += _table(table)
            table = []
        if block:
            made.append(block)
        else:
            table.append(row)
    return made + _table(table)


def _table(rows: Rows) -> list[Block]:
    if not rows:
        return []
    cells = [[cell_of(cell.lines, None if cell.lines else cell.place) for cell in row] for row in rows]
    place = next((cell.place for row in cells for cell in row if cell.place), None)
    if len(cells) == 1 and len(cells[0]) == 1:
        return [Paragraph(paragraph.runs, place=paragraph.place) for paragraph in cells[0][0].paragraphs]
    return [positional(cells, spans_known=False, place=place)]


def _standing_alone(row: list[FlatCell], following: list[FlatCell]) -> Block | None:
    """A row of one cell that is no part of a table: heading, title, unit line, or the name of the table below."""
    if len(row) != 1 or not row[0].text:
        return None
    lines, text = [line for line in row[0].lines if line.text], row[0].text
    runs, place = joined_runs(lines), lines[0].place
    if level := signs.heading_level(text):
        return Heading(level, runs, place=place)
    if signs.is_title(text) and not signs.is_caption(text):
        return Title(tuple(line.text for line in lines), place=place)
    if signs.is_unit_line(text):
        return Paragraph(runs, place=place)
    if _names_table(text, following):
        return Paragraph(runs, style=Style.CAPTION, place=place)
    return Title((text,), place=place) if signs.is_title(text) else None


def _names_table(text: str, following: list[FlatCell]) -> bool:
    """A short line over a row of headers."""
    has_header = len(following) > 2 and not any(signs.is_number(cell.text) for cell in following if cell.text)
    return has_header and len(text) <= _NAME_ROOM and (signs.is_caption(text) or bool(signs.unit_in_name(text)))


def _begins_anew(row: list[FlatCell], table: Rows) -> bool:
    """The header of another table: it begins with the same word as the header before, and goes on differently."""
    if not table or len(row) < 3 or not row[0].text or signs.is_number(row[0].text):
        return False
    first = table[0]
    same = signs.squeezed(row[0].text) == signs.squeezed(first[0].text)
    return same and [cell.text for cell in row] != [cell.text for cell in first]
