"""Whether numbers add up within what their print can hide, and how many of a list are needed for it. Linear."""

from collections.abc import Sequence
from fractions import Fraction

from rongji.checks.intervals import exactly, stated
from rongji.checks.stated.outline import Item

_FAR = 4  # times the usual spread of rounding, as in the arithmetic of relations
_NOTHING = exactly(Fraction(0))


def value(item: Item) -> Fraction:
    """The number in base units, a decrease below zero."""
    return item.amount


def closes(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the parts add up to the whole."""
    figures = [item.figure for item in parts]
    if not figures:
        return False
    if not whole.is_exact or any(item.vague for item in figures):
        total = sum(
            (stated(item).scaled(part.phrase.sign) for item, part in zip(figures, parts, strict=True)), _NOTHING
        )
        return total.meets(stated(whole.figure))
    gap = abs(sum((value(item) for item in parts), Fraction(0)) - value(whole))
    squares = sum((item.room**2 for item in (whole, *parts)), Fraction(0))
    return gap <= _room(whole, parts) and gap**2 <= _FAR**2 * squares / 3


def closing_prefix(whole: Item, parts: Sequence[Item], least: int = 2) -> int:
    """How many of the first numbers add up to the whole, 0 when no such number does."""
    found, room, spread = Fraction(0), whole.room, whole.room**2 / 3
    due = value(whole)
    for count, item in enumerate(parts, 1):
        if not item.is_exact:
            return 0
        own = item.room
        found, room, spread = found + value(item), room + own, spread + own**2 / 3
        gap = abs(found - due)
        if count >= least and gap <= room and gap**2 <= _FAR**2 * spread:
            return count
    return 0


def exceeds(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the parts are more than the whole can be."""
    low = sum((stated(item.figure).low or Fraction(0) for item in parts), Fraction(0))
    high = stated(whole.figure).high
    return high is not None and low > high


def _room(whole: Item, parts: Sequence[Item]) -> Fraction:
    return whole.room + sum((item.room for item in parts), Fraction(0))
