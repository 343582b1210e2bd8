"""丧葬补助费: months of the benefit that a deceased recipient drew."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.fen import half_up_share
from rongji.law.model import Lawbook
from rongji.rules.entitlement.one_off import OneOff, Reading, money
from rongji.rules.rule import rule

TABLE = "standards.funeral_grant"


@dataclass(frozen=True, slots=True)
class RecipientDeath:
    """The death of a recipient. deceased: 三属, or 残疾军人 who died of illness.

    standard_key: the words of the key of what he drew, joined by `|`: 烈属, 因战|5.
    """

    died_on: date
    deceased: str
    standard_key: str
    area: str = ""


@rule(id="entitlement.funeral_grant", cites=("benefit-regulation-2011", "benefit-regulation-2024"))
def funeral_grant(death: RecipientDeath, *, known_on: date, law: Lawbook | None = None) -> OneOff:
    """丧葬补助费: so many months of the pension at the standard of the day of death.

    Unit: fen. Rounding: half up, once, over all the months. As of: the day of death.
    Does not cover: death of an old wound (that is a lump sum), recipients of other benefits,
    funeral money of employers.
    Raises: UnknownWord, KeyOfStandardWrong, NoValueInForce.
    """
    reading = Reading(death.died_on, known_on, death.area, law)
    months_row = reading.worded(TABLE, "去世人员", deceased=death.deceased)
    months, benefit = months_row.value.months, months_row.value.benefit
    pension = reading.standard(months_row.value.table, death.standard_key)
    fen = half_up_share(pension.value.amount_fen, months, pension.value.divisor)
    per = "年" if pension.value.divisor > 1 else "月"
    divided = f" ÷ {pension.value.divisor}" if pension.value.divisor > 1 else ""
    key = "·".join(pension.keys)
    step = f"{benefit}（{key}）每{per} {money(pension.value.amount_fen)}{divided} × {months}个月 = {money(fen)}"
    return OneOff(fen, (months_row, pension), (step,))
