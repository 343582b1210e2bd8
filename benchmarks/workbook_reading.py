"""Reading a filled-in workbook: ours (calamine, exact decimals, addresses) beside openpyxl, in the same run.

Both read the same file; every cell must come out equal before a time counts. Prints medians and the ratio.
Usage: ./run bench workbook_reading [ROWS]
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import openpyxl
import xlsxwriter

from rongji.documents.readers.workbook.xlsx_reader import read_workbook

ROUNDS = 5


def make(path: Path, rows: int) -> None:
    """A sheet of codes, names, amounts and blanks, as a finance export has them."""
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("凭证")
    sheet.write_row(0, 0, ["编码", "名称", "金额", "备注"])
    for row in range(1, rows + 1):
        sheet.write_row(row, 0, [f"{2080800 + row % 99}", f"项目{row}", row * 137 / 100, "" if row % 3 else "有"])
    book.close()


def ours(path: Path) -> dict[str, str]:
    """Address → text by our reader."""
    cells = {}
    for sheet in read_workbook(path).sheets:
        for row in sheet.rows:
            for cell in row.cells:
                if cell.text:
                    cells[cell.address] = cell.text
    return cells


def theirs(path: Path) -> dict[str, str]:
    """Address → text by openpyxl."""
    cells = {}
    for sheet in openpyxl.load_workbook(path, read_only=True):
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value not in (None, ""):
                    value = cell.value
                    number = isinstance(value, int | float)
                    cells[cell.coordinate] = format(Decimal(repr(value)), "f") if number else str(value)
    return cells


def median(read: Callable[[Path], dict[str, str]], path: Path) -> float:
    """Median seconds over the rounds."""
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        read(path)
        seconds.append(time.perf_counter() - started)
    return statistics.median(seconds)


def plain(cells: dict[str, str]) -> dict[str, str]:
    """Numbers in one spelling, so that 1.0 and 1 are the same cell."""
    return {address: text.removesuffix(".0") for address, text in cells.items()}


def main(rows: int) -> None:
    """Compare, then time."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.xlsx"
        make(path, rows)
        left, right = plain(ours(path)), plain(theirs(path))
        assert left == right, "the two readers disagree"
        mine, peer = median(ours, path), median(theirs, path)
        print(f"{rows} rows, {len(left)} cells, equal in both")
        print(f"rongji   {mine:8.3f} s (median of {ROUNDS})")
        print(f"openpyxl {peer:8.3f} s")
        print(f"ratio    {peer / mine:8.2f} × (openpyxl ÷ rongji)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 4_000)
