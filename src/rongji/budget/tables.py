"""Reading the three tables that a finance system exports (lines, adjustments, postings), from csv or xlsx.

Every cell that cannot be taken is reported with row, column, what was found and what to write; nothing is guessed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rongji.budget.types import (
    DIRECTION_LABELS,
    FUND_LABELS,
    KIND_LABELS,
    LEVEL_LABELS,
    AdjustmentRow,
    Codes,
    LineRow,
    PostingRow,
    RowProblem,
)
from rongji.documents.readers.tables import UnreadableTable, read_rows
from rongji.kernel.quantity import NotANumber, NotWholeFen, Quantity

HEADERS: Mapping[str, tuple[str, ...]] = {
    "number": ("指标编号", "指标号", "指标文号", "预算指标编号"),
    "voucher": ("凭证号", "凭证编号", "凭证字号"),
    "posted_on": ("日期", "记账日期", "支付日期", "凭证日期"),
    "direction": ("方向", "收付方向", "收支方向"),
    "unit": ("机构编码", "单位编码", "预算单位编码"),
    "fund": ("资金来源", "资金性质"),
    "functional": ("功能科目", "功能科目编码", "支出功能分类"),
    "economic": ("经济科目", "经济科目编码", "支出经济分类", "部门经济分类"),
    "project": ("项目编码", "项目代码"),
    "kind": ("支出类别", "支出类型"),
    "amount": (
        "金额",
        "金额（元）",
        "金额(元)",
        "发生额",
        "年初预算",
        "年初预算（元）",
        "年初预算(元)",
        "调整金额",
        "调整金额（元）",
        "调整金额(元)",
    ),
    "summary": ("摘要", "用途"),
    "document": ("文号", "调整文号"),
    "reason": ("原因", "调整原因"),
    "level": ("资金级次", "资金层级", "级次"),
}
_BY_HEADER = {alias: field for field, aliases in HEADERS.items() for alias in aliases}
_DAY_FORMATS = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%Y年%m月%d日")


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file by field name, with the header each field was found under."""

    row: int
    cells: Mapping[str, str]
    headers: Mapping[str, str]

    def problem(self, field: str, text: str) -> RowProblem:
        """A problem at one field of this row."""
        return RowProblem(self.row, self.headers.get(field, HEADERS[field][0]), self.cells.get(field, ""), text)


def read_table(path: Path, required: tuple[str, ...]) -> list[Line]:
    """The rows of a csv or xlsx file by field.

    Raises: UnreadableTable when the file is not such a table or lacks a required column.
    """
    grid = read_rows(path)
    titles = [cell.strip().replace("\n", "").replace(" ", "") for cell in grid[0]]
    fields = {index: _BY_HEADER[title] for index, title in enumerate(titles) if title in _BY_HEADER}
    missing = [HEADERS[field][0] for field in required if field not in fields.values()]
    if missing:
        raise UnreadableTable(file=path.name, reason=f"第一行缺少这些列：{'、'.join(missing)}")
    headers = {field: titles[index] for index, field in fields.items()}
    lines = []
    for number, cells in enumerate(grid[1:], start=2):
        row = {field: cells[index].strip() if index < len(cells) else "" for index, field in fields.items()}
        if any(row.values()):
            lines.append(Line(number, row, headers))
    return lines


def _choice(labels: Mapping, text: str) -> str | None:
    for code, label in labels.items():
        if text in (str(code), label):
            return str(code)
    return None


def _day(text: str) -> date | None:
    for pattern in _DAY_FORMATS:
        try:
            return datetime.strptime(text, pattern).date()
        except ValueError:
            continue
    return None


