"""Every page of a year: loads without a complaint, fits a phone, shows Chinese as Chinese."""

import pytest
from browser.barriers import DESK, barriers

pytestmark = pytest.mark.browser

PAGES = {
    "": "年度总览",
    "import/": "数据导入",
    "objectives/": "绩效目标",
    "monitoring/": "运行监控",
    "indicators/": "指标与得分",
    "figures/": "数据总表",
    "texts/": "文字段落",
    "checks/": "报送前体检",
    "report/": "自评报告",
    "versions/": "定稿与审批",
}
PHONE = {"width": 390, "height": 844}
# Draws characters in the page's own font; equal pictures of different characters are the boxes of a missing font.
DRAWN = """async (letters) => {
  const font = getComputedStyle(document.querySelector("h1")).fontFamily;
  await document.fonts.load("24px " + font, letters);
  return Array.from(letters).map((letter) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 32;
    const pen = canvas.getContext("2d");
    pen.font = "24px " + font;
    pen.fillText(letter, 2, 26);
    return canvas.toDataURL();
  });
}"""


@pytest.fixture
def yuelu(organisation, import_example):
    """A published year with contradictions, gaps and no postings: the pages must cope."""
    organisation("yuelu", area_code="430104", name="长沙市岳麓区退役军人事务局")
    import_example("yuelu-2021")
    return "/years/yuelu/2021/"


def test_every_page_of_a_year_loads_without_a_complaint(desk_of, yuelu):
    """No error of the console, of a script or of the content security policy; each page under its own heading."""
    desk = desk_of("performance_officer")
    for path, heading in PAGES.items():
        assert desk.open(yuelu + path).status == 200
        assert heading in desk.page.locator("h1").first.inner_text()
        assert desk.shut_out(DESK) == [], path
    assert desk.complaints == []


def test_pages_of_the_system_load_without_a_complaint(desk_of):
    """The trail for the auditor, the accounts for the administrator, the law for everybody."""
    for role, path, heading in (
        ("auditor", "/system/trail/", "审计记录"),
        ("administrator", "/system/users/", "账号与角色"),
        ("clerk", "/law/", "法规数据"),
        ("clerk", "/law/scoring.national-2020/", "全国通用"),
    ):
        desk = desk_of(role)
        assert desk.open(path).status == 200
        assert heading in desk.page.locator("h1").inner_text()
        assert desk.shut_out() == [], path
        assert desk.complaints == []


def test_whoever_is_not_signed_in_or_may_not_is_not_shut_out_by_the_page(chromium, live_server, desk_of):
    """Signing in, a second factor, a refusal, an address that leads nowhere."""
    context = chromium.new_context(viewport=DESK, locale="zh-CN")
    page = context.new_page()
    page.goto(live_server.url + "/accounts/login/")
    assert barriers(page, DESK, PHONE) == []
    page.fill("#id_login", "nobody")
    page.fill("#id_password", "wrong")
    page.press("#id_password", "Enter")
    page.locator("[role=alert], .alert, .errorlist").first.wait_for()
    assert barriers(page, DESK, PHONE) == []
    context.close()
    desk = desk_of("clerk")
    for path in ("/system/users/", "/no/such/page/", "/accounts/2fa/", "/accounts/password/change/"):
        desk.open(path)
        assert desk.shut_out() == [], path


def test_charts_are_drawn(desk_of, yuelu):
    """Each chart of the dashboard has ink: the data in the page reached the canvas."""
    desk = desk_of("finance")
    desk.open(yuelu)
    charts = desk.page.locator("[data-chart]")
    assert charts.count() >= 3
    for number in range(charts.count()):
        assert charts.nth(number).locator("canvas").count() == 1
        charts.nth(number).hover()  # the tooltip must not need inline styles
    assert desk.complaints == []


def test_pages_fit_a_phone(desk_of, yuelu):
    """At 390 pixels nothing sticks out of the page; wide tables and sheets scroll inside their own frame."""
    desk = desk_of("performance_officer", size=PHONE)
    wide = []
    for path in PAGES:
        desk.open(yuelu + path)
        width = desk.page.evaluate("document.documentElement.scrollWidth")
        wide += [(path, width)] if width > PHONE["width"] else []
        assert desk.shut_out(PHONE) == [], path
    assert wide == []


def test_chinese_is_drawn_as_chinese(desk_of, yuelu):
    """Different characters look different, also on a machine without Chinese fonts of its own."""
    desk = desk_of("director")
    desk.open(yuelu)
    letters = "荣绩岳麓退役军人褒扬"
    pictures = desk.page.evaluate(DRAWN, letters)
    assert len(set(pictures)) == len(set(letters))


def test_a_contradiction_is_marked_in_the_report_and_explained_in_the_panel(desk_of, yuelu):
    """The sum of the two funding sources misses the stated total by 30.42 万元: red on the page, said in the panel."""
    desk = desk_of("reviewer")
    desk.open(yuelu + "report/")
    desk.page.locator('.rj-sheet button[data-figure="funds.total:adjusted"]').first.click()
    panel = desk.page.locator("#figure-panel .rj-figure")
    panel.wait_for()
    words = panel.inner_text()
    assert desk.shut_out() == []
    assert "13351.2万元" in words and "−30.42" in words and "第47行" in words
    assert "更正这个数" not in words  # a reviewer reads and does not write
    desk.page.keyboard.press("Escape")
    assert desk.page.locator("#figure-panel.is-open").count() == 0
    assert desk.complaints == []


def test_whoever_may_not_sees_a_refusal_in_words(desk_of, yuelu):
    """The director does not import; the page says who may."""
    desk = desk_of("director")
    assert desk.open(yuelu + "import/").status == 403
    assert "需要角色" in desk.words and "财务" in desk.words
    assert "数据导入" not in desk.page.locator("nav").inner_text()
