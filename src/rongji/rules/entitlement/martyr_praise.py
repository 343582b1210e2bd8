"""烈士褒扬金: what honours a martyr, on top of the lump sum."""

from dataclasses import dataclass
from datetime import date

from rongji.law.model import Lawbook
from rongji.rules.entitlement.one_off import OneOff, Reading
from rongji.rules.entitlement.urban_income import income_before, income_words
from rongji.rules.rule import rule

TABLE = "standards.martyr_praise"


@dataclass(frozen=True, slots=True)
class Sacrifice:
    """The death of a recognised martyr."""

    died_on: date
    area: str = ""


@rule(id="entitlement.martyr_praise", cites=("martyrs-regulation-2011", "martyrs-regulation-2024"))
def martyr_praise(sacrifice: Sacrifice, *, known_on: date, law: Lawbook | None = None) -> OneOff:
    """烈士褒扬金: times the national urban income of the year before the sacrifice.

    Unit: fen. Rounding: none, the product is whole. As of: the day of death, not of recognition.
    Does not cover: the raise that wartime allows (no standard seen); who gets which part.
    Raises: NoValueInForce, IncomeNotPublished.
    """
    reading = Reading(sacrifice.died_on, known_on, sacrifice.area, law)
    formula = reading.row(TABLE)
    income = income_before(reading)
    times = formula.value.income_times
    return OneOff(income.value.fen * times, (formula, income), (income_words(income, times),))
