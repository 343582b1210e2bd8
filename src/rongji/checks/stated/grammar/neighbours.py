"""Which numbers of a passage a rate or a change can be about."""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from rongji.checks.stated.grammar.basis import basis_of, same_basis
from rongji.checks.stated.grammar.outline import Item, Outline
from rongji.checks.stated.phrase import Role
from rongji.kernel.units import UnitKind

_VALUES = (Role.AMOUNT, Role.AFTER)


def is_value(item: Item) -> bool:
    """Whether a number is the value of a thing, not a change, a rate or a limit."""
    return item.role in _VALUES


def before_in_sentence(outline: Outline, item: Item) -> tuple[Item, ...]:
    """The numbers before one in its bracket and sentence, nearest first."""
    return tuple(takewhile(lambda other: other.sentence == item.sentence, outline.before(item)))


def owner_of(outline: Outline, item: Item) -> Item | None:
    """The number right before the bracket in which an item stands."""
    if item.group == 0:
        return None
    opening = outline.syntax.opens[item.group]
    if outline.syntax.parents[item.group] == 0:
        before = next(iter(outline.outside_before(opening)), None)
    else:
        around = outline.groups.get(outline.syntax.parents[item.group], ())
        before = next((other for other in reversed(around) if other.mention.end <= opening), None)
    if before is None or outline.syntax.text[before.mention.end : opening].strip():
        return None
    return before


def sentence_before(outline: Outline, item: Item) -> tuple[Item, ...]:
    """The numbers of the sentence before, nearest first; only those outside of brackets."""
    before = outline.outside_before(item.mention.start)
    return tuple(other for other in before if other.sentence == item.sentence - 1)


def on_basis(items: Sequence[Item], wanted: str) -> Iterator[Item]:
    """Those that stand expressly on a basis."""
    return (item for item in items if basis_of(item) and same_basis(basis_of(item), wanted))


def series_of(outline: Outline, item: Item) -> tuple[Item, ...]:
    """The numbers in a row of which one is: 分别为 A、B 和 C; alone when no row."""
    row = [item]
    for other in outline.before(item):
        if not _continues(other, row[0]):
            break
        row.insert(0, other)
    for other in outline.behind(item):
        if not _continues(row[-1], other):
            break
        row.append(other)
    return tuple(row)


def _continues(before: Item, item: Item) -> bool:
    same = before.kind is item.kind and before.role is item.role and before.sentence == item.sentence
    return same and item.lead.strip("、和及与，,") == ""


def since_semicolon(outline: Outline, item: Item) -> Iterator[Item]:
    """The numbers before one in its sentence, nearest first, back to the semicolon before it."""
    later = item
    for other in before_in_sentence(outline, item):
        if "；" in later.lead:
            return
        yield other
        later = other


def right_before(outline: Outline, rate: Item) -> list[Item]:
    """The values before a rate in its part of the sentence, nearest first, back to the rate before it."""
    near = takewhile(lambda item: item.role is not Role.RATE, since_semicolon(outline, rate))
    return [item for item in near if is_value(item) and item.kind is not UnitKind.RATIO]
