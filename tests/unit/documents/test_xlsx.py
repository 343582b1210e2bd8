"""Workbooks: true numbers, printed formats, formulas exactly where they give the printed number."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from unit.documents import samples

from rongji.documents.build import cell, heading, label, paragraph, row, table
from rongji.documents.formula import ChangeOf, ProductOf, RatioOf, SumOf
from rongji.documents.model import Document, Orientation, Section
from rongji.documents.writers.xlsx import TextTooLong, render
from rongji.documents.writers.xlsx_numbers import FormulaBug, number_format
from rongji.kernel.quantity import Quantity


def opened(document: Document, *, cached: bool = False) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(render(document)), data_only=cached)


def numbers(*cells) -> Document:
    """One row of numbers: (text, unit, name, formula)."""
    made = [samples.number(t, u, name=n, formula=f) for t, u, n, f in cells]
    return Document("表", (table([1] * len(made), row(*made)),))


def first_row(document: Document, *, cached: bool = False) -> list[object]:
    return [c.value for c in next(opened(document, cached=cached).active.iter_rows(max_row=1))]


def test_totals_are_formulas_and_the_contradicting_total_is_the_stated_number():
    """Sources add up, so their total is a SUM; the uses miss the stated total, so that one stays as stated."""
    sheet = opened(samples.self_evaluation()).active
    total = {c.value for line in sheet.iter_rows() for c in line if c.data_type in ("f", "n")}
    assert {"=SUM(E6:E7)", "=SUM(F6:F7)", "=F5/E5", "=H5*G5", "=SUM(F9,F12)"} <= total
    assert sheet["E8"].value == 13351.2
    assert sheet["E8"].data_type == "n"


def test_cached_values_and_formats_show_what_was_printed():
    """A viewer that does not calculate shows the same as the printed form."""
    sheet = opened(samples.self_evaluation(), cached=True).active
    assert (sheet["E5"].value, sheet["E5"].number_format) == (13351.2, "0.00")
    assert (sheet["G5"].number_format, round(sheet["G5"].value, 4)) == ("0.00%", 0.8566)
    assert round(sheet["H25"].value, 2) == 98.54


@pytest.mark.parametrize(
    ("text", "unit_name", "wanted"),
    [
        ("13351.20", "万元", "0.00"),
        ("13,351.20", "万元", "#,##0.00"),
        ("86%", "%", "0%"),
        ("85.66", "%", "0.00"),
        ("316人", "人", '0"人"'),
        ("近316人次", "人次", '"近"0"人次"'),
        ("≤13351.20万元", "万元", '"≤"0.00"万元"'),
        ("11084.120034", "万元", "0.000000"),
    ],
)
def test_a_number_keeps_the_look_it_was_printed_with(text, unit_name, wanted):
    """Places, thousands, per cent and the words around the number go into the number format."""
    digits = text.strip("近≤人次万元")
    assert number_format(text, Quantity.parse(digits, unit_name)) == wanted


def test_a_text_that_is_not_its_quantity_stays_text():
    """达标 with a quantity behind it is printed as 达标; 1316 is not the number 316."""
    quantity = Quantity.parse("316", "人")
    assert number_format("达标", quantity) is None
    assert number_format("1316人", quantity) is None
    assert number_format("3160人", quantity) is None


@pytest.mark.parametrize("text", ["=1+1", "+86 0731", "-5", "@SUM(A1)", '=HYPERLINK("x")', "{=1}", "http://x.cn/"])
def test_text_is_never_taken_for_a_formula_or_link(text):
    """What a bureau typed is shown as typed."""
    book = render(Document("表", (paragraph(text, indent=False), table((1,), row(text)))))
    sheet = openpyxl.load_workbook(io.BytesIO(book)).active
    assert [(c.value, c.data_type) for line in sheet.iter_rows() for c in line] == [(text, "s"), (text, "s")]
    assert "<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()


A, B = (("4", "件", "a", None), ("5", "件", "b", None))
SIX, FIVE = (("6", "万元", "a", None), ("5", "万元", "b", None))
WEIGHT, RATE = (("10", "分", "w", None), ("85", "%", "r", None))
FORMULAS = [
    ("sum less a part", [SIX, FIVE, ("1", "万元", "", SumOf(("a",), ("b",)))], "=SUM(A1)-B1"),
    ("rate in a per cent column", [A, B, ("80", "%", "", RatioOf("a", "b"))], "=A1/B1*100"),
    ("rate printed with its sign", [A, B, ("80%", "%", "", RatioOf("a", "b"))], "=A1/B1"),
    ("change on the year before", [SIX, FIVE, ("20.0%", "%", "", ChangeOf("a", "b"))], "=(A1-B1)/B1"),
    ("score from a plain per cent", [WEIGHT, RATE, ("8.5", "分", "", ProductOf(("w", "r")))], "=A1*B1/100"),
]


@pytest.mark.parametrize(("cells", "wanted"), [case[1:] for case in FORMULAS], ids=[case[0] for case in FORMULAS])
def test_each_kind_of_formula_is_written_and_cached(cells, wanted):
    """Excel's own result equals the printed one, whichever way the percentage was printed."""
    assert first_row(numbers(*cells))[-1] == wanted
    quantity = Quantity.parse(cells[-1][0], cells[-1][1])
    held = Decimal(str(first_row(numbers(*cells), cached=True)[-1])) * (100 if "%" in cells[-1][0] else 1)
    assert round(held, quantity.places) == quantity.value


