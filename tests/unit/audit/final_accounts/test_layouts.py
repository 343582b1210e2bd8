"""The nine tables as different provinces and years print them; every cell is known for what it is."""

import pytest
from unit.audit.final_accounts.sheets import accused, facts, read, sheet

from rongji.audit.tables.final_accounts.words import part_titled


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("收入支出决算总表", "totals"),
        ("2023年度青山县民政局收入支出决算总表", "totals"),
        ("GK01 收入支出决算总表（公开01表）", "totals"),
        ("收 入 决 算 表", "income"),
        ("二、收入决算总表", "income"),
        ("支出决算表（续）", "expenditure"),
        ("公开04表 财政拨款收入支出决算总表 部门：青山县民政局", "fiscal-totals"),
        ("表5：一般公共预算财政拨款支出决算表", "public-budget"),
        ("一般公共预算财政拨款支出决算表（按功能分类科目）", "public-budget"),
        ("一般公共预算财政拨款基本支出决算明细表", "basic"),
        ("青山县社会保险基金管理中心收入决算表", "income"),
        ("政府性基金预算财政拨款收入支出决算表", "fund"),
        ("国有资本经营预算财政拨款收入支出决算表", "state-capital"),
        ("一般公共预算财政拨款“三公”经费支出决算表", "three-public"),
        ("财政拨款“三公”经费支出决算表单位：万元", "three-public"),
        ("项目支出决算表", None),
        ("财政专户管理资金收入支出决算表", None),
        ("政府采购支出决算表", None),
        ("部门收支情况说明", None),
    ],
)
def test_a_title_tells_the_table(line, part):
    """By the end of its name; what stands before it may be whose it is, and must not make it another table."""
    found = part_titled(line)
    assert (found.id if found else None) == part


def test_totals_with_three_columns_of_bases_and_details_under_a_source():
    """年初预算数 beside 决算数; 其中 lines under a source and under the carry-over are not added."""
    table = sheet(
        [("收入", 4), ("支出", 4)],
        ["项目", "行次", "年初预算数", "决算数", "项目", "行次", "年初预算数", "决算数"],
        ["栏次", "", "1", "2", "栏次", "", "3", "4"],
        ["一、财政拨款收入", "1", "80.00", "90.00", "一、一般公共服务支出", "20", "", ""],
        ["其中：政府性基金预算财政拨款", "2", "", "10.00", "二、教育支出", "21", "100.00", "101.50"],
        ["二、事业收入", "3", "20.00", "5.00", "", "22", "", ""],
        ["本年收入合计", "4", "100.00", "95.00", "本年支出合计", "23", "100.00", "101.50"],
        ["用事业基金弥补收支差额", "5", "", "1.00", "结余分配", "24", "", "0.50"],
        ["年初结转和结余", "6", "", "8.00", "年末结转和结余", "25", "", "2.00"],
        ["其中：项目支出结转和结余", "7", "", "8.00", "其中：项目支出结转和结余", "26", "", "2.00"],
        ["总计", "8", "100.00", "104.00", "总计", "27", "100.00", "104.00"],
        caption="收入支出决算总表",
    )
    known = facts(table)
    assert known["totals/fiscal/income"] == "90.00"
    assert known["totals/year/income-initial"] == "100.00"
    assert known["totals/class:教育支出/spent"] == "101.50"
    assert known["totals/all/spent"] == "104.00"
    assert accused(table) == []


def test_income_with_fees_within_business_income():
    """事业收入 split into 小计 and 其中：教育收费; codes and names in one column."""
    table = sheet(
        [("项目", 1, 2), ("本年收入合计", 1, 2), ("财政拨款收入", 1, 2), ("事业收入", 2), ("其他收入", 1, 2)],
        ["小计", "其中：教育收费"],
        ["栏次", "1", "2", "3", "4", "5"],
        ["合计", "160.00", "100.00", "50.00", "20.00", "10.00"],
        ["205教育支出", "160.00", "100.00", "50.00", "20.00", "10.00"],
        ["20502普通教育", "160.00", "100.00", "50.00", "20.00", "10.00"],
        ["2050204高中教育", "160.00", "100.00", "50.00", "20.00", "10.00"],
        caption="收入决算表",
    )
    known = facts(table)
    assert known["income/all/income-business"] == "50.00"
    assert known["income/all/income-business-fees"] == "20.00"
    assert known["income/2050204/income-fiscal"] == "100.00"
    assert accused(table) == []


