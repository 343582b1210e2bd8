"""The numbers of running text by what they are called, for words that name a number stated earlier."""

from collections.abc import Iterable

from rongji.checks.stated.basis import basis_of, without_basis
from rongji.checks.stated.neighbours import is_value
from rongji.checks.stated.outline import Item
from rongji.checks.stated.words import plain
from rongji.kernel.units import UnitKind
from rongji.law.recognition import names

_OPENINGS = ("本年", "全年", "当年", "总", "我局", "我单位", "部门", "全部")
_MOST = 6


class Named:
    """Values by name, the latest first."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[Item]] = {}

    def add(self, items: Iterable[Item]) -> None:
        """Take note of the values of a passage."""
        for item in items:
            if is_value(item) and item.phrase.label:
                self._by_name.setdefault(_name(item.phrase.label), []).append(item)

    def called(self, words: str, like: Item | None = None) -> tuple[Item, ...]:
        """The values (of the same kind) that bear that name, the latest stated first, each amount once."""
        known = self._by_name.get(_name(words), [])
        if like is None:
            return tuple(known[:-2:-1])
        found = [item for item in reversed(known) if item.kind is like.kind]
        if like.kind is UnitKind.COUNT:
            found = [item for item in found if item.quantity.unit.is_comparable_with(like.quantity.unit)]
        kept = [item for item in found if item is not like and not _other_basis(item, like)]
        return tuple({item.quantity.base: item for item in reversed(kept[:_MOST])}.values())[::-1]


def _other_basis(item: Item, like: Item) -> bool:
    left, right = basis_of(item), basis_of(like)
    return bool(left and right) and left != right


def _name(words: str) -> str:
    """A name in the form in which two mentions of one thing meet."""
    name = plain(without_basis(words))
    for opening in _OPENINGS:
        name = name.removeprefix(opening) or name
    return names().facts.get(name, name)
