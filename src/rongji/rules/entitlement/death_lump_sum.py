"""一次性抚恤金: what the survivors of a soldier or martyr get once."""

from dataclasses import dataclass
from datetime import date

from rongji.law.model import Lawbook, Row
from rongji.law.shapes.lump_sums import LumpSumRule, PayBasis
from rongji.rules.entitlement.one_off import OneOff, Reading, money, refuse_negative, share_of
from rongji.rules.entitlement.one_off_refusals import HonoursDoNotCount, LieutenantPayMissing, PayNotStated
from rongji.rules.entitlement.urban_income import income_before, income_words
from rongji.rules.rule import rule

TABLE, HONOUR, LIEUTENANT = "standards.death_lump_sum", "standards.death_honour", "standards.lieutenant_pay"


@dataclass(frozen=True, slots=True)
class Death:
    """A death that earns a lump sum.

    nature: 烈士, 因公牺牲, 病故. scope: 现役军人, 残疾军人 (旧伤复发), 工伤保险, 其他人员. honours: won in service.
    monthly_pay_fen: pay at death; lieutenant_pay_fen: the 少尉 pay as the notice of death states it.
    """

    died_on: date
    nature: str
    scope: str
    monthly_pay_fen: int
    lieutenant_pay_fen: int | None = None
    honours: tuple[str, ...] = ()
    area: str = ""


@dataclass(frozen=True, slots=True)
class LumpSum(OneOff):
    """The lump sum that the county pays; fund_fen: what the work-injury fund pays besides."""

    income_fen: int
    pay_fen: int
    honour_fen: int
    fund_fen: int


@rule(
    id="entitlement.death_lump_sum",
    cites=("benefit-regulation-2011", "benefit-regulation-2024", "martyrs-regulation-2011", "martyrs-regulation-2024"),
)
def death_lump_sum(death: Death, *, known_on: date, law: Lawbook | None = None) -> LumpSum:
    """一次性抚恤金: times the national urban income of the year before, plus months of pay, raised for the top honour.

    Unit: fen. Rounding: half up, once, of the increase; the rest is whole.
    As of: the day of death. Does not cover: who among the survivors gets which part; pay set after a posthumous rank.
    Raises: UnknownWord, NoValueInForce, IncomeNotPublished, LieutenantPayMissing, PayNotStated, HonoursDoNotCount,
    NegativeAmount.
    """
    refuse_negative(月工资=death.monthly_pay_fen, 少尉月工资标准=death.lieutenant_pay_fen)
    reading = Reading(death.died_on, known_on, death.area, law)
    formula = reading.worded(TABLE, "死亡性质和身份", nature=death.nature, scope=death.scope)
    income = income_before(reading)
    rule_value: LumpSumRule = formula.value
    monthly, pay_row, pay_words = _monthly_pay(death, rule_value, reading, formula)
    income_fen, pay_fen = income.value.fen * rule_value.income_times, monthly * rule_value.pay_months
    honour, honour_fen, honour_words = _increase(death, rule_value, reading, income_fen + pay_fen)
    by_fund = rule_value.income_payer != rule_value.pay_payer
    county = pay_fen + honour_fen + (0 if by_fund else income_fen)
    return LumpSum(
        fen=county,
        rows=tuple(row for row in (formula, income, pay_row, honour) if row is not None),
        steps=(
            income_words(income, rule_value.income_times) + (f"（{rule_value.income_payer}支付）" if by_fund else ""),
            pay_words,
            f"{rule_value.pay} {money(monthly)} × {rule_value.pay_months}个月 = {money(pay_fen)}",
            *honour_words,
            f"{rule_value.pay_payer}支付 {money(county)}",
        ),
        income_fen=income_fen,
        pay_fen=pay_fen,
        honour_fen=honour_fen,
        fund_fen=income_fen if by_fund else 0,
    )


def _monthly_pay(death: Death, law: LumpSumRule, reading: Reading, formula: Row) -> tuple[int, Row | None, str]:
    """The pay that counts, the row it came from, and why it counts."""
    if law.basis is not PayBasis.LOWEST and death.monthly_pay_fen == 0:
        raise PayNotStated
    if law.basis is PayBasis.OWN:
        return death.monthly_pay_fen, None, f"本人{law.pay} {money(death.monthly_pay_fen)}"
    row = reading.maybe(LIEUTENANT)
    lowest = row.value.fen if row else death.lieutenant_pay_fen
    if not lowest:
        raise LieutenantPayMissing(label=f"{formula.keys[0]}（{formula.keys[1]}）")
    if law.basis is PayBasis.LOWEST:
        return lowest, row, f"按少尉{law.pay} {money(lowest)}"
    own = f"本人{law.pay} {money(death.monthly_pay_fen)}"
    if death.monthly_pay_fen < lowest:
        return lowest, row, f"{own}，低于少尉 {money(lowest)}，按少尉"
    return death.monthly_pay_fen, row, f"{own}，不低于少尉 {money(lowest)}"


def _increase(death: Death, law: LumpSumRule, reading: Reading, whole: int) -> tuple[Row | None, int, tuple[str, ...]]:
    """The row of the top honour, its increase and the words; nothing without honours."""
    if not death.honours:
        return None, 0, ()
    if not law.honours:
        raise HonoursDoNotCount(nature=death.nature, scope=death.scope)
    rows = [reading.worded(HONOUR, "荣誉", honour=honour) for honour in death.honours]
    top = max(rows, key=lambda row: row.value.percent)
    fen = share_of(whole, top.value.percent)
    only = "（只按最高一项）" if len(rows) > 1 else ""
    return top, fen, (f"{top.keys[0]}增发 {money(whole)} × {top.value.said} = {money(fen)}{only}",)
