"""The national urban income per head of the year before an event: what lump sums are multiples of."""

from rongji.law.model import Row
from rongji.law.refusals import NoValueInForce
from rongji.rules.entitlement.one_off import Reading, money
from rongji.rules.entitlement.one_off_refusals import IncomeNotPublished

TABLE = "standards.urban_income"


def income_before(event: Reading) -> Row:
    """上一年度全国城镇居民人均可支配收入, by the day of the event; value: Money a year.

    As of: the year before the event, once it is published; an older year never stands in.
    Raises: IncomeNotPublished.
    """
    year = str(event.on.year - 1)
    try:
        return event.row(TABLE, year=year)
    except NoValueInForce:
        raise IncomeNotPublished(event=event.on, year=year, known_on=event.known_on) from None


def income_words(income: Row, times: int) -> str:
    """`2021年全国城镇居民人均可支配收入 47,412.00元 × 20 = 948,240.00元`."""
    fen = income.value.fen
    return f"{income.keys[0]}年全国城镇居民人均可支配收入 {money(fen)} × {times} = {money(fen * times)}"
