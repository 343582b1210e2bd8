"""Reads a workbook file into the raw shape: calamine for the values, the file itself for how they are shown."""

import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum

from rongji.documents.readers.ole import MAGIC
from rongji.documents.readers.workbook.number_format import NumberFormat, general
from rongji.documents.readers.workbook.ods_reader import read_ods
from rongji.documents.readers.workbook.raw import CellKind, Merge, RawBook, RawCell, RawRow, RawSheet, column_letters
from rongji.documents.readers.workbook.unpacking import (
    DAMAGED,
    YEAR,
    Limits,
    UnreadableWorkbook,
    refuse_oversized,
)
from rongji.documents.readers.workbook.xls_marks import read_xls_marks
from rongji.documents.readers.workbook.xlsx_marks import Marks, read_marks

EXACT_DIGITS = 15
_PLAIN = NumberFormat()


def read_workbook(source: Path | bytes, file: str = "", limits: Limits = YEAR) -> RawBook:
    """The raw book of an .xlsx (or .xls, .ods) file.

    Raises: UnreadableWorkbook.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    name = file or (source.name if isinstance(source, Path) else "工作簿.xlsx")
    refuse_oversized(data, name)
    parts = _parts(data)
    if "content.xml" in parts:
        return read_ods(data, name, limits)
    marks: dict[str, Marks] | None = None
    if "xl/workbook.xml" in parts:
        marks = read_marks(data, name, limits)
    elif data.startswith(MAGIC):
        marks = read_xls_marks(data, name, limits)
    if marks is None:
        raise UnreadableWorkbook(file=name, why="不是 Excel 工作簿，或文件已损坏")
    return _values(data, name, marks, limits)


def _parts(data: bytes) -> frozenset[str]:
    """The names of the parts of an archive, none when it is no archive."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except DAMAGED:
        return frozenset()


def _values(data: bytes, name: str, marks: Mapping[str, Marks], limits: Limits) -> RawBook:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        titles = [item.name for item in book.sheets_metadata if item.typ == SheetTypeEnum.WorkSheet]
        sheets = tuple(_sheet(book.get_sheet_by_name(title), marks[title], name, limits) for title in titles)
    except PasswordError:
        raise UnreadableWorkbook(file=name, why="文件加了打开密码，请先去掉密码") from None
    except (CalamineError, OSError, KeyError):
        raise UnreadableWorkbook(file=name, why="不是 Excel 工作簿，或文件已损坏") from None
    except BaseException as error:
        # the reader is no Python: where it breaks off, its complaint is not even an Exception
        if type(error).__name__ != "PanicException":
            raise
        raise UnreadableWorkbook(file=name, why="文件已损坏") from None
    return RawBook(name, sheets)


def _sheet(sheet: CalamineSheet, marks: Marks, file: str, limits: Limits) -> RawSheet:
    limits.refuse_larger(sheet.total_height, sheet.total_width, sheet.name, file)
    rows = sheet.to_python(skip_empty_area=False)
    merges = tuple(Merge(first[0], first[1], last[0], last[1]) for first, last in sheet.merged_cell_ranges or ())
    return RawSheet(
        sheet.name,
        tuple(_row(number, values, marks) for number, values in enumerate(rows, 1)),
        merges,
        marks.is_hidden,
        frozenset(marks.hidden_rows),
        frozenset(marks.hidden_columns),
    )


def _row(number: int, values: list[Any], marks: Marks) -> RawRow:
    return RawRow(number, tuple(_cell(f"{column_letters(i)}{number}", value, marks) for i, value in enumerate(values)))


def _cell(address: str, value: Any, marks: Marks) -> RawCell:
    if address in marks.errors:
        return RawCell(address, CellKind.ERROR, marks.errors[address])
    make: Callable[..., RawCell] = partial(RawCell, address)
    if isinstance(value, bool):
        return make(CellKind.BOOLEAN, "是" if value else "否")
    shown = marks.formats.get(address, _PLAIN)
    if isinstance(value, int | float):
        return _number(address, value, shown)
    if isinstance(value, date | datetime | time | timedelta):
        return make(CellKind.DATE, _PLAIN.shown_day(value), shown=shown.shown_day(value))
    text = str(value)
    return make(CellKind.TEXT, text) if text.strip() else make()


def _number(address: str, value: int | float, shown: NumberFormat) -> RawCell:
    """The exact decimal that people see: the shortest text that stands for the stored binary number."""
    exact = Decimal(repr(value))
    digits = len(exact.normalize().as_tuple().digits)
    is_too_long = max(digits, exact.adjusted() + 1) > EXACT_DIGITS
    trouble = f"数字超过 {EXACT_DIGITS} 位（{_plain(exact)}），Excel 存不下，末位已不可靠" if is_too_long else ""
    if shown.is_scaled:
        trouble = f"单元格格式把 {_plain(exact)} 缩小显示，印出来的数与存的数不同"
    kind = CellKind.PERCENT if shown.is_percent else CellKind.NUMBER
    text = _plain(exact * 100 if shown.is_percent else exact)
    printed = shown.shown(exact) if shown.code else general(exact)
    return RawCell(address, kind, text, True, shown.places, trouble, printed)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
