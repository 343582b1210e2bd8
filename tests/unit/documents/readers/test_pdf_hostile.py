"""PDF files that are damaged, locked or made to hurt: read, or refused in words, in seconds and in bounded memory."""

import io
import zlib
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from unit.documents.readers.pdf_made import FONT, Page, pdf_of, written
from unit.documents.readers.reading import outline

from rongji.documents.readers.model import ReadFile, UnreadableDocument
from rongji.documents.readers.pdf import read_pdf
from rongji.documents.readers.pdf_apart import pages_apart
from rongji.documents.readers.pdf_guard import is_harmless
from rongji.documents.readers.pdf_pictures import page_pictures
from rongji.documents.readers.pdf_raw import raw_pages

PACKED = b"/Filter /FlateDecode"
WORD = b"BT /F1 9 Tf 50 700 Td <4e00> Tj ET\n"


def page_with(
    content: bytes, entries: bytes = PACKED, *, contents: bytes = b"5 0 R", forms: tuple[bytes, ...] = ()
) -> bytes:
    """One page of this content; forms are numbered from 6."""
    resources = b"<< /Font << /F1 3 0 R >> /XObject << /X 6 0 R >> >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %s /Contents %s >>" % (resources, contents)
    stream = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)
    tree = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", tree, FONT, page, stream, *forms])


def gigabyte() -> bytes:
    """A packed stream of a gigabyte of spaces: one packed block of a megabyte again and again."""
    packer = zlib.compressobj(9)
    head = packer.compress(b" ") + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(b" " * 1024 * 1024) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * 1024 + packer.flush()


def bomb() -> bytes:
    return page_with(gigabyte())


def bomb_in_a_bomb() -> bytes:
    return page_with(zlib.compress(gigabyte()), b"/Filter [/FlateDecode /FlateDecode]")


def bomb_in_disguise() -> bytes:
    return page_with(gigabyte(), b"/Filter /Flate#44ecode")


def forms_that_call_each_other() -> bytes:
    forms = []
    for number in range(7, 37):
        call = b"/X Do " * 10 if number < 36 else b"0 0 1 1 re f"
        entries = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>" % number
        forms.append(b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(call), call))
    return page_with(b"/X Do " * 10, b"", forms=tuple(forms))


def one_stream_again_and_again() -> bytes:
    return page_with(zlib.compress(WORD * 10_000), contents=b"[" + b"5 0 R " * 4_000 + b"]")


