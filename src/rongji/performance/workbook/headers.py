"""Binds the columns of a sheet by what their headings say, wherever they stand."""

from dataclasses import dataclass

from rongji.documents.readers.workbook.raw import CellKind, Merge, RawCell, RawRow, RawSheet, column_letters
from rongji.performance.workbook.layout import CHECK_PREFIX, SCRATCH_PREFIX, Sheet, closest, squeeze
from rongji.performance.workbook.problems import ProblemList

_HEADER_SEARCH_ROWS = 12


@dataclass(frozen=True)
class BoundSheet:
    """A sheet whose columns are known: column id → position, and its data rows."""

    sheet: Sheet
    positions: dict[str, int]
    rows: tuple[RawRow, ...]

    @property
    def title(self) -> str:
        """The sheet's title."""
        return self.sheet.title

    def cell(self, row: RawRow, column_id: str) -> RawCell:
        """The cell of that column; a blank one at the row when the column or the cell is missing."""
        position = self.positions.get(column_id)
        found = row.cell(position) if position is not None else None
        if found is None and position is not None and row.cells and row.cells[0].address[:1].isascii():
            return RawCell(f"{column_letters(position)}{row.number}")
        return found or RawCell(f"第{row.number}行")


def bind(raw: RawSheet, sheet: Sheet, notes: ProblemList, *, is_spreadsheet: bool) -> BoundSheet | None:
    """The sheet with its columns bound; None when it is empty or no heading row can be found (noted)."""
    rows = [row for row in raw.rows if not row.is_blank]
    if not rows:
        return None
    header = max(rows[:_HEADER_SEARCH_ROWS], key=lambda row: _matches(row, raw, sheet))
    if _matches(header, raw, sheet) < min(2, len(sheet.all_columns)) and is_spreadsheet:
        wanted = "、".join(item.title for item in sheet.all_columns[:4])
        notes.error(sheet.title, rows[0].cells[0], "找不到表头行", f"请保留模板的表头行（{wanted}……）")
        return None
    data = tuple(row for row in rows if row.number > header.number and not _is_aside(row))
    _note_merges(raw, header, sheet, notes)
    positions = _positions(header, data, raw, sheet, notes)
    _note_missing(header, positions, sheet, notes, warn=is_spreadsheet)
    return BoundSheet(sheet, positions, tuple(row for row in data if _is_filled(row, positions)))


def _is_aside(row: RawRow) -> bool:
    """A row of check formulas, or of the clerk's own notes."""
    first = next(cell for cell in row.cells if not cell.is_blank)
    return squeeze(first.text).startswith((CHECK_PREFIX, SCRATCH_PREFIX))


def _is_filled(row: RawRow, positions: dict[str, int]) -> bool:
    """Whether a row says anything in a column of the layout; check columns do not count."""
    cells = (row.cell(index) for index in positions.values())
    return any(cell is not None and not cell.is_blank for cell in cells)


def _heading(row: RawRow, index: int, raw: RawSheet) -> str:
    """The heading over a column; a vertically merged one is taken from the top of its merge."""
    cell = row.cells[index]
    if not cell.is_blank:
        return cell.text
    for merge in raw.merges:
        if merge.holds(row.number - 1, index) and merge.first_column == merge.last_column:
            top = next((item for item in raw.rows if item.number == merge.first_row + 1), None)
            found = top.cell(index) if top else None
            return found.text if found else ""
    return ""


def _matches(row: RawRow, raw: RawSheet, sheet: Sheet) -> int:
    headings = [_heading(row, index, raw) for index in range(len(row.cells))]
    return sum(1 for text in headings if text and sheet.column_headed(text))


def _positions(
    header: RawRow, data: tuple[RawRow, ...], raw: RawSheet, sheet: Sheet, notes: ProblemList
) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(header.cells):
        heading = _heading(header, index, raw)
        column = sheet.column_headed(heading) if heading else None
        if column and column.id in found:
            notes.error(sheet.title, cell, f"表头“{column.title}”出现了两次", "请只保留一列")
        elif column:
            found[column.id] = index
        elif heading:
            _note_unknown(cell, heading, sheet, notes)
        elif _has_data(data, index) and not _is_merged(raw, header, index):
            notes.error(sheet.title, cell, "此列有数据但没有表头", "请补上表头，或清空此列")
    return found


def _has_data(data: tuple[RawRow, ...], index: int) -> bool:
    return any((cell := row.cell(index)) is not None and not cell.is_blank for row in data)


def _is_merged(raw: RawSheet, header: RawRow, index: int) -> bool:
    return any(merge.holds(header.number - 1, index) for merge in raw.merges)


def _note_unknown(cell: RawCell, heading: str, sheet: Sheet, notes: ProblemList) -> None:
    text = squeeze(heading)
    if text.startswith((CHECK_PREFIX, SCRATCH_PREFIX)):
        return
    titles = {squeeze(item.title): item.title for item in sheet.all_columns}
    near = closest(text, titles)
    hint = f"请改为“{titles[near]}”" if near else f"请改用模板中的表头；自用的列请以“{SCRATCH_PREFIX}”开头"
    notes.error(sheet.title, cell, f"不认识的表头“{heading.strip()}”", hint)


def _note_missing(header: RawRow, positions: dict[str, int], sheet: Sheet, notes: ProblemList, *, warn: bool) -> None:
    for column in sheet.all_columns:
        if column.id in positions:
            continue
        if column.required:
            notes.error(sheet.title, header.cells[0], f"缺少“{column.title}”列", f"请补上表头为“{column.title}”的列")
        elif warn:
            notes.warn(sheet.title, header.cells[0], f"缺少“{column.title}”列，按未填处理", "如有数据，请补上此列")


def _note_merges(raw: RawSheet, header: RawRow, sheet: Sheet, notes: ProblemList) -> None:
    for merge in raw.merges:
        cell = RawCell(merge.address, CellKind.TEXT, _text_at(raw, merge))
        if merge.last_row >= header.number:
            notes.error(sheet.title, cell, "数据区有合并单元格", "请取消合并，每一格单独填写")
        elif merge.last_row == header.number - 1 and merge.first_column != merge.last_column:
            notes.error(sheet.title, cell, f"表头“{cell.text}”是合并单元格", "请取消合并，每一列写一个表头")


def _text_at(raw: RawSheet, merge: Merge) -> str:
    row = next((item for item in raw.rows if item.number == merge.first_row + 1), None)
    cell = row.cell(merge.first_column) if row else None
    return cell.text if cell else ""
