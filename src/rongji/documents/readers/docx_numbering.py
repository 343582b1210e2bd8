"""Automatic numbers of Word paragraphs (一、 （一） 1. （1）), which no paragraph's own text holds."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rongji.documents.readers.archive import attribute, child, local

_DIGITS = "〇一二三四五六七八九"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand",
    "ideographTraditional", "japaneseDigitalTenThousand", "taiwaneseDigital", "ideographDigital",
}  # fmt: skip
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
          (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: kind of numerals, pattern such as `（%1）`, first number."""

    kind: str = "decimal"
    pattern: str = ""
    start: int = 1


@dataclass(slots=True)
class _List:
    """A list in use: its levels, and how far each has counted."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document and where their counting stands."""

    def __init__(self, root: Any, styles: "Styles") -> None:
        self.styles = styles
        self.lists: dict[str, _List] = {}
        if root is None:
            return
        abstract = {attribute(item, "abstractNumId"): item for item in root if local(item) == "abstractNum"}
        shared: dict[str, _List] = {}
        for item in root:
            if local(item) == "num":
                self._take(item, abstract, shared)

    def _take(self, item: Any, abstract: dict[str, Any], shared: dict[str, _List]) -> None:
        """Lists of one abstract definition count together unless one of them begins anew."""
        reference = child(item, "abstractNumId")
        name = attribute(reference, "val") if reference is not None else ""
        levels = dict(_levels(abstract[name])) if name in abstract else {}
        overridden = dict(_overrides(item, levels))
        if overridden:
            self.lists[attribute(item, "numId")] = _List({**levels, **overridden})
        else:
            self.lists[attribute(item, "numId")] = shared.setdefault(name, _List(levels))

    def label(self, properties: Any) -> str:
        """The number of the next paragraph with these properties; counting moves on. Empty when it has none."""
        number, depth = self.styles.numbering(properties)
        made = self.lists.get(number)
        if made is None or depth not in made.levels:
            return ""
        made.counts[depth] = made.counts.get(depth, made.levels[depth].start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            made.counts.pop(deeper, None)
        return _filled(made, depth)


def _filled(made: _List, depth: int) -> str:
    level = made.levels[depth]
    if level.kind in ("bullet", "none"):
        return ""
    text = level.pattern
    for place in range(depth + 1):
        sign = f"%{place + 1}"
        if sign in text:
            owner = made.levels.get(place, Level())
            text = text.replace(sign, numeral(made.counts.get(place, owner.start), owner.kind))
    return text


def numeral(number: int, kind: str) -> str:
    """A number in the numerals of a list."""
    if kind in _CHINESE:
        return chinese(number)
    if kind in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 9)
        return letter.upper() if kind == "upperLetter" else letter
    if kind in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        return _roman(number) if kind == "upperRoman" else _roman(number).lower()
    if kind == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(ord("①") + number - 1)
    if kind == "decimalZero":
        return f"{number:02d}"
    return str(number)


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九, larger ones digit by digit."""
    if not 0 < number < 100:
        return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    made = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        made += sign * count
    return made


def _levels(abstract: Any) -> Iterator[tuple[int, Level]]:
    for item in abstract:
        if local(item) == "lvl":
            yield _integer(attribute(item, "ilvl")), _level(item)


def _overrides(item: Any, levels: dict[int, Level]) -> Iterator[tuple[int, Level]]:
    for override in item:
        if local(override) != "lvlOverride":
            continue
        depth = _integer(attribute(override, "ilvl"))
        level, start = child(override, "lvl"), child(override, "startOverride")
        base = _level(level) if level is not None else levels.get(depth, Level())
        yield depth, Level(base.kind, base.pattern, _integer(attribute(start, "val"))) if start is not None else base


def _level(item: Any) -> Level:
    values = {local(part): attribute(part, "val") for part in item}
    return Level(values.get("numFmt", "decimal"), values.get("lvlText", ""), _integer(values.get("start", "1")))


def _integer(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else 0


class Styles:
    """The paragraph styles: what each is called, on what it is based, which list and outline level it brings."""

    def __init__(self, root: Any) -> None:
        self.items: dict[str, Any] = {}
        self.default = ""
        for item in root if root is not None else ():
            if local(item) == "style" and attribute(item, "type") in ("paragraph", ""):
                name = attribute(item, "styleId")
                self.items[name] = item
                self.default = name if attribute(item, "default") in ("1", "true") else self.default

    def name(self, properties: Any) -> str:
        """The name of a paragraph's style in lower case, as Word calls it in English."""
        item = self.items.get(self.id(properties))
        name = child(item, "name") if item is not None else None
        return attribute(name, "val").lower() if name is not None else self.id(properties).lower()

    def id(self, properties: Any) -> str:
        """The id of a paragraph's style."""
        style = child(properties, "pStyle") if properties is not None else None
        return attribute(style, "val") if style is not None else self.default

    def outline(self, properties: Any) -> int:
        """Outline level 1 to 9 of a paragraph, 0 for body text."""
        for source in self._sources(properties):
            level = child(source, "outlineLvl")
            if level is not None:
                value = attribute(level, "val")
                return int(value) + 1 if value.isascii() and value.isdigit() and int(value) < _LEVELS else 0
        return 0

    def numbering(self, properties: Any) -> tuple[str, int]:
        """The list a paragraph belongs to and its level there; no list is an empty name."""
        for source in self._sources(properties):
            numbered = child(source, "numPr")
            if numbered is not None:
                number, depth = child(numbered, "numId"), child(numbered, "ilvl")
                name = attribute(number, "val") if number is not None else ""
                return name, _integer(attribute(depth, "val")) if depth is not None else 0
        return "", 0

    def _sources(self, properties: Any) -> Iterator[Any]:
        """The paragraph's own properties, then those of its style and the styles under that."""
        if properties is not None:
            yield properties
        name = self.id(properties)
        for _ in range(12):
            item = self.items.get(name)
            if item is None:
                return
            inherited = child(item, "pPr")
            if inherited is not None:
                yield inherited
            base = child(item, "basedOn")
            name = attribute(base, "val") if base is not None else ""
