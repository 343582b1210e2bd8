"""What becomes of one person's lines: what is paid, what offsets within a month, what has to come back and how.

Pure: nothing here reads the database. A negative line is never taken from a payment in silence. Within one month an
exchange of benefits offsets; whatever a month is short of becomes a recovery, of which no month takes off more than
the legal share of what it pays.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class DueLine:
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
    def pot(self) -> tuple[int, bool]:
        """What may offset what: periodic benefits of one month, or one-off ones."""
        return self.for_month, self.grant_id is not None


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


def settle(lines: Sequence[DueLine], *, is_dead: bool, recoveries: Sequence[Standing], share: Decimal) -> Settlement:
    """Settle the lines of one person.

    Rounding: what may be taken off is rounded down to the fen, so that no month exceeds the share.
    share: of a month's payment that may be taken off at most.
    """
    pots: defaultdict[tuple[int, bool], int] = defaultdict(int)
    for line in lines:
        pots[line.pot] += line.due_fen
    paid = tuple(place for place, line in enumerate(lines) if pots[line.pot] > 0)
    gross = sum(lines[place].due_fen for place in paid)
    overpaid = -sum(fen for fen in pots.values() if fen < 0)
    monthly = 0 if is_dead else part_of(_regular_month(lines), share)
    standing = [*recoveries, Standing(NEW_RECOVERY, overpaid, monthly)]
    deductions = tuple(_deductions(standing, part_of(gross, share))) if not is_dead else ()
    return Settlement(paid, gross, deductions, overpaid, monthly if overpaid else 0)


def part_of(fen: int, share: Decimal) -> int:
    """A share of an amount, rounded down to the fen; nothing of a negative one."""
    return int(max(fen, 0) * share)


def _regular_month(lines: Iterable[DueLine]) -> int:
    """What the latest month among periodic lines is owed: by it the plan of a recovery is made."""
    periodic = [line for line in lines if line.grant_id is None]
    latest = max((line.for_month for line in periodic), default=0)
    return sum(line.owed_fen for line in periodic if line.for_month == latest)


def _deductions(recoveries: Iterable[Standing], most: int) -> Iterable[tuple[int, int]]:
    for standing in recoveries:
        fen = min(standing.left_fen, standing.monthly_fen, most)
        if fen > 0:
            most -= fen
            yield standing.recovery_id, fen
