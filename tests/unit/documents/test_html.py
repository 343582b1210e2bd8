"""Web pages: every figure can be clicked, nothing inline, nothing from outside."""

import re
from html.parser import HTMLParser

import pytest
from unit.documents import samples

from rongji.documents import font_choice
from rongji.documents.build import label, paragraph, row, table
from rongji.documents.model import Document, FigureRef, Status
from rongji.documents.writers.html import STYLESHEET, html_fragment, render

VOID = {"col", "meta", "br", "link", "wbr"}


class Markup(HTMLParser):
    """Collects tags and text, and fails on tags that do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def parsed(text: str) -> Markup:
    markup = Markup()
    markup.feed(text)
    assert markup.open == []
    return markup


@pytest.mark.parametrize(
    "document", [samples.report(), samples.self_evaluation(notice="预填"), samples.multi_part_form()]
)
def test_the_fragment_obeys_a_strict_content_policy(document):
    """No style attribute, no script, no handler, no address: classes and data attributes only."""
    for tag, attributes in parsed(html_fragment(document)).tags:
        assert tag not in ("script", "style", "link", "img")
        assert not {name for name in attributes if name == "style" or name.startswith("on") or name in ("href", "src")}


def test_every_figure_is_a_button_that_carries_its_key():
    """The web app opens the side panel by this key; status and note show at a glance."""
    document = samples.report()
    buttons = [a for tag, a in parsed(html_fragment(document)).tags if tag == "button"]
    assert [b["data-figure"] for b in buttons] == [f.key for f in document.figures() if f.key]
    assert buttons[0]["class"] == "figure figure-trouble"
    assert "30.42" in (buttons[0]["title"] or "")
    unbacked = [
        a
        for tag, a in parsed(html_fragment(document)).tags
        if tag == "span" and a.get("class") == "figure figure-unbacked"
    ]
    assert len(unbacked) == 1


def test_every_word_is_on_the_page():
    """Cells, labels, titles."""
    printed = parsed(html_fragment(samples.self_evaluation())).text
    for line in samples.self_evaluation_table().rows:
        for one in line.cells:
            assert all(paragraph.text in printed for paragraph in one.paragraphs)


def test_spans_and_repeated_heads_are_those_of_the_table():
    """A browser lays the table out as the form has it."""
    markup = parsed(html_fragment(samples.multi_part_form()))
    assert sum(tag == "thead" for tag, _ in markup.tags) == 3
    spans = [(a.get("rowspan"), a.get("colspan")) for tag, a in markup.tags if tag == "th"]
    assert ("3", None) in spans
    assert (None, "5") in spans
    widths = [float((a["width"] or "").rstrip("%")) for tag, a in markup.tags if tag == "col"][:4]
    assert sum(widths) == pytest.approx(100, abs=0.1)


def test_text_that_looks_like_markup_is_shown_as_it_is():
    """Typed angle brackets do not become tags, nor do they leave an attribute."""
    nasty = '"><script>alert(1)</script>&amp;'
    fragment = html_fragment(Document(nasty, (paragraph(nasty, FigureRef("1", nasty, Status.OK, nasty)),)))
    markup = parsed(fragment)
    assert "script" not in {tag for tag, _ in markup.tags}
    assert nasty in markup.text
    assert [a["data-figure"] for tag, a in markup.tags if tag == "button"] == [nasty]


def test_sheets_follow_page_breaks_and_sections():
    """One sheet of paper per page break or section, turned where the section is."""
    sheets = [a["class"] for tag, a in parsed(html_fragment(samples.multi_part_form())).tags if tag == "section"]
    assert sheets == ["rj-sheet rj-portrait", "rj-sheet rj-landscape", "rj-sheet rj-portrait"]


def test_the_standalone_page_needs_nothing_from_outside():
    """Styles and glyphs lie inside; no script; explanations open by the browser alone."""
    key = "expenditure.total:actual"
    page = render(samples.report(explanations={key: ("全年支出 = 11436.27万元", "（一）＋（二）")})).decode()
    markup = parsed(re.sub(r"<style>.*?</style>|<!DOCTYPE html>", "", page, flags=re.S))
    assert "<script" not in page
    assert not re.search(r"(?:src|href)\s*=|https?://|@import", page)
    assert page.count("data:font/woff;base64,") == 2
    opener = next(a for tag, a in markup.tags if tag == "button" and "popovertarget" in a)
    assert opener["data-figure"] == key
    assert any(tag == "div" and a.get("id") == opener["popovertarget"] and "popover" in a for tag, a in markup.tags)
    assert "全年支出 = 11436.27万元" in markup.text


def test_every_class_on_the_page_is_known_to_the_stylesheet():
    """A class that no rule knows is a misspelling."""
    css = STYLESHEET.read_text(encoding="utf-8")
    known = set(re.findall(r"\.([a-z][\w-]*)", css)) | {"rj-body", "figure-ok", "rj-middle"}
    documents = (samples.report(), samples.self_evaluation(notice="预填"), samples.multi_part_form())
    used = {
        name
        for document in documents
        for _, attributes in parsed(html_fragment(document)).tags
        for name in (attributes.get("class") or "").split()
    }
    assert used <= known


def test_equal_documents_give_equal_bytes():
    """Cut-down fonts included."""
    assert render(samples.report()) == render(samples.report())


@pytest.mark.parametrize(
    ("notice", "shown"),
    [
        ("预填", "rj-notice"),
        ("预览稿（未通过校验）", "rj-notice rj-notice-long"),
        ("预览稿（未通过校验，不得报送）", "rj-notice rj-notice-longest"),
    ],
)
def test_the_mark_of_a_draft_fits_across_the_sheet(notice, shown):
    """Two characters stand large; sixteen are set so small that none is cut off at the edge."""
    marks = [a for tag, a in parsed(html_fragment(samples.self_evaluation(notice=notice))).tags if tag == "div"]
    assert shown in [attributes["class"] for attributes in marks]
    marked = re.compile(r"\.(rj-notice[a-z-]*)::before \{ (?:content: attr\(data-notice\); )?font(?:-size)?: (\d+)pt")
    sizes = dict(marked.findall(STYLESHEET.read_text("utf-8")))
    across = 210 / 25.4 * 72 / 0.82  # points along a line that rises by 35°
    assert len(notice) * int(sizes[shown.split()[-1]]) * 1.12 <= across


def test_a_report_shown_again_does_not_cut_its_fonts_again(monkeypatch):
    """Cutting is the slow part of a page that stands by itself: once per process for the same characters."""
    document = samples.report()
    first = render(document)
    monkeypatch.setattr(font_choice.subset, "Subsetter", None)
    assert render(document) == first


def test_a_label_may_break_between_words_only():
    """服务|对象|满意度|指标: the places are marked in the markup, the words stay what they are."""
    made = html_fragment(Document("表", (table((1, 9), row(label("服务对象满意度指标"), "甲")),)))
    assert "服务<wbr>对象<wbr>满意度<wbr>指标" in made
    assert "服务对象满意度指标" in parsed(made).text
    assert re.search(r"\.rj-label p \{[^}]*word-break: keep-all", STYLESHEET.read_text("utf-8"))
