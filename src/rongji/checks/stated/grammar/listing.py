"""What a list of parts is, and which of several readings of one list is taken."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rongji.checks.stated.grammar.basis import basis_of, same_basis
from rongji.checks.stated.grammar.outline import Item, Outline
from rongji.checks.stated.model import Parts


@dataclass(frozen=True, slots=True)
class Listing:
    """A whole with its parts.

    parts: the numbers that are added. kind: how sure the list names everything. closed: whether it adds up.
    certain: whether whole and parts stand together without doubt. other: further ways to read the list.
    """

    outline: Outline
    whole: Item
    parts: tuple[Item, ...]
    kind: Parts
    closed: bool
    certain: bool
    other: tuple[tuple[Item, ...], ...] = ()


def cut(listing: Listing, count: int) -> Listing:
    """The first parts of a list, once another list has shown where it ends."""
    return replace(listing, parts=listing.parts[:count], certain=True, other=())


def are_apart(made: Sequence[Listing]) -> bool:
    """Whether several lists have no part in common."""
    orders = [item.order for listing in made for item in listing.parts]
    return len(made) > 1 and len(set(orders)) == len(orders)


def one_for_each_basis(made: Sequence[Listing]) -> list[Listing]:
    """Of several wholes the one whose list adds up, else the nearest; one for each basis (预算、决算).

    Parts that add up to one of them are not held against another.
    """
    chosen: list[Listing] = []
    settled: set[int] = set()
    for listing in sorted(made, key=lambda item: not item.closed):
        taken = not listing.closed and any(item.order in settled for item in listing.parts)
        if not taken and not any(same_basis(basis_of(item.whole), basis_of(listing.whole)) for item in chosen):
            chosen.append(listing)
            settled.update(item.order for item in listing.parts if listing.closed)
    return chosen
