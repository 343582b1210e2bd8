"""Writes one sheet of the workbook: headings, input cells, dropdowns, check formulas, and what is already known."""

from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from rongji.documents.readers.workbook.xlsx_reader import EXACT_DIGITS
from rongji.kernel.quantity import Quantity, group_thousands
from rongji.kernel.refusal import Refusal
from rongji.performance.workbook.checks import Check, column_checks, difference_formula, row_checks
from rongji.performance.workbook.layout import (
    CHECK_PREFIX,
    EVIDENCE_TITLE,
    PLACES_SEPARATOR,
    SOURCE_TITLE,
    WHOLE_BUREAU,
    Column,
    Sheet,
    SheetKind,
)
from rongji.performance.workbook.lists import Lists
from rongji.performance.workbook.styles import NEED, Styles
from rongji.performance.workbook.tabulate import Cell, Row
from rongji.performance.workbook.vocabulary import Vocabulary

TITLE_ROW, NOTE_ROW, HEADER_ROW, FIRST_ROW = 0, 1, 2, 3
SPARE_ROWS = 40
LONGEST_TEXT = 32_767
_NUMBER_TYPES = {"quantity"}
_LONG = {"body", "expected", "result", "text", "purpose", "reason", "goal_expected", "goal_actual"}
_WIDTHS = {
    "code": 12,
    "row": 26,
    "source": 30,
    "evidence": 16,
    "name": 26,
    "note": 30,
    "unit_name": 10,
    "key": 30,
    "label": 24,
}
_NOTES = {
    SheetKind.PAIRS: "左列为项目，请在右列填写。",
    SheetKind.RECORDS: "每行填一条；编码不可重复；表头请勿改动，不用的列可以空着。",
    SheetKind.MATRIX: "照印出的数填：空白＝未列示，0＝零，－＝不适用，无＝确实没有。核对栏：√ 相符，数字＝相差。",
}


class TextTooLong(Refusal):
    """A text that does not fit into one cell of a workbook."""

    code = "text-too-long-for-a-cell"
    sentence = "工作表“{sheet}”中“{start}……”一段超过一格能容纳的 32767 字，请分成几段后再导出。"


