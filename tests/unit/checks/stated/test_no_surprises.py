"""Whatever stands in a table, every check answers in findings: no exception, no empty sentence, no idle accusation."""

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.checks.stated.builder import column, document, figure, passage, row, table

from rongji.checks.causes import grouped
from rongji.checks.registry import document_checks
from rongji.checks.stated.model import ColumnKind
from rongji.kernel.finding import Verdict

KINDS = [kind.value for kind in ColumnKind]
STAGES = ["", "initial", "adjustment", "adjusted", "actual", "prior", "target", "rate"]
UNITS = ["", "万元", "元", "%", "人", "分", "件"]
TITLES = [
    "合计", "全年预算数", "执行数", "执行率", "占比", "增减额", "增长率（%）", "分值", "得分", "扣分", "年度指标值",
    "完成率", "结余", "累计", "C=A+B", "（A）", "B/A", "③=②/①", "标准", "其他", "控制率", "2022年", "",
]  # fmt: skip
LABELS = [
    "合计", "总分", "小计", "一、抚恤", "其中：甲", "预算执行率", "基本支出", "项目支出", "支出合计", "结余", "增减额",
    "评价等次", "产出指标（50分）/指标1：人数", "增长率", "……", "", "注：无",
]  # fmt: skip
CELLS = [
    "", "－", "无", "0", "0.00", "1", "100", "86%", "0.86", "-5.5", "12,345.67", "99999999999999.99", "1205000.00",
    "120.50", "优", "≥90%", "100人", "4.2150元", "明显提升", "未完成", "1e5",
]  # fmt: skip
ROW_KINDS = ["item", "total", "subtotal", "part", "group", "note"]
PARTS = ["all", "some", "unknown"]


@st.composite
def tables(draw, number=1):
    width, height = draw(st.integers(1, 6)), draw(st.integers(1, 6))
    columns = [
        column(
            draw(st.sampled_from(TITLES)), draw(st.sampled_from(KINDS)), draw(st.sampled_from(STAGES)),
            draw(st.sampled_from(UNITS)),
            whole=draw(st.none() | st.integers(0, width)), parts=draw(st.sampled_from(PARTS)),
            sign=draw(st.sampled_from([1, 1, -1])), year=draw(st.sampled_from([None, 2021, 2022])),
        )
        for _ in range(width)
    ]  # fmt: skip
    rows = [
        row(
            draw(st.sampled_from(LABELS)), *draw(st.lists(st.sampled_from(CELLS), min_size=width, max_size=width)),
            kind=draw(st.sampled_from(ROW_KINDS)), whole=draw(st.none() | st.integers(0, height)),
            parts=draw(st.sampled_from(PARTS)), code=draw(st.sampled_from(["", "208", "20808"])),
            keys=tuple(draw(st.lists(st.sampled_from(["支出合计:actual#year:2022", "自评得分", ""]), max_size=width))),
        )
        for _ in range(height)
    ]  # fmt: skip
    return table([column("项目", "label"), *columns], rows, number=number)


@settings(max_examples=60, deadline=None)
@given(st.lists(tables(), min_size=1, max_size=3))
def test_every_check_answers_in_findings(made):
    said = passage(
        "支出100万元，自评等级为优，得分95分。",
        figure("支出合计:actual#year:2022", "100万元"),
        figure("自评得分", "95分"),
    )
    whole = document(*made, said, year=2022)
    found = [item for check in document_checks() for item in check.findings(whole)]
    for item in grouped(found):
        assert item.explanation.endswith("。"), item
        if item.verdict is Verdict.CONTRADICTION:
            assert item.remedy, item
            assert item.figures or item.spots, item
