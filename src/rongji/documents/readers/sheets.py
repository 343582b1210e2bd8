"""Workbooks as documents: every visible sheet with its captions, unit lines and tables, numbers as they are printed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby

from rongji.documents.model import Block, Cell, Document, Section
from rongji.documents.readers import flow, signs
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.cells import cell_at
from rongji.documents.readers.flow import Line
from rongji.documents.readers.model import MACROS_NOTE, ReadFile, UnreadableDocument
from rongji.documents.readers.rectangle import Claim, spanned
from rongji.documents.readers.wording import clean
from rongji.documents.readers.workbook.raw import CellKind, Merge, RawBook, RawCell, RawSheet
from rongji.documents.readers.workbook.unpacking import ANY, UnreadableWorkbook
from rongji.documents.readers.workbook.xlsx_reader import read_workbook
from rongji.kernel.place import Place
from rongji.kernel.quantity import Quantity

NO_RESULT = "公式没有计算结果"
_LEAD_CELLS = 4
_NOTE_LENGTH = 30
_SHARED = 2  # columns with numbers that rows on both sides of a blank one have
_WIDEST_GAP = 3  # rows from the last one to the next
_LAST_ROWS = 5  # of the table above whose columns count
_TOTALS = ("合计", "总计", "总分", "共计")


def read_sheets(data: bytes, file: str, kind: str) -> ReadFile:
    """A workbook: xlsx, xls or ods.

    Hidden rows and columns are read, for totals count them; hidden sheets are not. Macros are neither run nor read.
    All of it is noted. Raises: UnreadableDocument.
    """
    try:
        book = read_workbook(data, file, ANY)
    except UnreadableWorkbook as refusal:
        why = str(refusal.facts["why"])
        advice = "" if "请" in why else "，请用 Excel 或 WPS 另存为 .xlsx 后重试"
        raise UnreadableDocument(file=file, reason=why + advice) from None
    macros = (MACROS_NOTE,) if data.startswith(b"PK") and b"vbaProject.bin" in data else ()
    return ReadFile(kind, _document(book), (*macros, *_notes(book)))


def _document(book: RawBook) -> Document:
    visible = [sheet for sheet in book if not sheet.is_hidden]
    blocks: list[Block] = []
    for sheet in visible:
        made = _Sheet(book.file, sheet).blocks()
        if made and len(visible) > 1:
            blocks.append(Section(name=sheet.title))
        blocks += made
    return document_of(blocks)


def _notes(book: RawBook) -> Iterator[str]:
    for sheet in book:
        if sheet.is_hidden:
            yield f"工作表“{sheet.title}”是隐藏的，没有读取。"
            continue
        if sheet.hidden_rows or sheet.hidden_columns:
            rows, columns = len(sheet.hidden_rows), len(sheet.hidden_columns)
            yield f"工作表“{sheet.title}”有 {rows} 行、{columns} 列是隐藏的，仍按表内数字读取。"
        empty = sum(cell.text == NO_RESULT for row in sheet.rows for cell in row.cells if cell.kind is CellKind.ERROR)
        if empty:
            yield f"工作表“{sheet.title}”有 {empty} 个公式没有保存计算结果，请用 Excel 或 WPS 打开后保存再检查。"


class _Sheet:
    """One sheet on its way into blocks."""

    def __init__(self, file: str, sheet: RawSheet) -> None:
        self.file = file
        self.sheet = sheet
        self.spans = {(m.first_row, m.first_column): m for m in sheet.merges}
        self.covered = self._covered()
        self.first = next((index for index, row in enumerate(sheet.rows) if not row.is_blank), -1)

    def _covered(self) -> set[tuple[int, int]]:
        """The slots that merged areas hide, within the used rows."""
        height, width = len(self.sheet.rows), self._width()
        area = sum(_clipped(m, height, width) for m in self.sheet.merges)
        if area > height * width:
            raise UnreadableDocument(file=self.file, reason="合并的单元格互相重叠，请用 Excel 或 WPS 打开后另存一份")
        return {
            (r, c)
            for m in self.sheet.merges
            for r in range(m.first_row, min(m.last_row + 1, height))
            for c in range(m.first_column, min(m.last_column + 1, width))
            if (r, c) != (m.first_row, m.first_column)
        }

    def blocks(self) -> list[Block]:
        """Every stretch of rows between blank rows, as lines and tables."""
        stretches: list[list[int]] = []
        for is_blank, group in groupby(range(len(self.sheet.rows)), key=self._is_gap):
            rows = [] if is_blank else list(group)
            if rows and stretches and self._goes_on(stretches[-1], rows):
                stretches[-1] += rows
            elif rows:
                stretches.append(rows)
        return [block for rows in stretches for block in self._stretch(rows)]

    def _goes_on(self, before: list[int], rows: list[int]) -> bool:
        """Whether rows behind a blank one belong to the table above it: they begin with numbers under its columns."""
        if rows[0] - before[-1] > _WIDEST_GAP or self._lead(before[-1]) in _TOTALS:
            return False
        first, above = self._numbers(rows[0]), [self._numbers(row) for row in before[-_LAST_ROWS:]]
        needed = 1 if self._lead(rows[0]) in _TOTALS else _SHARED
        is_named = len(self._written(rows[0])) > len(first)
        return is_named and len(first & above[-1]) >= needed and first <= set().union(*above)

    def _numbers(self, row: int) -> set[int]:
        """The columns in which a row holds numbers."""
        return {c for c, cell in enumerate(self.sheet.rows[row].cells) if signs.is_number(_words(cell))}

    def _lead(self, row: int) -> str:
        return next((signs.squeezed(_words(cell)) for cell in self._written(row)), "")

    def _is_gap(self, row: int) -> bool:
        """A blank row that no merged area runs through."""
        return self.sheet.rows[row].is_blank and not any((row, c) in self.covered for c in range(self._width()))

    def _width(self) -> int:
        return len(self.sheet.rows[0].cells) if self.sheet.rows else 0

    def _stretch(self, rows: list[int]) -> list[Block]:
        lead, rest = self._leading(rows)
        tail, body = self._trailing(rest)
        return [*self._lines(lead, opens=rows[0] == self.first), *self._table(body), *self._lines(tail)]

    def _leading(self, rows: list[int]) -> tuple[list[int], list[int]]:
        """Rows over a table that hold its name, its unit, who filled it in."""
        count = 0
        while count < len(rows) and self._is_lead(rows[count]):
            count += 1
        if 0 < count < len(rows) and len(rows) - count == 1 and len(self._written(rows[count])) <= 1:
            count = len(rows)
        return rows[:count], rows[count:]

    def _is_lead(self, row: int) -> bool:
        cells = self._written(row)
        if len(cells) <= 1:
            return True
        has_unit = any(signs.is_unit_line(cell.text) for cell in cells)
        return has_unit and len(cells) <= _LEAD_CELLS and all(cell.kind is CellKind.TEXT for cell in cells)

    def _trailing(self, rows: list[int]) -> tuple[list[int], list[int]]:
        """Notes under a table: rows of one long cell, or one that says that it is a note."""
        stop = len(rows)
        while stop > 0 and self._is_note(rows[stop - 1]):
            stop -= 1
        return rows[stop:], rows[:stop]

    def _is_note(self, row: int) -> bool:
        cells = self._written(row)
        is_alone = len(cells) == 1 and cells[0].kind is CellKind.TEXT
        return is_alone and (signs.is_note(cells[0].text) or len(cells[0].text) > _NOTE_LENGTH)

    def _written(self, row: int) -> list[RawCell]:
        return [cell for cell in self.sheet.rows[row].cells if not cell.is_blank and _words(cell)]

    def _lines(self, rows: list[int], *, opens: bool = False) -> list[Block]:
        cells = [cell for row in rows for cell in self._written(row)]
        parts = [
            [Line(part.strip(), self._place(cell)) for part in _words(cell).split("\n") if part.strip()]
            for cell in cells
        ]
        return flow.blocks([part for part in parts if part], opens=opens)

    def _table(self, rows: list[int]) -> list[Block]:
        if not rows:
            return []
        first, last = self._columns(rows)
        claims = [
            [self._claim(row, c, rows[-1], last) for c in range(first, last) if (row, c) not in self.covered]
            for row in rows
        ]
        place = self._place(self.sheet.rows[rows[0]].cells[first])
        table = spanned(claims, self.file, self._cell, place=place)
        return [table] if table else []

    def _columns(self, rows: Sequence[int]) -> tuple[int, int]:
        """The columns in use: first, and the one after the last."""
        used = [c for row in rows for c, cell in enumerate(self.sheet.rows[row].cells) if not cell.is_blank]
        reached = [m.last_column for (row, c), m in self.spans.items() if rows[0] <= row <= rows[-1] and c in set(used)]
        return min(used), min(max([*used, *reached]) + 1, self._width())

    def _claim(self, row: int, column: int, last_row: int, stop: int) -> Claim:
        raw = self.sheet.rows[row].cells[column]
        span = self.spans.get((row, column))
        if span is None:
            return Claim(raw)
        return Claim(raw, min(span.last_column + 1, stop) - column, min(span.last_row, last_row) - row + 1)

    def _cell(self, raw: RawCell, _row: int, _column: int, across: int, down: int) -> Cell:
        parts, place = _words(raw).split("\n"), self._place(raw)
        return cell_at(parts, place, colspan=across, rowspan=down, quantity=_quantity(raw))

    def _place(self, cell: RawCell) -> Place:
        return Place(file=self.file, sheet=self.sheet.title, cell=cell.address)


def _clipped(merge: Merge, height: int, width: int) -> int:
    """How many slots in use a merged area takes."""
    rows = min(merge.last_row + 1, height) - merge.first_row
    columns = min(merge.last_column + 1, width) - merge.first_column
    return max(rows, 0) * max(columns, 0)


def _words(cell: RawCell) -> str:
    if cell.kind is CellKind.ERROR and cell.text == NO_RESULT:
        return ""
    return clean(cell.printed.replace("\r\n", "\n").replace("_x000D_", "")).rstrip()


def _quantity(cell: RawCell) -> Quantity | None:
    """The exact number of a cell; a workbook says % and no other unit."""
    if cell.kind not in (CellKind.NUMBER, CellKind.PERCENT):
        return None
    decimals = cell.printed.rstrip("%％").partition(".")[2]
    places = len(decimals) if decimals.isdigit() else 0
    return Quantity(Decimal(cell.text), "%" if cell.kind is CellKind.PERCENT else "文字", places)
