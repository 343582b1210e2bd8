"""What our own writers print, our readers read back: the same tables, the same words, whatever the format."""

import pytest
from unit.documents import samples
from unit.documents.readers.reading import outline, shown

from rongji.documents.grid import grid
from rongji.documents.model import Document, Paragraph, Table
from rongji.documents.readers import read_document
from rongji.documents.writers import render

FORMATS = ["docx", "xlsx", "html"]
DOCUMENTS = {"form": samples.self_evaluation, "parts": samples.multi_part_form, "report": samples.report}


def read_back(document: Document, ending: str) -> Document:
    return read_document(render(document, ending), f"示例.{ending}").document


def joined(table: Table) -> list[list[str]]:
    """The slots of a table without the breaks inside its cells."""
    return [["".join(placed.cell.text.split()) for placed in line] for line in grid(table).slots]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_tables_come_back_slot_by_slot(name, ending):
    document = DOCUMENTS[name]()
    found = list(read_back(document, ending).tables())
    assert [joined(table) for table in found] == [joined(table) for table in document.tables()]
    assert [(table.caption, table.unit_note) for table in found] == [
        (table.caption, table.unit_note) for table in document.tables()
    ]


@pytest.mark.parametrize("ending", ["docx", "html"])
@pytest.mark.parametrize("name", DOCUMENTS)
def test_header_rows_come_back(name, ending):
    document = DOCUMENTS[name]()
    assert [table.header_rows for table in read_back(document, ending).tables()] == [
        table.header_rows for table in document.tables()
    ]


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_title_headings_and_words_come_back(name, ending):
    document = DOCUMENTS[name]()
    printed = [item for item in outline(document) if item[0] not in ("section", "pagebreak")]
    found = [item for item in outline(read_back(document, ending)) if item[0] != "section"]
    assert [_without_breaks(item) for item in found] == [_without_breaks(item) for item in printed]


def _without_breaks(item: tuple[str, str]) -> tuple[str, str]:
    """Only where a title breaks is left to the format."""
    return item[0], item[1].replace("|", "") if item[0] == "title" else item[1].replace("\n", "")


@pytest.mark.parametrize("ending", FORMATS)
def test_every_word_that_came_back_has_a_place(ending):
    for document in (make() for make in DOCUMENTS.values()):
        found = read_back(document, ending)
        assert all(run.place for run in found.runs())
        assert all(cell.place for table in found.tables() for row in table.rows for cell in row.cells)
        assert all(block.place for block in found.blocks if isinstance(block, Paragraph))


def flattened(table: Table) -> str:
    """A table as a converter flattens it: a tab before every cell, empty where a cell above goes on."""
    laid = grid(table)
    rows = []
    for r, line in enumerate(laid.slots):
        cells = [placed for c, placed in enumerate(line) if placed.column == c]
        texts = ["\n\n".join(p.text for p in placed.cell.paragraphs) if placed.row == r else "" for placed in cells]
        rows.append("".join(f"\t{text}\n" for text in texts))
    return "\n".join(rows)


@pytest.mark.parametrize("table", [samples.self_evaluation_table(), *samples.consolidation_tables()])
def test_a_flattened_table_keeps_its_rows_and_their_cells(table):
    """Spans are lost; row by row the same words stand in the same order."""
    (found,) = read_document(flattened(table).encode(), "示例.txt").document.tables()
    assert not found.spans_known
    laid = grid(table)
    expected = [
        [
            "".join(placed.cell.text.split()) if placed.row == r else ""
            for c, placed in enumerate(line)
            if placed.column == c
        ]
        for r, line in enumerate(laid.slots)
    ]
    rows = [["".join(cell.text.split()) for cell in row.cells if cell.place] for row in found.rows]
    assert rows == expected


def test_reading_back_what_was_read_changes_nothing():
    """The document a reader made is one that a writer can print."""
    first = read_back(samples.self_evaluation(), "docx")
    second = read_back(first, "docx")
    assert [shown(table) for table in second.tables()] == [shown(table) for table in first.tables()]
