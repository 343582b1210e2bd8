"""Why a line of a run pays, or takes back, what it does: one word out of plain numbers."""

from dataclasses import dataclass

from rongji.rules.rule import rule

ROUNDING_NOISE = 1
"""Fen by which months of one standard may differ when they are rounded over its year."""


@dataclass(frozen=True, slots=True)
class Line:
    """What is looked at. Months are indices; open_month: first month that the payroll answers for.

    first_month: of the claim. owed_fen, settled_fen: of this award and month, settled_fen summed over earlier runs.
    is_settled: whether earlier runs had a line for this award and month. award_settled: for this award at all.
    before_fen: what the month came to by the standard known before the present one (0: none).
    last_fen: settled for this award for the month before the pay month. offset: whether another line of the same
    person and month has the opposite sign.
    """

    for_month: int
    pay_month: int
    open_month: int
    first_month: int
    owed_fen: int
    settled_fen: int
    is_settled: bool
    award_settled: bool
    before_fen: int
    last_fen: int
    offset: bool
    one_off: bool = False


@rule(id="entitlement.cause", cites=("payment-practice",))
def cause(line: Line) -> str:
    """变动原因: the word under which a line is reviewed.

    one_off, exchanged, overpaid, corrected, arrears, late_start, new, raised or regular, the first that fits.
    Unit: fen and month indices. Rounding: none; one fen of rounding over the standard's year is no raise.
    Does not cover: stopped claims, which have no line (the review finds them in the month before).
    """
    due = line.owed_fen - line.settled_fen
    if line.one_off:
        return "one_off"
    if line.offset:
        return "exchanged"
    if due < 0:
        return "overpaid"
    if line.is_settled:
        return "arrears" if line.settled_fen == line.before_fen else "corrected"
    if line.for_month < line.pay_month:
        return "late_start"
    return _of_pay_month(line)


def _of_pay_month(line: Line) -> str:
    is_first_run = line.open_month == line.pay_month
    if not line.award_settled and (line.first_month == line.pay_month or not is_first_run):
        return "new"
    if line.last_fen and line.owed_fen > line.last_fen + ROUNDING_NOISE:
        return "raised"
    return "regular"