@dataclass
class SheetWriter:
    """Writes one sheet. need: the mark under the title when the chosen form needs this sheet."""

    worksheet: Worksheet
    sheet: Sheet
    styles: Styles
    lists: Lists
    words: Vocabulary
    rows: list[Row]
    units: list[str]
    need: str = ""
    positions: dict[str, int] = field(default_factory=dict)
    places: dict[str, int] = field(default_factory=dict)
    last_row: int = FIRST_ROW

    def write(self) -> None:
        """Write everything and protect the headings."""
        self._head()
        if self.sheet.kind is SheetKind.PAIRS:
            self._pairs()
        else:
            self._columns()
            self._body()
            self._checks()
        self.worksheet.protect("", _ALLOWED)

    def _head(self) -> None:
        sheet = self.worksheet
        print_on_a4(sheet)
        sheet.repeat_rows(TITLE_ROW, HEADER_ROW)
        sheet.hide_gridlines(2)
        sheet.set_default_row(19)
        sheet.set_column(0, 60, 12, self.styles.of(locked=False))
        sheet.set_row(TITLE_ROW, 30, self.styles.title)
        sheet.set_row(NOTE_ROW, 18, self.styles.note)
        sheet.write_string(TITLE_ROW, 0, self.sheet.title, self.styles.title)
        need = f"【{self.need}必填】" if self.need else ""
        sheet.write_string(NOTE_ROW, 0, f"{need}{_NOTES[self.sheet.kind]}", self.styles.note)
        if self.need:
            sheet.set_tab_color("#8C1D18")

    def _pairs(self) -> None:
        sheet = self.worksheet
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, 1, 60, self.styles.of(locked=False))
        sheet.set_column(2, 2, 56)
        for column, text in enumerate(("项目", "内容", "说明")):
            sheet.write_string(HEADER_ROW, column, text, self.styles.header())
        values = self.rows[0] if self.rows else {}
        for row, item in enumerate(self.sheet.columns, FIRST_ROW):
            star = " *" if item.required else ""
            sheet.write_string(row, 0, item.title, self.styles.label())
            background = {"bg_color": NEED} if item.required else {}
            style = self.styles.of(
                num_format="@", locked=False, border=1, border_color="#D9CFC7", text_wrap=True, **background
            )
            self._put(row, 1, values.get(item.id) or Cell(""), style)
            sheet.write_string(row, 2, f"{item.note}{star and '（必填）'}", self.styles.note)
            self._restrict(item, row, row, 1)
            if item.id in _LONG:
                sheet.set_row(row, 48)
        sheet.freeze_panes(FIRST_ROW, 1)

    def _columns(self) -> None:
        for position, column in enumerate(self.sheet.all_columns):
            self.positions[column.id] = position
            heading = column.heading.replace("（", "\n（", 1) if column.unit else column.heading
            self.worksheet.write_string(HEADER_ROW, position, heading, self.styles.header(required=column.required))
            self.worksheet.set_column(position, position, _width(column), self._input(column))
            remark = _remark(column)
            if remark:
                self.worksheet.write_comment(HEADER_ROW, position, remark, {"author": "荣绩", "x_scale": 2})
        self.worksheet.set_row(HEADER_ROW, 34)
        self.worksheet.freeze_panes(FIRST_ROW, 1)

    def _body(self) -> None:
        rows = self._planned_rows()
        self.last_row = FIRST_ROW + len(rows) - 1
        for number, row in enumerate(rows, FIRST_ROW):
            for column in self.sheet.all_columns:
                style = self._style(column, number)
                self._put(number, self.positions[column.id], row.get(column.id) or Cell(""), style)
            self.places.setdefault(row.get("row", Cell("")).text, number)
        for column in self.sheet.all_columns:
            self._restrict(column, FIRST_ROW, self.last_row, self.positions[column.id])

    def _planned_rows(self) -> list[Row]:
        """The rows already known, those that every year has, and spare ones."""
        if self.sheet.rows == "fixed":
            known = {row["row"].text: row for row in self.rows}
            return [known.get(item.title, {"row": Cell(item.title)}) for item in self.sheet.items]
        if self.sheet.rows == "units":
            known = {row["row"].text: row for row in self.rows}
            wanted = dict.fromkeys((WHOLE_BUREAU, *self.units, *known))
            return [known.get(name, {"row": Cell(name)}) for name in wanted] + [
                {} for _ in range(2 if self.units else 8)
            ]
        return self.rows + [{} for _ in range(SPARE_ROWS)]

    def _style(self, column: Column, row: int) -> Format:
        is_given = column.type == "row" and self.sheet.rows == "fixed"
        return self.styles.label() if is_given else self._input(column)

    def _input(self, column: Column) -> Format:
        if column.type in _NUMBER_TYPES:
            return self.styles.number()
        return self.styles.text(wrap=column.id in _LONG)

    def _put(self, row: int, column: int, cell: Cell, style: Format) -> None:
        quantity = cell.quantity
        if quantity is not None and (as_number := _as_number(cell, quantity)) is not None:
            percent = cell.text.endswith("%")
            number = self.styles.number(quantity.places, percent=percent)
            self.worksheet.write_number(row, column, as_number, number)
        elif not cell.text:
            self.worksheet.write_blank(row, column, None, style)
        elif len(cell.text) > LONGEST_TEXT:
            raise TextTooLong(sheet=self.sheet.title, start=cell.text[:12])
        else:
            self.worksheet.write_string(row, column, cell.text, style)

    def _restrict(self, column: Column, first: int, last: int, position: int) -> None:
        options = _choices(column, self.sheet, self.lists)
        if options:
            rule = {"validate": "list", "source": options, "error_type": "warning", "error_title": "请核对"}
            rule["error_message"] = "不在可选范围内，请从下拉列表中选择。"
            self.worksheet.data_validation(first, position, last, position, rule)
        elif column.type in _NUMBER_TYPES:
            cell = xl_rowcol_to_cell(first, position)
            formula = f'=OR(ISNUMBER({cell}),{cell}="无",{cell}="－",IFERROR(ISNUMBER(VALUE({cell})),FALSE))'
            rule = {"validate": "custom", "value": formula, "error_type": "warning", "error_title": "此处应填数字"}
            rule["error_message"] = "请填数字；未列示请留空，确实没有写“无”，不适用写“－”。"
            self.worksheet.data_validation(first, position, last, position, rule)

    def _checks(self) -> None:
        if self.sheet.kind is not SheetKind.MATRIX:
            return
        identities = self.words.identities
        for offset, check in enumerate(column_checks(self.sheet, identities)):
            self._check_column(len(self.sheet.all_columns) + offset, check)
        below = self.last_row + 1
        self._light(below + len(self.sheet.items), len(self.sheet.all_columns) + 4)
        if self.sheet.rows == "units" and self.units:
            self._units_row(below)
        for offset, check in enumerate(row_checks(self.sheet, identities)):
            self._check_row(below + offset, check)

    def _light(self, last_row: int, last_column: int) -> None:
        """A check cell that is not nil lights up."""
        for row, column in ((FIRST_ROW, len(self.sheet.all_columns)), (self.last_row + 1, 1)):
            cell = xl_rowcol_to_cell(row, column)
            rule = {"type": "formula", "criteria": f"=AND(ISNUMBER({cell}),{cell}<>0)", "format": self.styles.alarm}
            self.worksheet.conditional_format(row, column, last_row, last_column, rule)

    def _check_column(self, position: int, check: Check) -> None:
        self.worksheet.write_string(HEADER_ROW, position, check.heading, self.styles.header(is_check=True))
        self.worksheet.set_column(position, position, 14, self.styles.of(locked=False))
        for row in range(FIRST_ROW, self.last_row + 1):
            parts = [(sign, xl_rowcol_to_cell(row, self.positions[name])) for sign, name in check.parts]
            formula = difference_formula(xl_rowcol_to_cell(row, self.positions[check.total]), parts)
            self.worksheet.write_formula(row, position, formula, self.styles.check(), "")

    def _check_row(self, row: int, check: Check) -> None:
        titles = {item.id: item.title for item in self.sheet.items}
        self.worksheet.write_string(row, 0, check.heading, self.styles.check_label())
        for column in self.sheet.columns:
            position = self.positions[column.id]
            parts = [(sign, xl_rowcol_to_cell(self.places[titles[name]], position)) for sign, name in check.parts]
            formula = difference_formula(xl_rowcol_to_cell(self.places[titles[check.total]], position), parts)
            self.worksheet.write_formula(row, position, formula, self.styles.check(), "")

    def _units_row(self, row: int) -> None:
        """汇总 − Σ units, below the rows of a units matrix."""
        self.worksheet.write_string(row, 0, f"{CHECK_PREFIX}：汇总与各机构之和", self.styles.check_label())
        for column in self.sheet.columns:
            position = self.positions[column.id]
            total = xl_rowcol_to_cell(self.places[WHOLE_BUREAU], position)
            first, last = xl_rowcol_to_cell(FIRST_ROW + 1, position), xl_rowcol_to_cell(self.last_row, position)
            formula = f'=IF(OR(COUNT({total})=0,COUNT({first}:{last})=0),"",ROUND({total}-SUM({first}:{last}),6))'
            self.worksheet.write_formula(row, position, formula, self.styles.check(), "")


