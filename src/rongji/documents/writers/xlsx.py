"""Workbooks with true numbers, their printed formats and real formulas for totals and rates."""

import io
from datetime import UTC, datetime, time
from decimal import Context, Decimal
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from rongji.documents import layout, paper
from rongji.documents.fonts import OFFICIAL_NAMES, Face
from rongji.documents.grid import Placed
from rongji.documents.model import (
    Align,
    Block,
    Document,
    Heading,
    PageBreak,
    Paragraph,
    Section,
    SignatureBlock,
    Style,
    Table,
    Title,
)
from rongji.documents.writers.archive import without_clock
from rongji.documents.writers.xlsx_numbers import Located, Numbers, number_format
from rongji.documents.writers.xlsx_sheet import (
    Area,
    Laid,
    Piece,
    TableOnSheet,
    page_breaks,
    set_down,
    sheets,
    shown_text,
    text_height,
)
from rongji.kernel.refusal import Refusal

_EXCEL_TEXT_LIMIT = 32_767
_UNDATED = datetime(2000, 1, 1, tzinfo=UTC)
# Column widths are counted in digits of this font: one whose digits are equally wide in Excel and in LibreOffice.
_DEFAULT_FONT = {"font_name": "Arial", "font_size": 10}
_TEXT_FORMAT = 49  # the number that Excel has for “@”
_INCHES_PER_MM = 1 / 25.4
_PIXELS_PER_MM = 96 / 25.4
_HEADING_FACES = (Face.HEI, Face.KAI, Face.BODY, Face.BODY)
_A4 = 9
_TITLE_SIZE = 20
_CAPTION_HEIGHT = 40  # points, with the line of the unit
_TEXT_SIZE = 14  # points; a screen-sized stand-in for 3号
_ALIGN = {Align.LEFT: "left", Align.CENTER: "center", Align.RIGHT: "right", Align.JUSTIFY: "left"}
_VALIGN = {"top": "top", "middle": "vcenter", "bottom": "bottom"}


class TextTooLong(Refusal):
    """A single text that no cell of a workbook can hold."""

    code = "text-too-long-for-cell"
    sentence = "以“{beginning}”开头的一格文字超过 Excel 单元格 32767 字的上限，请分段填写，或改用 docx、pdf 格式。"


