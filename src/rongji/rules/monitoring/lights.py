"""Lights of mid-year monitoring: the actual against the planned progress, and a forecast to the end of the year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from rongji.kernel.quantity import half_up
from rongji.law.model import Lawbook
from rongji.law.values import as_of
from rongji.rules.rule import rule

TABLE = "scoring.review-lines"
MONTHS = 12


class Light(StrEnum):
    """What a reading shows; yellow and red must be answered."""

    GREEN = "green"
    YELLOW = "yellow"
    RED = "red"
    NONE = "none"  # nothing was planned up to that month

    @property
    def must_be_answered(self) -> bool:
        """Whether somebody has to say why and what is done about it."""
        return self in (Light.YELLOW, Light.RED)


LIGHT_LABELS = {Light.GREEN: "正常", Light.YELLOW: "黄灯", Light.RED: "红灯", Light.NONE: "未排计划"}


@dataclass(frozen=True, slots=True)
class Lines:
    """Shares of the planned progress below which a light turns yellow and red, with the trust word of the data."""

    yellow: Fraction
    red: Fraction
    trust: str


def lines_in_force(*, on: date, known_on: date, law: Lawbook | None = None) -> Lines:
    """The lines as of a day.

    Raises: NoValueInForce.
    """
    yellow = as_of(TABLE, on=on, known_on=known_on, law=law, line="schedule_yellow")
    red = as_of(TABLE, on=on, known_on=known_on, law=law, line="schedule_red")
    return Lines(Fraction(Decimal(str(yellow.value))), Fraction(Decimal(str(red.value))), yellow.trust.value)


@rule(id="monitoring.light", cites=("mof-2019-136",))
def light(planned: Decimal | int, actual: Decimal | int, lines: Lines) -> Light:
    """序时进度 light: actual ÷ planned up to the month, against the two lines.

    Unit: both amounts in the same unit (fen or the indicator's own). Rounding: none, fractions are compared.
    A share on a line is still good. Does not cover: ≤ indicators, where less is better.
    """
    if planned <= 0:
        return Light.NONE
    share = Fraction(actual) / Fraction(planned)
    if share < lines.red:
        return Light.RED
    return Light.YELLOW if share < lines.yellow else Light.GREEN


@rule(id="monitoring.forecast", cites=("mof-2019-136",))
def forecast(*, planned_to_date: int, planned_year: int, actual_to_date: int, month: int) -> int:
    """Forecast to the end of the year: the year's plan × the share reached so far; by months without a plan.

    Unit: fen, or whole units of the indicator. Rounding: half up, once, at the end.
    Departs from the text: the notice asks for a forecast and gives no method.
    """
    if planned_to_date > 0:
        value = Fraction(planned_year * actual_to_date, planned_to_date)
    else:
        value = Fraction(actual_to_date * MONTHS, month)
    return int(half_up(Decimal(value.numerator) / Decimal(value.denominator), 0))
