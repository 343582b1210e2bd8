"""What calamine does not tell about an .xlsx file: number formats, formula errors, formulas without result, hiding.

Sheets are walked through without being built, so that neither their size nor their depth counts.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import IO
from xml.parsers import expat

from rongji.documents.readers.workbook.number_format import NumberFormat, built_in, of_code
from rongji.documents.readers.workbook.raw import column_index
from rongji.documents.readers.workbook.unpacking import DAMAGED, Limits, UnreadableWorkbook

_ADDRESS = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_PLAIN = NumberFormat()
_MOST_HIDDEN_COLUMNS = 16_384
MAX_CELLS = 700_000


@dataclass(slots=True)
class Marks:
    """The marks of one sheet, those of cells by address. hidden_rows: from 1; hidden_columns: from 0."""

    formats: dict[str, NumberFormat] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    is_hidden: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)


def read_marks(data: bytes, file: str, limits: Limits) -> dict[str, Marks]:
    """The marks of every sheet by its title.

    Raises: UnreadableWorkbook, also where a sheet reaches beyond the limits.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            styles = _cell_formats(archive, file)
            return {
                title: _SheetWalk(styles, title, file, limits, is_hidden=hidden).walked(archive, path)
                for title, path, hidden in sheet_paths(archive, file)
            }
    except DAMAGED:
        raise UnreadableWorkbook(file=file, why="文件已损坏") from None


def new_parser(file: str) -> expat.XMLParserType:
    """A parser that refuses documents which declare entities."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise UnreadableWorkbook(file=file, why="含有不允许的文档类型声明")

    parser.StartDoctypeDeclHandler = refuse
    return parser


def _elements(archive: zipfile.ZipFile, path: str, file: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Every element of a small part by its plain name, with its attributes by their plain names."""
    found: list[tuple[str, dict[str, str]]] = []
    parser = new_parser(file)

    def start(name: str, attributes: dict[str, str]) -> None:
        found.append((plain_name(name), {plain_name(key): value for key, value in attributes.items()}))

    parser.StartElementHandler = start
    with archive.open(path) as part:
        parser.ParseFile(part)
    return iter(found)


def plain_name(name: str) -> str:
    """A name without its namespace."""
    return name.rpartition(" ")[2]


def sheet_paths(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, str, bool]]:
    """Title of every sheet, the path of its part, and whether it is hidden."""
    targets = {
        item.get("Id", ""): item.get("Target", "") for _, item in _elements(archive, "xl/_rels/workbook.xml.rels", file)
    }
    for name, sheet in _elements(archive, "xl/workbook.xml", file):
        if name == "sheet":
            target = targets[sheet["id"]]
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            yield sheet["name"], path, sheet.get("state", "visible") != "visible"


def _cell_formats(archive: zipfile.ZipFile, file: str) -> list[NumberFormat]:
    """The number format of every cell style."""
    if "xl/styles.xml" not in archive.namelist():
        return []
    codes: dict[str, str] = {}
    formats: list[NumberFormat] = []
    in_cells = False
    for name, item in _elements(archive, "xl/styles.xml", file):
        if name == "numFmt":
            codes[item.get("numFmtId", "")] = item.get("formatCode", "")
        elif name in ("cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            in_cells = name == "cellXfs"
        elif name == "xf" and in_cells:
            number = item.get("numFmtId", "")
            formats.append(of_code(codes.get(number) or built_in(number)))
    return formats


class _SheetWalk:
    """One walk through a sheet, cell by cell."""

    def __init__(self, styles: list[NumberFormat], title: str, file: str, limits: Limits, *, is_hidden: bool) -> None:
        self.styles = styles
        self.title = title
        self.file = file
        self.limits = limits
        self.marks = Marks(is_hidden=is_hidden)
        self.row = self.column = self.count = self.last_row = self.last_column = 0
        self.cell: dict[str, str] | None = None
        self.has_formula = self.has_value = self.in_value = False
        self.value = ""

    def walked(self, archive: zipfile.ZipFile, path: str) -> Marks:
        """The marks of the sheet at that path."""
        parser = new_parser(self.file)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._characters
        with archive.open(path) as part:
            self._parse(parser, part)
        self.limits.refuse_larger(self.last_row, self.last_column, self.title, self.file)
        return self.marks

    def _parse(self, parser: expat.XMLParserType, part: IO[bytes]) -> None:
        parser.ParseFile(part)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = plain_name(name)
        if local == "c":
            self._begin_cell(attributes)
        elif self.cell is not None:
            self._reach()
            self.has_formula |= local == "f"
            self.in_value = local == "v"
        elif local == "row":
            self.row, self.column = _number(attributes.get("r")) or self.row + 1, 0
            if attributes.get("hidden") in ("1", "true"):
                self.marks.hidden_rows.add(self.row)
        elif local == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _number(attributes.get("min")), _number(attributes.get("max"))
            self.marks.hidden_columns.update(range(first - 1, min(last, _MOST_HIDDEN_COLUMNS)))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self.count += 1
        if self.count > MAX_CELLS:
            raise UnreadableWorkbook(file=self.file, why=f"工作表“{self.title}”的单元格过多，请删除多余的空白行列")
        self.cell, self.value = attributes, ""
        self.has_formula = self.has_value = self.in_value = False
        address = attributes.get("r")
        found = _ADDRESS.fullmatch(address or "")
        if found:
            self.row, self.column = int(found[2]), column_index(found[1].upper()) + 1
        elif address:
            self.row = self.limits.rows + 1
        else:
            self.column += 1

    def _reach(self) -> None:
        """A cell with content: how far it stands out."""
        self.limits.refuse_beyond(self.row, self.column, self.title, self.file)
        self.last_row, self.last_column = max(self.last_row, self.row), max(self.last_column, self.column)

    def _characters(self, text: str) -> None:
        if self.in_value:
            self.has_value = True
            self.value += text if len(self.value) < 100 else ""

    def _end(self, name: str) -> None:
        local = plain_name(name)
        if local == "v":
            self.in_value = False
        elif local == "c" and self.cell is not None:
            self._note(self.cell)
            self.cell = None

    def _note(self, cell: dict[str, str]) -> None:
        address = cell.get("r", "")
        style = int(cell.get("s", "0"))
        shown = self.styles[style] if style < len(self.styles) else _PLAIN
        if shown != _PLAIN:
            self.marks.formats[address] = shown
        if cell.get("t") == "e":
            self.marks.errors[address] = self.value or "#ERROR"
        elif self.has_formula and not self.has_value and cell.get("t") != "str":
            self.marks.errors[address] = "公式没有计算结果"


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
