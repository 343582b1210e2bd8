"""Word, PDF, workbook and web page of one report say the same numbers."""

import io
import re
import zipfile
from decimal import Decimal
from html import unescape
from itertools import pairwise

import openpyxl
import pytest
from pypdf import PdfReader

from rongji.documents.model import Table
from rongji.documents.writers import render
from rongji.reports.build import build_report

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_CASES = (("yuelu-2021", "yuelu-2021"), ("yueyang-2022", "yueyang-2022"), ("tianxin-2019", "tianxin-2019"))


def numbers(text: str) -> set[Decimal]:
    """Every number of a text, 413.730 and 413.73 being one."""
    return {Decimal(found).normalize() for found in _NUMBER.findall(text)}


def docx_text(data: bytes) -> str:
    """The words of a docx, paragraphs on lines of their own."""
    xml = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", xml)))


def pdf_text(data: bytes) -> str:
    """The words of a PDF; the page number at the foot of each page is left out."""
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]
    return "\n".join(re.sub(r"[—\u2014-]\s*\d+\s*[—\u2014-]", "", page) for page in pages)


def html_text(data: bytes) -> str:
    """The words of the body of a page."""
    body = data.decode().partition("<body")[2]
    body = re.sub(r"<(style|script)\b.*?</\1>", "", body, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"</(p|td|th|h\d|div)>", "\n", body)))


def xlsx_text(data: bytes) -> str:
    """The cells of a workbook as they are shown, formulas by the value that was stored with them."""
    book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    cells = (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return "\n".join(shown_cell(cell) for cell in cells)


def shown_cell(cell) -> str:
    """One cell as a reader sees it: its number format decides the places and the percent sign."""
    if not isinstance(cell.value, int | float):
        return str(cell.value)
    pattern = cell.number_format
    value = Decimal(repr(cell.value)) * (100 if "%" in pattern.replace('"%"', "") else 1)
    places = len(re.search(r"\.(0+)", pattern)[1]) if re.search(r"\.(0+)", pattern) else 0
    return f"{value:.{places}f}"


@pytest.mark.parametrize(("example", "name"), _CASES)
def test_the_four_files_say_the_same_numbers(example, name, sources, forms):
    """Every figure of the model is in every file, and no file holds a number that the model does not."""
    document = build_report(sources(example), forms[name], forms).document
    figures = {Decimal(found).normalize() for run in document.figures() for found in _NUMBER.findall(run.text)}
    readers = {"docx": docx_text, "pdf": pdf_text, "html": html_text, "xlsx": xlsx_text}
    found = {ending: numbers(read(render(document, ending))) for ending, read in readers.items()}
    for ending, seen in found.items():
        assert figures <= seen, (ending, sorted(figures - seen)[:10])
    for (one, first), (other, second) in pairwise(found.items()):
        assert first == second, (one, other, sorted(first ^ second)[:10])


def test_the_workbook_adds_up_with_formulas(sources, forms):
    """Consolidated rows and totals are formulas where they give exactly the printed number."""
    document = build_report(sources("yueyang-2022"), forms["yueyang-2022"], forms).document
    book = openpyxl.load_workbook(io.BytesIO(render(document, "xlsx")))
    formulas = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(formulas) >= 5
    printed = sum(
        1 for block in document.blocks if isinstance(block, Table) for row in block.rows for c in row.cells if c.formula
    )
    assert printed >= len(formulas)
