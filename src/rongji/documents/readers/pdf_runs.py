"""Characters into runs and lines: what was set in one go, and what stands on one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_glyphs import Glyph

_SAME_LINE = 0.3  # of the type size: how far baselines of one line differ
_GAP = 0.7  # of the type size: more is not one run
_BACK = 0.5  # of the type size: how far a next character may stand back over the last
_WORD_GAP = 0.18  # of the type size: a space between Latin words or digits


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that follow each other on one line without a gap."""

    glyphs: tuple[Glyph, ...]

    @property
    def left(self) -> float:
        """Left edge."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Right edge."""
        return self.glyphs[-1].right

    @property
    def base(self) -> float:
        """Baseline."""
        return self.glyphs[0].base

    @property
    def size(self) -> float:
        """The type size."""
        return self.glyphs[0].size

    @property
    def middle(self) -> float:
        """Middle height of the first character."""
        return (self.glyphs[0].top + self.glyphs[0].bottom) / 2

    @property
    def text(self) -> str:
        """The words, with a space where Latin words or numbers stand apart."""
        return text_of(self.glyphs)

    @property
    def box(self) -> Box:
        """The box around all characters."""
        return box_of(self.glyphs)


def box_of(glyphs: Sequence[Glyph]) -> Box:
    """The box around characters."""
    return (
        min(glyph.left for glyph in glyphs),
        min(glyph.top for glyph in glyphs),
        max(glyph.right for glyph in glyphs),
        max(glyph.bottom for glyph in glyphs),
    )


def text_of(glyphs: Sequence[Glyph]) -> str:
    """The characters of one line as text."""
    parts = [glyphs[0].text] if glyphs else []
    for before, glyph in pairwise(glyphs):
        gap = glyph.left - before.right
        if gap > _WORD_GAP * glyph.size and _is_spaced(before.text, glyph.text, gap > glyph.size):
            parts.append(" ")
        parts.append(glyph.text)
    return "".join(parts)


def _is_spaced(before: str, after: str, is_wide: bool) -> bool:
    """Whether a gap is a space: between Latin letters and digits; a wide one between any."""
    return is_wide or (before.isascii() and after.isascii())


def runs_of(glyphs: Iterable[Glyph]) -> list[Run]:
    """Characters in the order of the file as runs."""
    made: list[list[Glyph]] = []
    for glyph in glyphs:
        if made and _follows(made[-1][-1], glyph):
            made[-1].append(glyph)
        else:
            made.append([glyph])
    return [Run(tuple(group)) for group in made]


def _follows(before: Glyph, glyph: Glyph) -> bool:
    size = min(before.size, glyph.size)
    if abs(before.base - glyph.base) > _SAME_LINE * size:
        return False
    return -_BACK * size <= glyph.left - before.right <= _GAP * size


def lines_of(runs: Iterable[Run]) -> list[list[Run]]:
    """Runs by lines from top to bottom, each from left to right."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.base, run.left)):
        if rows and abs(rows[-1][-1].base - run.base) <= _SAME_LINE * min(rows[-1][-1].size, run.size) + 0.5:
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_side_by_side(row) for row in rows]


def _side_by_side(row: list[Run]) -> list[Run]:
    """Runs of a line from left to right; one that stands in a gap of another is put into it."""
    runs = sorted(row, key=lambda run: run.left)
    if all(after.left >= before.right - _BACK * after.size for before, after in pairwise(runs)):
        return runs
    glyphs = sorted((glyph for run in runs for glyph in run.glyphs), key=lambda glyph: glyph.left)
    over = sum(after.left < before.right - _BACK * (before.right - before.left) for before, after in pairwise(glyphs))
    return runs if over > 1 else _parted(glyphs)


def _parted(glyphs: Sequence[Glyph]) -> list[Run]:
    groups = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        if glyph.left - before.right > _GAP * glyph.size:
            groups.append([])
        groups[-1].append(glyph)
    return [Run(tuple(group)) for group in groups]
