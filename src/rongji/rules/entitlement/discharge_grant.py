"""自主就业一次性经济补助: what a discharged soldier who finds his own work gets, by years of service."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from rongji.law.model import Lawbook, Row
from rongji.law.shapes.service_money import YEAR_WORDS, DischargeFormula, DischargeRule, LeftOver, ServiceYears
from rongji.rules.entitlement.one_off import PERCENT, OneOff, Reading, half_up, money, share_of
from rongji.rules.entitlement.one_off_refusals import (
    CountTooSmall,
    EndsBeforeStart,
    NoServiceLeft,
    ServiceNotThatLong,
    ServiceTooShort,
)
from rongji.rules.entitlement.service_time import span
from rongji.rules.rule import rule

TABLE, HONOUR = "standards.discharge_grant", "standards.discharge_honour"
YEARS, LEFT_OVER = "standards.service_years", "standards.service_left_over"
EXACTLY_HALF, SINGLE_DAYS = "余下恰满半年", "不足一个月的天数"
_MONTHS_A_YEAR = 12
_HALVES = {LeftOver.DROPPED: Fraction(0), LeftOver.HALF: Fraction(1, 2), LeftOver.WHOLE: Fraction(1)}


@dataclass(frozen=True, slots=True)
class Discharge:
    """A discharge into self-chosen work.

    soldier: 义务兵, 军士. discharged_on: the day on which service had ended. held_back_months: time held back in the
    army, which does not count. payer: 地方, or 军队 for the army's own 退役金 as a matter of record.
    """

    enlisted_on: date
    discharged_on: date
    soldier: str
    area: str
    honours: tuple[str, ...] = ()
    held_back_months: int = 0
    payer: str = "地方"


@dataclass(frozen=True, slots=True)
class DischargeGrant(OneOff):
    """The grant. years: years of service as they count, in halves."""

    years: Fraction
    base_fen: int
    honour_fen: int


@rule(
    id="entitlement.discharge_grant",
    cites=("placement-rules-2011", "placement-regulation-2024"),
)
def discharge_grant(discharge: Discharge, *, known_on: date, law: Lawbook | None = None) -> DischargeGrant:
    """一次性经济补助: the local formula over the years of service, left-over months in halves, highest honour only.

    Unit: fen. Rounding: half up, once for the base and once for the increase. As of: the day of discharge.
    Does not cover: 逐月领取退役金, placement by the state, tax.
    Raises: UnknownWord, NoValueInForce, EndsBeforeStart, NoServiceLeft, CountTooSmall, ServiceTooShort,
    ServiceNotThatLong.
    """
    reading = Reading(discharge.discharged_on, known_on, discharge.area, law)
    formula = reading.worded(TABLE, "发放主体和人员", payer=discharge.payer, soldier=discharge.soldier)
    years, year_rows, year_words = service_years(discharge, reading)
    base = _base(formula.value, years, discharge.soldier)
    honour, honour_fen, honour_words = _increase(discharge, reading, base)
    return DischargeGrant(
        fen=base + honour_fen,
        rows=tuple(row for row in (formula, *year_rows, honour) if row is not None),
        steps=(year_words, f"{formula.value.said}，{_number(years)}年 = {money(base)}", *honour_words),
        years=years,
        base_fen=base,
        honour_fen=honour_fen,
    )


@rule(id="entitlement.discharge_grant.years", cites=("placement-rules-2011",))
def service_years(discharge: Discharge, reading: Reading) -> tuple[Fraction, tuple[Row, ...], str]:
    """服役年限: whole months from enlistment to discharge without time held back, as years in halves.

    Unit: 年. Rounding: by the table: below six left-over months half a year, above a year; exactly six and single
    days by settings of their own. As of: the day of discharge. Does not cover: breaks of service.
    Raises: EndsBeforeStart, NoServiceLeft, CountTooSmall, NoValueInForce.
    """
    months, days_row = _months(discharge, reading)
    row = reading.row(YEARS)
    counts: ServiceYears = row.value
    whole, left = divmod(months, _MONTHS_A_YEAR)
    exact_row = reading.row(LEFT_OVER, case=EXACTLY_HALF) if left == counts.half_months else None
    if left == 0:
        way = LeftOver.DROPPED
    elif exact_row:
        way = exact_row.value.counts
    else:
        way = counts.below if left < counts.half_months else counts.above
    years = whole + _HALVES[way]
    rows = tuple(item for item in (row, exact_row, days_row) if item is not None)
    held = f"，已扣除不计入的{discharge.held_back_months}个月" if discharge.held_back_months else ""
    left_words = f"，余{left}个月{YEAR_WORDS[way]}" if left else ""
    return years, rows, f"服役{months}个月（{whole}年{left_words}）{held}，按{_number(years)}年"


def _months(discharge: Discharge, reading: Reading) -> tuple[int, Row | None]:
    """Whole months that count, and the row that says what single days are."""
    if discharge.held_back_months < 0:
        raise CountTooSmall(what="不计入的月数", least=0, count=discharge.held_back_months)
    if discharge.discharged_on < discharge.enlisted_on:
        raise EndsBeforeStart(
            first_name="入伍日期", first=discharge.enlisted_on, last_name="退役日期", last=discharge.discharged_on
        )
    served = span(discharge.enlisted_on, discharge.discharged_on)
    days_row = reading.row(LEFT_OVER, case=SINGLE_DAYS) if served.days else None
    whole = served.months + (1 if days_row and days_row.value.counts is LeftOver.WHOLE else 0)
    months = whole - discharge.held_back_months
    if months <= 0:
        raise NoServiceLeft(months=whole, held_back=discharge.held_back_months)
    return months, days_row


def _base(law: DischargeRule, years: Fraction, soldier: str) -> int:
    """The grant without honours."""
    if law.formula is DischargeFormula.PER_YEAR:
        return half_up(law.amount_fen * years)
    if law.formula is DischargeFormula.FIXED:
        if years != law.from_years:
            raise ServiceNotThatLong(from_years=law.from_years, years=_number(years))
        return law.amount_fen
    if years < law.from_years:
        raise ServiceTooShort(soldier=soldier, from_years=law.from_years, years=_number(years))
    steps = 1 + (years - law.from_years) * Fraction(law.step_percent) / PERCENT
    return half_up(law.amount_fen * steps)


def _increase(discharge: Discharge, reading: Reading, base: int) -> tuple[Row | None, int, tuple[str, ...]]:
    """The row of the top honour, its increase and the words; a place without a rule for honours raises nothing."""
    for honour in discharge.honours:
        reading.check_word(HONOUR, "荣誉", payer=discharge.payer, honour=honour)
    found = [reading.maybe(HONOUR, payer=discharge.payer, honour=honour) for honour in discharge.honours]
    rows = [row for row in found if row is not None]
    if not rows:
        none = ("当地没有规定立功增发",) if discharge.honours else ()
        return None, 0, none
    top = max(rows, key=lambda row: row.value.percent)
    fen = share_of(base, top.value.percent)
    only = "（只按最高一项）" if len(discharge.honours) > 1 else ""
    return top, fen, (f"{top.keys[1]}增发 {money(base)} × {top.value.said} = {money(fen)}{only}",)


def _number(years: Fraction) -> str:
    """2, or 2.5: years come in halves."""
    whole, rest = divmod(years, 1)
    return f"{whole}.5" if rest else str(whole)
