"""Reads the pairs sheet (基本信息): who, which year, by which scheme."""

from dataclasses import dataclass

from rongji.documents.readers.workbook.raw import CellKind, RawCell, RawRow, RawSheet
from rongji.performance.workbook.layout import Column, Sheet, closest, squeeze
from rongji.performance.workbook.problems import CellTrouble, ProblemList
from rongji.performance.workbook.words import read_bureau, read_integer, read_text, read_year, read_yes_or_no

IDENTITY_FIELDS = ("bureau", "name", "year", "scheme")
_HEADINGS = {"项目", "内容"}


@dataclass(frozen=True)
class Profile:
    """The fields by id, and the cell of each for later remarks."""

    values: dict[str, str]
    cells: dict[str, RawCell]

    @property
    def year(self) -> int:
        """The budget year; 0 when it could not be read."""
        return int(self.values.get("year") or 0)

    @property
    def extra(self) -> dict[str, str]:
        """Every field but the four that identify the bureau-year."""
        return {name: text for name, text in self.values.items() if name not in IDENTITY_FIELDS}


def read_profile(raw: RawSheet | None, sheet: Sheet, notes: ProblemList) -> Profile:
    """Every field of the sheet, in the layout's order."""
    by_heading = {squeeze(name): column for column in sheet.columns for name in (column.id, column.title)}
    cells: dict[str, RawCell] = {}
    for row in raw.rows if raw else ():
        _place_row(row, by_heading, cells, sheet, notes)
    values = {}
    for column in sheet.columns:
        text = _field(column, cells.get(column.id), sheet, notes)
        if text:
            values[column.id] = text
    return Profile(values, cells)


def _place_row(
    row: RawRow, by_heading: dict[str, Column], cells: dict[str, RawCell], sheet: Sheet, notes: ProblemList
) -> None:
    filled = [cell for cell in row.cells if not cell.is_blank]
    head = row.cell(0)
    if not filled or head is None:
        return
    column = by_heading.get(squeeze(head.text))
    value = row.cell(1) or RawCell(f"B{row.number}")
    if column is None:
        if len(filled) > 1 and squeeze(head.text) not in _HEADINGS:
            near = closest(squeeze(head.text), by_heading)
            hint = f"是否为“{by_heading[near].title}”？" if near else "请使用模板中的项目名称"
            notes.error(sheet.title, head, f"不认识的项目“{head.text}”", hint)
    elif column.id in cells:
        notes.error(sheet.title, head, f"“{column.title}”填了两次", "请只保留一行")
    else:
        cells[column.id] = value


def _field(column: Column, cell: RawCell | None, sheet: Sheet, notes: ProblemList) -> str:
    if cell is None or cell.is_blank:
        if column.required:
            notes.error(sheet.title, cell or RawCell(""), f"“{column.title}”没有填", column.note or "这一项必须填写")
        return ""
    try:
        return _value(column, cell)
    except CellTrouble as trouble:
        notes.error(sheet.title, cell, trouble.what, trouble.remedy)
        return ""


def _value(column: Column, cell: RawCell) -> str:
    match column.type:
        case "code":
            return read_bureau(cell)
        case "year":
            return read_year(cell)
        case "integer":
            return read_integer(cell)
        case "yesno":
            return "是" if read_yes_or_no(cell) else "否"
        case _:
            return read_text(cell)


def check_words(
    profile: Profile, sheet: Sheet, notes: ProblemList, schemes: tuple[str, ...], forms: tuple[str, ...]
) -> None:
    """The scheme and the form must be ones that exist."""
    for name, known in (("scheme", schemes), ("form", forms)):
        text = profile.values.get(name, "")
        if text and known and text not in known:
            cell = profile.cells.get(name) or RawCell("", CellKind.TEXT, text)
            title = sheet.column(name).title
            notes.error(sheet.title, cell, f"没有“{text}”这个{title}", f"请从中选一个：{'、'.join(known)}")
