"""What a table states is the same with its spans and flattened to rows of cells."""

import pytest
from unit.audit.tables.drawn import amounts, column_wholes, flattened, keys, regions, ruled, wholes

from rongji.checks.stated.model import ColumnKind, RowKind
from rongji.kernel.figure import Stage

PRINTS = pytest.mark.parametrize("printed", [ruled, flattened])

DEPARTMENT = """
人员编制|10|<|实有人数|12|<|<|<|<
整体资金（万元）|项  目|<|全年预算数|全年执行数|执行率|分值|得分|<
^|资金来源|合计|1351.20|1143.60|84.64%|10|8.46|<
^|^|（1）财政拨款|1300.00|1100.00||－|－|<
^|^|（2）其他资金（包含上年结转）|51.20|43.60||－|－|<
^|资金结构|合计|1351.20|1143.60||－|－|<
^|^|（1）基本支出|413.70|392.50||－|－|<
^|^|其中：人员支出|374.50|353.40||－|－|<
^|^|公用支出|39.20|39.10||－|－|<
^|^|（2）项目支出|937.50|751.10||－|－|<
年度工作目标|预期目标|<|<|<|实际完成情况|<|<|<
^|落实各项保障政策|<|<|<|达标|<|<|<
整体支出绩效目标完成情况|一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|偏差原因分析及改进措施
^|产出指标|数量指标|指标1：发放补助|4113人|4113人|30|30|
^|^|^|指标2：走访慰问|≥600户|580户|20|19.3|两户迁出
^|效益指标|社会效益指标|指标：政策知晓|保质保量|完成|30|30|
^|满意度指标|服务对象满意度指标|指标：群众满意|≥90%|95%|10|10|
总分|<|<|<|<|<|100|97.76|
"""


@PRINTS
def test_a_form_of_a_department_is_pairs_funds_goals_and_indicators(printed):
    found = regions(printed(DEPARTMENT))
    assert [(item.form, item.part) for item in found] == [
        ("self-evaluation", part) for part in ("pairs", "funds", "goals", "indicators")
    ]
    assert all(item.certain for item in found)


@PRINTS
def test_funds_are_two_blocks_with_their_own_totals(printed):
    funds = regions(printed(DEPARTMENT))[1]
    assert funds.heading == ("整体资金（万元）",)
    assert funds.unit_name == "万元"
    whole = {row.index: row for row in funds.rows}
    parts = {row.label: whole[row.whole].path for row in funds.rows if row.whole is not None}
    assert parts == {
        "（1）财政拨款": ("资金来源", "合计"),
        "（2）其他资金（包含上年结转）": ("资金来源", "合计"),
        "（1）基本支出": ("资金结构", "合计"),
        "其中：人员支出": ("资金结构", "（1）基本支出"),
        "公用支出": ("资金结构", "（1）基本支出"),
        "（2）项目支出": ("资金结构", "合计"),
    }
    stages = [column.stage for column in funds.columns_of(ColumnKind.VALUE)]
    assert stages == [Stage.ADJUSTED, Stage.ACTUAL]


@PRINTS
def test_facts_of_the_funds_meet_the_text_by_their_names(printed):
    stated = keys(regions(printed(DEPARTMENT))[1])
    assert {
        "支出合计:adjusted#year:2023",
        "支出合计:actual#year:2023",
        "预算执行率:rate#year:2023",
        "基本支出:actual#year:2023",
        "人员支出:actual#year:2023",
        "项目支出:adjusted#year:2023",
    } <= stated
    assert not any(text.startswith("财政拨款:") for text in stated)


@PRINTS
def test_every_indicator_is_one_row_with_the_levels_above_it(printed):
    region = regions(printed(DEPARTMENT))[3]
    assert [row.path for row in region.rows] == [
        ("产出指标", "数量指标", "指标1：发放补助"),
        ("产出指标", "数量指标", "指标2：走访慰问"),
        ("效益指标", "社会效益指标", "指标：政策知晓"),
        ("满意度指标", "服务对象满意度指标", "指标：群众满意"),
        ("总分",),
    ]
    assert [row.kind for row in region.rows] == [RowKind.ITEM] * 4 + [RowKind.TOTAL]
    assert amounts(region) == [
        ["·", "·", "·", "4113人", "4113人", "30分", "30分", "·"],
        ["·", "·", "·", "600户", "580户", "20分", "19.3分", "·"],
        ["·", "·", "·", "·", "·", "30分", "30分", "·"],
        ["·", "·", "·", "90%", "95%", "10分", "10分", "·"],
        ["·", "·", "·", "·", "·", "100分", "97.76分", "·"],
    ]
    assert "自评得分#year:2023" in keys(region)


