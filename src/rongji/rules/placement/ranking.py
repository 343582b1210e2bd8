"""The order in which candidates choose: by points, ties by the local order, never by chance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
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


@rule(id="placement.ranking", cites=("placement-opinion-2018", "placement-ties-2015"))
def rank(standings: Iterable[Standing], order: TieOrder) -> tuple[Place, ...]:
    """选岗顺序: honours first, then points from high to low, ties by the order of the area.

    Unit: place. Rounding: none. Two who are equal in everything are not put in an order: the ranking is refused.
    Raises: NumberTwice, TieFactMissing, FullTie.
    """
    wanted = list(standings)
    _refuse_twice(wanted)
    ranked = sorted(wanted, key=lambda item: (_head(item), tuple(_key(item, word) for word in order.by)))
    _refuse_ties(ranked, order)
    return tuple(_place(ranked, index, order) for index in range(len(ranked)))


def _head(item: Standing) -> tuple[bool, Decimal]:
    """Honours before points; among honours nobody has any."""
    return (not item.is_first, Decimal(0) if item.is_first else -item.total)


def _key(item: Standing, word: TieBreak) -> Any:
    """What sorts the one who goes first to the front; who lacks the fact goes last until that is refused."""
    if word is TieBreak.LONGER_SERVICE:
        return (-item.time.months, -item.time.days)
    return item.born_on or date.max


def _refuse_twice(items: Sequence[Standing]) -> None:
    seen: set[str] = set()
    for item in items:
        if item.number in seen:
            raise NumberTwice(number=item.number)
        seen.add(item.number)


def _refuse_ties(ranked: Sequence[Standing], order: TieOrder) -> None:
    """Refuse what no comparison settles, all of it at once."""
    full: list[str] = []
    for _, equal in groupby(ranked, key=_head):
        group = list(equal)
        if len(group) > 1:
            _refuse_unknown_births(group, order)
            full += _same_in_everything(group, order)
    if full:
        said = "；".join(full[:LISTED]) + (f"等 {len(full)} 组" if len(full) > LISTED else "")
        raise FullTie(order="，再".join(TIE_LABELS[word] for word in order.by), tied=said)


def _refuse_unknown_births(group: Sequence[Standing], order: TieOrder) -> None:
    """Refuse where a place hangs on a birth date that is not known."""
    before = order.by[: order.by.index(TieBreak.OLDER)] if TieBreak.OLDER in order.by else order.by
    if len(before) == len(order.by):
        return
    for _, equal in groupby(group, key=lambda item: tuple(_key(item, word) for word in before)):
        alike = list(equal)
        if len(alike) > 1 and any(item.born_on is None for item in alike):
            raise TieFactMissing(tied=_named(alike), what=_COMPARED[TieBreak.OLDER])


def _same_in_everything(group: Sequence[Standing], order: TieOrder) -> list[str]:
    found = []
    for _, equal in groupby(group, key=lambda item: tuple(_key(item, word) for word in order.by)):
        alike = list(equal)
        if len(alike) > 1:
            found.append(_named(alike))
    return found


def _named(items: Sequence[Standing]) -> str:
    return "、".join(item.number for item in items)


def _place(ranked: Sequence[Standing], index: int, order: TieOrder) -> Place:
    item = ranked[index]
    before = ranked[index - 1] if index else None
    after = ranked[index + 1] if index + 1 < len(ranked) else None
    settled = [_settled_by(item, other, order) for other in (before, after) if other is not None]
    return Place(index + 1, item, _why(item, before, order), tuple(word for word in settled if word is not None))


def _settled_by(item: Standing, other: Standing, order: TieOrder) -> TieBreak | None:
    """What tells two neighbours apart who have the same points; the last thing looked at."""
    if _head(item) != _head(other):
        return None
    return next((word for word in order.by if _key(item, word) != _key(other, word)), None)


def _why(item: Standing, before: Standing | None, order: TieOrder) -> str:
    if before is None:
        return "排在最前，不计分" if item.is_first else f"总分 {points_text(item.total)}，最高"
    tie = _settled_by(item, before, order)
    if tie is not None:
        same = "同为不计分的荣誉获得者" if item.is_first else f"与前一名同为 {points_text(item.total)} 分"
        return f"{same}，{_WHY[tie]}"
    if before.is_first:
        return f"总分 {points_text(item.total)}，计分的最高"
    return f"总分 {points_text(item.total)}，低于前一名的 {points_text(before.total)}"
