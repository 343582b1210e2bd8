"""By what the spots of the map are coloured: the grade that a station holds, or how far its checklist is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rongji.services.network.facts import Network, StationFacts


class Coloured(StrEnum):
    """What colours stand for."""

    GRADE = "grade"
    HAVES = "haves"


COLOURED_LABELS = {Coloured.GRADE: "评级", Coloured.HAVES: "五有"}
_RANKS = ("nation", "province", "city", "county")
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Tone:
    """One colour: its class, the character in the spot, what it means, and how many stations have it."""

    tone: str
    mark: str
    label: str
    count: int = 0


def tone_of(station: StationFacts, coloured: Coloured, levels: Sequence[str]) -> tuple[str, str]:
    """The colour of a station and the character inside."""
    return _by_grade(station, levels) if coloured is Coloured.GRADE else _by_haves(station)


def legend(network: Network, coloured: Coloured) -> list[Tone]:
    """Every colour with its meaning and how many stations have it."""
    found = [tone_of(item, coloured, network.levels) for item in network.stations]
    count = {tone: sum(one[0] == tone for one in found) for tone in {one[0] for one in found}}
    if coloured is Coloured.GRADE:
        tones = [Tone(rank, level[:1], level) for rank, level in zip(_RANKS, network.levels, strict=False)]
        tones.append(Tone(_NONE, "未", "未命名"))
    else:
        tones = [
            Tone("full", "全", "全部达到"),
            Tone("most", "缺", "差一项"),
            Tone("few", "缺", "差两项以上"),
            Tone(_NONE, "未", "没有核对过"),
        ]
    return [Tone(item.tone, item.mark, item.label, count.get(item.tone, 0)) for item in tones]


def _by_grade(station: StationFacts, levels: Sequence[str]) -> tuple[str, str]:
    grade = station.grade
    if grade is None or grade.level not in levels:
        return _NONE, "未"
    rank = min(levels.index(grade.level), len(_RANKS) - 1)
    return _RANKS[rank], grade.level[:1]


def _by_haves(station: StationFacts) -> tuple[str, str]:
    haves = station.haves
    if haves is None or not haves.words:
        return _NONE, "未"
    lacking = haves.whole - haves.met
    return ("full", "全") if not lacking else ("most" if lacking == 1 else "few", str(haves.met))
