"""Whole fen: the one rounding of amounts of money, in integers, the same in every engine."""

from decimal import Decimal

FEN_PER_YUAN = 100


def half_up_share(amount: int, numerator: int, denominator: int) -> int:
    """amount × numerator ÷ denominator in whole fen.

    Rounding: half away from zero, in integers, once. Raises: ValueError for a denominator that is not positive.
    """
    if denominator <= 0:
        raise ValueError("a share needs a positive denominator")
    product = amount * numerator
    rounded = (2 * abs(product) + denominator) // (2 * denominator)
    return rounded if product >= 0 else -rounded


def yuan(fen: int) -> str:
    """An amount of fen as yuan with two places and separated thousands: 1,234.50."""
    return f"{Decimal(fen) / FEN_PER_YUAN:,.2f}"
