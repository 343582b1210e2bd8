"""Cells in order onto columns in order: which contiguous columns each cell covers, so that the whole fits best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

_WIDER = 0.25  # what each further column of a cell costs
_CLEAR = 0.05  # by so much a way of laying cells must be better than any other
_CLOSE = 0.5  # by so much a way of grouping headings must
_NEVER = float("-inf")


@dataclass(frozen=True, slots=True)
class Fit:
    """For each cell its first column and how many it covers. sure: no other way fits as well."""

    spans: tuple[tuple[int, int], ...]
    sure: bool


@dataclass(slots=True)
class _State:
    """The best way to lay so many cells onto so many columns, the worth of the next best, and the last cell's start."""

    worth: float = _NEVER
    next_best: float = _NEVER
    start: int = 0

    def offer(self, worth: float, next_best: float, start: int) -> None:
        """Another way."""
        if worth > self.worth:
            self.next_best = max(self.worth, next_best)
            self.worth, self.start = worth, start
        else:
            self.next_best = max(self.next_best, worth)


def fitted(
    count: int, width: int, score: Callable[[int, int], float], wider: Callable[[int], float] = lambda _: _WIDER
) -> Fit | None:
    """The best way to lay `count` cells over `width` columns, each at least one; None when there are too many cells.

    score: how well a cell stands in a column; a cell over several columns is as good as the mean of them, less what
    each further column costs (`wider`).
    """
    if count > width or not count:
        return None
    states = [[_State() for _ in range(width + 1)] for _ in range(count + 1)]
    states[0][0].worth = 0.0
    for cell in range(count):
        cost = wider(cell)
        for end in range(cell + 1, width - (count - cell - 1) + 1):
            _extend(states, cell, end, score, cost)
    last = states[count][width]
    spans: list[tuple[int, int]] = []
    end = width
    for cell in range(count, 0, -1):
        start = states[cell][end].start
        spans.append((start, end - start))
        end = start
    return Fit(tuple(reversed(spans)), last.worth - last.next_best >= _CLEAR)


def _extend(states: list[list[_State]], cell: int, end: int, score: Callable[[int, int], float], cost: float) -> None:
    """Every start of one cell that ends before a column."""
    total = 0.0
    for start in range(end - 1, cell - 1, -1):
        total += score(cell, start)
        before = states[cell][start]
        if before.worth > _NEVER:
            worth = total / (end - start) - cost * (end - start - 1)
            states[cell + 1][end].offer(before.worth + worth, before.next_best + worth, start)


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
