"""What the order of choice is made of: points of service, and beside them examinations, each with its share."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from rongji.law.fields import Fields
from rongji.law.shapes.placement import points_text

SERVICE_PART = "服役表现"
"""The part that the points sheet fills; every other part is an examination or assessment."""
_WHOLE = Decimal(100)
_MOST_PLACES = 3


class Rounds(StrEnum):
    """What is rounded: every part before it is added, or the sum alone."""

    PARTS = "parts"
    TOTAL = "total"


class Beyond(StrEnum):
    """What becomes of points of service above the full marks."""

    CAPPED = "capped"
    KEPT = "kept"


class Absence(StrEnum):
    """What becomes of somebody who did not sit an examination."""

    ZERO = "zero"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class OrderPart:
    """One part of the order. share: out of a hundred; full: full marks, 0 where the points themselves are taken."""

    name: str
    share: Decimal
    full: Decimal = Decimal(0)

    @property
    def said(self) -> str:
        """笔试占40%，满分100分."""
        full = f"，满分{points_text(self.full)}分" if self.full else ""
        return f"{self.name}占{points_text(self.share)}%{full}"

    @property
    def is_service(self) -> bool:
        """Whether the points sheet fills it."""
        return self.name == SERVICE_PART


@dataclass(frozen=True, slots=True)
class Composition:
    """排序分的构成: its parts in order, how many decimals are kept, and what is rounded, half up."""

    parts: tuple[OrderPart, ...]
    places: int = 0
    rounds: Rounds = Rounds.TOTAL
    beyond: Beyond = Beyond.CAPPED
    absent: Absence = Absence.REFUSED

    @property
    def examinations(self) -> tuple[OrderPart, ...]:
        """The parts beside the points; none where the points alone decide."""
        return tuple(part for part in self.parts if not part.is_service)

    @property
    def said(self) -> str:
        """服役表现占60%，满分100分；笔试占40%，满分100分；合计四舍五入到2位小数."""
        if not self.examinations:
            return "只按服役表现积分排序"
        what = "各部分" if self.rounds is Rounds.PARTS else "合计"
        beyond = "服役表现超过满分的按满分计" if self.beyond is Beyond.CAPPED else "服役表现超过满分的照计"
        absent = "缺考按零分计" if self.absent is Absence.ZERO else "缺考的不能排序"
        parts = "；".join(part.said for part in self.parts)
        return f"{parts}；{what}四舍五入到{self.places}位小数；{beyond}；{absent}"


def read_composition(value: Fields, keys: tuple[str, ...]) -> Composition:
    """The parts with their shares; where there is an examination, every word that its reckoning needs."""
    parts = tuple(_part(item) for item in value.each("parts"))
    is_composed = len(parts) > 1
    found = Composition(
        parts=parts,
        places=value.whole("places", default=None if is_composed else 0),
        rounds=value.choice("rounds", Rounds, default=None if is_composed else Rounds.TOTAL),
        beyond=value.choice("beyond", Beyond, default=None if is_composed else Beyond.CAPPED),
        absent=value.choice("absent", Absence, default=None if is_composed else Absence.REFUSED),
    )
    value.finish()
    _check(value, found)
    return found


def _part(item: Fields) -> OrderPart:
    full = item.number("full", required=False)
    found = OrderPart(item.text("part"), item.exact("share"), full if full is not None else Decimal(0))
    item.finish()
    if found.share <= 0 or found.full < 0:
        item.wrong("“share”应大于零，“full”不能小于零")
    return found


def _check(value: Fields, found: Composition) -> None:
    names = [part.name for part in found.parts]
    if names.count(SERVICE_PART) != 1 or len(set(names)) != len(names):
        value.wrong(f"“parts”里“{SERVICE_PART}”应有且只有一次，其他部分不能重名")
    if sum(part.share for part in found.parts) != _WHOLE:
        value.wrong("“parts”的“share”合计应为 100")
    if found.examinations and not all(part.full for part in found.parts):
        value.wrong("有考试或考核的，每一部分都要写满分“full”")
    if not found.examinations and found.parts and found.parts[0].full:
        value.wrong("只按积分排序的不写满分“full”")
    if not 0 <= found.places <= _MOST_PLACES:
        value.wrong(f"“places”应在 0 到 {_MOST_PLACES} 之间")


ORDER_KINDS = {"placement_composition": read_composition}
