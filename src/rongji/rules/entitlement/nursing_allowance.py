"""护理费: a share of the local average wage for the gravely disabled who live at home."""

from decimal import Decimal

from rongji.kernel.fen import FEN_PER_YUAN, half_up_share
from rongji.law.shapes.standard import Share, Standard
from rongji.rules.entitlement.rates import Rate, from_rows
from rongji.rules.entitlement.request import Request
from rongji.rules.rule import rule

AVERAGE_WAGE = "entitlement.local_average_wage"


@rule(id="entitlement.nursing_allowance", cites=("benefit-regulation-2011",))
def nursing_amount(monthly_wage_fen: int, share: Decimal) -> int:
    """护理费: local average monthly wage × the share of cause and grade.

    Unit: fen a month. Rounding: half up to the fen, once.
    Does not cover: the disabled who are kept in an institution, and grades below 4.
    """
    return share_of(monthly_wage_fen, share)


def nursing_rate(request: Request) -> Rate:
    """The rate of nursing allowance; the wage is a table of the area (per month, or per year and divided).

    Raises: StandardNotInForce, UnknownStandardKey, ValueIsMissing.
    """
    keys = dict(zip(request.kind.keys, request.words, strict=True))
    share_row = request.needed(request.kind.standard, **keys)
    wage_row = request.needed(AVERAGE_WAGE)
    share: Share = share_row.value
    wage: Standard = wage_row.value
    monthly = half_up_share(wage.amount_fen, 1, wage.divisor)
    how = f"当地职工平均工资{wage.said.removeprefix('每人')} × {share.said}"
    return from_rows(request, nursing_amount(monthly, share.share), 1, (share_row, wage_row), how)


def share_of(amount_fen: int, share: Decimal) -> int:
    """A share of an amount.

    Unit: fen. Rounding: half up, once.
    """
    numerator, denominator = share.as_integer_ratio()
    return half_up_share(amount_fen, numerator, denominator)


def fen_in_words(text: str) -> int | None:
    """An amount of 元 written in a key word, in whole fen; None when it is no such amount."""
    try:
        amount = Decimal(text) * FEN_PER_YUAN
    except ArithmeticError:
        return None
    return int(amount) if amount.is_finite() and amount > 0 and amount == amount.to_integral_value() else None
