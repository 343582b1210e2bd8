"""A copy of what was read with every bad cell coloured and commented, for the clerk to put right there."""

import re
from decimal import Decimal
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from rongji.documents.readers.workbook.raw import CellKind, RawBook, RawCell, RawSheet, column_index
from rongji.documents.readers.workbook.unpacking import UnreadableWorkbook
from rongji.performance.workbook.layout import Layout, load_layout, squeeze
from rongji.performance.workbook.problems import LEVEL_LABELS, CellProblem
from rongji.performance.workbook.styles import Styles
from rongji.performance.workbook.template_sheet import LONGEST_TEXT, print_on_a4

PROBLEMS_TITLE = "备查问题清单"
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d+)(?::.*)?")
_HEADINGS = ("序号", "级别", "工作表", "单元格", "现有内容", "问题", "应填")
_WIDTHS = (6, 10, 16, 18, 24, 52, 52)


def write_marked(path: Path, book: RawBook, problems: tuple[CellProblem, ...], layout: Layout | None = None) -> None:
    """Write the copy: first sheet the list of problems, then every sheet as it was read.

    Raises: UnreadableWorkbook when the file read was no workbook and has no cells to mark.
    """
    if not book.is_spreadsheet:
        raise UnreadableWorkbook(file=book.file, why="只有工作簿才能标注问题单元格")
    layout = layout or load_layout()
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as output:
        styles = Styles(output)
        listing = output.add_worksheet(PROBLEMS_TITLE)
        _write_list(listing, problems, styles)
        for sheet in book:
            known = layout.sheet_titled(sheet.title)
            titles = {squeeze(sheet.title), squeeze(known.title if known else sheet.title)}
            mine = [item for item in problems if squeeze(item.sheet) in titles]
            if squeeze(sheet.title) != squeeze(PROBLEMS_TITLE):
                _write_sheet(output.add_worksheet(sheet.title), sheet, mine, styles)


def _write_list(sheet: Worksheet, problems: tuple[CellProblem, ...], styles: Styles) -> None:
    print_on_a4(sheet)
    sheet.hide_gridlines(2)
    sheet.set_default_row(24)
    errors = sum(item.is_error for item in problems)
    sheet.set_row(0, 30)
    title = f"共 {errors} 处必须改正，{len(problems) - errors} 处请核对"
    sheet.write_string(0, 0, title, styles.title)
    for column, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, heading, styles.header())
    for row, item in enumerate(problems, 3):
        values = (str(row - 2), LEVEL_LABELS[item.level], item.sheet, item.address, item.found, item.what, item.remedy)
        for column, text in enumerate(values):
            style = styles.marked(is_error=item.is_error) if column == 1 else styles.text(wrap=True)
            if column == 3 and _ADDRESS.fullmatch(text):
                sheet.write_url(row, column, f"internal:'{item.sheet}'!{text}", styles.text(), text)
            else:
                sheet.write_string(row, column, text[:LONGEST_TEXT], style)
    sheet.freeze_panes(3, 0)


def _write_sheet(sheet: Worksheet, raw: RawSheet, problems: list[CellProblem], styles: Styles) -> None:
    marks = _by_cell(problems)
    print_on_a4(sheet)
    sheet.set_column(0, 60, 16)
    for row in raw.rows:
        for column, cell in enumerate(row.cells):
            found = marks.pop((row.number - 1, column), [])
            _write_cell(sheet, row.number - 1, column, cell, found, styles)
    for (row_index, column), found in marks.items():
        _write_cell(sheet, row_index, column, RawCell(""), found, styles)


def _by_cell(problems: list[CellProblem]) -> dict[tuple[int, int], list[CellProblem]]:
    found: dict[tuple[int, int], list[CellProblem]] = {}
    for item in problems:
        address = _ADDRESS.fullmatch(item.address)
        place = (int(address.group(2)) - 1, column_index(address.group(1))) if address else (0, 0)
        found.setdefault(place, []).append(item)
    return found


def _write_cell(
    sheet: Worksheet, row: int, column: int, cell: RawCell, problems: list[CellProblem], styles: Styles
) -> None:
    style = styles.marked(is_error=any(item.is_error for item in problems)) if problems else styles.text()
    is_percent = cell.kind is CellKind.PERCENT
    text = f"{cell.text}%" if is_percent else cell.text
    if not problems and not cell.trouble and (is_percent or cell.kind is CellKind.NUMBER):
        number = Decimal(cell.text) / 100 if is_percent else Decimal(cell.text)
        sheet.write_number(
            row, column, number, styles.number(cell.places or (0 if is_percent else cell.places), percent=is_percent)
        )
    elif text:
        sheet.write_string(row, column, text[:LONGEST_TEXT], style)
    elif problems:
        sheet.write_blank(row, column, None, style)
    if problems:
        remark = "\n".join(f"{LEVEL_LABELS[item.level]}：{item.what}。{item.remedy}。" for item in problems)
        sheet.write_comment(row, column, remark, {"author": "荣绩", "x_scale": 2})
