"""Walks through a roster row by row: what each row tells, what is wrong with it, which rows are no persons.

One row is held at a time; of those before only what is needed to find the same person or account twice.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache, partial
from typing import Any

from rongji.accounts.secrets import mask_identity_number, mask_numbers_in
from rongji.kernel.month import Month
from rongji.people.imports import cells
from rongji.people.imports.cells import Grade, Identified, MaskedNumber
from rongji.people.imports.dates import Day, read_day
from rongji.people.imports.headings import Bound, bind
from rongji.people.imports.judging import Setting, objections
from rongji.people.imports.problems import CellProblem, CellTrouble, Level, ProblemList
from rongji.people.imports.rows import ASIDE_LABELS, Aside, RosterRow, aside
from rongji.people.imports.source import Source, SourceSheet, Value, Values
from rongji.people.imports.within import Within
from rongji.people.imports.words import Words, words

Reader = Callable[[Value], Any]
_NUMBERS = {"id_number", "account_number", "phone"}
_LONGEST = {"number": 32, "unit_kind": 40, "discharge_kind": 40, "bank": 80, "township": 40, "village": 60,
            "address": 200, "decision": 120, "remark": 200, "registration": 120, "employment": 120, "insurance": 120,
            "health": 120}  # fmt: skip
_DAYS = {"enlisted_on", "discharged_on", "approved_on", "ended_on", "died_on"}
_FIELDS = {"disability_grade": "grade", "disability_cause": "cause", "account_number": "account",
           "account_holder": "holder"}  # fmt: skip


@dataclass
class Tally:
    """What a reading came across: persons by category, rows left out by kind, days told to the month only, notes."""

    persons: int = 0
    rows: int = 0
    categories: Counter[str] = field(default_factory=Counter)
    asides: Counter[Aside] = field(default_factory=Counter)
    months_only: Counter[str] = field(default_factory=Counter)
    upgraded: int = 0
    covered: int = 0
    hidden_rows: int = 0
    sheets: list[str] = field(default_factory=list)

    def notes(self) -> list[str]:
        """What was done knowingly, in sentences."""
        told = [f"{ASIDE_LABELS[kind]} {count} 行没有当作人员" for kind, count in sorted(self.asides.items())
                if kind is not Aside.BLANK]  # fmt: skip
        told += [f"“{label}”有 {count} 格只写到月，按当月 1 日登记" for label, count in self.months_only.items()]
        if self.upgraded:
            told.append(f"{self.upgraded} 个 15 位身份证号升为 18 位")
        if self.covered:
            told.append(f"{self.covered} 格文字里写有证件号、账号或电话，已打星号登记")
        return told


@dataclass
class RosterReader:
    """One reading of one file."""

    source: Source
    setting: Setting
    problems: ProblemList = field(default_factory=ProblemList)
    tally: Tally = field(default_factory=Tally)
    words: Words = field(default_factory=words)
    within: Within = field(default_factory=Within)
    bounds: dict[str, Bound] = field(default_factory=dict)
    on_row: Callable[[], None] | None = None

    def rows(self) -> Iterator[RosterRow]:
        """Every person of the file; those with errors are only noted."""
        for sheet in self.source.sheets:
            yield from self._sheet(sheet)
        if not self.tally.sheets:
            remedy = "请检查文件，或先用“rongji roster template”取得样表"
            self.problems.add(CellProblem("", 0, -1, "", "文件里没有一张能读的花名册", remedy))
        elif not self.tally.persons:
            self.problems.add(CellProblem("", 0, -1, "", "花名册里没有一个人", "请检查表头下面是否有内容"))

    def _sheet(self, sheet: SourceSheet) -> Iterator[RosterRow]:
        bound = None if self.words.is_note(sheet.title) else bind(sheet, self.words, self.problems)
        if bound is None:
            return
        self.tally.sheets.append(sheet.title)
        self.bounds[sheet.title] = bound
        category = self._sheet_category(sheet, bound)
        reader = _SheetReader(self, sheet, bound, category)
        if sheet.marks.is_hidden:
            what = "这张工作表是隐藏的，也读了"
            self.note(sheet, 0, "", what, "请取消隐藏看一遍，不需要的请删去")
        for number, values in sheet.rows():
            self.tally.rows += 1
            if self.on_row:
                self.on_row()
            if number > bound.last_row and (row := reader.read(number, values)) is not None:
                yield row
        if reader.hidden:
            self.tally.hidden_rows += reader.hidden
            what = f"有 {reader.hidden} 个隐藏的行也读了"
            self.note(sheet, 0, "", what, "请取消隐藏或筛选看一遍，不需要的行请删去")

    def _sheet_category(self, sheet: SourceSheet, bound: Bound) -> str:
        """The category that the sheet's name or title gives to all its rows."""
        categories = self.setting.categories
        category = categories.named_in(sheet.title) or categories.named_in(bound.above)
        if not category and self.source.kind == "csv":
            category = categories.named_in(self.source.name)
        if not category and "category" not in bound.positions:
            what = "没有“人员类别”列，表名和标题里也看不出是哪一类"
            remedy = "请加上“人员类别”列，或把工作表改名为类别，如“残疾军人”"
            self.problems.add(CellProblem(sheet.title, bound.last_row, -1, "", what, remedy))
        return category

    def note(self, sheet: SourceSheet, row: int, found: str, what: str, remedy: str) -> None:
        """Note something about a whole row or sheet that is to be looked at."""
        self.problems.add(CellProblem(sheet.title, row, -1, found, what, remedy, Level.WARNING))


