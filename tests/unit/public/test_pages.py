"""What everybody may read: what is on the pages, how they are built, and what is on none of them."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

import rongji.public

pytestmark = pytest.mark.database
PATHS = ["/", "/guides/", "/guides/petition/", "/apply/petition/", "/apply/veteran_card/", "/state/", "/jobs/",
         "/reports/", "/privacy/", "/no-such-page/"]  # fmt: skip
CSS = Path(rongji.public.__file__).parent / "static" / "public" / "window.css"


class Outline(HTMLParser):
    """Headings, landmarks, labels and fields of a page."""

    VOID = {"input", "meta", "link", "img", "br"}

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.labels, self.fields, self.described = [], [], [], [], []
        self.headings, self.open_labels = [], 0
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        facts = dict(attrs)
        self.tags.append((tag, facts))
        if "id" in facts:
            self.ids.append(facts["id"])
        if tag == "label":
            self.labels.append(facts.get("for"))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if tag in ("input", "select", "textarea") and facts.get("type") != "hidden":
            self.fields.append(facts)
        for name in ("aria-describedby", "aria-labelledby"):
            self.described += (facts.get(name) or "").split()

    def count(self, tag):
        return sum(1 for name, _ in self.tags if name == tag)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_its_landmarks_one_heading_and_a_way_past_the_menu(visitor, path):
    page = Outline(visitor.get(path).text)
    assert [page.count(tag) for tag in ("header", "main", "footer", "h1")] == [1, 1, 1, 1]
    assert page.headings[0] == 1
    assert all(after - before <= 1 for before, after in zip(page.headings, page.headings[1:], strict=False))
    assert dict(page.tags)["html"]["lang"] == "zh-Hans"
    links = [facts["href"] for tag, facts in page.tags if tag == "a"]
    assert links[0] == "#main" and "main" in page.ids


@pytest.mark.parametrize("path", PATHS)
def test_every_field_has_a_label_and_everything_that_is_pointed_to_is_there(visitor, path):
    page = Outline(visitor.get(path).text)
    assert [facts["id"] for facts in page.fields if facts["id"] not in page.labels] == []
    assert len(page.ids) == len(set(page.ids))
    assert [name for name in (*page.described, *filter(None, page.labels)) if name not in page.ids] == []


def test_a_refused_form_ties_every_complaint_to_its_field(visitor):
    text = visitor.send(given={}).text
    page = Outline(text)
    wrong = [facts for facts in page.fields if facts.get("aria-invalid") == "true"]
    assert len(wrong) >= 5
    assert all(f"{facts['id']}-wrong" in facts["aria-describedby"] for facts in wrong)
    assert 'role="alert"' in text
    jumps = [facts["href"][1:] for tag, facts in page.tags if tag == "a" and facts["href"].startswith("#")]
    assert [name for name in jumps if name not in page.ids] == []


@pytest.mark.parametrize("path", PATHS)
def test_no_page_needs_or_has_a_script(visitor, path):
    page = visitor.get(path)
    assert "<script" not in page.text and not re.search(r"\son\w+=", page.text) and "style=" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_the_headers_protect_whoever_reads(visitor):
    headers = visitor.get("/").headers
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers and "Server" not in headers


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


PAIRS = [
    *[(front, back) for front in ("ink", "quiet", "green") for back in ("paper", "sheet")],
    ("green", "green-soft"), ("red", "sheet"), ("red", "red-soft"), ("sheet", "green"),
]  # fmt: skip


@pytest.mark.parametrize(("front", "back"), PAIRS)
def test_words_stand_out_from_what_is_behind_them(front, back):
    """WCAG 2.1, 1.4.3: at least 4.5 to 1."""
    colours = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", CSS.read_text()))
    light, dark = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_what_can_be_touched_is_large_enough():
    """WCAG 2.5.5: fields and buttons are 48 pixels high at the usual size of letters."""
    css = CSS.read_text()
    assert re.search(r"\.button \{[^}]*min-height: 3rem", css)
    assert re.search(r"\.field select[^{]*\{[^}]*min-height: 3rem", css)


def test_the_guide_says_what_the_case_kind_says(visitor):
    """Who, what to bring, how long in which days, which act, which steps: nothing of it typed twice."""
    from rongji.casework.guide import guide_of
    from rongji.kernel import clock
    from rongji.law.case_kinds import case_kind

    kind = case_kind("petition", on=clock.today(), region="990201")
    guide = guide_of(kind, "990201", clock.today(), only_public=True)
    text = visitor.get("/guides/petition/").main
    for section in guide.sections:
        assert section.heading in text
        for line in section.lines:
            assert re.sub(r"\s+", " ", line) in text
    assert "15 日内" in text and "60 日内" in text and "信访工作条例" in text


def test_the_form_asks_what_the_kind_asks_outside_and_nothing_else(visitor):
    from rongji.kernel import clock
    from rongji.law.case_kinds import case_kind

    kind = case_kind("petition", on=clock.today(), region="990201")
    names = {facts["name"] for facts in Outline(visitor.get("/apply/petition/").text).fields}
    for asked in kind.fields:
        assert (f"f-{asked.id}" in names) == asked.public
    assert {f"paper-{paper.id}" for paper in kind.papers} <= names


def test_every_matter_that_is_handled_online_can_be_filled_in(visitor):
    """Each guide opens, and each form of it."""
    links = re.findall(r'href="/guides/(\w+)/"', visitor.get("/guides/").text)
    assert len(links) >= 20
    for kind in links:
        page = visitor.get(f"/guides/{kind}/")
        assert page.status == 200
        if f"/apply/{kind}/" in page.text:
            assert visitor.get(f"/apply/{kind}/").status == 200


def test_a_matter_that_was_not_published_cannot_be_filled_in(visitor, someone):
    from rongji.intake.publishing import choose, publish

    choose(actor=someone("section_head"), kind="guide", key="petition", show=False)
    publish(actor=someone("section_head"))
    assert visitor.get("/guides/petition/").status == visitor.get("/apply/petition/").status == 404


def test_a_window_that_was_switched_off_says_so_politely(visitor, someone):
    """Everywhere, and opens again with the next publication."""
    from rongji.intake.publishing import publish, switch_off

    switch_off(actor=someone("director"))
    for path in ("/", "/guides/", "/state/", "/jobs/"):
        page = visitor.get(path)
        assert page.status == 503 and "没有开通" in page.main and page.headers["Retry-After"]
    publish(actor=someone("director"))
    assert visitor.get("/").status == 200


def test_what_is_not_a_get_is_not_answered_as_a_page(visitor):
    assert visitor.post("/guides/", {"a": "b"}).status in (403, 405)


@pytest.mark.parametrize("path", ["/admin/", "/accounts/login/", "/api/", "/people/", "/static/rongji/js/rongji.js"])
def test_nothing_of_the_inside_has_an_address_here(visitor, path):
    page = visitor.get(path)
    assert page.status == 404


@pytest.mark.parametrize("path", ["/jobs/%00/", "/jobs/?words=%00", "/reports/a%00/file/x.pdf/", "/jobs/?a%00=1"])
def test_what_no_database_takes_is_turned_away_before_it_is_asked(visitor, path):
    page = visitor.get(path)
    assert page.status == 400
    assert "无法识别" in page.main
