"""Scored forms: the regions of a document that belong to one self-evaluation form, from its funds to its total row."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from rongji.checks.stated.memo import once_per_document
from rongji.checks.stated.model import Column, ColumnKind, Row, RowKind, StatedCell, StatedDocument, StatedTable
from rongji.checks.stated.words import is_called, speaks_of
from rongji.kernel.figure import Figure, Stage
from rongji.kernel.units import UnitKind

_EXECUTION = "预算执行率"
_BUDGETED = (Stage.INITIAL, Stage.ADJUSTED)


@dataclass(frozen=True)
class ScoredRow:
    """One row of a scored form with its cells of weight and of score (one per column of scores).

    name: what it scores, empty for the form's total.
    """

    table: StatedTable
    row: Row
    weight: StatedCell | None
    scores: tuple[StatedCell | None, ...]
    name: str

    @property
    def weight_figure(self) -> Figure | None:
        """Its weight in points."""
        return points(self.weight, f"{self.name}分值" if self.name else "分值合计")

    def score_figure(self, number: int) -> Figure | None:
        """Its score in that column of scores."""
        cell = self.scores[number] if number < len(self.scores) else None
        return points(cell, f"{self.name}得分" if self.name else "总分")

    @property
    def is_bonus(self) -> bool:
        """Whether its points are added or taken off beside the weights."""
        return any(speaks_of(text, "bonus_rows") for text in (self.name, *self.row.path))

    @property
    def is_execution(self) -> bool:
        """Whether it scores how much of the budget was spent."""
        return is_called(self.name, "execution_rows")


@dataclass
class ScoredForm:
    """The rows of one form. executions: scored rows of its funds; total: its last row, None when it prints none."""

    rows: list[ScoredRow] = field(default_factory=list)
    executions: list[ScoredRow] = field(default_factory=list)
    subtotals: list[ScoredRow] = field(default_factory=list)
    total: ScoredRow | None = None
    tables: list[StatedTable] = field(default_factory=list)

    @property
    def is_certain(self) -> bool:
        """Whether every region of it was read without doubt."""
        return all(item.certain for item in self.tables)

    @property
    def counts_execution(self) -> bool:
        """Whether the funds are scored beside the rows, and not once more among them."""
        return bool(self.executions) and not any(item.is_execution for item in self.rows)

    @property
    def score_columns(self) -> int:
        """How many columns of scores it has (自评得分、复核得分)."""
        return max((len(item.scores) for item in self.rows), default=0)


@once_per_document
def scored_forms(document: StatedDocument) -> tuple[ScoredForm, ...]:
    """Every scored form of a document, in order."""
    return tuple(_forms(document.tables))


def is_funds(table: StatedTable) -> bool:
    """Whether a region lists amounts of budget and spending."""
    stages = {item.stage for item in table.columns_of(ColumnKind.VALUE)}
    return Stage.ACTUAL in stages and bool(stages & set(_BUDGETED))


def finest_weights(table: StatedTable) -> Column | None:
    """The column of weights with most numbers in it (三级指标分值); the last of several."""
    columns = table.columns_of(ColumnKind.WEIGHT)
    return max(columns, key=lambda item: (_numbers(table, item), item.index), default=None)


def points(cell: StatedCell | None, label: str) -> Figure | None:
    """What a cell of weights or scores states, in points, whatever unit its column was read in (权重 5%)."""
    figure = cell.figure if cell else None
    if figure is None or figure.quantity is None:
        return None
    quantity = figure.quantity
    if quantity.unit.kind is not UnitKind.SCORE:
        quantity = replace(quantity, unit_name="分")
    return replace(figure, label=label, quantity=quantity)


def _forms(tables: Sequence[StatedTable]) -> Iterator[ScoredForm]:
    form = ScoredForm()
    for table in tables:
        rows = list(_scored_rows(table))
        if not rows:
            continue
        if is_funds(table):
            if form.rows:
                yield form
                form = ScoredForm()
            form.executions += [replace(item, name=_EXECUTION) for item in rows if item.weight_figure]
            form.tables.append(table)
            continue
        for item in rows:
            if not form.tables or form.tables[-1] is not table:
                form.tables.append(table)
            if item.row.kind is RowKind.TOTAL or is_called(item.name, "score_totals"):
                form.total = replace(item, name="")
                yield form
                form = ScoredForm()
            else:
                (form.subtotals if item.row.kind is RowKind.SUBTOTAL else form.rows).append(item)
    if form.rows:
        yield form


def _scored_rows(table: StatedTable) -> Iterator[ScoredRow]:
    weights = finest_weights(table)
    scores = [item for item in table.columns_of(ColumnKind.SCORE) if not speaks_of(item.title, "taken_off")]
    if weights is None and not scores:
        return
    for row in table.rows:
        weight = table.cell(row.index, weights.index) if weights else None
        cells = tuple(table.cell(row.index, item.index) for item in scores)
        if row.kind not in (RowKind.NOTE, RowKind.GROUP) and any((weight, *cells)):
            yield ScoredRow(table, row, weight, cells, row.label)


def _numbers(table: StatedTable, column: Column) -> int:
    return sum(1 for row in table.rows if table.figure(row.index, column.index))
