"""Headings that write down how their column is computed."""

import pytest
from unit.checks.stated.builder import column, row, table, verdicts

from rongji.checks.stated.tables.definitions import How
from rongji.checks.stated.tables.formulas import parsed

LABEL = column("项目", "label")


@pytest.mark.parametrize(
    ("text", "how", "top", "bottom"),
    [
        ("1+2", How.SUM, ((1, "1"), (1, "2")), ()),
        ("1+2-3", How.SUM, ((1, "1"), (1, "2"), (-1, "3")), ()),
        ("B/A", How.RATIO, ((1, "B"),), ((1, "A"),)),
        ("(2-1)/1", How.RATIO, ((1, "2"), (-1, "1")), ((1, "1"),)),
        ("3/(1+2)", How.RATIO, ((1, "3"),), ((1, "1"), (1, "2"))),
        ("A*B", How.PRODUCT, ((1, "A"), (1, "B")), ()),
    ],
)
def test_what_a_formula_says(text, how, top, bottom):
    formula = parsed(text)
    assert (formula.how, formula.top, formula.bottom) == (how, top, bottom)


@pytest.mark.parametrize("text", ["1", "A", "1+", "+1", "1++2", "A/B/C", "(1+2", "A*B/C", "1=2", "1-", ""])
def test_what_is_no_formula(text):
    assert parsed(text) is None


@pytest.mark.parametrize(
    "headings",
    [
        ("全年预算数（A）", "全年执行数（B）", "执行率（B/A）"),
        ("预算数|①", "执行数|②", "执行率|③=②÷①"),
        ("①预算数", "②执行数", "③=②／①×100%"),
        ("预算数|1", "执行数|2", "执行率|3=2/1*100%"),
        ("预算数A", "执行数B", "执行率C=B/A"),
        ("预算数|(1)", "执行数|(2)", "执行率|(3)=(2)/(1)"),
    ],
)
def test_a_rate_with_its_formula(headings):
    budget, spent, rate = headings
    columns = [LABEL, column(budget, unit="万元"), column(spent, unit="万元"), column(rate, "rate", unit="%")]
    rows = [row("甲", "100.00", "90.00", "90%"), row("乙", "50.00", "40.00", "81%")]
    assert verdicts("header-formulas-hold", table(columns, rows)) == ["holds", "contradiction"]


def test_sums_and_differences():
    columns = [LABEL, *(column(f"数|{text}", unit="万元") for text in ("1", "2", "3=1+2", "4", "5=3-4"))]
    rows = [row("甲", "10.0", "20.0", "30.0", "5.0", "25.0"), row("乙", "1.0", "2.0", "4.0", "3.0", "1.0")]
    assert verdicts("header-formulas-hold", table(columns, rows)) == ["holds", "contradiction", "holds", "holds"]


def test_growth_written_out():
    columns = [
        LABEL,
        *(column(f"数|{text}", unit="万元") for text in ("1", "2")),
        column("率|3=(2-1)/1", "rate", unit="%"),
    ]
    rows = [row("甲", "100", "110", "10%"), row("乙", "100", "90", "-10%"), row("丙", "100", "90", "-20%")]
    assert verdicts("header-formulas-hold", table(columns, rows)) == ["holds", "holds", "contradiction"]


@pytest.mark.parametrize("heading", ["合计（1-2月）", "合计（5=6+7）", "得分（10分）", "2021年", "指标1"])
def test_what_names_no_column_is_left_alone(heading):
    columns = [LABEL, column("数|1", unit="万元"), column("数|2", unit="万元"), column(heading, unit="万元")]
    assert verdicts("header-formulas-hold", table(columns, [row("甲", "100", "110", "10")])) == []
