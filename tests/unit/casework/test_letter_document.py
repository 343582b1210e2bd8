"""Letters on paper: the layout of an official document, in docx and in pdf, the same bytes each time."""

import io
import zipfile
from datetime import date

import pytest
from pypdf import PdfReader

from rongji.casework.letter_document import letter_document, letter_file_name
from rongji.documents.model import Paragraph, SignatureBlock, Title
from rongji.documents.writers import render

UNIT = "云湖县退役军人事务局"
PARAGRAPHS = (
    "示例甲一：",
    "您于2024年9月27日反映的优待金发放问题，我局已收到。经审查，该事项属于我局职责范围，我局决定受理。",
    "一、办理期限",
    "办理期间如需补充材料，请与经办人联系。",
)


@pytest.fixture
def letter():
    """A notice that a petition was accepted."""
    return letter_document(
        unit=UNIT,
        title="信访事项受理告知书",
        number="云退役军人信受〔2024〕17号",
        issued_on=date(2024, 10, 8),
        paragraphs=PARAGRAPHS,
    )


def test_the_parts_stand_in_the_order_of_an_official_document(letter):
    """Unit and title, number, an empty line, addressee, body, signature with the place of the seal and the day."""
    title, number, gap, *body, signature = letter.blocks
    assert title == Title((UNIT, "信访事项受理告知书"))
    assert (number.text, number.align, number.indent) == ("云退役军人信受〔2024〕17号", "center", False)
    assert gap.text.strip() == ""
    assert [item.text for item in body] == list(PARAGRAPHS)
    assert isinstance(signature, SignatureBlock)
    assert ["".join(run.text for run in line) for line in signature.lines] == [UNIT, "（印章）", "2024年10月8日"]


def test_the_addressee_stands_flush_and_the_body_two_characters_in(letter):
    """Only a first paragraph that ends in a colon is an addressee."""
    indents = [item.indent for item in letter.blocks if isinstance(item, Paragraph)]
    assert indents == [False, False, False, True, True, True]
    without = letter_document(
        unit=UNIT, title="证明", number="1号", issued_on=date(2024, 10, 8), paragraphs=("兹证明如下事项属实。",)
    )
    assert [item.indent for item in without.blocks if isinstance(item, Paragraph)][-1] is True


def test_copies_are_named_below_the_signature():
    """抄送 comes last."""
    made = letter_document(
        unit=UNIT,
        title="函",
        number="1号",
        issued_on=date(2024, 10, 8),
        paragraphs=("请予办理。",),
        copies="云湖县财政局",
    )
    assert made.blocks[-1].text == "抄送：云湖县财政局"


def test_the_pdf_holds_the_words_and_fits_one_page(letter):
    """Real text in it, nothing cut."""
    reader = PdfReader(io.BytesIO(render(letter, "pdf")))
    words = "".join(page.extract_text() for page in reader.pages).replace("\n", "").replace(" ", "")
    assert len(reader.pages) == 1
    assert all(part.replace(" ", "") in words for part in (*PARAGRAPHS, UNIT, "2024年10月8日", "（印章）"))


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_same_letter_is_the_same_bytes(letter, ending):
    """A letter that is taken out again years later has the digest that was noted."""
    assert render(letter, ending) == render(letter, ending)


def test_the_docx_opens_and_holds_the_number(letter):
    """A package with a body."""
    with zipfile.ZipFile(io.BytesIO(render(letter, "docx"))) as package:
        body = package.read("word/document.xml").decode()
    assert "云退役军人信受〔2024〕17号" in body and "示例甲一：" in body


def test_a_file_name_holds_nothing_that_a_file_system_minds():
    """Slashes and blanks become strokes, the brackets of the number stay."""
    assert (
        letter_file_name(title="补正 通知/书", number="云补〔2024〕3号", ending="pdf")
        == "补正-通知-书-云补〔2024〕3号.pdf"
    )
