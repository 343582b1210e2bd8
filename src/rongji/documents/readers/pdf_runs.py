"""Characters into runs and lines: what was set in one go, and what stands on one line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from rongji.documents.readers.pdf_frame import Box
from rongji.documents.readers.pdf_glyphs import Glyph

_SAME_LINE = 0.3  # of the type size: how far baselines of one line differ
_GAP = 0.7  # of the type size: more is not one run
_BACK = 0.5  # of the type size: how far a next character may stand back over the last
_SMALL = 0.78  # of the type size before: what is set as an exponent
_LEAST_RISE = 0.15  # of the type size before
_EXPONENTS = {"2": "²", "3": "³"}
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
    """Characters in the order of the file as runs; small raised ones belong to the word before them."""
    made: list[list[Glyph]] = []
    for glyph in glyphs:
        if made and _is_raised(made[-1][-1], glyph):
            before = made[-1][-1]
            made[-1].append(glyph._replace(text=_raised(before.text, glyph.text), base=before.base, size=before.size))
        elif made and _follows(made[-1][-1], glyph):
            made[-1].append(glyph)
        else:
            made.append([glyph])
    return [Run(tuple(group)) for group in made]


def _is_raised(before: Glyph, glyph: Glyph) -> bool:
    """Whether a character is set small and high after another: an exponent or the mark of a footnote."""
    rise = before.base - glyph.base
    is_small = glyph.size <= _SMALL * before.size and _LEAST_RISE * before.size <= rise <= before.size
    return is_small and -_BACK * glyph.size <= glyph.left - before.right <= _BACK * before.size


def _raised(before: str, text: str) -> str:
    """A square or cubic metre as people type it; the mark of a footnote in brackets, so that it is no digit."""
    if before in "mM米" and text in _EXPONENTS:
        return _EXPONENTS[text]
    return f"〔{text}〕" if text.isdigit() else text


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
    return runs if _overlaps(glyphs) > 1 else _parted(glyphs)


def is_overprinted(line: Sequence[Run]) -> bool:
    """Whether words of a line are printed over each other, so that none can be read with certainty."""
    if len(line) < 2 or all(after.left >= before.right - _BACK * after.size for before, after in pairwise(line)):
        return False
    return _overlaps(sorted((glyph for run in line for glyph in run.glyphs), key=lambda glyph: glyph.left)) > 1


def _overlaps(glyphs: Sequence[Glyph]) -> int:
    """How many characters stand over half of the one before."""
    return sum(after.left < before.right - _BACK * (before.right - before.left) for before, after in pairwise(glyphs))


def _parted(glyphs: Sequence[Glyph]) -> list[Run]:
    groups = [[glyphs[0]]]
    for before, glyph in pairwise(glyphs):
        if glyph.left - before.right > _GAP * glyph.size:
            groups.append([])
        groups[-1].append(glyph)
    return [Run(tuple(group)) for group in groups]
