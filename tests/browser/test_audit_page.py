"""核对报告 in a real browser: files are dropped in, contradictions marked, linked, filtered, accepted, taken home."""

import json
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
REPORT = """青山县某局 2024 年度部门整体支出绩效自评报告

一、部门基本情况

本单位编制 20 人，实有人数 18 人。

二、预算执行情况

2024 年全年支出 1073.50 万元，其中基本支出 400.25 万元，项目支出 663.25 万元。
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A made-up report whose parts miss the total by ten."""
    path = tmp_path / "青山县自评报告.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def results(desk_of, report):
    """A reviewer who has brought the report."""
    desk = desk_of("reviewer")
    desk.open("/audit/")
    desk.page.locator("#audit-documents").set_input_files([str(report)])
    desk.page.locator(".au-card").first.wait_for()
    return desk


def test_a_contradiction_is_marked_and_linked_to_its_figures(results):
    """The card leads to three numbered figures in the text; a figure leads back to its card."""
    page = results.page
    card = page.locator(".au-card.is-contradiction").first
    assert results.shut_out() == []
    assert "1063.50" in card.inner_text() and "相差 10 万元" in card.inner_text()
    card.locator("h3").click()
    linked = page.locator(".au-paper .is-linked")
    assert [text.split()[0] for text in linked.all_inner_texts()] == ["1073.50", "400.25", "663.25"]
    assert page.locator(".au-links path").count() == 1
    page.keyboard.press("Escape")
    assert linked.count() == 0
    page.locator(".au-paper a.au-mark.is-contradiction").nth(1).click()
    assert page.locator(".au-card.is-selected").count() == 1
    assert results.complaints == []


def test_filters_by_verdict_and_check(results):
    """Without contradictions the mark fades; what holds comes when asked for."""
    page = results.page
    page.locator('.au-chip[data-verdict="contradiction"]').click()
    assert page.locator(".au-card.is-contradiction:visible").count() == 0
    assert page.locator(".au-mark.is-contradiction").count() == 0
    page.locator('.au-chip[data-verdict="contradiction"]').click()
    checks = page.locator("select[data-checks] option")
    check = page.locator(".au-card.is-contradiction").first.get_attribute("data-check")
    assert checks.count() > 1
    page.locator("select[data-checks]").select_option(check)
    assert {card.get_attribute("data-check") for card in page.locator(".au-card:visible").all()} == {check}


def test_findings_are_gone_through_by_keyboard(results):
    """j selects, a accepts."""
    page = results.page
    page.keyboard.press("j")
    assert page.locator(".au-card.is-selected").count() == 1
    page.keyboard.press("a")
    assert page.locator(".au-card.is-accepted").count() == 1


def test_the_accepted_findings_become_an_opinion(results, tmp_path):
    """Accept one, write a note, download the Word file; it holds the note."""
    page = results.page
    write = page.locator("[data-write-opinion]")
    assert write.is_disabled()
    card = page.locator(".au-card.is-contradiction").first
    card.locator('[data-decide="accept"]').click()
    card.locator("textarea").fill("已请单位说明")
    page.locator("#audit-reviewer").fill("青山县财政局")
    with page.expect_download() as coming:
        write.click()
    saved = tmp_path / "opinion.docx"
    coming.value.save_as(saved)
    words = zipfile.ZipFile(saved).read("word/document.xml").decode()
    assert "已请单位说明" in words and "青山县财政局" in words and "相差 10 万元" in words
    assert results.complaints == []


def test_the_result_can_be_taken_as_json(results, tmp_path):
    """The same shape as the command's."""
    with results.page.expect_download() as coming:
        results.page.locator("[data-download-json]").click()
    saved = tmp_path / "result.json"
    coming.value.save_as(saved)
    (entry,) = json.loads(saved.read_text(encoding="utf-8"))["files"]
    assert entry["file"] == "青山县自评报告.txt" and entry["summary"]["contradiction"] >= 1


