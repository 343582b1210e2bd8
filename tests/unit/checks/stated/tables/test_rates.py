"""Columns that are computed from other columns: the definition that fits most rows is the column's own."""

from decimal import Decimal

import pytest
from unit.checks.stated.builder import accused, column, found, row, table, verdicts

BUDGET = column("全年预算数", stage="adjusted", unit="万元")
INITIAL = column("年初预算数", stage="initial", unit="万元")
SPENT = column("全年执行数", stage="actual", unit="万元")
RATE = column("执行率", "rate", unit="%")
LABEL = column("项目", "label")


@pytest.mark.parametrize(
    ("budget", "spent", "rate", "expected"),
    [
        ("13351.2", "11436.27", "86%", "holds"),
        ("13351.2", "11436.27", "85.66%", "holds"),
        ("13351.2", "11436.27", "85.65%", "question"),  # 舍去了尾数
        ("13351.2", "11436.27", "85.6%", "question"),
        ("13351.2", "11436.27", "84%", "contradiction"),
        ("13351.2", "11436.27", "0.86", "holds"),  # 小数形式
        ("100.00", "105.00", "100%", "question"),  # 可能按最高 100% 填列
        ("100.00", "105.00", "105%", "holds"),
        ("0.00", "5.00", "100%", "question"),
        ("0.00", "0.00", "0%", None),
        ("", "5.00", "100%", None),
    ],
)
def test_one_rate_of_execution(budget, spent, rate, expected):
    result = verdicts("execution-rates-follow", table([LABEL, BUDGET, SPENT, RATE], [row("合计", budget, spent, rate)]))
    assert result == ([expected] if expected else [])


def test_a_column_may_divide_by_the_initial_budget():
    columns = [LABEL, INITIAL, BUDGET, SPENT, RATE]
    rows = [row("甲", "100", "120", "90", "90%"), row("乙", "50", "80", "40", "80%"), row("丙", "10", "10", "9", "90%")]
    assert verdicts("execution-rates-follow", table(columns, rows)) == ["holds"] * 3
    rows.append(row("丁", "100", "120", "90", "75%"))
    assert verdicts("execution-rates-follow", table(columns, rows)) == ["holds"] * 3 + ["question"]
    rows[3] = row("丁", "100", "120", "90", "85%")
    assert verdicts("execution-rates-follow", table(columns, rows)) == ["holds"] * 3 + ["contradiction"]


def test_rates_of_two_purses_stand_beside_their_own_columns():
    columns = [LABEL]
    for purse in ("财政拨款", "其他资金"):
        columns += [
            column(f"{purse}|预算数", stage="adjusted", unit="万元"),
            column(f"{purse}|执行数", stage="actual", unit="万元"),
            column(f"{purse}|执行率", "rate", unit="%"),
        ]
    rows = [row("甲", "100", "90", "90%", "50", "10", "20%"), row("乙", "10", "9", "90%", "0", "0", "")]
    assert verdicts("execution-rates-follow", table(columns, rows)) == ["holds"] * 3


def test_a_column_that_fits_nothing_is_only_asked_about():
    rows = [row(name, "100", "90", rate) for name, rate in (("甲", "50%"), ("乙", "55%"), ("丙", "60%"))]
    assert verdicts("execution-rates-follow", table([LABEL, BUDGET, SPENT, RATE], rows)) == ["question"] * 3


def test_rates_of_completion():
    columns = [
        LABEL,
        column("年度指标值", "target", unit="人"),
        column("实际完成值", "actual", unit="人"),
        column("完成率", "rate", unit="%"),
    ]

    def of(*rows):
        return verdicts(
            "completion-rates-follow", table(columns, [row(f"指标{n}", *texts) for n, texts in enumerate(rows)])
        )

    good = ("100", "90", "90%"), ("50", "40", "80%"), ("40", "50", "100%"), ("20", "20", "100%")
    assert of(*good) == ["holds"] * 4
    assert of(*good, ("100", "90", "100%")) == ["holds"] * 4 + ["question"]  # 越少越好的也可能是 100%
    assert of(*good, ("100", "90", "95%")) == ["holds"] * 4 + ["contradiction"]
    assert of(("100", "90", "100%")) == ["question"]