def render(document: Document, *, font_dir: Path | None = None) -> bytes:
    """The document as xlsx bytes; font_dir is not used: the file names fonts and carries none.

    Raises: CrookedTable, FormulaBug, TextTooLong.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_format_properties": dict(_DEFAULT_FONT)})
    book.set_properties(_properties(document))
    _Book(book, document).write()
    book.close()
    return without_clock(buffer.getvalue())


def _properties(document: Document) -> dict[str, Any]:
    dated = document.dated_on
    facts = "; ".join(f"{key}={value}" for key, value in sorted(document.properties.items()))
    return {
        "title": layout.printable(document.title),
        "author": layout.printable(document.properties.get("unit", "")),
        "keywords": layout.printable(facts),
        "created": datetime.combine(dated, time(), UTC) if dated else _UNDATED,
    }


class _Book:
    """One workbook in two passes: first where everything stands, then the writing, so that formulas can point ahead."""

    def __init__(self, book: xlsxwriter.Workbook, document: Document) -> None:
        self.book = book
        self.document = document
        self.numbers = Numbers()
        self.formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def write(self) -> None:
        """Lay out every sheet, then write every sheet."""
        plans = [self._plan(laid) for laid in sheets(self.document)]
        for laid, rows in plans:
            page = self.book.add_worksheet(laid.name)
            _set_up(page, laid, self.document.notice)
            self._fill(page, laid, rows)

    def _plan(self, laid: Laid) -> tuple[Laid, list[tuple[int, Block, TableOnSheet | None]]]:
        plan: list[tuple[int, Block, TableOnSheet | None]] = []
        row = 0
        for block in laid.blocks:
            if isinstance(block, Table):
                lead = bool(block.caption) + bool(block.unit_note)
                table = set_down(block, laid, row + lead)
                self._locate(table, laid.name)
                plan.append((row, block, table))
                row = table.row_starts[-1] + 1
            else:
                plan.append((row, block, None))
                row += len(_lines(block, laid))
        return laid, plan

    def _locate(self, table: TableOnSheet, sheet: str) -> None:
        for placed in table.grid.cells:
            located = _located(placed, table.area(placed), sheet)
            if located:
                self.numbers.add(located)
            elif placed.cell.name:
                self.numbers.add_unnumbered(placed.cell.name)

    def _fill(self, page: Worksheet, laid: Laid, rows: list[tuple[int, Block, TableOnSheet | None]]) -> None:
        pieces: list[Piece] = []
        for row, block, table in rows:
            if table is not None:
                self._table(page, laid, row, table)
                pieces.append(Piece(row, sum(table.heights) + _CAPTION_HEIGHT, is_table=True))
            else:
                lines = _lines(block, laid)
                for number, (text, look, height) in enumerate(lines):
                    self._line(page, laid, row + number, text, look, height)
                height = sum(height for _, _, height in lines)
                pieces.append(Piece(row, height, isinstance(block, Heading), begins_page=isinstance(block, PageBreak)))
        # A program that fits sheets to the width of the page may pass over breaks; it is no worse off for them.
        page.set_h_pagebreaks(page_breaks(pieces, laid.sheet.text_height * paper.POINTS_PER_MM))
        tables = [table for _, _, table in rows if table is not None]
        if len(tables) == 1 and tables[0].table.header_rows:
            page.repeat_rows(tables[0].row_starts[0], tables[0].row_starts[tables[0].table.header_rows] - 1)

    def _line(self, page: Worksheet, laid: Laid, row: int, text: str, look: dict[str, Any], height: float) -> None:
        page.set_row(row, height)
        self._text(page, Area(row, 0, row, len(laid.borders) - 2), text, self._format({"text_wrap": True, **look}))

    def _table(self, page: Worksheet, laid: Laid, row: int, table: TableOnSheet) -> None:
        if table.table.caption:
            self._line(page, laid, row, table.table.caption, _look(Face.HEI, 14, "center"), 24)
            row += 1
        if table.table.unit_note:
            self._line(page, laid, row, table.table.unit_note, _look(Face.SONG, 10.5, "right"), 16)
        for number, height in enumerate(table.heights):
            page.set_row(table.row_starts[0] + number, height)
        for placed in table.grid.cells:
            self._cell(page, laid, placed, table)

    def _cell(self, page: Worksheet, laid: Laid, placed: Placed, table: TableOnSheet) -> None:
        cell, area = placed.cell, table.area(placed)
        is_head = cell.header and placed.row < table.table.header_rows
        look = _look(Face.HEI if is_head else Face.BODY, table.fitted.size, "left")
        width = table.fitted.span(placed.column, cell.colspan)
        look |= {"align": _ALIGN[layout.alignment(cell, width, table.fitted.size)], "border": 1, "text_wrap": True}
        look |= {"valign": _VALIGN[cell.valign.value]}
        if cell.vertical:
            look |= {"align": "center", "rotation": 270}  # Excel's word for characters set upright, one below the other
        if any(run.bold for paragraph in cell.paragraphs for run in paragraph.runs):
            look |= {"bold": True}
        located = _located(placed, area, laid.name)
        if located:
            self._number(page, area, located, look)
        else:
            text = layout.printable(shown_text(placed, table.fitted))
            self._text(page, area, text, self._format({**look, "num_format": _TEXT_FORMAT}))

    def _number(self, page: Worksheet, area: Area, located: Located, look: dict[str, Any]) -> None:
        # A number has no second line: one that is wider than its cell is set smaller, else it would show as ###.
        made = self._format({**look, "text_wrap": False, "shrink": True, "num_format": located.number_format})
        if not area.is_single:
            page.merge_range(*_ends(area), "", made)
        formula = self.numbers.formula(located)
        if formula:
            page.write_formula(area.first_row, area.first_column, formula[0], made, _cached(formula[1]))
        else:
            # Excel knows only doubles: the digits written are those of the exact number.
            page.write_number(area.first_row, area.first_column, located.quantity.value / located.scale, made)

    def _text(self, page: Worksheet, area: Area, text: str, made: Format) -> None:
        if len(text) > _EXCEL_TEXT_LIMIT:
            raise TextTooLong(beginning=text[:12])
        if not area.is_single:
            page.merge_range(*_ends(area), "", made)
        if text:
            page.write_string(area.first_row, area.first_column, text, made)
        else:
            page.write_blank(area.first_row, area.first_column, None, made)

    def _format(self, look: dict[str, Any]) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self.formats:
            self.formats[key] = self.book.add_format(look)
        return self.formats[key]


def _cached(value: Decimal) -> Decimal:
    """The result that stands beside a formula, in the fifteen digits that Excel keeps."""
    return Decimal(format(Context(prec=15).plus(value), "f"))


def _ends(area: Area) -> tuple[int, int, int, int]:
    return area.first_row, area.first_column, area.last_row, area.last_column


def _located(placed: Placed, area: Area, sheet: str) -> Located | None:
    """The number of a cell, when its text prints its quantity."""
    cell = placed.cell
    shape = number_format(layout.printable(cell.text).strip(), cell.quantity) if cell.quantity else None
    if shape is None or cell.quantity is None:
        return None
    return Located(cell, cell.quantity, sheet, area.first_row, area.first_column, shape)


def _look(face: Face, size: float, align: str, **more: Any) -> dict[str, Any]:
    return {"font_name": OFFICIAL_NAMES[face], "font_size": size, "align": align, "valign": "vcenter", **more}


def _lines(block: Block, laid: Laid) -> list[tuple[str, dict[str, Any], float]]:
    """The worksheet rows of a block that is not a table: text, look, height in points."""
    match block:
        case Title():
            room = int(laid.sheet.text_width * paper.POINTS_PER_MM / _TITLE_SIZE)
            lines = (line for given in block.lines for line in layout.balanced(layout.printable(given), room))
            return [_line(line, _look(Face.TITLE, _TITLE_SIZE, "center"), laid) for line in lines]
        case Heading():
            text = "".join(run.text for run in block.runs)
            return [_line("　　" + text, _look(_HEADING_FACES[block.level - 1], _TEXT_SIZE, "left"), laid)]
        case Paragraph():
            return _paragraph_lines(block, laid)
        case SignatureBlock():
            return [
                _line("".join(run.text for run in line), _look(Face.BODY, _TEXT_SIZE, "right", indent=3), laid)
                for line in block.lines
            ]
        case Table() | PageBreak() | Section():
            return []


def _paragraph_lines(block: Paragraph, laid: Laid) -> list[tuple[str, dict[str, Any], float]]:
    """A paragraph in one row, or in several when it is taller than a row of Excel can be."""
    size = 10.5 if block.style is Style.NOTE else _TEXT_SIZE
    face = Face.HEI if block.style in (Style.CAPTION, Style.ATTACHMENT) else Face.BODY
    natural = {Style.CAPTION: Align.CENTER, Style.SIGNATURE: Align.RIGHT}.get(block.style, Align.JUSTIFY)
    align = block.align or natural
    is_indented = block.indent and align in (Align.JUSTIFY, Align.LEFT) and block.style is not Style.ATTACHMENT
    text = ("　　" if is_indented else "") + block.text
    room = max(1, int(laid.sheet.text_width * paper.POINTS_PER_MM / size) * int(360 / size / 1.38))
    pieces = [text[at : at + room] for at in range(0, len(text), room)] or [""]
    return [_line(piece, _look(face, size, _ALIGN[align]), laid) for piece in pieces]


def _line(text: str, look: dict[str, Any], laid: Laid) -> tuple[str, dict[str, Any], float]:
    text = layout.printable(text)
    return text, look, text_height(text, laid.sheet.text_width, float(look["font_size"]))


def _set_up(page: Worksheet, laid: Laid, notice: str) -> None:
    sheet = laid.sheet
    for number, (left, right) in enumerate(zip(laid.borders, laid.borders[1:], strict=False)):
        page.set_column_pixels(number, number, round((right - left) * _PIXELS_PER_MM))
    if sheet.width > sheet.height:
        page.set_landscape()
    page.set_paper(_A4)
    inch = _INCHES_PER_MM
    page.set_margins(sheet.left * inch, sheet.right * inch, sheet.top * inch, sheet.bottom * inch)
    page.fit_to_pages(1, 0)
    page.center_horizontally()
    page.hide_gridlines(2)
    page.set_footer('&R&"宋体"&14— &P —　', {"margin": (sheet.bottom - 12) * inch})
    if notice:
        page.set_header(f"&R&12{layout.printable(notice).replace('&', '&&')}", {"margin": 20 * inch})
