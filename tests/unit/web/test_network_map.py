"""The map of the station network: from degrees to points, names that do not cover one another, a tree for the rest."""

import math
from itertools import combinations

import pytest

from rongji.services.network.shapes import Area, Box, Shapes
from rongji.web.network_map.as_tree import tree_of
from rongji.web.network_map.on_map import WIDTH, map_of
from rongji.web.network_map.projection import KILOMETRES_PER_DEGREE, Projection, inner_point
from rongji.web.network_map.spots import SIZES, Level, Spot, width_of

COUNTY = Box(112.62, 28.02, 113.30, 28.58)


def spot(code, level=Level.VILLAGE, point=None, parent="t1", name=""):
    """A station to be drawn."""
    return Spot(code, name or f"{code}村", level, parent, "", "none", "未", name or code, f"/{code}/", point)


def network(towns=3, villages=4, *, placed=True):
    """A county centre, towns and villages on a grid that is far wider than their names."""
    made = [spot("c", Level.COUNTY, (112.95, 28.30) if placed else None, "", "县中心")]
    for town in range(towns):
        x = 112.70 + town * 0.25
        made.append(spot(f"t{town}", Level.TOWN, (x, 28.10) if placed else None, "c", f"镇{town}"))
        for number in range(villages):
            place = (x, 28.13 + number * 0.03) if placed else None
            made.append(spot(f"t{town}v{number}", point=place, parent=f"t{town}"))
    return made


# --- from the ground to the picture -------------------------------------------------------------------


def test_a_kilometre_is_as_long_to_the_east_as_to_the_north():
    """At 28° a degree of longitude is shorter on the ground than one of latitude, and so it is drawn."""
    plane = Projection.fitting(COUNTY, width=1000, height=800, margin=40)
    x, y = plane.place((112.8, 28.3))
    east, north = plane.place((112.9, 28.3)), plane.place((112.8, 28.4))
    across, up = (east[0] - x) / (0.1 * math.cos(math.radians(28.3))), (y - north[1]) / 0.1
    assert across == pytest.approx(up, rel=0.01)
    assert north[1] < y
    assert east[1] == y


@pytest.mark.parametrize("point", [(112.62, 28.02), (113.30, 28.58), (112.62, 28.58), (113.30, 28.02)])
def test_the_whole_box_lies_within_the_margins(point):
    """Every corner of the county is seen."""
    x, y = Projection.fitting(COUNTY, width=1000, height=800, margin=40).place(point)
    assert 40 <= x <= 960
    assert 40 <= y <= 760


def test_the_scale_is_true():
    """The ruler is as long as a road of so many kilometres to the north."""
    plane = Projection.fitting(COUNTY, width=1000, height=800, margin=40)
    ruler = plane.ruler(140)
    start = plane.place((112.8, 28.1))
    end = plane.place((112.8, 28.1 + ruler.kilometres / KILOMETRES_PER_DEGREE))
    assert start[1] - end[1] == pytest.approx(ruler.length, abs=0.2)
    assert ruler.length <= 140


def test_one_place_alone_is_drawn_in_the_middle():
    """A box without extent divides by nothing."""
    picture = map_of([spot("a", point=(112.8, 28.3))], None)
    (drawn,) = picture.spots
    assert (drawn.x, drawn.y) == (WIDTH / 2, picture.height / 2)


def test_a_place_typed_a_province_away_is_told_and_presses_nobody_into_a_corner():
    """The others keep the picture; the one is named with the reason."""
    picture = map_of([*network(), spot("lost", point=(121.47, 31.23))], None)
    assert [(item.code, why) for item, why in picture.missing] == [("lost", "坐标不在图上，请核对经纬度")]
    xs = [item.x for item in picture.spots]
    assert max(xs) - min(xs) > WIDTH / 3


def test_without_coordinates_and_shapes_there_is_no_map():
    """The page then draws the tree."""
    assert map_of(network(placed=False), None) is None


def test_the_inner_point_of_a_bent_area_lies_inside_it():
    """The middle of a horseshoe's box is outside of it."""
    horseshoe = ((0, 0), (9, 0), (9, 9), (6, 9), (6, 3), (3, 3), (3, 9), (0, 9), (0, 0))
    x, y = inner_point((horseshoe,))
    assert (0 < x < 9 and 0 < y < 3) or ((0 < x < 3 or 6 < x < 9) and 0 < y < 9)


