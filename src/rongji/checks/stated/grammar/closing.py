"""Which numbers can be added, whether they add up within what their print can hide, and how many it takes. Linear."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from rongji.checks.intervals import exactly, stated
from rongji.checks.stated.grammar.outline import Item
from rongji.checks.stated.phrase import Role
from rongji.kernel.units import UnitKind, is_measured

_SEVERAL = 2
_FAR = 4  # times the usual spread of rounding, as in the arithmetic of relations
_NEAR = 20  # a gap of 1/20 of the whole
_NOTHING = exactly(Fraction(0))
TIMES = frozenset({"年", "月", "日", "天", "岁", "级", "周", "季度", "届", "个月"})


def is_addend(item: Item) -> bool:
    """Whether a number is an amount or a count of things that others can be added to (no age, no rate, no change)."""
    if item.quantity.unit_name in TIMES or item.kind not in (UnitKind.MONEY, UnitKind.COUNT):
        return False
    return item.role in (Role.AMOUNT, Role.AFTER)


def are_comparable(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether whole and parts count the same things (编制 is counted in 个 and 名 alike)."""
    mine = whole.quantity.unit
    if whole.kind is UnitKind.MONEY:
        return True
    return all(mine.is_comparable_with(item.quantity.unit) or _are_posts(whole, item) for item in parts)


def makes_up(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether parts add up to a whole, and that says something."""
    return closes(whole, parts) and may_close(whole, parts)


def may_close(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether adding up says something: several parts, of the same kind or at least three of mixed kinds."""
    if len(parts) < _SEVERAL:
        return False
    if are_comparable(whole, parts):
        return True
    measured = any(is_measured(item.quantity.unit_name) or item.quantity.places for item in (whole, *parts))
    return len(parts) > _SEVERAL and not measured


def closes(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the parts add up to the whole."""
    if not parts:
        return False
    if not whole.is_exact or any(not item.is_exact for item in parts):
        total = sum((stated(item.figure).scaled(item.phrase.sign) for item in parts), _NOTHING)
        return total.meets(stated(whole.figure))
    gap = abs(sum((item.amount for item in parts), Decimal(0)) - whole.amount)
    room = sum((item.room for item in parts), whole.room)
    squares = sum((item.room**2 for item in parts), whole.room**2)
    return gap <= room and _is_likely(gap, squares)


def closing_prefix(whole: Item, parts: Sequence[Item], least: int = 2) -> int:
    """How many of the first numbers add up to the whole, 0 when no such number does."""
    found, room, squares = Decimal(0), whole.room, whole.room**2
    for count, item in enumerate(parts, 1):
        if not item.is_exact:
            return 0
        found, room, squares = found + item.amount, room + item.room, squares + item.room**2
        gap = abs(found - whole.amount)
        if count >= least and gap <= room and _is_likely(gap, squares):
            return count
    return 0


def _are_posts(whole: Item, part: Item) -> bool:
    units = {whole.quantity.unit_name, part.quantity.unit_name}
    return units <= {"个", "人", "名", "位"} and "编" in whole.phrase.label


def _is_likely(gap: Decimal, squares: Decimal) -> bool:
    """Whether rounding by chance piles up that far: four times the root of a third of the squared margins."""
    return 3 * gap**2 <= _FAR**2 * squares


def nearly_closes(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the parts come so near the whole that they were probably meant to make it up."""
    gap = sum((Fraction(item.amount) for item in parts), Fraction(0)) - Fraction(whole.amount)
    return abs(gap) * _NEAR <= abs(Fraction(whole.amount))


def exceeds(whole: Item, parts: Sequence[Item]) -> bool:
    """Whether the parts are more than the whole can be."""
    low = sum((stated(item.figure).low or Fraction(0) for item in parts), Fraction(0))
    high = stated(whole.figure).high
    return high is not None and low > high
