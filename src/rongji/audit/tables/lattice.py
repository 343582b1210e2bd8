"""The slots of a table: every place of its rectangle with the cell that covers it, whatever file it came from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rongji.checks.stated.model import place_in
from rongji.documents.model import Cell, Table
from rongji.kernel.place import Place


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell with the rectangle that it covers, counted from 0.

    words: its text without any white space. places: where each stretch of the text stands. header: the file says it
    is a heading. filled: no cell of the file, put in to fill a short row.
    """

    text: str
    words: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    header: bool = False
    filled: bool = False
    places: tuple[tuple[int, Place], ...] = ()

    @property
    def last_row(self) -> int:
        """The lowest row it covers."""
        return self.row + self.rows - 1

    @property
    def last_column(self) -> int:
        """The rightmost column it covers."""
        return self.column + self.columns - 1

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """Where a stretch of its text stands; the whole cell when there is nothing printed in it."""
        if not self.places:
            return Place()
        if not self.words:
            return self.places[0][1]
        return place_in(self.places, start, len(self.text) if end is None else end)


@dataclass(frozen=True)
class Lattice:
    """A rectangle of slots; a slot that spans stands at every place it covers."""

    rows: tuple[tuple[Slot, ...], ...]

    @property
    def height(self) -> int:
        """How many rows."""
        return len(self.rows)

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.rows[0]) if self.rows else 0

    def line(self, row: int) -> tuple[Slot, ...]:
        """The slots of a row, each once, left to right, those that reach down from above included."""
        return tuple(each_once(self.rows[row]))

    @cached_property
    def fresh_lines(self) -> tuple[tuple[Slot, ...], ...]:
        """For each row the slots that begin in it."""
        return tuple(
            tuple(slot for slot in each_once(line) if slot.row == number) for number, line in enumerate(self.rows)
        )

    def fresh(self, row: int) -> tuple[Slot, ...]:
        """The slots that begin in a row."""
        return self.fresh_lines[row]


def each_once(line: Iterable[Slot]) -> Iterator[Slot]:
    """Neighbouring places that one slot covers, as that slot."""
    last: Slot | None = None
    for slot in line:
        if slot is not last:
            yield slot
        last = slot


def lattice_of(table: Table) -> Lattice:
    """The slots of a table whose spans are known; a claim that does not fit is cut back, holes are filled."""
    grid: list[dict[int, Slot]] = [{} for _ in table.rows]
    for number, row in enumerate(table.rows):
        column = 0
        for cell in row.cells:
            while column in grid[number]:
                column += 1
            slot = _cut_back(slot_of(cell, number, column), grid)
            for r in range(slot.row, slot.row + slot.rows):
                grid[r].update((c, slot) for c in range(column, column + slot.columns))
            column += slot.columns
    return rectangle(grid)


def rectangle(grid: Sequence[dict[int, Slot]]) -> Lattice:
    """Rows of slots by column as a full rectangle; missing places become empty slots."""
    width = max((max(line, default=-1) + 1 for line in grid), default=0)
    rows = [tuple(line.get(c) or Slot("", "", r, c, filled=True) for c in range(width)) for r, line in enumerate(grid)]
    return Lattice(tuple(rows))


def _cut_back(slot: Slot, grid: Sequence[dict[int, Slot]]) -> Slot:
    """The slot without the rows below the table and the columns that another slot covers."""
    rows = max(1, min(slot.rows, len(grid) - slot.row))
    columns = 1
    while columns < slot.columns and slot.column + columns not in grid[slot.row]:
        columns += 1
    return slot if (rows, columns) == (slot.rows, slot.columns) else replace(slot, rows=rows, columns=columns)


def slot_of(cell: Cell, row: int, column: int) -> Slot:
    """One cell of the block model at a place of the rectangle."""
    text = cell.text
    return Slot(
        text=text,
        words="".join(text.split()),
        row=row,
        column=column,
        rows=cell.rowspan,
        columns=cell.colspan,
        header=cell.header,
        filled=cell.place is None and not cell.paragraphs,
        places=places_of(cell),
    )


def places_of(cell: Cell) -> tuple[tuple[int, Place], ...]:
    """Where each stretch of a cell's text stands, as exactly as the file was read."""
    found: list[tuple[int, Place]] = []
    offset = 0
    for paragraph in cell.paragraphs:
        for run in paragraph.runs:
            place = run.place or paragraph.place or cell.place
            if place is not None:
                found.append((offset, place))
            offset += len(run.text)
        offset += 1
    if not found and cell.place is not None:
        found.append((0, cell.place))
    return tuple(found)
