"""Tables that go on over pages of a PDF, and what every page carries without belonging to it."""

from unit.documents.readers.pdf_made import Page, pdf_of
from unit.documents.readers.reading import ABOVE, LEFT, outline, shown

from rongji.documents.model import Document, Table
from rongji.documents.readers.pdf import read_pdf

XS = (60, 180, 280, 380)
HEADER = ["项目", "预算数", "决算数"]
BOTTOM = 780


def read(*pages: Page) -> Document:
    return read_pdf(pdf_of(*pages), "示例.pdf").document


def tables(*pages: Page) -> list[Table]:
    return list(read(*pages).tables())


def rows_from(first: int, count: int) -> list[list[str]]:
    return [[f"第{number}项", f"{number}.00", f"{number}.50"] for number in range(first, first + count)]


def table(page: Page, top: float, rows: list[list[str]], xs: tuple[float, ...] = XS) -> Page:
    """A full grid from this height on, 20 points a row."""
    ys = [top + 20 * number for number in range(len(rows) + 1)]
    return page.grid(xs, ys).cells(xs, ys, rows)


def to_the_foot(page: Page, rows: list[list[str]], xs: tuple[float, ...] = XS) -> Page:
    """The same, ending at the foot of the page."""
    return table(page, BOTTOM - 20 * len(rows), rows, xs)


def test_a_table_that_goes_on_is_one_and_its_repeated_header_is_read_once():
    first = to_the_foot(Page(), [HEADER, *rows_from(1, 5)])
    (whole,) = tables(first, table(Page(), 60, [HEADER, *rows_from(6, 4)]))
    assert shown(whole) == [HEADER, *rows_from(1, 9)]
    assert whole.header_rows == 1
    assert whole.rows[6].place.page == 2
    assert [row.cells[0].place.row for row in whole.rows] == list(range(1, 11))


def test_a_table_goes_on_without_a_header_when_its_columns_are_the_same():
    first = to_the_foot(Page(), [HEADER, *rows_from(1, 5)])
    (whole,) = tables(first, table(Page(), 60, rows_from(6, 4)))
    assert shown(whole) == [HEADER, *rows_from(1, 9)]


def test_pages_set_farther_left_or_right_for_binding_do_not_part_a_table():
    first = to_the_foot(Page(), [HEADER, *rows_from(1, 5)])
    (whole,) = tables(first, table(Page(), 60, [HEADER, *rows_from(6, 4)], tuple(x + 9 for x in XS)))
    assert shown(whole) == [HEADER, *rows_from(1, 9)]


def test_name_unit_and_department_repeated_over_the_next_part_are_dropped():
    def head(page: Page, mark: str = "") -> Page:
        page.text(60, 30, "说明").text(180, 44, f"收入决算表{mark}", 14)
        return page.text(60, 56, "部门：青山县某局").ends(380, 56, "金额单位：万元")

    first = table(head(Page()), 60, [HEADER, *rows_from(1, 35)])
    second = table(head(Page(), "（续）"), 60, [HEADER, *rows_from(36, 3)])
    document = read(first, second)
    (whole,) = document.tables()
    assert shown(whole) == [HEADER, *rows_from(1, 38)]
    assert [text for _, text in outline(document)].count("部门：青山县某局") == 1


def test_a_last_page_that_only_repeats_the_header_adds_nothing():
    first = to_the_foot(Page(), [HEADER, ["", "栏次1", "栏次2"], *rows_from(1, 5)])
    second = table(Page(), 60, [HEADER, ["", "栏次1", "栏次2"]]).text(60, 120, "注：本表反映收支情况。")
    document = read(first, second)
    assert [kind for kind, _ in outline(document)] == ["table", "note"]
    (whole,) = document.tables()
    assert len(whole.rows) == 7


def test_a_foot_that_says_the_table_goes_on_is_dropped():
    first = to_the_foot(Page(), [HEADER, *rows_from(1, 5)]).text(300, 795, "（续下页）")
    second = table(Page().text(300, 50, "（接上表）"), 60, [HEADER, *rows_from(6, 2)])
    (whole,) = tables(first, second)
    assert shown(whole) == [HEADER, *rows_from(1, 7)]


def test_a_label_and_a_row_that_both_go_on_over_the_break():
    xs = (60, 110, 200, 300)
    first = Page().grid(xs[1:], (700, 720, 760, 780)).rule(60, 700, 60, 780).rule(60, 700, 110, 700)
    first.rule(60, 780, 110, 780).text(70, 745, "产出").text(113, 714, "数量").text(203, 714, "十人")
    first.text(113, 745, "质量").text(203, 745, "合格").text(113, 774, "时效").text(203, 774, "按月足额发放到人并")
    second = Page().grid(xs[1:], (60, 80, 100)).rule(60, 60, 60, 100).rule(60, 60, 110, 60).rule(60, 100, 110, 100)
    second.text(203, 74, "公示").text(113, 94, "成本").text(203, 94, "不超预算")
    (whole,) = tables(first, second)
    assert shown(whole) == [
        ["产出", "数量", "十人"],
        [ABOVE, "质量", "合格"],
        [ABOVE, "时效", "按月足额发放到人并公示"],
        [ABOVE, "成本", "不超预算"],
    ]


def test_a_table_of_very_many_pages_costs_in_proportion():
    pages = [to_the_foot(Page(), [HEADER, *rows_from(1, 30)])]
    pages += [table(Page(), 60, [HEADER, *rows_from(31 + 35 * number, 35)]) for number in range(120)]
    (whole,) = tables(*pages)
    assert len(whole.rows) == 31 + 35 * 120