REFUSED = [
    ("other units", [("9.5", "万元", "a", None), ("9.5", "元", "", SumOf(("a",)))]),
    ("off by one in the last place", [("9.5", "万元", "a", None), ("9.4", "万元", "", SumOf(("a",)))]),
    ("divided by nothing", [("9", "件", "a", None), ("0", "件", "b", None), ("80%", "%", "", RatioOf("a", "b"))]),
    ("件 over 人次", [("4", "件", "a", None), ("5", "人次", "b", None), ("80%", "%", "", RatioOf("a", "b"))]),
]


@pytest.mark.parametrize("cells", [case[1] for case in REFUSED], ids=[case[0] for case in REFUSED])
def test_where_the_formula_would_not_give_the_printed_number_the_number_stands(cells):
    """A contradiction is shown as it was stated, never repaired by a formula."""
    value = first_row(numbers(*cells))[-1]
    assert value == float(cells[-1][0].rstrip("%")) / (100 if "%" in cells[-1][0] else 1)


@pytest.mark.parametrize(
    ("cells", "words"),
    [
        ([("1", "件", "", SumOf(("x",)))], "names the cell 'x'"),
        ([("1", "件", "a", None), ("1", "件", "a", None)], "two cells are named 'a'"),
        ([("1", "件", "a", SumOf(("b",))), ("1", "件", "b", SumOf(("a",)))], "circle"),
    ],
)
def test_a_formula_that_points_nowhere_is_a_bug(cells, words):
    """Wrong names and circles are found when the file is written, not by the reader of the file."""
    with pytest.raises(FormulaBug, match=words):
        render(numbers(*cells))


def test_formulas_reach_over_tables_and_sheets_and_blanks_add_nothing():
    """A total may add cells of an earlier part of the form; － counts as nothing."""
    parts = table((1, 1), row(samples.number("3", "件", name="a"), cell("－", name="b")))
    total = table((1,), row(samples.number("3", "件", formula=SumOf(("a", "b")))))
    book = opened(Document("表", (parts, Section(Orientation.LANDSCAPE, "合计"), total)))
    assert book.sheetnames == ["表", "合计"]
    assert book["合计"]["A1"].value == "=SUM(表!A1)"
    assert book["合计"].page_setup.orientation == "landscape"


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=6), st.integers(-1, 1))
def test_a_total_is_a_formula_exactly_when_its_parts_make_it(fens, slip):
    """For any parts: right total, formula; total off by a fen, number."""
    parts = [(f"{fen / 100:.2f}", "元", f"p{n}", None) for n, fen in enumerate(fens)]
    total = max(sum(fens) + slip, 0)
    name = SumOf(tuple(part[2] for part in parts))
    value = first_row(numbers(*parts, (f"{Decimal(total) / 100:.2f}", "元", "", name)))[-1]
    assert isinstance(value, str) == (total == sum(fens))


def test_labels_are_merged_as_in_the_form():
    """The label of the money block covers its eight rows in one merged cell."""
    sheet = opened(samples.self_evaluation()).active
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A5:A12", "B5:B7", "B8:B12", "A1:I1", "B2:I2"} <= merged


