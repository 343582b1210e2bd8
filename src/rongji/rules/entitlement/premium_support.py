"""参保资助: the premium of medical insurance that the bureau bears for a beneficiary."""

from dataclasses import dataclass
from datetime import date

from rongji.law.model import Lawbook
from rongji.law.shapes.aid import PremiumRule
from rongji.rules.entitlement.one_off import OneOff, Reading, money, refuse_negative, share_of
from rongji.rules.entitlement.one_off_refusals import NotInNeed
from rongji.rules.rule import rule

TABLE = "standards.premium_support"


@dataclass(frozen=True, slots=True)
class Premium:
    """One person's own premium of one year. in_need: found to be unable to pay it."""

    group: str
    paid_on: date
    premium_fen: int
    area: str
    in_need: bool = False


@rule(id="entitlement.premium_support", cites=("medical-disabled-2022", "medical-2007-101"))
def premium_support(premium: Premium, *, known_on: date, law: Lawbook | None = None) -> OneOff:
    """参保资助: the share of the person's own premium, up to an amount where there is one.

    Unit: fen. Rounding: half up, once. As of: the day of payment of the premium.
    Does not cover: the employer's part; premiums of other insurances; what others subsidise.
    Raises: UnknownWord, NoValueInForce, NotInNeed, NegativeAmount.
    """
    refuse_negative(个人缴费=premium.premium_fen)
    row = Reading(premium.paid_on, known_on, premium.area, law).worded(TABLE, "对象", group=premium.group)
    support: PremiumRule = row.value
    if support.in_need and not premium.in_need:
        raise NotInNeed(group=premium.group)
    share = share_of(premium.premium_fen, support.percent)
    fen = share if support.most_fen is None else min(share, support.most_fen)
    return OneOff(fen, (row,), (f"个人缴费 {money(premium.premium_fen)}，{support.said} = {money(fen)}",))
