"""The order in which candidates choose: by points, ties by the local order, never by chance."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from rongji.law.shapes.placement import TIE_LABELS, TieBreak, TieOrder, points_text
from rongji.rules.entitlement.service_time import Span
from rongji.rules.placement.refusals import FullTie, NumberTwice, TieFactMissing
from rongji.rules.rule import rule

LISTED = 10
_COMPARED = {TieBreak.OLDER: "出生日期", TieBreak.LOT: "抽签号"}
"""What may not be known, and is refused where a place hangs on it."""
_WHY = {
    TieBreak.LONGER_SERVICE: "服役时间较短",
    TieBreak.OLDER: "年龄较小",
    TieBreak.HIGHER_POINTS: "服役表现积分较低",
    TieBreak.HIGHER_EXAM: "考试考核成绩较低",
    TieBreak.LOT: "抽签号在后",
}
_NO_LOT = 10**9


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate as the ranking sees them.

    number: of the candidate on the list; is_first: placed before everybody without points. total: what is ranked by.
    time: of service. born_on: None where it is not known, or not published because no tie hangs on it. points: of
    service, where examinations stand beside them, else the total; examined: what those make. lot: number drawn.
    """

    number: str
    total: Decimal
    time: Span
    born_on: date | None = None
    is_first: bool = False
    points: Decimal | None = None
    examined: Fraction = Fraction(0)
    lot: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order: position from 1, and why it comes after the one before it.

    ties: what was compared with a neighbour with the same points until one differed; none where the points did.
    """

    position: int
    standing: Standing
    why: str
    ties: tuple[TieBreak, ...] = ()


Keyed = tuple[tuple[bool, Decimal], tuple[Any, ...], Standing]
"""A candidate with what sorts by points, and what is compared where points are equal."""
_SORTED_BY = itemgetter(0, 1)


@rule(id="placement.ranking", cites=("placement-opinion-2018", "placement-ties-2015"))
def rank(standings: Iterable[Standing], order: TieOrder) -> tuple[Place, ...]:
    """选岗顺序: honours first, then points from high to low, ties by the order of the area.

    Unit: place. Rounding: none. Two who are equal in everything are not put in an order: the ranking is refused.
    Raises: NumberTwice, TieFactMissing, FullTie.
    """
    wanted = list(standings)
    _refuse_twice(wanted)
    keyed = sorted(((_head(item), _keys(item, order), item) for item in wanted), key=_SORTED_BY)
    _refuse_ties(keyed, order)
    places, before = [], None
    for position, (one, after) in enumerate(zip_longest(keyed, keyed[1:]), 1):
        compared = (_compared(one, other, order) for other in (before, after) if other is not None)
        ties = max(compared, key=len, default=())
        places.append(Place(position, one[2], _why(one, before, order), ties))
        before = one
    return tuple(places)


def _head(item: Standing) -> tuple[bool, Decimal]:
    """Honours before points; among honours nobody has any."""
    return (not item.is_first, Decimal(0) if item.is_first else -item.total)


def _keys(item: Standing, order: TieOrder) -> tuple[Any, ...]:
    """What sorts the one who goes first to the front; who lacks the fact goes last until that is refused."""
    return tuple(_KEYS[word](item) for word in order.by)


_KEYS: dict[TieBreak, Callable[[Standing], Any]] = {
    TieBreak.LONGER_SERVICE: lambda item: (-item.time.months, -item.time.days),
    TieBreak.OLDER: lambda item: item.born_on or date.max,
    TieBreak.HIGHER_POINTS: lambda item: -(item.total if item.points is None else item.points),
    TieBreak.HIGHER_EXAM: lambda item: -item.examined,
    TieBreak.LOT: lambda item: _NO_LOT if item.lot is None else item.lot,
}


def _refuse_twice(items: Sequence[Standing]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.number in seen:
            raise NumberTwice(number=item.number)
        seen.add(item.number)


def _refuse_ties(keyed: Sequence[Keyed], order: TieOrder) -> None:
    """Refuse what no comparison settles, all of it at once."""
    full: list[str] = []
    for _, equal in groupby(keyed, key=lambda one: one[0]):
        group = list(equal)
        if len(group) > 1:
            for word in _COMPARED:
                _refuse_unknown(group, order, word)
            full += [_named(alike) for alike in _alike(group, len(order.by))]
    if full:
        said = "；".join(full[:LISTED]) + (f"等 {len(full)} 组" if len(full) > LISTED else "")
        raise FullTie(order="，再".join(TIE_LABELS[word] for word in order.by), tied=said)


def _refuse_unknown(group: Sequence[Keyed], order: TieOrder, word: TieBreak) -> None:
    """Refuse where a place hangs on a birth date or a lot that is not known."""
    if word not in order.by:
        return
    for alike in _alike(group, order.by.index(word)):
        known = (item.born_on if word is TieBreak.OLDER else item.lot for _, _, item in alike)
        if any(fact is None for fact in known):
            raise TieFactMissing(tied=_named(alike), what=_COMPARED[word])


def _alike(group: Sequence[Keyed], compared: int) -> list[list[Keyed]]:
    """Those of a group whom the first so many comparisons do not tell apart, two or more together."""
    runs = (list(equal) for _, equal in groupby(group, key=lambda one: one[1][:compared]))
    return [alike for alike in runs if len(alike) > 1]


def _named(group: Sequence[Keyed]) -> str:
    return "、".join(item.number for _, _, item in group)


def _settled_by(one: Keyed, other: Keyed, order: TieOrder) -> TieBreak | None:
    """What tells two neighbours apart who have the same points: the first comparison in which they differ."""
    if one[0] != other[0]:
        return None
    return next((word for word, mine, theirs in zip(order.by, one[1], other[1], strict=True) if mine != theirs), None)


def _compared(one: Keyed, other: Keyed, order: TieOrder) -> tuple[TieBreak, ...]:
    """What was compared between two neighbours with the same points; each comparison follows the ones before it."""
    settled = _settled_by(one, other, order)
    return () if settled is None else order.by[: order.by.index(settled) + 1]


def _why(one: Keyed, before: Keyed | None, order: TieOrder) -> str:
    item = one[2]
    name = "总分" if item.points is None or item.points == item.total else "排序分"
    if before is None:
        return "排在最前，不计分" if item.is_first else f"{name} {points_text(item.total)}，最高"
    tie = _settled_by(one, before, order)
    if tie is not None:
        same = "同为不计分的荣誉获得者" if item.is_first else f"与前一名同为 {points_text(item.total)} 分"
        return f"{same}，{_WHY[tie]}"
    if before[2].is_first:
        return f"{name} {points_text(item.total)}，计分的最高"
    return f"{name} {points_text(item.total)}，低于前一名的 {points_text(before[2].total)}"