def test_tables_of_different_columns_share_one_sheet():
    """Both consolidation tables stand below each other, heads merged over their own columns."""
    book = opened(samples.multi_part_form())
    assert book.sheetnames[1:] == ["收支情况", "评价人员"]
    texts = [c.value for line in book["收支情况"].iter_rows() for c in line if c.value is not None]
    assert texts.count("机构名称") == 2
    assert 11084.120034 in texts or "=SUM" in str(texts)


def test_a_row_taller_than_excel_allows_becomes_several_merged_ones():
    """Long duties are not cut off at 409 points."""
    long = "负责退役军人思想政治、管理保障和安置优抚等工作政策法规的组织实施。" * 60
    sheet = opened(Document("表", (table((1, 4), row(label("职责"), cell(long))),))).active
    heights = [sheet.row_dimensions[r].height for r in range(1, sheet.max_row + 1)]
    assert len(heights) > 1
    assert max(heights) <= 409
    assert sheet["B1"].value == long
    assert f"B1:B{len(heights)}" in {str(area) for area in sheet.merged_cells.ranges}


def test_a_text_that_no_cell_can_hold_is_refused():
    """Excel would silently drop the rest."""
    with pytest.raises(TextTooLong, match="32767"):
        render(Document("表", (table((1,), row("长" * 32_768)),)))


def test_equal_documents_give_equal_bytes():
    """Nothing of the clock or the machine goes into the file."""
    assert render(samples.self_evaluation()) == render(samples.self_evaluation())


def test_sheet_names_are_ones_that_excel_takes():
    """Forbidden marks fall away, long names are cut, equal names are numbered."""
    blocks = (Section(name="收/支[情]况"), paragraph("甲"), Section(name="收支情况"), paragraph("乙"))
    assert opened(Document("表", blocks)).sheetnames == ["收支情况", "收支情况（2）"]


def test_libreoffice_calculates_the_same_numbers(office, tmp_path):
    """Recalculated by another program, every formula gives the cached value."""
    path = tmp_path / "form.xlsx"
    path.write_bytes(render(samples.self_evaluation()))
    fresh = openpyxl.load_workbook(office(path, "xlsx"), data_only=True).active
    before = openpyxl.load_workbook(path, data_only=True).active
    formulas = [
        c.coordinate for line in openpyxl.load_workbook(path).active.iter_rows() for c in line if c.data_type == "f"
    ]
    assert len(formulas) >= 6
    for coordinate in formulas:
        assert abs(fresh[coordinate].value - before[coordinate].value) < 1e-9


def test_a_label_in_a_narrow_column_breaks_between_words_and_has_room_for_its_lines():
    """部门 / 职责, not 部门职 / 责; the row is as high as the lines need."""
    made = table(
        (3, 80, 12), row(label("部门职责及人员编制情况"), cell("甲" * 200), samples.number("10000000.000000", "万元"))
    )
    sheet = opened(Document("表", (made,))).active
    lines = sheet["A1"].value.split("\n")
    assert lines[:2] == ["部门", "职责"] and len(lines) >= 5
    assert sheet.row_dimensions[1].height > len(lines) * sheet["A1"].font.size * 1.3


def test_a_number_with_its_unit_in_a_narrow_cell_is_set_smaller_not_as_hashes():
    """9691.647591万元 in a column for 100%: Excel shows ### for a number that is too wide, unless told to shrink it."""
    words = (paragraph("9691.647591万元", indent=False),)
    amount = replace(samples.number("9691.647591", "万元"), paragraphs=words)
    sheet = opened(Document("表", (table((20, 2), row(cell("甲" * 300), amount)),))).active
    assert sheet["B1"].alignment.shrink_to_fit


def test_a_table_is_not_cut_off_from_its_caption_by_the_end_of_the_page():
    """A table that fits on a page but not on the rest of this one begins on the next, with its heading and caption."""
    rows = [row(f"第{n}项", "内容") for n in range(18)]
    first, second = (table((1, 3), *rows, caption=f"表{n}") for n in (1, 2))
    sheet = opened(Document("表", (first, heading(1, "二、收支"), second))).active
    assert [item.id for item in sheet.row_breaks.brk] == [20]
    assert sheet["A21"].value.strip() == "二、收支"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_pages_that_need_no_break_fit_the_width():
    """One short table: the width of the sheet is the width of the page."""
    sheet = opened(Document("表", (table((1, 3), row("甲", "乙")),))).active
    assert sheet.sheet_properties.pageSetUpPr.fitToPage and not sheet.row_breaks.brk
