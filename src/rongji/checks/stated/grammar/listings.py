"""Wholes and their parts in running text: which numbers a list names as parts of which total.

`A 100 万元，其中：B 60 万元，C 40 万元`, `由…组成`, brackets behind a number, numbered items, totals behind their
parts. A list can often be read in more than one way (where it ends, which numbers are details of others); the way in
which it adds up is taken before anything is called wrong.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from rongji.checks.stated.grammar.basis import basis_of, same_basis, without_basis
from rongji.checks.stated.grammar.closing import (
    TIMES,
    are_comparable,
    closing_prefix,
    is_addend,
    makes_up,
    may_close,
    nearly_closes,
)
from rongji.checks.stated.grammar.listing import Listing, are_apart, cut, one_for_each_basis
from rongji.checks.stated.grammar.outline import Item, Outline, outline_of
from rongji.checks.stated.grammar.scope import Reading, Scope, segment_starts
from rongji.checks.stated.grammar.triggers import (
    BRACKET,
    Trigger,
    is_total_behind,
    may_be_total_behind,
    opening,
    starts_anew,
    tells_deed,
    wholes_named,
)
from rongji.checks.stated.memo import once_per_passage
from rongji.checks.stated.model import Parts, Passage
from rongji.checks.stated.phrase import Role
from rongji.checks.stated.words import is_called, is_complete_list

_MOST_PARTS = 80
_MORE_SENTENCES = 8
_MOST_WHOLES = 4
_MOST_LISTS = 3
_TWO = 2
_SEVERAL = 3
_RATIOS = (Role.SHARE, Role.RATE)
_CHANGES = (Role.CHANGE, Role.GROWTH)


@dataclass
class _Reader:
    """One bracket of a passage, read from its end so that details are known before what they are details of.

    owner: the number right before the bracket. taken: numbers that are details of another number.
    """

    outline: Outline
    items: tuple[Item, ...]
    owner: Item | None = None
    taken: set[int] = field(default_factory=set)
    lists: list[Listing] = field(default_factory=list)

    def read(self) -> list[Listing]:
        """Every list of this bracket, inner ones first."""
        for place in range(len(self.items) - 1, -1, -1):
            trigger = opening(self.items[place].lead) or (BRACKET if place == 0 and self.owner else None)
            if trigger:
                self._opened(place, trigger)
            self._totalled(place)
        return self.lists

    def _opened(self, place: int, trigger: Trigger) -> None:
        """The lists that begin at a number: one for each basis on which the whole is stated."""
        scope = self._scope(place, trigger)
        wholes = self._wholes(place, trigger, scope)
        made = self._mirrored(wholes, scope.free) if trigger.word == "among" else []
        made = made or [item for whole in wholes if (item := self._listing(whole, scope, trigger))]
        if self._is_of_another(place, trigger):
            made = [item for item in made if item.closed]
        for listing in made if trigger.word == "among" and are_apart(made) else one_for_each_basis(made):
            self.lists.append(listing)
            if listing.closed or listing.kind is Parts.ALL:
                self.taken.update(item.order for item in listing.parts)

    def _mirrored(self, wholes: Sequence[Item], free: Sequence[Item]) -> list[Listing]:
        """Lists that repeat the names of several totals (受理 90 件，结案 80 件，其中：受理民事 70 件，结案 60 件).

        What is called as one of them is part of that one, the rest of the one that is left.
        """
        called = {item.phrase.label: item for item in wholes if item.phrase.label and not basis_of(item)}
        parts: dict[int, list[Item]] = {}
        rest: list[Item] = []
        for item in free:
            whole = called.get(item.phrase.label)
            (parts.setdefault(whole.order, []) if whole else rest).append(item)
        left = [item for item in called.values() if item.order not in parts]
        if not parts or not rest or len(left) != 1 or len(called) != len(wholes):
            return []
        parts[left[0].order] = rest
        groups = [(whole, tuple(parts[whole.order])) for whole in called.values() if are_comparable(whole, free)]
        kind = Parts.UNKNOWN
        return [
            Listing(self.outline, whole, own, kind, closed=makes_up(whole, own), certain=True) for whole, own in groups
        ]

    def _is_of_another(self, place: int, trigger: Trigger) -> bool:
        """Whether the list follows a number of another kind at once (2 处：左岸 1.5 公里), which announces it."""
        if trigger.word != "colon" or not place:
            return False
        before, first = self.items[place - 1], self.items[place]
        return first.lead.startswith("：") and not are_comparable(before, [first])

    def _scope(self, place: int, trigger: Trigger) -> Scope:
        """The numbers that may be parts: up to the end of the sentence, or to where something else begins."""
        first = self.items[place]
        inside: list[Item] = []
        for item in self.items[place : place + _MOST_PARTS]:
            later = item.order != first.order
            if item.sentence != first.sentence or (later and (starts_anew(item.lead) or is_total_behind(item.lead))):
                break
            if later and "；" in item.lead and tells_deed(item) and not tells_deed(first):
                break
            inside.append(item)
        like = next((item for item in inside if is_addend(item)), None)
        if like is None:
            return Scope(())
        free = [item for item in inside if is_addend(item) and item.kind is like.kind and item.order not in self.taken]
        recent = self.lists[-_MOST_LISTS:]
        loose = [item.parts for item in recent if not item.closed and item.kind is not Parts.ALL]
        following = self._next_sentences(self.items[place + len(inside) : place + len(inside) + _MOST_PARTS], like)
        return Scope(free, following, loose, segment_starts(inside))

    def _next_sentences(self, after: Sequence[Item], like: Item) -> list[Item]:
        """The first number of each following sentence, as long as each goes on with the list."""
        found: list[Item] = []
        sentence = like.sentence
        for item in after:
            if item.sentence == sentence:
                continue
            goes_on = (
                is_addend(item) and item.kind is like.kind and not starts_anew(item.lead) and not opening(item.lead)
            )
            if item.sentence > sentence + 1 or len(found) == _MORE_SENTENCES or not goes_on:
                break
            found.append(item)
            sentence = item.sentence
        return found

    def _wholes(self, place: int, trigger: Trigger, scope: Scope) -> list[Item]:
        """What the list may be part of: numbers before it in its sentence, or in the one before when it opens one."""
        like, first = scope.first, self.items[place]
        if like is None:
            return []
        if self.owner and trigger.word in ("bracket", "names", "among", "colon") and place == 0:
            return [self.owner] if is_addend(self.owner) and self.owner.kind is like.kind else []
        earlier = self.items[max(0, place - _MOST_PARTS) : place]
        before = [item for item in reversed(earlier) if is_addend(item) and item.kind is like.kind]
        if trigger.name:
            return wholes_named(before, trigger.name)
        if trigger.word == "all" and first.phrase.label:
            called = wholes_named(
                [item for item in before if item.phrase.label != first.phrase.label], first.phrase.label
            )
            if called:
                return called
        if trigger.word == "inside":
            return [item for item in before[:1] if item.order == first.order - 1]
        found: list[Item] = []
        for item in before:
            far = trigger.word != "along" and item.sentence < first.sentence - trigger.opens_sentence
            if far or len(found) == _MOST_WHOLES:
                break
            found.append(item)
        return [] if self._gives_reasons(found, first, trigger) else found

    def _gives_reasons(self, found: Sequence[Item], first: Item, trigger: Trigger) -> bool:
        """Whether the words explain a change (增长 5%，主要是…) instead of listing parts."""
        if trigger.word not in ("some", "numbered", "colon") or not found:
            return False
        return any(item.role in _CHANGES for item in self._between(found[0], first))

    def _listing(self, whole: Item, scope: Scope, trigger: Trigger) -> Listing | None:
        readings = scope.readings(whole)
        kind = trigger.kind_with(readings[0][-1].tail) if readings else None
        if kind is None or (trigger is BRACKET and len(readings[0]) < 2):
            return None
        for reading in readings:
            for parts in (reading, *scope.variants(reading, whole)):
                if makes_up(whole, parts):
                    return Listing(self.outline, whole, parts, kind, closed=True, certain=True)
        count = closing_prefix(whole, readings[-1])
        if count and may_close(whole, readings[-1][:count]):
            return Listing(self.outline, whole, readings[-1][:count], kind, closed=True, certain=True)
        return self._without_details(whole, scope, readings, kind) or self._open(whole, scope, trigger, readings, kind)

    def _without_details(self, whole: Item, scope: Scope, readings: Sequence[Reading], kind: Parts) -> Listing | None:
        """The list that adds up once an inner list is cut off; that also tells where the inner list ends."""
        for reading in readings:
            for left, inner, count in scope.details(reading, whole):
                if makes_up(whole, left):
                    self.lists = [cut(item, count) if item.parts == inner else item for item in self.lists]
                    self.taken.update(item.order for item in inner[:count])
                    return Listing(self.outline, whole, left, kind, closed=True, certain=True)
        return None

    def _open(
        self, whole: Item, scope: Scope, trigger: Trigger, readings: Sequence[Reading], kind: Parts
    ) -> Listing | None:
        """A list that does not add up in any way."""
        like = tuple(takewhile(lambda item: are_comparable(whole, [item]), readings[0]))
        if not like or (trigger.word == "along" and len(self._wholes_before(whole)) > 1):
            return None
        readings = readings if like == readings[0] else [like]
        complete = next(
            (parts for parts in scope.prefixes(readings[0], whole) if is_complete_list(_names_of(parts))), None
        )
        certain = self._stand_together(whole, scope.first, trigger)
        if complete:
            complete = _with_further_parts(complete, readings[0])
            return Listing(self.outline, whole, complete, Parts.ALL, closed=False, certain=certain)
        return Listing(self.outline, whole, readings[0], kind, closed=False, certain=certain, other=tuple(readings[1:]))

    def _wholes_before(self, whole: Item) -> list[Item]:
        """A number and those before it that could be the whole as well."""
        like = [item for item in self.outline.before(whole) if item.kind is whole.kind and is_addend(item)]
        return [whole, *like]

    def _stand_together(self, whole: Item, first: Item | None, trigger: Trigger) -> bool:
        """Whether nothing but shares, rates and changes stands between a whole and the words that open its list."""
        if first is None or not trigger.adjacent or whole.sentence < first.sentence - 1:
            return False
        between = self._between(whole, first)
        return all(item.role in (*_RATIOS, *_CHANGES) or item.kind is not whole.kind for item in between)

    def _between(self, left: Item, right: Item) -> list[Item]:
        """The numbers of this bracket between two of them (or between the owner of the bracket and one)."""
        return list(takewhile(lambda item: item.order > left.order, self.outline.before(right)))

    def _totalled(self, place: int) -> None:
        """The list that a total behind its parts closes."""
        whole = self.items[place]
        sure = is_total_behind(whole.lead) or self._sums_years(place)
        if not is_addend(whole) or not (sure or may_be_total_behind(whole.lead)):
            return
        before = self._before_total(place, sure=sure)
        free = [item for item in before if is_addend(item) and item.order not in self.taken]
        free = [item for item in free if item.kind is whole.kind and same_basis(basis_of(item), basis_of(whole))]
        if len(free) < _TWO or not are_comparable(whole, free):
            return
        count = closing_prefix(whole, free[::-1])
        if not sure and (count != len(free) and not (len(free) > _SEVERAL and nearly_closes(whole, free))):
            return
        parts = tuple(free[-count:] if count else free)
        told = [item for item in before if item.quantity.unit_name not in TIMES]
        certain = sure and len(free) == len(told) and bool(free[0].phrase.label)
        self.lists.append(Listing(self.outline, whole, parts, Parts.ALL, closed=bool(count), certain=certain))
        self.taken.update(item.order for item in parts)

    def _before_total(self, place: int, *, sure: bool) -> list[Item]:
        """The numbers that a total behind them may sum up: of its sentence, or all of the sentence before."""
        whole = self.items[place]
        earlier = self.items[max(0, place - _MOST_PARTS) : place]
        here = [item for item in earlier if item.sentence == whole.sentence]
        if sure or here:
            return here
        return [item for item in earlier if item.sentence == whole.sentence - 1]

    def _sums_years(self, place: int) -> bool:
        """Whether a number is what a row of years comes to (A、B、C，三年累计)."""
        before = self.items[place - 1] if place else None
        return bool(before and before.quantity.unit_name == "年" and re.match("累计|共", self.items[place].lead))


@once_per_passage
def listings_of(passage: Passage) -> tuple[Listing, ...]:
    """Every list of parts in a passage, by their wholes; those of inner brackets are read first."""
    outline = outline_of(passage)
    owners = {group: item for item in outline.items if (group := outline.syntax.bracket_after(item.mention.end))}
    found: list[Listing] = []
    for group in sorted(outline.groups, reverse=True):
        found += _Reader(outline, outline.groups[group], owners.get(group)).read()
    return tuple(sorted(found, key=lambda item: item.whole.order))


def _with_further_parts(complete: Reading, reading: Reading) -> Reading:
    """A complete list with what final accounts may list behind it (基本支出、项目支出、上缴上级支出…)."""
    if reading[: len(complete)] != complete:
        return complete
    further = takewhile(lambda item: is_called(item.phrase.label, "further_parts"), reading[len(complete) :])
    return (*complete, *further)


def _names_of(parts: Sequence[Item]) -> tuple[str, ...]:
    """What parts are called, without the words of their basis."""
    return tuple(without_basis(item.phrase.label) for item in parts)
