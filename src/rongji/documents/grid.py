"""The rectangle of a table: which cell covers which slot. Readers and writers both stand on it."""

from dataclasses import dataclass

from rongji.documents.model import Cell, Table


class CrookedTable(ValueError):
    """A bug: the spans of a table do not fill its rectangle exactly."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell with the slot (counted from 0) of its upper left corner."""

    cell: Cell
    row: int
    column: int

    @property
    def rows(self) -> range:
        """The rows it covers."""
        return range(self.row, self.row + self.cell.rowspan)

    @property
    def columns(self) -> range:
        """The columns it covers."""
        return range(self.column, self.column + self.cell.colspan)


@dataclass(frozen=True)
class Grid:
    """Every slot of a table with the cell that covers it."""

    slots: tuple[tuple[Placed, ...], ...]

    @property
    def cells(self) -> tuple[Placed, ...]:
        """Every cell once, in reading order."""
        return tuple(
            placed
            for r, line in enumerate(self.slots)
            for c, placed in enumerate(line)
            if (placed.row, placed.column) == (r, c)
        )

    def at(self, row: int, column: int) -> Placed:
        """The cell that covers a slot."""
        return self.slots[row][column]


def grid(table: Table) -> Grid:
    """Lay the cells of a table out, first free slot first, as a printer would.

    Raises: CrookedTable when spans overlap, leave a hole, stick out, or reach out of the repeated header.
    """
    width = len(table.columns)
    _check_frame(table)
    slots: list[list[Placed | None]] = [[None] * width for _ in table.rows]
    for r, row in enumerate(table.rows):
        for cell in row.cells:
            _put(slots, cell, r, table.header_rows)
    return Grid(tuple(tuple(_filled(placed, r, c) for c, placed in enumerate(line)) for r, line in enumerate(slots)))


def _check_frame(table: Table) -> None:
    if not table.columns or not table.rows:
        raise CrookedTable("a table needs at least one column and one row")
    if min(table.columns) <= 0:
        raise CrookedTable(f"column widths must be positive: {table.columns}")
    if not 0 <= table.header_rows <= len(table.rows):
        raise CrookedTable(f"{table.header_rows} header rows in a table of {len(table.rows)} rows")


def _put(slots: list[list[Placed | None]], cell: Cell, row: int, header_rows: int) -> None:
    free = [c for c, placed in enumerate(slots[row]) if placed is None]
    if not free:
        raise CrookedTable(f"row {row + 1}: no room left for the cell “{cell.text[:20]}”")
    placed = Placed(cell, row, free[0])
    if cell.colspan < 1 or cell.rowspan < 1:
        raise CrookedTable(f"row {row + 1}: the cell “{cell.text[:20]}” spans nothing")
    if placed.columns.stop > len(slots[row]) or placed.rows.stop > len(slots):
        raise CrookedTable(f"row {row + 1}: the cell “{cell.text[:20]}” sticks out of the table")
    if row < header_rows < placed.rows.stop:
        raise CrookedTable(f"row {row + 1}: the cell “{cell.text[:20]}” reaches out of the repeated header")
    for r in placed.rows:
        for c in placed.columns:
            if slots[r][c] is not None:
                raise CrookedTable(f"row {r + 1}, column {c + 1} is covered twice (“{cell.text[:20]}”)")
            slots[r][c] = placed


def _filled(placed: Placed | None, row: int, column: int) -> Placed:
    if placed is None:
        raise CrookedTable(f"row {row + 1}, column {column + 1} is covered by no cell")
    return placed
