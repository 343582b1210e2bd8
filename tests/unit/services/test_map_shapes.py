"""Area shapes of the map: what is taken of a GeoJSON file, and each thing for which a stranger's file is refused."""

import json

import pytest

from rongji.services.network.shapes import MAX_AREAS, MAX_POINTS, ShapesRefused, read_shapes

SQUARE = [[112.6, 28.0], [112.8, 28.0], [112.8, 28.2], [112.6, 28.2], [112.6, 28.0]]
NEXT = [[112.8, 28.0], [113.0, 28.0], [113.0, 28.2], [112.8, 28.2], [112.8, 28.0]]


def feature(coordinates=None, kind="Polygon", **properties):
    """One area."""
    return {
        "type": "Feature",
        "properties": properties,
        "geometry": {"type": kind, "coordinates": coordinates if coordinates is not None else [SQUARE]},
    }


def collection(*features):
    """A file of areas."""
    return {"type": "FeatureCollection", "features": list(features)}


def read(content, *, encoding="utf-8"):
    """What is read of a file with that content."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return read_shapes(text.encode(encoding), "区划.geojson")


def test_areas_come_with_names_codes_and_a_box():
    """Names and codes under the headings that mapping offices use."""
    shapes = read(
        collection(feature(name="城关镇", code=990201001), feature([NEXT], XZQMC="白石镇", XZQDM="990201002"))
    )
    assert [(item.name, item.code) for item in shapes.areas] == [("城关镇", "990201001"), ("白石镇", "990201002")]
    assert (shapes.box.west, shapes.box.south, shapes.box.east, shapes.box.north) == (112.6, 28.0, 113.0, 28.2)


def test_an_area_is_found_by_code_and_else_by_the_name_that_begins_the_stations():
    """A station of the area stands in it."""
    shapes = read(collection(feature(name="城关镇", code="990201001"), feature([NEXT], name="白石镇")))
    assert shapes.of("990201001007", "红星村").name == "城关镇"
    assert shapes.of("", "白石镇退役军人服务站").name == "白石镇"
    assert shapes.of("", "红星村") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_files_of_older_programs_are_read(encoding):
    """With a mark in front, or in the national encoding."""
    assert read(collection(feature(name="城关镇")), encoding=encoding).areas[0].name == "城关镇"


def test_a_bare_area_several_parts_and_a_ring_left_open_are_read():
    """Not every program wraps and closes what it writes."""
    assert len(read({"type": "Polygon", "coordinates": [SQUARE[:-1]]}).areas[0].rings[0]) == 5
    assert len(read(collection(feature([[SQUARE], [NEXT]], "MultiPolygon"))).areas[0].rings) == 2


def test_a_border_that_two_areas_share_stays_one_border():
    """Thinning moves a point by its own place alone, so no crack opens between neighbours."""
    shared = [[112.8 + 0.0003 * (n % 3), 28.0 + n * 0.0005] for n in range(400)]
    west = [[112.6, 28.0], *shared, [112.6, 28.2], [112.6, 28.0]]
    east = [[113.0, 28.0], *shared, [113.0, 28.2], [113.0, 28.0]]
    one, other = (set(area.rings[0]) for area in read(collection(feature([west]), feature([east]))).areas)
    assert len(one & other) > 100
    assert {p for p in one if 112.79 < p[0] < 112.81} == {p for p in other if 112.79 < p[0] < 112.81}


def ring_of(count):
    """A ring with very many points."""
    return [[112.6 + n * 1e-7, 28.0] for n in range(count)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("这不是地图", "不是 GeoJSON 文件"),
        ("[" * 100_000, "不是 GeoJSON 文件"),
        ('{"type": "Polygon", "coordinates": [[[NaN, 1]]]}', "不是 GeoJSON 文件"),
        ('{"type": "Polygon", "coordinates": [[[' + "9" * 5000 + ", 1]]]}", "不是 GeoJSON 文件"),
        ([1, 2], "不是 GeoJSON 的图形集合"),
        ({"type": "Topology", "objects": {}}, "TopoJSON"),
        ({"type": "FeatureCollection", "features": {}}, "不是 GeoJSON 的图形集合"),
        (collection(), "没有面"),
        (collection({"type": "Feature", "geometry": None}), "没有面"),
        (collection(7), "第 1 个图形不是 Feature"),
        (collection(feature(), feature([112.6, 28.0], "Point")), "第 2 个图形是“Point”，不是面"),
        (collection(feature(kind="LineString")), "不是面"),
        (collection(feature([])), "没有面"),
        (collection(feature([[SQUARE[0], SQUARE[1]]])), "不足三个点"),
        (collection(feature("abc")), "坐标写法不合"),
        (collection(feature([[["112.6", "28"]]])), "不是“经度, 纬度”"),
        (collection(feature([[[True, False]]])), "不是“经度, 纬度”"),
        (collection(feature([[[28.0, 112.6], [28.2, 112.6], [28.2, 112.8]]])), "经度和纬度写反了"),
        (collection(feature([[[38412345.0, 3112345.0]]])), "投影坐标"),
        (collection(feature([[[2.35, 48.85]]])), "不在我国范围内"),
        (collection(feature([ring_of(MAX_POINTS + 1)])), "边界点超过"),
        (collection(*[{"type": "Feature"}] * (MAX_AREAS + 1)), "超过 3000 个"),
    ],
)  # fmt: skip
def test_what_is_no_map_is_refused_with_what_to_do(content, said):
    """Never a crash, always the file's name and the reason."""
    with pytest.raises(ShapesRefused) as refused:
        read(content)
    assert said in str(refused.value)
    assert "区划.geojson" in str(refused.value)


def test_a_file_above_the_limit_is_refused_before_it_is_read():
    """Its content does not matter."""
    with pytest.raises(ShapesRefused, match="超过 12 MB"):
        read_shapes(b" " * (12 * 1024 * 1024 + 1), "大.geojson")
