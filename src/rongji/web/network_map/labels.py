"""Names beside their spots so that none covers another: the higher level first, eight places to try for each."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rongji.web.network_map.spots import SIZES, Drawn, Label, Level, width_of

_CELL = 40.0
_GAP = 3.0
_HEIGHT = 1.15  # of a line against the size of its characters
_BASE = 0.36  # from the middle of a line down to where its characters stand


@dataclass(frozen=True, slots=True)
class Taken:
    """A rectangle of the picture: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Taken") -> bool:
        """Whether two rectangles share anything."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass
class Room:
    """What of the picture is taken, by cells, so that looking costs little however many names there are."""

    width: float
    height: float
    cells: dict[tuple[int, int], list[Taken]] = field(default_factory=lambda: defaultdict(list))

    def take(self, taken: Taken) -> None:
        """Nothing else goes here."""
        for cell in _cells(taken):
            self.cells[cell].append(taken)

    def is_free(self, wanted: Taken) -> bool:
        """Whether a rectangle lies on the picture and on nothing else."""
        if wanted.left < 0 or wanted.top < 0 or wanted.right > self.width or wanted.bottom > self.height:
            return False
        return not any(wanted.meets(taken) for cell in _cells(wanted) for taken in self.cells.get(cell, ()))


def with_names(spots: Sequence[Drawn], *, width: float, height: float, kept: Sequence[Taken] = ()) -> tuple[Drawn, ...]:
    """The spots with their names where there is room; the others keep theirs quiet beside them.

    A town whose surroundings are full of villages is named all the same, across them. kept: what else is drawn.
    """
    everything, without_villages = Room(width, height), Room(width, height)
    for taken in kept:
        everything.take(taken)
    for spot in spots:
        everything.take(_dot(spot))
        if spot.spot.level < Level.VILLAGE:
            without_villages.take(_dot(spot))
    ranked = sorted(spots, key=lambda item: (item.spot.level, item.spot.code))
    named = {item.spot.code: _named(item, everything, without_villages) for item in ranked}
    return tuple(named[item.spot.code] for item in spots)


def _dot(drawn: Drawn) -> Taken:
    reach = drawn.radius
    return Taken(drawn.x - reach, drawn.y - reach, drawn.x + reach, drawn.y + reach)


def _named(drawn: Drawn, everything: Room, without_villages: Room) -> Drawn:
    places = list(_places(drawn))
    rooms = (everything,) if drawn.spot.level is Level.VILLAGE else (everything, without_villages)
    for room in rooms:
        for label, taken in places:
            if room.is_free(taken):
                everything.take(taken)
                without_villages.take(taken)
                return _with(drawn, label, is_quiet=False)
    width = everything.width
    inside = next((label for label, taken in places if taken.left >= 0 and taken.right <= width), places[0][0])
    return _with(drawn, inside, is_quiet=True)


def _with(drawn: Drawn, label: Label, *, is_quiet: bool) -> Drawn:
    shown = Label(label.text, round(label.x, 1), round(label.y, 1), label.anchor, is_quiet)
    return Drawn(drawn.spot, drawn.x, drawn.y, drawn.radius, shown, drawn.is_guessed)


def _places(drawn: Drawn) -> Iterator[tuple[Label, Taken]]:
    """The eight places around a spot, the easiest to read first."""
    size = SIZES[drawn.spot.level]
    wide = width_of(drawn.spot.name, size)
    off, slant, tall = drawn.radius + _GAP, drawn.radius * 0.75, size * _HEIGHT
    for across, down, anchor in (
        (off, 0.0, "start"),
        (-off, 0.0, "end"),
        (0.0, -off - tall / 2, "middle"),
        (0.0, off + tall / 2, "middle"),
        (slant, -slant - tall / 2, "start"),
        (slant, slant + tall / 2, "start"),
        (-slant, -slant - tall / 2, "end"),
        (-slant, slant + tall / 2, "end"),
    ):
        x, y = drawn.x + across, drawn.y + down
        left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
        label = Label(drawn.spot.name, x, y + size * _BASE, anchor)
        yield label, Taken(left, y - tall / 2, left + wide, y + tall / 2)


def _cells(taken: Taken) -> Iterator[tuple[int, int]]:
    for column in range(int(taken.left // _CELL), int(taken.right // _CELL) + 1):
        for row in range(int(taken.top // _CELL), int(taken.bottom // _CELL) + 1):
            yield column, row
