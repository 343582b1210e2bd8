"""One report in five formats: in each view the figures of its contradiction are marked where they are printed."""

import re

import pytest

from rongji.audit.run import audit_path
from rongji.audit.section import section
from rongji.documents.build import heading, label, paragraph, row, table
from rongji.documents.model import Document, Title
from rongji.documents.writers import write
from rongji.kernel.finding import Verdict

TITLE = ("青山县某局 2024 年度", "部门整体支出绩效自评报告")
LINES = (
    ("项目", "全年预算数", "全年执行数"),
    ("支出合计", "1160.00", "1073.50"),
    ("基本支出", "410.00", "400.25"),
    ("项目支出", "750.00", "663.25"),
)
SENTENCE = "2024 年支出合计 1073.50 万元，其中基本支出 400.25 万元，项目支出 673.25 万元。"


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    """`report("pdf")`: the made-up report in that format; its table misses its total by ten."""
    folder = tmp_path_factory.mktemp("views")
    rows = [row(*(label(word) for word in LINES[0])), *(row(label(line[0]), *line[1:]) for line in LINES[1:])]
    made = Document(
        title="".join(TITLE),
        blocks=(
            Title(TITLE),
            heading(1, "一、预算执行情况"),
            paragraph(SENTENCE),
            table((3, 3, 3), *rows, header_rows=1, caption="部门整体支出情况表", unit_note="单位：万元"),
        ),
    )

    def write_as(ending):
        path = folder / f"自评报告.{ending}"
        if ending == "txt":
            text = "\n".join(
                ("".join(TITLE), "", "一、预算执行情况", "", SENTENCE, "", *("\t".join(line) for line in LINES))
            )
            path.write_text(text, encoding="utf-8")
        elif not path.exists():
            write(made, path)
        return path

    return write_as


@pytest.mark.parametrize("ending", ["txt", "docx", "xlsx", "html", "pdf"])
def test_the_figures_of_a_contradiction_are_marked_where_they_are_printed(report, ending):
    """Three places, each found in the view and linked both ways."""
    path = report(ending)
    audited = audit_path(path)
    shown = section(audited, path.name, "0", path)
    found = next(item for item in audited.claims if item.finding.verdict is Verdict.CONTRADICTION)
    card = re.search(rf'<article[^>]*data-claim="{found.id}".*?</article>', shown, re.S)[0]
    anchors = re.findall(r'data-mark="([^"]+)"', card)
    assert len(anchors) >= 3
    for anchor in anchors:
        mark = re.search(rf'<(a|rect|td)[^>]* id="{anchor}"[^>]*>', shown)
        assert mark and "is-contradiction" in mark[0]
    if ending != "pdf":
        words = {re.search(rf'id="{anchor}"[^>]*>([^<]*)<', shown)[1].strip() for anchor in anchors}
        assert words >= {"400.25", "663.25"} or words >= {"400.25 万元", "673.25 万元"}


def test_a_text_is_shown_with_its_line_numbers(report):
    """As it stands in the file, every line."""
    path = report("txt")
    shown = section(audit_path(path), path.name, "0", path)
    assert re.findall(r'au-line-number">(\d+)<', shown) == ["1", "3", "5", "7", "8", "9", "10"]


def test_pages_of_a_pdf_are_pictures_with_frames_inside_them(report):
    """No frame sticks out of its page; a figure in a line is framed, not the whole line."""
    path = report("pdf")
    shown = section(audit_path(path), path.name, "0", path)
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', shown).groups())
    frames = [
        tuple(map(float, box))
        for box in re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', shown)
    ]
    assert len(frames) >= 6
    assert all(x + w <= width and y + h <= height and w < width / 4 for x, y, w, h in frames)
    assert "data:image/png;base64," in shown


def test_a_file_that_went_away_is_shown_block_by_block(report):
    """The document as it was read still has its marks."""
    for ending in ("txt", "pdf"):
        path = report(ending)
        shown = section(audit_path(path), path.name, "0", path.with_name("weg"))
        assert "<svg" not in shown and 'class="au-mark is-contradiction"' in shown


def test_a_workbook_is_shown_as_a_sheet(report):
    """With the letters of its columns and the numbers of its rows."""
    path = report("xlsx")
    shown = section(audit_path(path), path.name, "0", path)
    assert '<th scope="col">A</th><th scope="col">B</th>' in shown
    assert re.search(r'au-row-number" scope="row">\d+<', shown)