class _SheetReader:
    """One sheet being read: which reader is for which column."""

    def __init__(self, reading: RosterReader, sheet: SourceSheet, bound: Bound, category: str) -> None:
        self.reading, self.sheet, self.bound, self.category = reading, sheet, bound, category
        self.hidden = 0
        self.plan: list[tuple[str, int, Reader]] = [
            (column, index, self._reader(column)) for column, index in bound.order
        ]

    def _reader(self, column: str) -> Reader:
        setting, lexicon = self.reading.setting, self.reading.words
        if column in _DAYS or column in ("born_on", "benefit_from"):
            return partial(read_day, starts_1904=self.reading.source.starts_1904)
        readers: dict[str, Reader] = {
            "name": cells.read_name,
            "id_number": partial(cells.read_id_number, today=setting.today),
            "sex": partial(cells.read_sex, words=lexicon),
            "category": self._category,
            "disability_grade": cells.read_grade,
            "disability_cause": partial(cells.read_cause, words=lexicon),
            "service_years": cells.read_years,
            "account_number": cells.read_account,
            "account_holder": cells.read_name,
            "phone": cells.read_phone,
        }
        return readers.get(column) or partial(self._words, longest=_LONGEST[column])

    def _words(self, value: Value, longest: int) -> str:
        """Free words lie open in the register: numbers of persons in them are masked."""
        text = cells.read_words(value, longest)
        covered = mask_numbers_in(text)
        self.reading.tally.covered += covered != text
        return covered

    def _category(self, value: Value) -> str:
        text = cells.plain_text(value)
        categories = self.reading.setting.categories
        code = categories.code(text)
        if not code and len(named := categories.all_named_in(text)) > 1:
            what = f"一格写了{len(named)}个人员类别"
            raise CellTrouble(what, "一个人有几种身份的，每种写一行；只按一种享受待遇的，只写那一种")
        if not code:
            near = categories.near(text)
            hint = f"是否为“{near}”？请改成类别表里的名称" if near else "请用 rongji roster template 查看可用的类别"
            raise CellTrouble(f"人员类别“{text[:20]}”不认识", hint)
        return code

    def read(self, number: int, values: Values) -> RosterRow | None:
        """The person of a row; None for a row that is no person or has an error."""
        kind = aside(values, self.bound, self.reading.words)
        if kind is not None:
            self._leave(kind, number, values)
            return None
        if number in self.sheet.marks.hidden_rows:
            self.hidden += 1
        before = self.reading.problems.errors
        row, told = self._cells(number, values)
        self._judge(row, told, values)
        self.reading.tally.persons += 1
        if self.reading.problems.errors != before:
            return None
        self.reading.tally.categories[row.category] += 1
        return row

    def _leave(self, kind: Aside, number: int, values: Values) -> None:
        self.reading.tally.asides[kind] += 1
        if kind is Aside.LONE:
            found = next(cells.plain_text(value) for value in values if cells.plain_text(value))
            what = "这一行只有一格有内容，没有当作人员"
            remedy = "是人员的请补全，不是的可以不管"
            self.reading.problems.add(
                CellProblem(self.sheet.title, number, -1, found[:40], what, remedy, Level.WARNING)
            )

    def _cells(self, number: int, values: Values) -> tuple[RosterRow, dict[str, Any]]:
        row = RosterRow(self.sheet.title, number)
        told: dict[str, Any] = {}
        broken, nothing, width = self.sheet.marks.broken, self.reading.words.nothing, len(values)
        for column, index, read in self.plan:
            value = values[index] if index < width else ""
            if broken and (number, index) in broken:
                remedy = "请直接填写内容，或在 Excel 里打开后另存一次"
                self._problem(number, index, value, CellTrouble("公式出错或没有计算结果", remedy))
                told[column] = None
            elif value == "" or value is None or (isinstance(value, str) and value.strip().lower() in _blank(nothing)):
                continue
            else:
                try:
                    told[column] = read(value)
                except CellTrouble as trouble:
                    self._problem(number, index, value, trouble)
                    told[column] = None
        self._fill(row, told)
        return row, told

    def _fill(self, row: RosterRow, told: dict[str, Any]) -> None:
        for column, value in told.items():
            if value is None or column in ("born_on", "township"):
                continue
            if isinstance(value, MaskedNumber):
                row.masked[column] = value
            elif isinstance(value, Identified):
                row.id_number = value.number.text
                if value.upgraded_from:
                    self._upgraded(row, value)
            elif isinstance(value, Day):
                self._day(row, column, value)
            elif isinstance(value, Grade):
                row.grade, row.cause = value.grade, row.cause or value.cause
            else:
                setattr(row, _FIELDS.get(column, column), value)
        township = told.get("township") or ""
        row.village = row.village if row.village.startswith(township) else f"{township}{row.village}"
        row.account_kind = self.bound.account_kind if row.account else ""
        row.category = row.category or ("" if "category" in told else self.category)

    def _day(self, row: RosterRow, column: str, value: Day) -> None:
        if column == "benefit_from":
            row.benefit_from = Month.from_day(value.day)
            return
        setattr(row, column, value.day)
        if not value.whole:
            label = self.reading.words.columns[column].label
            row.by_month += (column,)
            self.reading.tally.months_only[label] += 1

    def _upgraded(self, row: RosterRow, value: Identified) -> None:
        self.reading.tally.upgraded += 1
        what = f"15 位身份证号升为 18 位：{mask_identity_number(value.number.text)}"
        remedy = "出生年份按 19 开头升位，请与现用身份证核对"
        index = self.bound.positions["id_number"]
        self._problem(row.row, index, value.upgraded_from, CellTrouble(what, remedy, Level.WARNING))

    def _judge(self, row: RosterRow, told: dict[str, Any], values: Values) -> None:
        born = told.get("born_on")
        failed = {column for column, value in told.items() if value is None}
        found = list(objections(row, born, self.reading.setting))
        if not row.category and "category" not in failed and ("category" in self.bound.positions):
            trouble = CellTrouble("没有填人员类别", "请填写类别，如 残疾军人")
            self._problem(row.row, self.bound.positions["category"], "", trouble)
        for item in found:
            if not failed & {item.column, *item.also}:
                self._object(row, item.column, values, CellTrouble(item.what, item.remedy, item.level))
        for column, trouble in self.reading.within.troubles(row):
            self._object(row, column, values, trouble)

    def _object(self, row: RosterRow, column: str, values: Values, trouble: CellTrouble) -> None:
        index = self.bound.positions.get(column, self.bound.positions.get("name", -1))
        value = values[index] if 0 <= index < len(values) else ""
        self._problem(row.row, index, value, trouble)

    def _problem(self, number: int, index: int, value: Value, trouble: CellTrouble) -> None:
        column = next((name for name, at in self.bound.order if at == index), "")
        shown = cells.plain_text(value)
        is_long = column in _NUMBERS and len(shown) > 10 and "E" not in shown.upper()
        shown = mask_identity_number(shown) if is_long else shown[:40]
        problem = CellProblem(self.sheet.title, number, index, shown, trouble.what, trouble.remedy, trouble.level)
        self.reading.problems.add(problem)


@lru_cache(maxsize=1)
def _blank(nothing: frozenset[str]) -> frozenset[str]:
    """What stands for nothing in a cell, and blank text."""
    return nothing | {""}


def read_roster(source: Source, setting: Setting) -> tuple[list[RosterRow], RosterReader]:
    """All persons of a small file with the reading that found them: for tests and previews."""
    reading = RosterReader(source, setting)
    return list(reading.rows()), reading
