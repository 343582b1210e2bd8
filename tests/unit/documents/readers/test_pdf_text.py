"""Words of a PDF outside tables: what is seen on the printed page, once, as people type it, in sentences."""

import zlib

import pytest
from unit.documents.readers.pdf_made import Page, pdf_of
from unit.documents.readers.reading import outline, shown

from rongji.documents.readers.model import ReadFile, UnreadableDocument
from rongji.documents.readers.pdf import read_pdf


def read(*pages: Page) -> ReadFile:
    return read_pdf(pdf_of(*pages), "示例.pdf")


def words(*pages: Page) -> str:
    return "\n".join(text for _, text in outline(read(*pages).document))


def test_title_headings_and_paragraphs():
    page = Page().text(140, 80, "青山县退役军人事务局2023年度", 20).text(160, 110, "部门整体支出绩效自评报告", 20)
    page.text(92, 150, "一、部门概况", 14).text(92, 180, "（一）机构设置", 14)
    lines = (
        "全局共有编制38名，实有52人，内设办公室、拥军优抚股、",
        "移交安置股等股室，下辖光荣院和退役军人服务中心两个二级机",
        "构，全年接待来访1126人次。",
    )
    for number, line in enumerate(lines):
        page.text(92 if number == 0 else 64, 210 + 28 * number, line, 14)
    assert outline(read(page).document) == [
        ("title", "青山县退役军人事务局2023年度|部门整体支出绩效自评报告"),
        ("h1", "一、部门概况"),
        ("h2", "（一）机构设置"),
        ("body", "".join(lines)),
    ]


def test_a_sentence_goes_on_over_a_page_break_and_its_parts_know_their_pages():
    full = "全年预算一千三百五十一万元，实际支出一千一百四十三万元，执行"
    first, second = Page(), Page()
    for number in range(22):
        first.text(64, 100 + 30 * number, full, 14)
    second.text(64, 100, "率为百分之八十五。", 14).text(290, 812, "— 2 —")
    document = read(first.text(290, 812, "— 1 —"), second).document
    (paragraph,) = [block for block in document.blocks if block.text.endswith("八十五。")]
    assert [run.place.page for run in paragraph.runs][-2:] == [1, 2]
    assert "执行率为" in paragraph.text


def test_what_stands_far_apart_on_one_line_is_not_one_sentence():
    page = Page().text(60, 100, "部门：青山县退役军人事务局").ends(530, 100, "单位：万元")
    assert words(page) == "部门：青山县退役军人事务局\n单位：万元"


def test_a_word_set_wide_is_one_line():
    assert words(Page().text(200, 100, "目", 16).text(300, 100, "录", 16)).split() == ["目", "录"]
    assert len(words(Page().text(200, 100, "目", 16).text(300, 100, "录", 16)).splitlines()) == 1


def test_text_is_ordered_by_place_and_not_by_the_order_of_the_file():
    page = Page().text(80, 200, "第三句。").text(80, 140, "第一句。").text(80, 170, "第二句。")
    assert words(page) == "第一句。\n第二句。\n第三句。"


def test_words_drawn_into_the_gap_of_a_line_are_read_there():
    page = Page().text(80, 100, "预算").text(145, 100, "万元。").text(102, 100, "1351.20")
    assert words(page) == "预算1351.20万元。"


def test_radicals_are_read_as_the_characters_that_they_look_like():
    assert (
        words(Page().text(80, 100, "⼀般公共预算⽀出、⾏政运⾏、⻅习⻛险。"))
        == "一般公共预算支出、行政运行、见习风险。"
    )


def test_full_width_digits_stay_as_they_are_printed():
    assert words(Page().text(80, 100, "共１２３．４５万元。")) == "共１２３．４５万元。"


@pytest.mark.parametrize("minus", "-‐‑−")
def test_every_minus_is_one_character(minus: str):
    assert words(Page().text(80, 100, f"增减{minus}5.20万元。")) == "增减-5.20万元。"


def test_characters_drawn_twice_to_look_bold_are_read_once():
    page = (
        Page().text(80, 100, "合计11.10万元。").text(80.3, 100, "合计11.10万元。").text(80.3, 100.3, "合计11.10万元。")
    )
    assert words(page) == "合计11.10万元。"


def test_exponents_and_marks_of_footnotes_never_become_digits_of_a_number():
    page = Page().text(80, 100, "面积120m").text(125, 96, "2", 6).text(129, 100, "，金额1351.20")
    page.text(199, 96, "3", 6).text(203, 100, "万元。")
    assert words(page) == "面积120m²，金额1351.20〔3〕万元。"


def test_words_that_are_not_printed_are_not_read():
    page = Page().text(80, 100, "预算9.00万元。").text(80, 130, "暗中的话。", mode=3)
    page.raw("1 1 1 rg").text(80, 160, "白纸上的白字。").raw("0 0 1 rg 80 600 200 30 re f 1 1 1 rg")
    page.text(90, 230, "蓝底上的白字。")
    assert words(page) == "预算9.00万元。\n蓝底上的白字。"


def test_a_watermark_across_the_page_is_not_read():
    page = Page().text(80, 100, "预算9.00万元。").set("0.7 0.7 -0.7 0.7 100 300", "内部资料", 60)
    assert words(page) == "预算9.00万元。"


