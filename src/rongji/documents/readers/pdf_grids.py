"""Ruling lines into grids: the frames of tables with every slot and the lines between the slots."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_strokes import Drawn, Stroke

_TOUCH = 3.0  # points within which lines meet
_DOUBLE = 2.6  # points within which two parallel lines are one double line
_DASH_GAP = 6.0  # points between the pieces of a dashed line
_DASH = 12.0  # longest piece of a dashed line
_MOST_MEETINGS = 1_000_000  # pairs of lines of one page that could meet; more is a drawing
_MOST_FRAMES = 300  # of one page; more is a drawing
_ONE_BOX = 4  # lines around a single slot
_LEAST_SLOT = 4.0  # points: nothing narrower or lower holds text
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Line:
    """A ruling line with the stretches that are drawn of it."""

    at: float
    stretches: tuple[tuple[float, float], ...]

    @property
    def start(self) -> float:
        """Where it begins."""
        return self.stretches[0][0]

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.stretches[-1][1]

    def covers(self, start: float, end: float) -> bool:
        """Whether most of this stretch is drawn."""
        drawn = sum(max(0.0, min(end, b) - max(start, a)) for a, b in self.stretches)
        return drawn >= (end - start) * _HALF


@dataclass(frozen=True, slots=True)
class Ruled:
    """One connected frame of rules. xs, ys: positions of its lines; rights, lowers: whether a slot is closed there.

    rights[r][c]: a line stands right of the slot; lowers[r][c]: a line stands below it.
    is_open: its left or right side is not drawn.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    rights: tuple[tuple[bool, ...], ...]
    lowers: tuple[tuple[bool, ...], ...]
    is_open: bool = False

    @property
    def box(self) -> Box:
        """The box around it."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def area(self) -> float:
        """Its area in square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def slot(self, x: float, y: float) -> tuple[int, int] | None:
        """Row and column of the slot at a point, None outside."""
        left, top, right, bottom = self.box
        if not (left - _TOUCH <= x <= right + _TOUCH and top <= y <= bottom):
            return None
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return row, column


def joined(strokes: Iterable[Stroke]) -> list[Line]:
    """Strokes at one height as one line: pieces, dashes and double lines joined."""
    made: list[Line] = []
    group: list[Stroke] = []
    for stroke in sorted(strokes):
        if group and stroke.at - group[0].at > _DOUBLE:
            made.append(_line(group))
            group = []
        group.append(stroke)
    return [*made, _line(group)] if group else made


def _line(strokes: Sequence[Stroke]) -> Line:
    stretches: list[tuple[float, float]] = []
    piece = 0.0
    for stroke in sorted(strokes, key=lambda stroke: stroke.start):
        reach = _DASH_GAP if max(piece, stroke.end - stroke.start) <= _DASH else _TOUCH
        if stretches and stroke.start - stretches[-1][1] <= reach:
            stretches[-1] = (stretches[-1][0], max(stretches[-1][1], stroke.end))
        else:
            stretches.append((stroke.start, stroke.end))
        piece = stroke.end - stroke.start
    whole = [item for item in stretches if item[1] - item[0] > _LEAST_SLOT] or stretches
    longest = max(strokes, key=lambda stroke: stroke.end - stroke.start)
    return Line(longest.at, tuple(whole))


def frames(drawn: Drawn) -> list[Ruled]:
    """The frames of a page, smallest first, so that a table inside a cell comes before the one around it.

    A page with more lines than any table has is a drawing (`is_cut`) and has none.
    """
    across, down = _pieces(joined(drawn.horizontal)), _pieces(joined(drawn.vertical))
    if len(across) * len(down) > _MOST_MEETINGS:
        drawn.is_cut = True
    if drawn.is_cut or not across or not down:
        return []
    made = [frame for rows, columns in _connected(across, down) if (frame := _frame(rows, columns))]
    if len(made) > _MOST_FRAMES:
        drawn.is_cut = True
        return []
    return sorted(made, key=lambda frame: frame.area)


def _pieces(lines: Sequence[Line]) -> list[Stroke]:
    return [Stroke(line.at, start, end) for line in lines for start, end in line.stretches]


def _connected(across: list[Stroke], down: list[Stroke]) -> list[tuple[list[Stroke], list[Stroke]]]:
    """Groups of horizontal and vertical strokes that touch each other."""
    parent = list(range(len(across) + len(down)))
    for number, vertical in enumerate(down, len(across)):
        for other in range(_first(across, vertical.start - _TOUCH), len(across)):
            horizontal = across[other]
            if horizontal.at > vertical.end + _TOUCH:
                break
            if horizontal.start - _TOUCH <= vertical.at <= horizontal.end + _TOUCH:
                parent[_root(parent, number)] = _root(parent, other)
    groups: dict[int, tuple[list[Stroke], list[Stroke]]] = {}
    for number, stroke in enumerate([*across, *down]):
        groups.setdefault(_root(parent, number), ([], []))[number >= len(across)].append(stroke)
    return [group for group in groups.values() if group[0] and group[1]]


def _first(strokes: list[Stroke], at: float) -> int:
    """The first stroke at or after a position (they are sorted by it)."""
    return bisect_right(strokes, at, key=lambda stroke: stroke.at)


def _root(parent: list[int], item: int) -> int:
    while parent[item] != item:
        parent[item] = parent[parent[item]]
        item = parent[item]
    return item


def _frame(across: list[Stroke], down: list[Stroke]) -> Ruled | None:
    rows, columns = joined(across), joined(down)
    left, right = min(line.start for line in rows), max(line.end for line in rows)
    top, bottom = min(line.start for line in columns), max(line.end for line in columns)
    xs, ys = [line.at for line in columns], [line.at for line in rows]
    sides = _sides(xs, left, right)
    is_open = len(sides) > len(xs)
    lines_down, lines_across = dict(zip(xs, columns, strict=True)), dict(zip(ys, rows, strict=True))
    xs, ys = sides, _sides(ys, top, bottom)
    if len(xs) < 2 or len(ys) < 2 or len(xs) + len(ys) == _ONE_BOX:
        return None
    rights = tuple(tuple(x == xs[-1] or _is_drawn(lines_down.get(x), a, b) for x in xs[1:]) for a, b in pairwise(ys))
    lowers = tuple(tuple(y == ys[-1] or _is_drawn(lines_across.get(y), a, b) for a, b in pairwise(xs)) for y in ys[1:])
    return Ruled(tuple(xs), tuple(ys), rights, lowers, is_open)


def _sides(positions: list[float], first: float, last: float) -> list[float]:
    """Positions with the outer ends that lines reach beyond them, where a side is left open."""
    made = list(positions)
    if first < made[0] - _LEAST_SLOT * 2:
        made.insert(0, first)
    if last > made[-1] + _LEAST_SLOT * 2:
        made.append(last)
    return made


def _is_drawn(line: Line | None, start: float, end: float) -> bool:
    return line is not None and line.covers(start, end)
