"""Tables that run down the page are held to the same definitions as columns are."""

from unit.checks.stated.builder import accused, column, found, row, table, verdicts

LABEL = column("项目", "label")
UNITS = [LABEL, column("局机关", unit="万元"), column("光荣院", unit="万元"), column("合计", unit="万元")]


def test_years_one_under_the_other():
    rows = [
        row("本年支出", "110.00", "90.00", "200.00"),
        row("上年支出", "100.00", "100.00", "200.00"),
        row("增减额", "10.00", "-10.00", "0.00"),
        row("增长率", "10.00%", "-10.00%", "0.00%"),
    ]
    assert verdicts("changes-follow", table(UNITS, rows)) == ["holds"] * 3
    assert verdicts("growth-rates-follow", table(UNITS, rows)) == ["holds"] * 3
    rows[2] = row("增减额", "10.00", "-12.00", "0.00")
    assert len(accused(found("changes-follow", table(UNITS, rows)))) == 1


def test_a_rate_under_its_amounts():
    pairs = [LABEL, column("内容", unit="万元")]
    rows = [row("预算金额", "498.10"), row("实际支出", "484.90"), row("执行率", "97.35%")]
    assert verdicts("execution-rates-follow", table(pairs, rows)) == ["holds"]
    rows[2] = row("执行率", "91.35%")
    assert verdicts("execution-rates-follow", table(pairs, rows)) == ["contradiction"]


def test_what_is_left_under_income_and_spending():
    check = "columns-follow-their-neighbours"
    rows = [
        row("收入", "980.00", "1090.00", "1210.00"),
        row("支出", "950.00", "1080.00", "1190.00"),
        row("结余", "30.00", "10.00", "20.00"),
    ]
    assert verdicts(check, table(UNITS, rows)) == ["holds"] * 3
    rows[2] = row("结余", "30.00", "10.00", "50.00")
    assert verdicts(check, table(UNITS, rows)) == ["holds", "holds", "question"]


def test_other_tables_are_left_as_they_are():
    rows = [row("抚恤", "1.00", "2.00", "3.00"), row("安置", "4.00", "5.00", "9.00")]
    assert verdicts("changes-follow", table(UNITS, rows)) == []
