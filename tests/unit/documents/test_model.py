"""The block model itself: places in words, figures in reading order."""

import pytest
from unit.documents import samples

from rongji.documents.build import cell, heading, paragraph, row, table
from rongji.documents.model import Document, FigureRef
from rongji.kernel.place import Place


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Place("a.txt", line=46), "a.txt 第46行"),
        (Place("b.xlsx", sheet="收入", cell="B4"), "b.xlsx 工作表“收入” B4"),
        (Place("c.pdf", page=3, box=(10, 20, 30, 40)), "c.pdf 第3页"),
        (Place("d.docx", table=2, row=5, column=1), "d.docx 表2 第5行 第1列"),
        (Place("d.docx", paragraph=7), "d.docx 第7段"),
    ],
)
def test_a_place_says_where_to_look(place, words):
    """Only what the format knows is said."""
    assert str(place) == words


def test_figures_come_in_reading_order_from_headings_texts_and_cells():
    """Headings, paragraphs, cells: nothing that is printed is missed."""
    one, two, three = (FigureRef(text, f"k{text}") for text in "123")
    document = Document("题", (heading(1, "一", one), paragraph("甲", two), table((1,), row(cell("乙", three)))))
    assert list(document.figures()) == [one, two, three]
    assert "".join(document.texts()) == "题一1甲2乙3"


def test_a_break_begins_a_new_paragraph_in_a_cell():
    """Long duties stand in paragraphs of their own."""
    assert [p.text for p in cell("一", "\n", "二", FigureRef("3", "k")).paragraphs] == ["一", "二3"]
    assert cell("").paragraphs == ()


def test_headings_have_four_levels():
    """一、（一）1.（1） and no more."""
    with pytest.raises(ValueError, match="level 1 to 4"):
        heading(5, "x")


def test_every_text_that_a_form_prints_is_listed():
    """Titles, captions and unit notes count, for the check of characters."""
    texts = set(samples.multi_part_form().texts())
    assert {"单位：万元", "年度收入情况", "示例县退役军人事务局2022年度部门整体支出绩效评价自评报告"} <= texts
