"""One matter from a phone to a clerk and back: filed by keyboard alone, accepted inside, its state looked up."""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from browser.barriers import DESK, PHONE, barriers
from unit.public.window import database, serving

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST_TABS = 60
PAGES = (
    "/", "/guides/", "/guides/hardship_aid/", "/apply/hardship_aid/", "/apply/veteran_card/", "/state/", "/jobs/",
    "/reports/", "/privacy/",
)  # fmt: skip
JOB = {
    "open_until": "2099-12-31", "title": "仓储管理员", "employer": "青山物流（示例）", "kind": "企业招聘",
    "reserved": "是", "posts": "3", "how_to_apply": "到县退役军人服务中心报名",
}  # fmt: skip
FAIR = {"title": "退役军人专场招聘会", "kind": "现场招聘会", "employers": "23", "posts": "333"}
REPORT = "2024-yuelu-2021"


@pytest.fixture
def county(organisation):
    return organisation("yunhu", area_code="990201", name="云湖县退役军人事务局（示例）")


@pytest.fixture
def open_window(options, actor, tmp_path):
    """Serve a window beside the inside's own pages, opened by those who may: `open_window(bureau)`."""
    from rongji.config.databases import public_entry
    from rongji.intake.keys import make_keys
    from rongji.intake.publishing import publish
    from rongji.kernel import clock

    home = tmp_path / "public"
    options(public_window=True, public_data_dir=home)
    with serving(home) as address, database(public_entry(home, "")):

        def open_for(bureau) -> str:
            make_keys(actor=actor("administrator", at=clock.now()))
            publish(actor=actor("section_head", organisation=bureau, at=clock.now()))
            return address

        yield open_for


@pytest.fixture
def window(open_window, county) -> str:
    """The county's window."""
    return open_window(county)


@dataclass(frozen=True)
class Published:
    """A window that shows something of every kind, and where."""

    address: str
    paths: tuple[str, ...]


@pytest.fixture
def published(open_window, bureau, import_example, actor) -> Published:
    """With an approved report of the made-up year, a job and a fair."""
    from rongji.intake.publishing import choose
    from rongji.kernel import clock
    from rongji.reports.services import decide_report, finalise_report
    from rongji.services.services import add_record

    def now(role):
        return actor(role, organisation=bureau, at=clock.now())

    import_example("qingshan-2024")
    version = finalise_report(
        actor=now("performance_officer"), bureau="qingshan", year=2024, form="yuelu-2021", formats=("html",)
    )
    decide_report(actor=now("director"), version_id=version, approve=True)
    clerk = now("clerk")
    soon = clerk.day + timedelta(days=9)
    job = add_record(
        actor=clerk, bureau="qingshan", register="job_offers", answers={**JOB, "open_from": f"{clerk.day}"}
    )
    fair = add_record(actor=clerk, bureau="qingshan", register="job_fairs", answers={**FAIR, "held_on": f"{soon}"})
    choose(actor=now("director"), kind="report", key=REPORT, show=True)
    own = (f"/jobs/{job}/", f"/fairs/{fair}/", f"/reports/{REPORT}/")
    return Published(open_window(bureau), (*PAGES, *own))