def test_words_outside_the_page_are_not_read():
    page = Page().text(80, 100, "页上的话。").text(700, 100, "页外的话。").text(80, -50, "页上方的话。")
    assert words(page) == "页上的话。"


def test_sideways_words_in_the_margin_are_left_out_and_long_ones_are_named():
    page = Page().text(80, 100, "正文在这里，文字比旁边横躺的多得多，所以按正文的方向读。")
    page.set("0 1 -1 0 40 300", "这一行横躺着写在页边没有读出来")
    read_file = read(page)
    assert outline(read_file.document) == [("body", "正文在这里，文字比旁边横躺的多得多，所以按正文的方向读。")]
    assert read_file.notes == ("第1页表格以外有横躺的文字没有读；请对照原件。",)


# --- forms ---------------------------------------------------------------------------------------------------

XS, YS = (60, 180, 280), (100, 120, 140)


def form(appearance: bytes) -> bytes:
    """A form with a filled field in the upper right cell, and a note typed onto the page below."""
    page = Page().grid(XS, YS).text(63, 114, "预算数").text(63, 134, "决算数").ends(277, 134, "1100.00")
    place = b"/Rect [183 722 277 742] /P 4 0 R /F 4"
    field = b"<< /Subtype /Widget /FT /Tx /T (a) /V (1351.20) /DA (/F1 10 Tf 0 g) %s %s >>" % (place, appearance)
    words = b"/Tx BMC q BT /F1 10 Tf 2 6 Td <0031003300350031002e00320030> Tj ET Q EMC"
    look = b"<< /Subtype /Form /BBox [0 0 94 20] /Resources << /Font << /F1 3 0 R >> >> /Length %d >>" % len(words)
    note = b"<< /Subtype /FreeText /Contents (x) /Rect [300 622 394 642] /AP << /N 7 0 R >> /F 4 >>"
    data = pdf_of(page, objects=[field, look + b"\nstream\n%s\nendstream" % words, note])
    fields = (
        b"/AcroForm << /Fields [6 0 R] /NeedAppearances true /DR << /Font << /F1 3 0 R >> >> /DA (/F1 10 Tf 0 g) >>"
    )
    return data.replace(b"/Type /Catalog", b"/Type /Catalog " + fields).replace(
        b"/Type /Page ", b"/Type /Page /Annots [6 0 R 8 0 R] "
    )


@pytest.mark.parametrize("appearance", [b"/AP << /N 7 0 R >>", b""], ids=["drawn", "only its value"])
def test_what_is_filled_into_a_form_is_read_in_its_cell(appearance: bytes):
    document = read_pdf(form(appearance), "表单.pdf").document
    (table,) = document.tables()
    assert shown(table) == [["预算数", "1351.20"], ["决算数", "1100.00"]]
    assert outline(document)[-1] == ("body", "1351.20")


# --- pictures ------------------------------------------------------------------------------------------------


def scanned(*pages: Page) -> bytes:
    """Pages of which those with the operator Do show a picture over the whole sheet."""
    content = zlib.compress(b"\xee" * 100)
    head = b"<< /Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray /BitsPerComponent 8"
    image = head + b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(content), content)
    data = pdf_of(*pages, objects=[image])
    number = 4 + 2 * len(pages)
    return data.replace(b"/Font << /F1 3 0 R >>", b"/Font << /F1 3 0 R >> /XObject << /X1 %d 0 R >>" % number)


def picture() -> Page:
    return Page().raw("q 595 0 0 842 0 0 cm /X1 Do Q")


def test_pages_that_are_pictures_are_named():
    pages = [Page().text(80, 100, "有字的一页。"), picture(), picture(), Page().text(80, 100, "又有字。"), picture()]
    read_file = read_pdf(scanned(*pages), "示例.pdf")
    assert read_file.notes == ("第2—3、5页是图片，图片里的文字没有读；请先作文字识别（OCR）再核对。",)
    assert len(read_file.document.blocks) == 2


def test_a_file_of_pictures_is_refused_with_what_to_do():
    with pytest.raises(UnreadableDocument, match="文字识别"):
        read_pdf(scanned(picture(), picture()), "扫描.pdf")


def test_the_hidden_text_of_a_scan_is_read_with_a_warning():
    page = picture().text(80, 100, "全年预算一千三百五十一万元，实际支出一千一百万元。", mode=3)
    read_file = read_pdf(scanned(page), "示例.pdf")
    assert outline(read_file.document) == [("body", "全年预算一千三百五十一万元，实际支出一千一百万元。")]
    assert read_file.notes == ("第1页的文字是对图片作文字识别得来的，可能有误，请对照原图。",)


def test_a_character_without_a_code_is_marked_and_never_dropped():
    codes = {"示": "0000"}
    page = Page().text(80, 100, "预算1示2万元。")
    page.operators = [operator.replace("793a", codes["示"]) for operator in page.operators]
    read_file = read(page)
    assert [text for _, text in outline(read_file.document)] == ["预算1\ufffd2万元。"]
    assert read_file.notes[0].startswith("第1页有的字没有编码")


def test_an_empty_file_is_refused():
    with pytest.raises(UnreadableDocument, match="没有能读的文字"):
        read(Page())