class RowReader:
    """Takes fields out of one line and collects what is wrong with them."""

    def __init__(self, line: Line, problems: list[RowProblem]) -> None:
        self.line = line
        self.problems = problems
        self.ok = True

    def fail(self, field: str, text: str) -> None:
        """Note a problem at a field."""
        self.ok = False
        self.problems.append(self.line.problem(field, text))

    def text(self, field: str, *, required: bool = False) -> str:
        """A field as text."""
        value = self.line.cells.get(field, "")
        if required and not value:
            self.fail(field, "不能为空")
        return value

    def choice(self, field: str, labels: Mapping, *, required: bool = True) -> str:
        """A field out of a label table, by label or code."""
        value = self.text(field, required=required)
        if not value:
            return ""
        found = _choice(labels, value)
        if found is None:
            self.fail(field, f"不在可选范围内，请填：{'、'.join(labels.values())}")
            return ""
        return found

    def fen(self, field: str = "amount") -> int:
        """An amount in 元 as whole fen."""
        try:
            return Quantity.parse(self.text(field), "元").fen
        except (NotANumber, NotWholeFen):
            self.fail(field, "不是以元为单位、最多两位小数的金额")
            return 0

    def day(self, field: str) -> date:
        """A day in one of the usual ways of writing."""
        found = _day(self.text(field))
        if found is None:
            self.fail(field, "不是日期，请写成 2024-03-01")
            return date.min
        return found

    def codes(self, *, income: bool = False) -> Codes:
        """The classification; income needs neither kind nor functional code."""
        return Codes(
            unit=self.text("unit", required=True),
            kind=self.choice("kind", KIND_LABELS, required=not income),
            fund=self.choice("fund", FUND_LABELS),
            functional=self.text("functional", required=not income),
            economic=self.text("economic"),
            project=self.text("project"),
        )


def _rows(lines: list[Line], build: Callable[[RowReader], object]) -> Iterator[tuple[object, list[RowProblem]]]:
    for line in lines:
        problems: list[RowProblem] = []
        reader = RowReader(line, problems)
        row = build(reader)
        yield (row if reader.ok else None), problems


def _collect(lines: list[Line], build: Callable[[RowReader], object]) -> tuple[list, list[RowProblem]]:
    rows, problems = [], []
    for row, found in _rows(lines, build):
        problems += found
        if row is not None:
            rows.append(row)
    return rows, problems


def read_lines(path: Path) -> tuple[list[LineRow], list[RowProblem]]:
    """Budget lines of a file, with every problem found."""
    lines = read_table(path, ("number", "unit", "fund", "functional", "kind", "amount"))

    def build(r: RowReader) -> LineRow:
        level = r.choice("level", LEVEL_LABELS, required=False)
        return LineRow(r.text("number", required=True), r.codes(), r.fen(), level)

    return _collect(lines, build)


def read_adjustments(path: Path) -> tuple[dict[tuple[str, str], list[AdjustmentRow]], list[RowProblem]]:
    """Adjustments of a file, grouped by document number and reason, with every problem found."""
    lines = read_table(path, ("document", "reason", "number", "amount"))
    build = lambda r: (  # noqa: E731
        (r.text("document", required=True), r.text("reason", required=True)),
        AdjustmentRow(r.text("number", required=True), r.fen()),
    )
    rows, problems = _collect(lines, build)
    grouped: dict[tuple[str, str], list[AdjustmentRow]] = {}
    for head, row in rows:
        grouped.setdefault(head, []).append(row)
    return grouped, problems


def read_postings(path: Path, year: int) -> tuple[list[tuple[int, PostingRow]], list[RowProblem]]:
    """Postings of a file with their row numbers, with every problem found; days outside the year are problems."""
    lines = read_table(path, ("voucher", "posted_on", "unit", "fund", "amount"))

    def build(r: RowReader) -> tuple[int, PostingRow]:
        direction = r.choice("direction", DIRECTION_LABELS, required=False) or "expenditure"
        day = r.day("posted_on")
        if r.ok and day.year != year:
            r.fail("posted_on", f"不在 {year} 年度内")
        codes = r.codes(income=direction == "income")
        row = PostingRow(r.text("voucher", required=True), day, direction, codes, r.fen(), r.text("summary"))
        return r.line.row, row

    return _collect(lines, build)
