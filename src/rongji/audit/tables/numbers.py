"""What a cell states: one number, or why there is none. A blank is not 0, and a failed reading is no number."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rongji.kernel.figure import Nil
from rongji.kernel.quantity import Quantity
from rongji.kernel.reading import Reading, ReadingKind, read_cell

_PLAIN = re.compile(r"\s*([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)\s*", re.ASCII)
_LONGEST = 60  # 字以上的单元格是文字，不是数


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The one number of a cell. alone: nothing else is printed in it."""

    quantity: Quantity
    reading: Reading
    alone: bool = True


@lru_cache(maxsize=16384)
def nil_of(text: str) -> Nil:
    """Why a cell states no number; WORD for one that states a number, too."""
    if len(text) > _LONGEST:
        return Nil.WORD
    return read_cell(text, "")[1] or Nil.WORD


@lru_cache(maxsize=16384)
def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number, its unit included."""
    found = number_in(text, "")
    return found is not None and found.alone


@lru_cache(maxsize=16384)
def number_in(text: str, unit_name: str) -> CellNumber | None:
    """The number that a cell states; None for words, and where it holds several numbers.

    unit_name: unit of numbers that print none.
    """
    if len(text) > _LONGEST or not any(char.isdigit() for char in text):
        return None
    if found := _PLAIN.fullmatch(text.replace("\u3000", " ").replace("\xa0", " ")):
        return _bare(found, unit_name)
    quantity, _, reading = read_cell(text, unit_name)
    if quantity is None or reading is None:
        return None
    alone = "".join(reading.printed.split()) == "".join(text.split())
    return CellNumber(quantity, reading, alone)


def _bare(found: re.Match[str], unit_name: str) -> CellNumber:
    """Digits alone are a number in a cell, whatever they would be in a sentence (12345 is no hotline there)."""
    quantity = Quantity(Decimal(found[1].replace(",", "")), unit_name, len(found[2] or ""))
    start, end = found.span(1)
    return CellNumber(quantity, Reading(start, end, end, found[1], ReadingKind.BARE, quantity, unit_given=False))
