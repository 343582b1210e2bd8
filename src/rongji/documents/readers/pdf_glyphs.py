"""The characters of a PDF page: what a reader of the printed page sees, each once, with its box and its baseline."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from rongji.documents.readers.pdf_characters import UNKNOWN, Character, Mark, Spot, characters
from rongji.documents.readers.pdf_frame import Frame

_SAME_SPOT = 0.14  # of the type size: a character drawn again to look bold


class Glyph(NamedTuple):
    """One printed character, upright as read. base: baseline; size: type size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of a page. turned: characters that stand sideways; unknown: how many are printed without a code.

    hidden: characters that are not printed (below a scanned picture mostly); pale: white ones, to be seen only on
    what is drawn behind them.
    """

    frame: Frame
    glyphs: tuple[Glyph, ...]
    turned: tuple[Glyph, ...] = ()
    hidden: tuple[Glyph, ...] = ()
    pale: tuple[Glyph, ...] = ()
    unknown: int = 0


def page_text(page: Any, frame: Frame) -> PageText:
    """The characters of a page in the order of the file; the frame is turned so that most stand upright."""
    drawn = characters(page)
    turns = Counter(mark.turn for _, _, mark in drawn if mark.turn >= 0)
    upright = replace(frame, reading=turns.most_common(1)[0][0] if turns else frame.shown)
    return _sorted_out(drawn, upright)


def _sorted_out(drawn: Sequence[Character], frame: Frame) -> PageText:
    kept: dict[str, list[Glyph]] = {"glyphs": [], "turned": [], "hidden": [], "pale": []}
    seen: dict[tuple[str, int, int], Glyph] = {}
    for text, place, mark in drawn:
        if mark.turn < 0:
            continue
        glyph = _glyph(text, place, mark.size, frame)
        if _is_on_page(glyph, frame) and not _is_repeated(glyph, seen):
            kept[_kind(mark, frame)].append(glyph)
    glyphs, turned, hidden, pale = map(tuple, kept.values())
    return PageText(frame, glyphs, turned, hidden, pale, sum(glyph.text == UNKNOWN for glyph in glyphs))


def _kind(mark: Mark, frame: Frame) -> str:
    if mark.is_hidden:
        return "hidden"
    if mark.turn != frame.reading:
        return "turned"
    return "pale" if mark.is_pale else "glyphs"


def _glyph(text: str, place: Spot, size: float, frame: Frame) -> Glyph:
    left, bottom, right, top, x, y = place
    box = frame.upright(left, bottom, right, top)
    return Glyph(text, *box, frame.upright(x, y, x, y)[1], size)


def _is_on_page(glyph: Glyph, frame: Frame) -> bool:
    across, down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    return 0 <= across <= frame.width and 0 <= down <= frame.height


def _is_repeated(glyph: Glyph, seen: dict[tuple[str, int, int], Glyph]) -> bool:
    """Whether the same character was drawn at the same spot before; else it is remembered."""
    reach = glyph.size * _SAME_SPOT
    column, row = int(glyph.left // reach), int(glyph.base // reach)
    for x in (column - 1, column, column + 1):
        for y in (row - 1, row, row + 1):
            other = seen.get((glyph.text, x, y))
            if other and abs(other.left - glyph.left) <= reach and abs(other.base - glyph.base) <= reach:
                return True
    seen[(glyph.text, column, row)] = glyph
    return False
