"""PDF files: real Chinese text, embedded fonts, the sheet of the standard, and a refusal instead of holes."""

import io
from pathlib import Path

import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from pypdf import PdfReader
from unit.documents import samples

from rongji.documents import paper
from rongji.documents.build import cell, label, paragraph, row, runs, table
from rongji.documents.font_choice import MissingGlyphs, plan_fonts
from rongji.documents.fonts import Face, web_font_files
from rongji.documents.model import Document, Orientation, Section, SignatureBlock, Style, Title
from rongji.documents.writers import pdf

MM = 72 / 25.4


def opened(document: Document, **options) -> PdfReader:
    return PdfReader(io.BytesIO(pdf.render(document, **options)))


def words(reader: PdfReader) -> str:
    return "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")


def placed(page) -> list[tuple[float, float, str]]:
    """Every piece of text with its position in mm from the left and from the foot of the page."""
    found: list[tuple[float, float, str]] = []

    def visit(text, matrix, text_matrix, *_):
        if text.strip():
            x = matrix[0] * text_matrix[4] + matrix[2] * text_matrix[5] + matrix[4]
            y = matrix[1] * text_matrix[4] + matrix[3] * text_matrix[5] + matrix[5]
            found.append((x / MM, y / MM, text))

    page.extract_text(visitor_text=visit)
    return found


@pytest.fixture(scope="module")
def report() -> PdfReader:
    return opened(samples.report())


def test_every_text_of_the_document_can_be_read_back(report):
    """Searchable and copyable Chinese, not pictures of it."""
    printed = words(report)
    for run in samples.report().runs():
        assert run.text.replace(" ", "") in printed


def test_every_cell_of_the_form_is_printed():
    """Nothing of a nine-column form is cut: every word of every cell is in the file."""
    document = samples.self_evaluation()
    printed = words(opened(document))
    for line in samples.self_evaluation_table().rows:
        for one in line.cells:
            assert one.text.replace("\n", "").replace("　", "") in printed.replace("　", "")


