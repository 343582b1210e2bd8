"""Reads an .ods file into the raw shape; it keeps every number both exactly and as it is printed."""

import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO

from rongji.documents.readers.workbook.raw import CellKind, Merge, RawBook, RawCell, RawRow, RawSheet, column_letters
from rongji.documents.readers.workbook.unpacking import DAMAGED, Limits, UnreadableWorkbook
from rongji.documents.readers.workbook.xlsx_marks import new_parser, plain_name

_NUMBERS = {"float": CellKind.NUMBER, "currency": CellKind.NUMBER, "percentage": CellKind.PERCENT}
_PRINTED_PLACES = re.compile(r"\d[.．](\d+)")


def read_ods(data: bytes, file: str, limits: Limits) -> RawBook:
    """The raw book of an .ods file.

    Raises: UnreadableWorkbook.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if "META-INF/manifest.xml" in archive.namelist() and b"encryption-data" in archive.read(
                "META-INF/manifest.xml"
            ):
                raise UnreadableWorkbook(file=file, why="文件加了打开密码，请先去掉密码")
            walk = _Walk(file, limits)
            with archive.open("content.xml") as part:
                walk.parser.ParseFile(part)
    except DAMAGED:
        raise UnreadableWorkbook(file=file, why="文件已损坏") from None
    return RawBook(file, tuple(walk.sheets))


class _Walk:
    """One walk through the content, sheet by sheet, cell by cell."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file = file
        self.limits = limits
        self.sheets: list[RawSheet] = []
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.sheet: _Sheet | None = None
        self.cell: dict[str, str] | None = None
        self.text: list[str] = []
        self.depth = 0
        self.skipped = 0
        self.parser = new_parser(file)
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.CharacterDataHandler = self._characters

    def _start(self, name: str, given: dict[str, str]) -> None:
        local = plain_name(name)
        attributes = {plain_name(key): value for key, value in given.items()}
        if self.skipped or local == "annotation":
            self.skipped += 1
        elif local == "style":
            self.style = attributes.get("name", "")
        elif local == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif local == "table" and self.sheet is None:
            is_hidden = attributes.get("style-name", "") in self.hidden_styles
            self.sheet = _Sheet(attributes.get("name", ""), self.file, self.limits, is_hidden=is_hidden)
        elif self.sheet is not None:
            self._inside(local, attributes, self.sheet)

    def _inside(self, local: str, attributes: dict[str, str], sheet: "_Sheet") -> None:
        if local == "table-column":
            sheet.column(_count(attributes, "number-columns-repeated"), _is_hidden(attributes))
        elif local == "table-row":
            sheet.row(_count(attributes, "number-rows-repeated"), _is_hidden(attributes))
        elif local in ("table-cell", "covered-table-cell"):
            self.cell, self.text = attributes, []
        elif self.cell is not None:
            if local == "p" and self.text:
                self.text.append("\n")
            elif local in ("s", "tab", "line-break"):
                self.text.append("\n" if local == "line-break" else " " * min(_count(attributes, "c"), 100))

    def _characters(self, text: str) -> None:
        if self.cell is not None and not self.skipped:
            self.text.append(text)

    def _end(self, name: str) -> None:
        local = plain_name(name)
        if self.skipped:
            self.skipped -= 1
        elif local in ("table-cell", "covered-table-cell") and self.cell is not None and self.sheet is not None:
            self.sheet.cell(self.cell, "".join(self.text).strip())
            self.cell = None
        elif local == "table-row" and self.sheet is not None:
            self.sheet.end_row()
        elif local == "table" and self.sheet is not None:
            self.sheets.append(self.sheet.finished())
            self.sheet = None


