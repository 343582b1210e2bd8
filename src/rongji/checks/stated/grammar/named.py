"""The numbers of running text by what they are called, for words that name a number stated earlier."""

import re
from collections.abc import Iterable
from itertools import islice

from rongji.checks.stated.grammar.basis import basis_of, without_basis
from rongji.checks.stated.grammar.neighbours import is_value
from rongji.checks.stated.grammar.outline import Item
from rongji.checks.stated.words import plain
from rongji.kernel.units import UnitKind
from rongji.law.recognition import names

_OPENINGS = ("本年", "全年", "当年", "总", "我局", "我单位", "部门", "全部")
_MOST = 6
_END = 4
_MOST_NAMES = 200
_OWNER = re.compile(r"[一-鿿]{0,6}[省市县区州旗国]|[全本我][镇乡村校局]")


class Named:
    """Values by name, the latest first."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Item]] = {}
        self._by_end: dict[str, dict[str, None]] = {}

    def add(self, items: Iterable[Item]) -> None:
        """Take note of the values of a passage."""
        for item in items:
            if is_value(item) and item.phrase.label:
                name = _name(item.phrase.label)
                self._by_name.setdefault(name, []).append(item)
                self._by_end.setdefault(name[-_END:], {})[name] = None

    def called(self, words: str, like: Item | None = None) -> tuple[Item, ...]:
        """The values (of the same kind) that bear that name, the latest stated first, each amount once."""
        known = self._by_name.get(_name(words)) or self._owned(_name(words))
        if like is None:
            return tuple(known[:-2:-1])
        found = [item for item in reversed(known) if item.kind is like.kind]
        if like.kind is UnitKind.COUNT:
            found = [item for item in found if item.quantity.unit.is_comparable_with(like.quantity.unit)]
        kept = [item for item in found if item is not like and not _other_basis(item, like)]
        return tuple({item.quantity.base: item for item in reversed(kept[:_MOST])}.values())[::-1]

    def _owned(self, name: str) -> list[Item]:
        """What the one longer name stands for that only says in front whose it is (全市常住人口 for 常住人口)."""
        known = (item for item in islice(self._by_end.get(name[-_END:], ()), _MOST_NAMES) if item.endswith(name))
        longer = [item for item in known if _OWNER.fullmatch(item.removesuffix(name))]
        return self._by_name[longer[0]] if len(longer) == 1 and len(name) >= _END else []


def _other_basis(item: Item, like: Item) -> bool:
    left, right = basis_of(item), basis_of(like)
    return bool(left and right) and left != right


def _name(words: str) -> str:
    """A name in the form in which two mentions of one thing meet."""
    name = plain(without_basis(words))
    for opening in _OPENINGS:
        name = name.removeprefix(opening) or name
    return names().facts.get(name, name)