def test_shares_of_the_total():
    columns = [LABEL, column("金额", unit="万元"), column("占比", "rate", unit="%")]
    rows = [
        row("合计", "300.00", "100.00%", kind="total"),
        row("甲", "100.00", "33.33%", whole=0),
        row("乙", "150.00", "50.00%", whole=0),
        row("丙", "50.00", "16.67%", whole=0),
    ]
    assert verdicts("shares-follow", table(columns, rows)) == ["holds"] * 3
    assert verdicts("shares-close", table(columns, rows)) == ["holds"]
    rows[3] = row("丙", "50.00", "17.67%", whole=0)
    assert verdicts("shares-follow", table(columns, rows)) == ["holds", "holds", "contradiction"]
    assert verdicts("shares-close", table(columns, rows)) == ["contradiction"]


def test_shares_of_the_level_above():
    columns = [LABEL, column("金额", unit="万元"), column("占比", "rate", unit="%")]
    rows = [
        row("合计", "200", "100%", kind="total"),
        row("甲类", "100", "50%", whole=0),
        row("甲一", "60", "60%", whole=1),
        row("甲二", "40", "40%", whole=1),
        row("乙类", "100", "50%", whole=0),
    ]
    assert "contradiction" not in verdicts("shares-follow", table(columns, rows))


def test_differences_of_two_years():
    columns = [
        LABEL,
        column("2022年", unit="万元", year=2022, stage="actual"),
        column("2021年", unit="万元", year=2021, stage="prior"),
        column("增减额", unit="万元"),
        column("增减率", "rate", unit="%"),
    ]
    rows = [
        row("收入", "110.00", "100.00", "10.00", "10.00%"),
        row("支出", "90.00", "100.00", "-10.00", "-10.00%"),
        row("结余", "30.00", "20.00", "10.00", "50.00%"),
    ]
    assert verdicts("changes-follow", table(columns, rows)) == ["holds"] * 3
    assert verdicts("growth-rates-follow", table(columns, rows)) == ["holds"] * 3
    rows[2] = row("结余", "30.00", "20.00", "11.00", "33.33%")
    wrong = accused(found("changes-follow", table(columns, rows)))
    assert [item.difference for item in wrong] == [Decimal("1.00")]
    assert verdicts("growth-rates-follow", table(columns, rows)) == ["holds", "holds", "contradiction"]


def test_a_fall_without_its_sign_is_asked_about():
    columns = [LABEL, SPENT, column("上年决算数", stage="prior", unit="万元"), column("增减率", "rate", unit="%")]
    rows = [row("支出", "90.00", "100.00", "10.00%"), row("收入", "120.00", "100.00", "20.00%")]
    assert verdicts("growth-rates-follow", table(columns, rows)) == ["question", "holds"]


def test_growth_from_nothing_is_asked_about():
    columns = [LABEL, SPENT, column("上年决算数", stage="prior", unit="万元"), column("增减率", "rate", unit="%")]
    assert verdicts("growth-rates-follow", table(columns, [row("支出", "90.00", "0.00", "100%")])) == ["question"]


def test_what_is_left_of_a_budget_is_no_plain_difference():
    columns = [LABEL, BUDGET, SPENT, column("结余", unit="万元")]
    rows = [row("甲", "100", "90", "10"), row("乙", "50", "40", "10"), row("丙", "40", "30", "3")]
    assert verdicts("changes-follow", table(columns, rows)) == ["holds", "holds", "contradiction"]
    assert verdicts("changes-follow", table(columns, rows[2:])) == []


def test_the_adjusted_budget():
    columns = [LABEL, INITIAL, column("调整数", stage="adjustment", unit="万元"), BUDGET]
    assert verdicts("adjusted-budgets-follow", table(columns, [row("合计", "100", "20", "130")])) == ["question"]
    rows = [row("甲", "100", "20", "120"), row("乙", "50", "-10", "40"), row("丙", "40", "0", "45")]
    assert verdicts("adjusted-budgets-follow", table(columns, rows)) == ["holds", "holds", "contradiction"]


def test_rates_that_name_what_they_divide():
    columns = [
        LABEL,
        column("编制数", unit="人"),
        column("年末实际在职人数", unit="人"),
        column("控制率", "rate", unit="%"),
    ]
    assert verdicts("named-rates-follow", table(columns, [row("本部门", "48", "45", "93.75%")])) == ["holds"]
    assert verdicts("named-rates-follow", table(columns, [row("本部门", "48", "45", "100%")])) == ["question"]
