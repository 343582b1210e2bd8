"""The numbers of a passage in the order of its grammar: bracket by bracket, with the words that lead up to each."""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from rongji.checks.intervals import hidden
from rongji.checks.stated.grammar.syntax import Syntax, syntax_of
from rongji.checks.stated.memo import once_per_document, once_per_passage
from rongji.checks.stated.model import Mention, Passage, StatedDocument
from rongji.checks.stated.phrase import Phrase, Role
from rongji.kernel.figure import Figure
from rongji.kernel.quantity import Quantity
from rongji.kernel.units import UnitKind

_NOTHING = syntax_of("")
_REACH = 80  # numbers that a sentence or list may hold at most


@dataclass(frozen=True)
class Item:
    """One quantity of a passage.

    order: its place among the items of the passage. group: the bracket it stands in, 0 for none. sentence: number of
    its sentence. lead: the words of its bracket between the quantity before it and this one, punctuation kept,
    brackets and white space left out. tail: the words behind it in the same way, up to the next quantity.
    """

    mention: Mention
    figure: Figure
    quantity: Quantity
    phrase: Phrase
    order: int
    group: int
    sentence: int
    lead: str
    tail: str = ""

    @cached_property
    def amount(self) -> Decimal:
        """The number in base units, a decrease below zero."""
        return self.quantity.base * self.phrase.sign

    @cached_property
    def room(self) -> Decimal:
        """What printing may have hidden of it, in base units."""
        return hidden(self.quantity)

    @property
    def role(self) -> Role:
        """What the number does."""
        return self.phrase.role

    @cached_property
    def kind(self) -> UnitKind:
        """Money, counts, ratios…"""
        return self.quantity.unit.kind

    @property
    def is_exact(self) -> bool:
        """Whether no approximating word stands with it."""
        return not self.figure.vague


@dataclass(frozen=True)
class Outline:
    """A passage with its items. groups: the items of every bracket, in order."""

    passage: Passage
    syntax: Syntax
    items: tuple[Item, ...]
    groups: dict[int, tuple[Item, ...]]

    @cached_property
    def _position(self) -> dict[int, int]:
        return {item.order: place for items in self.groups.values() for place, item in enumerate(items)}

    def before(self, item: Item) -> tuple[Item, ...]:
        """The numbers before one in its bracket, nearest first; no more than one ever looks back for."""
        at = self._position[item.order]
        return self.groups[item.group][max(0, at - _REACH) : at][::-1]

    def behind(self, item: Item) -> tuple[Item, ...]:
        """The numbers behind one in its bracket, in order, in the same bounds."""
        at = self._position[item.order]
        return self.groups[item.group][at + 1 : at + 1 + _REACH]

    def outside_before(self, place: int) -> tuple[Item, ...]:
        """The numbers outside of brackets that end before a place, nearest first, in the same bounds."""
        items = self.groups.get(0, ())
        at = bisect_right(items, place, key=lambda item: item.mention.end)
        return items[max(0, at - _REACH) : at][::-1]

    def inside(self, item: Item) -> tuple[Item, ...]:
        """The items of the bracket that opens right behind an item."""
        group = self.syntax.bracket_after(item.mention.end)
        return self.groups.get(group, ()) if group else ()

    def ending(self, group: int) -> str:
        """The words behind the last item of a bracket."""
        items = self.groups.get(group, ())
        return items[-1].tail if items else ""


@once_per_document
def outlines_of(document: StatedDocument) -> tuple[Outline, ...]:
    """The passages of a document that state a quantity, in order."""
    return tuple(outline for passage in document.passages if (outline := outline_of(passage)).items)


@once_per_document
def items_of(document: StatedDocument) -> tuple[tuple[Outline, Item], ...]:
    """Every quantity of running text with its passage, in order."""
    return tuple((outline, item) for outline in outlines_of(document) for item in outline.items)


@once_per_passage
def outline_of(passage: Passage) -> Outline:
    """The items of a passage."""
    numbers = [item for item in passage.mentions if item.figure and item.phrase and item.figure.quantity]
    if not numbers:
        return Outline(passage, _NOTHING, (), {})
    kept = passage.kept.get("syntax")
    syntax = kept if isinstance(kept, Syntax) else syntax_of(passage.text)
    items: list[Item] = []
    last: dict[int, int] = {}
    by_group: dict[int, list[int]] = {}
    for mention in numbers:
        group = syntax.group[mention.start]
        by_group.setdefault(group, []).append(len(items))
        items.append(_item(mention, len(items), group, syntax, last))
    tails = {
        number: _tail(members, place, items, syntax)
        for members in by_group.values()
        for place, number in enumerate(members)
    }
    done = tuple(_with_tail(item, tails[item.order]) for item in items)
    groups = {group: tuple(done[number] for number in members) for group, members in by_group.items()}
    return Outline(passage, syntax, done, groups)


def _item(mention: Mention, order: int, group: int, syntax: Syntax, last: dict[int, int]) -> Item:
    figure, phrase = mention.figure, mention.phrase
    if figure is None or phrase is None or figure.quantity is None:
        raise ValueError("a mention without figure is no item")
    begin = last.get(group, syntax.opens[group] + 1)
    last[group] = mention.end
    lead = syntax.outer(begin, mention.start, group)
    return Item(mention, figure, figure.quantity, phrase, order, group, syntax.sentence_at(mention.start), lead)


def _tail(members: list[int], place: int, items: list[Item], syntax: Syntax) -> str:
    if place + 1 < len(members):
        return items[members[place + 1]].lead
    item = items[members[place]]
    return syntax.outer(item.mention.end, syntax.closes[item.group], item.group)


def _with_tail(item: Item, tail: str) -> Item:
    return Item(
        item.mention, item.figure, item.quantity, item.phrase, item.order, item.group, item.sentence, item.lead, tail
    )
