"""Fonts that a PDF names and does not carry: Chinese ones are replaced by ours, whatever the machine has.

Without them pdfium takes a word for nothing whose characters the machine's stand-in cannot draw (a single digit in a
cell), and draws pages with holes.
"""

import ctypes
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pylopdf_fonts_zh_cn import sans_path, serif_path

_CHINESE = frozenset({128, 129, 134, 136})  # Windows character sets: Japanese, Korean, simplified and traditional
_SANS = (b"hei", b"yahei", b"gothic", b"dengxian", b"\xba\xda")  # the last: 黑 in GB 18030
_SIMPLIFIED = 134
_WHOLE_FILE = 0


class _OurFonts(pdfium.PdfSysfontBase):  # type: ignore[misc]
    """pdfium's own choice of fonts, except for Chinese ones that are not installed under their name."""

    def __init__(self) -> None:
        super().__init__()
        self._serif, self._sans = ctypes.c_int(), ctypes.c_int()  # their addresses are the handles of the two fonts

    def MapFont(
        self, _: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, ignored: Any
    ) -> int | None:
        """A font in place of one that is missing."""
        if charset not in _CHINESE:
            handle: int | None = super().MapFont(_, weight, italic, charset, pitch, face, ignored)
            return handle
        name = (ctypes.cast(face, ctypes.c_char_p).value or b"").lower()
        return ctypes.addressof(self._sans if any(word in name for word in _SANS) else self._serif)

    def GetFontData(self, _: Any, font: int, table: int, buffer: Any, size: int) -> int:
        """The bytes of a font, and how many they are."""
        path = self._path(font)
        if path is None:
            count: int = super().GetFontData(_, font, table, buffer, size)
            return count
        if table != _WHOLE_FILE:
            return 0
        data = _bytes(path)
        if buffer and size >= len(data):
            ctypes.memmove(buffer, data, len(data))
        return len(data)

    def GetFaceName(self, _: Any, font: int, buffer: Any, size: int) -> int:
        """The name of a font."""
        path = self._path(font)
        if path is None:
            count: int = super().GetFaceName(_, font, buffer, size)
            return count
        name = path.stem.encode() + b"\0"
        if buffer and size >= len(name):
            ctypes.memmove(buffer, name, len(name))
        return len(name)

    def GetFontCharset(self, _: Any, font: int) -> int:
        """The character set of a font."""
        if self._path(font) is None:
            charset: int = super().GetFontCharset(_, font)
            return charset
        return _SIMPLIFIED

    def DeleteFont(self, _: Any, font: int) -> None:
        """Nothing: our fonts stay."""
        if self._path(font) is None:
            super().DeleteFont(_, font)

    def _path(self, font: int) -> Path | None:
        if font == ctypes.addressof(self._serif):
            return serif_path()
        return sans_path() if font == ctypes.addressof(self._sans) else None


@cache
def _bytes(path: Path) -> bytes:
    return path.read_bytes()


@cache
def use_our_fonts() -> bool:
    """Have pdfium take our fonts for Chinese ones that are missing; whether the platform lets us."""
    try:
        _OurFonts().setup()
    except pdfium.PdfiumError:
        return False
    return True
