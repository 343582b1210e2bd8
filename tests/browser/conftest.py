"""A real browser against a real server: signed-in pages that remember every complaint of the console."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from browser.barriers import DESK, PHONE, barriers

ROOT = Path(__file__).resolve().parents[2]
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="session")
def chromium(needs: Callable[[str], str]) -> Iterator[Any]:
    """The machine's own Chromium, driven by playwright; no browser is downloaded."""
    path = needs("chromium")
    from playwright.sync_api import sync_playwright

    # playwright keeps an event loop in this thread, which Django takes for asynchronous code
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def bureau(organisation: Callable[..., Any]) -> Any:
    """The bureau of the made-up year."""
    return organisation("qingshan", area_code="990101", name="青山县退役军人事务局（示例）")


@pytest.fixture
def import_example(actor: Callable[..., Any], organisation: Callable[..., Any]) -> Callable[[str], None]:
    """Put an example year on record: `import_example("qingshan-2024")`."""
    from rongji.performance.services import import_year

    def put(name: str) -> None:
        import_year(actor=actor("performance_officer"), source=ROOT / "examples" / name / "year.yaml")

    return put


class Desk:
    """A person at a browser window; `complaints` are errors of the console, of scripts and of the security policy."""

    def __init__(self, page: Any, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda said: said.type == "error" and self.complaints.append(said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def open(self, path: str) -> Any:
        """Go to a page and wait until it is quiet."""
        answer = self.page.goto(self.address + path)
        self.page.wait_for_load_state("networkidle")
        return answer

    def door(self, label: str, within: str = "body") -> None:
        """Press Enter on a link, not before the page's scripts are there: until then it leads to a page of its own."""
        link = self.page.locator(within).get_by_role("link", name=label, exact=True)
        link.wait_for()
        self.page.wait_for_load_state("load")
        link.press("Enter")

    def shut_out(self, *widths: dict[str, int]) -> list[str]:
        """What keeps people out of the page as it stands, on a desk and on a phone. See: barriers."""
        return barriers(self.page, *(widths or (DESK, PHONE)))

    @property
    def words(self) -> str:
        """The text of the page's main part."""
        return self.page.locator("main").inner_text()


_DESKS = pytest.StashKey[list[Desk]]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A failed test tells what stood on each of its windows."""
    report = yield
    if report.when == "call" and report.failed:
        for number, desk in enumerate(item.stash.get(_DESKS, []), 1):
            said = f"{desk.page.url}\n{desk.page.locator('body').inner_text()[:3000]}\n{desk.complaints}"
            report.sections.append((f"window {number}", said))
    return report


@pytest.fixture
def desk_of(request: Any, chromium: Any, live_server: Any, user: Callable[..., Any]) -> Iterator[Callable[..., Desk]]:
    """`desk_of("director", organisation=bureau)`: a new person of that role, signed in, at a window of their own."""
    from django.test import Client

    from rongji.kernel import clock

    contexts = []
    desks = request.node.stash.setdefault(_DESKS, [])

    def sit(role: str, *, size: dict[str, int] | None = None, **fields: Any) -> Desk:
        person = user(role, **fields)
        person.password_changed_at = clock.now()
        person.save()
        client = Client()
        client.post("/accounts/login/", {"login": person.username, "password": "Demo-pass-2024"})
        context = chromium.new_context(viewport=size or DESK, locale="zh-CN")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        contexts.append(context)
        desks.append(Desk(context.new_page(), live_server.url))
        return desks[-1]

    yield sit
    for context in contexts:
        context.close()
