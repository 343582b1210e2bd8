"""The network as a tree, where nothing has coordinates: the county above, a frame for each town with its villages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rongji.web.network_map.spots import (
    RADII,
    SIZES,
    Drawn,
    Label,
    Level,
    Line,
    Panel,
    Picture,
    Spot,
    clipped,
    width_of,
)

WIDTH = 1000
_COLUMNS, _GUTTER = 4, 14.0
_HEAD, _ROW, _FOOT, _INSET = 38.0, 22.0, 8.0, 14.0
_TOP, _BUS = 34.0, 78.0
_FIRST = 96.0
_FEWEST, _CELL = 2, 118.0  # villages in a row at least; about as wide as one of them wants to be


@dataclass(frozen=True, slots=True)
class _Town:
    """A town and what stands below it; no town for villages that hang on the county itself."""

    head: Spot | None
    villages: tuple[Spot, ...]
    in_a_row: int

    @property
    def height(self) -> float:
        rows = -(-len(self.villages) // self.in_a_row)
        return (_HEAD if self.head else _FOOT) + rows * _ROW + _FOOT


def tree_of(spots: Sequence[Spot]) -> Picture:
    """The tree; nothing is left out of it."""
    counties = [spot for spot in spots if spot.level is Level.COUNTY]
    groups = list(_towns(spots))
    columns = max(1, min(_COLUMNS, len(groups)))
    width = (WIDTH - _GUTTER * (columns - 1)) / columns
    in_a_row = max(_FEWEST, int((width - 2 * _INSET) // _CELL))
    towns = [_Town(head, villages, in_a_row) for head, villages in groups]
    tops, drawn, panels, lines = [_FIRST] * columns, [], [], []
    for town in towns:
        column = tops.index(min(tops))
        x, y = column * (width + _GUTTER), tops[column]
        panels.append(Panel(round(x, 1), y, round(width, 1), town.height))
        drawn += _inside(town, x, y, width)
        if y == _FIRST:
            lines.append(Line(round(x + width / 2, 1), _BUS, round(x + width / 2, 1), _FIRST))
        tops[column] = y + town.height + _GUTTER
    return Picture(
        width=WIDTH,
        height=round(max(tops)),
        spots=(*_heads(counties), *drawn),
        panels=tuple(panels),
        lines=_joined(lines, bool(counties)),
    )


def _towns(spots: Sequence[Spot]) -> Iterator[tuple[Spot | None, tuple[Spot, ...]]]:
    """Each town with its villages; last those that hang on none."""
    heads = [spot for spot in spots if spot.level is Level.TOWN]
    known = {spot.code for spot in heads}
    villages = [spot for spot in spots if spot.level is Level.VILLAGE]
    for head in heads:
        yield head, tuple(spot for spot in villages if spot.parent == head.code)
    alone = tuple(spot for spot in villages if spot.parent not in known)
    if alone:
        yield None, alone


def _heads(counties: Sequence[Spot]) -> Iterator[Drawn]:
    """The centres of the county side by side above everything."""
    for number, spot in enumerate(counties, 1):
        size = SIZES[spot.level]
        wide = width_of(spot.name, size)
        x = WIDTH * number / (len(counties) + 1) - wide / 2
        label = Label(spot.name, round(x + RADII[spot.level] + 6, 1), round(_TOP + size * 0.36, 1), "start")
        yield Drawn(spot, round(x, 1), _TOP, RADII[spot.level], label)


def _joined(lines: Sequence[Line], has_county: bool) -> tuple[Line, ...]:
    """The stubs down to the towns, the line that joins them, and the one up to the county."""
    if not lines or not has_county:
        return ()
    middle = WIDTH / 2
    ends = [line.x1 for line in lines] + [middle]
    return (*lines, Line(min(ends), _BUS, max(ends), _BUS), Line(middle, _TOP + RADII[Level.COUNTY] + 4, middle, _BUS))


def _inside(town: _Town, x: float, y: float, width: float) -> Iterator[Drawn]:
    if town.head:
        yield _beside(town.head, x + _INSET + 4, y + _HEAD / 2, width - 3 * _INSET)
    first = y + (_HEAD if town.head else _FOOT) + _ROW / 2
    room = (width - 2 * _INSET) / town.in_a_row
    for number, spot in enumerate(town.villages):
        across, down = number % town.in_a_row, number // town.in_a_row
        yield _beside(spot, x + _INSET + 4 + across * room, first + down * _ROW, room - 18)


def _beside(spot: Spot, x: float, y: float, room: float) -> Drawn:
    size, radius = SIZES[spot.level], RADII[spot.level]
    text = clipped(spot.name, size, room - radius)
    label = Label(text, round(x + radius + 5, 1), round(y + size * 0.36, 1), "start")
    return Drawn(spot, round(x, 1), round(y, 1), radius, label)
