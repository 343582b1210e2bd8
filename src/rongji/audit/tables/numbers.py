"""What a cell states: one number, or why there is none. A blank is not 0, and a failed reading is no number."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rongji.kernel.figure import Nil
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnknownUnit, unit

_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?")
_BOUND = re.compile(r"^(?:≥|≤|>=|<=|>|<|=|不低于|不少于|不高于|不超过|大于等于|小于等于|大于|小于|达到?|约|近)")
_DASHES = re.compile(r"[-—－–―‐─/\\~]{1,6}")
_NONE = ("无", "没有", "未安排", "不涉及", "不适用")
_VAGUE_TAILS = ("以上", "多", "余", "左右")


@dataclass(frozen=True, slots=True)
class CellNumber:
    """The one number of a cell. start, end: its characters in the cell's text, unit included."""

    quantity: Quantity
    start: int
    end: int
    unit_given: bool
    vague: str = ""
    alone: bool = True


def nil_of(text: str) -> Nil:
    """Why a cell states no number."""
    words = "".join(text.split())
    if not words:
        return Nil.BLANK
    if _DASHES.fullmatch(unicodedata.normalize("NFKC", words)) or _DASHES.fullmatch(words):
        return Nil.DASH
    return Nil.NONE if words in _NONE else Nil.WORD


@lru_cache(maxsize=8192)
def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number, its unit included."""
    found = number_in(text, "")
    return found is not None and found.alone


def number_in(text: str, unit_name: str) -> CellNumber | None:
    """The number that a cell states; None for words, and where it holds several numbers.

    unit_name: unit of numbers that print none.
    """
    folded = _folded(text)
    found = list(_NUMBER.finditer(folded))
    if len(found) != 1:
        return None
    number = found[0]
    if (number.start() and folded[number.start() - 1].isalnum() and folded[number.start() - 1].isascii()) or (
        number.end() < len(folded) and folded[number.end()] in ".:/年月日号"
    ):
        return None
    before = "".join(folded[: number.start()].split())
    tail = folded[number.end() :].lstrip()
    name, vague = _unit_after("".join(tail.split()))
    digits = number.group(2).replace(",", "") + (number.group(3) or "")
    value = Decimal(number.group(1) + digits)
    quantity = Quantity(value, name or unit_name, len(number.group(3) or ".") - 1)
    rest = "".join(tail.split()).removeprefix(name + vague).removeprefix(vague + name)
    bound = _BOUND.sub("", before)
    end = _end(folded, number.end(), name)
    return CellNumber(quantity, number.start(), end, bool(name), vague, alone=not bound and not rest)


def _folded(text: str) -> str:
    """Full-width characters as plain ones, one for one, so that places stay."""
    return "".join(_fold(char) for char in text)


def _fold(char: str) -> str:
    plain = unicodedata.normalize("NFKC", char)
    return {"−": "-", "–": "-", "﹣": "-"}.get(char, plain if len(plain) == 1 else char)


def _unit_after(tail: str) -> tuple[str, str]:
    vague = next((word for word in _VAGUE_TAILS if tail.startswith(word)), "")
    rest = tail.removeprefix(vague)
    name = next((rest[:size] for size in range(min(4, len(rest)), 0, -1) if _is_unit(rest[:size])), "")
    late = next((word for word in _VAGUE_TAILS if name and rest[len(name) :].startswith(word)), "")
    return name, vague or late


@lru_cache(maxsize=2048)
def _is_unit(name: str) -> bool:
    try:
        unit(name)
    except UnknownUnit:
        return False
    return True


def _end(folded: str, start: int, name: str) -> int:
    end, left = start, name
    while left and end < len(folded):
        if folded[end] == left[0]:
            left = left[1:]
        end += 1
    return end
