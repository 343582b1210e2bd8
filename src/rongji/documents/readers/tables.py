"""A plain table of a csv or xlsx file: the first sheet as rows of exact texts, whatever office machine wrote it."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from rongji.kernel.refusal import Refusal

ENCODINGS = ("utf-8-sig", "gb18030")


class UnreadableTable(Refusal):
    """A file that is not the table it should be."""

    code = "unreadable-table"
    sentence = "文件“{file}”无法导入：{reason}。"


def read_rows(path: Path) -> list[list[str]]:
    """Every row as texts; numbers in plain digits, days as 2024-03-01.

    Raises: UnreadableTable when it is neither a csv in a usual encoding nor a workbook, or has no row.
    """
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _sheet_rows(path)
    if not rows:
        raise UnreadableTable(file=path.name, reason="文件是空的")
    return rows


def _csv_rows(path: Path) -> list[list[str]]:
    data = path.read_bytes()
    for encoding in ENCODINGS:
        try:
            return list(csv.reader(io.StringIO(data.decode(encoding)), strict=True))
        except (UnicodeDecodeError, csv.Error):
            continue
    raise UnreadableTable(file=path.name, reason="既不是 UTF-8 也不是 GB18030 编码的 csv 文件")


def _sheet_rows(path: Path) -> list[list[str]]:
    try:
        rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError) as error:
        raise UnreadableTable(file=path.name, reason="打不开，请另存为 .xlsx 或 .csv 后再导入") from error
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f").removesuffix(".0")
    return str(cell)
