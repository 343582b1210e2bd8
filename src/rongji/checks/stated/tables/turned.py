"""Tables turned over: rows that are computed from other rows (增减额、执行率、结余), read as the columns they could be.

Many tables run down the page: 本年、上年、增减额、增长率 one under the other, years or units side by side. Turned over
they are held to the same definitions as columns are.
"""

import re
from dataclasses import replace

from rongji.checks.stated.model import Column, ColumnKind, Row, StatedTable
from rongji.checks.stated.words import plain, speaks_of
from rongji.kernel.figure import Stage
from rongji.law.recognition import recognition

_COMPUTED = ("execution_rate", "growth", "change", "left_over")
_RATES = ("execution_rate", "growth", "completion_rate", "share", "control_rate")
_YEAR = re.compile(r"(20\d\d)年")
_MOST = 60  # 再长的表不会是竖排的算式


def turned(table: StatedTable) -> StatedTable | None:
    """The table with its rows as columns; None where no row is computed from others."""
    rows = table.body
    if len(rows) > _MOST or not any(speaks_of(item.label, words) for item in rows for words in _COMPUTED):
        return None
    values = [item for item in table.columns if item.kind in (ColumnKind.VALUE, ColumnKind.RATE)]
    cells = [cell for column in values for row in rows if (cell := table.cell(row.index, column.index))]
    return replace(
        table,
        columns=tuple(_column(item) for item in rows),
        rows=tuple(Row(item.index, item.path or ("",)) for item in values),
        cells=tuple(replace(cell, row=cell.column, column=cell.row) for cell in cells),
    )


def _column(row: Row) -> Column:
    name = plain(row.label)
    kind = ColumnKind.RATE if any(speaks_of(name, words) for words in _RATES) else ColumnKind.VALUE
    year = _YEAR.search(row.label)
    stage = _stage(row.label) if kind is ColumnKind.VALUE else Stage.NONE
    return Column(row.index, (row.label,), kind, stage, year=int(year.group(1)) if year else None, sign=row.sign)


def _stage(label: str) -> Stage:
    for stage, words in recognition("check_words")["row_stages"]:
        if any(word in label for word in words):
            return Stage(stage)
    return Stage.NONE
