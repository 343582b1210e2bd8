"""The characters of a PDF page: what a reader of the printed page sees, each once, with its box and its baseline."""

import ctypes
import math
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from rongji.documents.readers.pdf_frame import Frame
from rongji.documents.readers.pdf_strokes import is_white

_QUARTER = math.pi / 2
_UPRIGHT = 0.06  # radians off the quarter turn that still count as straight
_HYPHEN_AT_LINE_END = 2  # how pdfium reports a hyphen that ends a line
_SPACES = frozenset({1, *range(3, 33), 0x7F, 0xA0, 0x3000, 0xFEFF, *range(0x2000, 0x2010), 0x202F, 0x205F})
_SAME_SPOT = 0.14  # of the type size: a character drawn again to look bold
_LARGEST = 200.0  # points
_INVISIBLE = frozenset({3, 7})
UNKNOWN = "\ufffd"  # a character that is printed and for which the file gives no code
_SYMBOLS = range(0xF000, 0xF100)
_RADICALS = range(0x2E80, 0x2FE0)
_DASHES = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2212": "-", "\u00ad": "-", "\ufe63": "-"})
# Radicals that Unicode itself does not map to the character they are drawn as.
_SUPPLEMENT = dict(
    zip(
        "⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰",
        "母民虎西见角贝车长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙",
        strict=True,
    )
)


class Glyph(NamedTuple):
    """One printed character, upright as read. base: baseline; size: type size."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    base: float
    size: float


class Mark(NamedTuple):
    """What one text operation is like. turn: quarter turns as drawn, −1 when it is slanted; is_pale: white."""

    turn: int
    is_hidden: bool
    is_pale: bool
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
    handle = raw.FPDFText_LoadPage(page)
    try:
        drawn = list(_drawn(handle))
    finally:
        raw.FPDFText_ClosePage(handle)
    turns = Counter(mark.turn for _, _, mark in drawn if mark.turn >= 0)
    upright = replace(frame, reading=turns.most_common(1)[0][0] if turns else frame.shown)
    return _sorted_out(drawn, upright)


_Spot = tuple[float, float, float, float, float, float]  # left, bottom, right, top, origin
_Raw = tuple[str, _Spot, Mark]


def _drawn(handle: Any) -> Iterator[_Raw]:
    """Character, loose box with origin, mark; spaces are left out, gaps tell them."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    at_box, at_x, at_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    code_of, box_of, origin_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    object_of, address = raw.FPDFText_GetTextObject, ctypes.c_void_p
    marks: dict[int | None, Mark] = {}
    for index in range(raw.FPDFText_CountChars(handle)):
        code = code_of(handle, index)
        if code in _SPACES:
            continue
        drawn = object_of(handle, index)
        operation = ctypes.cast(drawn, address).value
        mark = marks.get(operation)
        if mark is None:
            mark = marks[operation] = _mark(handle, index, drawn)
        box_of(handle, index, at_box)
        origin_of(handle, index, at_x, at_y)
        yield _character(code), (box.left, box.bottom, box.right, box.top, x.value, y.value), mark


def _mark(handle: Any, index: int, drawn: Any) -> Mark:
    angle = raw.FPDFText_GetCharAngle(handle, index)
    turns = round(angle / _QUARTER)
    straight = abs(angle - turns * _QUARTER) <= _UPRIGHT
    mode = raw.FPDFTextObj_GetTextRenderMode(drawn) if drawn else 0
    is_pale = bool(drawn) and is_white(drawn, raw.FPDFPageObj_GetFillColor)
    return Mark(-turns % 4 if straight else -1, mode in _INVISIBLE, is_pale, _size(handle, index))


def _size(handle: Any, index: int) -> float:
    """The type size in points, however it comes about."""
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(handle, index, matrix)
    size: float = abs(raw.FPDFText_GetFontSize(handle, index)) * math.hypot(matrix.c, matrix.d)
    return min(max(size, 1.0), _LARGEST)


def _character(code: int) -> str:
    """The character as people type it: radicals as characters, every minus as -, marks of symbol fonts as a bullet."""
    if code == _HYPHEN_AT_LINE_END:
        return "-"
    if code in _SYMBOLS:
        return "●"
    if code == 0 or 0xD800 <= code <= 0xF8FF or code in (0xFFFD, 0xFFFE, 0xFFFF) or code > sys.maxunicode:
        return UNKNOWN
    char = chr(code)
    if code in _RADICALS:
        return _SUPPLEMENT.get(char) or unicodedata.normalize("NFKC", char)
    return char.translate(_DASHES)


def _sorted_out(drawn: list[_Raw], frame: Frame) -> PageText:
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


def _glyph(text: str, place: _Spot, size: float, frame: Frame) -> Glyph:
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
