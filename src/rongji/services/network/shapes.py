"""Area shapes of the map: reading a GeoJSON file that a bureau supplies, strictly, and thinning it for the screen.

Longitude and latitude in degrees. The file is a stranger's: size, kinds, places and nesting are all checked.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rongji.kernel.refusal import Refusal

MAX_MEGABYTES = 12
MAX_AREAS = 3000
MAX_POINTS = 400_000
LONGITUDES, LATITUDES = (73.0, 136.0), (3.0, 54.0)
_NAMES = ("name", "Name", "NAME", "名称", "XZQMC", "ZLDWMC", "NAME_CHN", "乡镇", "镇名")
_CODES = ("adcode", "code", "Code", "CODE", "代码", "XZQDM", "ZLDWDM", "PAC", "gb", "区划代码")
_FINENESS = 1200  # outlines lie on a grid of this many steps: finer than any picture of ours
_TRIANGLE = 3
MAX_DRAWN = 80_000
_ENCODINGS = ("utf-8-sig", "gb18030")

Point = tuple[float, float]
Ring = tuple[Point, ...]


class ShapesRefused(Refusal):
    """A file that cannot be the area shapes of a map."""

    code = "map-shapes-refused"
    sentence = "“{file}”不能作为区划图：{why}。"


@dataclass(frozen=True, slots=True)
class Area:
    """One area with its outlines. rings: closed outlines, holes among them (drawn by the even-odd rule)."""

    name: str
    code: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest box around some points: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, points: Sequence[Point]) -> "Box":
        """The box of some points, of which there is at least one."""
        xs, ys = [point[0] for point in points], [point[1] for point in points]
        return cls(min(xs), min(ys), max(xs), max(ys))

    def holds(self, point: Point, *, margin: float = 0.0) -> bool:
        """Whether a point lies inside. margin: how far outside is still taken, in degrees."""
        return (
            self.west - margin <= point[0] <= self.east + margin
            and self.south - margin <= point[1] <= self.north + margin
        )


@dataclass(frozen=True, slots=True)
class Shapes:
    """The areas of a file, and the box around all of them."""

    areas: tuple[Area, ...]
    box: Box

    def of(self, code: str, name: str) -> Area | None:
        """The area that bears a division code, else the one whose name begins a station's name."""
        by_code = next((item for item in self.areas if item.code and code.startswith(item.code)), None)
        return by_code or next((item for item in self.areas if item.name and name.startswith(item.name)), None)


def read_shapes(data: bytes, file: str) -> Shapes:
    """The areas of a GeoJSON file.

    Raises: ShapesRefused for anything else, saying what to do.
    """
    if len(data) > MAX_MEGABYTES * 1024 * 1024:
        raise ShapesRefused(file=file, why=f"超过 {MAX_MEGABYTES} MB，请先用制图软件简化边界")
    reader = _Reader(file)
    areas = tuple(reader.areas(_parsed(data, file)))
    if not areas:
        raise ShapesRefused(file=file, why="里面没有面（Polygon、MultiPolygon），请导出区划的面而不是点或线")
    box = Box.around([point for area in areas for ring in area.rings for point in ring])
    drawn = tuple(_thinned(area, box) for area in areas)
    if sum(len(ring) for area in drawn for ring in area.rings) > MAX_DRAWN:
        raise ShapesRefused(file=file, why="边界太细碎，请用制图软件简化后再上传")
    return Shapes(drawn, box)


def _parsed(data: bytes, file: str) -> Any:
    for encoding in _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        try:
            return json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError):
            break
    raise ShapesRefused(file=file, why="不是 GeoJSON 文件，请用制图软件另存为 GeoJSON（UTF-8）")


def _refuse_constant(text: str) -> Any:
    raise ValueError(text)


