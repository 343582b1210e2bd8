"""Tables on one page of a PDF: however their lines are drawn, the same grid is read; where lines lack, it is said."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from unit.documents.readers.pdf_made import Page, pdf_of
from unit.documents.readers.reading import ABOVE, LEFT, outline, shown

from rongji.documents.model import Table
from rongji.documents.readers.model import ReadFile
from rongji.documents.readers.pdf import read_pdf

XS, YS = (60, 180, 280, 380), (100, 120, 140, 160, 180)
ROWS = [
    ["项目", "预算数", "决算数"],
    ["基本支出", "1,234.50", "1,230.00"],
    ["项目支出", "20.00", ""],
    ["合计", "1,254.50", "1,230.00"],
]


def read(*pages: Page) -> ReadFile:
    return read_pdf(pdf_of(*pages), "示例.pdf")


def tables(*pages: Page) -> list[Table]:
    return list(read(*pages).document.tables())


def grids(*pages: Page) -> list[list[list[str]]]:
    return [shown(table) for table in tables(*pages)]


# --- how lines are drawn -----------------------------------------------------------------------------------


def stroked(page: Page) -> None:
    page.grid(XS, YS)


def thin_boxes(page: Page) -> None:
    for y in YS:
        page.thin(XS[0], y, XS[-1], y + 0.5)
    for x in XS:
        page.thin(x, YS[0], x + 0.5, YS[-1])


def box_for_each_cell(page: Page) -> None:
    for top, bottom in pairwise(YS):
        for left, right in pairwise(XS):
            page.raw(f"{left} {page.height - bottom} {right - left} {bottom - top} re S")


def one_path(page: Page) -> None:
    lines = [f"{XS[0]} {page.height - y} m {XS[-1]} {page.height - y} l" for y in YS]
    lines += [f"{x} {page.height - YS[0]} m {x} {page.height - YS[-1]} l" for x in XS]
    page.raw(" ".join([*lines, "S"]))


def dashed(page: Page) -> None:
    for y in YS:
        page.rule(XS[0], y, XS[-1], y, "[3 2] 0 d")
    for x in XS:
        page.rule(x, YS[0], x, YS[-1], "[3 2] 0 d")


def dashes_drawn_one_by_one(page: Page) -> None:
    for y in YS:
        for x in range(XS[0], XS[-1], 5):
            page.rule(x, y, x + 3, y)
    for x in XS:
        for y in range(YS[0], YS[-1], 5):
            page.rule(x, y, x, y + 3)


def double_outer_lines(page: Page) -> None:
    page.grid(XS, YS)
    page.grid((XS[0] - 2, XS[-1] + 2), (YS[0] - 2, YS[-1] + 2))


def pieces_from_cell_to_cell(page: Page) -> None:
    for y in YS:
        for left, right in pairwise(XS):
            page.rule(left + 0.4, y, right - 0.4, y)
    for x in XS:
        for top, bottom in pairwise(YS):
            page.rule(x, top + 0.4, x, bottom - 0.4)


def open_at_both_sides(page: Page) -> None:
    for y in YS:
        page.rule(XS[0], y, XS[-1], y)
    for x in XS[1:-1]:
        page.rule(x, YS[0], x, YS[-1])


def lines_between_columns_only(page: Page) -> None:
    for x in XS:
        page.rule(x, YS[0], x, YS[-1])
    for y in (YS[0], YS[1], YS[-1]):
        page.rule(XS[0], y, XS[-1], y)


HANDS = [
    stroked,
    thin_boxes,
    box_for_each_cell,
    one_path,
    dashed,
    dashes_drawn_one_by_one,
    double_outer_lines,
    pieces_from_cell_to_cell,
    open_at_both_sides,
    lines_between_columns_only,
]


@pytest.mark.parametrize("draw", HANDS, ids=lambda draw: draw.__name__)
def test_however_the_lines_are_drawn_the_grid_is_the_same(draw: Callable[[Page], None]):
    page = Page()
    draw(page)
    (table,) = tables(page.cells(XS, YS, ROWS))
    assert shown(table) == ROWS
    assert table.spans_known


@pytest.mark.parametrize(
    "ys", [(YS[0], YS[1], YS[-1]), YS, YS[1:]], ids=["three lines", "a line under each row", "no line at the top"]
)
def test_columns_without_upright_lines_are_told_by_alignment(ys: tuple[float, ...]):
    page = Page().cells(XS, YS, ROWS)
    for y in ys:
        page.rule(XS[0], y, XS[-1], y)
    (table,) = tables(page)
    assert shown(table) == ROWS
    assert table.spans_known


def test_numbers_set_under_each_other_are_a_table_without_any_line():
    (table,) = tables(Page().cells(XS, YS, ROWS))
    assert shown(table) == ROWS


def test_a_number_that_no_column_claims_makes_the_table_uncertain_and_the_note_says_so():
    page = Page().cells(XS, YS, ROWS)
    page.text(295, 173.6, "7.77")
    read_file = read(page)
    (table,) = read_file.document.tables()
    assert not table.spans_known
    assert read_file.notes == ("第1页的表格框线不全或文字相叠，行列按文字的位置推断，请对照原件。",)


def test_a_table_of_contents_is_no_table():
    page = Page()
    for number, name in enumerate(["部门概况", "部门决算表", "情况说明", "名词解释"]):
        page.text(80, 100 + 20 * number, name).ends(500, 100 + 20 * number, str(2 + number * 3))
    assert tables(page) == []


def test_a_table_of_which_only_the_outline_is_drawn_gets_its_columns_from_the_words():
    page = Page().grid((50, 390), (YS[0], YS[1], YS[3], YS[4])).cells(XS, YS, [*ROWS[:2], ROWS[1], ROWS[3]])
    assert grids(page) == [[*ROWS[:2], ROWS[1], ROWS[3]]]


def test_words_printed_over_each_other_make_the_table_uncertain():
    page = Page().grid(XS, YS).cells(XS, YS, ROWS).text(66, 133.6, "另一行的话")
    (table,) = tables(page)
    assert not table.spans_known


def test_a_label_cut_off_by_its_neighbour_belongs_to_the_cell_where_it_begins():
    rows = [ROWS[0], ["", "", "1,230.00"], *ROWS[2:]]
    page = Page().grid(XS, YS).cells(XS, YS, rows).text(63, 133.6, "机关事业单位基本养老保险缴费支出和其他")
    (table,) = tables(page)
    assert shown(table)[1] == ["机关事业单位基本养老保险缴费支出和其他", "", "1,230.00"]


def test_a_single_box_around_words_is_no_table():
    page = Page().grid((60, 400), (100, 160)).text(70, 120, "本表由单位填写").text(70, 140, "并加盖公章")
    assert outline(read(page).document) == [("body", "本表由单位填写"), ("body", "并加盖公章")]


# --- merged cells ------------------------------------------------------------------------------------------


def merged_header(page: Page) -> Page:
    xs, ys = (50, 130, 200, 270, 340), (100, 120, 140, 160, 180)
    for y in (100, 140, 160, 180):
        page.rule(50, y, 340, y)
    page.rule(130, 120, 270, 120)
    for x in (50, 130, 270, 340):
        page.rule(x, 100, x, 180)
    page.rule(200, 120, 200, 180)
    page.text(60, 124, "机构名称").text(150, 114, "其中：").text(140, 134, "基本支出").text(210, 134, "项目支出")
    page.text(290, 124, "结余")
    return page.cells(xs, ys[2:], [["局机关", "1.00", "2.00", "3.00"], ["光荣院", "4.00", "", "6.00"]])


def test_cells_reach_where_no_line_stands_between_them():
    (table,) = tables(merged_header(Page()))
    assert shown(table) == [
        ["机构名称", "其中：", LEFT, "结余"],
        [ABOVE, "基本支出", "项目支出", ABOVE],
        ["局机关", "1.00", "2.00", "3.00"],
        ["光荣院", "4.00", "", "6.00"],
    ]
    assert table.spans_known


def test_a_merged_area_that_is_no_rectangle_is_parted_and_the_table_is_uncertain():
    page = Page()
    for y in (100, 140):
        page.rule(60, y, 260, y)
    page.rule(160, 120, 260, 120)
    for x in (60, 260):
        page.rule(x, 100, x, 140)
    page.rule(160, 120, 160, 140)
    (table,) = tables(page.text(70, 114, "甲").text(180, 114, "乙").text(70, 134, "丙").text(180, 134, "丁"))
    assert not table.spans_known
    assert {cell.text for row in table.rows for cell in row.cells} >= {"丙", "丁"}


# --- words in cells ----------------------------------------------------------------------------------------


def cell_of(*lines: tuple[float, float, str], width: float = 60) -> str:
    """What is read in a cell of this width with these lines (left or −right, baseline, words)."""
    page = Page().grid((100, 100 + width, 300), (100, 190, 210)).text(210, 130, "旁").text(210, 204, "下")
    for left, base, words in lines:
        page.text(left, base, words) if left > 0 else page.ends(-left, base, words)
    (table,) = tables(page)
    return table.rows[0].cells[0].text


def test_lines_that_the_width_broke_are_one_paragraph():
    assert cell_of((103, 112, "在乡复员退"), (103, 124, "伍军人生活"), (103, 136, "补助")) == "在乡复员退伍军人生活补助"


def test_a_number_too_long_for_its_cell_is_one_number():
    assert cell_of((-157, 112, "12,345."), (-157, 124, "67")) == "12,345.67"
    assert cell_of((-157, 112, "1,234,567,8"), (-157, 124, "90.12")) == "1,234,567,890.12"


def test_decimals_too_long_for_their_cells_are_no_rows_of_their_own():
    """620.5 over 0 in several columns of a ruled row is 620.50, where the column has no room for another digit."""
    page = Page().grid((100, 140, 176, 212), (100, 120, 150)).text(105, 115, "项目").text(145, 115, "预算")
    page.text(181, 115, "执行").text(105, 132, "农机").text(105, 145, "补贴")
    for left in (144, 180):
        page.text(left, 132, "620.5").text(left, 145, "0")
    (table,) = tables(page)
    assert shown(table) == [["项目", "预算", "执行"], ["农机补贴", "620.50", "620.50"]]


def test_two_numbers_on_two_lines_stay_two():
    assert cell_of((-157, 112, "12.00"), (-157, 124, "34.00")) == "12.00\n34.00"
    assert cell_of((-157, 112, "123,456.00"), (-157, 124, "223,456.00")) == "123,456.00\n223,456.00"


def test_list_items_in_a_cell_begin_a_paragraph_each():
    lines = ((103, 112, "1.建设完成"), (103, 124, "2.验收合格"), (103, 136, "3.按时付款"))
    assert cell_of(*lines) == "1.建设完成\n2.验收合格\n3.按时付款"


def test_characters_below_each_other_are_read_downwards():
    lines = tuple((125.0, 112 + 12 * number, char) for number, char in enumerate("资金来源"))
    assert cell_of(*lines) == "资金来源"


def test_words_that_stand_sideways_in_a_cell_are_read():
    page = Page().grid((100, 130, 300), (100, 190, 210)).text(140, 130, "义务兵家庭优待金").text(140, 204, "下一行")
    page.set(f"0 1 -1 0 118 {842 - 180}", "产出指标")
    (table,) = tables(page)
    assert table.rows[0].cells[0].text == "产出指标"


def test_a_number_that_reaches_over_its_line_stays_in_its_cell():
    page = Page().grid(XS, YS).cells(XS, YS, [ROWS[0]])
    page.ends(XS[2] + 1.5, 133, "1,234,567,890.55", 12).text(XS[2] + 3.5, 133, "5.00", 12)
    (table,) = tables(page)
    assert shown(table)[1] == ["", "1,234,567,890.55", "5.00"]
    assert table.spans_known


def test_a_number_in_the_middle_of_two_cells_makes_the_table_uncertain():
    page = Page().grid(XS, YS).cells(XS, YS, ROWS[:2])
    page.text(XS[2] - 20, 152, "12345678")
    (table,) = tables(page)
    assert not table.spans_known


def test_words_of_a_cell_are_not_repeated_as_prose():
    page = Page().text(60, 60, "二、收支情况").grid(XS, YS).cells(XS, YS, ROWS).text(60, 210, "表后说明。")
    assert outline(read(page).document) == [("h1", "二、收支情况"), ("table", ""), ("body", "表后说明。")]


# --- several tables, names and units -----------------------------------------------------------------------

LEFT_XS, RIGHT_XS = (40, 120, 190, 260), (300, 380, 450, 520)


def test_two_grids_side_by_side_are_two_tables():
    page = Page().grid(LEFT_XS, YS).cells(LEFT_XS, YS, ROWS).grid(RIGHT_XS, YS).cells(RIGHT_XS, YS, ROWS)
    assert grids(page) == [ROWS, ROWS]


def test_names_and_units_over_tables_side_by_side_go_to_each():
    page = Page().text(60, 40, "收支情况如下。").text(130, 80, "收入表").text(390, 80, "支出表")
    page.ends(260, 94, "单位：万元", 8).ends(520, 94, "单位：元", 8)
    page.grid(LEFT_XS, YS).cells(LEFT_XS, YS, ROWS).grid(RIGHT_XS, YS).cells(RIGHT_XS, YS, ROWS)
    left, right = tables(page)
    assert (left.caption, left.unit_note) == ("收入表", "单位：万元")
    assert (right.caption, right.unit_note) == ("支出表", "单位：元")


def test_income_and_expenditure_in_one_grid_stay_one_table():
    xs = (40, 120, 190, 270, 340)
    rows = [
        ["收入", "金额", "支出", "金额"],
        ["财政拨款", "10.00", "基本支出", "4.00"],
        ["总计", "10.00", "总计", "4.00"],
    ]
    assert grids(Page().grid(xs, YS[:4]).cells(xs, YS[:4], rows)) == [rows]


def test_a_table_inside_a_cell_is_a_table_of_its_own():
    page = Page().grid((60, 160, 400), (100, 200, 220)).text(70, 120, "明细").text(170, 120, "见下表：")
    page.text(70, 214, "合计").ends(390, 214, "3.00")
    inner = (180, 260, 340), (130, 150, 170)
    page.grid(*inner).cells(*inner, [["甲", "1.00"], ["乙", "2.00"]])
    assert [["甲", "1.00"], ["乙", "2.00"]] in grids(page)
    assert [["明细", "见下表："], ["合计", "3.00"]] in grids(page)


def test_name_unit_and_department_over_a_table():
    page = Page().text(60, 40, "第二部分 决算表", 12).text(60, 60, "以下各表由系统生成。")
    page.text(180, 80, "收入支出决算总表", 14).text(60, 96, "部门：青山县某局").ends(380, 96, "金额单位：万元")
    (table,) = tables(page.grid(XS, YS).cells(XS, YS, ROWS))
    assert table.caption == "收入支出决算总表"
    assert "万元" in table.unit_note


# --- places ------------------------------------------------------------------------------------------------


def test_every_cell_and_line_knows_its_page_box_row_and_column():
    page = Page().grid(XS, YS).cells(XS, YS, ROWS)
    (table,) = tables(Page().text(60, 60, "首页"), page)
    place = table.rows[1].cells[2].place
    assert (place.page, place.table, place.row, place.column) == (2, 1, 2, 3)
    assert place.box == (280, 120, 380, 140)
    run = table.rows[1].cells[2].paragraphs[0].runs[0]
    left, top, right, bottom = run.place.box
    assert (left, right) == (337, 377)
    assert 120 < top < bottom < 140


@pytest.mark.parametrize(
    ("turn", "box"), [(90, (702, 280, 722, 380)), (180, (215, 702, 315, 722)), (270, (120, 215, 140, 315))]
)
def test_a_turned_page_is_read_upright_and_its_boxes_are_those_of_the_page_as_shown(turn: int, box: tuple[int, ...]):
    (table,) = tables(Page(turn=turn).grid(XS, YS).cells(XS, YS, ROWS))
    assert shown(table) == ROWS
    assert table.rows[1].cells[2].place.box == box


def test_a_table_drawn_sideways_on_an_upright_page_is_read_upright():
    page = Page(width=842, height=842)
    page.raw("0 1 -1 0 842 0 cm").grid(XS, YS).cells(XS, YS, ROWS)
    (table,) = tables(page)
    assert shown(table) == ROWS
    assert table.rows[1].cells[2].place.box == (120, 462, 140, 562)


def test_boxes_on_a_cropped_page_count_from_the_corner_that_is_shown():
    page = Page(crop=(40, 500, 400, 800)).grid(XS, YS).cells(XS, YS, ROWS).text(410, 130, "裁掉的")
    (table,) = tables(page)
    assert shown(table) == ROWS
    assert table.rows[0].cells[0].place.box == (20, 58, 140, 78)
    assert "裁掉" not in "".join(read(page).document.texts())


def test_lines_inside_a_form_of_the_page_are_lines():
    lines = [f"{XS[0]} {800 - y} m {XS[-1]} {800 - y} l" for y in YS] + [
        f"{x} {800 - YS[0]} m {x} {800 - YS[-1]} l" for x in XS
    ]
    content = " ".join([*lines, "S"]).encode()
    form = b"<< /Type /XObject /Subtype /Form /BBox [0 0 900 900] /Matrix [1 0 0 1 0 42] /Length %d >>"
    form += b"\nstream\n%s\nendstream"
    data = pdf_of(Page().raw("/X1 Do").cells(XS, YS, ROWS), objects=[form % (len(content), content)])
    data = data.replace(b"/Font << /F1 3 0 R >>", b"/Font << /F1 3 0 R >> /XObject << /X1 6 0 R >>")
    (table,) = read_pdf(data, "示例.pdf").document.tables()
    assert shown(table) == ROWS


def test_a_page_with_more_lines_than_any_table_is_a_drawing_and_the_note_says_so():
    page = Page().text(60, 60, "线路图")
    for number in range(1300):
        page.raw(f"{number * 0.4} {number % 7 * 50} m {number * 0.4} {number % 7 * 50 + 40} l S")
        page.raw(f"{number % 5 * 90} {number * 0.6} m {number % 5 * 90 + 80} {number * 0.6} l S")
    read_file = read(page)
    assert list(read_file.document.tables()) == []
    assert read_file.notes == ("第1页的图线过多，没有按表格读；请对照原件。",)