_ALLOWED = {
    name: True
    for name in ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter")
}


def _as_number(cell: Cell, quantity: Quantity) -> Decimal | None:
    """The number to store, when a number cell with a fixed format is read back as exactly this text."""
    shown = group_thousands(quantity.value, quantity.places)
    is_percent = quantity.unit_name == "%" and cell.text == f"{shown}%"
    if not is_percent and cell.text != shown:
        return None
    if Decimal(shown) != quantity.value or len(quantity.value.as_tuple().digits) > EXACT_DIGITS - 2:
        return None
    if quantity.unit_name == "%" and not is_percent:
        return None
    return quantity.value / 100 if is_percent else quantity.value


def print_on_a4(sheet: Worksheet) -> None:
    """Landscape A4, as wide as the page, the page number below."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=Decimal("0.5"), right=Decimal("0.5"), top=Decimal("0.6"), bottom=Decimal("0.6"))
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _width(column: Column) -> int:
    if column.id in _LONG:
        return 46
    if column.type in _NUMBER_TYPES:
        return 14
    return _WIDTHS.get(column.id, max(11, min(24, 2 * len(column.heading) + 3)))


def _remark(column: Column) -> str:
    if column.title == SOURCE_TITLE:
        return f"写明数字的出处（文件、行号、凭证）。一行几个数出处不同时，按列的顺序用“{PLACES_SEPARATOR}”隔开。"
    if column.title == EVIDENCE_TITLE:
        return f"填“佐证材料”表中的编码，多份用“{PLACES_SEPARATOR}”隔开；只对应某一列的写成“列名:编码”。"
    if column.type == "quantity_or_text":
        return f"{column.note or ''}定量指标只填数字，单位填在“计量单位”栏；定性指标填文字。"
    required = "必填。" if column.required and column.type != "row" else ""
    return f"{required}{column.note}"


def _choices(column: Column, sheet: Sheet, lists: Lists) -> str | list[str]:
    """The list to choose from: a short one in place, a long one on the hidden sheet, codes from their own sheet."""
    if column.type == "yesno":
        return ["是", "否"]
    if column.choices:
        return [printed for _, printed in column.choices]
    if column.type == "row":
        return lists.rows_of(sheet)
    if column.id == "project":
        return lists.column_of("项目")
    return lists.of(column.type)
