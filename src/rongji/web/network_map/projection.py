"""From longitude and latitude to points of a picture: a plane that keeps the shape of a county."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from statistics import median

from rongji.services.network.shapes import Box, Point, Ring
from rongji.web.network_map.spots import Ruler

KILOMETRES_PER_DEGREE = 111.32
_SMALLEST = 0.004  # degrees: one village alone is shown with its surroundings
_FAR, _NOT_YET_FAR = 8, 0.15
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200)


@dataclass(frozen=True, slots=True)
class Projection:
    """Points of a box on a picture, north on top; a kilometre is as long from east to west as from north to south."""

    box: Box
    scale: float
    squeeze: float
    left: float
    top: float

    @classmethod
    def fitting(cls, box: Box, *, width: float, height: float, margin: float) -> "Projection":
        """The largest on which the whole box is seen, in the middle of the picture."""
        squeeze = cos(radians((box.south + box.north) / 2))
        across = max(box.east - box.west, _SMALLEST) * squeeze
        down = max(box.north - box.south, _SMALLEST)
        scale = min((width - 2 * margin) / across, (height - 2 * margin) / down)
        left = (width - (box.east - box.west) * squeeze * scale) / 2
        top = (height - (box.north - box.south) * scale) / 2
        return cls(box, scale, squeeze, left, top)

    def place(self, point: Point) -> tuple[float, float]:
        """Where a point stands."""
        x = self.left + (point[0] - self.box.west) * self.squeeze * self.scale
        y = self.top + (self.box.north - point[1]) * self.scale
        return round(x, 1), round(y, 1)

    def path(self, rings: Sequence[Ring]) -> str:
        """Outlines as the path of an SVG."""
        parts = []
        for ring in rings:
            places = [self.place(point) for point in ring]
            parts.append("M" + "L".join(f"{x:g} {y:g}" for x, y in places) + "Z")
        return "".join(parts)

    def ruler(self, longest: float) -> Ruler:
        """A round number of kilometres, at most so long."""
        kilometre = self.scale / KILOMETRES_PER_DEGREE
        fitting = [step for step in _STEPS if step * kilometre <= longest]
        kilometres = fitting[-1] if fitting else _STEPS[0]
        return Ruler(kilometres, round(kilometres * kilometre, 1))


def proportion(box: Box) -> float:
    """Height against width of a box on the ground."""
    across = max(box.east - box.west, _SMALLEST) * cos(radians((box.south + box.north) / 2))
    return max(box.north - box.south, _SMALLEST) / across


def together(points: Sequence[Point]) -> Box:
    """The box of those points that lie together; one typed a province away does not press the others into a corner."""
    middle = median(point[0] for point in points), median(point[1] for point in points)
    offs = [_off(point, middle) for point in points]
    far = max(_FAR * median(offs), _NOT_YET_FAR)
    return Box.around([point for point, off in zip(points, offs, strict=True) if off <= far])


def _off(point: Point, middle: Point) -> float:
    return max(abs(point[0] - middle[0]), abs(point[1] - middle[1]))


def inner_point(rings: Sequence[Ring]) -> Point:
    """A point well inside the largest outline: the middle of its widest stretch at one of a few heights."""
    ring = max(rings, key=lambda item: abs(_size(item)))
    box = Box.around(ring)
    best: tuple[float, Point] = (-1.0, ring[0])
    for part in range(1, 8):
        y = box.south + (box.north - box.south) * part / 8
        crossings = sorted(_crossings(ring, y))
        for first, last in zip(crossings[::2], crossings[1::2], strict=False):
            central = (last - first) * (1 - abs(part - 4) / 8)
            best = max(best, (central, ((first + last) / 2, y)))
    return best[1]


def _crossings(ring: Ring, y: float) -> list[float]:
    """Where the outline crosses a height."""
    found = []
    for (ax, ay), (bx, by) in pairwise(ring):
        if (ay > y) != (by > y):
            found.append(ax + (y - ay) * (bx - ax) / (by - ay))
    return found


def _size(ring: Ring) -> float:
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2
