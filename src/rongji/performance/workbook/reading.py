"""What is known while a workbook is being read, and one row being read cell by cell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from rongji.documents.readers.workbook.raw import CellKind, RawCell, RawRow
from rongji.kernel.bureau_year import UnitFacts
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import unit
from rongji.performance.workbook.headers import BoundSheet
from rongji.performance.workbook.layout import Column, Layout
from rongji.performance.workbook.numbers import Stated, read_number
from rongji.performance.workbook.problems import CellTrouble, ProblemList
from rongji.performance.workbook.vocabulary import Vocabulary
from rongji.performance.workbook.words import (
    read_choice,
    read_code,
    read_text,
    read_unit,
    read_yes_or_no,
    split_list,
)

Value = TypeVar("Value")


@dataclass
class Reading:
    """The state of one reading: what is wrong so far, and the codes that later sheets may refer to."""

    layout: Layout
    vocabulary: Vocabulary
    notes: ProblemList
    file: str
    is_spreadsheet: bool
    money_places: int = 0
    units: dict[str, UnitFacts] = field(default_factory=dict)
    projects: dict[str, str] = field(default_factory=dict)
    evidence: dict[str, str] = field(default_factory=dict)
    facts: dict[str, str] = field(default_factory=dict)


@dataclass
class RowReader:
    """One row of a bound sheet. Every `read` notes what is wrong with its cell and goes on with a blank."""

    reading: Reading
    bound: BoundSheet
    row: RawRow

    def cell(self, column_id: str) -> RawCell:
        """The cell of that column."""
        return self.bound.cell(self.row, column_id)

    def error(self, column_id: str, what: str, remedy: str) -> None:
        """Note what is wrong with a cell."""
        self.reading.notes.error(self.bound.title, self.cell(column_id), what, remedy)

    def warn(self, column_id: str, what: str, remedy: str) -> None:
        """Note a doubt about a cell."""
        self.reading.notes.warn(self.bound.title, self.cell(column_id), what, remedy)

    def read(self, column_id: str, read: Callable[[RawCell], Value], blank: Value) -> Value:
        """What `read` makes of the cell; `blank` when it cannot be read."""
        cell = self.cell(column_id)
        column = self.bound.sheet.column(column_id)
        if column.required and cell.is_blank:
            self.error(column_id, f"“{column.title}”没有填", "这一栏必须填写")
            return blank
        try:
            return read(cell)
        except CellTrouble as trouble:
            self.error(column_id, trouble.what, trouble.remedy)
            return blank

    def text(self, column_id: str) -> str:
        """Text."""
        return self.read(column_id, read_text, "")

    def code(self, column_id: str = "code") -> str:
        """A code."""
        return self.read(column_id, read_code, "")

    def choice(self, column_id: str) -> str:
        """The stored word of a choice."""
        column = self.bound.sheet.column(column_id)
        return self.read(column_id, lambda cell: read_choice(cell, column), "")

    def yes(self, column_id: str, *, default: bool) -> bool:
        """Yes or no."""
        found = self.read(column_id, read_yes_or_no, None)
        return default if found is None else found

    def unit_name(self, column_id: str = "unit_name") -> str:
        """A unit of measure."""
        return self.read(column_id, read_unit, "")

    def number(self, column_id: str, unit_name: str, *, may_be_negative: bool = False) -> Stated | None:
        """A number in that unit, its doubts noted."""

        def read(cell: RawCell) -> Stated | None:
            places = self.reading.money_places
            return read_number(cell, unit(unit_name), may_be_negative=may_be_negative, money_places=places)

        found = self.read(column_id, read, None)
        if found:
            self.reading.notes.doubts(self.bound.title, self.cell(column_id), found.doubts)
        return found

    def quantity(self, column_id: str, unit_name: str) -> Quantity | None:
        """The quantity of a number; None when blank or nil."""
        found = self.number(column_id, unit_name)
        return found.quantity if found else None

    def known(self, column_id: str, codes: dict[str, str], where: str) -> str:
        """A code that must stand on another sheet; empty when blank."""
        code = self.text(column_id)
        if code and code not in codes:
            self.error(column_id, f"“{code}”没有在工作表“{where}”中登记", f"请改为已登记的编码，或先在“{where}”中补上")
        return code

    @property
    def source_note(self) -> str:
        """What 来源 says; the sheet may have no such column."""
        return self.text("source") if self.bound.sheet.has_source else ""

    @property
    def place(self) -> str:
        """Where the row stands: what 来源 says, else sheet and row."""
        return self.source_note or automatic_place(self.bound.title, self.row.number)

    def evidence(self, columns: tuple[Column, ...] = ()) -> tuple[tuple[str, str], ...]:
        """Evidence codes as (column id, code); column id is empty for a code that belongs to the whole row.

        `E01；上年结转:E02` attaches E01 to every number of the row and E02 to one of them.
        """
        found = []
        for part in split_list(self.text("evidence")):
            heading, _, code = part.replace("：", ":").rpartition(":")
            column = self.bound.sheet.column_headed(heading) if heading else None
            if heading and column not in columns:
                self.error("evidence", f"“{heading}”不是本表的列", "请写成“列名:佐证编码”，或只写佐证编码")
            elif code not in self.reading.evidence:
                self.error("evidence", f"佐证“{code}”没有在工作表“佐证材料”中登记", "请先登记，或改为已登记的编码")
            else:
                found.append((column.id if column else "", code))
        return tuple(found)

    def quantity_or_text(self, column_id: str, unit_name: str, *, must_count: bool) -> tuple[Quantity | None, str]:
        """A quantity when the cell holds one, else its text.

        must_count: whether a text in place of a number keeps the row from being scored (noted).
        """
        cell = self.cell(column_id)
        bare = read_text_quietly(cell).removesuffix(unit_name).removesuffix("%").translate(_NUMERALS).strip()
        looks_numeric = cell.kind in (CellKind.NUMBER, CellKind.PERCENT) or (bare and not bare.strip("0123456789.,-+"))
        if not looks_numeric or cell.kind in (CellKind.ERROR, CellKind.DATE) or bare == "-":
            text = self.text(column_id)
            if text and must_count:
                self.warn(
                    column_id, f"“{text}”不是数字，按文字保留，不能据此计分", "请填数字；定性指标请把指标性质选为“定性”"
                )
            return None, text
        if not unit_name or unit_name == "文字":
            if must_count:
                self.error("unit_name", "填了数字但没有计量单位", "请在“计量单位”栏填写单位，如 人、%、万元")
            return None, self.text(column_id)
        return self.quantity(column_id, unit_name), ""


_NUMERALS = str.maketrans("０１２３４５６７８９．，－％＋", "0123456789.,-%+")


def read_text_quietly(cell: RawCell) -> str:
    """The text of a cell whatever it holds."""
    return cell.text.strip()


def automatic_place(title: str, row: int) -> str:
    """Where a row stands when nobody said where it comes from."""
    return f"工作表“{title}”第{row}行"