UNITS = """
机构名称|支出合计|其中：|<|<|<|结余|<
^|^|基本支出|其中：|<|项目支出|当年结余|累计结余
^|^|^|人员支出|公用支出|^|^|^
局机关及二级机构汇总|300.00|100.00|80.00|20.00|200.00|5.00|
1、局机关|200.00|60.00|45.00|15.00|140.00|5.00|
2、服务中心|100.00|40.00|35.00|5.00|60.00||
"""


@PRINTS
def test_headings_on_three_levels_say_which_column_is_part_of_which(printed):
    (region,) = regions(printed(UNITS, unit_note="单位：万元"))
    assert column_wholes(region) == {
        "基本支出": "支出合计",
        "项目支出": "支出合计",
        "人员支出": "基本支出",
        "公用支出": "基本支出",
    }
    assert region.columns[6].path == ("结余", "当年结余")
    assert wholes(region) == {"1、局机关": "局机关及二级机构汇总", "2、服务中心": "局机关及二级机构汇总"}
    assert "人员支出:actual@服务中心#year:2023" in keys(region)
    assert "项目支出:actual#year:2023" in keys(region)


@PRINTS
def test_a_blank_is_no_number_and_no_zero(printed):
    (region,) = regions(printed(UNITS, unit_note="单位：万元"))
    assert [row[7] for row in amounts(region)] == ["·", "·", "·"]
    assert region.cell(3, 7).nil == "blank"


PROVINCE = """
项目名称|白云路改造|<|<|<|<|<
主管部门|青山县交通局|<|<|实施单位|公路站|<
预算执行情况（万元）（20分）||预算数(A)|执行数(B)|执行率(B/A)|得分（20分*执行率）|<
^|年度财政资金总额|500.00|450.00|90%|18|<
年度绩效目标1（40分）|一级指标|二级指标|三级指标|年初目标值(A)|实际完成值(B)|得分
^|产出指标|数量指标|改造里程|≥12公里|12.5公里|20
^|^|质量指标|验收合格率|100%|100%|20
年度绩效目标2（40分）|效益指标|社会效益指标|受益人口|≥3万人|3.2万人|20
^|满意度指标|服务对象满意度|群众满意度|≥90%|95%|20
总分|98|<|<|<|<|<
"""


@PRINTS
def test_a_form_with_points_by_goal_and_one_total_below(printed):
    found = regions(printed(PROVINCE), title="2023年度项目支出绩效自评表")
    assert [item.part for item in found] == ["pairs", "funds", "indicators", "total"]
    assert {item.form for item in found} == {"project-self-evaluation"}
    assert amounts(found[1]) == [["·", "500.00万元", "450.00万元", "90%", "18分"]]
    assert [row.path[:2] for row in found[2].rows][-1] == ("满意度指标", "服务对象满意度")
    assert amounts(found[3]) == [["·", "98分"]]
    assert keys(found[1]) == {
        "白云路改造:adjusted#year:2023",
        "白云路改造:actual#year:2023",
        "白云路改造执行率:rate#year:2023",
    }


LEVELS = """
一级指标|分值|二级指标|分值|三级指标|分值|评分标准|得分
投入|20|目标设定|10|目标合理性|5|目标合理得满分|5
^|^|^|^|指标明确性|5|指标清晰得满分|4
^|^|预算配置|10|在职人员控制率|10|以100%为标准|10
合计|20|合计|20|合计|20||19
"""


@PRINTS
def test_weights_on_every_level_are_told_apart(printed):
    (region,) = regions(printed(LEVELS), title="2023年度部门整体支出绩效评价指标评分表")
    weights = region.columns_of(ColumnKind.WEIGHT)
    assert [column.path[0] for column in weights] == ["一级指标", "二级指标", "三级指标"]
    labels = [item.label for item in region.figures() if item.label.endswith("分值")]
    assert labels[:4] == ["投入分值", "目标设定分值", "目标合理性分值", "指标明确性分值"]
    assert region.rows[-1].kind is RowKind.TOTAL
    assert region.rows[-1].path == ("合计",)


