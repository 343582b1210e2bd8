"""The station network: what five registers say of a station on a day, the years, the table, the shapes of the map."""

from datetime import UTC, date, datetime

import pytest
from payroll_county import County

from rongji.accounts.refusals import NotAllowed
from rongji.services.network import map_file
from rongji.services.network.selectors import network
from rongji.services.network.shapes import ShapesRefused
from rongji.services.network.table import station_table
from rongji.services.services import add_records

pytestmark = [pytest.mark.django_db, pytest.mark.database]
ON = date(2024, 12, 20)
HAVES = ("有机构", "有编制", "有人员", "有经费", "有保障")


@pytest.fixture
def county(organisation, actor):
    """A county with its centre, a town and two villages."""
    from rongji.accounts.models import Organisation

    made = County.founded(organisation, actor, first_month="2023-10")
    bureau = made.bureau = Organisation.objects.get(code="yunhu")
    organisation("c", name="云湖县退役军人服务中心", parent=bureau, area_code="990201", kind="station")
    town = organisation("t1", name="白石镇退役军人服务站", parent=bureau, area_code="990201002", kind="station")
    for code in ("v1", "v2"):
        organisation(code, name=f"{code}村服务站", parent=town, area_code=f"99020100200{code[1]}", kind="station")
    made.keeper = actor("section_head", organisation=bureau, at=datetime(2024, 12, 20, 4, tzinfo=UTC))
    return made


def enter(county, register, *rows):
    """Records of a register."""
    add_records(actor=county.keeper, bureau="yunhu", register=register, many=rows)


def profile(station, level, opened="2019-05-01", **fields):
    """A line of the register of stations."""
    return {"opened_on": opened, "station": station, "level": level, "kind": "其他", "shared_office": "否", **fields}


def check(station, item, met, day="2024-03-15", **fields):
    """A line of the checklist."""
    return {"checked_on": day, "station": station, "standard": "五有", "item": item, "met": met, **fields}


def grading(station, level, day="2023-10-18", result="已命名", **fields):
    """A line of the gradings."""
    return {"decided_on": day, "station": station, "grade": "示范型", "level": level, "result": result, **fields}


def worker(station, name, since, kind="专职", **fields):
    """A line of the staff."""
    return {
        "since": since, "station": station, "name": name, "kind": kind, "post": "专干", "is_veteran": "是",
        "shared": "否", **fields,
    }  # fmt: skip


def station(county, code, on=ON):
    """What is known of one station on a day."""
    return next(item for item in network(county.keeper, "yunhu", on=on).stations if item.code == code)


def test_stations_stand_parents_before_children_with_a_level_even_without_a_profile(county):
    """By the division code, until the register says otherwise."""
    found = [(item.code, item.tier, item.profile is None) for item in network(county.keeper, "yunhu", on=ON).stations]
    assert found == [("c", "县级", True), ("t1", "乡镇级", True), ("v1", "村级", True), ("v2", "村级", True)]
    enter(county, "stations_profile", profile("v1", "乡镇级", longitude="112.9", latitude="28.3"))
    assert (station(county, "v1").tier, station(county, "v1").point) == ("乡镇级", (112.9, 28.3))


def test_a_closed_station_leaves_the_network_and_stays_in_its_years(county):
    """On its last day it is still there."""
    enter(county, "stations_profile", profile("v2", "村级", "2020-01-01", closed_on="2023-06-30"))
    assert "v2" in {item.code for item in network(county.keeper, "yunhu", on=date(2023, 6, 30)).stations}
    found = network(county.keeper, "yunhu", on=ON)
    assert "v2" not in {item.code for item in found.stations}
    villages = {year.year: year.stations.get("村级", 0) for year in found.years}
    assert villages == {2020: 2, 2021: 2, 2022: 2, 2023: 1, 2024: 1}


def test_the_checklist_says_what_is_met_missing_and_never_checked(county):
    """Out of the items that the bureau checks anywhere; the last word on an item counts."""
    rows = [check("t1", item, "是") for item in HAVES]
    rows += [check("v1", "有机构", "是"), check("v1", "有编制", "否")]
    rows += [
        check("v1", "有人员", "否", "2023-03-01", superseded_on="2024-05-01"),
        check("v1", "有人员", "是", "2024-05-02"),
    ]
    enter(county, "station_checklist", *rows)
    assert station(county, "t1").haves.is_full
    haves = station(county, "v1").haves
    assert (haves.words, haves.missing, haves.unchecked) == ("2/5", ("有编制",), ("有经费", "有保障"))
    assert station(county, "v1", date(2024, 4, 1)).haves.missing == ("有编制", "有人员")
    assert station(county, "v2").haves.words == ""