def test_several_files_stand_side_by_side_and_a_bad_one_says_why(desk_of, report, tmp_path):
    """A tab each, with what was found; the second is refused in words, the first stands."""
    bad = tmp_path / "坏.pdf"
    bad.write_bytes(b"%PDF-1.7 nothing")
    desk = desk_of("performance_officer")
    desk.open("/audit/")
    desk.page.locator("#audit-documents").set_input_files([str(report), str(bad)])
    desk.page.locator(".rj-audit-files .is-refused").wait_for()
    tabs = desk.page.locator(".rj-audit-files button")
    assert [text.split("\n")[0] for text in tabs.all_inner_texts()] == ["青山县自评报告.txt", "坏.pdf"]
    assert desk.page.locator(".au-file:visible").count() == 1
    tabs.nth(1).click()
    assert "无法读取" in desk.page.locator(".au-refused:visible").inner_text()
    assert desk.complaints == []


def test_the_page_fits_a_phone(desk_of, report):
    """Nothing sticks out; a chosen figure is shown with its finding at the foot."""
    desk = desk_of("reviewer", size=PHONE)
    desk.open("/audit/")
    desk.page.locator("#audit-documents").set_input_files([str(report)])
    desk.page.locator(".au-card").first.wait_for()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    desk.page.locator(".au-card.is-contradiction [data-mark]").first.click()
    desk.page.locator(".au-back").wait_for()
    desk.page.wait_for_timeout(800)  # it scrolls gently
    assert desk.page.locator(".au-mark.is-linked").first.bounding_box()["y"] < PHONE["height"] * 0.55
    desk.page.locator(".au-back").click()
    assert desk.page.locator(".au-card:visible").count() >= 1


def test_without_a_script_the_page_still_shows_everything(chromium, live_server, user, report):
    """The form is sent as forms are; marks and findings are plain links."""
    from django.test import Client

    from rongji.kernel import clock

    person = user("reviewer")
    person.password_changed_at = clock.now()
    person.save()
    client = Client()
    client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    page = context.new_page()
    page.goto(live_server.url + "/audit/")
    page.locator("#audit-documents").set_input_files([str(report)])
    page.locator("[data-without-script]").click()
    page.locator(".au-card").first.wait_for()
    link = page.locator(".au-card.is-contradiction .au-places a").first
    assert page.locator(link.get_attribute("href")).count() == 1
    assert "没有启用脚本" in page.locator("noscript").inner_text()
    assert page.locator("[data-decide]:visible, [data-checks]:visible").count() == 0, "nothing is offered that is dead"
    context.close()


def test_the_page_that_stands_alone_works_without_a_network(chromium, report, tmp_path):
    """Opened as a file, offline: marks, links, filters, one file at a time, decisions saved as a file."""
    from rongji.cli.main import app

    other = tmp_path / "另一份.txt"
    other.write_text(REPORT.replace("1073.50", "1063.50"), encoding="utf-8")
    out = tmp_path / "核对.html"
    with pytest.raises(SystemExit):
        app(["audit", str(report), str(other), "--html", str(out)])
    context = chromium.new_context(offline=True, viewport={"width": 1300, "height": 900}, locale="zh-CN")
    page = context.new_page()
    complaints = []
    page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(out.as_uri())
    assert page.locator(".au-file:visible").count() == 1
    page.locator(".au-card.is-contradiction h3").first.click()
    assert page.locator(".au-mark.is-linked").count() == 3
    page.keyboard.press("a")
    with page.expect_download() as coming:
        page.locator("[data-save]").click()
    saved = tmp_path / "picks.json"
    coming.value.save_as(saved)
    (decision,) = json.loads(saved.read_text(encoding="utf-8"))["decisions"]
    assert decision["accepted"] is True and decision["file"] == str(report)
    page.locator(".files a").nth(1).click()
    assert "另一份.txt" in page.locator(".au-file:visible h2").inner_text()
    assert complaints == []
    context.close()
    with pytest.raises(SystemExit) as left:
        app(["audit", str(report), "--opinion", str(tmp_path / "意见.docx"), "--decisions", str(saved)])
    assert left.value.code == 1 and (tmp_path / "意见.docx").exists()
