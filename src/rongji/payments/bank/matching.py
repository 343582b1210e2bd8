"""Which payment a line of the bank's answer means: by account and amount as the bank states them, never by row order.

Names are not asked: two people may be called alike, one person be written in two ways. Where several payments of a
batch share account and amount, they are taken in order of their sequence.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rongji.payments.bank.states import OPEN, Standing
from rongji.payments.types import PaymentState

_ARRIVED = (PaymentState.PAID, PaymentState.PARTIAL)


@dataclass(frozen=True, slots=True)
class Sent:
    """An item of a batch: its sequence, keyed digest of the account, amount, and what is known of it."""

    sequence: int
    account_index: str
    amount_fen: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Said:
    """A row of an answer: its number in the file, keyed digest of the account, amount, and what it says."""

    number: int
    account_index: str
    amount_fen: int
    standing: Standing


@dataclass(frozen=True, slots=True)
class Match:
    """A row with the sequence of the item it means (None: no such payment was sent) and what it says of that item."""

    number: int
    sequence: int | None
    standing: Standing


def match(sent: Iterable[Sent], said: Sequence[Said]) -> list[Match]:
    """Every row of the answer with its item, in the order of the rows."""
    items: dict[tuple[str, int], list[Sent]] = defaultdict(list)
    rows: dict[tuple[str, int], list[Said]] = defaultdict(list)
    for item in sorted(sent, key=lambda one: one.sequence):
        items[item.account_index, item.amount_fen].append(item)
    for row in said:
        rows[row.account_index, row.amount_fen].append(row)
    found = {}
    for key, group in rows.items():
        found |= _within(items.get(key, []), group)
    taken = {match.sequence for match in found.values() if match.sequence is not None}
    left = [item for group in items.values() for item in group if item.sequence not in taken]
    for row in said:
        if found[row.number].sequence is None:
            found[row.number] = _short(row, left)
    return [found[row.number] for row in said]


def _within(items: list[Sent], rows: list[Said]) -> dict[int, Match]:
    """Rows and items of one account and amount.

    A file for the rest has no more rows than items are open: they go to the open ones. A file that repeats the whole
    batch has: then what an item is known to be takes the row that says the same, and only the others are news.
    """
    open_ones = [item for item in items if item.standing.state in OPEN]
    closed = [item for item in items if item.standing.state not in OPEN]
    pairs: list[tuple[Said, Sent | None]] = []
    waiting = list(rows)
    if len(rows) > len(open_ones):
        for item in list(closed):
            same = next((row for row in waiting if row.standing == item.standing), None)
            if same is not None:
                pairs.append((same, item))
                waiting.remove(same)
                closed.remove(item)
    order: list[Sent | None] = [*open_ones, *closed]
    order += [None] * len(waiting)
    pairs += zip(waiting, order, strict=False)
    return {row.number: Match(row.number, item.sequence if item else None, row.standing) for row, item in pairs}


def _short(row: Said, left: list[Sent]) -> Match:
    """A row with less than was sent: some banks state what arrived where others repeat what was ordered."""
    open_ones = [
        item
        for item in left
        if item.account_index == row.account_index and item.amount_fen > row.amount_fen and item.standing.state in OPEN
    ]
    if len(open_ones) != 1 or row.standing.state not in _ARRIVED:
        return Match(row.number, None, row.standing)
    left.remove(open_ones[0])
    return Match(row.number, open_ones[0].sequence, Standing(PaymentState.PARTIAL, row.standing.paid_fen))
