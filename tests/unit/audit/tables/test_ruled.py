"""Tables whose spans are known: headings, totals, blocks and organisations are told by words and by what is below."""

from unit.audit.tables.drawn import amounts, ruled, wholes
from unit.audit.tables.drawn import regions as drawn

from rongji.audit.context import Context
from rongji.audit.tables import tables_of
from rongji.checks.stated.model import ColumnKind, Parts, RowKind, StatedTable
from rongji.documents.build import cell, label, row
from rongji.documents.model import Document, Row, Table
from rongji.kernel.figure import Stage


def regions(
    *rows: Row, columns: int, title: str = "2023年度部门整体支出绩效自评表", **options: object
) -> tuple[StatedTable, ...]:
    """The regions of one table."""
    table = Table((1,) * columns, tuple(rows), **options)
    return tables_of(Document(title, (table,)), Context(title, 2023))


def line(*texts: str) -> Row:
    """A row of plain cells."""
    return row(*(cell(text) for text in texts))


def test_a_total_below_sums_the_rows_above_it():
    (region,) = regions(
        line("乡镇", "人数（人）", "金额（万元）"),
        line("柳溪镇", "57", "878.67"),
        line("平川镇", "891", "69.96"),
        line("合计", "948", "948.63"),
        columns=3,
    )
    assert [column.kind for column in region.columns] == [ColumnKind.LABEL, ColumnKind.VALUE, ColumnKind.VALUE]
    assert [column.unit_name for column in region.columns] == ["", "人", "万元"]
    total = region.rows[-1]
    assert total.kind is RowKind.TOTAL
    assert [item.label for item in region.parts_of_row(total.index)] == ["柳溪镇", "平川镇"]
    assert {item.parts for item in region.parts_of_row(total.index)} == {Parts.ALL}
    assert region.figure(3, 2).quantity.unit_name == "万元"


def test_organisations_are_scopes_and_their_first_row_is_all_of_them():
    (region,) = regions(
        Row((label("机构名称", rowspan=2), label("支出合计", rowspan=2), label("其中：", colspan=2))),
        line("基本支出", "项目支出"),
        line("局机关及二级机构汇总", "30.00", "10.00", "20.00"),
        line("1、局机关", "18.00", "6.00", "12.00"),
        line("2、服务中心", "12.00", "4.00", "8.00"),
        columns=4,
        unit_note="单位：万元",
    )
    assert [item.title for item in region.parts_of_column(1)] == ["基本支出", "项目支出"]
    assert [item.label for item in region.parts_of_row(2)] == ["1、局机关", "2、服务中心"]
    assert str(region.figure(2, 1).key) == "支出合计:actual#year:2023"
    assert str(region.figure(4, 2).key) == "基本支出:actual@服务中心#year:2023"


def test_a_form_is_several_regions_in_one_table():
    found = regions(
        line("人员编制", "10", "实有人数", "12"),
        line("项目", "全年预算数", "全年执行数", "执行率"),
        line("合计", "100.00", "90.00", "90%"),
        line("指标名称", "年度指标值", "实际完成值", "得分"),
        line("走访户数", "50户", "48户", "9.6"),
        columns=4,
    )
    pairs, funds, indicators = found
    assert [(item.label, str(pairs.figure(item.index, 1).quantity)) for item in pairs.rows] == [
        ("人员编制", "10人"),
        ("实有人数", "12人"),
    ]
    assert [column.stage for column in funds.columns] == [Stage.NONE, Stage.ADJUSTED, Stage.ACTUAL, Stage.NONE]
    assert indicators.figure(4, 2).quantity.unit_name == "户"


def test_names_in_the_head_of_a_form_are_no_headings_of_its_funds():
    """中央主管部门 and 市县预算部门名称 stand before a value, however wide, and the funds begin below them."""
    found = drawn(
        ruled(
            """
            专项资金名称|<|薄弱环节改善|<|<|<
            中央主管部门|<|教育部|<|<|<
            地方主管部门|<|青山市教育局|资金使用单位|各县区教育局|<
            资金情况（万元）|_|全年预算数（A）|全年执行数（B）|预算执行率（B/A×100%）|<
            ^|年度资金总额：|3456.00|3283.20|95.00%|<
            ^|其中：中央财政资金|2000.00|1950.00|97.50%|<
            ^|地方资金|1456.00|1333.20|91.57%|<
            总体目标完成情况|总体目标|<|全年实际完成情况|<|<
            ^|新建校舍18000平方米|<|新建校舍18650平方米|<|<
            """
        )
    )
    assert [column.path for column in found[1].columns][1:] == [
        ("全年预算数（A）",),
        ("全年执行数（B）",),
        ("预算执行率（B/A×100%）",),
    ]
    assert wholes(found[1]) == {"其中：中央财政资金": "年度资金总额：", "地方资金": "年度资金总额："}
    assert [row.label for row in found[0].rows] == ["专项资金名称", "中央主管部门", "地方主管部门", "资金使用单位"]
    assert found[2].columns[0].kind is ColumnKind.TEXT


def test_amounts_without_headings_beside_a_tall_name_are_rows_of_their_own():
    """项目资金申请 names three amounts of a form of targets; 预算数 and 执行数 side by side are two lists."""
    one = drawn(
        ruled(
            """
            项目名称|<|康复服务|<
            项目资金申请（万元）|资金总额|168.00|<
            ^|其中：财政拨款|150.00|<
            ^|其他资金|18.00|<
            """
        )
    )[1]
    assert wholes(one) == {"其中：财政拨款": "资金总额", "其他资金": "资金总额"}
    assert amounts(one) == [["·", "168.00万元"], ["·", "150.00万元"], ["·", "18.00万元"]]
    _, budget, spent = drawn(
        ruled(
            """
            预算单位|<|青山县文化馆|<|<
            预算执行情况（万元）|预算数|320.00|执行数|304.00
            ^|其中：财政拨款|300.00|其中：财政拨款|286.00
            ^|其他资金|20.00|其他资金|18.00
            """
        )
    )
    assert [row.label for row in budget.rows] == ["预算数", "其中：财政拨款", "其他资金"]
    assert [row.label for row in spent.rows] == ["执行数", "其中：财政拨款", "其他资金"]
    assert amounts(spent) == [["·", "304.00万元"], ["·", "286.00万元"], ["·", "18.00万元"]]


def test_numbers_of_a_total_in_columns_of_upper_weights_are_no_names():
    (region,) = drawn(
        ruled(
            """
            一级指标|权重|二级指标|权重|自评得分
            投入|40|项目立项|25|24
            ^|^|资金落实|15|15
            产出|60|经济性|60|58
            合计|100|100|100|97
            """
        )
    )
    assert region.rows[-1].path == ("合计",)
    assert region.rows[-1].kind is RowKind.TOTAL