def test_basic_spending_split_into_persons_and_running():
    """一般公共预算 with 基本支出 = 人员经费 + 公用经费 under 本年支出."""
    table = sheet(
        [("项目", 2), ("本年支出", 5)],
        [("科目编码", 1, 2), ("科目名称", 1, 2), ("合计", 1, 2), ("基本支出", 3), ("项目支出", 1, 2)],
        ["小计", "人员经费", "公用经费"],
        [("合计", 2), "30.00", "20.00", "15.00", "5.00", "10.00"],
        ["208", "社会保障和就业支出", "30.00", "20.00", "15.00", "5.00", "10.00"],
        ["20802", "民政管理事务", "30.00", "20.00", "15.00", "5.00", "10.00"],
        ["2080201", "行政运行", "30.00", "20.00", "15.00", "5.00", "10.00"],
        caption="一般公共预算财政拨款支出决算表",
    )
    known = facts(table)
    assert known["public-budget/all/spent"] == "30.00"
    assert known["public-budget/2080201/spent-basic-personnel"] == "15.00"
    assert accused(table) == []
    wrong = sheet(
        [("项目", 2), ("本年支出", 5)],
        [("科目编码", 1, 2), ("科目名称", 1, 2), ("合计", 1, 2), ("基本支出", 3), ("项目支出", 1, 2)],
        ["小计", "人员经费", "公用经费"],
        [("合计", 2), "30.00", "20.00", "14.00", "5.00", "10.00"],
        caption="一般公共预算财政拨款支出决算表",
    )
    assert len(accused(wrong)) == 1


def test_fund_with_carry_over_in_parts():
    """年初 + 收入 − 支出 = 年末, each with its own parts."""
    carried = ["合计", "基本支出结转", "项目支出结转和结余"]
    head = [
        [("项目", 2), ("年初结转和结余", 3), ("本年收入", 1, 2), ("本年支出", 3), ("年末结转和结余", 3)],
        ["科目编码", "科目名称", *carried, "小计", "基本支出", "项目支出", *carried],
    ]
    row = ["5.00", "", "5.00", "20.00", "22.00", "", "22.00", "3.00", "", "3.00"]
    table = sheet(*head, [("合计", 2), *row], ["229", "其他支出", *row], caption="政府性基金预算财政拨款收入支出决算表")
    known = facts(table)
    assert known["fund/all/closing"] == "3.00"
    assert known["fund/all/closing-carried-project"] == "3.00"
    assert accused(table) == []
    row[7] = row[9] = "4.00"
    assert accused(sheet(*head, [("合计", 2), *row], caption="政府性基金预算财政拨款收入支出决算表"))


def test_three_public_with_bases_in_rows():
    """预算数 and 决算数 as rows; the 合计 over 会议费 and 培训费 as well is none of the 三公 figures."""
    table = sheet(
        [("项目", 1, 3), ("合计", 1, 3), ("财政拨款安排的“三公”经费", 6), ("培训费", 1, 3), ("会议费", 1, 3)],
        [("小计", 1, 2), ("因公出国（境）费用", 1, 2), ("公务接待费", 1, 2), ("公务用车购置及运行维护费", 3)],
        ["小计", "公务用车购置费", "公务用车运行维护费"],
        ["预算数", "10.00", "8.00", "1.00", "3.00", "4.00", "0.00", "4.00", "1.50", "0.50"],
        ["决算数", "8.50", "7.00", "1.00", "2.00", "4.00", "0.00", "4.00", "1.00", "0.50"],
        caption="一般公共预算财政拨款“三公”经费及会议费、培训费支出决算表",
    )
    known = facts(table)
    assert known["three-public/total/actual"] == "7.00"
    assert known["three-public/vehicles/budget"] == "4.00"
    assert known["three-public/meetings/actual"] == "0.50"
    assert accused(table) == []


def test_three_public_long_with_counts_below():
    """Numbers of groups, vehicles and visits stand in the same columns and are no money."""
    table = sheet(
        ["项目", "行次", "预算数", "决算统计数", "项目", "行次", "统计数"],
        ["栏次", "", "1", "2", "栏次", "", "3"],
        ["一、“三公”经费支出", "1", "—", "—", "四、机关运行经费", "30", "55.00"],
        ["（一）支出合计", "2", "9.00", "8.00", "（一）行政单位", "31", "55.00"],
        ["1．因公出国（境）费", "3", "", "", "（二）参照公务员法管理事业单位", "32", ""],
        ["2．公务用车购置及运行维护费", "4", "5.00", "4.50", "五、国有资产占用情况", "33", "—"],
        ["（1）公务用车购置费", "5", "", "", "（一）车辆数合计（辆）", "34", "2"],
        ["（2）公务用车运行维护费", "6", "5.00", "4.50", "1.其他用车", "35", "2"],
        ["3．公务接待费", "7", "4.00", "3.50", "", "36", ""],
        ["（1）国内接待费", "8", "—", "3.50", "", "37", ""],
        ["（二）相关统计数", "9", "—", "—", "", "38", ""],
        ["5．国内公务接待批次（个）", "10", "—", "31", "", "39", ""],
        caption="财政拨款“三公”经费支出决算表",
    )
    known = facts(table)
    assert known["three-public/total/budget"] == "9.00"
    assert known["three-public/reception/actual"] == "3.50"
    assert "31" not in known.values()
    assert accused(table) == []


