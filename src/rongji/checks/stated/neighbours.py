"""Which numbers of a passage a rate or a change can be about."""

from collections.abc import Iterator, Sequence

from rongji.checks.stated.basis import basis_of, same_basis
from rongji.checks.stated.outline import Item, Outline
from rongji.checks.stated.phrase import Role

_VALUES = (Role.AMOUNT, Role.AFTER)


def is_value(item: Item) -> bool:
    """Whether a number is the value of a thing, not a change, a rate or a limit."""
    return item.role in _VALUES


def before_in_sentence(outline: Outline, item: Item) -> tuple[Item, ...]:
    """The numbers before one in its bracket and sentence, nearest first."""
    earlier = outline.groups[item.group]
    found = (other for other in reversed(earlier) if other.order < item.order and other.sentence == item.sentence)
    return tuple(found)


def owner_of(outline: Outline, item: Item) -> Item | None:
    """The number right before the bracket in which an item stands."""
    if item.group == 0:
        return None
    opening = outline.syntax.opens[item.group]
    around = outline.groups.get(outline.syntax.parents[item.group], ())
    before = [other for other in around if other.mention.end <= opening]
    if not before or outline.syntax.text[before[-1].mention.end : opening].strip():
        return None
    return before[-1]


def sentence_before(outline: Outline, item: Item) -> tuple[Item, ...]:
    """The numbers of the sentence before, nearest first; only those outside of brackets."""
    return tuple(
        other
        for other in reversed(outline.groups.get(0, ()))
        if other.order < item.order and other.sentence == item.sentence - 1
    )


def values_about(outline: Outline, item: Item) -> tuple[Item, ...]:
    """Values before a number in its sentence, else in the sentence before, nearest first."""
    here = tuple(other for other in before_in_sentence(outline, item) if is_value(other))
    return here or tuple(other for other in sentence_before(outline, item) if is_value(other))


def on_basis(items: Sequence[Item], wanted: str) -> Iterator[Item]:
    """Those that stand expressly on a basis."""
    return (item for item in items if basis_of(item) and same_basis(basis_of(item), wanted))


def series_of(outline: Outline, item: Item) -> tuple[Item, ...]:
    """The numbers in a row of which one is: 分别为 A、B 和 C; alone when no row."""
    group = outline.groups[item.group]
    at = group.index(item)
    first = at
    while first > 0 and _continues(group[first - 1], group[first]):
        first -= 1
    last = at
    while last + 1 < len(group) and _continues(group[last], group[last + 1]):
        last += 1
    return group[first : last + 1]


def _continues(before: Item, item: Item) -> bool:
    same = before.kind is item.kind and before.role is item.role and before.sentence == item.sentence
    return same and item.lead.strip("、和及与，,") == ""
