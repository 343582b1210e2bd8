"""The published points sheet as a file to reckon again: written as csv, and read back from csv or workbook."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from rongji.documents.readers.encoding import decoded
from rongji.rules.placement.published import COLUMNS
from rongji.rules.placement.refusals import SheetUnreadable

Grid = list[list[str]]
MOST_BYTES, MOST_ROWS = 80 * 1024 * 1024, 400_000
_TOTALS, _LINE = ("编号", "总分"), ("编号", "项目")


def sheet_csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as CSV that Excel opens with its Chinese intact."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def read_sheet(file_name: str, data: bytes) -> list[dict[str, str]]:
    """The rows of a published sheet out of a csv or a workbook, wherever in it they stand.

    Raises: SheetUnreadable.
    """
    if len(data) > MOST_BYTES:
        raise SheetUnreadable(why=f"文件超过 {MOST_BYTES // 1024 // 1024} MB")
    grids = [_csv_grid(data)] if file_name.lower().endswith(".csv") else _workbook_grids(data)
    tables = [found for grid in grids if (found := _table(grid)) is not None]
    lines = next((rows for names, rows in tables if set(_LINE) <= set(names)), None)
    totals = next((rows for names, rows in tables if set(_TOTALS) <= set(names)), None)
    if lines is None or totals is None:
        raise SheetUnreadable(why="没有找到带“编号”“项目”“总分”列的表")
    return lines if lines is totals else _joined(lines, totals)


def _table(grid: Grid) -> tuple[list[str], list[dict[str, str]]] | None:
    """The headings and rows of a sheet that is one of ours; None for another."""
    for index, line in enumerate(grid):
        cells = ["".join(cell.split()) for cell in line]  # headings are broken to fit their columns
        if set(_TOTALS) <= set(cells) or set(_LINE) <= set(cells):
            return cells, _dicts(cells, grid[index + 1 :])
    return None


def _joined(lines: list[dict[str, str]], totals: list[dict[str, str]]) -> list[dict[str, str]]:
    """Every line with what stands once for its candidate on the other page."""
    by_number: dict[str, dict[str, str]] = {}
    for item in totals:
        if item["编号"] in by_number:
            raise SheetUnreadable(why=f"编号 {item['编号']} 在名单里有两行")
        by_number[item["编号"]] = item
    missing = next((item["编号"] for item in lines if item["编号"] not in by_number), None)
    if missing is not None:
        raise SheetUnreadable(why=f"编号 {missing} 有积分明细，名单里没有")
    for item in lines:
        other = by_number[item["编号"]]
        differs = next((name for name in item if name in other and item[name] != other[name]), None)
        if differs is not None:
            raise SheetUnreadable(why=f"编号 {item['编号']} 的“{differs}”在名单和积分明细里不一致")
    found = [by_number[item["编号"]] | item for item in lines]
    lacking = by_number.keys() - {item["编号"] for item in lines}
    if lacking:
        raise SheetUnreadable(why=f"编号 {min(lacking)} 在名单里，没有积分明细")
    return found


def _dicts(names: Sequence[str], rows: Iterable[Sequence[str]]) -> list[dict[str, str]]:
    found = []
    for cells in rows:
        if any(cell.strip() for cell in cells):
            padded = [*cells, *[""] * (len(names) - len(cells))]
            found.append({name: cell.strip() for name, cell in zip(names, padded, strict=False) if name})
        if len(found) > MOST_ROWS:
            raise SheetUnreadable(why=f"超过 {MOST_ROWS} 行")
    return found


def _csv_grid(data: bytes) -> Grid:
    return [list(cells) for cells in csv.reader(io.StringIO(decoded(data, "积分表"), newline=""))]


def _workbook_grids(data: bytes) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        return [
            [[_text(cell) for cell in cells] for cells in book.get_sheet_by_name(name).to_python(nrows=MOST_ROWS)]
            for name in reversed(book.sheet_names)
        ]
    except (CalamineError, PasswordError, OSError) as trouble:
        raise SheetUnreadable(why="文件不是 csv，也不是能打开的 Excel 工作簿") from trouble


def _text(cell: Any) -> str:
    """A cell as it was written; whole numbers that a program turned into 36.0 come back as 36."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
