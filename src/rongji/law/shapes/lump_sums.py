"""Formulas of what is paid once on a death or an honour: multiples of income, months of pay, percentages."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.law.fields import Fields
from rongji.law.shapes.amounts import fen_of, money_text, one_of, percent_of, percent_text, positive


class PayBasis(StrEnum):
    """Whose pay the months of a lump sum are counted in."""

    OWN = "own"  # 本人
    RAISED = "raised"  # 本人，低于少尉的按少尉
    LOWEST = "lowest"  # 少尉


@dataclass(frozen=True, slots=True)
class LumpSumRule:
    """一次性抚恤金: times the national urban income of the year before, plus months of pay.

    pay: the word of the document for the pay; income_payer/pay_payer: who pays each part; honours: whether honours
    raise it.
    """

    income_times: int
    pay_months: int
    pay: str
    basis: PayBasis
    income_payer: str
    pay_payer: str
    honours: bool

    @property
    def said(self) -> str:
        """The formula as a clerk writes it."""
        floor = {PayBasis.OWN: "本人", PayBasis.RAISED: "本人（低于少尉的按少尉）", PayBasis.LOWEST: "少尉"}[self.basis]
        return (
            f"上年全国城镇居民人均可支配收入×{self.income_times}（{self.income_payer}）"
            f"＋{floor}{self.pay}×{self.pay_months}（{self.pay_payer}）"
        )


@dataclass(frozen=True, slots=True)
class IncomeMultiple:
    """A multiple of the national urban income of the year before."""

    income_times: int

    @property
    def said(self) -> str:
        """The formula as a clerk writes it."""
        return f"上年全国城镇居民人均可支配收入×{self.income_times}"


@dataclass(frozen=True, slots=True)
class FuneralRule:
    """丧葬补助费: months of the periodic benefit that the deceased drew; table: where its standard stands."""

    months: int
    benefit: str
    table: str

    @property
    def said(self) -> str:
        """The formula as a clerk writes it."""
        return f"{self.months}个月的{self.benefit}"


@dataclass(frozen=True, slots=True)
class MeritRule:
    """立功受奖奖励: an amount, or a percentage of the family allowance of the year."""

    amount_fen: int | None
    percent: Decimal | None

    @property
    def said(self) -> str:
        """1000.00元, or 当年义务兵家庭优待金的60%."""
        if self.amount_fen is not None:
            return f"{money_text(self.amount_fen)}元"
        return f"当年义务兵家庭优待金的{percent_text(self.percent or Decimal(0))}"


def read_lump_sum(value: Fields, keys: tuple[str, ...]) -> LumpSumRule:
    """The formula of one kind of death."""
    found = LumpSumRule(
        income_times=positive(value, "income_times"),
        pay_months=positive(value, "pay_months"),
        pay=value.text("pay"),
        basis=value.choice("basis", PayBasis),
        income_payer=value.text("income_payer"),
        pay_payer=value.text("pay_payer"),
        honours=value.flag("honours"),
    )
    value.finish()
    return found


def read_income_multiple(value: Fields, keys: tuple[str, ...]) -> IncomeMultiple:
    """A multiple of income."""
    found = IncomeMultiple(positive(value, "income_times"))
    value.finish()
    return found


def read_funeral(value: Fields, keys: tuple[str, ...]) -> FuneralRule:
    """Months of a periodic benefit."""
    found = FuneralRule(positive(value, "months"), value.text("benefit"), value.text("table"))
    value.finish()
    return found


def read_merit(value: Fields, keys: tuple[str, ...]) -> MeritRule:
    """An amount or a percentage, one of the two."""
    found = MeritRule(fen_of(value, "amount", required=False), percent_of(value, "percent", required=False))
    value.finish()
    one_of(value, "amount", "percent")
    return found
