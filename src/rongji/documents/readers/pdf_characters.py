"""Every character that pdfium finds on a page, with its place in the file's own coordinates and how it is drawn."""

import ctypes
import math
import sys
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

import pypdfium2.raw as raw

from rongji.documents.readers.pdf_strokes import is_white

UNKNOWN = "\ufffd"  # a character that is printed and for which the file gives no code
_QUARTER = math.pi / 2
_UPRIGHT = 0.06  # radians off the quarter turn that still count as straight
_HYPHEN_AT_LINE_END = 2  # how pdfium reports a hyphen that ends a line
_SPACES = frozenset({1, *range(3, 33), 0x7F, 0xA0, 0x3000, 0xFEFF, *range(0x2000, 0x2010), 0x202F, 0x205F})
_LARGEST = 200.0  # points
_INVISIBLE = frozenset({3, 7})
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

Spot = tuple[float, float, float, float, float, float]  # left, bottom, right, top, origin across and up


class Mark(NamedTuple):
    """What one text operation is like. turn: quarter turns as drawn, −1 when it is slanted; is_pale: white."""

    turn: int
    is_hidden: bool
    is_pale: bool
    size: float


Character = tuple[str, Spot, Mark]


def characters(page: Any) -> list[Character]:
    """The characters of a page in the order of the file; spaces are left out, gaps tell them."""
    handle = raw.FPDFText_LoadPage(page)
    try:
        return list(_drawn(handle))
    finally:
        raw.FPDFText_ClosePage(handle)


def _drawn(handle: Any) -> Iterator[Character]:
    """Character, loose box with origin, mark of the text operation that draws it."""
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
