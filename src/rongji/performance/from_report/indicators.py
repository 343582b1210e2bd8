"""Indicator tables of a report: levels, names, targets, results, weights and scores as they are printed."""

from collections.abc import Iterator

from rongji.audit.marks import words_of
from rongji.checks.stated.model import ColumnKind, Row, RowKind, StatedCell, StatedDocument, StatedTable
from rongji.kernel.bureau_year import Direction, IndicatorFacts
from rongji.kernel.figure import Figure, FigureKey
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UNITS
from rongji.performance.from_report.tables import project_tables
from rongji.performance.from_report.taking import Taken

_SIGNS = {
    "≥": Direction.AT_LEAST, ">": Direction.AT_LEAST, "＞": Direction.AT_LEAST, "≧": Direction.AT_LEAST,
    "≤": Direction.AT_MOST, "<": Direction.AT_MOST, "＜": Direction.AT_MOST, "≦": Direction.AT_MOST,
}  # fmt: skip
_PREFIXES = ("指标", "目标")


def indicators_of(said: StatedDocument, taken: Taken) -> tuple[IndicatorFacts, ...]:
    """Every row of the department's indicator table; those of single projects are not read."""
    apart = project_tables(said)
    found: list[IndicatorFacts] = []
    for table in said.tables:
        if table.certain and table.number not in apart and _is_indicator_table(table):
            for row in table.rows:
                if row.kind is RowKind.ITEM and len(row.path) > 1:
                    found.append(_indicator(f"I{len(found) + 1:02d}", table, row, taken))
                elif row.kind is RowKind.TOTAL:
                    _take_totals(table, row, taken)
    return tuple(found)


def _take_totals(table: StatedTable, row: Row, taken: Taken) -> None:
    """总分: the weights and the scores together."""
    for kind, concept in ((ColumnKind.WEIGHT, "score.weight_total"), (ColumnKind.SCORE, "score.total")):
        figure = _figure(table, row, kind)
        if figure and not taken.is_used(figure):
            taken.take(figure, FigureKey(concept), "分")


def _is_indicator_table(table: StatedTable) -> bool:
    kinds = {column.kind for column in table.columns}
    return (
        ColumnKind.TARGET in kinds
        and ColumnKind.ACTUAL in kinds
        and bool(kinds & {ColumnKind.WEIGHT, ColumnKind.SCORE})
    )


def _indicator(code: str, table: StatedTable, row: Row, taken: Taken) -> IndicatorFacts:
    target, actual = _figure(table, row, ColumnKind.TARGET), _figure(table, row, ColumnKind.ACTUAL)
    target_text, actual_text = _text(table, row, ColumnKind.TARGET), _text(table, row, ColumnKind.ACTUAL)
    wanted, reached = _quantity(target), _quantity(actual)
    comparable = wanted and reached and wanted.unit.is_comparable_with(reached.unit)
    level1, level2 = (row.path[0], row.path[1] if len(row.path) > 2 else "")
    cell = _telling_cell(table, row)
    return IndicatorFacts(
        code=code,
        level1=_words(level1),
        level2=_words(level2),
        name=_name(row.label),
        direction=_direction(target_text, wanted),
        unit_name=wanted.unit_name if wanted else "文字",
        target=wanted,
        target_text="" if wanted else target_text,
        actual=reached.to(wanted.unit_name) if comparable and wanted and reached else None,
        actual_text="" if comparable else actual_text,
        weight=_points(_figure(table, row, ColumnKind.WEIGHT)),
        stated_score=_points(_figure(table, row, ColumnKind.SCORE)),
        reason=_text(table, row, ColumnKind.REASON),
        place=f"{taken.file} {words_of(cell.place)}".strip() if cell else taken.file,
    )


def _telling_cell(table: StatedTable, row: Row) -> StatedCell | None:
    """The cell that shows best where a row stands: its weight or target, not the level that spans many rows."""
    columns = (*table.columns_of(ColumnKind.WEIGHT), *table.columns_of(ColumnKind.TARGET), *table.columns[-1:])
    return next((cell for column in columns if (cell := table.cell(row.index, column.index))), None)


def _direction(text: str, target: Quantity | None) -> Direction:
    """The printed sign; a number without a sign is to be met exactly, words are judged by a person."""
    if target is None:
        return Direction.QUALITATIVE
    return next((direction for sign, direction in _SIGNS.items() if sign in text), Direction.EXACT)


def _quantity(figure: Figure | None) -> Quantity | None:
    """A number with a unit that the workbook knows; anything else stays as it is printed."""
    quantity = figure.quantity if figure and not figure.vague else None
    return quantity if quantity and quantity.unit_name and quantity.unit_name in UNITS else None


def _points(figure: Figure | None) -> Quantity | None:
    quantity = figure.quantity if figure else None
    return Quantity(quantity.value, "分", quantity.places) if quantity else None


def _figure(table: StatedTable, row: Row, kind: ColumnKind) -> Figure | None:
    return next((item for column in table.columns_of(kind) if (item := table.figure(row.index, column.index))), None)


def _text(table: StatedTable, row: Row, kind: ColumnKind) -> str:
    cells = (table.cell(row.index, column.index) for column in table.columns_of(kind))
    return next((" ".join(cell.text.split()) for cell in cells if cell and cell.text.strip()), "")


def _name(label: str) -> str:
    """The indicator's own name, without the form's `指标1：`."""
    text = _words(label)
    head, mark, rest = text.partition("：")
    is_form = mark and head.rstrip("0123456789") in _PREFIXES
    return rest.strip() if is_form and rest.strip() else text


def _words(text: str) -> str:
    return "".join(text.split())


def pairs(said: StatedDocument) -> Iterator[tuple[str, str]]:
    """Label and content of every line that is a pair of them (评价等次 优秀)."""
    for table in said.tables:
        if [column.kind for column in table.columns] == [ColumnKind.LABEL, ColumnKind.VALUE]:
            for row in table.rows:
                cell = table.cell(row.index, table.columns[1].index)
                if cell and cell.text.strip():
                    yield _words(row.label), " ".join(cell.text.split())
