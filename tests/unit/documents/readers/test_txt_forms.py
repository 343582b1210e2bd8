"""Forms that a converter flattened: rows and cells come back, and every cell knows its line."""

import pytest
from unit.documents.readers.reading import HOLE, outline, read, shown, tables

FUNDS = """\
\t部门职责
\t（一）宣传退役军人政策。

（二）办理接收安置。

（三）组织走访慰问。

\t人员编制
\t14
\t实有人数
\t16

\t整体资金

（万元）

\t项  目
\t全年预算数
\t全年执行数
\t执行率
\t得分

\t
\t资金

来源
\t合计
\t820.5\u3000
\t\u3000810.25
\t98.75%
\t9.88

\t
\t
\t（1）财政拨款
\t800
\t790.25
\t
\t－

\t
\t
\t     （2）其他资金
\t20.5
\t20
\t
\t－

\t总分
\t100
\t98.5
\t
"""


def test_rows_and_cells_come_back():
    """Empty cells stay where a merged cell above goes on; the ends of short rows are filled."""
    (table,) = tables(FUNDS)
    assert not table.spans_known
    assert shown(table)[1:] == [
        ["人员编制", "14", "实有人数", "16", HOLE, HOLE, HOLE],
        ["整体资金（万元）", "项  目", "全年预算数", "全年执行数", "执行率", "得分", HOLE],
        ["", "资金来源", "合计", "820.5", "810.25", "98.75%", "9.88"],
        ["", "", "（1）财政拨款", "800", "790.25", "", "－"],
        ["", "", "（2）其他资金", "20.5", "20", "", "－"],
        ["总分", "100", "98.5", "", HOLE, HOLE, HOLE],
    ]


def test_a_cell_of_several_paragraphs_is_one_cell():
    (table,) = tables(FUNDS)
    duties = table.rows[0].cells[1]
    assert [paragraph.text for paragraph in duties.paragraphs] == [
        "（一）宣传退役军人政策。",
        "（二）办理接收安置。",
        "（三）组织走访慰问。",
    ]
    assert [paragraph.place.line for paragraph in duties.paragraphs] == [2, 4, 6]


def test_every_cell_knows_its_line_and_where_it_stands_in_it():
    """An empty cell of the file has a place, one that only fills up a short row has none."""
    (table,) = tables(FUNDS)
    lines = FUNDS.split("\n")
    for row in table.rows:
        for cell in row.cells:
            for run in (run for paragraph in cell.paragraphs for run in paragraph.runs):
                start, end = run.place.span
                assert lines[run.place.line - 1][start:end] == run.text
    assert table.rows[5].cells[5].place.line == lines.index("\t20") + 2
    assert table.rows[6].cells[-1].place is None


def test_words_that_a_narrow_cell_broke_are_joined_and_both_lines_kept():
    (table,) = tables(FUNDS)
    label = table.rows[2].cells[0].paragraphs[0]
    assert [(run.text, run.place.line) for run in label.runs] == [("整体资金", 13), ("（万元）", 15)]


def test_white_space_before_a_label_shows_as_an_indent():
    (table,) = tables(FUNDS)
    assert [row.cells[2].paragraphs[0].indent for row in table.rows[4:6]] == [False, True]


INCOME = """\
 \t一、单位基本情况

\t联系人
\t甲某
\t联络电话
\t0000-0000000

\t二、收支情况

\t年度收入情况（万元）

\t机构名称
\t收入合计
\t其中：

\t
\t
\t上年结转
\t公共财

政拨款
\t其他

收入

\t汇总
\t130.500001
\t10.5
\t119.500001
\t0.5

\t1、局机关
\t110.5
\t10.5
\t99.5
\t0.5

\t2、光荣院
\t20.000001
\t
\t20.000001
\t

\t机构名称
\t三公经费

合计
\t其中：

\t
\t
\t公务接待费

\t汇总
\t4.2150
\t4.2150

\t青山县退役军人事务局2022年度绩效自评报告
单位概况

青山县退役军人事务局下设3个股室。
"""


def test_headings_and_names_of_tables_stand_outside_them():
    """Rows of one cell: a numbered heading, the name of a table over its header, the title of what follows."""
    assert outline(read(INCOME).document) == [
        ("h1", "一、单位基本情况"),
        ("table", ""),
        ("h1", "二、收支情况"),
        ("table", "年度收入情况（万元）"),
        ("table", ""),
        ("title", "青山县退役军人事务局2022年度绩效自评报告"),
        ("body", "单位概况"),
        ("body", "青山县退役军人事务局下设3个股室。"),
    ]


def test_a_header_of_two_rows():
    income = tables(INCOME)[1]
    assert shown(income) == [
        ["机构名称", "收入合计", "其中：", HOLE, HOLE],
        ["", "", "上年结转", "公共财政拨款", "其他收入"],
        ["汇总", "130.500001", "10.5", "119.500001", "0.5"],
        ["1、局机关", "110.5", "10.5", "99.5", "0.5"],
        ["2、光荣院", "20.000001", "", "20.000001", ""],
    ]


def test_a_new_header_begins_a_new_table():
    """It begins with the same word as the header before and goes on differently."""
    assert shown(tables(INCOME)[2])[0] == ["机构名称", "三公经费合计", "其中："]


SPLIT = """\
\t一级指标
\t二级指标
\t三级指标
\t完成值

\t效益目标
\t社会效益
\t指标1：社会氛围
\t95%

\t
\t经济效益
\t指标1：就业指导

\t95%

\t
\t生态效益
\t指标1：

指标2：

……
\t
"""


def test_a_row_that_an_empty_paragraph_tore_is_whole_again():
    """A blank line inside a cell looks like the end of a row; the rows around show that it is none."""
    assert shown(tables(SPLIT)[0])[2:] == [
        ["", "经济效益", "指标1：就业指导", "95%"],
        ["", "生态效益", "指标1：\n指标2：\n……", ""],
    ]


AFTER = """\
\t序号
\t项目
\t目标

\t1
\t走访慰问
\t节日走访及时


（二）完成情况
我局全年按时足额发放各类资金。
"""


@pytest.mark.parametrize(
    "text",
    [AFTER, AFTER.replace("\n\n\n", "\n\n"), AFTER.replace("节日走访及时", "100")],
    ids=["two blank lines", "one blank line", "behind a number"],
)
def test_where_the_form_ends_running_text_begins(text):
    assert [kind for kind, _ in outline(read(text).document)] == ["table", "h2", "body"]


def test_paragraphs_indented_by_a_tab_are_no_form():
    text = (
        "\t本单位共有编制10人，全年开展了各项工作。\n\t全年支出392.52万元，其中人员支出353.38万元。\n\n\t特此报告。\n"
    )
    assert [kind for kind, _ in outline(read(text).document)] == ["body"] * 3
