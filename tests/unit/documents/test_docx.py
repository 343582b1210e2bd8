"""Word files: what stands in them, in which type, on which paper."""

import io
import zipfile
from xml.etree import ElementTree

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm
from pypdf import PdfReader
from unit.documents import samples

from rongji.documents.build import cell, label, paragraph, row, runs, table
from rongji.documents.grid import grid
from rongji.documents.model import Document, FigureRef, PageBreak, SignatureBlock, Status, Style, Table, Title
from rongji.documents.writers.docx import render

OFFICIAL = {"方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体"}


def opened(document: Document):
    return docx.Document(io.BytesIO(render(document)))


def part(document: Document, name: str) -> str:
    return zipfile.ZipFile(io.BytesIO(render(document))).read(name).decode()


def same_slots(written, table: Table) -> None:
    laid = grid(table)
    for r in range(len(table.rows)):
        for c in range(len(table.columns)):
            assert written.cell(r, c).text == laid.at(r, c).cell.text, (r, c)


@pytest.mark.parametrize("table", [samples.self_evaluation_table(), *samples.consolidation_tables()])
def test_every_slot_of_a_table_reads_back_as_the_cell_that_covers_it(table):
    """Merged labels included: what another program finds at a row and column is what we put there."""
    same_slots(opened(Document("表", (table,))).tables[0], table)


def test_words_stand_in_reading_order_with_their_styles():
    """Headings keep their level, so that the navigation pane and a later reader find them."""
    found = [(p.style.name, p.text) for p in opened(samples.report()).paragraphs]
    assert found[0] == ("Title", "示例县退役军人事务局2022年度\n部门整体支出绩效自评报告")
    assert ("Heading 1", "一、部门概况") in found
    assert ("Heading 2", "（一）机构和人员") in found
    assert ("Heading 4", "（1）人员支出") in found
    assert ("Body Text", "全年预算13351.2万元，实际支出11436.27万元，执行率85.66%。完成率98%。") in found


def test_every_paragraph_style_names_an_official_east_asian_font():
    """A style without one falls back on a Japanese font in word processors."""
    styles = opened(samples.report()).styles
    named = [s.element.find(f".//{qn('w:rFonts')}") for s in styles if s.type == 1]
    assert len(named) > 12
    assert {fonts.get(qn("w:eastAsia")) for fonts in named} == OFFICIAL


def test_the_sheet_is_the_one_of_the_standard():
    """A4, margins 37/35/28/26 mm, 22 lines of the exact pitch, both sides printed."""
    section = opened(samples.report()).sections[0]
    lengths = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    for found, wanted in zip(
        (*lengths, section.left_margin, section.right_margin), (210, 297, 37, 35, 28, 26), strict=True
    ):
        assert abs(found - Mm(wanted)) < Mm(0.05)
    docgrid = section._sectPr.find(qn("w:docGrid"))
    pitch = int(docgrid.get(qn("w:linePitch")))
    assert 22 * pitch <= 225 / 25.4 * 1440 < 23 * pitch
    settings = part(samples.report(), "word/settings.xml")
    assert "<w:mirrorMargins/>" in settings
    assert "<w:evenAndOddHeaders/>" in settings


def test_page_numbers_stand_outside():
    """Right on odd pages, left on even ones, one character from the edge, between two dashes."""
    section = opened(samples.report()).sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]
        assert line.text == "— 1 —"
        properties = line._p.pPr
        assert properties.find(qn("w:jc")).get(qn("w:val")) == side
        assert properties.find(qn("w:ind")).get(qn(f"w:{side}Chars")) == "100"


def test_wide_tables_lie_on_turned_pages():
    """Three sections, the middle one landscape with its margins turned along."""
    sections = opened(samples.multi_part_form()).sections
    assert [s.page_width > s.page_height for s in sections] == [False, True, False]
    assert abs(sections[1].left_margin - Mm(35)) < Mm(0.05)


def test_header_rows_repeat_and_short_rows_stay_whole():
    """The two-level head of a consolidation table is marked as repeating; its short rows never split."""
    written = opened(Document("表", (samples.consolidation_tables()[0],))).tables[0]
    flags = [bool(tr.findall(f".//{qn('w:tblHeader')}")) for tr in written._tbl.tr_lst]
    assert flags == [True, True, False, False, False, False]
    assert all(tr.findall(f".//{qn('w:cantSplit')}") for tr in written._tbl.tr_lst)


def test_every_figure_has_a_bookmark_that_leads_to_its_key():
    """Word limits bookmark names, so the keys stand in a list inside the package."""
    document = samples.report()
    root = ElementTree.fromstring(part(document, "customXml/item1.xml"))
    listed = {e.get("bookmark"): (e.get("key"), e.get("status")) for e in root if e.tag.endswith("figure")}
    keyed = [figure for figure in document.figures() if figure.key]
    assert list(listed.values()) == [(figure.key, figure.status.value) for figure in keyed]
    body = part(document, "word/document.xml")
    assert all(f'w:name="{name}"' in body for name in listed)


