"""Lists: newest first, page by page, narrowed by what the register asks for, in the actor's sight."""

from datetime import date

import pytest

from rongji.accounts.refusals import NotAllowed
from rongji.services.refusals import FilterUnfit
from rongji.services.selectors import filters_from, registers_for
from rongji.services.types import RecordFilters

pytestmark = [pytest.mark.database, pytest.mark.django_db]


@pytest.fixture
def twelve(desk):
    from rongji.services.services import add_records

    rows = [
        {
            "held_on": f"2024-{1 + n % 3:02d}-0{1 + n // 6}", "name": f"第{n}场", "kind": ("线下", "线上")[n % 2],
            "visitors": 10 * n, "hours": f"0.{n}", "spent": f"{n}.05", "station": ("yunhu-e", "yunhu-w")[n % 2],
            "is_special": ("是", "否")[n % 4 == 0],
        }
        for n in range(12)
    ]  # fmt: skip
    add_records(actor=desk.clerk, bureau="yunhu", register="fairs", many=rows)
    return desk


def test_pages_go_on_where_the_last_one_ended(twelve):
    seen, after = [], ""
    while True:
        page = twelve.listed(limit=5, after=after)
        seen += [(row.day, row.id) for row in page.rows]
        after = page.after
        if not after:
            break
    assert len(seen) == 12
    assert seen == sorted(seen, reverse=True)


def test_a_list_counts_and_adds_up_all_that_fits_not_only_the_page(twelve):
    page = twelve.listed(limit=3)
    assert page.count == 12
    assert page.totals == {"visitors": "660", "placed": "0", "spent": "66.60", "hours": "4.71"}


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        (RecordFilters(first=date(2024, 2, 1), last=date(2024, 2, 29)), 4),
        (RecordFilters(station="东山镇服务站"), 6),
        (RecordFilters(category="线上"), 6),
        (RecordFilters(text="1场"), 2),
        (RecordFilters(choices={"is_special": "否"}), 3),
        (RecordFilters(choices={"kind": "线下", "is_special": "是"}), 3),
    ],
)
def test_filters_narrow_the_list(twelve, filters, count):
    assert twelve.listed(filters=filters).count == count


@pytest.mark.parametrize(
    "given",
    [{"first": "2024"}, {"nothing": "x"}, {"kind": "空中"}, {"station": "无"}, {"visitors": "1"}, {"parent": "3"}],
)
def test_a_filter_that_the_register_does_not_have_is_refused(twelve, legal, given):
    from rongji.law.registers import register

    with pytest.raises(FilterUnfit, match="招聘会"):
        twelve.listed(filters=filters_from(register("fairs"), given))


def test_a_mark_of_another_making_is_refused(twelve):
    for mark in ("x", "2024-01-01.x", "2024.1", "2024-01-01.99999999999999999999"):
        with pytest.raises(FilterUnfit):
            twelve.listed(after=mark)


def test_a_station_sees_its_own(twelve):
    assert twelve.listed(actor=twelve.east_clerk).count == 6
    assert {row.station_name for row in twelve.listed(actor=twelve.east_clerk).rows} == {"东山镇服务站"}


def test_a_large_register_is_counted_and_searched_within_bounds(twelve, monkeypatch):
    for name, limit in (("COUNTED", 5), ("ADDED_UP", 5), ("SMALL", 5)):
        monkeypatch.setattr(f"rongji.services.selectors.listing.{name}", limit)
    page = twelve.listed()
    assert (page.count, page.counted, page.totals) == (None, "5+", {})
    assert twelve.listed(filters=RecordFilters(text="场")).rows == ()
    begun = twelve.listed(filters=RecordFilters(text="第1"))
    assert begun.count == 3
    assert "开头" in begun.note
    assert len(twelve.listed(filters=RecordFilters(text="第")).rows) == 12


def test_the_registers_stand_by_area_with_what_is_in_them(twelve):
    areas = registers_for(twelve.clerk, "yunhu")
    assert {area.area: [(entry.register.id, entry.counted) for entry in area.entries] for area in areas} == {
        "就业创业": [("fairs", "12")], "综合": [("tasks", "0")], "志愿服务": [("teams", "0")],
    }  # fmt: skip
    own = registers_for(twelve.east_clerk, "yunhu")
    assert own[0].entries[0].counted == "6"


def test_nobody_without_the_role_lists_anything(twelve, actor):
    with pytest.raises(NotAllowed):
        twelve.listed(actor=actor("administrator"))


def test_a_register_whose_declaration_is_gone_takes_no_other_page_with_it(desk, legal):
    from rongji.services.selectors import record_page

    fair = desk.add()
    desk.add("teams", founded_on="2024-01-02", name="红星队", level="县级", members="12", fair=f"#{fair}")
    assert record_page(desk.clerk, fair).children
    (legal.root / "registers/teams.yaml").unlink()
    _forget_declarations()
    assert record_page(desk.clerk, fair).children == ()
    areas = registers_for(desk.clerk, "yunhu")
    assert {entry.register.id for area in areas for entry in area.entries} == {"tasks", "fairs"}


def test_an_export_holds_what_the_actor_may_export_not_all_that_may_be_seen(desk):
    from dataclasses import replace

    from rongji.accounts.types import Grant, Role
    from rongji.services.exports import export_records

    desk.add(station="yunhu-w")
    east = next(iter(desk.east_clerk.grants))
    both = replace(desk.east_clerk, grants=(east, Grant(Role.REVIEWER, path=desk.bureau.path, area="")))
    assert desk.listed(actor=both).count == 1
    text = export_records(actor=both, bureau="yunhu", register="fairs", kind="csv").decode("utf-8-sig")
    assert "春风行动" not in text


def _forget_declarations():
    import rongji.law.registers as read

    for found in vars(read).values():
        if hasattr(found, "cache_clear"):
            found.cache_clear()
