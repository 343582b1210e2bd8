"""The text of ruled frames into the cells of tables."""

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rongji.documents.readers import signs
from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_glyphs import Glyph
from rongji.documents.readers.pdf_grids import Ruled
from rongji.documents.readers.pdf_rows import with_rows
from rongji.documents.readers.pdf_runs import Run, box_of, is_overprinted, lines_of, text_of
from rongji.documents.readers.pdf_slots import Slots, slots_of

_SET_APART = 0.12  # of the type size: a gap at a rule that parts two texts
_TWO_BOXES = 2  # no more cells with words in one of them are no table
_PADDING = 6.0  # points between a rule and words set at it
_MUCH_OVER = 0.35  # share of a text that stands in the next cell, from which it is not certain whose it is


@dataclass(frozen=True, slots=True)
class CellLine:
    """One printed line in a cell. before, after: space left of it and right of it up to the rules, in points."""

    text: str
    page: int
    box: Box
    before: float
    after: float
    size: float


@dataclass(slots=True)
class ReadCell:
    """A cell by its upper left slot (from 0)."""

    row: int
    column: int
    rowspan: int
    colspan: int
    page: int
    box: Box
    lines: list[CellLine] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words without white space, for comparison."""
        return "".join("".join(line.text.split()) for line in self.lines)


@dataclass(slots=True)
class ReadTable:
    """A table as it stands on one page, or on several once they are joined. xs: positions of its columns.

    cells: from top to bottom. header_rows: rows that were repeated on further pages. is_sure: whether rows and columns
    are certain. tail: which cells stand on its last page, beside those that reach into it from before.
    """

    page: int
    box: Box
    xs: tuple[float, ...]
    height: int
    cells: list[ReadCell]
    header_rows: int = 0
    is_sure: bool = True
    last_page: int = 0
    tail: int = 0
    reaching: list[ReadCell] = field(default_factory=list)

    @property
    def last_cells(self) -> list[ReadCell]:
        """The cells of its last page, those that reach into it included."""
        return [*self.reaching, *self.cells[self.tail :]]


def ruled_tables(
    frames: Sequence[Ruled], runs: Iterable[Run], turned: Sequence[Glyph], page: int
) -> tuple[list[ReadTable], list[Run]]:
    """The tables of a page and the runs that stand in none of them. frames: smallest first."""
    rest = sorted(runs, key=lambda run: run.middle)
    made: list[ReadTable] = []
    for ruled in frames:
        inside = _inside(ruled, rest)
        if not inside:
            continue
        rows, is_certain = with_rows(ruled, inside)
        slots = slots_of(rows)
        table = filled(slots, inside, page)
        table.is_sure = table.is_sure and is_certain
        _add_sideways(table, slots, turned)
        written = sum(bool(cell.lines) for cell in table.cells)
        if written > 1 or (written and len(table.cells) > _TWO_BOXES):
            made.append(table)
            taken = set(map(id, inside))
            rest = [run for run in rest if id(run) not in taken]
    return made, rest


def _inside(ruled: Ruled, runs: Sequence[Run]) -> list[Run]:
    """The runs (sorted by height) within a frame."""
    _, top, _, bottom = ruled.box
    first = bisect_left(runs, top, key=lambda run: run.middle)
    last = bisect_right(runs, bottom, key=lambda run: run.middle)
    return [run for run in runs[first:last] if ruled.slot((run.left + run.right) / 2, run.middle)]


def filled(slots: Slots, runs: Iterable[Run], page: int) -> ReadTable:
    """The table of those slots with the words that stand in them.

    Not certain where nobody can say in which cell a word stands, or where words are printed over each other.
    """
    held: dict[int, list[Run]] = defaultdict(list)
    is_sure = slots.is_sure
    for run in runs:
        for owner, part, is_certain in _owned(slots, run):
            held[owner].append(part)
            is_sure = is_sure and is_certain
    cells: list[ReadCell] = []
    for number, slot in enumerate(slots.cells):
        lines = lines_of(held[number])
        is_sure = is_sure and not any(map(is_overprinted, lines))
        written = [_cell_line(line, slot.box, page) for line in lines]
        cells.append(ReadCell(slot.row, slot.column, slot.rowspan, slot.colspan, page, slot.box, written))
    ruled = slots.ruled
    return ReadTable(page, ruled.box, ruled.xs, len(ruled.ys) - 1, cells, is_sure=is_sure, last_page=page)


def _owned(slots: Slots, run: Run) -> list[tuple[int, Run, bool]]:
    """The cells in which a run stands, with its part in each and whether that is certain."""
    ends = {slots.at((glyph.left + glyph.right) / 2, run.middle) for glyph in (run.glyphs[0], run.glyphs[-1])}
    if len(ends) == 1 and (owner := ends.pop()) is not None:
        return [(owner, run, True)]
    parts = [_settled(slots, word) for word in _words(run)]
    return _merged(parts)


def _words(run: Run) -> list[Run]:
    """The run parted at every gap that can be the one between two cells."""
    groups: list[list[Glyph]] = [[run.glyphs[0]]]
    for before, glyph in pairwise(run.glyphs):
        if glyph.left - before.right >= _SET_APART * glyph.size:
            groups.append([])
        groups[-1].append(glyph)
    return [Run(tuple(group)) for group in groups]


def _settled(slots: Slots, word: Run) -> tuple[int, Run, bool]:
    """Words that reach over a rule: numbers belong where they end, others where they begin, if that is at a rule.

    Else they belong where most of them stands.
    """
    is_number = signs.is_number(word.text)
    edge = word.glyphs[-1] if is_number else word.glyphs[0]
    at_edge = slots.at((edge.left + edge.right) / 2, word.middle)
    if at_edge is not None:
        box = slots.cells[at_edge].box
        space = box[2] - word.right if is_number else word.left - box[0]
        if 0 <= space <= _PADDING:
            return at_edge, word, True
    widths: Counter[int] = Counter()
    for glyph in word.glyphs:
        owner = slots.at((glyph.left + glyph.right) / 2, word.middle)
        if owner is not None:
            widths[owner] += max(1, round((glyph.right - glyph.left) * 100))
    if not widths:
        return 0, word, False
    [(owner, most)] = widths.most_common(1)
    return owner, word, widths.total() - most <= _MUCH_OVER * widths.total()


def _merged(parts: list[tuple[int, Run, bool]]) -> list[tuple[int, Run, bool]]:
    made = [parts[0]]
    for owner, word, is_certain in parts[1:]:
        if owner == made[-1][0]:
            made[-1] = (owner, Run(made[-1][1].glyphs + word.glyphs), made[-1][2] and is_certain)
        else:
            made.append((owner, word, is_certain))
    return made


def _cell_line(line: Sequence[Run], box: Box, page: int) -> CellLine:
    glyphs = [glyph for run in line for glyph in run.glyphs]
    around = box_of(glyphs)
    return CellLine(text_of(glyphs), page, around, around[0] - box[0], box[2] - around[2], glyphs[0].size)


def _add_sideways(table: ReadTable, slots: Slots, glyphs: Iterable[Glyph]) -> None:
    """Text that stands sideways in a cell, in the order of the file."""
    held: dict[int, list[Glyph]] = defaultdict(list)
    for glyph in glyphs:
        owner = slots.at((glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2)
        if owner is not None:
            held[owner].append(glyph)
    for owner, group in held.items():
        text = "".join(glyph.text for glyph in group)
        table.cells[owner].lines.append(CellLine(text, table.page, box_of(group), 0.0, 0.0, group[0].size))
