"""Scored forms: the regions of a document that belong to one self-evaluation form, from its funds to its total row."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property

from rongji.checks.stated.memo import once_per_document
from rongji.checks.stated.model import Column, ColumnKind, Row, RowKind, StatedCell, StatedDocument, StatedTable
from rongji.checks.stated.words import is_called, speaks_of
from rongji.kernel.figure import Figure, FigureKey, Source, SourceKind, Stage
from rongji.kernel.place import Place
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_EXECUTION = "预算执行率"
_BUDGETED = (Stage.INITIAL, Stage.ADJUSTED)
_MARKER = re.compile(r"^指标\d{0,2}[:：]")
_NAMED_POINTS = re.compile(r"\((\d{1,3}(?:\.\d{1,2})?)分(?:\)|[*×xX]执行率)")


@dataclass(frozen=True)
class ScoredRow:
    """One row of a scored form with its cells of weight and of score (one per column of scores).

    name: what it scores, empty for the form's total. worth: the points that its name or its heading gives where the
    form has no column of weights (造林面积（10分）, 得分（20分*执行率）).
    """

    table: StatedTable
    row: Row
    weight: StatedCell | None
    scores: tuple[StatedCell | None, ...]
    name: str
    worth: Figure | None = None

    @cached_property
    def weight_figure(self) -> Figure | None:
        """Its weight in points."""
        label = f"{self.name}分值" if self.name else "分值合计"
        return points(self.weight, label) or (replace(self.worth, label=label) if self.worth else None)

    def score_figure(self, number: int) -> Figure | None:
        """Its score in that column of scores."""
        return self._score_figures[number] if number < len(self.scores) else None

    @cached_property
    def _score_figures(self) -> tuple[Figure | None, ...]:
        label = f"{self.name}得分" if self.name else "总分"
        return tuple(points(cell, label) for cell in self.scores)

    @cached_property
    def is_bonus(self) -> bool:
        """Whether its points are added or taken off beside the weights."""
        return any(speaks_of(text, "bonus_rows") for text in (self.name, *self.row.path))

    @property
    def is_execution(self) -> bool:
        """Whether it scores how much of the budget was spent."""
        return is_called(self.name, "execution_rows")


@dataclass
class ScoredForm:
    """The rows of one form. executions: scored rows of its funds; total: its last row, None when it prints none.

    inner: the total of the rows alone, where the form prints another one after it.
    """

    rows: list[ScoredRow] = field(default_factory=list)
    executions: list[ScoredRow] = field(default_factory=list)
    subtotals: list[ScoredRow] = field(default_factory=list)
    total: ScoredRow | None = None
    inner: ScoredRow | None = None
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
            if form.rows or form.total:
                yield form
                form = ScoredForm()
            form.executions += _executions(table, rows)
            form.tables.append(table)
            continue
        for item in rows:
            is_total = item.row.kind is RowKind.TOTAL or is_called(item.name, "score_totals")
            if form.total and not (is_total and form.tables[-1] is table and form.rows and not form.inner):
                yield form
                form = ScoredForm()
            _take(form, item, is_total=is_total)
    if form.rows or form.total:
        yield form


def _take(form: ScoredForm, item: ScoredRow, *, is_total: bool) -> None:
    """One row more; a total after a total is that of the whole form, the one before it that of the rows."""
    if not form.tables or form.tables[-1] is not item.table:
        form.tables.append(item.table)
    if is_total:
        form.inner, form.total = form.total, replace(item, name="", worth=None)
    else:
        (form.subtotals if item.row.kind is RowKind.SUBTOTAL else form.rows).append(item)


def _executions(table: StatedTable, rows: Sequence[ScoredRow]) -> list[ScoredRow]:
    """The rows of the funds that are scored: those with a weight, or by a score alone where there is no such column."""
    if table.columns_of(ColumnKind.WEIGHT):
        return [replace(item, name=_EXECUTION) for item in rows if item.weight_figure]
    worth = _named_points(table, [*(item.title for item in table.columns_of(ColumnKind.SCORE)), *table.heading])
    return [replace(item, name=_EXECUTION, worth=worth) for item in rows if item.score_figure(0)]


def _worth(table: StatedTable, row: Row) -> Figure | None:
    """The points that a row's own name gives."""
    labels = (table.cell(row.index, item.index) for item in table.columns_of(ColumnKind.LABEL))
    place = next((cell.place for cell in labels if cell and "".join(cell.text.split()) == row.label), None)
    return _named_points(table, [row.label], place)


def _points_in(text: str) -> Decimal | None:
    """The points that a name gives (造林面积（10分）, 得分（20分*执行率）)."""
    found = _NAMED_POINTS.search(unicodedata.normalize("NFKC", "".join(text.split())))
    return Decimal(found.group(1)) if found else None


def _named_points(table: StatedTable, texts: Sequence[str], place: Place | None = None) -> Figure | None:
    """The first points that one of the texts gives, as a weight."""
    value = next((found for text in texts if (found := _points_in(text)) is not None), None)
    if value is None:
        return None
    quantity = Quantity(value, "分", max(0, -int(value.as_tuple().exponent)))
    at = place or table.place
    key = FigureKey("分值", member=f"at:{at}")
    source = Source(SourceKind.IMPORTED, file=at.file, at=at)
    return Figure(key, "分值", source, quantity, quantity.shown(), statement="table")


def _scored_rows(table: StatedTable) -> Iterator[ScoredRow]:
    weights = finest_weights(table)
    scores = [item for item in table.columns_of(ColumnKind.SCORE) if not speaks_of(item.title, "taken_off")]
    if weights is None and not scores:
        return
    for row in table.rows:
        weight = table.cell(row.index, weights.index) if weights else None
        cells = tuple(table.cell(row.index, item.index) for item in scores)
        if row.kind not in (RowKind.NOTE, RowKind.GROUP) and any((weight, *cells)):
            name = _MARKER.sub("", row.label.strip()) or row.label
            yield ScoredRow(table, row, weight, cells, name, None if weights else _worth(table, row))


def _numbers(table: StatedTable, column: Column) -> int:
    return sum(1 for row in table.rows if table.figure(row.index, column.index))
