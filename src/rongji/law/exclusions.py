"""Which benefits of one person may be paid in the same month: the matrix as of a day, and whether it is closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations, permutations, product

from rongji.law.benefits import BENEFITS, benefit_ids
from rongji.law.loader import lawbook
from rongji.law.model import Lawbook, Row
from rongji.law.refusals import NoValueInForce
from rongji.law.shapes.benefit import ANY, Benefit, Together
from rongji.law.values import find

EXCLUSIONS = "entitlement.exclusions"


class Relation(StrEnum):
    """What the second benefit of a pair does to the first."""

    HIGHER = "higher"  # the larger of the month is paid
    YIELDS = "yields"  # the first gives way
    PREVAILS = "prevails"  # the second gives way
    TOGETHER = "together"


@dataclass(frozen=True)
class Matrix:
    """The exclusions of one region as of two days. groups: of every monthly benefit."""

    on: date
    known_on: date
    region: str
    groups: Mapping[str, str]
    book: Lawbook

    def relation(self, first: str, second: str) -> Relation:
        """How two benefits stand to each other; the row with the most particular keys speaks.

        Raises: NoValueInForce where no row speaks.
        """
        return self.row_for(first, second)[0]

    def row_for(self, first: str, second: str) -> tuple[Relation, Row]:
        """The relation and the row that says so."""
        for one, two in self._names(first, second):
            row = self._find(one, two)
            if row is not None:
                return _FORWARD[row.value], row
            row = self._find(two, one)
            if row is not None:
                return _BACKWARD[row.value], row
        raise NoValueInForce(
            label="待遇能否同时享受", keys=f"（{first}、{second}）", on=self.on, known_on=self.known_on
        )

    def open_ends(self) -> Iterator[str]:
        """Every way in which judging pair by pair could differ from judging one after the other."""
        names = {*self.groups, *self.groups.values()}
        for first, second in combinations(sorted(names), 2):
            yield from self._contradictory(first, second)
        said = {(one, two): self.relation(one, two) for one in self.groups for two in self.groups}
        for first, second, third in permutations(self.groups, 3):
            yield from _not_closed(first, second, third, said)

    def _names(self, first: str, second: str) -> list[tuple[str, str]]:
        pairs = product(
            enumerate((first, self.groups.get(first, ANY), ANY)), enumerate((second, self.groups.get(second, ANY), ANY))
        )
        return [(one, two) for (depth, one), (width, two) in sorted(pairs, key=lambda pair: pair[0][0] + pair[1][0])]

    def _find(self, one: str, two: str) -> Row | None:
        return find(
            EXCLUSIONS, on=self.on, known_on=self.known_on, region=self.region, law=self.book, benefit=one, other=two
        )

    def _contradictory(self, first: str, second: str) -> Iterator[str]:
        there, back = self._find(first, second), self._find(second, first)
        if there and back and _FORWARD[there.value] is not _BACKWARD[back.value]:
            yield f"“{first}、{second}”与“{second}、{first}”两条说法不一，请只留一条"


def _not_closed(first: str, second: str, third: str, said: Mapping[tuple[str, str], Relation]) -> Iterator[str]:
    one, two, three = said[first, second], said[second, third], said[first, third]
    needed = _NEEDED.get((one, two))
    if needed and three is not needed:
        given = f"“{first}、{second}”{_SAID[one]}，“{second}、{third}”{_SAID[two]}"
        yield f"{given}，则“{first}、{third}”应为{_SAID[needed]}"


_FORWARD = {
    Together.HIGHER: Relation.HIGHER,
    Together.YIELDS: Relation.YIELDS,
    Together.TOGETHER: Relation.TOGETHER,
}
_BACKWARD = {**_FORWARD, Together.YIELDS: Relation.PREVAILS}
# Benefits of which the higher is paid form classes; a whole class gives way to a whole class.
_NEEDED = {
    (Relation.HIGHER, Relation.HIGHER): Relation.HIGHER,
    (Relation.HIGHER, Relation.YIELDS): Relation.YIELDS,
    (Relation.YIELDS, Relation.HIGHER): Relation.YIELDS,
    (Relation.YIELDS, Relation.YIELDS): Relation.YIELDS,
}
_SAID = {
    Relation.HIGHER: "就高",
    Relation.YIELDS: "前项让后项",
    Relation.PREVAILS: "后项让前项",
    Relation.TOGETHER: "同时享受",
}


def matrix(*, on: date, known_on: date, region: str = "", law: Lawbook | None = None) -> Matrix:
    """The exclusions in force in a region."""
    book = law or lawbook()
    groups: dict[str, str] = {}
    for benefit_id in benefit_ids(law=book):
        row = find(BENEFITS, on=on, known_on=known_on, region=region, law=book, benefit=benefit_id)
        found: Benefit | None = row.value if row else None
        if found and found.is_monthly:
            groups[benefit_id] = found.group
    return Matrix(on, known_on, region, groups, book)