class _Sheet:
    """A sheet as it grows; repeated blank cells and rows at the end are not laid out."""

    def __init__(self, title: str, file: str, limits: Limits, *, is_hidden: bool) -> None:
        self.title = title
        self.file = file
        self.limits = limits
        self.is_hidden = is_hidden
        self.rows: list[list[tuple[CellKind, str, str]]] = []
        self.current: list[tuple[CellKind, str, str]] = []
        self.blanks = self.blank_rows = self.repeat = self.columns = self.width = 0
        self.merges: list[Merge] = []
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()

    def column(self, count: int, is_hidden: bool) -> None:
        """Columns as the sheet declares them."""
        if is_hidden:
            self.hidden_columns.update(range(self.columns, min(self.columns + count, self.limits.columns)))
        self.columns += count

    def row(self, count: int, is_hidden: bool) -> None:
        """A row begins, standing for so many equal ones."""
        self.current, self.blanks, self.repeat = [], 0, count
        if is_hidden:
            first = len(self.rows) + self.blank_rows + 1
            self.hidden_rows.update(range(first, min(first + count, self.limits.rows)))

    def cell(self, attributes: dict[str, str], text: str) -> None:
        """A cell, standing for so many equal ones."""
        count = _count(attributes, "number-columns-repeated")
        down, across = _count(attributes, "number-rows-spanned"), _count(attributes, "number-columns-spanned")
        column = len(self.current) + self.blanks
        if not text and down * across == 1:
            self.blanks += count
            return
        self.limits.refuse_beyond(len(self.rows) + self.blank_rows + 1, column + count, self.title, self.file)
        self.current += [(CellKind.BLANK, "", "")] * self.blanks
        self.blanks = 0
        self.current += [_content(attributes, text)] * count
        if down * across > 1:
            row = len(self.rows) + self.blank_rows
            self.merges.append(Merge(row, column, row + down - 1, column + across - 1))

    def end_row(self) -> None:
        """A row is complete."""
        if not self.current:
            self.blank_rows += self.repeat
            return
        self.width = max(self.width, len(self.current))
        height = len(self.rows) + self.blank_rows + self.repeat
        self.limits.refuse_larger(height, self.width, self.title, self.file)
        self.rows += [[] for _ in range(self.blank_rows)]
        self.rows += [self.current] * self.repeat
        self.blank_rows = 0

    def finished(self) -> RawSheet:
        """The sheet in the raw shape, every row equally long."""
        rows = tuple(RawRow(number, tuple(self._cells(number, row))) for number, row in enumerate(self.rows, 1))
        merges = tuple(merge for merge in self.merges if merge.first_row < len(rows))
        hidden = frozenset(self.hidden_rows), frozenset(self.hidden_columns)
        return RawSheet(self.title, rows, merges, self.is_hidden, *hidden)

    def _cells(self, number: int, row: list[tuple[CellKind, str, str]]) -> Iterator[RawCell]:
        for index in range(self.width):
            kind, text, shown = row[index] if index < len(row) else (CellKind.BLANK, "", "")
            yield RawCell(f"{column_letters(index)}{number}", kind, text, True, _places(kind, shown), shown=shown)


def _content(attributes: dict[str, str], text: str) -> tuple[CellKind, str, str]:
    """Kind, exact text and printed text of a cell."""
    kind = attributes.get("value-type", "")
    if not text:
        return CellKind.BLANK, "", ""
    if kind in _NUMBERS:
        exact = _exact(attributes.get("value", ""))
        if exact is None:
            return CellKind.TEXT, text, ""
        exact = exact * 100 if kind == "percentage" else exact
        return _NUMBERS[kind], _plain(exact), text
    if kind == "date":
        return CellKind.DATE, attributes.get("date-value", text).removesuffix("T00:00:00"), text
    if kind == "boolean":
        return CellKind.BOOLEAN, "是" if attributes.get("boolean-value") == "true" else "否", text
    return (CellKind.ERROR if text.startswith(("#", "Err:")) and "formula" in attributes else CellKind.TEXT), text, ""


def _exact(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() and -400 < value.adjusted() < 400 else None


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _places(kind: CellKind, shown: str) -> int | None:
    if kind not in (CellKind.NUMBER, CellKind.PERCENT):
        return None
    found = _PRINTED_PLACES.search(shown)
    return len(found[1]) if found else 0


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return max(int(text), 1) if text.isascii() and text.isdigit() and len(text) < 8 else 1


def _is_hidden(attributes: dict[str, str]) -> bool:
    return attributes.get("visibility", "visible") in ("collapse", "filter")
