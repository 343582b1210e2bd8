"""People in the browser: found by a few letters, read as one file, taken over from a roster."""

import re
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook
from payroll_county import BUREAU, County

from rongji.kernel.identity_number import check_character
from rongji.people.synthetic import card_number

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1366, "height": 768}
HEADINGS = ("姓名", "公民身份号码", "人员类别", "残疾等级", "残疾性质", "批准时间", "银行账号")


@pytest.fixture
def county(organisation, actor):
    """A pensioner who was paid for October, with a wife in the same household, at a station of the town."""
    made = County.founded(organisation, actor, first_month="2023-10")
    station = organisation(
        "yunhu-01", parent=bureau_of(made), kind="station", area_code="990201", name="青石镇退役军人服务站"
    )
    from rongji.people.types import NewResidence

    home = NewResidence(village="青石镇红星村", station_code=station.code)
    person, _ = made.pensioner(
        "2023-07-01", residence=home, id_number=id_number(1), phone="19900001234", born="1955-03-04"
    )
    wife = made.person("2023-07-01", born="1958-05-06")
    made.family = household(made, person, wife)
    made.run = made.paid("2023-11-05", "2023-10").pk
    made.someone = person
    return made


def bureau_of(county):
    """The bureau's row."""
    from rongji.accounts.models import Organisation

    return Organisation.objects.get(code=BUREAU)


def id_number(serial, born="19550304"):
    """An ID number that is right and nobody's: of a man."""
    body = f"990201{born}{serial * 2 + 1:03d}"
    return body + check_character(body)


def household(county, head, wife):
    """Both in one household."""
    from payroll_county import day, on

    from rongji.people.services import add_family_member, open_family

    clerk = on(county.clerk, day("2023-07-02"))
    family = open_family(actor=clerk, bureau=BUREAU, number="H-1")
    for person, role in ((head, "户主"), (wife, "配偶")):
        add_family_member(
            actor=clerk, family_id=family, person_id=person, role=role, from_on=day("1980-05-01"), evidence="户口簿"
        )
    return family


def test_by_keyboard_from_the_first_letter_to_why_this_amount(desk_of, county):
    """/ finds the box, the arrow leads into what was found, Enter opens the file; the file opens into the account."""
    desk = desk_of("clerk", organisation=bureau_of(county), size=LAPTOP)
    desk.open("/people/")
    keys = desk.page.keyboard
    desk.page.locator("h1").click()
    keys.press("/")
    keys.insert_text("青石镇")
    desk.page.locator("#found a[data-main]").first.wait_for()
    keys.press("ArrowDown")
    keys.press("Enter")
    desk.page.locator("#timeline").wait_for()
    words = desk.words
    assert "因公 7级" in words or "残疾抚恤金" in words
    assert id_number(1) not in desk.page.content() and "1955-03-04" in words
    assert "青石镇退役军人服务站" in words and "户主" in words
    desk.page.get_by_role("link", name="这笔钱怎么算的").click()
    desk.page.get_by_role("heading", name="2023年10月，为什么是这个数").wait_for()
    assert "2,698.33" in desk.words and "已经结清" in desk.words and "2023年10月批次" in desk.words
    assert desk.complaints == []


def test_lists_are_walked_with_j_and_k(desk_of, county):
    """Down and up through the rows, Enter opens the chosen one; letters typed into a field walk nowhere."""
    county.paid("2023-11-06", "2023-11")
    desk = desk_of("clerk", organisation=bureau_of(county))
    desk.open("/payments/")
    keys = desk.page.keyboard
    desk.page.locator("#pay_month").press("j")
    desk.page.locator("#pay_month:focus").wait_for()
    desk.page.locator("h1").click()
    for key in "jjk":
        keys.press(key)
    desk.page.locator(":focus", has_text="2023-11").last.wait_for()
    keys.press("Enter")
    desk.page.get_by_role("heading", name="2023-11 发放复核").wait_for()
    keys.press("?")
    assert desk.page.locator("#keys").is_visible()
    keys.press("Escape")
    assert desk.complaints == []


def test_the_timeline_shows_one_kind_at_a_time(desk_of, county):
    """Payments only; then everything again."""
    desk = desk_of("clerk", organisation=bureau_of(county))
    desk.open(f"/people/{county.someone}/")
    shown = desk.page.locator(".rj-timeline li:visible")
    everything = shown.count()
    desk.page.get_by_role("button", name=re.compile("^发放")).click()
    assert shown.count() == 1 and "发放 2,698.33 元" in shown.first.inner_text()
    desk.page.get_by_role("button", name=re.compile("^全部")).click()
    assert shown.count() == everything > 3


def test_a_number_is_shown_in_full_only_for_a_reason_that_the_trail_keeps(desk_of, county):
    """Masked; refused for a bare word; shown with a reason, and the auditor can read it."""
    from rongji.accounts.models import TrailEntry

    desk = desk_of("clerk", organisation=bureau_of(county))
    desk.open(f"/people/{county.someone}/")
    desk.page.locator("#shown-id_number summary").click()
    field = desk.page.locator("#why-id_number")
    field.fill("看")
    field.press("Enter")
    desk.page.locator(".rj-refusal").wait_for()
    assert "必须写明理由" in desk.page.locator(".rj-refusal").inner_text()
    desk.open(f"/people/{county.someone}/")
    desk.page.locator("#shown-id_number summary").click()
    field.fill("核对银行退回的账号")
    field.press("Enter")
    desk.page.get_by_text(id_number(1)).wait_for()
    assert TrailEntry.objects.filter(action="people.reveal", summary__contains="核对银行退回的账号").count() == 1


