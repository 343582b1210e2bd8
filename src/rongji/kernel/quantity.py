"""Quantities as they are printed: exact value, unit, and how many places were shown.

The printed precision is part of the value: `86%` and `86.0%` are different statements, and what a
difference of 0.01 means depends on it. No float anywhere.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation

from rongji.kernel.refusal import Refusal
from rongji.kernel.units import Unit, UnitKind, unit

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．，－％＋（）", "0123456789.,-%+()")
_NUMBER = re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?")
FEN_PER_YUAN = 100
EXACT = Context(prec=100)
"""Room for far more digits than any table prints: sums of printed numbers are exact in it."""


class NotANumber(Refusal):
    """A text that should be a plain number and is not."""

    code = "not-a-number"
    sentence = "“{text}”不是数字，请只填阿拉伯数字（可带小数点），单位填在单位栏。"


class NotWholeFen(Refusal):
    """An amount of money with more places than a fen has."""

    code = "not-whole-fen"
    sentence = "金额“{text}”折合不是整分，请核对小数位数（以万元计最多六位小数）。"


class UnitsDiffer(Refusal):
    """Two quantities that cannot be added or compared."""

    code = "units-differ"
    sentence = "“{left}”与“{right}”不是同类计量单位，不能相加或比较。"


def half_up(value: Decimal, places: int) -> Decimal:
    """Round half away from zero to `places` decimals, the rounding of official tables."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, EXACT)


def group_thousands(value: Decimal, places: int, *, grouping: bool = False) -> str:
    """`value` in plain digits with exactly `places` decimals, thousands separated if asked."""
    rounded = half_up(value, places)
    if rounded == 0:
        rounded = abs(rounded)
    return f"{rounded:,.{places}f}" if grouping else f"{rounded:.{places}f}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as stated: `value` in `unit_name`, shown with `places` decimals.

    value: exact Decimal in the stated unit (万元 stays 万元, % stays a percentage number).
    """

    value: Decimal
    unit_name: str
    places: int

    @classmethod
    def parse(cls, text: str, unit_name: str) -> "Quantity":
        """Read a printed number; full-width digits, separators and a trailing % are understood.

        Raises: NotANumber for anything else (words, 1.2.3, 4.3E+17), UnknownUnit.
        """
        unit(unit_name)
        cleaned = text.translate(_FULL_WIDTH).replace("\u3000", "").replace("\xa0", "").strip()
        if unit_name == "%":
            cleaned = cleaned.removesuffix("%").strip()
        if not _NUMBER.fullmatch(cleaned):
            raise NotANumber(text=text)
        digits = cleaned.replace(",", "")
        try:
            value = Decimal(digits)
        except InvalidOperation:
            raise NotANumber(text=text) from None
        return cls(value, unit_name, len(digits.partition(".")[2]))

    @classmethod
    def from_fen(cls, fen: int, unit_name: str = "万元", places: int = 2) -> "Quantity":
        """An exact amount of money kept in fen, to be shown in `unit_name` with `places` decimals."""
        return cls(Decimal(fen) / FEN_PER_YUAN / unit(unit_name).factor, unit_name, places)

    @property
    def unit(self) -> Unit:
        """The unit object of the stated unit."""
        return unit(self.unit_name)

    @property
    def base(self) -> Decimal:
        """The exact amount in base units (元 for money, 1 for ratios)."""
        return self.value * self.unit.factor

    @property
    def half_unit(self) -> Decimal:
        """Half a unit of the last printed place, in base units: what printing may have hidden."""
        return Decimal(1).scaleb(-self.places) / 2 * self.unit.factor

    @property
    def fen(self) -> int:
        """Money in whole fen.

        Raises: UnitsDiffer for anything but money, NotWholeFen when the stated places go below a fen.
        """
        if self.unit.kind is not UnitKind.MONEY:
            raise UnitsDiffer(left=self.unit_name, right="元")
        fen = self.base * FEN_PER_YUAN
        if fen != fen.to_integral_value():
            raise NotWholeFen(text=f"{self.value}{self.unit_name}")
        return int(fen)

    def to(self, unit_name: str, places: int | None = None) -> "Quantity":
        """The same exact amount in another unit of the same kind; places follow the factor unless given."""
        other = unit(unit_name)
        if not self.unit.is_comparable_with(other):
            raise UnitsDiffer(left=self.unit_name, right=unit_name)
        value = self.base / other.factor
        shift = int((other.factor / self.unit.factor).log10())
        return Quantity(value, unit_name, max(0, self.places + shift) if places is None else places)

    def shown(self, *, grouping: bool = False) -> str:
        """The number as printed, without its unit (ratios and counts alike)."""
        return group_thousands(self.value, self.places, grouping=grouping)

    def __str__(self) -> str:
        return f"{self.shown()}{self.unit_name}"
