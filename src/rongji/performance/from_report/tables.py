"""Tables of a report that are laid out as a sheet of the workbook: rows of units, or the funds by source and use."""

from collections.abc import Iterable, Iterator

from rongji.audit.naming import plain
from rongji.checks.stated.model import Column as StatedColumn
from rongji.checks.stated.model import ColumnKind, Row, RowKind, StatedDocument, StatedTable
from rongji.kernel.bureau_year import UnitFacts
from rongji.kernel.figure import FigureKey, Nil, Stage
from rongji.performance.from_report.taking import Taken
from rongji.performance.from_report.workbook_names import columns_by_name, items_by_name
from rongji.performance.workbook.layout import Column, Sheet, load_layout

_BY_UNITS = ("income", "expenditure", "three_public", "assets", "staff")
_UNIT_HEADINGS = ("机构名称", "机构", "单位名称", "单位", "预算单位", "部门")
_WHOLE = ("汇总", "合计", "总计")
_PROPER = ("机关", "本级", "局本部", "本部")
_LEAST_COLUMNS = 2
_LEAST_ITEMS = 3
_FUNDS = (
    (ColumnKind.RATE, "execution.rate", Stage.RATE, "%"),
    (ColumnKind.WEIGHT, "execution.weight", Stage.NONE, "分"),
)
_SCORE = (ColumnKind.SCORE, "execution.score", Stage.NONE, "分")


def project_tables(said: StatedDocument) -> frozenset[int]:
    """Numbers of the tables that are about one project, not about the department."""
    return frozenset(
        table.number for table in said.tables for row in table.rows if plain(row.label) in ("项目名称", "专项名称")
    )


def unit_names(said: StatedDocument) -> tuple[str, ...]:
    """The units that print rows of their own, in the order of the first table that lists them."""
    names = (_unit_name(row) for table in said.tables if _is_by_units(table) for row in _item_rows(table))
    return tuple(dict.fromkeys(name for name in names if name))


def units_of(said: StatedDocument, file: str) -> tuple[UnitFacts, ...]:
    """These units as the workbook keeps them; their printed name is their code."""
    return tuple(
        UnitFacts(name, name, is_bureau_proper=any(word in name for word in _PROPER), place=file)
        for name in unit_names(said)
    )


def take_tables(said: StatedDocument, taken: Taken, year: int) -> None:
    """Every number of such tables, under the key that sheet, row and column give it."""
    apart = project_tables(said)
    layout = load_layout()
    for table in said.tables:
        if not table.certain or table.number in apart:
            continue
        if _is_by_units(table):
            for sheet_id in _BY_UNITS:
                _take_by_units(table, layout.sheet(sheet_id), taken, year)
        else:
            _take_funds(table, layout.sheet("execution"), taken, year)


def _is_by_units(table: StatedTable) -> bool:
    labels = [column for column in table.columns if column.kind is ColumnKind.LABEL]
    return len(labels) == 1 and plain(labels[0].title) in _UNIT_HEADINGS and table.certain


def _item_rows(table: StatedTable) -> Iterator[Row]:
    return (row for row in table.rows if row.kind in (RowKind.ITEM, RowKind.PART) and row.label)


def _unit_name(row: Row) -> str:
    """A unit's printed name without its number; empty for the row of all units."""
    name = plain(row.label)
    return "" if any(word in name for word in _WHOLE) else name[:40]


def _take_by_units(table: StatedTable, sheet: Sheet, taken: Taken, year: int) -> None:
    bound = _bound(table, sheet, year)
    if len(bound) < _LEAST_COLUMNS:
        return
    rows = [(row, "") for row in table.rows if row.kind is RowKind.TOTAL]
    rows += [(row, name) for row in _item_rows(table) if (name := _unit_name(row))]
    for row, unit_name in rows:
        for stated, column in bound:
            _take_cell(table, row, stated, FigureKey(column.concept, column.stage, unit_name), column.unit, taken)


def _bound(table: StatedTable, sheet: Sheet, year: int) -> list[tuple[StatedColumn, Column]]:
    """The columns that the sheet has, too: its first column, the whole of the others, must be among them."""
    known = columns_by_name(sheet.id, year)
    found = [(column, sheet.columns[known[name]]) for column in table.columns if (name := plain(column.title)) in known]
    wholes = {column.concept for column in sheet.columns if column.concept.endswith((".total", ".fixed"))}
    has_whole = any(column.concept in wholes for _, column in found)
    return found if has_whole and _fits(found, sheet) else []


def _fits(found: Iterable[tuple[StatedColumn, Column]], sheet: Sheet) -> bool:
    """Whether the columns stand on the basis that the sheet gives them: 预算 and 决算 are never mixed up."""
    return all(stated.stage in (Stage.NONE, column.stage) for stated, column in found)


def _take_funds(table: StatedTable, sheet: Sheet, taken: Taken, year: int) -> None:
    stages = {column.stage: column for column in sheet.columns}
    columns = [column for column in table.columns if column.kind is ColumnKind.VALUE and column.stage in stages]
    known = items_by_name(sheet.id, year)
    rows = [(row, sheet.items[number]) for row in table.rows if (number := _item_number(row, known)) is not None]
    if len(rows) < _LEAST_ITEMS or not columns:
        return
    for row, item in rows:
        for column in columns:
            own = stages[column.stage]
            _take_cell(table, row, column, FigureKey(item.concept, column.stage), own.unit, taken)
    _take_execution(table, [row for row, _ in rows], taken)


def _item_number(row: Row, known: dict[str, int]) -> int | None:
    """The fixed row that a label means, first together with what it stands under (资金来源 合计)."""
    together = plain("".join(row.path[-2:]))
    for name in (together, plain(row.label)):
        if name in known:
            return known[name]
    return None


def _take_execution(table: StatedTable, rows: list[Row], taken: Taken) -> None:
    """Rate, weight and score of execution stand beside the first row that has them."""
    for kind, concept, stage, unit_name in (*_FUNDS, _SCORE):
        for column in table.columns_of(kind):
            row = next((row for row in rows if table.figure(row.index, column.index)), None)
            figure = table.figure(row.index, column.index) if row else None
            if figure:
                taken.take(figure, FigureKey(concept, stage), unit_name)


def _take_cell(
    table: StatedTable, row: Row, column: StatedColumn, key: FigureKey, unit_name: str, taken: Taken
) -> None:
    cell = table.cell(row.index, column.index)
    if cell is None:
        return
    if cell.figure is not None:
        taken.take(cell.figure, key, unit_name)
    elif cell.nil in (Nil.DASH, Nil.NONE):
        taken.take_nil(key, cell.nil, "－" if cell.nil is Nil.DASH else "无", taken.file)
