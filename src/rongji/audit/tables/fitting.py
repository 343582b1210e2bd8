"""Cells in order onto columns in order: which contiguous columns each cell covers, so that the whole fits best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

_WIDER = 0.25  # what each further column of a cell costs
_CLOSE = 0.5
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


@dataclass(frozen=True, slots=True)
class _Way:
    """The best way to group from one place on, its worth, and the worth of the next best."""

    worth: float
    next_best: float
    sizes: tuple[int, ...] = ()


_NO_WAY = _Way(_NEVER, _NEVER)


def grouped(
    upper: Sequence[str], lower: Sequence[str], kinship: Callable[[str, Sequence[str]], float]
) -> tuple[tuple[int, ...], bool] | None:
    """How many cells of the heading row below each cell of the row above stands over, and whether that is sure.

    An empty cell below is the lower half of the one cell above it; printed cells below stand under one printed cell.
    Where several ways are possible, the kinship of a name with those below it decides, and names that come again in
    the next group; where that is close, it is not sure.
    """
    above, below = tuple(upper), tuple(lower)

    @cache
    def ways(i: int, j: int) -> _Way:
        if i == len(above) or j == len(below):
            return _Way(0.0, _NEVER) if i == len(above) and j == len(below) else _NO_WAY
        if above[i] and below[j]:
            return best_run(i, j)
        rest = ways(i + 1, j + 1) if not below[j] else _NO_WAY
        return _Way(rest.worth, rest.next_best, (1, *rest.sizes)) if rest.worth > _NEVER else _NO_WAY

    def best_run(i: int, j: int) -> _Way:
        found = _NO_WAY
        for end in range(j + 1, len(below) + 1):
            if not below[end - 1]:
                break
            rest = ways(i + 1, end)
            if rest.worth == _NEVER:
                continue
            worth = kinship(above[i], below[j:end]) + _repetition(below, j, end)
            made = _Way(rest.worth + worth, rest.next_best + worth, (end - j, *rest.sizes))
            best, other = (made, found) if made.worth > found.worth else (found, made)
            found = _Way(best.worth, max(best.next_best, other.worth), best.sizes)
        return found

    result = ways(0, 0)
    return (result.sizes, result.worth - result.next_best >= _CLOSE) if result.worth > _NEVER else None


def _repetition(below: Sequence[str], start: int, end: int) -> float:
    """Something for a group whose names stand again right before or behind it (预算数、决算数 under each year)."""
    size = end - start
    names = below[start:end]
    again = below[end : end + size] == names or (start >= size and below[start - size : start] == names)
    return float(size) if again and len(set(names)) == size else 0.0
