"""Who bears an amount: the central, provincial and county budgets' parts of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from rongji.kernel.fen import half_up_share
from rongji.kernel.month import Month
from rongji.law.model import Lawbook, Row
from rongji.law.shapes.benefit import ANY
from rongji.law.shapes.funding import Funding
from rongji.rules.entitlement.as_known import as_known
from rongji.rules.entitlement.refusals import FundingNotInForce
from rongji.rules.rule import rule

FUNDING = "entitlement.funding"


@dataclass(frozen=True, slots=True)
class Split:
    """One amount in three parts that add up to it, in fen, and the row that says so."""

    central: int
    province: int
    county: int
    row: Row


@rule(id="entitlement.funding", cites=("hubei-standards-2023", "benefit-standards-2017"))
def split(
    fen: int,
    benefit: str,
    standard_key: str,
    area: str,
    month: Month,
    known_on: date,
    law: Lawbook | None = None,
) -> Split:
    """分级负担: an amount by the weights of the three budgets; amounts taken back are split the same way.

    Unit: fen. Rounding: half up for the central and the provincial part, the county bears the rest, so nothing is lost.
    As of: the weights in force on the first day of the month the amount is for; a row of the benefit's first key word
    before one for all of them.
    Does not cover: provinces that bear a share of what is left after the central part, by kind of county.
    Raises: FundingNotInForce.
    """
    known = as_known(known_on, law)
    kind = standard_key.partition("|")[0] or ANY
    row = known.find(FUNDING, on=month.first_day, area=area, benefit=benefit, kind=kind)
    row = row or known.find(FUNDING, on=month.first_day, area=area, benefit=benefit, kind=ANY)
    if row is None:
        label = known.benefit(benefit, month, area).label
        raise FundingNotInForce(label=label, month=month.label, area=area or "区划代码")
    funding: Funding = row.value
    central, province = _part(fen, funding.central, funding), _part(fen, funding.province, funding)
    return Split(central, province, fen - central - province, row)


def _part(fen: int, weight: Decimal, funding: Funding) -> int:
    share = Fraction(weight) / Fraction(funding.total)
    return half_up_share(fen, share.numerator, share.denominator)
