"""The registers in the browser: a block from Excel into the grid, a visit on a phone, an import, the map by keys."""

import csv

import pytest
from payroll_county import County

pytestmark = [pytest.mark.browser, pytest.mark.journey]
PHONE = {"width": 375, "height": 720}
FAIRS = (
    "举办日期\t名称\t形式\t参会企业\t提供岗位\t到场\n"
    "2024.3.15\t春季专场招聘会\t现场招聘会\t23\t333\t221\n"
    "2024-06-16\t夏季直播带岗\t直播带岗\t约20\t366\t242\n"
)


@pytest.fixture
def county(organisation, actor):
    """A county with its centre, a town and two villages, and two persons in one of them."""
    from rongji.accounts.models import Organisation
    from rongji.people.types import NewResidence

    made = County.founded(organisation, actor, first_month="2023-10")
    bureau = Organisation.objects.get(code="yunhu")
    station(organisation, "c", "云湖县退役军人服务中心", bureau, "990201")
    town = station(organisation, "t1", "白石镇退役军人服务站", bureau, "990201002")
    for code, name in (("v1", "白石镇红星村退役军人服务站"), ("v2", "白石镇大塘村退役军人服务站")):
        station(organisation, code, name, town, f"99020100200{code[1]}")
    home = NewResidence(village="白石镇红星村", station_code="v1")
    made.people = [made.person("2023-10-12", residence=home) for _ in range(2)]
    made.bureau = bureau
    return made


def station(organisation, code, name, parent, area):
    """A service station."""
    return organisation(code, name=name, parent=parent, area_code=area, kind="station")


@pytest.fixture
def clerk(county, desk_of):
    """A clerk of the county at a window."""
    return desk_of("clerk", organisation=county.bureau)


def kept(register):
    """What a register holds."""
    from rongji.services.models import Record

    return Record.objects.filter(register=register)


def paste(page, selector, text):
    """A block put into a cell as a browser does when Ctrl V is pressed."""
    page.locator(selector).first.evaluate(
        """(cell, text) => {
            const data = new DataTransfer();
            data.setData('text/plain', text);
            cell.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
        }""",
        text,
    )


def test_a_block_from_excel_with_one_wrong_cell_is_mended_in_place_and_saved(county, clerk):
    """Columns found by their headings; the sentence stands under the row; saving is refused whole, then done whole."""
    page = clerk.page
    clerk.open("/records/yunhu/job_fairs/grid/")
    paste(page, "tbody input", FAIRS)
    told = page.locator("[data-told]")
    told.get_by_text("约20").wait_for()
    assert told.count() == 1
    wrong = page.locator("td.is-wrong input")
    assert wrong.input_value() == "约20"
    assert clerk.shut_out() == []
    assert wrong.get_attribute("aria-describedby") == told.locator("li").get_attribute("id")
    page.locator("[data-grid-save]").click()
    page.get_by_text("一行也没有保存").wait_for()
    assert kept("job_fairs").count() == 0
    assert page.locator("td.is-wrong input:focus").count() == 1
    clerk.complaints.clear()  # the browser itself notes every answer above 400
    page.keyboard.type("20")
    page.keyboard.press("Control+Enter")
    page.get_by_text("已保存：新增 2 条").wait_for()
    assert sorted(kept("job_fairs").values_list("title", "values__employers")) == [
        ("夏季直播带岗", 20),
        ("春季专场招聘会", 23),
    ]
    assert clerk.complaints == []


def test_a_block_that_tells_its_sums_in_ten_thousands_is_not_taken(county, clerk):
    page = clerk.page
    clerk.open("/records/yunhu/job_fairs/grid/")
    paste(page, "tbody input", "举办日期\t名称\t提供岗位（万个）\n2024-05-01\t专场\t1.5")
    page.get_by_text("“提供岗位（万个）”").wait_for()
    assert {cell.input_value() for cell in page.locator("tbody input").all()} == {""}
    paste(page, "tbody input", "举办日期\t名称\t提供岗位（个）\n2024-05-01\t专场\t15000")
    assert page.locator("tbody input").first.input_value() == "2024-05-01"


def test_the_grid_is_walked_undone_and_completed_by_keyboard(county, clerk):
    """Arrows and Enter walk, part of a choice becomes the choice, a row is copied down, a step is taken back."""
    page = clerk.page
    clerk.open("/records/yunhu/job_fairs/grid/")
    for typed in ("2024-05-01", "专场", "网络", "", "", "9"):
        page.keyboard.type(typed)
        page.keyboard.press("ArrowRight") if typed in ("", "网络") else page.keyboard.press("Tab")
    first = page.locator("tr[data-line]").first.locator("input")
    assert [first.nth(place).input_value() for place in (0, 1, 2)] == ["2024-05-01", "专场", "网络招聘会"]
    first.nth(0).focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+d")
    below = page.locator("tr[data-line]").nth(1).locator("input").first
    assert below.input_value() == "2024-05-01"
    page.keyboard.press("Control+z")
    assert below.input_value() == ""
    assert page.locator("[data-grid-count]").inner_text() == "1"
    assert clerk.complaints == []


