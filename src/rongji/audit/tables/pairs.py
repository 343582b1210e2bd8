"""Pairs of name and value (人员编制 10 实有人数 12), as the head of a form prints them."""

from collections.abc import Sequence
from functools import lru_cache

from rongji.audit.naming import plain
from rongji.audit.tables.lattice import Slot
from rongji.audit.tables.numbers import is_number
from rongji.audit.tables.words import meaning_of
from rongji.law.recognition import forms


@lru_cache(maxsize=1)
def pair_names() -> frozenset[str]:
    """The names that stand before a value."""
    return frozenset(plain(name) for name in forms().pairs)


def is_pair_name(text: str) -> bool:
    """Whether a text is such a name."""
    return plain(text) in pair_names()


def _ends_as_pair_name(text: str) -> bool:
    """Whether a text is such a name by its end (地方主管部门)."""
    return is_pair_name(text) or plain(text).endswith(forms().endings)


def is_score_name(text: str) -> bool:
    """Whether a name gives the score of the whole form (总分, 自评得分)."""
    return plain(text) in forms().scores


def is_pair_row(slots: Sequence[Slot]) -> bool:
    """Whether a row is pairs by its names: every second cell is a known one, or most are and the rest is short."""
    if len(slots) < 2:
        return False
    names = [slot for slot in slots[::2] if slot.words]
    values = [slot for slot in slots[1::2] if slot.words]
    if not names or any(is_number(slot.text) or len(slot.words) > 20 for slot in names):
        return False
    known = sum(1 for slot in names if is_pair_name(slot.text))
    if any(is_pair_name(slot.text) for slot in values):
        return False
    if known < len(names) and all(_ends_as_pair_name(slot.text) for slot in names):
        return bool(values) and not any(_ends_as_pair_name(slot.text) or meaning_of(slot.text) for slot in values)
    if known == 0:
        return False
    return known == len(names) or (known * 2 >= len(names) and len(slots) == 2 * len(names) == 2 * len(values))
