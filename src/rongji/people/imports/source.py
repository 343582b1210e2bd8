"""Opens a roster and hands out its rows one after the other: xlsx, xls and ods through calamine, csv as text.

Values are what the file holds: text, number, day. How a number is formatted does not matter here; that a formula has
no result, or which rows nobody sees, is looked up in the file itself.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import IO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from rongji.accounts.secrets import mask_numbers_in
from rongji.documents.readers.encoding import decoded
from rongji.documents.readers.model import UnreadableDocument
from rongji.documents.readers.ole import MAGIC
from rongji.documents.readers.workbook.ods_reader import read_ods
from rongji.documents.readers.workbook.raw import CellKind, Merge, RawCell, RawRow, RawSheet, column_index
from rongji.documents.readers.workbook.unpacking import DAMAGED, Limits, UnreadableWorkbook, refuse_oversized
from rongji.documents.readers.workbook.xlsx_marks import sheet_paths

Value = str | float | bool | date | datetime | time | timedelta | None
Values = list[Value]

ROSTER = Limits(rows=200_100, columns=120, slots=8_000_000)
MAX_UNPACKED_BYTES = 600 * 1024 * 1024
MAX_TAGS = 48_000_000
MAX_TEXT_BYTES = 128 * 1024 * 1024
_PIECE = 4 * 1024 * 1024
_OVERLAP = 4096
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\b[^>]*?\bhidden="(?:1|true)"[^>]*>')
_RANGE = re.compile(rb'\b(min|max)="(\d+)"')
_FAR_CELL = re.compile(rb'<(?:\w+:)?c r="(?:([A-Z]{2,3})(\d+)|([A-Z]+)(\d{6,}))"[^>/]*>')
_ERROR_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?\bt="e"')
_NO_RESULT = re.compile(rb'<(?:\w+:)?c r="([A-Z]{1,3})(\d{1,7})"[^>]*><f\b[^<]*?(?:/>|</f>)(?:<v></v>|<v/>)?</c>')
_EPOCH_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # an .xlsx with a password is a container of the old kind
_LOCKED = "文件加了打开密码，请先去掉密码"
_OTHER_KINDS = {
    "unknown": "不是 Excel 工作簿，或文件已损坏",
    "docx": "是 Word 文档，不是工作簿；表格在 Word 里的，请复制到 Excel 中",
}
_DELIMITERS = ",\t;；|"


@dataclass(slots=True)
class Marks:
    """What only the file itself tells of a sheet. hidden_rows from 1; hidden_columns from 0.

    broken: cells (row from 1, column from 0) that hold an error or a formula without a result.
    """

    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    broken: set[tuple[int, int]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class SourceSheet:
    """One sheet, whose rows can be walked through as often as needed."""

    title: str
    marks: Marks
    merges: tuple[Merge, ...]
    height: int
    width: int
    _sheet: CalamineSheet | None = None
    _lines: tuple[tuple[Value, ...], ...] = ()

    def rows(self) -> Iterator[tuple[int, Values]]:
        """Number as people count, and values from the first column on; blank cells are empty text."""
        if self._sheet is None:
            yield from ((number, list(line)) for number, line in enumerate(self._lines, 1))
            return
        first, left = self._sheet.start or (0, 0)
        pad: Values = [""] * left
        for number, values in enumerate(self._sheet.iter_rows(), first + 1):
            yield number, pad + values if pad else values


@dataclass(frozen=True, slots=True)
class Source:
    """A roster as a file. kind: xlsx, xls, ods or csv; starts_1904: days are counted from 1904 on."""

    name: str
    kind: str
    sheets: tuple[SourceSheet, ...]
    starts_1904: bool = False

    @property
    def row_count(self) -> int:
        """Rows of all sheets, headings and blank ones included: for progress."""
        return sum(sheet.height for sheet in self.sheets)


def open_roster(source: Path | bytes, file: str = "") -> Source:
    """The rows of a file, told by its content what kind it is.

    Raises: UnreadableWorkbook, also for a file beyond the limits.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    name = mask_numbers_in(file or (source.name if isinstance(source, Path) else "花名册.xlsx"))
    if not data.strip():
        raise UnreadableWorkbook(file=name, why="文件是空的，请检查是否上传完整")
    kind = _kind(data)
    if kind == "csv":
        return _text(data, name)
    refuse_oversized(data, name, unpacked=MAX_UNPACKED_BYTES, tags=MAX_TAGS)
    if kind == "ods":
        return _open_document(data, name)
    if kind == "xls" and _ENCRYPTED in data:
        raise UnreadableWorkbook(file=name, why=_LOCKED)
    if kind in _OTHER_KINDS:
        raise UnreadableWorkbook(file=name, why=_OTHER_KINDS[kind])
    marks, starts_1904 = _marks(data, name) if kind == "xlsx" else ({}, False)
    return Source(name, kind, _sheets(data, name, marks), starts_1904)


def _kind(data: bytes) -> str:
    if data.startswith(MAGIC):
        return "xls"
    if not data.startswith(b"PK"):
        return "csv"
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except DAMAGED:
        return "unknown"
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "word/document.xml" in names:
        return "docx"
    return "ods" if "content.xml" in names else "unknown"


