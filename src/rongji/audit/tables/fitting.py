"""Cells in order onto columns in order: which contiguous columns each cell covers, so that the whole fits best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

_WIDER = 0.25  # what each further column of a cell costs
_STRANGER = 0.1
_NEVER = float("-inf")
_EQUAL = 1e-9


@dataclass(frozen=True, slots=True)
class Fit:
    """For each cell its first column and how many it covers. sure: no other way fits as well."""

    spans: tuple[tuple[int, int], ...]
    sure: bool


def fitted(
    count: int, width: int, score: Callable[[int, int], float], wider: Callable[[int], float] = lambda _: _WIDER
) -> Fit | None:
    """The best way to lay `count` cells over `width` columns, each at least one; None when there are too many cells.

    score: how well a cell stands in a column; a cell over several columns is as good as the mean of them, less what
    each further column costs (`wider`).
    """
    if count > width or not count:
        return None
    best: list[list[float]] = [[_NEVER] * (width + 1) for _ in range(count + 1)]
    ways: list[list[int]] = [[0] * (width + 1) for _ in range(count + 1)]
    came: list[list[int]] = [[0] * (width + 1) for _ in range(count + 1)]
    best[0][0], ways[0][0] = 0.0, 1
    for cell in range(count):
        for end in range(cell + 1, width - (count - cell - 1) + 1):
            _extend(best, ways, came, cell, end, score, wider(cell))
    if best[count][width] == _NEVER:
        return None
    spans: list[tuple[int, int]] = []
    end = width
    for cell in range(count, 0, -1):
        start = came[cell][end]
        spans.append((start, end - start))
        end = start
    return Fit(tuple(reversed(spans)), ways[count][width] == 1)


def _extend(
    best: list[list[float]],
    ways: list[list[int]],
    came: list[list[int]],
    cell: int,
    end: int,
    score: Callable[[int, int], float],
    wider: float,
) -> None:
    """The best start of one cell that ends before a column."""
    total = 0.0
    for start in range(end - 1, cell - 1, -1):
        total += score(cell, start)
        if best[cell][start] == _NEVER:
            continue
        columns = end - start
        value = best[cell][start] + total / columns - wider * (columns - 1)
        if value > best[cell + 1][end] + _EQUAL:
            best[cell + 1][end], ways[cell + 1][end], came[cell + 1][end] = value, ways[cell][start], start
        elif value > best[cell + 1][end] - _EQUAL:
            ways[cell + 1][end] += ways[cell][start]


def grouped(upper: Sequence[str], lower: Sequence[str]) -> tuple[tuple[int, ...], bool] | None:
    """How many cells of the heading row below each cell of the row above stands over, and whether that is sure.

    An empty cell below is the lower half of the one cell above it; printed cells below stand under one printed cell.
    Where several ways are possible, names below that repeat a word of the name above decide, or that come again in
    the next group.
    """
    above, below = tuple(upper), tuple(lower)
    nothing: tuple[float, int, tuple[int, ...]] = (_NEVER, 0, ())

    @cache
    def ways(i: int, j: int) -> tuple[float, int, tuple[int, ...]]:
        if i == len(above) or j == len(below):
            return (0.0, 1, ()) if i == len(above) and j == len(below) else nothing
        if above[i] and below[j]:
            return best_run(i, j)
        value, count, rest = ways(i + 1, j + 1) if not below[j] else nothing
        return (value, count, (1, *rest)) if count else nothing

    def best_run(i: int, j: int) -> tuple[float, int, tuple[int, ...]]:
        found = nothing
        for end in range(j + 1, len(below) + 1):
            if not below[end - 1]:
                break
            value, count, rest = ways(i + 1, end)
            value += _kinship(above[i], below[j:end]) + _repetition(below, j, end)
            if count and value > found[0] + _EQUAL:
                found = (value, count, (end - j, *rest))
            elif count and value > found[0] - _EQUAL:
                found = (found[0], found[1] + count, found[2])
        return found

    _, count, sizes = ways(0, 0)
    return (sizes, count == 1) if count else None


def _kinship(above: str, below: Sequence[str]) -> float:
    """One for each name that repeats two characters in a row of the name above; a little less for those that do not."""
    pairs = [] if above.startswith("其中") else [above[k : k + 2] for k in range(len(above) - 1)]
    kin = sum(1 for name in below if any(pair in name for pair in pairs))
    return kin - _STRANGER * (len(below) - kin) if kin else 0.0


def _repetition(below: Sequence[str], start: int, end: int) -> float:
    """Something for a group whose names stand again right before or behind it (预算数、决算数 under each year)."""
    size = end - start
    names = below[start:end]
    again = below[end : end + size] == names or (start >= size and below[start - size : start] == names)
    return float(size) if again and len(set(names)) == size else 0.0
