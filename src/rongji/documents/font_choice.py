"""Which font files print a document: looked for in the site's own directory, among the installed fonts, then in ours.

Every character is checked before anything is printed: a typesetter leaves holes without a word.
"""

import io
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import typst
from fontTools import subset
from fontTools.ttLib import TTFont, TTLibError

from rongji.documents.fonts import STAND_INS, Face, web_font_files
from rongji.kernel.refusal import Refusal

BOLD_WEIGHT = 600


class MissingGlyphs(Refusal):
    """Characters that no available font can draw: a document with holes is never produced."""

    code = "missing-glyphs"
    sentence = (
        "现有字体中没有以下字符：{characters}。"
        "请把含有这些字符的开放授权字体文件（.ttf 或 .otf）放入字体目录后重新生成，或者更正原文中的字符。"
    )


@dataclass(frozen=True, slots=True, order=True)
class FontFile:
    """One face in one font file, under the family name by which the typesetter knows it."""

    family: str
    weight: int
    path: str
    index: int


@dataclass(frozen=True)
class FontPlan:
    """Which families print which face (own family first, then fall-backs), and the files they live in."""

    families: Mapping[Face, tuple[str, ...]]
    files: tuple[FontFile, ...]

    def is_bold_available(self, face: Face) -> bool:
        """Whether the family of that face has a bold cut of its own."""
        own = self.families[face][0]
        return any(file.family == own and file.weight >= BOLD_WEIGHT for file in self.files)


def web_font_subset(path: Path, texts: Iterable[str]) -> bytes:
    """A packaged font cut down to the characters of some texts, as WOFF: small enough to lie inside a page."""
    return _cut(path, frozenset().union(*texts))


# Tables for typesetting and vertical lines, which a page of horizontal text without features does not use.
_NOT_ON_PAGES = ("GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx")
_KEPT_CUTS = 16  # one or two per report; each is about 100 kB


@lru_cache(maxsize=_KEPT_CUTS)
def _cut(path: Path, characters: frozenset[str]) -> bytes:
    """One cut per font and set of characters in a process: a report previewed again does not wait for it."""
    options = subset.Options(layout_features=[], hinting=True, notdef_outline=True, name_IDs=[0, 1, 2, 13, 14])
    options.drop_tables += _NOT_ON_PAGES
    # Hints and the bounds of the whole font stay: taking them out or anew from every outline takes longer than the cut.
    with TTFont(path, lazy=True, recalcTimestamp=False, recalcBBoxes=False) as font:
        cutter = subset.Subsetter(options)
        cutter.populate(text="".join(sorted(characters)))
        cutter.subset(font)
        font.flavor = "woff"
        buffer = io.BytesIO()
        font.save(buffer)
    return buffer.getvalue()


def available_fonts(font_dir: Path | None = None) -> tuple[FontFile, ...]:
    """Upright fonts by rank: the given directory, the installed ones, the packaged ones."""
    return (*(_scan(font_dir) if font_dir else ()), *_installed(), *_packaged())


def plan_fonts(texts: Iterable[str], font_dir: Path | None = None) -> FontPlan:
    """Choose a family for each face, and fall-backs so that every character of the texts can be drawn.

    Raises: MissingGlyphs naming each character that no font has.
    """
    fonts = available_fonts(font_dir)
    chosen = {face: _best(STAND_INS[face], fonts) for face in Face}
    helpers = _helpers(_visible(texts), set(chosen.values()), fonts)
    families = {face: _distinct((chosen[face], *chosen.values(), *helpers)) for face in Face}
    files = _files_of(_distinct((*chosen.values(), *helpers)), fonts)
    return FontPlan(families, files)


@cache
def covered(path: str, index: int) -> frozenset[int]:
    """Code points that a font file has a glyph for."""
    try:
        with TTFont(path, fontNumber=index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError):
        return frozenset()  # a broken font file helps nobody, and must not stop the others


def _helpers(wanted: set[str], chosen: set[str], fonts: tuple[FontFile, ...]) -> tuple[str, ...]:
    """Further families, best-ranked first, for what the chosen families cannot draw."""
    have = _coverage(chosen, fonts)
    missing = {character for character in wanted if ord(character) not in have}
    found: list[str] = []
    for family in _distinct(file.family for file in fonts):
        if not missing:
            break
        have = _coverage({family}, fonts)
        drawn = {character for character in missing if ord(character) in have}
        if drawn:
            found.append(family)
            missing -= drawn
    if missing:
        raise MissingGlyphs(characters="、".join(_named(character) for character in sorted(missing)))
    return tuple(found)


def _coverage(families: set[str], fonts: tuple[FontFile, ...]) -> set[int]:
    """What every cut of every one of these families can draw: a bold cut with fewer glyphs does not count."""
    drawn: set[int] = set()
    for family in families:
        cuts = [covered(file.path, file.index) for file in _files_of((family,), fonts)]
        drawn |= frozenset.intersection(*cuts) if cuts else frozenset()
    return drawn


def _visible(texts: Iterable[str]) -> set[str]:
    """Characters that need a glyph: not spaces, breaks, joiners or variation selectors."""
    return {
        character
        for text in texts
        for character in text
        if unicodedata.category(character) not in ("Cc", "Cf", "Zs", "Zl", "Zp")
        and not 0xFE00 <= ord(character) <= 0xFE0F
    }


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    return f"“{character}”（{code}）" if unicodedata.category(character) not in ("Co", "Cn", "Cs") else code


def _best(names: tuple[str, ...], fonts: tuple[FontFile, ...]) -> str:
    """The family to use: the first rank (directory, installed, packaged) that has any of the names wins."""
    for rank in _ranks(fonts):
        by_name = {family.lower(): family for family in rank}
        for name in names:
            if name.lower() in by_name:
                return by_name[name.lower()]
    raise LookupError(f"the packaged fonts are not installed; wanted one of {', '.join(names)}")


def _ranks(fonts: tuple[FontFile, ...]) -> tuple[list[str], ...]:
    installed, packaged = set(_installed()), set(_packaged())
    own = [file.family for file in fonts if file not in installed and file not in packaged]
    return own, [file.family for file in _installed()], [file.family for file in _packaged()]


def _files_of(families: Iterable[str], fonts: tuple[FontFile, ...]) -> tuple[FontFile, ...]:
    """The regular and the bold cut of each family, from the best-ranked directory that has it."""
    kept: dict[tuple[str, bool], FontFile] = {}
    wanted = set(families)
    for file in fonts:
        if file.family in wanted:
            key = (file.family, file.weight >= BOLD_WEIGHT)
            kept.setdefault(key, file)
    return tuple(sorted(kept.values()))


def _distinct(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _described(fonts: typst.Fonts) -> tuple[FontFile, ...]:
    return tuple(
        sorted(
            FontFile(info.family, info.weight, info.path, info.index)
            for info in fonts.fonts()
            if info.path and info.style == "normal"
        )
    )


def _scan(directory: Path) -> tuple[FontFile, ...]:
    found = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(directory)])
    return _described(found)


@cache
def _installed() -> tuple[FontFile, ...]:
    return _described(typst.Fonts(include_system_fonts=True, include_embedded_fonts=False))


@cache
def _packaged() -> tuple[FontFile, ...]:
    return _scan(next(iter(web_font_files().values())).parent)