def _sheets(data: bytes, name: str, marks: dict[str, Marks]) -> tuple[SourceSheet, ...]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        told = [item for item in book.sheets_metadata if item.typ == SheetTypeEnum.WorkSheet]
        return tuple(
            _sheet(
                book.get_sheet_by_name(item.name),
                marks.get(item.name) or Marks(is_hidden=item.visible != SheetVisibleEnum.Visible),
                name,
            )
            for item in told
        )
    except PasswordError:
        raise UnreadableWorkbook(file=name, why=_LOCKED) from None
    except (CalamineError, OSError, KeyError):
        raise UnreadableWorkbook(file=name, why="不是 Excel 工作簿，或文件已损坏") from None
    except BaseException as error:
        # the reader is no Python: where it breaks off, its complaint is not even an Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableWorkbook(file=name, why="文件已损坏") from None


def _sheet(sheet: CalamineSheet, marks: Marks, name: str) -> SourceSheet:
    top, left = sheet.start or (0, 0)
    ROSTER.refuse_larger(top + sheet.height, left + sheet.width, sheet.name, name)
    merges = tuple(Merge(first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    return SourceSheet(sheet.name, marks, merges, top + sheet.height, left + sheet.width, sheet)


def _marks(data: bytes, name: str) -> tuple[dict[str, Marks], bool]:
    """Hidden rows and columns, cells in error, and the epoch; by patterns, a sheet has millions of cells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            starts_1904 = bool(_EPOCH_1904.search(archive.read("xl/workbook.xml")[:_PIECE]))
            found = {}
            for title, path, hidden in sheet_paths(archive, name):
                with archive.open(path) as part:
                    found[title] = _marks_of(part, title, name, is_hidden=hidden)
            return found, starts_1904
    except DAMAGED:
        raise UnreadableWorkbook(file=name, why="文件已损坏") from None


def _marks_of(part: IO[bytes], title: str, name: str, *, is_hidden: bool) -> Marks:
    marks, rest = Marks(is_hidden), b""
    while piece := part.read(_PIECE):
        text = rest + piece
        for item in _FAR_CELL.finditer(text):  # the reader lays out every cell before the farthest one
            letters, row = item[1] or item[3], item[2] or item[4]
            ROSTER.refuse_beyond(int(row), column_index(letters.decode()) + 1, title, name)
        if b"hidden=" in text:
            marks.hidden_rows.update(int(item[1]) for item in _HIDDEN_ROW.finditer(text))
            for item in _HIDDEN_COLUMN.finditer(text):
                marks.hidden_columns.update(_columns_of(item[0]))
        if b't="e"' in text:
            marks.broken.update(_place(item) for item in _ERROR_CELL.finditer(text))
        if b"<f" in text:
            marks.broken.update(_place(item) for item in _NO_RESULT.finditer(text))
        rest = text[-_OVERLAP:]
    return marks


def _place(item: re.Match[bytes]) -> tuple[int, int]:
    return int(item[2]), column_index(item[1].decode())


def _columns_of(tag: bytes) -> range:
    ends = {name: int(number) for name, number in _RANGE.findall(tag)}
    return range(ends.get(b"min", 1) - 1, min(ends.get(b"max", 0), ROSTER.columns))


def _open_document(data: bytes, name: str) -> Source:
    """An .ods file, through the reader that bounds what repeated cells unfold into."""
    book = read_ods(data, name, ROSTER)
    return Source(name, "ods", tuple(_of_raw(sheet) for sheet in book))


def _of_raw(sheet: RawSheet) -> SourceSheet:
    marks = Marks(sheet.is_hidden, set(sheet.hidden_rows), set(sheet.hidden_columns), _broken(sheet.rows))
    lines = tuple(tuple(_value(cell) for cell in row.cells) for row in sheet.rows)
    return SourceSheet(sheet.title, marks, sheet.merges, len(lines), max(map(len, lines), default=0), None, lines)


def _broken(rows: tuple[RawRow, ...]) -> set[tuple[int, int]]:
    cells = ((row.number, column, cell) for row in rows for column, cell in enumerate(row.cells))
    return {(row, column) for row, column, cell in cells if cell.kind is CellKind.ERROR}


def _value(cell: RawCell) -> Value:
    return float(cell.text) if cell.kind is CellKind.NUMBER else cell.text


def _text(data: bytes, name: str) -> Source:
    """A csv file in UTF-8, GBK or UTF-16, with commas, tabs or semicolons."""
    if len(data) > MAX_TEXT_BYTES:
        raise UnreadableWorkbook(file=name, why="文件过大，请拆成几个文件")
    try:
        text = decoded(data, name)
    except UnreadableDocument:
        raise UnreadableWorkbook(file=name, why="既不是工作簿，也不是能识别的文本") from None
    head = "\n".join(text.splitlines()[:30])
    delimiter = max(_DELIMITERS, key=head.count)
    if delimiter not in head:
        raise UnreadableWorkbook(file=name, why="既不是工作簿，也不是用逗号或制表符分列的文本")
    try:
        lines = tuple(tuple(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise UnreadableWorkbook(file=name, why="文本的引号不成对或有过长的一格") from None
    width = max(map(len, lines), default=0)
    ROSTER.refuse_larger(len(lines), width, "", name)
    return Source(name, "csv", (SourceSheet(Path(name).stem, Marks(), (), len(lines), width, None, lines),))