def test_basic_spending_in_three_lists_side_by_side():
    """The second list goes on in the third; 人员经费合计 and 公用经费合计 stand in the last row."""
    rows = [
        [("人员经费", 3), ("公用经费", 6)],
        ["科目编码", "科目名称", "金额"] * 3,
        ["301", "工资福利支出", "12.00", "302", "商品和服务支出", "7.00", "30231", "公务用车运行维护费", "2.00"],
        ["30101", "基本工资", "12.00", "30201", "办公费", "4.00", "310", "资本性支出", "1.00"],
        ["303", "对个人和家庭的补助", "3.00", "30217", "公务接待费", "1.00", "31002", "办公设备购置", "1.00"],
        ["30304", "抚恤金", "3.00", "", "", "", "", "", ""],
        [("人员经费合计", 2), "15.00", ("公用经费合计", 5), "8.00"],
    ]
    table = sheet(*rows, caption="一般公共预算财政拨款基本支出决算明细表")
    known = facts(table)
    assert known["basic/personnel/total"] == "15.00"
    assert known["basic/operating/total"] == "8.00"
    assert known["basic/30231/total"] == "2.00"
    assert accused(table) == []
    rows[2][8] = "3.00"
    assert len(accused(sheet(*rows, caption="一般公共预算财政拨款基本支出决算明细表"))) == 1


def test_a_table_that_goes_on_over_pages_is_one():
    """The head comes again, a page number between; the sums run over both pages."""
    head = [["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出", "上缴上级支出"]]
    first = sheet(
        *head,
        [("合计", 2), "30.00", "10.00", "20.00", ""],
        ["201", "一般公共服务支出", "10.00", "10.00", "", ""],
        caption="支出决算表",
    )
    second = sheet(*head, ["208", "社会保障和就业支出", "20.00", "", "20.00", ""], unit="")
    tables = read(first, "—5—", second)
    assert len(tables) == 1
    assert [row.code for row in tables[0].rows] == ["", "201", "208"]
    assert accused(first, "—5—", second) == []


def test_a_total_that_comes_again_on_every_page_is_one():
    """Some prints repeat the row of 合计 under the head of each page."""
    head = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
    total = [("合计", 2), "30.00", "10.00", "20.00"]
    first = sheet(head, total, ["201", "一般公共服务支出", "10.00", "10.00", ""], caption="支出决算表")
    second = sheet(head, total, ["208", "社会保障和就业支出", "20.00", "", "20.00"], caption="支出决算表（续）")
    tables = read(first, second)
    assert [[row.code for row in table.rows] for table in tables] == [["", "201", "208"]]
    assert accused(first, second) == []


def test_tables_of_two_units_are_two_sets():
    """The same table a second time is another unit's, and its figures are not held against the first unit's."""
    head = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
    made = [sheet(head, [("合计", 2), money, money, ""], caption="支出决算表") for money in ("30.00", "45.00")]
    tables = read(*made)
    assert len(tables) == 2
    assert len({figure.key.member for table in tables for figure in table.figures()}) == 2
    assert accused(*made) == []


def test_a_table_without_amounts_is_recognised():
    """Only its head is printed, with a note that there is nothing."""
    table = sheet(
        [("项目", 2), ("本年支出", 3)],
        ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
        [("栏次", 2), "1", "2", "3"],
        [("合计", 2), "", "", ""],
        ["", "", "", "", ""],
        caption="国有资本经营预算财政拨款支出决算表",
    )
    assert [(item.part, item.certain) for item in read(table, "注：本部门没有使用国有资本经营预算安排的支出。")] == [
        ("state-capital", True)
    ]


def test_a_table_that_lost_its_title_is_known_by_its_columns():
    """In a document that calls itself 决算."""
    table = sheet(
        ["科目编码", "科目名称", "本年收入合计", "财政拨款收入", "上级补助收入", "事业收入", "附属单位上缴收入"],
        [("合计", 2), "30.00", "30.00", "", "", ""],
    )
    assert [item.part for item in read(table)] == ["income"]


def test_what_cannot_be_read_with_certainty_accuses_nobody():
    """Two amounts in one cell, a row of amounts without code: the table is read and left alone."""
    head = ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"]
    merged = sheet(head, [("合计", 2), "30.00 10.00", "", "20.00"], caption="支出决算表")
    nameless = sheet(
        head, [("合计", 2), "30.00", "10.00", "20.00"], ["", "抚恤", "5.00", "", "5.00"], caption="支出决算表"
    )
    for table in (merged, nameless):
        assert [item.certain for item in read(table)] == [False]
        assert accused(table) == []


def test_a_table_with_the_title_but_another_shape_is_left_to_the_general_reading():
    """A list of the tables under a heading with the same words is no such table."""
    assert read(sheet(["序号", "表名"], ["1", "收入决算表"], ["2", "支出决算表"], caption="支出决算表")) == []