class _Reader:
    """Walks through the parsed file, counting points on the way."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.points = 0

    def areas(self, content: Any) -> Iterator[Area]:
        """Every area of the file."""
        features = self._features(content)
        if len(features) > MAX_AREAS:
            self._refuse(f"有 {len(features)} 个图形，超过 {MAX_AREAS} 个，请只导出本县的乡镇或村界")
        for number, feature in enumerate(features, 1):
            if not isinstance(feature, Mapping):
                self._refuse(f"第 {number} 个图形不是 Feature")
            rings = tuple(self._rings(feature.get("geometry"), number))
            properties = feature.get("properties")
            facts = properties if isinstance(properties, Mapping) else {}
            if rings:
                yield Area(_first(facts, _NAMES), _first(facts, _CODES), rings)

    def _features(self, content: Any) -> Sequence[Any]:
        kind = content.get("type") if isinstance(content, Mapping) else None
        if kind == "Topology":
            self._refuse("是 TopoJSON，请另存为 GeoJSON")
        if kind == "Feature":
            return [content]
        if kind in ("Polygon", "MultiPolygon"):
            return [{"geometry": content}]
        features = content.get("features") if kind == "FeatureCollection" else None
        if not isinstance(features, list):
            self._refuse("不是 GeoJSON 的图形集合（FeatureCollection）")
        return features

    def _rings(self, geometry: Any, number: int) -> Iterator[Ring]:
        if geometry is None:
            return
        kind = geometry.get("type") if isinstance(geometry, Mapping) else None
        if kind not in ("Polygon", "MultiPolygon"):
            self._refuse(f"第 {number} 个图形是“{str(kind)[:20]}”，不是面，请只导出面（Polygon、MultiPolygon）")
        coordinates = geometry.get("coordinates")
        polygons = [coordinates] if kind == "Polygon" else coordinates
        for polygon in self._listed(polygons, number):
            for ring in self._listed(polygon, number):
                yield self._ring(self._listed(ring, number), number)

    def _ring(self, positions: list[Any], number: int) -> Ring:
        self.points += len(positions)
        if self.points > MAX_POINTS:
            self._refuse(f"边界点超过 {MAX_POINTS} 个，请先简化边界")
        points = tuple(self._point(position, number) for position in positions)
        closed = points if points and points[0] == points[-1] else (*points, *points[:1])
        if len(closed) <= _TRIANGLE:
            self._refuse(f"第 {number} 个图形的边界不足三个点")
        return closed

    def _point(self, position: Any, number: int) -> Point:
        pair = position[:2] if isinstance(position, list) else ()
        if len(pair) != 2 or not all(isinstance(item, int | float) and not isinstance(item, bool) for item in pair):
            self._refuse(f"第 {number} 个图形有一个点不是“经度, 纬度”")
        x, y = pair
        if not _within(x, LONGITUDES) or not _within(y, LATITUDES):
            self._refuse(f"第 {number} 个图形{_what_is_wrong(x, y)}")
        return float(x), float(y)

    def _listed(self, value: Any, number: int) -> list[Any]:
        if not isinstance(value, list):
            self._refuse(f"第 {number} 个图形的坐标写法不合 GeoJSON")
        found: list[Any] = value
        return found

    def _refuse(self, why: str) -> None:
        raise ShapesRefused(file=self.file, why=why)


def _what_is_wrong(x: float, y: float) -> str:
    if _within(y, LONGITUDES) and _within(x, LATITUDES):
        return "的经度和纬度写反了，GeoJSON 要先经度后纬度"
    if abs(x) > 360 or abs(y) > 360:
        return "用的是投影坐标（米），请转换为经纬度（CGCS2000 或 WGS84 地理坐标）后导出"
    return "有一个点不在我国范围内，请核对坐标系"


def _within(value: float, limits: tuple[float, float]) -> bool:
    return limits[0] <= value <= limits[1]


def _first(facts: Mapping[Any, Any], names: Sequence[str]) -> str:
    return next((str(facts[name]).strip()[:60] for name in names if facts.get(name) not in (None, "")), "")


def _thinned(area: Area, box: Box) -> Area:
    """The area on the grid that a picture can show; outlines smaller than a dot vanish, but one stays."""
    step = max(box.east - box.west, box.north - box.south) / _FINENESS or 1.0
    rings = [_snapped(ring, box, step) for ring in area.rings]
    kept = tuple(ring for ring in rings if len(ring) > _TRIANGLE)
    return Area(area.name, area.code, kept or (max(area.rings, key=len),))


def _snapped(ring: Ring, box: Box, step: float) -> Ring:
    """The outline by points of the grid, each once, and only where it turns.

    Every point goes to its own nearest one whatever stands beside it, so that a border which two areas share
    stays one border.
    """
    kept: list[tuple[int, int]] = []
    for x, y in ring:
        point = round((x - box.west) / step), round((y - box.south) / step)
        if kept and point == kept[-1]:
            continue
        if len(kept) > 1 and _is_straight(kept[-2], kept[-1], point):
            kept.pop()
        kept.append(point)
    return tuple((box.west + x * step, box.south + y * step) for x, y in kept)


def _is_straight(first: tuple[int, int], middle: tuple[int, int], last: tuple[int, int]) -> bool:
    (ax, ay), (bx, by), (cx, cy) = first, middle, last
    along = (bx - ax) * (cx - bx) + (by - ay) * (cy - by)
    return (bx - ax) * (cy - by) == (by - ay) * (cx - bx) and along > 0