UNIT_COLUMN = """
一级指标|二级指标|三级指标|指标性质|指标值|度量单位|完成指标值|权重|得分|未完成原因分析
产出指标|数量指标|发放人数|≥|300|人|312|50|50|
^|质量指标|发放准确率|＝|100|%|100|40|40|
满意度指标|满意度指标|群众满意度|≥|90|%|93.5|10|10|
合计|<|<|<|<|<|<|100|100|
"""


@PRINTS
def test_a_column_of_units_gives_each_row_its_own(printed):
    (region,) = regions(printed(UNIT_COLUMN))
    assert [row[4] for row in amounts(region)] == ["300人", "100%", "90%", "·"]
    assert [row[6] for row in amounts(region)] == ["312人", "100%", "93.5%", "·"]


THREE_YEARS = """
项目|2022年决算数|2023年|<|<|2023年决算比2022年|<
^|^|年初预算数|全年预算数|决算数|增减额|增减%
合计|12.50|15.00|14.00|11.00|-1.50|-12.00
1.因公出国（境）费|0|0|0|0|0|
2.公务用车购置及运行费|8.00|9.00|9.00|7.00|-1.00|-12.50
其中：公务用车购置费|0|0|0|0|0|
公务用车运行费|8.00|9.00|9.00|7.00|-1.00|-12.50
3.公务接待费|4.50|6.00|5.00|4.00|-0.50|-11.11
"""


@PRINTS
def test_years_and_bases_of_headings_go_to_the_columns(printed):
    (region,) = regions(printed(THREE_YEARS, caption="“三公”经费支出情况表", unit_note="单位：万元"))
    assert [(column.year, column.stage.value) for column in region.columns[1:5]] == [
        (2022, "actual"),
        (2023, "initial"),
        (2023, "adjusted"),
        (2023, "actual"),
    ]
    assert region.columns[6].kind is ColumnKind.RATE
    assert wholes(region) == {
        "1.因公出国（境）费": "合计",
        "2.公务用车购置及运行费": "合计",
        "其中：公务用车购置费": "2.公务用车购置及运行费",
        "公务用车运行费": "2.公务用车购置及运行费",
        "3.公务接待费": "合计",
    }
    assert "公务接待费:prior#year:2022" in keys(region)
    assert "三公经费:initial#year:2023" in keys(region)


DIVIDED = """
类别|城镇|<|农村|<|合计|<
^|人数|金额（万元）|人数|金额（万元）|人数|金额（万元）
伤残军人|120|30.50|80|20.10|200|50.60
烈属|15|4.20|10|2.80|25|7.00
合计|135|34.70|90|22.90|225|57.60
"""


@PRINTS
def test_groups_of_columns_under_a_total_are_parts_of_its_columns(printed):
    (region,) = regions(printed(DIVIDED))
    assert {(c.path, region.columns[c.whole].path) for c in region.columns if c.whole is not None} == {
        (("城镇", "人数"), ("合计", "人数")),
        (("农村", "人数"), ("合计", "人数")),
        (("城镇", "金额（万元）"), ("合计", "金额（万元）")),
        (("农村", "金额（万元）"), ("合计", "金额（万元）")),
    }
    assert amounts(region)[0] == ["·", "120人", "30.50万元", "80人", "20.10万元", "200人", "50.60万元"]


SIDE_BY_SIDE = """
收入|<|支出|<
项目|金额|项目|金额
一、财政拨款收入|103.00|一、基本支出|61.00
二、其他收入|20.50|（一）人员经费|40.50
||（二）公用经费|20.50
||二、项目支出|52.00
本年收入合计|123.50|本年支出合计|113.00
年初结转和结余|5.00|年末结转和结余|15.50
总计|128.50|总计|128.50
"""


@PRINTS
def test_two_tables_side_by_side_are_two_regions(printed):
    income, spending = regions(printed(SIDE_BY_SIDE, unit_note="单位：万元"))
    assert wholes(income) == {
        "一、财政拨款收入": "本年收入合计",
        "二、其他收入": "本年收入合计",
        "本年收入合计": "总计",
        "年初结转和结余": "总计",
    }
    assert wholes(spending) == {
        "一、基本支出": "本年支出合计",
        "（一）人员经费": "一、基本支出",
        "（二）公用经费": "一、基本支出",
        "二、项目支出": "本年支出合计",
        "本年支出合计": "总计",
        "年末结转和结余": "总计",
    }
    assert [column.index for column in spending.columns] == [0, 1]


