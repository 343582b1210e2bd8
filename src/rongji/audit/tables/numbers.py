"""What a cell states: one number, or why there is none. A blank is not 0, and a failed reading is no number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rongji.kernel.figure import Nil
from rongji.kernel.quantity import Quantity
from rongji.kernel.reading import Reading, ReadingKind, read_cell

_PLAIN = re.compile(r"\s*(([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)\s*([%％])?)\s*")
_LONGEST_NIL = 6
_LONGEST = 60  # 字以上的单元格是文字，不是数


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The one number of a cell. alone: nothing else is printed in it."""

    quantity: Quantity
    reading: Reading
    alone: bool = True


def nil_of(text: str) -> Nil:
    """Why a cell states no number; WORD for one that states a number, too."""
    if not text or text.isspace():
        return Nil.BLANK
    return _nil_of_words(text) if len(text) <= _LONGEST else Nil.WORD


@lru_cache(maxsize=4096)
def _nil_of_words(text: str) -> Nil:
    words = "".join(text.split())
    if len(words) > _LONGEST_NIL or any(char.isdigit() for char in words):
        return Nil.WORD
    return read_cell(words, "")[1] or Nil.WORD


@lru_cache(maxsize=16384)
def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number, its unit included."""
    if not _may_be_number(text):
        return False
    if _PLAIN.fullmatch(text):
        return True
    found = number_in(text, "")
    return found is not None and found.alone


@lru_cache(maxsize=16384)
def number_in(text: str, unit_name: str) -> CellNumber | None:
    """The number that a cell states; None for words, and where it holds several numbers.

    unit_name: unit of numbers that print none.
    """
    if not _may_be_number(text):
        return None
    if found := _PLAIN.fullmatch(text):
        return _plain_number(found, unit_name)
    quantity, _, reading = read_cell(text, unit_name)
    if quantity is None or reading is None:
        return None
    alone = "".join(reading.printed.split()) == "".join(text.split())
    return CellNumber(quantity, reading, alone)


def _may_be_number(text: str) -> bool:
    return len(text) <= _LONGEST and any(char.isdigit() for char in text)


def _plain_number(found: re.Match[str], unit_name: str) -> CellNumber:
    """Digits alone are a number in a cell, whatever they would be in a sentence (12345 is no hotline there)."""
    unit = "%" if found[4] else unit_name
    quantity = Quantity(Decimal(found[2].replace(",", "")), unit, len(found[3] or ""))
    start, end = found.span(1)
    kind = ReadingKind.QUANTITY if found[4] else ReadingKind.BARE
    return CellNumber(quantity, Reading(start, end, found.end(2), found[1], kind, quantity, unit_given=bool(found[4])))
