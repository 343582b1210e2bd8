"""Whole documents: what our own writer or an office program put into a PDF is read back slot by slot."""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest
from corpus.final_accounts import STYLES, final_accounts
from unit.documents import samples

from rongji.documents.grid import grid
from rongji.documents.model import Document, Heading, Paragraph, Table, Title
from rongji.documents.readers.assembly import document_of
from rongji.documents.readers.pdf import read_pdf
from rongji.documents.writers import render

Slot = tuple[int, int, int, int, str]


def bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def slots(table: Table) -> list[Slot]:
    """Every cell with its row, column and spans; a column in which no cell begins is none on paper."""
    placed = grid(table).cells
    columns = sorted({item.column for item in placed})
    number = {column: index for index, column in enumerate(columns)}

    def reach(column: int) -> int:
        return sum(used < column for used in columns)

    return [
        (
            item.row,
            number[item.column],
            item.cell.rowspan,
            reach(item.column + item.cell.colspan) - number[item.column],
            bare(item.cell.text),
        )
        for item in placed
    ]


def assert_same_tables(read: Sequence[Table], meant: Sequence[Table]) -> None:
    assert len(read) == len(meant)
    for number, (found, table) in enumerate(zip(read, meant, strict=True), 1):
        assert slots(found) == slots(table), f"table {number}"
        assert found.spans_known


def prose(document: Document) -> Iterator[str]:
    """Every paragraph, heading and title of a document."""
    for block in document.blocks:
        if isinstance(block, Title):
            yield bare("".join(block.lines))
        elif isinstance(block, Heading | Paragraph):
            yield bare("".join(run.text for run in block.runs))


def assert_same_sentences(read: Document, meant: Document) -> None:
    """Every sentence of the original is a paragraph of what was read (lines over tables may be parted)."""
    found = set(prose(read))
    missing = [text for text in prose(meant) if text not in found and text.endswith("。")]
    assert missing == []


def printed(document: Document) -> Document:
    """A document with names and units of tables where every reader puts them."""
    return document_of(list(document.blocks))


@pytest.mark.parametrize("name", ["self_evaluation", "multi_part_form", "report"])
def test_our_own_forms_and_reports_come_back(name: str):
    document = getattr(samples, name)()
    read = read_pdf(render(document, "pdf"), f"{name}.pdf")
    assert read.notes == ()
    assert bare(document.title) in bare(read.document.title)
    assert_same_tables(list(read.document.tables()), list(printed(document).tables()))
    assert_same_sentences(read.document, document)


@pytest.mark.parametrize("style", sorted(STYLES))
def test_nine_tables_over_many_pages_come_back_in_every_print(style: str):
    document = final_accounts(5, style, length=34, quiet=style == "yuan").document
    read = read_pdf(render(document, "pdf"), f"{style}.pdf")
    assert read.notes == ()
    assert_same_tables(list(read.document.tables()), list(printed(document).tables()))
    assert_same_sentences(read.document, document)
    pages = {row.place.page for table in read.document.tables() for row in table.rows if row.place}
    assert len(pages) > 12


@pytest.mark.documents
@pytest.mark.parametrize(("style", "ending"), [("standard", "docx"), ("rows", "xlsx"), ("older", "xlsx")])
def test_nine_tables_printed_by_an_office_program_come_back(
    style: str, ending: str, office: Callable[[Path, str], Path], tmp_path: Path
):
    document = final_accounts(7, style, length=30).document
    source = tmp_path / f"accounts.{ending}"
    source.write_bytes(render(document, ending))
    read = read_pdf(office(source, "pdf").read_bytes(), "打印.pdf")
    assert read.notes == ()
    assert_same_tables(list(read.document.tables()), list(printed(document).tables()))


@pytest.mark.documents
@pytest.mark.parametrize(("name", "ending"), [("self_evaluation", "docx"), ("multi_part_form", "xlsx")])
def test_forms_printed_by_an_office_program_come_back(
    name: str, ending: str, office: Callable[[Path, str], Path], tmp_path: Path
):
    document = getattr(samples, name)()
    source = tmp_path / f"form.{ending}"
    source.write_bytes(render(document, ending))
    read = read_pdf(office(source, "pdf").read_bytes(), "打印.pdf")
    assert_same_tables(list(read.document.tables()), list(printed(document).tables()))


def test_reading_twice_gives_the_same():
    data = render(samples.multi_part_form(), "pdf")
    assert read_pdf(data, "示例.pdf") == read_pdf(data, "示例.pdf")
