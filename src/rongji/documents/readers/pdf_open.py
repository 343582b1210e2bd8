"""Tables without upright rules: columns by how the words are aligned, between horizontal rules or without any."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_grids import Line, Ruled
from rongji.documents.readers.pdf_runs import Run

_PART = 0.9  # of the type size: a gap between two cells of a row
_COLUMN_GAP = 1.0  # points that stay free between columns in all rows
_LETTER = 0.35  # of the type size: how far the middle of letters stands over the baseline
_SAME_EDGE = 3.0  # points by which aligned edges differ
_ROW_GAP = 3.2  # of the type size: rows farther apart are not one table
_TABULAR = 0.6  # share of rows in several parts that makes a band part of a table
_NUMERIC = 0.6  # share of rows with a number among the parts, where no rule stands
_LEAST_ROWS = 3
_ONE_COLUMN = 2  # lines at both sides of it
_MOST_RULES = 400  # of one page outside frames; more is a drawing
_HEADER_GAP = 1.2  # of the type size: a header stands so close over its rule
_PADDING = 4.0  # points around the words of a table without rules


@dataclass(frozen=True, slots=True)
class PartRow:
    """One line of words in parts, each of which can be the words of one cell."""

    parts: tuple[Run, ...]

    @property
    def base(self) -> float:
        """Baseline."""
        return self.parts[0].base

    @property
    def size(self) -> float:
        """Type size."""
        return self.parts[0].size

    @property
    def has_number(self) -> bool:
        """Whether a part after the first is a number."""
        return any(signs.is_number(part.text) for part in self.parts[1:])


@dataclass(frozen=True, slots=True)
class OpenTable:
    """A frame made of alignment. lines: its rows of words; is_sure: every cell stands in its column without doubt."""

    ruled: Ruled
    lines: tuple[PartRow, ...]
    is_sure: bool


def part_rows(lines: Sequence[Sequence[Run]]) -> list[PartRow]:
    """Lines of runs with the runs of one cell put together."""
    made = []
    for line in lines:
        groups: list[list[Run]] = []
        for run in line:
            if groups and run.left - groups[-1][-1].right <= _PART * run.size:
                groups[-1].append(run)
            else:
                groups.append([run])
        made.append(PartRow(tuple(Run(tuple(g for run in group for g in run.glyphs)) for group in groups)))
    return made


def is_bare(ruled: Ruled, rows: Sequence[PartRow]) -> bool:
    """Whether a frame of one column holds rows in several parts, so that only its outline is drawn."""
    if len(ruled.xs) > _ONE_COLUMN:
        return False
    inside = [row for row in rows if ruled.slot((row.parts[0].left + row.parts[-1].right) / 2, row.base - row.size / 3)]
    return sum(len(row.parts) > 1 for row in inside) > _TABULAR * len(inside) and any(row.has_number for row in inside)


def open_tables(rows: Sequence[PartRow], across: Sequence[Line]) -> list[OpenTable]:
    """The tables among lines that stand in no frame. across: horizontal rules outside frames."""
    made: list[OpenTable] = []
    rest = list(rows)
    for rules in _between_rules(rest, across if len(across) <= _MOST_RULES else ()):
        inside = [row for row in rest if rules[0].at < row.base <= rules[-1].at + 1]
        inside = [*_header_over(rest, inside, rules[0]), *inside]
        if table := _ruled_across(inside, rules):
            made.append(table)
            taken = {id(row) for row in table.lines}
            rest = [row for row in rest if id(row) not in taken]
    for group in _aligned(rest):
        if table := _without_rules(group):
            made.append(table)
    return made


def _between_rules(rows: Sequence[PartRow], across: Sequence[Line]) -> Iterator[list[Line]]:
    """Rules of equal length with rows in several parts between each and the next."""
    group: list[Line] = []
    for rule in sorted(across, key=lambda line: line.at):
        if group and not (_are_alike(group[-1], rule) and _is_tabular(rows, group[-1].at, rule.at)):
            if len(group) > 1:
                yield group
            group = []
        group.append(rule)
    if len(group) > 1:
        yield group


def _header_over(rows: Sequence[PartRow], inside: Sequence[PartRow], rule: Line) -> list[PartRow]:
    """The row over the first rule when it is one of the table: as many parts, close to the rule."""
    over = [row for row in rows if row.base <= rule.at]
    if not over or not inside or rule.at - over[-1].base > _HEADER_GAP * over[-1].size:
        return []
    columns = max(len(row.parts) for row in inside)
    return [over[-1]] if len(over[-1].parts) == columns > 1 else []


def _are_alike(one: Line, other: Line) -> bool:
    return abs(one.start - other.start) <= 2 * _SAME_EDGE and abs(one.end - other.end) <= 2 * _SAME_EDGE


def _is_tabular(rows: Sequence[PartRow], top: float, bottom: float) -> bool:
    inside = [row for row in rows if top < row.base <= bottom + 1]
    return bool(inside) and sum(len(row.parts) > 1 for row in inside) >= _TABULAR * len(inside)


def _ruled_across(rows: Sequence[PartRow], rules: Sequence[Line]) -> OpenTable | None:
    columns = _columns(rows)
    if len(columns) < 2 or (len(rules) < 3 and not any(row.has_number for row in rows)):
        return None
    left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
    xs = _bounds(columns, left, right)
    is_each_ruled = len(rules) - 1 >= _LEAST_ROWS and len(rules) - 1 >= len(rows) / 2
    ys = [rule.at for rule in rules] if is_each_ruled else _row_bounds(rows, rules)
    if rows[0].base < ys[0]:
        ys = [rows[0].base - 2 * rows[0].size, *ys]
    return _framed(rows, columns, xs, ys)


def _row_bounds(rows: Sequence[PartRow], rules: Sequence[Line]) -> list[float]:
    """The rules, and between two rows without a rule the middle between them."""
    ys = [rule.at for rule in rules]
    for above, below in pairwise(rows):
        if not any(above.base < rule.at < below.base for rule in rules):
            ys.append((above.base + below.base) / 2 - below.size * _LETTER)
    return sorted(ys)


def _aligned(rows: Sequence[PartRow]) -> Iterator[list[PartRow]]:
    """Rows in several parts, most with numbers, that follow each other closely; single labels may stand between."""
    group: list[PartRow] = []
    label_end = 0.0
    for row in rows:
        is_near = bool(group) and row.base - group[-1].base <= _ROW_GAP * row.size
        is_label = is_near and len(row.parts) == 1 and row.parts[0].right < label_end
        if not is_near or not (is_label or len(row.parts) > 1):
            yield from _if_numeric(group)
            group = []
        if len(row.parts) > 1:
            label_end = row.parts[1].left
        if len(row.parts) > 1 or is_label:
            group.append(row)
    yield from _if_numeric(group)


def _if_numeric(group: list[PartRow]) -> Iterator[list[PartRow]]:
    while group and len(group[-1].parts) == 1:
        group.pop()
    if len(group) >= _LEAST_ROWS and sum(row.has_number for row in group) >= _NUMERIC * len(group):
        yield group


def _without_rules(rows: Sequence[PartRow]) -> OpenTable | None:
    columns = _columns(rows)
    if len(columns) < 2 or _is_contents(rows):
        return None
    boxes = [part.box for row in rows for part in row.parts]
    xs = _bounds(columns, min(box[0] for box in boxes) - _PADDING, max(box[2] for box in boxes) + _PADDING)
    top, bottom = min(box[1] for box in boxes) - _PADDING, max(box[3] for box in boxes) + _PADDING
    middles = [(above.base + below.base) / 2 - below.size * _LETTER for above, below in pairwise(rows)]
    return _framed(rows, columns, xs, [top, *middles, bottom])


def _is_contents(rows: Sequence[PartRow]) -> bool:
    """A table of contents: names and page numbers that never fall."""
    if any(len(row.parts) != 2 or not row.parts[1].text.isdigit() for row in rows):
        return False
    numbers = [int(row.parts[1].text) for row in rows]
    return all(before <= after for before, after in pairwise(numbers))


Column = tuple[float, float]


def _columns(rows: Sequence[PartRow]) -> list[Column]:
    """The stretches that words take, from the rows with most parts; none when they overlap."""
    if not rows:
        return []
    most = max(len(row.parts) for row in rows)
    full = [row for row in rows if len(row.parts) == most]
    columns = [(min(row.parts[n].left for row in full), max(row.parts[n].right for row in full)) for n in range(most)]
    return columns if all(after[0] - before[1] >= _COLUMN_GAP for before, after in pairwise(columns)) else []


def _bounds(columns: Sequence[Column], left: float, right: float) -> list[float]:
    middles = [(before[1] + after[0]) / 2 for before, after in pairwise(columns)]
    return [min(left, columns[0][0] - 1), *middles, max(right, columns[-1][1] + 1)]


def _framed(rows: Sequence[PartRow], columns: Sequence[Column], xs: list[float], ys: list[float]) -> OpenTable:
    """The frame with a line wherever no words reach over it."""
    crossed: set[tuple[int, int]] = set()
    is_sure = _is_each_used(rows, columns)
    for row in rows:
        band = min(max(bisect_left(ys, row.base) - 1, 0), len(ys) - 2)
        is_sure = is_sure and (len(row.parts) > 1 or row.parts[0].text.rstrip().endswith(("：", ":")))
        for part in row.parts:
            over = [n for n, (left, right) in enumerate(columns) if part.left < right and part.right > left]
            if len(over) > 1:
                crossed.update((band, n) for n in over[:-1])
            is_sure = is_sure and len(over) == 1 and _is_aligned(part, columns[over[0]], is_text=not _is_numeric(part))
    rights = tuple(tuple((r, c) not in crossed for c in range(len(xs) - 1)) for r in range(len(ys) - 1))
    lowers = tuple((True,) * (len(xs) - 1) for _ in ys[1:])
    return OpenTable(Ruled(tuple(xs), tuple(ys), rights, lowers, is_open=True), tuple(rows), is_sure)


def _is_each_used(rows: Sequence[PartRow], columns: Sequence[Column]) -> bool:
    """Whether every column holds words in more than one row."""
    uses = [
        sum(any(part.left < right and part.right > left for part in row.parts) for row in rows)
        for left, right in columns
    ]
    return min(uses) > 1


def _is_numeric(part: Run) -> bool:
    return signs.is_number(part.text) or signs.is_blank_mark(part.text)


def _is_aligned(part: Run, column: Column, *, is_text: bool) -> bool:
    """Whether words stand in their column as the others do: numbers end or are centred with it, words stay in it."""
    left, right = column
    middle = abs((part.left + part.right) - (left + right)) / 2
    inside = part.left >= left - _SAME_EDGE and part.right <= right + _SAME_EDGE
    return inside and (is_text or abs(part.right - right) <= _SAME_EDGE or middle <= _SAME_EDGE)
