"""Standards of benefits: how much a year or a month, for a person or for each unit (a year of service)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.kernel.fen import FEN_PER_YUAN, yuan
from rongji.kernel.month import MONTHS_A_YEAR
from rongji.law.fields import Fields


class Per(StrEnum):
    """The time that an amount is for."""

    YEAR = "year"
    MONTH = "month"


class Of(StrEnum):
    """What an amount is paid for each of."""

    PERSON = "person"
    UNIT = "unit"


@dataclass(frozen=True, slots=True)
class Standard:
    """An amount as its act states it.

    Unit: fen for the time named in `per`; divided by `divisor` it is one month's.
    """

    amount_fen: int
    per: Per
    of: Of

    @property
    def said(self) -> str:
        """As a notice prints it."""
        each = "每个计发单位" if self.of is Of.UNIT else "每人"
        return f"{each}{'每年' if self.per is Per.YEAR else '每月'} {yuan(self.amount_fen)} 元"

    @property
    def divisor(self) -> int:
        """Months that the amount is for."""
        return MONTHS_A_YEAR if self.per is Per.YEAR else 1


def read_standard(value: Fields, keys: tuple[str, ...]) -> Standard:
    """The standard of one row: amount in 元 (quoted), per year or month, of a person or a unit."""
    found = Standard(
        amount_fen=fen_of(value, "amount"),
        per=value.choice("per", Per),
        of=value.choice("of", Of, default=Of.PERSON),
    )
    value.finish()
    return found


def fen_of(value: Fields, name: str) -> int:
    """A positive amount of 元 in whole fen; what is smaller than a fen is a problem of the file."""
    amount = value.exact(name) * FEN_PER_YUAN
    if amount <= 0 or amount != amount.to_integral_value():
        value.wrong(f"“{name}”应为大于零、最多两位小数的金额（元），除不尽的请写年额")
        return 1
    return int(amount)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of some base: 0.5 = half of it."""

    share: Decimal

    @property
    def said(self) -> str:
        """As a percentage."""
        return f"{(self.share * 100).normalize():f}%"


def read_share(value: Fields, keys: tuple[str, ...]) -> Share:
    """A share between 0 and 1."""
    found = Share(value.exact("share"))
    value.finish()
    if not 0 < found.share <= 1:
        value.wrong('“share”应大于 0、不超过 1（50% 写成 "0.5"）')
    return found