BALANCE = """
资产|年初余额|期末余额|负债和净资产|年初余额|期末余额
流动资产：|||流动负债：||
货币资金|40.10|50.20|应付账款|10.30|20.40
应收账款|20.20|30.30|其他应付款|5.10|6.20
流动资产合计|60.30|80.50|流动负债合计|15.40|26.60
固定资产净值|100.40|90.50|净资产|145.30|144.40
资产总计|160.70|171.00|负债和净资产总计|160.70|171.00
"""


@PRINTS
def test_a_balance_sheet_is_two_regions_by_its_headings_that_stand_again(printed):
    assets, liabilities = regions(printed(BALANCE, unit_note="单位：万元"))
    assert wholes(assets)["货币资金"] == "流动资产合计"
    assert wholes(liabilities)["应付账款"] == "流动负债合计"
    assert wholes(liabilities)["净资产"] == "负债和净资产总计"


STAFF = """
单位|编制数|<|<|实有人数|<|<|控制率
^|小计|行政|事业|小计|在职|退休|^
局机关|20|20|0|25|18|7|90.00%
服务中心|10|0|10|12|9|3|90.00%
合计|30|20|10|37|27|10|90.00%
"""


@PRINTS
def test_names_right_over_numbers_divide_the_headings_above_them(printed):
    (region,) = regions(printed(STAFF))
    assert column_wholes(region) == {"行政": "小计", "事业": "小计", "在职": "小计", "退休": "小计"}
    assert amounts(region)[0] == ["·", "20人", "20人", "0人", "25人", "18人", "7人", "90.00%"]
    assert {"人员编制@局机关#year:2023", "实有人数#year:2023", "人员编制/行政#year:2023"} <= keys(region)


TRANSFER = """
转移支付名称|优抚补助经费|<|<|<|<|<|<
地方主管部门|青山县民政局|<|<|资金使用单位|青山县民政局|<|<
资金情况（万元）||全年预算数（A）|<|全年执行数（B）|<|预算执行率（B/A）|<
^|年度资金总额：|5000.00|<|4900.00|<|98.00%|<
^|其中：中央财政资金|4000.00|<|3950.00|<|98.75%|<
^|省级财政资金|600.00|<|580.00|<|96.67%|<
^|地方资金|400.00|<|370.00|<|92.50%|<
总体目标完成情况|总体目标|<|<|全年实际完成情况|<|<|<
^|按时足额发放|<|<|已发放|<|<|<
绩效指标|一级指标|二级指标|三级指标|指标值|<|全年实际完成值|未完成原因和改进措施
^|产出指标|数量指标|优抚对象人数|≥3900人|<|3986人|
^|^|质量指标|标准执行率|100%|<|100%|
说明|无|<|<|<|<|<|<
"""


@PRINTS
def test_a_form_of_a_transfer_without_points(printed):
    found = regions(printed(TRANSFER), title="转移支付区域（项目）绩效目标自评表")
    assert [item.part for item in found][:4] == ["pairs", "funds", "goals", "indicators"]
    assert {item.form for item in found} == {"project-self-evaluation"}
    assert wholes(found[1]) == {
        "其中：中央财政资金": "年度资金总额：",
        "省级财政资金": "年度资金总额：",
        "地方资金": "年度资金总额：",
    }
    assert amounts(found[3])[:2] == [["·", "·", "·", "3900人", "3986人", "·"], ["·", "·", "·", "100%", "100%", "·"]]


PAID = """
序号|姓名|身份类别|补助标准（元/月）|月数|金额（元）|备注
1|甲某某|伤残军人|1,200.00|12|14,400.00|
2|乙某某|烈属|900.00|12|10,800.00|
合计|<|<|<|<|25,200.00|
"""


@PRINTS
def test_behind_a_name_of_its_own_come_attributes_and_no_deeper_names(printed):
    (region,) = regions(printed(PAID))
    assert [row.path for row in region.rows] == [("甲某某",), ("乙某某",), ("合计",)]
    assert wholes(region) == {"甲某某": "合计", "乙某某": "合计"}
    assert amounts(region)[0][5] == "14400.00元"
