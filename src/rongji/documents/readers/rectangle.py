"""Rows of cells into tables whose cells fill their rectangle exactly, whatever spans the file claims."""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rongji.documents.grid import grid
from rongji.documents.model import Cell, Row, Table
from rongji.documents.readers.limits import MAX_COLUMNS, MAX_SLOTS, refuse_large
from rongji.kernel.place import Place


def positional(rows: Sequence[Sequence[Cell]], *, spans_known: bool, place: Place | None = None) -> Table:
    """A table by counting cells; short rows are filled at their end with empty cells that have no place."""
    width = max(len(row) for row in rows)
    filled = (Row((*row, *(Cell() for _ in range(width - len(row)))), place=_first_place(row)) for row in rows)
    return Table((1,) * width, tuple(filled), spans_known=spans_known, place=place)


def _first_place(row: Sequence[Cell]) -> Place | None:
    return next((cell.place for cell in row if cell.place), None)


@dataclass(frozen=True, slots=True)
class Claim:
    """A cell as a file claims it: its content, and how far it wants to reach (down 0: to the last row)."""

    content: Any
    across: int = 1
    down: int = 1


# Makes the cell of a content: row and column from 1, then the columns and rows that it covers in truth.
Make = Callable[[Any, int, int, int, int], Cell]


def spanned(rows: Sequence[Sequence[Claim]], file: str, make: Make, *, place: Place | None = None) -> Table | None:
    """A table as a browser lays it out: each cell in the first free slot of its row.

    Spans that reach out of the table or over another cell are cut back; holes become empty cells without a place.
    None when there is no cell at all. Raises: UnreadableDocument when spans claim more slots than any real table has.
    """
    laid = _Layout(len(rows), file)
    for number, row in enumerate(rows):
        for claim in row:
            laid.put(number, claim)
    return laid.table(make, place)


def narrowed(table: Table) -> Table:
    """The table without the columns in which no cell begins."""
    placed = grid(table).cells
    begun = sorted({one.column for one in placed})
    if len(begun) == len(table.columns):
        return table
    rows: list[list[Cell]] = [[] for _ in table.rows]
    for one in placed:
        across = bisect_left(begun, one.column + one.cell.colspan) - bisect_left(begun, one.column)
        rows[one.row].append(one.cell if across == one.cell.colspan else replace(one.cell, colspan=across))
    made = tuple(replace(row, cells=tuple(cells)) for row, cells in zip(table.rows, rows, strict=True))
    return replace(table, columns=(1,) * len(begun), rows=made)


def with_header(table: Table, rows: int) -> Table:
    """The table with so many leading header rows, fewer where a cell reaches from the header into the body."""
    reach = 0
    for count in range(1, min(rows, len(table.rows)) + 1):
        reach = max([reach, *(count - 1 + cell.rowspan for cell in table.rows[count - 1].cells)])
        if reach <= count:
            table = replace(table, header_rows=count)
    return table


class _Layout:
    """The slots of a table as rows are laid: cells by row and column, and up to which row each column is taken."""

    def __init__(self, height: int, file: str) -> None:
        self.height = height
        self.file = file
        self.rows: list[dict[int, Claim]] = [{} for _ in range(height)]
        self.taken: list[int] = []
        self.row = -1
        self.column = 0
        self.slots = 0

    def put(self, row: int, claim: Claim) -> None:
        """Set a cell into the first free slot of its row."""
        if row != self.row:
            self.row, self.column = row, 0
        while self._is_taken(self.column, row):
            self.column += 1
        wanted = max(1, min(claim.across, MAX_COLUMNS))
        width = next((w for w in range(1, wanted) if self._is_taken(self.column + w, row)), wanted)
        height = max(1, min(claim.down or self.height, self.height - row))
        self._take(width, row + height, width * height)
        self.rows[row][self.column] = Claim(claim.content, width, height)
        self.column += width

    def _is_taken(self, column: int, row: int) -> bool:
        return column < len(self.taken) and self.taken[column] > row

    def _take(self, width: int, until: int, slots: int) -> None:
        stop = self.column + width
        self.slots += slots
        if stop > MAX_COLUMNS or self.slots > MAX_SLOTS:
            raise refuse_large(self.file, "有一张表格过大", "请拆成几张表或删除多余的空白行列")
        self.taken.extend([0] * (stop - len(self.taken)))
        self.taken[self.column : stop] = [until] * width

    def table(self, make: Make, place: Place | None) -> Table | None:
        """The finished rectangle, without the columns in which no cell begins."""
        width = len(self.taken)
        if not width:
            return None
        if width * self.height > MAX_SLOTS:
            raise refuse_large(self.file, "有一张表格过大", "请拆成几张表或删除多余的空白行列")
        rows = self._filled()
        begun = sorted({column for row in rows for column, claim in row.items() if claim})
        made = tuple(_row(number, row, begun, make) for number, row in enumerate(rows, 1))
        return Table((1,) * len(begun), made, place=place)

    def _filled(self) -> list[dict[int, Claim | None]]:
        """The cells of every row by column, None for holes."""
        until = [0] * len(self.taken)
        made: list[dict[int, Claim | None]] = []
        for number, claims in enumerate(self.rows):
            row: dict[int, Claim | None] = {}
            for column in range(len(until)):
                if until[column] > number:
                    continue
                claim = row[column] = claims.get(column)
                across, down = (claim.across, claim.down) if claim else (1, 1)
                until[column : column + across] = [number + down] * across
            made.append(row)
        return made


def _row(number: int, claims: dict[int, Claim | None], begun: list[int], make: Make) -> Row:
    """A row whose cells count only the columns that are left."""
    made = []
    for column, claim in claims.items():
        first = bisect_left(begun, column)
        if claim is None:
            made += [Cell()] if column in begun[first : first + 1] else []
        else:
            across = bisect_left(begun, column + claim.across) - first
            made.append(make(claim.content, number, first + 1, across, claim.down))
    return Row(tuple(made), place=_first_place(made))
