"""部分退役士兵社会保险补缴: what is paid now for months without insurance, and which level bears it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rongji.kernel.fen import half_up_share
from rongji.kernel.month import Month
from rongji.law.model import Lawbook, Row
from rongji.law.refusals import UnknownTable
from rongji.law.shapes.aid import BackPayment, Rounded
from rongji.law.shapes.amounts import percent_text
from rongji.rules.entitlement.one_off import PERCENT, OneOff, Reading, half_up, money, refuse_negative
from rongji.rules.entitlement.one_off_refusals import EndsBeforeStart, WageMissing
from rongji.rules.rule import rule

AVERAGE_WAGE = "entitlement.local_average_wage"
TABLE, SHARES = "standards.insurance_back_payment", "standards.insurance_back_payment_shares"


@dataclass(frozen=True, slots=True)
class InsuranceGap:
    """Months for which one person was not insured, both included, settled on one day.

    insurance: 养老, 医疗. average_wage_fen: the local average monthly wage as published, where no table of the place
    has it. state_bears_unit, state_bears_personal: whether the unit (gone or unable) and the person (in
    hardship) are stood in for.
    """

    insurance: str
    first_month: Month
    last_month: Month
    settled_on: date
    area: str
    average_wage_fen: int | None = None
    state_bears_unit: bool = True
    state_bears_personal: bool = False


@dataclass(frozen=True, slots=True)
class StateShares:
    """The state's part by level, in fen."""

    central_fen: int
    province_fen: int
    county_fen: int


@dataclass(frozen=True, slots=True)
class InsuranceBackPayment(OneOff):
    """The back-payment; fen: the state's part. shares: None where no table splits it."""

    months: int
    unit_fen: int
    personal_fen: int
    shares: StateShares | None


@rule(id="entitlement.insurance_back_payment", cites=("veterans-insurance-2019", "insurance-rates-2019"))
def insurance_back_payment(gap: InsuranceGap, *, known_on: date, law: Lawbook | None = None) -> InsuranceBackPayment:
    """社保补缴: months × share of the average wage × rate, for unit and person apart; the state's part by level.

    Unit: fen. Rounding: half up, once a month or once in total as the table says; levels by cumulative half up, the
    county bears the rest. As of: the day of settlement.
    Does not cover: interest and late fees, which months count as insured, what is booked to the personal account.
    Raises: UnknownWord, NoValueInForce, EndsBeforeStart, WageMissing, NegativeAmount.
    """
    refuse_negative(月平均工资=gap.average_wage_fen)
    months = _months(gap)
    reading = Reading(gap.settled_on, known_on, gap.area, law)
    row = reading.worded(TABLE, "险种", insurance=gap.insurance)
    rates: BackPayment = row.value
    wage, wage_row = _wage(gap, reading)
    unit = _amount(wage, rates, rates.unit_percent, months)
    personal = _amount(wage, rates, rates.personal_percent, months)
    state = (unit if gap.state_bears_unit else 0) + (personal if gap.state_bears_personal else 0)
    shares_row = reading.maybe(SHARES, insurance=gap.insurance)
    shares = split(state, shares_row) if shares_row else None
    return InsuranceBackPayment(
        fen=state,
        rows=tuple(item for item in (row, wage_row, shares_row) if item is not None),
        steps=(*_words(gap, wage, rates, months, unit, personal), *_share_words(state, shares, shares_row)),
        months=months,
        unit_fen=unit,
        personal_fen=personal,
        shares=shares,
    )


def split(state: int, row: Row) -> StateShares:
    """The state's part over three levels.

    Unit: fen. Rounding: half up of the running total, so that the parts add up and none is below zero.
    """
    central = half_up(Fraction(state) * Fraction(row.value.central) / PERCENT)
    both = half_up(Fraction(state) * Fraction(row.value.central + row.value.province) / PERCENT)
    return StateShares(central, both - central, state - both)


def _months(gap: InsuranceGap) -> int:
    if gap.last_month < gap.first_month:
        raise EndsBeforeStart(first_name="起始月份", first=gap.first_month, last_name="截止月份", last=gap.last_month)
    last = Month.from_day(gap.settled_on)
    if gap.last_month > last:
        raise EndsBeforeStart(first_name="截止月份", first=gap.last_month, last_name="补缴日期", last=gap.settled_on)
    return gap.last_month.index - gap.first_month.index + 1


def _wage(gap: InsuranceGap, reading: Reading) -> tuple[int, Row | None]:
    """The local average monthly wage: the table of the place, else as stated."""
    try:
        row = reading.maybe(AVERAGE_WAGE)
    except UnknownTable:
        row = None
    if row is not None:
        return half_up_share(row.value.amount_fen, 1, row.value.divisor), row
    if not gap.average_wage_fen:
        raise WageMissing
    return gap.average_wage_fen, None


def _amount(wage: int, rates: BackPayment, percent: Decimal, months: int) -> int:
    each = Fraction(wage) * Fraction(rates.base_percent) * Fraction(percent) / PERCENT**2
    return half_up(each) * months if rates.rounded is Rounded.EACH_MONTH else half_up(each * months)


def _words(gap: InsuranceGap, wage: int, rates: BackPayment, months: int, unit: int, personal: int) -> tuple[str, ...]:
    base = f"月平均工资 {money(wage)} × {percent_text(rates.base_percent)}"
    once = "逐月取整" if rates.rounded is Rounded.EACH_MONTH else "合计取整"
    unit_bearer = "政府" if gap.state_bears_unit else "单位"
    person = "政府" if gap.state_bears_personal else "个人"
    return (
        f"{gap.first_month.label}至{gap.last_month.label}共{months}个月",
        f"单位部分 {base} × {percent_text(rates.unit_percent)} × {months}（{once}）"
        f"= {money(unit)}，由{unit_bearer}承担",
        f"个人部分 {base} × {percent_text(rates.personal_percent)} × {months}（{once}）"
        f"= {money(personal)}，由{person}承担",
    )


def _share_words(state: int, shares: StateShares | None, row: Row | None) -> tuple[str, ...]:
    if shares is None or row is None:
        return (f"政府承担 {money(state)}，当地没有登记三级分担比例",)
    central, province, county = (money(fen) for fen in (shares.central_fen, shares.province_fen, shares.county_fen))
    return (f"政府承担 {money(state)}，{row.value.said}：中央 {central}、省 {province}、县 {county}",)