def test_words_between_two_tables_keep_them_apart():
    first = to_the_foot(Page(), [HEADER, *rows_from(1, 5)])
    second = table(Page().text(60, 50, "二、支出情况"), 60, [HEADER, *rows_from(6, 2)])
    assert len(tables(first, second)) == 2


def test_a_table_that_ends_with_room_below_does_not_go_on():
    full = Page().text(60, 60, "前文。").text(60, BOTTOM, "前文到页脚。")
    half = table(Page(), 60, [HEADER, *rows_from(1, 3)])
    assert len(tables(full, half, table(Page(), 60, [HEADER, *rows_from(4, 3)]))) == 2


def test_other_columns_are_another_table():
    first = to_the_foot(Page(), [HEADER, *rows_from(1, 5)])
    assert len(tables(first, table(Page(), 60, [HEADER, *rows_from(6, 2)], (60, 150, 280, 380)))) == 2


def test_one_form_a_page_stays_one_table_a_page():
    def form(value: str) -> list[list[str]]:
        labels = ("项目支出绩效自评表", "项目名称", "预算数", "执行数", "执行率", "得分")
        return [[label, value, ""] for label in labels]

    assert len(tables(to_the_foot(Page(), form("1.00")), to_the_foot(Page(), form("2.00")))) == 2


def test_a_line_between_columns_that_one_page_lacks_is_a_merged_cell_there():
    first = to_the_foot(Page(), [HEADER, *rows_from(1, 5)])
    page = Page().grid((60, 180, 380), (60, 80)).text(63, 74, "备注").text(183, 74, "无其他情况")
    (whole,) = tables(first, page)
    assert shown(whole)[-1] == ["备注", "无其他情况", LEFT]


def test_a_row_that_the_page_break_cuts_is_one_row_again():
    xs = (60, 100, 200, 300)
    first = Page().grid(xs, (720, 740, 780)).cells(xs, (720, 740), [["序号", "目标", "完成"]])
    first.text(63, 754, "1").text(103, 754, "发放优待抚恤金并落").text(103, 768, "实优抚对象医疗保障")
    first.text(203, 754, "已完成发放并已落实")
    second = Page().grid(xs, (60, 90, 110)).text(103, 74, "和走访慰问工作")
    second.text(63, 104, "2").text(103, 104, "烈士纪念").text(203, 104, "已完成")
    (whole,) = tables(first, second)
    assert [row[1] for row in shown(whole)] == [
        "目标",
        "发放优待抚恤金并落实优抚对象医疗保障和走访慰问工作",
        "烈士纪念",
    ]


def test_a_row_with_few_words_after_the_break_is_a_row_when_other_rows_are_like_it():
    xs = (60, 180, 240, 340, 380)
    rows = [["一、财政拨款", "1.00", f"{number}、其他支出的项目", ""] for number in "二三"]
    rows += [["", "", f"{number}、一般公共服务支出", ""] for number in "四五六"]
    (whole,) = tables(to_the_foot(Page(), rows, xs), table(Page(), 60, [["", "", "七、外交支出", ""]], xs))
    assert shown(whole)[-1] == ["", "", "七、外交支出", ""]


def test_a_merged_label_that_goes_on_over_the_break_is_one_cell():
    xs = (60, 140, 240, 340)

    def part(page: Page, top: float, rows: list[list[str]], label: str) -> Page:
        ys = [top + 20 * number for number in range(len(rows) + 1)]
        page.grid(xs[1:], ys).cells(xs[1:], ys, rows).rule(60, top, 60, ys[-1])
        page.rule(60, top, 140, top).rule(60, ys[-1], 140, ys[-1])
        return page.text(70, (top + ys[-1]) / 2, label) if label else page

    first = part(Page(), 680, [[f"指标{number}", f"{number}人"] for number in range(1, 6)], "产出指标")
    (whole,) = tables(first, part(Page(), 60, [[f"指标{number}", f"{number}人"] for number in (6, 7)], ""))
    assert [row[0] for row in shown(whole)] == ["产出指标", *[ABOVE] * 6]


def test_page_numbers_are_left_out_wherever_they_stand():
    pages = [Page().text(80, 120, f"第{number}段的话。") for number in (1, 2, 3)]
    for number, page in enumerate(pages, 1):
        page.text(280, 810, f"— {number} —")
    assert outline(read(*pages)) == [("body", "第1段的话。"), ("body", "第2段的话。"), ("body", "第3段的话。")]
    bare = [Page().text(80, 120, f"第{number}段的话。").text(290, 812, str(number + 4)) for number in (1, 2)]
    assert [text for _, text in outline(read(*bare))] == ["第1段的话。", "第2段的话。"]


def test_a_number_at_the_foot_that_does_not_count_the_pages_is_kept():
    pages = [Page().text(80, 120, "甲。").text(80, 790, "37"), Page().text(80, 120, "乙。").text(80, 790, "12")]
    assert "37" in [text for _, text in outline(read(*pages))]


def test_running_heads_are_left_out():
    pages = [
        Page().text(60, 40, "青山县部门决算公开", 8).text(80, 120, f"这是第{number}页。") for number in range(1, 5)
    ]
    assert [text for _, text in outline(read(*pages))] == [f"这是第{number}页。" for number in range(1, 5)]