def test_only_fonts_with_embedded_glyphs_are_used(report):
    """Each font of each page carries its font program."""
    fonts = [f.get_object() for page in report.pages for f in page["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"]
        assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(descriptor)
        assert "+" in font["/BaseFont"]


def test_pages_are_a4_and_text_keeps_inside_the_type_area(report):
    """Nothing but the page number stands outside 156 × 225 mm."""
    page = report.pages[1]
    assert (round(page.mediabox.width / MM), round(page.mediabox.height / MM)) == (210, 297)
    for x, y, text in placed(page):
        if "—" not in text:
            assert 25.5 <= x <= 184
            assert 35 <= y <= 260


def test_a_full_page_has_22_lines_of_28_characters():
    """The grid of the standard."""
    reader = opened(Document("格", (paragraph("军" * 28 * 30, indent=False),)))
    pages = [page.extract_text().split("\n") for page in reader.pages]
    lines = [[line for line in page if set(line.strip()) == {"军"}] for page in pages]
    assert [len(page) for page in lines] == [22, 8]
    assert {len(line.strip()) for page in lines for line in page} == {28}


def test_page_numbers_stand_outside(report):
    """Odd pages on the right, even ones on the left, one character in, below the type area."""
    for number, page in enumerate(report.pages, start=1):
        marks = [(x, y) for x, y, text in placed(page) if text.strip().startswith("—")]
        assert len(marks) == 1
        x, y = marks[0]
        assert 20 < y < 35 - 7
        assert (x > 150) if number % 2 else (x < 40)
        assert f"— {number} —" in page.extract_text()


def test_turned_pages_keep_the_number_where_upright_pages_have_it():
    """Seen landscape the number lies in the left margin, on its side."""
    page = opened(samples.multi_part_form()).pages[1]
    assert page.mediabox.width > page.mediabox.height
    x, y, _ = next(item for item in placed(page) if item[2].strip().startswith("—"))
    assert 20 < x < 35 - 7
    assert y > 150


def test_header_rows_come_back_on_every_page():
    """A list over three pages shows its heading three times."""
    lines = [row(f"第{n}项", "内容") for n in range(90)]
    made = table((1, 3), row(label("项目名称"), label("说明")), *lines, header_rows=1)
    pages = opened(Document("表", (made,))).pages
    assert len(pages) >= 3
    assert all("项目名称" in page.extract_text() for page in pages)


def test_equal_documents_give_equal_bytes():
    """Nothing of the clock goes into the file."""
    assert pdf.render(samples.self_evaluation()) == pdf.render(samples.self_evaluation())


def test_text_that_looks_like_markup_is_printed_as_it_is():
    """Words come in as data: hash signs, dollars, stars and brackets of a bureau's text mean nothing."""
    nasty = '#set page(width: 1pt) $x$ *星* _线_ `码` \\ @标 <签> "引" // 注 #{panic()} [框] ~'
    printed = words(opened(Document("标", (Title((nasty[:20],)), paragraph(nasty), table((1,), row(cell(nasty)))))))
    assert printed.count(nasty.replace(" ", "")) == 2


def test_a_character_without_a_glyph_is_a_refusal_that_names_it():
    """Never a PDF with holes: the characters, and what to do."""
    with pytest.raises(MissingGlyphs) as refusal:
        pdf.render(Document("缺", (paragraph("张\ue000\U0010fffd"),)))
    assert str(refusal.value).startswith("现有字体中没有以下字符：U+E000、U+10FFFD。请把")
    assert refusal.value.as_json()["code"] == "missing-glyphs"


def test_titles_captions_and_the_draft_mark_are_checked_too():
    """A hole in a caption is as bad as one in the text."""
    bad = "表\ue000"
    for document in (
        Document("标", (Title((bad,)),)),
        Document("标", (table((1,), row("甲"), caption=bad),)),
        Document("标", (table((1,), row("甲"), unit_note=bad),)),
        Document("标", (paragraph("甲"),), notice=bad),
    ):
        with pytest.raises(MissingGlyphs):
            pdf.render(document)


def private_font(directory: Path, family: str, code_point: int) -> None:
    """A font of a few glyphs, as a site might have it for the rare characters of its people's names."""
    source = web_font_files()["Rongji Sans"]
    with TTFont(source, lazy=True) as font:
        cutter = subset.Subsetter(subset.Options(layout_features=[], name_IDs=[1, 2, 4, 6]))
        cutter.populate(text="张龘")
        cutter.subset(font)
        for entry in font["cmap"].tables:
            entry.cmap[code_point] = entry.cmap[ord("龘")]
        for number in (1, 4, 6):
            font["name"].setName(family, number, 3, 1, 0x409)
        font.save(directory / f"{family}.otf")


def test_a_font_put_into_the_font_directory_fills_the_gap(tmp_path):
    """The way out that the refusal names works."""
    private_font(tmp_path, "Rare Names", 0xE000)
    document = Document("缺", (paragraph("张\ue000"),))
    reader = opened(document, font_dir=tmp_path)
    names = {f.get_object()["/BaseFont"] for f in reader.pages[0]["/Resources"]["/Font"].values()}
    assert any("Rare" in name for name in names)


def test_the_site_s_own_official_font_is_preferred(tmp_path):
    """A licensed 仿宋 in the font directory prints the text; what it lacks comes from the packaged font."""
    private_font(tmp_path, "FangSong_GB2312", 0xE000)
    plan = plan_fonts(["张三"], tmp_path)
    assert plan.families[Face.BODY][0] == "FangSong_GB2312"
    assert "张三" in words(opened(Document("字", (paragraph("张三"),)), font_dir=tmp_path))


def test_a_broken_font_file_stops_nobody(tmp_path):
    """Rubbish in the font directory is passed over."""
    (tmp_path / "broken.otf").write_bytes(b"OTTO not a font")
    assert "张三" in words(opened(Document("字", (paragraph("张三"),)), font_dir=tmp_path))


def test_the_standing_of_a_draft_is_on_every_page():
    """暂定稿 lies behind the text of upright and turned pages."""
    blocks = (paragraph("甲"), Section(Orientation.LANDSCAPE), paragraph("乙"))
    pages = opened(Document("草", blocks, notice="暂定稿")).pages
    assert ["暂定稿" in "".join(page.extract_text().split()) for page in pages] == [True, True]


@pytest.mark.parametrize("full_lines", range(15, 23))
@pytest.mark.parametrize("last", ["乙。", "乙" * 26 * 2, "乙" * 26 * 4])
def test_a_signature_never_stands_alone_on_a_page(full_lines, last):
    """Wherever the page ends, at least the last line of the text goes over with the name and the date."""
    signed = SignatureBlock((runs("青山县退役军人事务局"), runs("2025年3月20日")))
    body = (paragraph("甲" * 20) for _ in range(full_lines))
    pages = [page.extract_text() for page in opened(Document("签", (*body, paragraph(last), signed))).pages]
    assert "乙" in next(page for page in pages if "事务局" in page)
    assert sum("事务局" in page and "2025" in page for page in pages) == 1


def test_the_mark_of_an_attachment_stands_first_and_its_title_on_the_third_line():
    """附件 at the upper left corner of the type area, unindented; the title two lines below it."""
    document = Document("附", (paragraph("附件", style=Style.ATTACHMENT), Title(("标题",)), paragraph("文字")))
    found = {text.strip(): (x, y) for x, y, text in placed(opened(document).pages[0])}
    (left, mark), (_, title) = found["附件"], found["标题"]
    pitch = paper.LINE_PITCH / paper.POINTS_PER_MM
    assert abs(left - paper.BINDING) < 1
    assert mark > 297 - paper.TOP - pitch
    assert 1.7 * pitch < mark - title < 2.4 * pitch


def test_sections_without_content_leave_no_empty_page():
    """Two section marks in a row make one new page."""
    blocks = (
        Section(Orientation.PORTRAIT),
        paragraph("甲"),
        Section(),
        Section(Orientation.LANDSCAPE),
        paragraph("乙"),
    )
    assert len(opened(Document("页", blocks)).pages) == 2


def test_a_warning_of_the_typesetter_is_a_failure(monkeypatch, tmp_path):
    """A PDF about which the typesetter warned is never handed out."""
    template = tmp_path / "official.typ"
    template.write_text('#set text(font: "No Such Family")\n甲', encoding="utf-8")
    monkeypatch.setattr(pdf, "TEMPLATE", template)
    with pytest.raises(pdf.TypesettingFailed, match="unknown font family"):
        pdf.render(samples.report())