def test_a_visit_is_entered_on_a_phone_and_the_next_keeps_place_and_occasion(county, clerk, desk_of):
    """One column, nothing to scroll sideways, large targets; what is wrong stands at its field."""
    from rongji.people.models import Person

    desk = desk_of("clerk", organisation=county.bureau, size=PHONE)
    page = desk.page
    desk.open("/records/yunhu/visits/phone/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    heights = page.locator(".rj-phone-buttons span, .rj-phone .form-select, .rj-phone-bar .btn").evaluate_all(
        "all => all.filter(one => one.offsetParent).map(one => one.getBoundingClientRect().height)"
    )
    assert min(heights) >= 44
    page.get_by_text("日常", exact=True).click()
    page.get_by_role("button", name="登记，接着下一条").click()
    page.get_by_text("请填写“走访对象”").wait_for()
    assert desk.shut_out(PHONE) == []
    assert page.locator("input[value=日常]").is_checked()
    desk.complaints.clear()
    name = Person.objects.get(pk=county.people[0]).name
    page.locator("#field-person").press_sequentially(name)
    page.locator("[data-picked]").first.click()
    page.locator("#field-target").select_option("残疾军人")
    page.get_by_text("上门", exact=True).click()
    page.locator("summary").click()
    page.locator("#field-station").select_option("v1")
    page.get_by_role("button", name="登记，接着下一条").click()
    page.get_by_text("今天已登记 1").wait_for()
    assert page.locator("input[value=日常]").is_checked()
    assert page.locator("#field-person").input_value() == ""
    assert page.locator("#field-station").input_value() == "v1"
    assert kept("visits").get().station_code == "v1"
    assert desk.complaints == []


def test_a_table_is_looked_at_before_it_is_taken_over(county, clerk, tmp_path):
    """First the cell that must be mended, then what will become of every row, then the list with its sums."""
    page, path = clerk.page, tmp_path / "招聘会.csv"

    def chosen(employers):
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            rows = [line.split("\t") for line in FAIRS.replace("约20", employers).splitlines()]
            csv.writer(file).writerows(rows)
        page.locator("#table").set_input_files(str(path))
        page.get_by_role("button", name="先检查，不写入").click()

    clerk.open("/records/yunhu/job_fairs/import/")
    chosen("约20")
    page.get_by_text("1 处必须改正").wait_for()
    assert "约20" in page.locator(".rj-problems").inner_text()
    assert clerk.shut_out() == []
    chosen("20")
    page.get_by_text("可以导入：新增 2 条").wait_for()
    page.get_by_role("button", name="确认导入").click()
    page.get_by_text("新增 2 条，变更 0 条").wait_for()
    assert page.locator(".rj-totals").inner_text().split()[:4] == ["合计", "43", "699", "463"]
    assert clerk.shut_out() == []
    page.locator("tbody a[data-main]").first.click()
    page.get_by_role("heading", name="专场招聘会").or_(page.get_by_role("heading", name="直播带岗")).first.wait_for()
    assert clerk.shut_out() == []
    clerk.open("/records/")
    assert clerk.shut_out() == []
    assert clerk.complaints == []


def test_the_stations_are_reached_on_the_map_by_keyboard(county, clerk, actor):
    """From the county's centre an arrow leads to the town that lies there, Enter opens it."""
    from rongji.services.services import add_records

    places = {"c": ("县级", "112.90", "28.30"), "t1": ("乡镇级", "113.05", "28.30"), "v1": ("村级", "113.05", "28.20")}
    profiles = [
        {"opened_on": "2019-05-01", "station": code, "level": level, "kind": "其他", "shared_office": "否",
         "longitude": x, "latitude": y}
        for code, (level, x, y) in places.items()
    ]  # fmt: skip
    keeper = actor("clerk", organisation=county.bureau)
    add_records(actor=keeper, bureau="yunhu", register="stations_profile", many=profiles)
    page = clerk.page
    clerk.open("/network/")
    assert "图上没有 1 个站" in clerk.words
    assert clerk.shut_out() == []
    page.locator("[data-network] a").first.focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-network] a:focus").get_attribute("aria-label").startswith("白石镇，乡镇级")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="白石镇红星村退役军人服务站").wait_for()
    assert clerk.shut_out() == []
    assert clerk.complaints == []
