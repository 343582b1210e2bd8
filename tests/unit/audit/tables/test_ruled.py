"""Tables whose spans are known: headings, totals, blocks and organisations are told by words and by what is below."""

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
