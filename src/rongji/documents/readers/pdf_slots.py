"""Slots of a ruled frame into cells: slots without a line between them are one merged cell."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_grids import Ruled


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell of the frame by its upper left slot (from 0) and its spans."""

    row: int
    column: int
    rowspan: int
    colspan: int
    box: Box


@dataclass(frozen=True, slots=True)
class Slots:
    """Every cell of a frame, row by row. owners[r][c]: the number of the cell that covers a slot.

    is_sure: False when lines are missing so that some merged area was no rectangle.
    """

    ruled: Ruled
    cells: tuple[Slot, ...]
    owners: tuple[tuple[int, ...], ...]
    is_sure: bool = True

    def at(self, x: float, y: float) -> int | None:
        """The number of the cell at a point."""
        found = self.ruled.slot(x, y)
        return self.owners[found[0]][found[1]] if found else None


def slots_of(ruled: Ruled) -> Slots:
    """The cells of a frame; an area that is no rectangle falls back to one cell per row of it."""
    areas, is_sure = _areas(ruled), True
    owners = [[-1] * (len(ruled.xs) - 1) for _ in ruled.ys[1:]]
    cells: list[Slot] = []
    for area in areas:
        whole = _rectangle(ruled, area)
        is_sure = is_sure and whole is not None
        for top, bottom, left, right in [whole] if whole else _strips(ruled, area):
            for row in range(top, bottom + 1):
                owners[row][left : right + 1] = [len(cells)] * (right - left + 1)
            cells.append(_slot(ruled, top, bottom, left, right))
    order = sorted(range(len(cells)), key=lambda number: (cells[number].row, cells[number].column))
    place = {number: index for index, number in enumerate(order)}
    numbered = tuple(tuple(place[owner] for owner in row) for row in owners)
    return Slots(ruled, tuple(cells[number] for number in order), numbered, is_sure)


def _slot(ruled: Ruled, top: int, bottom: int, left: int, right: int) -> Slot:
    box = (ruled.xs[left], ruled.ys[top], ruled.xs[right + 1], ruled.ys[bottom + 1])
    return Slot(top, left, bottom - top + 1, right - left + 1, box)


Area = list[tuple[int, int]]


def _areas(ruled: Ruled) -> list[Area]:
    """Slots that no line divides, in reading order of their first slot."""
    height, width = len(ruled.ys) - 1, len(ruled.xs) - 1
    seen = [[False] * width for _ in range(height)]
    made: list[Area] = []
    for row in range(height):
        for column in range(width):
            if not seen[row][column]:
                made.append(_spread(ruled, row, column, seen))
    return made


def _spread(ruled: Ruled, row: int, column: int, seen: list[list[bool]]) -> Area:
    area, todo = [], [(row, column)]
    seen[row][column] = True
    while todo:
        r, c = todo.pop()
        area.append((r, c))
        for y, x, is_closed in _neighbours(ruled, r, c):
            if not is_closed and not seen[y][x]:
                seen[y][x] = True
                todo.append((y, x))
    return area


def _neighbours(ruled: Ruled, row: int, column: int) -> Sequence[tuple[int, int, bool]]:
    found = []
    if column + 2 < len(ruled.xs):
        found.append((row, column + 1, ruled.rights[row][column]))
    if column:
        found.append((row, column - 1, ruled.rights[row][column - 1]))
    if row + 2 < len(ruled.ys):
        found.append((row + 1, column, ruled.lowers[row][column]))
    if row:
        found.append((row - 1, column, ruled.lowers[row - 1][column]))
    return found


def _rectangle(ruled: Ruled, area: Area) -> tuple[int, int, int, int] | None:
    """First and last row, first and last column, None when slots are missing in it or lines stand inside."""
    rows, columns = [r for r, _ in area], [c for _, c in area]
    top, bottom, left, right = min(rows), max(rows), min(columns), max(columns)
    is_full = (bottom - top + 1) * (right - left + 1) == len(area)
    is_crossed = any((ruled.rights[r][c] and c < right) or (ruled.lowers[r][c] and r < bottom) for r, c in area)
    return (top, bottom, left, right) if is_full and not is_crossed else None


def _strips(ruled: Ruled, area: Area) -> list[tuple[int, int, int, int]]:
    """The area row by row, each stretch without a line or a hole by itself."""
    made: list[tuple[int, int, int, int]] = []
    for row in sorted({r for r, _ in area}):
        columns = sorted(c for r, c in area if r == row)
        first = columns[0]
        for before, after in pairwise([*columns, -1]):
            if after != before + 1 or ruled.rights[row][before]:
                made.append((row, row, first, before))
                first = after
    return made
