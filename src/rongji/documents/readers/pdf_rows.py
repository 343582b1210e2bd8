"""Frames whose rows are not ruled: a band in which several columns hold numbers line by line is parted into rows."""

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from rongji.documents.readers.pdf_grids import Ruled
from rongji.documents.readers.pdf_runs import Run, lines_of
from rongji.documents.readers.pdf_slots import Slots, slots_of

_NUMBER = re.compile(r"[-－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?[%％]?")
_SAME_HEIGHT = 0.35  # of the type size
_LEAST_COLUMNS = 2  # that must hold numbers line by line

_REST = re.compile(r"\d{1,2}[%％]?")  # what is left of a decimal that its cell was too narrow for
_PADDING = 6.0  # points between a rule and the words
_DIGIT = 0.75  # of the type size: room that the next digit would need

Lines = list[tuple[float, str]]  # baseline and words


def with_rows(ruled: Ruled, runs: Sequence[Run]) -> tuple[Ruled, bool]:
    """The frame with a line between rows that only the text shows, and whether that is certain."""
    slots = slots_of(ruled)
    lines = _lines_by_cell(slots, runs)
    cuts: list[float] = []
    is_sure = True
    for row in range(len(ruled.ys) - 1):
        held = [lines[n] for n, slot in enumerate(slots.cells) if slot.row == row and slot.rowspan == 1 and lines[n]]
        bases, is_plain = _rows_in(held)
        cuts += [(above + below) / 2 for above, below in pairwise(bases)]
        is_sure = is_sure and is_plain
    return (_cut(ruled, slots, cuts, runs), is_sure) if cuts else (ruled, True)


def _lines_by_cell(slots: Slots, runs: Sequence[Run]) -> dict[int, Lines]:
    held: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        owner = slots.at((run.left + run.right) / 2, run.middle)
        if owner is not None:
            held[owner].append(run)
    made: dict[int, Lines] = defaultdict(list)
    for owner, group in held.items():
        lines = lines_of(group)
        if not _is_broken(slots.cells[owner].box[2], lines):
            made[owner] = [(line[0].base, _words(line)) for line in lines]
    return made


def _words(line: Sequence[Run]) -> str:
    return "".join(run.text for run in line)


def _is_broken(right: float, lines: Sequence[Sequence[Run]]) -> bool:
    """Whether the lines of a cell are one decimal that the cell was too narrow for (620.5 | 0)."""
    if len(lines) != 2 or not _REST.fullmatch(_words(lines[1]).strip()):
        return False
    first = _words(lines[0]).strip()
    room = right - max(run.right for run in lines[0])
    return "." in first and bool(_NUMBER.fullmatch(first)) and room <= _PADDING + _DIGIT * lines[0][0].size


def _rows_in(cells: Sequence[Lines]) -> tuple[list[float], bool]:
    """Baselines of the rows that a band holds (fewer than two: it is one row), and whether every cell agrees."""
    numeric = [cell for cell in cells if len(cell) > 1 and all(_NUMBER.fullmatch(text.strip()) for _, text in cell)]
    if len(numeric) < _LEAST_COLUMNS:
        return [], True
    bases = [base for base, _ in max(numeric, key=len)]
    near = min((below - above for above, below in pairwise(bases)), default=1.0) * _SAME_HEIGHT
    fitting = [cell for cell in numeric if all(any(abs(base - own) <= near for own in bases) for base, _ in cell)]
    if len(fitting) < _LEAST_COLUMNS or len(fitting) < len(numeric):
        return [], True
    return bases, all(any(abs(base - own) <= near for own in bases) for cell in cells for base, _ in cell)


def _cut(ruled: Ruled, slots: Slots, cuts: Sequence[float], runs: Sequence[Run]) -> Ruled:
    """The frame with further lines through all cells of one band; cells over several bands stay whole."""
    ys = sorted([*ruled.ys, *(_shifted(cut, runs) for cut in cuts)])
    bands = [bisect_right(ruled.ys, top) - 1 for top in ys[:-1]]
    whole = {
        (row, column)
        for slot in slots.cells
        if slot.rowspan > 1
        for row in range(slot.row, slot.row + slot.rowspan)
        for column in range(slot.column, slot.column + slot.colspan)
    }
    rights = tuple(ruled.rights[band] for band in bands)
    lowers = tuple(
        ruled.lowers[band] if bottom in ruled.ys else tuple((band, c) not in whole for c in range(len(ruled.xs) - 1))
        for band, bottom in zip(bands, ys[1:], strict=True)
    )
    return Ruled(ruled.xs, tuple(ys), rights, lowers, ruled.is_open)


def _shifted(cut: float, runs: Sequence[Run]) -> float:
    """From the middle between two baselines to the middle between the letters over them."""
    return cut - (runs[0].size * _SAME_HEIGHT if runs else 0.0)