def test_text_that_looks_like_markup_is_printed_as_it_is():
    """Angle brackets, ampersands and quotes of a bureau's text survive; control characters fall away."""
    nasty = 'A<b>&amp;"引号"\'</w:t>]]>'
    document = Document(
        nasty, (Title((nasty,)), paragraph(nasty + "\x00\x0b\x1f", FigureRef(nasty, nasty, Status.OK, nasty)))
    )
    written = opened(document)
    assert written.paragraphs[1].text == nasty + "\n" + nasty
    assert written.core_properties.title == nasty


def test_a_page_break_does_not_leave_an_empty_line():
    """The break belongs to the paragraph after it; before a table to an invisible one."""
    document = Document("页", (paragraph("一"), PageBreak(), paragraph("二"), PageBreak(), table((1,), row("三"))))
    written = opened(document)
    breaks = [p.paragraph_format.page_break_before for p in written.paragraphs]
    assert breaks[:3] == [None, True, True]
    assert [p.text for p in written.paragraphs] == ["一", "二", "", ""]


def test_equal_documents_give_equal_bytes():
    """Nothing of the clock or the machine goes into the file."""
    assert render(samples.self_evaluation()) == render(samples.self_evaluation())


def test_the_standing_of_a_draft_is_on_every_page():
    """预填 lies behind the text of odd and even pages, of upright and turned ones."""
    draft, final = samples.multi_part_form(notice="预填"), samples.multi_part_form()
    for way in ("portrait", "landscape"):
        for kind in ("even", "default"):
            assert 'string="预填"' in part(draft, f"word/header-{way}-{kind}.xml")
            assert "textpath" not in part(final, f"word/header-{way}-{kind}.xml")


def test_vertical_labels_run_downward():
    """A label set upright keeps its text in one piece."""
    written = opened(Document("表", (table((1, 5), row(label("整体支出", vertical=True), cell("甲"))),))).tables[0]
    assert written.cell(0, 0).text == "整体支出"
    assert written.cell(0, 0)._tc.tcPr.find(qn("w:textDirection")).get(qn("w:val")) == "tbRlV"


def test_libreoffice_opens_the_form_without_loss(office, tmp_path):
    """Every cell text is found again in what LibreOffice prints, upright and turned pages included."""
    path = tmp_path / "form.docx"
    document = samples.multi_part_form()
    path.write_bytes(render(document))
    pages = PdfReader(office(path, "pdf")).pages
    sizes = [(page.mediabox.width > page.mediabox.height) for page in pages]
    assert sizes == [False, True, False]
    printed = "".join(page.extract_text() for page in pages).replace("\n", "").replace(" ", "")
    wanted = [c.text for t in document.tables() for r in t.rows for c in r.cells if c.quantity]
    assert wanted and all(text in printed for text in wanted)


def test_libreoffice_sets_28_characters_in_a_line(office, tmp_path):
    """The grid of the standard holds in the other word processor too."""
    path = tmp_path / "lines.docx"
    path.write_bytes(render(Document("行", (paragraph("军" * 28 * 30, indent=False),))))
    pages = [page.extract_text().split("\n") for page in PdfReader(office(path, "pdf")).pages]
    lines = [[line.strip() for line in page if set(line.strip()) == {"军"}] for page in pages]
    assert [len(page) for page in lines] == [22, 8]
    assert {len(line) for page in lines for line in page} == {28}


def test_the_mark_of_an_attachment_is_set_flush_in_heiti_with_an_empty_line_below():
    """3号黑体, first line of the page; the title stands on the third."""
    document = Document("附", (paragraph("附件2", style=Style.ATTACHMENT), Title(("标题",))))
    first = opened(document).paragraphs[0]
    assert (first.text, first.style.name) == ("附件2", "附件标记")
    assert first.style.element.find(f".//{qn('w:rFonts')}").get(qn("w:eastAsia")) == "黑体"
    assert round(first.style.paragraph_format.space_after.pt) == 29
    assert first.paragraph_format.first_line_indent is None


def test_a_signature_is_kept_with_the_text_before_it():
    """The last paragraph and every line but the date are kept with what follows: the name never stands alone."""
    signed = SignatureBlock((runs("示例县退役军人事务局"), runs("2023年3月31日")))
    written = opened(Document("签", (paragraph("甲"), paragraph("乙"), signed))).paragraphs
    assert [item.paragraph_format.keep_with_next for item in written] == [None, True, True, None]


def test_the_last_paragraph_stays_with_the_signature_in_a_word_processor(office, tmp_path):
    """LibreOffice: 20 lines, a last sentence and a signature that does not fit any more."""
    signed = SignatureBlock((runs("示例县退役军人事务局"), runs("2023年3月31日")))
    body = tuple(paragraph("甲" * 20) for _ in range(19))
    path = tmp_path / "signed.docx"
    path.write_bytes(render(Document("签", (*body, paragraph("乙" * 40), signed))))
    pages = [page.extract_text() for page in PdfReader(office(path, "pdf")).pages]
    assert ["乙" in page and "事务局" in page for page in pages] == [False, True]
