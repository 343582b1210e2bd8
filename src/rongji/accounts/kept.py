"""What was reckoned from records, kept in this process until something is written where it was read from."""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from threading import Lock
from typing import Any, TypeVar

from rongji.kernel.figure import Figure

MOST = 2_000_000
"""How heavy everything kept may be together; what was not asked for longest goes first."""

T = TypeVar("T")
Name = tuple[Hashable, ...]
Stamps = tuple[str, ...]

_KEPT: dict[Name, tuple[Stamps, Any, int]] = {}
_GUARD = Lock()


def kept(name: Name, stamps: Stamps, make: Callable[[], T], weigh: Callable[[T], int]) -> T:
    """What is kept under a name, if its stamps are still these; else it is made and kept.

    stamps: of the rooms that it is read from (`trail.room_stamps`), taken before it is read: what is written meanwhile
    makes the answer old, not wrong. Nothing is kept where nothing was ever written. weigh: in rows.
    """
    return kept_parts(name, {"": stamps}, lambda parts: {part: make() for part in parts}, weigh)[""]


def kept_parts(
    name: Name,
    stamps: Mapping[str, Stamps],
    make: Callable[[Sequence[str]], Mapping[str, T]],
    weigh: Callable[[T], int],
) -> dict[str, T]:
    """`kept` for each part of something, in the order of the stamps; those that are not kept are made together."""
    found: dict[str, T] = {}
    with _GUARD:
        for part, of_part in stamps.items():
            held = _KEPT.get((*name, part))
            if held is not None and held[0] == of_part and any(of_part):
                found[part] = held[1]
                _KEPT[*name, part] = _KEPT.pop((*name, part))
    missing = [part for part in stamps if part not in found]
    if missing:
        made = make(missing)
        with _GUARD:
            for part in missing:
                found[part] = made[part]
                _KEPT[*name, part] = (stamps[part], made[part], weigh(made[part]))
            _make_room()
    return {part: found[part] for part in stamps}


def rows_in(figures: Iterable[Figure]) -> int:
    """How many rows some figures carry, they themselves included: what they weigh."""
    return sum(1 + len(figure.rows) for figure in figures)


def forget_kept() -> None:
    """Reckon everything anew: for tests, which write into tables past the services."""
    with _GUARD:
        _KEPT.clear()


def _make_room() -> None:
    weight = sum(item[2] for item in _KEPT.values())
    while weight > MOST and len(_KEPT) > 1:
        weight -= _KEPT.pop(next(iter(_KEPT)))[2]