def test_a_station_without_coordinates_stands_in_its_own_area_and_says_so():
    """By the name of the area; dashed, for nobody measured it."""
    ring = ((112.7, 28.1), (112.9, 28.1), (112.9, 28.3), (112.7, 28.3), (112.7, 28.1))
    shapes = Shapes((Area("白石镇", "", (ring,)),), Box.around(ring))
    picture = map_of([spot("t", Level.TOWN, name="白石镇服务站"), spot("v", name="红星村")], shapes)
    (drawn,) = picture.spots
    assert drawn.is_guessed
    assert [item.code for item, _ in picture.missing] == ["v"]


def test_a_town_fills_the_picture_with_its_own():
    """Villages that are near on the county's map are apart on the town's."""
    stations = network()
    town = frozenset(item.code for item in stations if item.code.startswith("t1"))
    near, far = map_of(stations, None, focus=town), map_of(stations, None)

    def apart(picture):
        places = {item.spot.code: (item.x, item.y) for item in picture.spots}
        return math.dist(places["t1v0"], places["t1v1"])

    assert apart(near) > apart(far)


# --- names --------------------------------------------------------------------------------------------


def boxes(picture):
    """The rectangle of every name that is shown."""
    for item in picture.spots:
        if not item.label.is_quiet:
            size = SIZES[item.spot.level]
            wide = width_of(item.spot.name, size)
            left = item.label.x - {"start": 0, "middle": wide / 2, "end": wide}[item.label.anchor]
            yield left, item.label.y - size * 0.8, left + wide, item.label.y + size * 0.1


def test_no_name_covers_another_however_dense_the_villages():
    """Three hundred villages on a few kilometres: fewer names, none over another, each town named."""
    crowd = [spot(f"v{n}", point=(112.8 + n % 20 * 0.004, 28.2 + n // 20 * 0.004)) for n in range(300)]
    towns = [spot(f"t{n}", Level.TOWN, (112.81 + n * 0.02, 28.23), "c", f"大镇{n}") for n in range(3)]
    picture = map_of([*towns, *crowd], None)
    shown = list(boxes(picture))
    assert len(shown) < len(picture.spots)
    assert not any(a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3] for a, b in combinations(shown, 2))
    assert not any(item.label.is_quiet for item in picture.spots if item.spot.level is Level.TOWN)


def test_names_stay_on_the_picture():
    """A place at the eastern rim has its name to the left."""
    picture = map_of(network(), None)
    assert all(left >= 0 and right <= WIDTH for left, _, right, _ in boxes(picture))


def test_stations_at_one_place_can_each_be_reached():
    """Twelve stations of one building stand in a ring."""
    picture = map_of([spot(f"v{n}", point=(112.8, 28.3)) for n in range(12)] + network(), None)
    places = [(item.x, item.y) for item in picture.spots if item.spot.code.startswith("v")]
    assert all(math.dist(a, b) > 7 for a, b in combinations(places, 2))


# --- the tree -----------------------------------------------------------------------------------------


def test_the_tree_leaves_nobody_out_and_keeps_villages_in_their_towns_frame():
    """Also those villages that hang on no town."""
    stations = [*network(5, 7, placed=False), spot("alone", parent="c")]
    picture = tree_of(stations)
    assert {item.spot.code for item in picture.spots} == {item.code for item in stations}
    assert len(picture.panels) == 6
    for item in picture.spots:
        if item.spot.level is not Level.COUNTY:
            assert any(p.x < item.x < p.x + p.width and p.y < item.y < p.y + p.height for p in picture.panels)
    assert all(p.y + p.height <= picture.height for p in picture.panels)


def test_a_long_name_is_clipped_in_the_tree_and_whole_for_whoever_hears_it():
    """The ellipsis says that there is more."""
    name = "示例街道办事处第二十三社区居民委员会退役军人服务站"
    picture = tree_of([*network(4, 1, placed=False), spot("v", parent="t1", name=name)])
    drawn = next(item for item in picture.spots if item.spot.code == "v")
    assert drawn.label.text.endswith("…")
    assert drawn.spot.says == name
