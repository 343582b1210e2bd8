"""Indicator rows of a document: name, target, actual value, points and reason of every row of its indicator tables."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rongji.checks.stated.memo import once_per_document
from rongji.checks.stated.model import Column, ColumnKind, Row, RowKind, StatedCell, StatedDocument, StatedTable
from rongji.checks.stated.self_evaluation.scored import finest_weights, points
from rongji.checks.stated.words import is_called, listed
from rongji.kernel.bureau_year import Direction
from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.place import Spot
from rongji.kernel.reading.vague import SENSES, Sense

_MARKER = re.compile(r"^(?:指标|目标)\s*\d{0,2}\s*[:：]?|^\d{1,2}[、.．]|^[（(]\d{1,2}[)）]|^[①-⑳]")
_NAMED = re.compile(r"[\u4e00-\u9fffA-Za-z]{2}")
_HEADINGS = ("产出指标", "效益指标", "满意度指标", "数量指标", "质量指标", "时效指标", "成本指标")


@dataclass(frozen=True)
class IndicatorRow:
    """One indicator: its cells as far as its table has such columns."""

    table: StatedTable
    row: Row
    name: str
    target: StatedCell | None
    actual: StatedCell | None
    weight: Figure | None
    score: Figure | None
    reason: StatedCell | None

    @property
    def direction(self) -> Direction:
        """Which way the target is meant; a target without a sign is to be reached at least."""
        text = self.target.text if self.target else ""
        if self._sense is Sense.AT_MOST or any(word in text for word in listed("upper_end")):
            return Direction.AT_MOST
        signs = {"".join(cell.text.split()) for column in self.table.columns if (cell := self._cell_of(column))}
        if signs & set(listed("upper_signs")):
            return Direction.AT_MOST
        exact = text.lstrip().startswith(listed("exact_end")) or signs & set(listed("exact_signs"))
        return Direction.EXACT if exact else Direction.AT_LEAST

    def _cell_of(self, column: Column) -> StatedCell | None:
        """Its cell in that column."""
        return self.table.cell(self.row.index, column.index)

    @property
    def numbers(self) -> tuple[Figure, Figure] | None:
        """Target and actual where both are numbers of one kind, printed as they are meant."""
        target, actual = (cell.figure if cell else None for cell in (self.target, self.actual))
        if target is None or actual is None or target.quantity is None or actual.quantity is None:
            return None
        alike = target.quantity.unit.is_comparable_with(actual.quantity.unit)
        plain = not actual.vague and (not target.vague or self._sense in (Sense.AT_LEAST, Sense.AT_MOST))
        return (target, actual) if alike and plain else None

    @property
    def _sense(self) -> Sense | None:
        """On which side of its target the actual value is to lie, as far as a word says so."""
        figure = self.target.figure if self.target else None
        return SENSES.get(figure.vague) if figure else None

    @property
    def is_full(self) -> bool:
        """Whether it scored all of its points."""
        weight, score = self.weight, self.score
        if weight is None or score is None or weight.quantity is None or score.quantity is None:
            return False
        return weight.quantity.value == score.quantity.value > 0

    @property
    def is_scored(self) -> bool:
        """Whether it got points."""
        return self.score is not None and self.score.quantity is not None and self.score.quantity.value > 0

    @property
    def spot(self) -> Spot:
        """Where its name is printed."""
        labels = [self.table.cell(self.row.index, column.index) for column in self.table.columns_of(ColumnKind.LABEL)]
        printed = [cell for cell in labels if cell and cell.text.strip()]
        cell = next((item for item in printed if "".join(item.text.split()) == "".join(self.row.label.split())), None)
        cell = cell or (printed[-1] if printed else self.actual or self.target)
        return Spot(cell.place, cell.text.strip()) if cell else Spot(self.table.place, self.name)


@once_per_document
def indicator_tables(document: StatedDocument) -> tuple[tuple[IndicatorRow, ...], ...]:
    """The rows of every table of indicators that was read with certainty."""
    kinds = (ColumnKind.TARGET, ColumnKind.ACTUAL)
    tables = [item for item in document.tables if item.certain and any(item.columns_of(kind) for kind in kinds)]
    return tuple(rows for table in tables if (rows := tuple(_rows(table))))


def asked_of(text: str, rows: Sequence[IndicatorRow], remedy: str) -> Finding:
    """One question about several rows of a table, each marked where its name is printed."""
    spots = tuple(item.spot for item in rows)
    return Finding("", Verdict.QUESTION, text, remedy=remedy, subject=rows[0].table.caption, spots=spots)


def text_of(cell: StatedCell | None) -> str:
    """The words of a cell, empty for none."""
    return "".join(cell.text.split()) if cell else ""


def _rows(table: StatedTable) -> Iterator[IndicatorRow]:
    weights, scores = finest_weights(table), table.columns_of(ColumnKind.SCORE)
    for row in table.rows:
        name = _MARKER.sub("", "".join(row.label.split()))
        total = row.kind in (RowKind.TOTAL, RowKind.SUBTOTAL) or is_called(name, "score_totals")
        if row.kind in (RowKind.GROUP, RowKind.NOTE) or total or not _NAMED.search(name) or name in _HEADINGS:
            continue
        yield IndicatorRow(
            table=table,
            row=row,
            name=name,
            target=_cell(table, row, ColumnKind.TARGET),
            actual=_cell(table, row, ColumnKind.ACTUAL),
            weight=points(table.cell(row.index, weights.index), f"{name}分值") if weights else None,
            score=points(table.cell(row.index, scores[0].index), f"{name}得分") if scores else None,
            reason=_cell(table, row, ColumnKind.REASON),
        )


def _cell(table: StatedTable, row: Row, kind: ColumnKind) -> StatedCell | None:
    columns = table.columns_of(kind)
    return table.cell(row.index, columns[-1].index) if columns else None
