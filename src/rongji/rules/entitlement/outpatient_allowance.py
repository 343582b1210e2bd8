"""门诊补助 that is paid by period, whatever the bills: an amount each quarter, or a share of the yearly pension."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.fen import half_up_share
from rongji.kernel.month import MONTHS_A_YEAR
from rongji.law.model import Lawbook
from rongji.law.shapes.medical import MedicalRule, Mode
from rongji.rules.entitlement.medical_subsidy import TABLE
from rongji.rules.entitlement.one_off import OneOff, Reading, money, share_of
from rongji.rules.entitlement.one_off_refusals import CountTooSmall, OtherRuleForCare
from rongji.rules.rule import rule


@dataclass(frozen=True, slots=True)
class OutpatientPeriods:
    """So many periods (quarters, years) of outpatient subsidy.

    pension, standard_key: the periodic benefit (disability_pension) and the key of its standard (因战|5), where the
    subsidy is a share of it.
    """

    group: str
    paid_on: date
    area: str
    periods: int = 1
    care: str = "门诊"
    pension: str = ""
    standard_key: str = ""


@rule(id="entitlement.medical_subsidy.outpatient", cites=("medical-2007-101",))
def outpatient_allowance(periods: OutpatientPeriods, *, known_on: date, law: Lawbook | None = None) -> OneOff:
    """门诊补助: the amount of each period, or the share of the yearly pension at the standard of the day.

    Unit: fen. Rounding: half up, once for each period. As of: the day of payment.
    Does not cover: bills (`medical_subsidy`).
    Raises: UnknownWord, NoValueInForce, CountTooSmall, OtherRuleForCare.
    """
    if periods.periods <= 0:
        raise CountTooSmall(what="期数", least=1, count=periods.periods)
    reading = Reading(periods.paid_on, known_on, periods.area, law)
    row = reading.worded(TABLE, "对象和就医方式", group=periods.group, care=periods.care)
    local: MedicalRule = row.value
    if local.mode is Mode.FIXED:
        each = local.amount_fen or 0
        fen = each * periods.periods
        return OneOff(fen, (row,), (f"{local.said} × {periods.periods}期 = {money(fen)}",))
    if local.mode is not Mode.PENSION_SHARE:
        raise OtherRuleForCare(group=periods.group, care=periods.care, said=local.said, other="按结算单计算的医疗补助")
    pension = reading.standard(f"standards.{periods.pension}", periods.standard_key)
    yearly = half_up_share(pension.value.amount_fen, MONTHS_A_YEAR, pension.value.divisor)
    fen = share_of(yearly, local.percent) * periods.periods
    step = f"{local.said}：每年 {money(yearly)}，{periods.periods}期 = {money(fen)}"
    return OneOff(fen, (row, pension), (step,))
