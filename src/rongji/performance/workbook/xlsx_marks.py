"""What calamine does not tell about an .xlsx cell: its number format, its formula error, a formula without result."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import IO
from xml.etree import ElementTree

from rongji.kernel.refusal import Refusal

# What the readers of archives and of XML say to damage, each in its own way.
DAMAGED = (
    zipfile.BadZipFile, zlib.error, ElementTree.ParseError,
    LookupError, ValueError, NotImplementedError, RuntimeError, EOFError, OSError,
)  # fmt: skip
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# Built-in formats that fix how a number is shown (ECMA-376 part 1, 18.8.30).
_BUILT_IN = {
    "1": "0", "2": "0.00", "3": "#,##0", "4": "#,##0.00", "9": "0%", "10": "0.00%",
    "37": "#,##0", "38": "#,##0", "39": "#,##0.00", "40": "#,##0.00",
}  # fmt: skip
_LITERALS = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_SCALED = re.compile(r"[0#?],+(?![0#?,])")


class UnreadableWorkbook(Refusal):
    """A file that is no workbook, or one that cannot be opened safely."""

    code = "unreadable-workbook"
    sentence = "文件“{file}”无法作为工作簿读取：{why}。请用 Excel 或 WPS 另存为 .xlsx 后重试。"


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a format shows a number: as a percentage, scaled down, with how many fixed decimals."""

    is_percent: bool = False
    is_scaled: bool = False
    places: int | None = None


@dataclass(slots=True)
class Marks:
    """The marks of one sheet by address: formats worth knowing, error texts, formulas without a result."""

    formats: dict[str, NumberFormat] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


def read_format(code: str) -> NumberFormat:
    """What a number format code does to a number."""
    plain = _LITERALS.sub("", code.split(";")[0])
    if not re.search(r"[0#?]", plain):
        return NumberFormat()
    places = len(re.match(r"0*", plain.partition(".")[2]).group())  # type: ignore[union-attr]
    is_scientific = "E" in plain.upper()
    return NumberFormat("%" in plain, bool(_SCALED.search(plain)), None if is_scientific else places)


def read_marks(source: IO[bytes], file: str) -> dict[str, Marks]:
    """The marks of every sheet by its title.

    Raises: UnreadableWorkbook.
    """
    try:
        with zipfile.ZipFile(source) as archive:
            formats = _cell_formats(archive, file)
            return {title: _marks(archive, path, formats, file) for title, path in _sheets(archive, file)}
    except DAMAGED:
        raise UnreadableWorkbook(file=file, why="文件已损坏") from None


def _open(archive: zipfile.ZipFile, path: str, file: str) -> IO[bytes]:
    with archive.open(path) as head:
        if b"<!DOCTYPE" in head.read(1024):
            raise UnreadableWorkbook(file=file, why="含有不允许的文档类型声明")
    return archive.open(path)


def _tree(archive: zipfile.ZipFile, path: str, file: str) -> ElementTree.Element:
    with _open(archive, path, file) as stream:
        return ElementTree.parse(stream).getroot()


def _sheets(archive: zipfile.ZipFile, file: str) -> Iterator[tuple[str, str]]:
    relations = _tree(archive, "xl/_rels/workbook.xml.rels", file)
    targets = {item.get("Id"): str(item.get("Target")) for item in relations}
    for sheet in _tree(archive, "xl/workbook.xml", file).iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_RELATION)]
        yield str(sheet.get("name")), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _cell_formats(archive: zipfile.ZipFile, file: str) -> list[NumberFormat]:
    if "xl/styles.xml" not in archive.namelist():
        return []
    root = _tree(archive, "xl/styles.xml", file)
    codes = dict(_BUILT_IN)
    codes.update({str(item.get("numFmtId")): str(item.get("formatCode")) for item in root.iter(f"{_MAIN}numFmt")})
    styles = root.find(f"{_MAIN}cellXfs")
    return [read_format(codes.get(str(item.get("numFmtId")), "")) for item in (styles if styles is not None else ())]


def _marks(archive: zipfile.ZipFile, path: str, formats: list[NumberFormat], file: str) -> Marks:
    found = Marks()
    plain = NumberFormat()
    with _open(archive, path, file) as stream:
        for _, cell in ElementTree.iterparse(stream):
            if cell.tag != f"{_MAIN}c":
                continue
            address, style = str(cell.get("r")), int(cell.get("s", "0"))
            shown = formats[style] if style < len(formats) else plain
            if shown != plain:
                found.formats[address] = shown
            _note_error(cell, address, found)
            cell.clear()
    return found


def _note_error(cell: ElementTree.Element, address: str, found: Marks) -> None:
    value = cell.find(f"{_MAIN}v")
    if cell.get("t") == "e":
        found.errors[address] = (value.text if value is not None else None) or "#ERROR"
    elif cell.find(f"{_MAIN}f") is not None and (value is None or value.text is None) and cell.get("t") != "str":
        found.errors[address] = "公式没有计算结果"