def a_million_pages() -> bytes:
    tree = b"<< /Type /Pages /Kids [%s] /Count 1000000 >>" % (b"4 0 R " * 1_000_000)
    data = [b"<< /Type /Catalog /Pages 2 0 R >>", tree, FONT, b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"]
    return written(data)


def a_tree_of_pages_that_is_its_own_branch() -> bytes:
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 5 >>"])


def brackets_without_end() -> bytes:
    return written([b"<< /Type /Catalog /Pages 2 0 R /X " + b"[" * 200_000 + b" >>", b"<< /Type /Pages /Count 0 >>"])


def no_pages() -> bytes:
    return written([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (bomb, "损坏|异常庞大"),
        (bomb_in_a_bomb, "损坏|异常庞大"),
        (bomb_in_disguise, "损坏|异常庞大"),
        (forms_that_call_each_other, "异常庞大"),
        (one_stream_again_and_again, "异常庞大|没有能读|损坏"),
        (a_million_pages, "页数过多"),
        (a_tree_of_pages_that_is_its_own_branch, "损坏"),
        (brackets_without_end, "损坏"),
        (no_pages, "损坏|没有页面"),
        (lambda: b"<html>%PDF-1.7</html>", "损坏"),
        (lambda: b"PK\x03\x04", "不是 PDF"),
        (lambda: b"", "不是 PDF"),
        (lambda: honest()[: len(honest()) // 3], "损坏"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words_and_in_time(make: Callable[[], bytes], words: str):
    data = make()
    with pytest.raises(UnreadableDocument, match=words) as refusal:
        read_pdf(data, "送审.pdf")
    assert "送审.pdf" in str(refusal.value)


def honest() -> bytes:
    return pdf_of(Page().text(80, 100, "全年预算1351.20万元。"), Page().text(80, 100, "第二页。"))


def said(read: ReadFile) -> list[str]:
    return [text for _, text in outline(read.document)]


def locked(user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(honest())))
    writer.encrypt(user, "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_file_with_a_password_is_refused():
    with pytest.raises(UnreadableDocument, match="打开密码"):
        read_pdf(locked("secret"), "加密.pdf")


def test_a_file_locked_only_against_changes_is_read():
    assert said(read_pdf(locked(""), "限制编辑.pdf")) == said(read_pdf(honest(), "原件.pdf"))


@pytest.mark.parametrize("cut", [b"startxref", b"xref\n0"], ids=["no start of the table", "no table"])
def test_a_file_whose_table_of_objects_is_broken_is_read(cut: bytes):
    assert said(read_pdf(honest().replace(cut, b"x" * len(cut)), "断.pdf"))[0] == "全年预算1351.20万元。"


def test_one_damaged_page_is_named_and_the_others_are_read():
    data = honest().replace(b"/Type /Page /Parent 2 0 R", b"/Type /Font /Paren 2 0 R", 1)
    read = read_pdf(data, "缺页.pdf")
    assert said(read) == ["第二页。"]
    assert read.notes == ("第1页已损坏，没有读；请用原来的软件重新导出 PDF。",)


@pytest.mark.parametrize("size", [b"0 0 0 0", b"0 0 9e9 9e9", b"nan nan nan nan", b"0 0 595"])
def test_pages_of_impossible_size_do_not_stop_the_reading_and_are_drawn_small(size: bytes):
    data = honest().replace(b"0 0 595 842", size)
    assert isinstance(read_pdf(data, "大.pdf"), ReadFile)
    assert all(len(picture.data) < 1_000_000 for picture in page_pictures(data))


def test_scripts_and_attachments_are_left_alone():
    script = b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >> /Names << /EmbeddedFiles 9 0 R >>"
    data = honest().replace(b"/Type /Catalog", b"/Type /Catalog " + script)
    assert said(read_pdf(data, "脚本.pdf")) == said(read_pdf(honest(), "原件.pdf"))


def test_a_file_with_much_on_a_page_is_read_apart_with_the_same_result():
    large = page_with(zlib.compress(b"10 10 20 20 re f\n" * 40_000 + WORD))
    assert not is_harmless(large)
    assert is_harmless(honest())
    assert list(pages_apart(honest(), "x")) == list(raw_pages(honest(), "x"))
    assert said(read_pdf(large, "图多.pdf")) == ["一"]


def test_pictures_of_a_file_that_may_do_harm_are_drawn_apart():
    large = page_with(zlib.compress(b"10 10 20 20 re f\n" * 40_000 + WORD))
    (picture,) = page_pictures(large, 1.0)
    assert (picture.number, picture.width, picture.height) == (1, 595, 842)
    assert picture.data.startswith(b"\x89PNG")
    with pytest.raises(UnreadableDocument, match="异常庞大"):
        list(page_pictures(forms_that_call_each_other(), 1.0))


SOURCE = pdf_of(
    Page()
    .grid((60, 180, 280), (100, 120, 140))
    .cells((60, 180, 280), (100, 120, 140), [["甲", "1.00"], ["乙", "2.00"]]),
    Page(turn=90).text(80, 100, "正文一句。"),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, len(SOURCE) - 1), st.binary(min_size=0, max_size=6)), min_size=1, max_size=12))
def test_whatever_bytes_are_changed_the_file_is_read_or_refused(changes: list[tuple[int, bytes]]):
    data = bytearray(SOURCE)
    for at, with_bytes in changes:
        data[at : at + len(with_bytes)] = with_bytes
    try:
        assert isinstance(read_pdf(bytes(data), "改.pdf"), ReadFile)
    except UnreadableDocument as refusal:
        assert "改.pdf" in str(refusal)
