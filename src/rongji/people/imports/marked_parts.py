"""Marks cells inside an .xlsx file without touching anything else of it: styles added, rows patched where they lie."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

from lxml import etree

from rongji.documents.readers.workbook.raw import column_index, column_letters
from rongji.documents.readers.workbook.unpacking import DAMAGED
from rongji.documents.readers.workbook.xlsx_marks import sheet_paths
from rongji.people.imports.problems import LEVEL_LABELS, Level

LIST_TITLE = "备查问题清单"
LIST_HEADINGS = ("序号", "级别", "工作表", "单元格", "现有内容", "问题", "怎么改")
LIST_WIDTHS = (6, 10, 16, 10, 24, 52, 52)

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_LIST_PART = "xl/worksheets/rongji_problems.xml"
_PIECE = 4 * 1024 * 1024
_ROW = re.compile(rb'<row\b([^>]*?)\br="(\d+)"([^>]*?)(?:/>|>(.*?)</row>)', re.DOTALL)
_CELL = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
_STYLE = re.compile(rb'\bs="(\d+)"')
_SPANS = re.compile(rb'\s+spans="[^"]*"')
_HEIGHT = re.compile(rb'\s+(?:ht|customHeight)="[^"]*"')
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_REASON, _WRAPPED = "reason", "wrapped"
_REASON_WIDTH = 84
_LIST_WIDTH = 50
_LINE = 13


@dataclass(frozen=True)
class SheetMarks:
    """What is to be marked on one sheet. cells: (row from 1, column from 0) → level; reasons: row → words.

    heading_row: where the new column gets its heading; column: its index from 0.
    """

    title: str
    cells: dict[tuple[int, int], Level]
    reasons: dict[int, str]
    heading_row: int
    column: int


def write_patched(path: Path, data: bytes, marks: Sequence[SheetMarks], listed: Sequence[tuple[str, ...]]) -> bool:
    """Write the file with its marks; False where it is built in a way that cannot be patched."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            paths = {title: part for title, part, _ in sheet_paths(archive, "")}
            if any(not _is_plain(archive, paths.get(item.title, "")) for item in marks):
                return False
            styles = _Styles(archive.read("xl/styles.xml") if "xl/styles.xml" in archive.namelist() else b"")
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as output:
                by_path = {paths[item.title]: item for item in marks}
                _copy(archive, output, by_path, styles, listed, paths.get(LIST_TITLE, ""))
    except (*DAMAGED, etree.LxmlError):
        return False
    return True


