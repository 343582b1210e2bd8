"""Reads a bureau-year written as YAML into the same raw shape as a workbook, so that both are judged alike."""

from pathlib import Path
from typing import Any

import yaml

from rongji.documents.readers.workbook.raw import CellKind, RawBook, RawCell, RawRow, RawSheet
from rongji.kernel.refusal import Refusal
from rongji.performance.workbook.layout import PLACES_SEPARATOR, WHOLE_BUREAU, Layout, Sheet, SheetKind


class UnreadableYear(Refusal):
    """A year file that is not YAML, or not of the expected shape."""

    code = "unreadable-year-file"
    sentence = "年度文件“{file}”{place}无法读取：{why}。请参照 examples 目录中的 year.yaml。"


def read_yaml(source: Path | bytes, layout: Layout, file: str = "") -> RawBook:
    """The raw book of a `year.yaml`; every scalar is kept as the exact text that stands in the file.

    Raises: UnreadableYear.
    """
    data = source if isinstance(source, bytes) else source.read_bytes()
    name = file or (source.name if isinstance(source, Path) else "year.yaml")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableYear(file=name, place="", why="不是 UTF-8 编码") from None
    return _YearFile(name, layout).book(text)


class _YearFile:
    def __init__(self, file: str, layout: Layout) -> None:
        self.file = file
        self.layout = layout

    def book(self, text: str) -> RawBook:
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            place = f"第 {mark.line + 1} 行" if mark else ""
            raise UnreadableYear(file=self.file, place=place, why="缩进、冒号或引号写法有误") from None
        top = self._mapping(root)
        sheets = [self._pairs(top["profile"])] if "profile" in top else []
        for name, node in (self._mapping(top["sheets"]) if "sheets" in top else {}).items():
            sheets.append(self._sheet(name, node))
        return RawBook(self.file, tuple(sheets), is_spreadsheet=False)

    def _mapping(self, node: Any) -> dict[str, Any]:
        if not isinstance(node, yaml.MappingNode):
            self._refuse(node, "此处应为“名称: 值”")
        found: dict[str, Any] = {}
        for key, value in node.value:
            if key.value in found:
                self._refuse(key, f"“{key.value}”写了两次")
            found[key.value] = value
        return found

    def _refuse(self, node: Any, why: str) -> None:
        place = f"第 {node.start_mark.line + 1} 行" if node is not None else ""
        raise UnreadableYear(file=self.file, place=place, why=why)

    def _cell(self, node: Any, label: str) -> RawCell:
        address = f"第{node.start_mark.line + 1}行 {label}".strip()
        if isinstance(node, yaml.SequenceNode) and all(isinstance(item, yaml.ScalarNode) for item in node.value):
            return RawCell(address, CellKind.TEXT, PLACES_SEPARATOR.join(item.value for item in node.value))
        if not isinstance(node, yaml.ScalarNode):
            self._refuse(node, f"“{label}”应为一个值，不能是列表或映射")
        text = node.value.strip()
        if not text or node.tag.endswith(":null"):
            return RawCell(address)
        return RawCell(address, CellKind.TEXT, text)

    def _pairs(self, node: Any) -> RawSheet:
        sheet = self.layout.sheet("profile")
        rows = []
        for name, value in self._mapping(node).items():
            line = value.start_mark.line + 1
            rows.append(RawRow(line, (RawCell(f"第{line}行", CellKind.TEXT, name), self._cell(value, name))))
        return RawSheet(sheet.title, tuple(rows))

    def _sheet(self, name: str, node: Any) -> RawSheet:
        if not isinstance(node, yaml.SequenceNode):
            self._refuse(node, f"“{name}”应为一串行（每行以“- ”开头）")
        records = [self._mapping(item) for item in node.value]
        headings = list(dict.fromkeys(key for record in records for key in record))
        known = self.layout.sheet_titled(name)
        header = RawRow(0, tuple(RawCell(f"第{node.start_mark.line + 1}行", CellKind.TEXT, key) for key in headings))
        rows = [self._row(known, item, record, headings) for item, record in zip(node.value, records, strict=True)]
        return RawSheet(name, (header, *rows) if headings else ())

    def _row(self, sheet: Sheet | None, node: Any, record: dict[str, Any], headings: list[str]) -> RawRow:
        line = node.start_mark.line + 1
        cells = []
        for key in headings:
            column = sheet.column_headed(key) if sheet else None
            label = column.title if column else key
            cells.append(self._cell(record[key], label) if key in record else RawCell(f"第{line}行 {label}"))
        if sheet and sheet.kind is SheetKind.MATRIX and sheet.rows != "fixed":
            cells = [self._named_whole(key, cell) for key, cell in zip(headings, cells, strict=True)]
        return RawRow(line, tuple(cells))

    def _named_whole(self, key: str, cell: RawCell) -> RawCell:
        return RawCell(cell.address, CellKind.TEXT, WHOLE_BUREAU) if key == "row" and cell.is_blank else cell
