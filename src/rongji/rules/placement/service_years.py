"""Years of service as the scoring counts them."""

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction

from rongji.kernel.month import MONTHS_A_YEAR
from rongji.law.model import Row
from rongji.law.shapes.placement import BreakCounts, ServiceBreaks
from rongji.law.shapes.service_money import YEAR_WORDS, LeftOver, ServiceYears
from rongji.rules.entitlement.one_off import Reading
from rongji.rules.entitlement.service_time import Span, span
from rongji.rules.placement.facts import Soldier, Stretch, stretches_text
from rongji.rules.placement.reading import BREAKS, LEFT_OVER, YEARS
from rongji.rules.placement.refusals import BreakUnsettled, ServiceOverlaps
from rongji.rules.rule import rule

_DAY = timedelta(days=1)
EXACTLY_HALF, SINGLE_DAYS = "余下恰满半年", "不足一个月的天数"
_HALVES = {LeftOver.DROPPED: Fraction(0), LeftOver.HALF: Fraction(1, 2), LeftOver.WHOLE: Fraction(1)}


def served(enlisted_on: date, discharged_on: date) -> Span:
    """Time of service with both its days, in whole months and days.

    Raises: EndsBeforeStart.
    """
    return span(enlisted_on, discharged_on + timedelta(days=1))


def unbroken(periods: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Periods that follow each other day on day as one: 义务兵 who stayed as 军士 did not leave.

    Raises: EndsBeforeStart, ServiceOverlaps.
    """
    found: list[Stretch] = []
    for first, last in sorted(periods):
        served(first, last)
        if found and first <= found[-1][1]:
            raise ServiceOverlaps(one=stretches_text(found[-1:]), other=stretches_text([(first, last)]))
        if found and first == found[-1][1] + _DAY:
            found[-1] = (found[-1][0], last)
        else:
            found.append((first, last))
    return tuple(found)


@rule(id="placement.service_time", cites=("placement-rules-2011",))
def service_time(soldier: Soldier, reading: Reading) -> tuple[Span, tuple[Row, ...]]:
    """服役时间: of one period its whole months and days; of several what the setting for breaks says.

    Unit: months and days. Rounding: none; months and single days of the periods are added apart, and so many single
    days as the setting says make a month, so that whole years stay whole however they were served.
    As of: the season of discharge. Raises: EndsBeforeStart, ServiceOverlaps, BreakUnsettled, NoValueInForce.
    """
    stretches = unbroken(soldier.periods)
    if len(stretches) == 1:
        return served(*stretches[0]), ()
    row = reading.row(BREAKS)
    law: ServiceBreaks = row.value
    if law.counts is BreakCounts.REFUSED:
        raise BreakUnsettled(service=stretches_text(stretches), table=BREAKS)
    if law.counts is BreakCounts.LAST:
        return served(*stretches[-1]), (row,)
    times = [served(*stretch) for stretch in stretches]
    carried, days = divmod(sum(time.days for time in times), law.month_days)
    return Span(sum(time.months for time in times) + carried, days), (row,)


@rule(id="placement.service_years", cites=("placement-points-2018",))
def scored_years(soldier: Soldier, reading: Reading) -> tuple[Fraction, tuple[Row, ...], str]:
    """计分的服役年限: from the approval of enlistment to the discharge order, as years in halves.

    Unit: 年. Rounding: below six left-over months half a year, above a year; exactly six and single days by settings
    of their own. As of: the season of discharge.
    Raises: EndsBeforeStart, ServiceOverlaps, BreakUnsettled, NoValueInForce, ValueIsMissing.
    """
    time, break_rows = service_time(soldier, reading)
    row = reading.row(YEARS)
    days_row = reading.row(LEFT_OVER, case=SINGLE_DAYS) if time.days else None
    months = time.months + (1 if days_row and days_row.value.counts is LeftOver.WHOLE else 0)
    whole, left = divmod(months, MONTHS_A_YEAR)
    way, exact_row = _way(left, row.value, reading)
    rows = tuple(item for item in (row, exact_row, days_row, *break_rows) if item is not None)
    years = whole + _HALVES[way]
    left_words = f"余{left}个月（{YEAR_WORDS[way]}），计{years_text(years)}年" if left else ""
    return years, rows, f"{_breaks_said(soldier, break_rows)}{whole}年{left_words}"


def years_text(years: Fraction) -> str:
    """12, or 12.5: years come in halves."""
    whole, rest = divmod(years, 1)
    return f"{whole}.5" if rest else str(whole)


def _breaks_said(soldier: Soldier, rows: tuple[Row, ...]) -> str:
    """The periods of somebody who left and came back, and what the setting makes of them."""
    stretches = unbroken(soldier.periods)
    return f" {len(stretches)} 段（{stretches_text(stretches)}；{rows[0].value.said}），共" if rows else ""


def _way(left: int, law: ServiceYears, reading: Reading) -> tuple[LeftOver, Row | None]:
    """What left-over months count as, and the row of the case that the text leaves open."""
    if left == 0:
        return LeftOver.DROPPED, None
    if left == law.half_months:
        row = reading.row(LEFT_OVER, case=EXACTLY_HALF)
        return row.value.counts, row
    return (law.below if left < law.half_months else law.above), None
