"""Whatever a table looks like, it is read without an error, and what is read of it hangs together."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from unit.audit.tables.drawn import regions

from rongji.documents.model import Cell, Paragraph, Row, Table, Text
from rongji.kernel.place import Place

WORDS = (
    "项目 名称 合计 小计 总计 其中： 其中：人员 收入合计 基本支出 （一）工资 1.办公费 一、收入 序号 科目编码 208 20808 "
    "全年预算数 全年执行数 执行率 分值 得分 年度指标值 实际完成值 一级指标 二级指标 三级指标 2022年 2023年 决算数 "
    "增减额 人数 金额（万元） 单位：万元 注：口径 100 12.50 1,234.56 0 － 无 86% ≥90% 300人 约5户 完成 总分 预期目标 "
    "实际完成情况 机构名称 局机关 减：退款 单位 万元 人 栏次 1 2 3"
).split()
CELLS = st.sampled_from(["", "", *WORDS])


@st.composite
def tables(draw):
    """Rows of cells with spans that may not fit, or without any."""
    width = draw(st.integers(1, 7))
    spans_known = draw(st.booleans())
    rows = []
    for r in range(draw(st.integers(1, 9))):
        cells = []
        for c in range(draw(st.integers(1, width))):
            text = draw(CELLS)
            place = Place(file="any", table=1, row=r + 1, column=c + 1)
            spans = (draw(st.integers(1, 3)), draw(st.integers(1, 3))) if spans_known else (1, 1)
            paragraphs = (Paragraph((Text(text, place=place),)),) if text else ()
            cells.append(Cell(paragraphs, *spans, place=place))
        rows.append(Row(tuple(cells)))
    return Table((1,) * width, tuple(rows), header_rows=draw(st.integers(0, 1)), spans_known=spans_known)


@given(st.lists(tables(), min_size=1, max_size=2))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_table_is_read_and_hangs_together(found):
    for region in regions(*found):
        indexes = {row.index for row in region.rows}
        assert [column.index for column in region.columns] == list(range(len(region.columns)))
        assert len(indexes) == len(region.rows)
        assert all(cell.row in indexes and cell.column < len(region.columns) for cell in region.cells)
        assert all(row.whole in indexes and row.whole != row.index for row in region.rows if row.whole is not None)
        assert len({(cell.row, cell.column) for cell in region.cells}) == len(region.cells)
        for figure in region.figures():
            assert figure.quantity is not None
            assert figure.source.at is not None
            assert figure.label
        assert region.certain or region.doubt


@given(st.lists(tables(), min_size=1, max_size=2))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_row_is_part_of_itself_over_others(found):
    for region in regions(*found):
        wholes = {row.index: row.whole for row in region.rows}
        for start in wholes:
            seen, at = set(), wholes[start]
            while at is not None:
                assert at not in seen
                seen.add(at)
                at = wholes[at]
