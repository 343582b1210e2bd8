"""What is drawn of a station, and the picture that the page prints: sizes and places only, words as they are."""

from dataclasses import dataclass
from enum import IntEnum

from rongji.services.network.shapes import Point


class Level(IntEnum):
    """Which of the three levels a station belongs to; the smaller, the higher."""

    COUNTY = 1
    TOWN = 2
    VILLAGE = 3


@dataclass(frozen=True, slots=True)
class Spot:
    """A station to be drawn.

    point: longitude and latitude as registered, None for none. tone: class of its colour; mark: the character inside,
    so that colour does not stand alone; says: everything about it in one line, for whoever hears the page.
    """

    code: str
    name: str
    level: Level
    parent: str
    area_code: str
    tone: str
    mark: str
    says: str
    address: str
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Label:
    """A name beside its spot. anchor: start, middle or end; is_quiet: there is no room, it is shown when asked for."""

    text: str
    x: float
    y: float
    anchor: str
    is_quiet: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A spot in its place. is_guessed: it stands in the middle of its area, for it has no coordinates."""

    spot: Spot
    x: float
    y: float
    radius: float
    label: Label
    is_guessed: bool = False

    @property
    def left(self) -> float:
        """The left side of a square about it."""
        return round(self.x - self.radius, 1)

    @property
    def top(self) -> float:
        """The upper side of a square about it."""
        return round(self.y - self.radius, 1)

    @property
    def across(self) -> float:
        """How wide it is."""
        return 2 * self.radius


@dataclass(frozen=True, slots=True)
class DrawnArea:
    """An area as the path of an SVG."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Panel:
    """A frame around a town and its villages in the tree."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line of the tree."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Ruler:
    """The scale: so many kilometres are so long."""

    kilometres: int
    length: float


@dataclass(frozen=True, slots=True)
class Picture:
    """The network drawn. missing: stations that have no place in it (a map only), with the reason."""

    width: int
    height: int
    spots: tuple[Drawn, ...]
    areas: tuple[DrawnArea, ...] = ()
    panels: tuple[Panel, ...] = ()
    lines: tuple[Line, ...] = ()
    ruler: Ruler | None = None
    missing: tuple[tuple[Spot, str], ...] = ()

    @property
    def foot(self) -> int:
        """Where the scale stands."""
        return self.height - 22


RADII = {Level.COUNTY: 13.0, Level.TOWN: 10.0, Level.VILLAGE: 4.5}
SIZES = {Level.COUNTY: 16.0, Level.TOWN: 13.5, Level.VILLAGE: 11.0}
_HALF = 0.56  # letters and digits against Chinese characters


def width_of(text: str, size: float) -> float:
    """How wide a text is set, near enough to keep names apart."""
    return size * sum(1.0 if ord(character) > 0x2E7F else _HALF for character in text)


def clipped(text: str, size: float, room: float) -> str:
    """The text as far as there is room for it, with an ellipsis for the rest."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept, size) + size > room:
        kept = kept[:-1]
    return f"{kept}…"