class Keyboard:
    """Somebody who uses no mouse."""

    def __init__(self, page: Any) -> None:
        self.page = page

    def go_to(self, *, id: str = "", words: str = "") -> None:
        """Press Tab until the focus is there; it must be seen where it is."""
        for _ in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            here = self.page.evaluate(
                "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                " return [e.id, e.innerText || '', s.outlineStyle !== 'none' || e.type === 'file'] })()"
            )
            if (id and here[0] == id) or (words and words in here[1]):
                assert here[2], f"the focus is not seen on {id or words}"
                return
        raise AssertionError(f"no way by keyboard to {id or words}")

    def follow(self, words: str) -> None:
        """Follow a link, or press a button."""
        self.go_to(words=words)
        self.enter()

    def enter(self) -> None:
        """Press Enter and wait for what comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, id: str, text: str) -> None:
        """Fill in a field."""
        self.go_to(id=id)
        self.page.keyboard.type(text)


def press(page: Any, name: str) -> None:
    """Press a button of the inside and wait for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def fits(page: Any) -> bool:
    """Nothing sticks out of the screen."""
    return page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_petition_filed_on_a_phone_is_accepted_inside_and_found_again(window, county, desk_of, chromium):
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=True)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    keys = Keyboard(page)
    page.goto(window)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.innerText") == "跳到正文"
    keys.follow("办事指南与网上申请")
    keys.follow("信访事项")
    assert "15 日内" in page.inner_text("main") and fits(page)
    assert barriers(page, PHONE, DESK) == []
    keys.follow("网上填表")

    keys.write("applicant", "李示例")
    keys.write("contact", "13900001234")
    keys.write("title", "反映优待金发放问题")
    keys.go_to(id="f-topic")
    page.keyboard.press("ArrowDown")
    keys.write("f-request", "今年的优待金没有收到。")
    keys.follow("提交")
    assert page.locator(".notice").inner_text().count("\n") == 1  # the consent is missing, nothing else
    assert page.input_value("#f-request") == "今年的优待金没有收到。"
    assert barriers(page, PHONE, DESK) == []
    keys.follow("请先阅读个人信息处理说明")
    assert page.url.endswith("#consent")
    keys.go_to(id="consent")
    page.keyboard.press("Space")
    keys.follow("提交")
    number, code = page.locator(".code").all_inner_texts()
    assert fits(page) and barriers(page, PHONE, DESK) == []

    clerk = desk_of("clerk", organisation=county)
    clerk.open("/intake/")
    press(clerk.page, "现在取件")
    assert number in clerk.words and "李示例" in clerk.words and "139****1234" in clerk.words
    assert clerk.shut_out() == []
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("link", name="查看处理").click()
    assert "今年的优待金没有收到。" in clerk.words
    assert clerk.shut_out() == []
    with clerk.page.expect_navigation():
        clerk.page.get_by_role("link", name="受理", exact=True).click()
    assert clerk.page.input_value("#field-case_applicant") == "李示例"
    assert clerk.shut_out() == []
    press(clerk.page, "受理并转为办件")
    assert "已受理，期限从" in clerk.words
    clerk.open("/intake/")
    press(clerk.page, "现在取件")

    keys.follow("查进度")
    keys.write("number", number)
    keys.write("code", code.lower())
    keys.enter()
    shown = page.inner_text("main")
    assert "已登记，正在审查是否受理" in shown and "李示例" not in shown
    assert barriers(page, PHONE, DESK) == []
    assert [said for said in complaints if "422" not in said] == [] and clerk.complaints == []
    context.close()


def test_every_page_fits_a_phone_and_shuts_nobody_out(published, chromium):
    """With a job, a fair and a report; the widest table scrolls inside its own frame."""
    context = chromium.new_context(viewport=PHONE, locale="zh-CN")
    page = context.new_page()
    for path in published.paths:
        assert page.goto(published.address + path).status == 200, path
        assert page.locator("h1").count() == 1 and fits(page), path
        assert barriers(page, PHONE, DESK) == [], path
    context.close()


def test_a_form_is_sent_without_javascript_and_a_video_by_mistake_costs_nobody_what_was_written(
    window, chromium, tmp_path
):
    context = chromium.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{window}/apply/petition/")
    video = tmp_path / "视频.pdf"
    video.write_bytes(b"%PDF-1.7 " + b"x" * 6_000_000)
    page.fill("#f-request", "写了很久的一段话")
    page.set_input_files("#paper-other", video)
    with page.expect_navigation():
        page.click("button[type=submit]")
    assert "发来的内容太大" in page.inner_text("main")
    page.go_back()
    page.wait_for_load_state("load")
    assert page.input_value("#f-request") == "写了很久的一段话"
    page.fill("#f-request", "")
    page.set_input_files("#paper-other", [])
    with page.expect_navigation():
        page.click("button[type=submit]")
    assert "请填写“姓名”" in page.inner_text(".notice")
    context.close()


def test_what_goes_out_is_decided_on_its_page(window, county, desk_of, chromium, tmp_path):
    head = desk_of("section_head", organisation=county)
    head.open("/intake/publication/")
    assert head.shut_out() == []
    press(head.page, "不公开：信访事项")
    press(head.page, "发布（1 项有变化）")
    assert "撤下 1 项" in head.words
    visitor = chromium.new_context(viewport=PHONE)
    page = visitor.new_page()
    assert page.goto(f"{window}/guides/petition/").status == 404
    assert barriers(page) == []
    press(head.page, "关闭窗口")
    assert page.goto(window).status == 503
    assert "没有开通" in page.inner_text("main")
    visitor.close()
    assert head.complaints == []
    assert Path(tmp_path / "public" / "window.sqlite3").exists()
