"""Whether rows add up to another, within what printing may hide: the numbers as witnesses of how a table is built."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from rongji.kernel.quantity import Quantity

Amounts = Mapping[tuple[int, int], Quantity]
Signed = Sequence[tuple[int, int]]
_NOTHING = Decimal(0)
_DIGITS = 3  # as many digits that agree are no accident


@dataclass(frozen=True, slots=True)
class Witness:
    """What the columns say of one whole and its parts.

    held: columns in which they add up and that prove something; failed: columns in which they do not; wild: columns
    in which they are so far off that they cannot be meant as its parts; mixed: units that cannot be added.
    """

    held: int = 0
    failed: int = 0
    wild: int = 0
    mixed: bool = False

    @property
    def agrees(self) -> bool:
        """All columns agree, at least one with proof."""
        return self.held > 0 and not self.failed and not self.mixed

    @property
    def proves(self) -> bool:
        """At least one column proves it, and not more deny it."""
        return self.held > 0 and self.held >= self.failed and not self.mixed

    @property
    def denies(self) -> bool:
        """No column bears it out, and it is not the slip of a figure."""
        return self.mixed or (not self.held and self.wild > 0)


@dataclass(frozen=True)
class Adding:
    """The amounts of a block by row and column."""

    amounts: Amounts
    columns: Sequence[int]

    def witness(self, whole: int, parts: Signed) -> Witness:
        """What the columns say. whole: a row; parts: rows with their signs."""
        held = failed = wild = 0
        for column in self.columns:
            total = self.amounts.get((whole, column))
            stated = [(sign, item) for sign, row in parts if (item := self.amounts.get((row, column))) is not None]
            if total is None or not stated:
                continue
            if any(not item.unit.is_comparable_with(total.unit) for _, item in stated):
                return Witness(mixed=True)
            if _close(total, stated):
                held += _proves(total, stated)
            else:
                failed += 1
                wild += _is_wild(total, stated)
        return Witness(held, failed, wild)


def _close(total: Quantity, parts: Sequence[tuple[int, Quantity]]) -> bool:
    gap = total.value - _summed(total, parts)
    room = sum(
        (Decimal(5).scaleb(-item.places - 1) * _scale(item, total) for _, item in (*parts, (1, total))), _NOTHING
    )
    return abs(gap) <= room


def _summed(total: Quantity, parts: Sequence[tuple[int, Quantity]]) -> Decimal:
    return sum((sign * item.value * _scale(item, total) for sign, item in parts), _NOTHING)


def _scale(item: Quantity, other: Quantity) -> Decimal:
    """How many of the other's units one of its units is."""
    return Decimal(1) if item.unit_name == other.unit_name else item.unit.factor / other.unit.factor


def _proves(total: Quantity, parts: Sequence[tuple[int, Quantity]]) -> bool:
    """Two parts that are not 0, and digits enough not to agree by accident."""
    digits = len(str(abs(int(total.value.scaleb(total.places)))))
    return sum(1 for _, item in parts if item.value) > 1 and (digits >= _DIGITS or len(parts) > _DIGITS)


def _is_wild(total: Quantity, parts: Sequence[tuple[int, Quantity]]) -> bool:
    summed = _summed(total, parts)
    return total.value <= 0 or not total.value / 2 <= summed <= total.value * 3 / 2
