"""What becomes of one person's lines: what is paid, what offsets within a month, what has to come back and how.

Pure: nothing here reads the database. A negative line is never taken from a payment in silence. Within one month an
exchange of benefits offsets; whatever a month is short of becomes a recovery, of which no month takes off more than
the legal share of what it pays.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

PERIODIC = -1


class DueLine(NamedTuple):
    """One difference between owed and settled, as an engine gave it; months are indexes, money is fen."""

    person_id: int
    award_id: int | None
    grant_id: int | None
    term_id: int | None
    benefit_id: int
    rate_id: int | None
    for_month: int
    units: int
    owed_fen: int
    settled_fen: int
    due_fen: int
    cause: str

    @property
    def pot(self) -> tuple[int, int]:
        """What may offset what: all periodic benefits of one month, or the one-off ones of one kind."""
        return self.for_month, PERIODIC if self.grant_id is None else self.benefit_id


@dataclass(frozen=True, slots=True)
class Standing:
    """A recovery of an earlier run as it stands: how much is still to come, how much a month may be taken off."""

    recovery_id: int
    left_fen: int
    monthly_fen: int


@dataclass(frozen=True, slots=True)
class Settlement:
    """What a run does for one person.

    paid: places of the lines that the payment settles; gross_fen: their sum. deductions: taken off it for recoveries,
    by number, 0 standing for the new one. recovery_fen: newly found overpaid; monthly_fen: its plan.
    """

    paid: tuple[int, ...]
    gross_fen: int
    deductions: tuple[tuple[int, int], ...]
    recovery_fen: int
    monthly_fen: int

    @property
    def deducted_fen(self) -> int:
        """Everything taken off."""
        return sum(fen for _, fen in self.deductions)

    @property
    def amount_fen(self) -> int:
        """What goes to the bank."""
        return self.gross_fen - self.deducted_fen


NEW_RECOVERY = 0


def settle(
    lines: Sequence[DueLine], *, is_dead: bool, recoveries: Sequence[Standing], share: Decimal, month_fen: int
) -> Settlement:
    """Settle the lines of one person.

    Rounding: what may be taken off is rounded down to the fen, so that no month exceeds the share.
    share: of a month's payment that may be taken off at most. month_fen: what the pay month is worth in periodic
    benefits, whether this run pays it or an earlier one did; the plan of a new recovery goes by it.
    """
    if not recoveries and all(line.due_fen > 0 for line in lines):  # nearly everybody
        return Settlement(tuple(range(len(lines))), sum(line.due_fen for line in lines), (), 0, 0)
    pots: defaultdict[tuple[int, int], int] = defaultdict(int)
    for line in lines:
        pots[line.pot] += line.due_fen
    paid = tuple(place for place, line in enumerate(lines) if pots[line.pot] > 0)
    gross = sum(lines[place].due_fen for place in paid)
    overpaid = -sum(fen for fen in pots.values() if fen < 0)
    monthly = 0 if is_dead else part_of(month_fen, share)
    standing = [*recoveries, Standing(NEW_RECOVERY, overpaid, monthly)]
    deductions = tuple(_deductions(standing, part_of(gross, share))) if not is_dead else ()
    return Settlement(paid, gross, deductions, overpaid, monthly if overpaid else 0)


def part_of(fen: int, share: Decimal) -> int:
    """A share of an amount, rounded down to the fen; nothing of a negative one."""
    return int(max(fen, 0) * share)


def _deductions(recoveries: Iterable[Standing], most: int) -> Iterable[tuple[int, int]]:
    for standing in recoveries:
        fen = min(standing.left_fen, standing.monthly_fen, most)
        if fen > 0:
            most -= fen
            yield standing.recovery_id, fen
