"""Rows out of a table: a workbook, a text file, or cells that were pasted; each with the places of its cells."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from typing import Any

from rongji.accounts.secrets import mask_numbers_in
from rongji.law.registers import Register
from rongji.people.imports.answer_cells import answer_of, told
from rongji.people.imports.headings import Bound, bind
from rongji.people.imports.problems import CellProblem, CellTrouble, Level, ProblemList
from rongji.people.imports.rows import ASIDE_LABELS, Aside, aside
from rongji.people.imports.source import Marks, Source, SourceSheet, Value, Values
from rongji.people.imports.words import Words, squeezed
from rongji.services.imports.headings import NUMBER, SAMPLE, other_unit, own_unit, register_words

_DOUBTFUL = (Aside.SIGNATURE, Aside.NOTE, Aside.LONE, Aside.TOTAL)


@dataclass(slots=True)
class TableRow:
    """A record as one row tells it. columns: field → index from 0; number: of the record it corrects, 0 for none.

    answers: what could be read; problems: what could not, by field.
    """

    sheet: str
    row: int
    columns: Mapping[str, int]
    answers: dict[str, Any] = field(default_factory=dict)
    number: int = 0
    problems: list[tuple[str, CellProblem]] = field(default_factory=list)

    def problem(self, name: str, what: str, remedy: str, level: Level = Level.ERROR, found: str = "") -> None:
        """Note what is wrong with a cell of the row, or with all of it."""
        column = self.columns.get(name, -1)
        shown, told = mask_numbers_in(found), mask_numbers_in(what)
        self.problems.append((name, CellProblem(self.sheet, self.row, column, shown, told, remedy, level)))


@dataclass
class TableReader:
    """One reading of one table. posted: the columns of cells that were posted, which have no headings of their own."""

    register: Register
    source: Source
    posted: Bound | None = None
    problems: ProblemList = field(default_factory=ProblemList)
    asides: Counter[str] = field(default_factory=Counter)

    def rows(self) -> Iterator[TableRow]:
        """Every record of the table, those with faults, too."""
        known, sheets, records = register_words(self.register), 0, 0
        for sheet in self.source.sheets:
            is_note = known.is_note(sheet.title)
            bound = self.posted or (None if is_note else bind(sheet, known, self.problems))
            if bound is None:
                continue
            sheets += 1
            self._note_missing(sheet, bound)
            self._note_units(sheet, bound)
            for row in self._sheet(sheet, bound, known):
                records += 1
                yield row
        if not records:
            what = "没有一张表的表头认得出来" if not sheets else "表头下面没有一行登记"
            self.problems.add(CellProblem("", 0, -1, "", what, "请先下载这个登记簿的模板，按表头填写后再导入"))

    def notes(self) -> list[str]:
        """What was left out knowingly, in sentences."""
        return [f"{label} {number} 行没有当作登记" for label, number in sorted(self.asides.items())]

    def _note_missing(self, sheet: SourceSheet, bound: Bound) -> None:
        """Columns that must be there; a table with the numbers of records may leave out what stays as it is."""
        if NUMBER in bound.positions:
            return
        missing = [item.label for item in self.register.fields if item.is_needed and item.id not in bound.positions]
        if missing:
            what = f"缺少必填的列：{'、'.join(missing)}"
            remedy = "请补上这些列，或下载模板按表头填写"
            self.problems.add(CellProblem(sheet.title, bound.last_row, -1, "", what, remedy))

    def _note_units(self, sheet: SourceSheet, bound: Bound) -> None:
        """Columns whose heading, or the line above all headings, tells them in ten thousands: never taken as told."""
        for name, index in bound.order:
            asked = self.register.by_id.get(name)
            told = other_unit(asked, (*bound.headings.get(index, ()), bound.above)) if asked else ""
            if asked and told:
                what = f"“{asked.label}”的单位写的是“{told}”，登记的是{own_unit(asked)}"
                remedy = f"请换算成{own_unit(asked)}，并改掉表里写的单位"
                self.problems.add(CellProblem(sheet.title, bound.last_row, index, "", what, remedy))

    def _sheet(self, sheet: SourceSheet, bound: Bound, known: Words) -> Iterator[TableRow]:
        for number, values in sheet.rows():
            if number <= bound.last_row:
                continue
            left_out = self._left_out(values, bound, known)
            if left_out:
                if left_out != ASIDE_LABELS[Aside.BLANK]:
                    self.asides[left_out] += 1
                continue
            yield self._row(sheet, number, values, bound)

    def _left_out(self, values: Values, bound: Bound, known: Words) -> str:
        """Why a row is no record, empty when it is one."""
        if any(isinstance(value, str) and squeezed(value) == SAMPLE for value in values[:1]):
            return "示例行"
        kind = aside(values, bound, known)
        if self.posted and kind is not Aside.BLANK:
            return ""  # whoever posts a grid has seen its rows
        if kind in _DOUBTFUL and self._has_day(values, bound):
            return ""
        return ASIDE_LABELS[kind] if kind else ""

    def _has_day(self, values: Values, bound: Bound) -> bool:
        index = bound.positions.get(self.register.day)
        value = values[index] if index is not None and index < len(values) else None
        try:
            return answer_of(self.register.by_id[self.register.day], value) is not None
        except CellTrouble:
            return False

    def _row(self, sheet: SourceSheet, number: int, values: Values, bound: Bound) -> TableRow:
        row = TableRow(sheet.title, number, bound.positions)
        for name, index in bound.order:
            value: Value = values[index] if index < len(values) else None
            if (number, index) in sheet.marks.broken:
                row.problem(name, "公式没有结果或有错误", "请改成数值后再导入", found=told(value))
                continue
            self._cell(row, name, value)
        return row

    def _cell(self, row: TableRow, name: str, value: Value) -> None:
        if name == NUMBER:
            self._number(row, value)
            return
        try:
            source = self.source
            asked, is_csv = self.register.by_id[name], source.kind == "csv"
            answer = answer_of(asked, value, starts_1904=source.starts_1904, is_csv=is_csv)
        except CellTrouble as trouble:
            row.problem(name, trouble.what, trouble.remedy, trouble.level, told(value))
            return
        if answer is not None:
            row.answers[name] = answer

    def _number(self, row: TableRow, value: Value) -> None:
        text = told(value).removeprefix("#").strip()
        if text and not (text.isascii() and text.isdigit() and len(text) < 19):
            row.problem(NUMBER, "登记编号不是编号", "请保留导出时的编号；新登记的留空", found=text)
        row.number = int(text) if text.isdigit() and len(text) < 19 else 0


def posted_rows(register: Register, rows: Sequence[Mapping[str, Any]]) -> TableReader:
    """Rows of cells by field, as a grid posts them; they count from 1."""
    names = [NUMBER, *(item.id for item in register.fields)]
    lines = tuple(tuple(_as_cell(row.get(name)) for name in names) for row in rows)
    sheet = SourceSheet("", Marks(), (), len(lines), len(names), None, lines)
    positions = {name: index for index, name in enumerate(names)}
    bound = Bound(positions, 0, "", {}, width=len(names), order=tuple(positions.items()))
    return TableReader(register, Source("填写的内容", "grid", (sheet,)), posted=bound)


def _as_cell(value: Any) -> Value:
    """What was posted as a cell may hold it; anything that no table holds as its words, to be refused."""
    if isinstance(value, float) and not isfinite(value):
        return str(value)
    return value if value is None or isinstance(value, str | int | float | date) else str(value)


def grid_rows(register: Register, grid: Sequence[Sequence[Any]], start: str = "") -> list[dict[str, Any]]:
    """Pasted cells as rows by field: under their own headings if they come with them, else from a field on in order.

    start: the field of the leftmost cell; the first one when empty. Blank rows are left out.
    """
    known, names = register_words(register), [item.id for item in register.fields]
    lines = [list(line) for line in grid if any(str(cell or "").strip() for cell in line)]
    if lines:
        found = [known.heading(str(cell or "")) for cell in lines[0]]
        if sum(item is not None for item in found) * 2 > len([cell for cell in lines[0] if str(cell or "").strip()]):
            return [
                {item.column: cell for item, cell in zip(found, line, strict=False) if item is not None}
                for line in lines[1:]
            ]
    first = names.index(start) if start in names else 0
    return [dict(zip(names[first:], line, strict=False)) for line in lines]
