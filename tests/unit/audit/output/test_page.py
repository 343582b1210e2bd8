"""The page that stands alone: everything inside, everything escaped, findings and places linked both ways."""

import re
from html.parser import HTMLParser

import pytest
from unit.audit.output import samples

from rongji.audit.page import page
from rongji.audit.report import AuditedFile
from rongji.audit.results import Brief, anchor_of
from rongji.audit.section import section


class Reader(HTMLParser):
    """Elements, ids and links of a page."""

    def __init__(self, markup):
        super().__init__()
        self.elements, self.stack = [], []
        self.feed(markup)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def of(self, name):
        """Attribute values in order."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def made():
    """The section of the sample."""
    return section(samples.audited(), "青山县自评报告.docx", "0" * 64)


def test_text_of_the_document_is_never_markup(made):
    """A script in a cell is shown as words; what would turn the direction of reading is left out."""
    assert "<script>alert" not in made and "&lt;script&gt;alert" in made
    assert "\u202e" not in made
    named = section(samples.audited(), '"><img src=x onerror=alert(1)>.docx')
    assert "<img" not in named


def test_no_inline_style_and_no_handler_stands_in_a_section(made):
    """It works under the content security policy of the web application."""
    read = Reader(made)
    assert read.of("style") == []
    assert [name for _, attributes in read.elements for name in attributes if name.startswith("on")] == []
    assert {"script", "style", "iframe", "object"} & {tag for tag, _ in read.elements} == set()


def test_findings_lead_to_their_places_and_places_to_their_findings(made):
    """Every link resolves; each name is given once; the figures of the first finding stand in their cells."""
    read = Reader(made)
    names = read.of("id")
    assert len(names) == len(set(names))
    assert {link.removeprefix("#") for link in read.of("href")} <= set(names)
    assert {claim for told in read.of("data-claims") for claim in told.split()} <= set(names)
    marks = {attributes["id"]: attributes for _, attributes in read.elements if "data-claims" in attributes}
    assert set(read.of("data-mark")) <= set(marks)
    prefix = anchor_of("青山县自评报告.docx", "0" * 64)
    first = re.search(rf'<article[^>]*id="{prefix}-c1".*?</article>', made, re.S)[0]
    linked = [marks[name]["data-claims"].split() for name in Reader(first).of("data-mark")]
    assert len(linked) == 3 and all(f"{prefix}-c1" in claims for claims in linked)


def test_marks_stand_on_the_printed_figures(made):
    """The wrong total is red in table and sentence; what only holds is quiet; an empty cell is framed."""
    shown = re.findall(r'<a href="#[^"]+" class="au-mark is-(\w+)"[^>]*>([^<]+)</a>', made)
    assert ("contradiction", "1073.50") in shown and ("contradiction", "1063.50 万元") in shown
    assert ("holds", "91.7%") in shown and ("question", "进一步") in shown
    assert re.search(r'<td class="au-mark is-question au-empty"', made)


def test_filters_count_by_verdict_and_offer_every_check(made):
    """What holds is off at first when there is trouble."""
    chips = re.findall(r'data-verdict="(\w+)" aria-pressed="(\w+)">\S+ <b>(\d+)</b>', made)
    assert chips == [
        ("contradiction", "true", "2"), ("question", "true", "1"), ("rounding", "true", "0"), ("holds", "false", "4"),
    ]  # fmt: skip
    assert len(re.findall("<option", made)) == 1 + 5


def test_the_page_needs_nothing_from_outside(made):
    """No address but its own anchors, and a policy that forbids any."""
    whole = "".join(page([made], title="青山县自评报告.docx"))
    assert re.findall(r"https?://(?!www\.w3\.org/2000/svg)", whole) == []
    assert "default-src 'none'" in whole
    assert re.findall(r"url\(|@import|src=", whole) == []


def test_several_files_share_one_page_with_a_table(made):
    """Each line leads to its section; the unreadable one says why."""
    refused = section(AuditedFile("坏.pdf", refusal="文件“坏.pdf”无法读取：已加密。"), "坏.pdf")
    good = Brief(
        "青山县自评报告.docx", "a", "0" * 64, "docx", "", {"contradiction": 2, "question": 1, "rounding": 0, "holds": 4}
    )
    bad = Brief("坏.pdf", "b", "", "", "文件“坏.pdf”无法读取：已加密。", dict.fromkeys(good.counts, 0))
    read = Reader("".join(page([made, refused], briefs=[good, bad])))
    sections = [attributes["id"] for tag, attributes in read.elements if tag == "section"]
    assert [f"#{name}" for name in sections] == [link for link in read.of("href") if link.removeprefix("#") in sections]


def test_a_file_that_cannot_be_read_says_so_in_its_place():
    """The sentence, escaped."""
    told = section(AuditedFile("<坏>.pdf", refusal="文件“<坏>.pdf”无法读取：已加密。"), "<坏>.pdf")
    assert 'role="alert">文件“&lt;坏&gt;.pdf”无法读取：已加密。' in told
