"""Amounts and percentages of legal rows, and how they are read: 元 as quoted decimals into whole fen."""

from dataclasses import dataclass
from decimal import Decimal

from rongji.law.fields import Fields

FEN_PER_YUAN = 100
WHOLE_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money in fen; per: what it is for (年, 月, 人), empty when plain."""

    fen: int
    per: str = ""

    @property
    def said(self) -> str:
        """30789.50元每年."""
        return f"{money_text(self.fen)}元" + (f"每{self.per}" if self.per else "")


@dataclass(frozen=True, slots=True)
class Percent:
    """A share in percent, as the document prints it."""

    percent: Decimal

    @property
    def said(self) -> str:
        """35%."""
        return percent_text(self.percent)


def money_text(fen: int) -> str:
    """Fen as yuan with two places, without separators."""
    return f"{Decimal(fen) / FEN_PER_YUAN:.2f}"


def percent_text(percent: Decimal) -> str:
    """35%, 12.5%: no zeros behind the point."""
    text = f"{percent:f}"
    return f"{text.rstrip('0').rstrip('.') if '.' in text else text}%"


def fen_of(value: Fields, name: str, *, required: bool = True) -> int | None:
    """An amount in 元 (quoted decimal) as whole fen."""
    amount = value.number(name, required=required)
    if amount is None:
        return None
    fen = amount * FEN_PER_YUAN
    if fen < 0 or fen != fen.to_integral_value():
        value.wrong(f"“{name}”应为不小于零的金额，最多两位小数")
        return 0
    return int(fen)


def required_fen(value: Fields, name: str) -> int:
    """A required amount in 元 as whole fen."""
    return fen_of(value, name) or 0


def percent_of(value: Fields, name: str, *, required: bool = True, most: int | None = None) -> Decimal | None:
    """A percentage, not below zero; most: what it may not exceed."""
    found = value.number(name, required=required)
    if found is not None and (found < 0 or (most is not None and found > most)):
        value.wrong(f"“{name}”应在 0 到 {most} 之间" if most is not None else f"“{name}”不应小于零")
    return found


def positive(value: Fields, name: str) -> int:
    """A whole number above zero."""
    found = value.whole(name)
    if found <= 0:
        value.wrong(f"“{name}”应大于零")
    return found


def one_of(value: Fields, *names: str) -> None:
    """Note it when not exactly one of these is written."""
    given = [name for name in names if value.content.get(name) is not None]
    if len(given) != 1:
        value.wrong(f"“{'”“'.join(names)}”必须且只能写一个")


def read_money(value: Fields, keys: tuple[str, ...]) -> Money:
    """A plain amount."""
    found = Money(required_fen(value, "amount"), value.text("per", required=False))
    value.finish()
    return found


def read_percent(value: Fields, keys: tuple[str, ...]) -> Percent:
    """A plain percentage."""
    found = Percent(percent_of(value, "percent") or Decimal(0))
    value.finish()
    return found
