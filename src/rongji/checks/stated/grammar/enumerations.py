"""Names in a row: how many things an enumeration names, as a range where 和 may join or belong to a name."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rongji.checks.stated.grammar.syntax import squeezed

_BRACKETS = re.compile(r"[（(][^（()）]{0,80}[)）]")
_QUOTED = re.compile(r"[“《][^”》]{0,60}[”》]")
_JOINS = re.compile(r"以及|和|及(?!时)|与|暨")
_LAST_JOIN = re.compile(r"^(?:以及|和|及|与|并)")
_OPEN = re.compile(r"等(?:[^级候]|$)")
_PLACES = (
    "科室股处办局院所站队校厅部委镇乡村县区市店厂馆园库场街道社区学校小学中学医院公司企业中心集团单位银行协会"
    "支队大队车间班组窗口岗位组社会"
)
_ENDS = re.compile(rf"[{_PLACES}]$")
_DEEDS = re.compile(r"开展|完成|推进|加强|落实|提高|实现|组织|进行|负责|保障了|达到|\d")
_LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class Enumeration:
    """Names in a row. least, most: how many things they can be. names: as split at 、 and ，.

    open: 等 stands with them. plain: all are names of offices or places, without deeds or numbers.
    """

    names: tuple[str, ...]
    least: int
    most: int
    open: bool
    plain: bool


def enumeration(text: str, marks: str) -> Enumeration | None:
    """The names in a text, divided by these marks; None for fewer than two."""
    bare = _QUOTED.sub(lambda found: "“" + "某" * (len(found[0]) - 2) + "”", _BRACKETS.sub("", squeezed(text)))
    is_open = bool(_OPEN.search(bare))
    parts = [item for item in re.split(f"[{re.escape(marks)}]", bare.rstrip("，。；、")) if item]
    names = [_LAST_JOIN.sub("", item) for item in parts]
    if is_open:
        names[-1] = names[-1].partition("等")[0]
    names = [item for item in names if item]
    if not names:
        return None
    joins = sum(len(_JOINS.findall(item)) for item in names)
    plain = len(names) + joins > 1 and all(_is_name(item) for item in names)
    return Enumeration(tuple(names), len(names), len(names) + joins, is_open, plain)


def _is_name(text: str) -> bool:
    return 2 <= len(text) <= _LONGEST_NAME and bool(_ENDS.search(text)) and not _DEEDS.search(text)


def counted_markers(text: str) -> int:
    """How many points 一是…二是…三是… make, 0 when they do not follow each other."""
    found = re.findall(r"(?<![第之统唯])([一二三四五六七八九])是", text)
    order: Sequence[str] = "一二三四五六七八九"
    count = 0
    for mark in found:
        if count < len(order) and mark == order[count]:
            count += 1
    return count if count > 1 else 0
