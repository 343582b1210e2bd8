"""The numbers that a list may name, and the ways in which they can be read as its parts."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product

from rongji.checks.stated.grammar.basis import basis_of, same_basis
from rongji.checks.stated.grammar.closing import exceeds
from rongji.checks.stated.grammar.outline import Item

_SEGMENT = re.compile(r"；|[，。；：](?:\d{1,2}|[一二三四五六七八九十])[、.．]|[二三四五六七八九十]是|[②-⑳]")
_LABELLED = re.compile(r"[一-鿿]")
_MOST_CHOICES = 64
_MOST_DETAILS = 24
_LONGEST_COMPLETE = 6  # names that a list has which is complete by its nature

Reading = tuple[Item, ...]


@dataclass(frozen=True)
class Scope:
    """The numbers up to the end of a sentence, and the first number of each sentence that goes on with the list.

    loose: inner lists that did not add up; how many of their numbers are details is open. starts: orders of the
    numbers before which a new segment begins.
    """

    free: Sequence[Item]
    following: Sequence[Item] = ()
    loose: Sequence[Reading] = field(default=())
    starts: frozenset[int] = frozenset()

    @property
    def first(self) -> Item | None:
        """The first number of the list."""
        return self.free[0] if self.free else None

    def readings(self, whole: Item) -> list[Reading]:
        """The ways to read the list up to the end of its sentence, the most natural first."""
        fitting = _on_basis(self.free, whole)
        segments = self._segments(fitting)
        if not fitting:
            return []
        if len(segments) == 1:
            return [tuple(fitting)]
        heads, first, whole_list = tuple(segment[0] for segment in segments), tuple(segments[0]), tuple(fitting)
        if len(first) == 1:
            return list(dict.fromkeys((heads, whole_list)))
        detailed = all(not exceeds(segment[0], segment[1:]) for segment in segments)
        return list(dict.fromkeys((first, heads, whole_list) if detailed else (first, whole_list)))

    def _segments(self, items: Sequence[Item]) -> list[list[Item]]:
        """The numbers between semicolons or list markers."""
        marks = sorted(self.starts)
        segments: list[list[Item]] = []
        number = -1
        for item in items:
            passed = bisect_right(marks, item.order)
            if not segments or passed != number:
                segments.append([])
                number = passed
            segments[-1].append(item)
        return segments

    def variants(self, reading: Reading, whole: Item) -> Iterator[Reading]:
        """Further ways: numbers that count one thing twice (批次、人次), lists that go on in the next sentences."""
        alike = tuple(item for item in reading if item.quantity.unit.is_comparable_with(whole.quantity.unit))
        if len(alike) < len(reading):
            yield alike
        yield from _choices(reading)
        yield from self.prolonged(reading, whole)

    def prolonged(self, reading: Reading, whole: Item) -> Iterator[Reading]:
        """The list with the first numbers of the sentences that follow."""
        following = _on_basis(self.following, whole)
        for count in range(1, len(following) + 1):
            yield (*reading, *following[:count])

    def prefixes(self, reading: Reading, whole: Item) -> Iterator[Reading]:
        """The list, the list cut short, the list prolonged."""
        for count in range(min(len(reading), _LONGEST_COMPLETE), 1, -1):
            yield reading[:count]
        yield from self.prolonged(reading, whole)

    def details(self, reading: Reading, whole: Item) -> Iterator[tuple[Reading, Reading, int]]:
        """The list without the first numbers of an inner list, where the rest comes near the whole.

        Each as (what is left, the inner list, how many of its numbers are details).
        """
        listed = {item.order for item in reading}
        over = sum((item.amount for item in reading), Decimal(0)) - whole.amount
        room = sum((item.room for item in reading), whole.room)
        for inner in self.loose:
            taken = Decimal(0)
            for count, item in enumerate(inner[:_MOST_DETAILS], 1):
                taken += item.amount if item.order in listed else 0
                if taken and abs(over - taken) <= room:
                    dropped = {part.order for part in inner[:count]}
                    yield tuple(part for part in reading if part.order not in dropped), inner, count


def segment_starts(items: Sequence[Item]) -> frozenset[int]:
    """The numbers behind a semicolon or a list marker, whatever else stands between."""
    return frozenset(item.order for item in items if _SEGMENT.search(item.lead))


def _on_basis(items: Sequence[Item], whole: Item) -> list[Item]:
    """The numbers that stand on the basis of the whole; where one thing is given on two, only the fitting one."""
    wanted = basis_of(whole)
    fitting = [item for item in items if same_basis(basis_of(item), wanted)]
    exact = {basis_of(item) for item in fitting}
    if wanted and wanted in exact and len(exact) > 1 and len(fitting) < len(items):
        return [item for item in fitting if basis_of(item) == wanted]
    if not wanted and len(exact - {""}) > 1:
        return [item for item in fitting if basis_of(item) in ("actual", "")]
    return fitting


def _choices(reading: Reading) -> Iterator[Reading]:
    """Where one entry gives several counts (255批次260人次), one of them each."""
    entries: list[list[Item]] = []
    for item in reading:
        if entries and not _LABELLED.search(item.lead):
            entries[-1].append(item)
        else:
            entries.append([item])
    count = 1
    for entry in entries:
        count *= len(entry)
    if 1 < count <= _MOST_CHOICES:
        yield from product(*entries)
