"""Years of service as the scoring counts them."""

from datetime import date, timedelta
from fractions import Fraction

from rongji.kernel.month import MONTHS_A_YEAR
from rongji.law.model import Row
from rongji.law.shapes.service_money import YEAR_WORDS, LeftOver, ServiceYears
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.entitlement.service_time import Span, span
from rongji.rules.placement.reading import LEFT_OVER, YEARS
from rongji.rules.rule import rule

EXACTLY_HALF, SINGLE_DAYS = "余下恰满半年", "不足一个月的天数"
_HALVES = {LeftOver.DROPPED: Fraction(0), LeftOver.HALF: Fraction(1, 2), LeftOver.WHOLE: Fraction(1)}


def served(enlisted_on: date, discharged_on: date) -> Span:
    """Time of service with both its days, in whole months and days.

    Raises: EndsBeforeStart.
    """
    return span(enlisted_on, discharged_on + timedelta(days=1))


@rule(id="placement.service_years", cites=("placement-points-2018",))
def scored_years(enlisted_on: date, discharged_on: date, reading: Reading) -> tuple[Fraction, tuple[Row, ...], str]:
    """计分的服役年限: from the approval of enlistment to the discharge order, as years in halves.

    Unit: 年. Rounding: below six left-over months half a year, above a year; exactly six and single days by settings
    of their own. As of: the season of discharge. Does not cover: breaks of service.
    Raises: EndsBeforeStart, NoValueInForce, ValueIsMissing.
    """
    time = served(enlisted_on, discharged_on)
    row = reading.row(YEARS)
    days_row = reading.row(LEFT_OVER, case=SINGLE_DAYS) if time.days else None
    months = time.months + (1 if days_row and days_row.value.counts is LeftOver.WHOLE else 0)
    whole, left = divmod(months, MONTHS_A_YEAR)
    way, exact_row = _way(left, row.value, reading)
    rows = tuple(item for item in (row, exact_row, days_row) if item is not None)
    years = whole + _HALVES[way]
    left_words = f"余{left}个月（{YEAR_WORDS[way]}），计{years_text(years)}年" if left else ""
    return years, rows, f"{whole}年{left_words}"


def years_text(years: Fraction) -> str:
    """12, or 12.5: years come in halves."""
    whole, rest = divmod(years, 1)
    return f"{whole}.5" if rest else str(whole)


def _way(left: int, law: ServiceYears, reading: Reading) -> tuple[LeftOver, Row | None]:
    """What left-over months count as, and the row of the case that the text leaves open."""
    if left == 0:
        return LeftOver.DROPPED, None
    if left == law.half_months:
        row = reading.row(LEFT_OVER, case=EXACTLY_HALF)
        return row.value.counts, row
    return (law.below if left < law.half_months else law.above), None
