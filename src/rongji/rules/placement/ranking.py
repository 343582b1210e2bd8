"""The order in which candidates choose: by points, ties by the local order, never by chance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import Any

from rongji.law.shapes.placement import TIE_LABELS, TieBreak, TieOrder, points_text
from rongji.rules.entitlement.service_time import Span
from rongji.rules.placement.refusals import FullTie, NumberTwice, TieFactMissing
from rongji.rules.rule import rule

LISTED = 10
_COMPARED = {TieBreak.LONGER_SERVICE: "服役时间", TieBreak.OLDER: "出生日期"}
_WHY = {TieBreak.LONGER_SERVICE: "服役时间较短", TieBreak.OLDER: "年龄较小"}


@dataclass(frozen=True, slots=True)
class Standing:
    """A candidate as the ranking sees them.

    number: of the candidate on the list; is_first: placed before everybody without points. time: of service.
    born_on: None where it is not known, or not published because no tie hangs on it.
    """

    number: str
    total: Decimal
    time: Span
    born_on: date | None = None
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the order: position from 1, and why it comes after the one before it.

    ties: what told this candidate from a neighbour with the same points; none where the points did.
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
        settled = [_settled_by(one, other, order) for other in (before, after) if other is not None]
        ties = tuple(word for word in settled if word is not None)
        places.append(Place(position, one[2], _why(one, before, order), ties))
        before = one
    return tuple(places)


def _head(item: Standing) -> tuple[bool, Decimal]:
    """Honours before points; among honours nobody has any."""
    return (not item.is_first, Decimal(0) if item.is_first else -item.total)


def _keys(item: Standing, order: TieOrder) -> tuple[Any, ...]:
    """What sorts the one who goes first to the front; who lacks the fact goes last until that is refused."""
    longer = (-item.time.months, -item.time.days)
    return tuple(longer if word is TieBreak.LONGER_SERVICE else item.born_on or date.max for word in order.by)


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
            _refuse_unknown_births(group, order)
            full += [_named(alike) for alike in _alike(group, len(order.by))]
    if full:
        said = "；".join(full[:LISTED]) + (f"等 {len(full)} 组" if len(full) > LISTED else "")
        raise FullTie(order="，再".join(TIE_LABELS[word] for word in order.by), tied=said)


def _refuse_unknown_births(group: Sequence[Keyed], order: TieOrder) -> None:
    """Refuse where a place hangs on a birth date that is not known."""
    if TieBreak.OLDER not in order.by:
        return
    for alike in _alike(group, order.by.index(TieBreak.OLDER)):
        if any(item.born_on is None for _, _, item in alike):
            raise TieFactMissing(tied=_named(alike), what=_COMPARED[TieBreak.OLDER])


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


def _why(one: Keyed, before: Keyed | None, order: TieOrder) -> str:
    item = one[2]
    if before is None:
        return "排在最前，不计分" if item.is_first else f"总分 {points_text(item.total)}，最高"
    tie = _settled_by(one, before, order)
    if tie is not None:
        same = "同为不计分的荣誉获得者" if item.is_first else f"与前一名同为 {points_text(item.total)} 分"
        return f"{same}，{_WHY[tie]}"
    if before[2].is_first:
        return f"总分 {points_text(item.total)}，计分的最高"
    return f"总分 {points_text(item.total)}，低于前一名的 {points_text(before[2].total)}"
