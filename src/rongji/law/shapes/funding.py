"""Who bears a benefit: weights of the central, provincial and county budgets, and the trigger of the price subsidy."""

from dataclasses import dataclass
from decimal import Decimal

from rongji.kernel.fen import yuan
from rongji.law.fields import Fields
from rongji.law.shapes.standard import fen_of


@dataclass(frozen=True, slots=True)
class Funding:
    """Weights of the three levels: shares, or the amounts of one year; only their ratio counts."""

    central: Decimal
    province: Decimal
    county: Decimal

    @property
    def said(self) -> str:
        """The three weights."""
        return f"中央 {self.central}、省 {self.province}、县 {self.county}"

    @property
    def total(self) -> Decimal:
        """Sum of the weights."""
        return self.central + self.province + self.county


def read_funding(value: Fields, keys: tuple[str, ...]) -> Funding:
    """The weights of one benefit."""
    found = Funding(value.exact("central"), value.exact("province"), value.exact("county"))
    value.finish()
    if min(found.central, found.province, found.county) < 0 or found.total <= 0:
        value.wrong("三级负担都不能为负，合计应大于零")
    return found


@dataclass(frozen=True, slots=True)
class PriceTrigger:
    """From which growth of prices on (year on year, in %) the subsidy is paid, and its least amount.

    cpi: consumer prices as a whole; food: their food part. floor_fen: least amount of a month, 0 where none is set.
    """

    cpi: Decimal
    food: Decimal
    floor_fen: int

    @property
    def said(self) -> str:
        """Both lines, and the floor where there is one."""
        floor = f"，每月不低于 {yuan(self.floor_fen)} 元" if self.floor_fen else ""
        return f"居民消费价格同比涨幅达到 {self.cpi}%，或其中食品价格达到 {self.food}%{floor}"


def read_price_trigger(value: Fields, keys: tuple[str, ...]) -> PriceTrigger:
    """The trigger in force."""
    found = PriceTrigger(
        cpi=value.exact("cpi"),
        food=value.exact("food"),
        floor_fen=fen_of(value, "floor") if "floor" in value.content else 0,
    )
    value.finish()
    return found


@dataclass(frozen=True, slots=True)
class PriceGrowth:
    """Growth of prices in one month against the same month a year before, in %."""

    cpi: Decimal
    food: Decimal

    @property
    def said(self) -> str:
        """Both indices."""
        return f"居民消费价格同比 {self.cpi}%，其中食品 {self.food}%"


def read_price_growth(value: Fields, keys: tuple[str, ...]) -> PriceGrowth:
    """The published growth of one month."""
    found = PriceGrowth(value.exact("cpi"), value.exact("food"))
    value.finish()
    return found