def test_the_file_is_read_again_by_two_dates(desk_of, county):
    """In August nothing had been paid: the page says by which days it reads, and leads back to today."""
    desk = desk_of("clerk", organisation=bureau_of(county))
    desk.open(f"/people/{county.someone}/?on=2023-08-01&known_on=2023-08-15")
    assert "正在看 2023-08-01 的情况" in desk.words and "发放 2,698.33" not in desk.words
    assert desk.page.get_by_role("link", name="这笔钱怎么算的").count() == 0
    desk.page.get_by_role("link", name="回到今天").click()
    desk.page.get_by_text("发放 2,698.33 元").first.wait_for()


def roster(rows):
    """A roster in the headings of an office."""
    book = Workbook()
    sheet = book.active
    sheet.title = "残疾军人"
    for row in (HEADINGS, *rows):
        sheet.append(row)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def disabled(serial, name, **told):
    """One row of the roster."""
    account = card_number(f"629997{serial:012d}")
    cells = (name, id_number(serial), "残疾军人", 8, "因公", "2019-03-12", account)
    return [*{**dict(zip(HEADINGS, cells, strict=True)), **told}.values()]


def check(desk, path):
    """Choose a roster and have it checked."""
    desk.open("/people/import/")
    desk.page.set_input_files("#roster", path)
    desk.page.get_by_role("button", name="先检查，不写入").click()
    desk.page.wait_for_load_state("networkidle")


@pytest.mark.journey
def test_a_roster_comes_back_marked_is_put_right_and_taken_over(desk_of, county, tmp_path):
    """A lost ID number and an unknown category stop all of it; put right in the marked copy, it goes in whole."""
    desk = desk_of("clerk", organisation=bureau_of(county))
    path = tmp_path / "残疾军人.xlsx"
    path.write_bytes(roster([disabled(11, "田一亩"), disabled(12, "石二山", 公民身份号码=9.90201e17, 人员类别="老兵")]))
    check(desk, path)
    assert "处必须改正" in desk.words and "B3" in desk.words and "C3" in desk.words and "不认识" in desk.words
    assert desk.page.get_by_role("button", name="确认导入").count() == 0
    with desk.page.expect_download() as taken:
        desk.page.get_by_role("link", name="下载标好问题的花名册").click()
    assert taken.value.suggested_filename == "残疾军人-问题标注.xlsx"
    taken.value.save_as(tmp_path / "标注.xlsx")
    book = load_workbook(tmp_path / "标注.xlsx")
    book["残疾军人"]["B3"], book["残疾军人"]["C3"] = id_number(12), "残疾军人"
    book.save(tmp_path / "改好.xlsx")
    check(desk, tmp_path / "改好.xlsx")
    assert "新增 2 人" in desk.words
    desk.page.get_by_role("button", name="确认导入").click()
    desk.page.get_by_text("已导入“改好.xlsx”：新增 2 人").wait_for()
    desk.open("/people/")
    desk.page.fill("[name=words]", "石二山")
    desk.page.locator("#found a[data-main]").click()
    desk.page.get_by_text("因公8级").first.wait_for()
    assert desk.complaints == []


def test_the_same_roster_again_changes_nothing_and_says_so(desk_of, county, tmp_path):
    """The register already says all of it: nothing to confirm; a changed grade is told person by person."""
    desk = desk_of("clerk", organisation=bureau_of(county))
    path = tmp_path / "残疾军人.xlsx"
    path.write_bytes(roster([disabled(11, "田一亩")]))
    check(desk, path)
    desk.page.get_by_role("button", name="确认导入").click()
    desk.page.get_by_text("新增 1 人").first.wait_for()
    check(desk, path)
    assert "1 人没有变化" in desk.words and desk.page.get_by_role("button", name="确认导入").is_disabled()
    path.write_bytes(roster([disabled(11, "田一亩", 残疾等级=7)]))
    check(desk, path)
    assert "变更 1 人" in desk.words and "田一亩" in desk.page.locator(".rj-changes").last.inner_text()


def pages_of(county):
    """Every page of people and payments that shows something."""
    person, family, run = county.someone, county.family, county.run
    return {
        "/people/": "人员档案",
        f"/people/{person}/": "示例",
        f"/people/{person}/why/2023-10/": "为什么是这个数",
        f"/people/families/{family}/": "家",
        "/people/stations/?month=2023-10": "各站对象",
        "/people/stations/yunhu-01/?month=2023-10": "青石镇",
        "/people/import/": "导入花名册",
        "/payments/": "发放批次",
        f"/payments/{run}/": "发放复核",
        f"/payments/{run}/lines/?cause=regular": "明细",
        f"/payments/{run}/bank/": "送盘与回盘",
        "/payments/approvals/": "等我审批",
        "/payments/what-if/": "标准一变",
    }


def test_every_page_fits_a_laptop_and_a_phone_and_complains_of_nothing(desk_of, county):
    """Under its own heading, nothing sticking out sideways, nobody shut out, no error of the console or the policy."""
    wide, shut_out = [], []
    for size in (LAPTOP, PHONE):
        desk = desk_of("section_head", organisation=bureau_of(county), size=size)
        for path, heading in pages_of(county).items():
            assert desk.open(path).status == 200, path
            assert heading in desk.page.locator("h1").inner_text()
            width = desk.page.evaluate("document.documentElement.scrollWidth")
            wide += [(path, width)] if width > size["width"] else []
            shut_out += [f"{path} {found}" for found in desk.shut_out(size)]
        assert desk.complaints == []
    assert wide == shut_out == []