def _is_plain(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether rows and cells carry no prefix and name their places."""
    if part not in archive.namelist() or "xl/styles.xml" not in archive.namelist():
        return False
    with archive.open(part) as opened:
        head = opened.read(_PIECE)
    return b"<sheetData" in head and (b"<row" not in head or b'<c r="' in head)


def _copy(
    archive: zipfile.ZipFile, output: zipfile.ZipFile, marks: Mapping[str, SheetMarks], styles: "_Styles",
    listed: Sequence[tuple[str, ...]], old_list: str,
) -> None:  # fmt: skip
    """Every part; sheets first, since they say which styles are needed. old_list: the list of an earlier marking."""
    late = {"xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/calcChain.xml"}
    for item in archive.infolist():
        if item.filename in marks:
            with archive.open(item) as source, output.open(item.filename, "w", force_zip64=True) as target:
                _patch_sheet(source, target, marks[item.filename], styles)
        elif item.filename not in late | {old_list}:
            output.writestr(item, archive.read(item))
    output.writestr(old_list or _LIST_PART, _list_sheet(listed, styles))
    book, relations, types = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
    is_new = not old_list
    output.writestr(book, _with_sheet(archive.read(book)) if is_new else archive.read(book))
    output.writestr(relations, _with_relation(archive.read(relations), is_new=is_new))
    output.writestr(types, _with_type(archive.read(types), is_new=is_new))
    output.writestr("xl/styles.xml", styles.xml())


class _Styles:
    """The styles of the file, with coloured variants made as they are asked for."""

    def __init__(self, data: bytes) -> None:
        self.root = _parse(data)
        self.formats = self.root.find(f"{{{_MAIN}}}cellXfs")
        self.made: dict[tuple[int, str], int] = {}
        self.fills = {Level.ERROR: self._fill("FFFFD9D6"), Level.WARNING: self._fill("FFFFF3C4")}
        self.red = self._font("FF9B1C1C")

    def _fill(self, colour: str) -> int:
        fills = self.root.find(f"{{{_MAIN}}}fills")
        fill = etree.SubElement(etree.SubElement(fills, f"{{{_MAIN}}}fill"), f"{{{_MAIN}}}patternFill")
        fill.set("patternType", "solid")
        etree.SubElement(fill, f"{{{_MAIN}}}fgColor").set("rgb", colour)
        etree.SubElement(fill, f"{{{_MAIN}}}bgColor").set("indexed", "64")
        fills.set("count", str(len(fills)))
        return len(fills) - 1

    def _font(self, colour: str) -> int:
        fonts = self.root.find(f"{{{_MAIN}}}fonts")
        font = etree.SubElement(fonts, f"{{{_MAIN}}}font")
        etree.SubElement(font, f"{{{_MAIN}}}sz").set("val", "9")
        etree.SubElement(font, f"{{{_MAIN}}}color").set("rgb", colour)
        etree.SubElement(font, f"{{{_MAIN}}}name").set("val", "宋体")
        fonts.set("count", str(len(fonts)))
        return len(fonts) - 1

    def coloured(self, base: int, level: Level) -> int:
        """The style like another, on the ground of a level."""
        return self._variant(base, str(level), fillId=str(self.fills[level]), applyFill="1")

    def reason(self) -> int:
        """Small red words that wrap."""
        return self._variant(0, _REASON, fontId=str(self.red), applyFont="1", applyAlignment="1")

    def wrapped(self) -> int:
        """Words that wrap."""
        return self._variant(0, _WRAPPED, applyAlignment="1")

    def _variant(self, base: int, word: str, **attributes: str) -> int:
        if (base, word) not in self.made:
            source = self.formats[base] if base < len(self.formats) else self.formats[0]
            made = etree.fromstring(etree.tostring(source))
            for name, value in attributes.items():
                made.set(name, value)
            if word in (_REASON, _WRAPPED):
                for old in made.findall(f"{{{_MAIN}}}alignment"):
                    made.remove(old)
                alignment = etree.Element(f"{{{_MAIN}}}alignment", wrapText="1", vertical="center")
                made.insert(0, alignment)
            self.formats.append(made)
            self.formats.set("count", str(len(self.formats)))
            self.made[base, word] = len(self.formats) - 1
        return self.made[base, word]

    def xml(self) -> bytes:
        """The styles with all that was added."""
        return etree.tostring(self.root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _patch_sheet(source: IO[bytes], target: IO[bytes], marks: SheetMarks, styles: "_Styles") -> None:
    """Row by row; only rows with something to mark are changed."""
    by_row: dict[int, dict[int, Level]] = {}
    for (row, column), level in marks.cells.items():
        by_row.setdefault(row, {})[column] = level
    rest, is_head, stale = b"", True, b'r="' + column_letters(marks.column).encode()

    def patched(found: re.Match[bytes]) -> bytes:
        row = int(found[2])
        is_stale = stale in found[0] and row > marks.heading_row
        if row not in by_row and row not in marks.reasons and not is_stale:
            return found[0]
        cells = _patch_cells(found[4] or b"", row, by_row.get(row, {}), marks, styles)
        before = _SPANS.sub(b"", _HEIGHT.sub(b"", found[1]))
        after = _SPANS.sub(b"", _HEIGHT.sub(b"", found[3]))
        size = (
            b' ht="%d" customHeight="1"' % height_of(marks.reasons[row], _REASON_WIDTH) if row in marks.reasons else b""
        )
        return b'<row%b r="%d"%b%b>%b</row>' % (before.rstrip(), row, after, size, cells)

    for piece in iter(lambda: source.read(_PIECE), b""):
        text = rest + piece
        if is_head:
            text, is_head = _with_column(text, marks.column), False
        end = text.rfind(b"</row>") + len(b"</row>")
        if end < len(b"</row>"):
            rest = text
            continue
        target.write(_ROW.sub(patched, text[:end]))
        rest = text[end:]
    target.write(rest)


def _with_column(head: bytes, column: int) -> bytes:
    """The column of reasons made wide; definitions of columns that reach over it are cut back."""
    wide = b'<col min="%d" max="%d" width="70" customWidth="1"/>' % (column + 1, column + 1)
    found = re.search(rb"<cols>(.*?)</cols>", head, re.DOTALL)
    if not found:
        return head.replace(b"<sheetData", b"<cols>" + wide + b"</cols><sheetData", 1)
    kept = b"".join(_cut(item[0], column) for item in re.finditer(rb"<col\b[^>]*?/>", found[1]))
    return head[: found.start()] + b"<cols>" + kept + wide + b"</cols>" + head[found.end() :]


def _cut(tag: bytes, column: int) -> bytes:
    first = int(re.search(rb'\bmin="(\d+)"', tag)[1])  # type: ignore[index]
    last = int(re.search(rb'\bmax="(\d+)"', tag)[1])  # type: ignore[index]
    if first > column:
        return b""
    return tag if last <= column else re.sub(rb'\bmax="\d+"', b'max="%d"' % column, tag)


def _patch_cells(cells: bytes, row: int, bad: Mapping[int, Level], marks: SheetMarks, styles: "_Styles") -> bytes:
    found = {column_index(item[1].decode()): item[0] for item in _CELL.finditer(cells)}
    for column, level in bad.items():
        place = f"{column_letters(column)}{row}".encode()
        cell = found.get(column, b'<c r="' + place + b'"/>')
        style = _STYLE.search(cell.partition(b">")[0])
        number = styles.coloured(int(style[1]) if style else 0, level)
        head, closing, rest = cell.partition(b">")
        head = _STYLE.sub(b"", head)
        slash = b"/" if head.endswith(b"/") else b""
        found[column] = head.removesuffix(b"/").rstrip() + b' s="%d"' % number + slash + closing + rest
    found.pop(marks.column, None)  # what an earlier marking said
    if row in marks.reasons:
        found[marks.column] = _inline(f"{column_letters(marks.column)}{row}", marks.reasons[row], styles.reason())
    return b"".join(found[column] for column in sorted(found))


def _inline(place: str, text: str, style: int) -> bytes:
    words = escape(_CONTROL.sub("", text))
    return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{words}</t></is></c>'.encode()


def _list_sheet(listed: Sequence[tuple[str, ...]], styles: "_Styles") -> bytes:
    columns = "".join(f'<col min="{i}" max="{i}" width="{w}" customWidth="1"/>' for i, w in enumerate(LIST_WIDTHS, 1))
    rows = b"".join(_list_row(number, told, styles) for number, told in enumerate((LIST_HEADINGS, *listed), 1))
    head = f'<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"/></sheetViews><cols>{columns}</cols>'
    return (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
        + head.encode()
        + (b"<sheetData>" + rows + b"</sheetData></worksheet>")
    )


def _list_row(number: int, told: tuple[str, ...], styles: "_Styles") -> bytes:
    plain = styles.wrapped()
    level = next((item for item in Level if told[1] == LEVEL_LABELS[item]), None)
    kinds = [styles.coloured(plain, level) if level and place == 1 else plain for place in range(len(told))]
    cells = b"".join(_inline(f"{column_letters(i)}{number}", text, kinds[i]) for i, text in enumerate(told))
    size = max(height_of(text, _LIST_WIDTH) for text in told)
    return b'<row r="%d" ht="%d" customHeight="1">%b</row>' % (number, size, cells)


def height_of(text: str, width: int) -> int:
    """About how high a cell of that width must be for its words, in points."""
    lines = text.split("\n")
    return 4 + _LINE * sum(1 + sum(2 if ord(char) > 255 else 1 for char in line) // width for line in lines)


def _with_sheet(data: bytes) -> bytes:
    root = _parse(data)
    sheets = root.find(f"{{{_MAIN}}}sheets")
    number = max(int(item.get("sheetId", "0")) for item in sheets) + 1
    made = etree.SubElement(sheets, f"{{{_MAIN}}}sheet", name=LIST_TITLE, sheetId=str(number))
    made.set(f"{{{_RELATIONS}}}id", "rIdRongjiProblems")
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_relation(data: bytes, *, is_new: bool) -> bytes:
    root = _parse(data)
    for item in list(root):
        if str(item.get("Type", "")).endswith("/calcChain"):
            root.remove(item)
    if is_new:
        etree.SubElement(
            root, f"{{{_PACKAGE}/relationships}}Relationship", Id="rIdRongjiProblems", Type=f"{_RELATIONS}/worksheet",
            Target="worksheets/rongji_problems.xml",
        )  # fmt: skip
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _with_type(data: bytes, *, is_new: bool) -> bytes:
    root = _parse(data)
    for item in list(root):
        if str(item.get("PartName", "")).endswith("/calcChain.xml"):
            root.remove(item)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
    if is_new:
        etree.SubElement(root, f"{{{_PACKAGE}/content-types}}Override", PartName=f"/{_LIST_PART}", ContentType=kind)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _parse(data: bytes) -> etree._Element:
    return etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