def test_the_highest_grade_in_force_counts(county):
    """Neither an application, nor a name that has run out; a station with two names counts once, by the higher."""
    enter(
        county, "station_gradings", grading("t1", "市级", "2021-11-20"), grading("t1", "省级", certificate="命名书1号"),
        grading("v1", "国家级", result="申报中"), grading("v2", "县级", "2020-01-01", valid_until="2022-12-31"),
    )  # fmt: skip
    assert [one.words for one in station(county, "t1").named] == ["省级示范型", "市级示范型"]
    assert station(county, "v1").named == ()
    assert station(county, "v2").named == ()
    years = {year.year: dict(year.named) for year in network(county.keeper, "yunhu", on=ON).years}
    assert years[2022] == {"国家级": 0, "省级": 0, "市级": 1, "县级": 1}
    assert years[2024] == {"国家级": 0, "省级": 1, "市级": 0, "县级": 0}


def test_a_grade_that_is_declared_no_longer_ranks_last():
    from rongji.services.network.facts import StationRecord
    from rongji.services.network.selectors import _named

    said = [{"result": "已命名", "level": level} for level in ("旧称", "县级")]
    records = [StationRecord(n, "station_gradings", date(2023, 1, n), None, values) for n, values in enumerate(said, 1)]
    assert [item.level for item in _named(records, date(2024, 1, 1))][-1] == "旧称"


def test_staff_that_came_and_went_are_counted_against_the_years_beginning(county):
    """Three on the first of January, one gone, one come."""
    enter(
        county, "station_staff", worker("t1", "示例甲", "2020-01-01"), worker("t1", "示例乙", "2021-01-01", "兼职"),
        worker("t1", "示例丙", "2022-01-01", left_on="2024-06-30"), worker("t1", "示例丁", "2024-07-01"),
    )  # fmt: skip
    found = station(county, "t1")
    assert (found.staff, found.full_time, found.base, found.joined, found.left) == (3, 2, 3, 1, 1)
    last = network(county.keeper, "yunhu", on=ON).years[-1]
    assert (last.staff, last.base, last.joined, last.left) == (3, 3, 1, 1)


def test_the_table_has_one_row_for_each_station(county):
    """With what upper levels ask for, blank where nothing is known."""
    enter(county, "stations_profile", profile("t1", "乡镇级", longitude="112.9", latitude="28.30", address="白石街1号"))
    document = station_table(network(county.keeper, "yunhu", on=ON), "云湖县退役军人事务局")
    (table,) = document.tables()
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert len(rows) == 5
    assert rows[2][1:10] == ["t1", "白石镇退役军人服务站", "乡镇级", "", "白石街1号", "112.9", "28.3", "0", "0"]


def test_a_village_clerk_sees_the_own_station_only(county, actor):
    """And the network stands without what lies above."""
    from rongji.accounts.models import Organisation

    clerk = actor("clerk", organisation=Organisation.objects.get(code="v1"))
    assert [item.code for item in network(clerk, "yunhu", on=ON).stations] == ["v1"]


SQUARE = b'{"type":"Polygon","coordinates":[[[112.6,28.0],[112.8,28.0],[112.8,28.2],[112.6,28.0]]]}'


def test_shapes_are_kept_told_in_the_trail_and_taken_away_again(county, options):
    """Who brought which file and when stands beside the map; a bad file leaves the good one where it is."""
    assert map_file.map_shapes("yunhu") is None
    map_file.set_map_shapes(actor=county.keeper, bureau="yunhu", file_name="C:\\图\\乡镇.geojson", data=SQUARE)
    assert len(map_file.map_shapes("yunhu").areas) == 1
    assert map_file.map_source("yunhu").file == "乡镇.geojson"
    with pytest.raises(ShapesRefused):
        map_file.set_map_shapes(actor=county.keeper, bureau="yunhu", file_name="坏.geojson", data=b"{}")
    assert map_file.map_source("yunhu").file == "乡镇.geojson"
    assert map_file.remove_map_shapes(actor=county.keeper, bureau="yunhu")
    assert not map_file.remove_map_shapes(actor=county.keeper, bureau="yunhu")
    assert (map_file.map_shapes("yunhu"), map_file.map_source("yunhu")) == (None, None)


def test_a_bureaus_code_never_leaves_the_folder_of_maps(county, options, organisation, actor):
    """Whatever letters it is written in."""
    home = organisation("../../up", area_code="990201", name="示例局")
    head = actor("section_head", organisation=home)
    map_file.set_map_shapes(actor=head, bureau="../../up", file_name="a.geojson", data=SQUARE)
    folder = options().home / "maps"
    assert [path.parent for path in folder.rglob("*.geojson")] == [folder]


def test_only_who_keeps_the_registers_sets_the_shapes(county, options, actor):
    """The finance officer looks."""
    with pytest.raises(NotAllowed):
        map_file.set_map_shapes(
            actor=actor("finance", organisation=county.bureau), bureau="yunhu", file_name="a.geojson", data=SQUARE
        )
