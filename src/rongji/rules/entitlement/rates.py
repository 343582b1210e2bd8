"""One month's rate of a benefit: the amount, what divides it, and how the month becomes whole fen."""

from dataclasses import dataclass
from datetime import date

from rongji.kernel.fen import half_up_share, yuan
from rongji.kernel.month import Month
from rongji.law.model import Row, Trust
from rongji.law.shapes.benefit import RoundingWay
from rongji.law.shapes.standard import Standard
from rongji.rules.entitlement.request import Request

ROUNDING = "entitlement.rounding"


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of a benefit comes to in one month, before rounding: amount_fen ÷ divisor.

    position: 1 for the month in which the standard takes effect, 2 for the next … up to divisor, then 1 again.
    rows: rows of law it rests on, the standard first. act: citation of the standard's act. how: in words.
    """

    amount_fen: int
    divisor: int
    position: int
    rounding: RoundingWay
    rows: tuple[Row, ...]
    act: str
    trust: Trust
    how: str

    @property
    def row(self) -> Row:
        """The row of the standard."""
        return self.rows[0]

    @property
    def known(self) -> date:
        """The day from which it could be known."""
        return max(row.known for row in self.rows)

    def fen(self, units: int) -> int:
        """One month of so many units.

        Unit: fen. Rounding: half up, each month for itself, or over the standard's year so that twelve months add up.
        """
        total, divisor = self.amount_fen * units, self.divisor
        if divisor == 1 or self.rounding is RoundingWay.EACH_MONTH:
            return half_up_share(total, 1, divisor)
        return half_up_share(total, self.position, divisor) - half_up_share(total, self.position - 1, divisor)

    def said(self, units: int) -> str:
        """The computation as a calculation sheet shows it."""
        times = f" × {units}" if units != 1 else ""
        if self.divisor == 1:
            return f"{yuan(self.amount_fen)} 元{times} = {yuan(self.fen(units))} 元"
        way = f"（标准年度第 {self.position} 个月，{self.rounding.said}）"
        kind = way if self.rounding is RoundingWay.OVER_STANDARD_YEAR else f"（{self.rounding.said}）"
        return f"{yuan(self.amount_fen)} 元{times} ÷ {self.divisor} = {yuan(self.fen(units))} 元{kind}"


def standard_rate(request: Request) -> Rate:
    """The rate that a table of standards states.

    Raises: StandardNotInForce, UnknownStandardKey, ValueIsMissing.
    """
    keys = dict(zip(request.kind.keys, request.words, strict=True))
    row = request.needed(request.kind.standard, **keys)
    standard: Standard = row.value
    return from_rows(request, standard.amount_fen, standard.divisor, (row,), standard.said)


def from_rows(request: Request, amount_fen: int, divisor: int, rows: tuple[Row, ...], how: str) -> Rate:
    """A rate out of an amount and the rows it rests on, with the way of rounding of the area."""
    acts = request.known.book.acts
    way = request.needed(ROUNDING)
    return Rate(
        amount_fen=amount_fen,
        divisor=divisor,
        position=position_in_year(request.month, rows[0].effective, divisor),
        rounding=way.value,
        rows=rows if divisor == 1 else (*rows, way),
        act=acts[rows[0].act].citation,
        trust=max((row.trust for row in rows), key=lambda trust: trust.rank),
        how=how,
    )


def position_in_year(month: Month, effective: date, divisor: int) -> int:
    """Which month of the standard's year it is, 1 to divisor."""
    return (month.index - Month.from_day(effective).index) % divisor + 1
