"""A table cell as one statement: a number, the reason why there is none, or words."""

import re
from dataclasses import replace

from rongji.kernel.figure import Nil
from rongji.kernel.quantity import Quantity
from rongji.kernel.reading.model import Reading, ReadingKind
from rongji.kernel.reading.plain import plain
from rongji.kernel.reading.scan import read_numbers
from rongji.kernel.reading.source import decimal_of

NIL_WORDS: dict[str, Nil] = {
    **dict.fromkeys(("无", "没有", "暂无"), Nil.NONE),
    **dict.fromkeys(("-", "--", "—", "——", "/", "\\", "不适用", "N/A", "*", "···", "…", "……"), Nil.DASH),
}
_SPACE = re.compile(r"\s+")
_NUMBER_ALONE = re.compile(r"\s*(?P<number>(?P<sign>[+-]?)(?P<digits>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?))\s*")
_BRACKETED = re.compile(r"\(\s*(\d[\d,]*(?:\.\d+)?)\s*\)%?")
# A narrow column breaks a number at its point, or far behind it; 8.6 above 10 are two numbers.
_NUMBER_IN_PIECES = re.compile(r"[+-]?[\d,]+(?:\s+\.\s*\d+|\.\s+\d+|\.\d{3,}\s+\d+)")
_REMARK = re.compile(r"\s*[^()]*\d[^()]*(?P<remark>\([^()]*\))\s*")  # 12（含借调 3 人）
_LONGEST_WITH_REMARK = 60
_MOST_WORDS = 16  # a cell with more words beside its number is prose
_FEWEST_DIGITS = 3


def read_cell(text: str, unit_name: str = "") -> tuple[Quantity | None, Nil | None, Reading | None]:
    """The one number that a cell states, or why it states none, and how it was read.

    unit_name: what header or unit line give; it is the unit of a number that has none of its own, and makes a number
    in brackets a negative one. A cell with words, a range, a date or several numbers is (None, WORD, …).
    """
    clean = _SPACE.sub("", plain(text))
    if not clean:
        return None, Nil.BLANK, None
    nil = NIL_WORDS.get(clean) or NIL_WORDS.get(clean.rstrip("。"))
    if nil:
        return None, nil, None
    if clean[0] == "#":  # an error that a spreadsheet shows: #DIV/0!
        return None, Nil.WORD, None
    if negative := _negative(text, unit_name):
        return negative.quantity, None, negative
    return _stated(text, clean, unit_name)


def _stated(text: str, clean: str, unit_name: str) -> tuple[Quantity | None, Nil | None, Reading | None]:
    found: tuple[Reading, ...]
    if unit_name and (alone := _NUMBER_ALONE.fullmatch(plain(text))):
        return _of_column(text, alone, unit_name)
    if _NUMBER_IN_PIECES.fullmatch(plain(text).strip()) and len(clean) != len(text.strip()):
        whole = read_numbers(clean, unit_name=unit_name)
        found = (replace(whole[0], start=0, end=len(text), printed=text, joined=True),) if len(whole) == 1 else ()
    else:
        found = read_numbers(text, unit_name=unit_name)
    numbers = [item for item in found if item.kind in (ReadingKind.QUANTITY, ReadingKind.BARE)]
    others = [item for item in found if item.kind not in (ReadingKind.QUANTITY, ReadingKind.BARE, ReadingKind.MARKER)]
    if len(numbers) > 1 and len(text) <= _LONGEST_WITH_REMARK and (remark := _REMARK.fullmatch(plain(text))):
        numbers = [item for item in numbers if item.end <= remark.start("remark")]
    if len(numbers) == 1 and not others and len(clean) - len(_SPACE.sub("", numbers[0].printed)) <= _MOST_WORDS:
        return numbers[0].quantity, None, numbers[0]
    return None, Nil.WORD, found[0] if len(found) == 1 else None


def _of_column(text: str, alone: re.Match[str], unit_name: str) -> tuple[Quantity, None, Reading]:
    """Digits alone in a column that has a unit are a number, whatever they would be in a sentence (12345)."""
    value, places = decimal_of(alone["digits"])
    quantity = Quantity(-value if alone["sign"] == "-" else value, unit_name, places)
    start, end = alone.span("number")
    kind = ReadingKind.QUANTITY
    return quantity, None, Reading(start, end, end, text[start:end], kind, quantity, unit_given=False)


def _negative(text: str, unit_name: str) -> Reading | None:
    """（123.45） in a column of amounts is −123.45; （3） is a marker."""
    found = _BRACKETED.fullmatch(plain(text).strip())
    if not found or not unit_name or not (set(".,") & set(found.group(1)) or len(found.group(1)) >= _FEWEST_DIGITS):
        return None
    inner = read_numbers(found.group(1), unit_name=unit_name)
    if len(inner) != 1 or inner[0].quantity is None:
        return None
    quantity = replace(inner[0].quantity, value=-inner[0].quantity.value)
    return replace(inner[0], start=0, end=len(text), number_end=len(text), printed=text, quantity=quantity)
