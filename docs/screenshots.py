"""Pictures of the real pages for the README: `python docs/screenshots.py` fills docs/images from a fresh demo.

Runs the demo in a folder of its own, serves it, signs in as the demo's people and takes the pictures in Chromium.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from rongji.config.demo import DEMO_PASSWORD

IMAGES = Path(__file__).resolve().parent / "images"
RONGJI = Path(sys.executable).parent / "rongji"
PORT = 8929
ADDRESS = f"http://127.0.0.1:{PORT}"
WINDOW = f"http://127.0.0.1:{PORT + 1}"
DESK, PHONE = (1300, 900), (390, 844)
CONSISTENT, PUBLISHED = "/years/qingshan/2024/", "/years/yuelu/2021/"
WHAT_IF = "year=2025&since=2025-08&all=5&sixty=1&known_on=2024-12-31&go=1"
# name, who looks, at which page, at which size, what is clicked first
PICTURES = (
    ("years", "director", "/years/", DESK, ""),
    ("dashboard", "officer", CONSISTENT, DESK, ""),
    ("dashboard-missing", "officer", PUBLISHED, DESK, ""),
    ("report", "officer", f"{CONSISTENT}report/", DESK, ""),
    ("report-figure", "officer", f"{PUBLISHED}report/", DESK, "button[data-figure='funds.total:adjusted']"),
    ("figure-rows", "officer", f"{CONSISTENT}?open=expenditure.total:actual", DESK, ".rj-open"),
    ("indicators", "officer", f"{PUBLISHED}indicators/", DESK, ""),
    ("checks", "reviewer", f"{PUBLISHED}checks/", DESK, ""),
    ("figures", "finance", f"{CONSISTENT}figures/", DESK, ""),
    ("import", "finance", f"{CONSISTENT}import/", DESK, ""),
    ("objectives", "section", f"{PUBLISHED}objectives/", DESK, ""),
    ("monitoring", "section", f"{CONSISTENT}monitoring/?month=9", DESK, ""),
    ("texts", "clerk", f"{CONSISTENT}texts/", DESK, ""),
    ("versions", "officer", f"{CONSISTENT}versions/", DESK, "button:has-text('定稿并送审')"),
    ("approval", "director", f"{CONSISTENT}versions/", DESK, ""),
    ("phone", "director", CONSISTENT, PHONE, ""),
    ("stations", "clerk", "/people/stations/?month=2024-12", DESK, ""),
    ("payments", "clerk", "/payments/", DESK, ""),
    ("payment-review", "section", "/payments/", DESK, "a[data-main]"),
    ("network", "clerk", "/network/?bureau=yunhu&year=2024", DESK, ""),
    ("registers", "clerk", "/records/?bureau=yunhu&year=2024", DESK, ""),
    ("cases", "section", "/cases/?whose=all", DESK, ""),
    ("case", "section", "/cases/?whose=all&light=amber", DESK, "tr[data-row] a[data-main]"),
    ("case-phone", "section", "/cases/?whose=all&light=amber", PHONE, "tr[data-row] a[data-main]"),
    ("case-kinds", "clerk", "/cases/kinds/petition/", DESK, ""),
    ("what-if", "finance", f"/payments/what-if/?{WHAT_IF}", DESK, ""),
)
# what somebody copies out of a spreadsheet, and how a browser is handed it
PASTED = (
    "举办日期\t名称\t形式\t参会企业\t提供岗位\t到场\t达成就业\n"
    "2025.3.15\t春季专场招聘会\t现场招聘会\t23\t333\t221\t23\n"
    "2025-06-16\t夏季直播带岗\t直播带岗\t约20\t366\t242\t26\n"
    "2025-09-10\t秋季企业面试会\t企业面试会\t31\t410\t200\t260\n"
)
_PASTE = """(cell, text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true}));
}"""


def main() -> None:
    """All pictures, from an empty folder to files in docs/images."""
    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "RONGJI_DATA_DIR": home, "RONGJI_MODE": "demo", "RONGJI_LOG_LEVEL": "ERROR"}
        subprocess.run([RONGJI, "demo", "--no-serve"], env=environment, check=True, stdout=subprocess.DEVNULL)
        outside = {**environment, "RONGJI_PUBLIC_DATA_DIR": f"{home}/public"}
        servers = [
            subprocess.Popen([RONGJI, *words], env=outside, stdout=subprocess.DEVNULL)
            for words in (["serve", "--port", str(PORT)], ["public", "serve", "--port", str(PORT + 1)])
        ]
        try:
            _wait(f"{ADDRESS}/accounts/login/")
            _wait(f"{WINDOW}/privacy/")
            _take_all()
        finally:
            for server in servers:
                server.terminate()
                server.wait()


def _wait(address: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(address).close()
            return
        except urllib.error.URLError:
            time.sleep(0.3)
    raise SystemExit("the pages did not come up")


def _take_all() -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for name, who, path, (width, height), clicked in PICTURES:
            context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
            page = context.new_page()
            _sign_in(page, who)
            page.goto(ADDRESS + path)
            page.wait_for_load_state("networkidle")
            if clicked:
                page.locator(clicked).first.click()
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(800)
            page.screenshot(path=IMAGES / f"{name}.png")
            context.close()
        _take_person(browser)
        _take_audit(browser)
        _take_window(browser)
        browser.close()


def _take_window(browser: Any) -> None:
    """The public window on a phone, a form filed there, and the same form inside."""
    context = browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{WINDOW}/")
    page.screenshot(path=IMAGES / "window-home.png")
    page.goto(f"{WINDOW}/apply/petition/")
    page.fill("#applicant", "李示例")
    page.fill("#contact", "13900001234")
    page.fill("#title", "反映优待金发放问题")
    page.select_option("#f-topic", "抚恤优待")
    page.fill("#f-request", "今年的义务兵家庭优待金还没有收到，请核查。")
    page.check("#consent")
    page.evaluate("window.scrollTo(0, 300)")
    page.screenshot(path=IMAGES / "window-phone.png")
    page.wait_for_timeout(3500)  # nobody fills in a form within a moment
    page.click("button[type=submit]")
    page.locator(".code").first.wait_for()
    page.screenshot(path=IMAGES / "window-receipt.png")
    context.close()
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, locale="zh-CN")
    page = context.new_page()
    _sign_in(page, "clerk")
    page.goto(f"{ADDRESS}/intake/")
    page.get_by_role("button", name="现在取件").click()
    page.get_by_role("link", name="查看处理").first.click()
    page.locator(".rj-wrote").wait_for()
    page.screenshot(path=IMAGES / "intake.png")
    context.close()


def _take_person(browser: Any) -> None:
    """From the search to the file of a person, on a desk and on a phone, and on to why the amount is what it is."""
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, locale="zh-CN")
    page = context.new_page()
    _sign_in(page, "clerk")
    page.goto(f"{ADDRESS}/people/")
    page.fill("[name=words]", "李")
    page.locator("#found tr[data-row]", has_text="残疾军人").first.wait_for()
    page.screenshot(path=IMAGES / "people-search.png")
    page.locator("#found tr[data-row]", has_text="残疾军人").first.locator("a[data-main]").click()
    page.locator("#timeline").wait_for()
    page.wait_for_timeout(800)
    page.screenshot(path=IMAGES / "person.png")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / "person-phone.png")
    page.set_viewport_size({"width": DESK[0], "height": DESK[1]})
    page.get_by_role("link", name="这笔钱怎么算的").click()
    page.locator(".rj-account").first.wait_for()
    page.screenshot(path=IMAGES / "why.png")
    context.close()


def _take_grid(browser: Any) -> None:
    """A block out of Excel in the table of cells, with what must be mended told in place; a visit on a phone."""
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, locale="zh-CN")
    page = context.new_page()
    _sign_in(page, "clerk")
    page.goto(f"{ADDRESS}/records/yunhu/job_fairs/grid/")
    page.locator("tbody input").first.evaluate(_PASTE, PASTED)
    page.locator("[data-told]").first.wait_for()
    page.wait_for_timeout(500)
    page.screenshot(path=IMAGES / "record-grid.png")
    page.set_viewport_size({"width": 375, "height": 812})
    page.goto(f"{ADDRESS}/records/yunhu/visits/phone/")
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / "record-phone.png")
    context.close()


def _take_audit(browser: Any) -> None:
    """A published form that was set as PDF by ourselves, audited by a reviewer, its first contradiction chosen."""
    context = browser.new_context(viewport={"width": DESK[0], "height": DESK[1]}, locale="zh-CN")
    page = context.new_page()
    _sign_in(page, "reviewer")
    page.goto(f"{ADDRESS}/audit/")
    with tempfile.TemporaryDirectory() as folder:
        year = IMAGES.parents[1] / "examples" / "yuelu-2021" / "year.yaml"
        made = [RONGJI, "report", "--file", year, "--form", "yuelu-2021", "--formats", "pdf", "--out", folder]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
        (report,) = Path(folder).glob("*.pdf")
        page.locator("#audit-documents").set_input_files(
            str(report.rename(report.with_name("部门整体支出绩效自评表.pdf")))
        )
        page.locator(".au-card.is-contradiction h3").first.click()
    page.wait_for_timeout(900)
    page.locator(".au-card.is-selected [data-decide=accept]").click()
    page.screenshot(path=IMAGES / "audit.png")
    context.close()


def _sign_in(page: Any, who: str) -> None:
    page.goto(f"{ADDRESS}/accounts/login/")
    if who == PICTURES[0][1] and not (IMAGES / "sign-in.png").exists():
        page.screenshot(path=IMAGES / "sign-in.png")
    page.fill("[name=login]", who)
    page.fill("[name=password]", DEMO_PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_load_state("networkidle")
    page.goto(f"{ADDRESS}/years/")  # the greeting is read once, so that it is on no picture


if __name__ == "__main__":
    main()
