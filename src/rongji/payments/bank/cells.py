"""The lines of a bank's file as texts: delimited, of fixed width, or out of a workbook."""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from python_calamine import CalamineError, CalamineWorkbook

from rongji.law.bank_profiles import Column, FileFormat, FileLayout, Side
from rongji.payments.bank.refusals import AnswerGarbled, AnswerTruncated

_END_OF_FILE = b"\x1a"
_EXACT_BELOW = 10**15


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its number as people count, and its texts; of a fixed-width line also its bytes.

    lossy: texts that were numbers with more digits than a workbook keeps.
    """

    number: int
    texts: tuple[str, ...] = ()
    line: bytes = b""
    encoding: str = ""
    lossy: frozenset[str] = frozenset()

    def cut(self, columns: Sequence[Column]) -> list[str] | None:
        """The texts of those columns; None when the line has not so many, or not that length."""
        if self.encoding:
            return self._sliced(columns)
        if len(self.texts) < len(columns) or any(self.texts[len(columns) :]):
            return None
        return list(self.texts[: len(columns)])

    def is_lossy(self, text: str) -> bool:
        """Whether a cell was a number that lost its last digits."""
        return text in self.lossy

    def _sliced(self, columns: Sequence[Column]) -> list[str] | None:
        if len(self.line.rstrip(b" ")) > sum(column.width for column in columns):
            return None
        line = self.line.ljust(sum(column.width for column in columns))
        if len(self.line) < sum(column.width for column in columns[:-1]):
            return None
        found, start = [], 0
        for column in columns:
            piece = line[start : start + column.width]
            start += column.width
            try:
                text = piece.decode(self.encoding)
            except UnicodeDecodeError:
                return None
            found.append(_without_fill(text, column))
        return found


def raw_rows(layout: FileLayout, data: bytes, file: str) -> list[Row]:
    """The lines of a file, empty ones left out.

    Raises: AnswerGarbled, AnswerTruncated.
    """
    if not data.strip():
        raise AnswerTruncated(file=file, why="里面什么也没有")
    if layout.format is FileFormat.XLSX:
        return list(_sheet_rows(data, file))
    _refuse_other_encoding(layout, data, file)
    lines = enumerate(data.rstrip(_END_OF_FILE).split(b"\n"), start=1)
    kept = [(number, line.removesuffix(b"\r")) for number, line in lines if line.strip()]
    return [_text_row(layout, number, line, file) for number, line in kept]


def _text_row(layout: FileLayout, number: int, line: bytes, file: str) -> Row:
    try:
        text = line.decode(layout.encoding)
    except UnicodeDecodeError:
        raise AnswerGarbled(file=file, why=f"第 {number} 行不是 {layout.encoding} 编码的文字") from None
    if layout.format is FileFormat.FIXED:
        return Row(number, line=line, encoding=layout.encoding)
    return Row(number, tuple(part.strip() for part in text.split(layout.delimiter)))


def _refuse_other_encoding(layout: FileLayout, data: bytes, file: str) -> None:
    """UTF-8 also passes for GBK, as other characters; whoever saved the file anew has changed it."""
    if layout.encoding == "utf-8" or data.isascii():
        return
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return
    raise AnswerGarbled(file=file, why=f"文件是 UTF-8 编码，接口规定 {layout.encoding}")


def _without_fill(text: str, column: Column) -> str:
    filled = text.lstrip(column.fill) if column.side is Side.RIGHT else text.rstrip(column.fill)
    stripped = filled.strip()
    is_zero = not stripped and column.fill == "0" and column.side is Side.RIGHT and text.strip()
    return "0" if is_zero else stripped


def _sheet_rows(data: bytes, file: str) -> Iterator[Row]:
    try:
        rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, OSError, IndexError):
        raise AnswerGarbled(file=file, why="它不是完好的 Excel 工作簿") from None
    for number, row in enumerate(rows, start=1):
        texts = tuple(_cell_text(cell).strip() for cell in row)
        if any(texts):
            yield Row(number, texts, lossy=frozenset(_cell_text(cell) for cell in row if _is_too_long(cell)))


def _cell_text(cell: object) -> str:
    if isinstance(cell, datetime | date):
        return cell.strftime("%Y-%m-%d")
    if isinstance(cell, float):
        return format(Decimal(repr(cell)), "f").removesuffix(".0")
    return str(cell)


def _is_too_long(cell: object) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _EXACT_BELOW
