"""待安置期: living allowance not below the local minimum living standard, and the insurance that finance pays."""

from decimal import Decimal

from rongji.kernel.fen import half_up_share, yuan
from rongji.law.model import Row
from rongji.law.shapes.standard import Share, Standard
from rongji.rules.entitlement.nursing_allowance import fen_in_words, share_of
from rongji.rules.entitlement.rates import Rate, from_rows
from rongji.rules.entitlement.refusals import KeyDoesNotFit
from rongji.rules.entitlement.request import Request
from rongji.rules.rule import rule

LEAST = "entitlement.low_income_standard"


@rule(id="entitlement.waiting_allowance", cites=("placement-rules-2011",))
def waiting_amount(local_fen: int, least_fen: int) -> int:
    """待安置期生活补助: the local standard, not below the local minimum living standard.

    Unit: fen a month. Rounding: none, both are whole fen.
    Does not cover: half months, which some provinces count.
    """
    return max(local_fen, least_fen)


@rule(id="entitlement.waiting_insurance", cites=("placement-opinion-2018",))
def insurance_amount(base_fen: int, share: Decimal) -> int:
    """待安置期社会保险缴费: the wage base of the last year of service × the share that finance pays.

    Unit: fen a month. Rounding: half up to the fen, once.
    Does not cover: the person's own share of medical insurance; lower and upper limits of the base.
    """
    return share_of(base_fen, share)


def waiting_rate(request: Request) -> Rate:
    """The rate of living allowance: two tables of the area, the standard and its floor.

    Raises: StandardNotInForce, ValueIsMissing.
    """
    row, least_row = request.needed(request.kind.standard), request.find(LEAST)
    local, least = _monthly(row), _monthly(least_row) if least_row else 0
    floor = f"，当地最低生活保障标准每月 {yuan(least)} 元，取高" if least_row else ""
    rows = (row, least_row) if least_row else (row,)
    return from_rows(request, waiting_amount(local, least), 1, rows, f"当地标准每月 {yuan(local)} 元{floor}")


def insurance_rate(request: Request) -> Rate:
    """The rate of insurance: the key names the insurance and the base in 元.

    Raises: StandardNotInForce, UnknownStandardKey, ValueIsMissing, KeyDoesNotFit for a base that is no amount.
    """
    insurance, base = request.words
    base_fen = fen_in_words(base)
    if base_fen is None:
        raise KeyDoesNotFit(
            label=request.kind.label, expected="险种和缴费基数（如 养老|5200.00）", given=f"{insurance}|{base}"
        )
    row = request.needed(request.kind.standard, insurance=insurance)
    share: Share = row.value
    how = f"{insurance}保险缴费基数 {yuan(base_fen)} 元 × {share.said}"
    return from_rows(request, insurance_amount(base_fen, share.share), 1, (row,), how)


def _monthly(row: Row) -> int:
    standard: Standard = row.value
    return half_up_share(standard.amount_fen, 1, standard.divisor)
