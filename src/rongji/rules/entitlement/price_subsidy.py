"""价格临时补贴: paid in a month whose price index, published for the month before, reaches a trigger."""

from rongji.kernel.fen import FEN_PER_YUAN, half_up_share, yuan
from rongji.law.model import Row
from rongji.law.shapes.funding import PriceGrowth, PriceTrigger
from rongji.law.shapes.standard import Standard
from rongji.rules.entitlement.rates import Rate, from_rows
from rongji.rules.entitlement.request import Request
from rongji.rules.rule import rule

TRIGGER = "entitlement.price_trigger"
GROWTH = "entitlement.price_growth"
LOW_INCOME = "entitlement.low_income_standard"
_PERCENT = 100


@rule(
    id="entitlement.price_subsidy",
    cites=("price-linkage-2016", "price-linkage-2021", "price-linkage-2022"),
)
def price_subsidy_amount(low_income_fen: int, growth: PriceGrowth, trigger: PriceTrigger) -> int:
    """价格临时补贴: low-income standard × growth of the index that reached its line, the higher where both did.

    Unit: fen a month; 0 where no line is reached. Rounding: half up to whole yuan, then not below the floor.
    Does not cover: the 20 working days within which it is to be paid.
    """
    reached = [index for index, line in ((growth.cpi, trigger.cpi), (growth.food, trigger.food)) if index >= line]
    if not reached:
        return 0
    numerator, denominator = (max(reached) / _PERCENT).as_integer_ratio()
    whole_yuan = half_up_share(low_income_fen, numerator, denominator * FEN_PER_YUAN)
    return max(whole_yuan * FEN_PER_YUAN, trigger.floor_fen)


def price_subsidy_rate(request: Request) -> Rate | None:
    """The rate of a month, by the index of the month before; None while that is unknown or below its lines.

    Raises: StandardNotInForce where a line is reached and the area's low-income standard is not there.
    """
    trigger_row, growth_row = request.find(TRIGGER), _growth(request)
    if trigger_row is None or growth_row is None:
        return None
    growth: PriceGrowth = growth_row.value
    trigger: PriceTrigger = trigger_row.value
    if not is_triggered(growth, trigger):
        return None
    standard_row = request.needed(LOW_INCOME)
    standard: Standard = standard_row.value
    monthly = half_up_share(standard.amount_fen, 1, standard.divisor)
    amount = price_subsidy_amount(monthly, growth, trigger)
    how = f"上月{growth.said}，达到条件（{trigger.said}），低保标准每月 {yuan(monthly)} 元"
    return from_rows(request, amount, 1, (trigger_row, growth_row, standard_row), how)


def is_triggered(growth: PriceGrowth, trigger: PriceTrigger) -> bool:
    """Whether either index reaches its line; on the line counts."""
    return growth.cpi >= trigger.cpi or growth.food >= trigger.food


def _growth(request: Request) -> Row | None:
    before = request.month - 1
    row = request.known.find(GROWTH, on=before.first_day, area=request.area)
    return row if row and row.effective == before.first_day else None
