"""The network on a map: stations by their coordinates, over the area shapes where the bureau has supplied them."""

from collections.abc import Sequence
from dataclasses import replace
from math import atan2, cos, hypot, pi, sin

from rongji.services.network.shapes import Box, Point, Shapes
from rongji.web.network_map.labels import Taken, with_names
from rongji.web.network_map.projection import Projection, inner_point, proportion, together
from rongji.web.network_map.spots import RADII, Drawn, DrawnArea, Label, Level, Picture, Spot

WIDTH = 1000
_LOWEST, _HIGHEST = 460, 900
_MARGIN = 46.0
_RULER = 140.0
_SLACK = 0.02  # degrees by which a station may lie beyond the shapes
_NO_PLACE, _FAR_AWAY = "没有坐标", "坐标不在图上，请核对经纬度"
_UNPLACED = Label("", 0, 0, "start")


def map_of(spots: Sequence[Spot], shapes: Shapes | None, *, focus: frozenset[str] = frozenset()) -> Picture | None:
    """The map; None where neither shapes nor coordinates give it a place on the ground.

    focus: codes of the stations that fill the picture (a town and its villages); empty for all.
    """
    points = {spot.code: _point(spot, shapes) for spot in spots}
    known = [point for code, point in points.items() if point and (not focus or code in focus)]
    box = _box(known, shapes, zoomed=bool(focus))
    if box is None:
        return None
    height = min(_HIGHEST, max(_LOWEST, round(WIDTH * proportion(box))))
    plane = Projection.fitting(box, width=WIDTH, height=height, margin=_MARGIN)
    drawn = [_drawn(spot, points[spot.code], plane) for spot in spots if _is_shown(points[spot.code], box)]
    return Picture(
        width=WIDTH,
        height=height,
        spots=with_names(_apart(drawn), width=WIDTH, height=height, kept=_legends(height)),
        areas=tuple(DrawnArea(area.name, plane.path(area.rings)) for area in shapes.areas) if shapes else (),
        ruler=plane.ruler(_RULER),
        missing=tuple(
            (spot, _FAR_AWAY if points[spot.code] else _NO_PLACE)
            for spot in spots
            if not _is_shown(points[spot.code], box) and (not focus or spot.code in focus)
        ),
    )


def _point(spot: Spot, shapes: Shapes | None) -> Point | None:
    """Its coordinates, else the middle of its own area."""
    if spot.point or shapes is None:
        return spot.point
    area = shapes.of(spot.area_code, spot.name)
    return inner_point(area.rings) if area else None


def _box(known: Sequence[Point], shapes: Shapes | None, *, zoomed: bool) -> Box | None:
    if zoomed and known:
        return together(known)
    if shapes:
        return shapes.box
    return together(known) if known else None


def _is_shown(point: Point | None, box: Box) -> bool:
    return point is not None and box.holds(point, margin=_SLACK)


def _drawn(spot: Spot, point: Point | None, plane: Projection) -> Drawn:
    x, y = plane.place(point or (0.0, 0.0))
    return Drawn(spot, x, y, RADII[spot.level], _UNPLACED, is_guessed=spot.point is None)


def _apart(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Stations that share a place stand in a ring around it, so that each can be seen and reached."""
    places: dict[tuple[int, int], list[Drawn]] = {}
    for item in drawn:
        places.setdefault((round(item.x / 4), round(item.y / 4)), []).append(item)
    spread = [item for items in places.values() for item in (items if len(items) == 1 else _ring(items))]
    return _off_towns(spread)


def _off_towns(drawn: Sequence[Drawn]) -> list[Drawn]:
    """Villages that would cover the mark of a town or of the county stand at its rim."""
    heads = [item for item in drawn if item.spot.level < Level.VILLAGE]
    return [_off(item, heads) if item.spot.level is Level.VILLAGE else item for item in drawn]


def _off(item: Drawn, heads: Sequence[Drawn]) -> Drawn:
    for head in heads:
        reach, off = head.radius + item.radius, hypot(item.x - head.x, item.y - head.y)
        if off < reach:
            turn = atan2(item.y - head.y, item.x - head.x)
            return replace(item, x=round(head.x + reach * cos(turn), 1), y=round(head.y + reach * sin(turn), 1))
    return item


def _legends(height: int) -> tuple[Taken, ...]:
    """Where the scale and the arrow to the north stand."""
    return Taken(0, height - 44, _RULER + 100, height), Taken(WIDTH - 50, 0, WIDTH, 60)


def _ring(items: Sequence[Drawn]) -> list[Drawn]:
    first, *others = sorted(items, key=lambda item: (item.spot.level, item.spot.code))
    reach = max(first.radius + 7, 9 * len(others) / (2 * pi))
    turned = ((item, 2 * pi * number / len(others)) for number, item in enumerate(others))
    around = [
        replace(item, x=round(first.x + reach * cos(turn), 1), y=round(first.y + reach * sin(turn), 1))
        for item, turn in turned
    ]
    return [first, *around]
