"""Relations that no heading states and most rows bear out."""

from unit.checks.stated.builder import accused, column, found, row, table, verdicts

LABEL = column("项目", "label")
QUARTERS = [LABEL, *(column(f"{n}季度", unit="万元") for n in "一二三四"), column("累计拨付", unit="万元")]


def test_a_running_total():
    rows = [
        row("优抚", "300.00", "300.00", "300.00", "250.00", "1150.00"),
        row("安置", "100.00", "200.00", "300.00", "200.00", "800.00"),
    ]
    check = "columns-follow-their-neighbours"
    assert verdicts(check, table(QUARTERS, rows)) == ["holds", "holds"]
    rows.append(row("双拥", "10.00", "20.00", "30.00", "40.00", "110.00"))
    assert verdicts(check, table(QUARTERS, rows)) == ["holds", "holds", "question"]
    rows += [row(name, "1.00", "2.00", "3.00", "4.00", "10.00") for name in ("甲", "乙")]
    assert len(accused(found(check, table(QUARTERS, rows)))) == 1


def test_a_total_of_something_else_is_left_alone():
    rows = [row("优抚", "1.00", "2.00", "3.00", "4.00", "77.00"), row("安置", "1.00", "2.00", "3.00", "4.00", "88.00")]
    assert verdicts("columns-follow-their-neighbours", table(QUARTERS, rows)) == []


def test_what_is_left():
    columns = [LABEL, column("账面原值", unit="万元"), column("累计折旧", unit="万元"), column("账面净值", unit="万元")]
    rows = [
        row("房屋", "1500.00", "400.00", "1100.00"),
        row("车辆", "60.00", "45.00", "15.00"),
        row("设备", "85.20", "50.10", "35.10"),
    ]
    assert verdicts("columns-follow-their-neighbours", table(columns, rows)) == ["holds"] * 3


def test_a_rate_of_two_columns():
    columns = [LABEL, column("采集人数", unit="人"), column("发证数", unit="人"), column("发证率", "rate", unit="%")]
    rows = [
        row("城关镇", "1200", "1180", "98.33%"),
        row("东湖镇", "800", "760", "95.00%"),
        row("合计", "2000", "1940", "97.00%"),
    ]
    check = "rates-follow-their-neighbours"
    assert verdicts(check, table(columns, rows)) == ["holds"] * 3
    rows[1] = row("东湖镇", "800", "760", "90.00%")
    assert verdicts(check, table(columns, rows)) == ["holds", "question", "holds"]


def test_coarse_rates_need_more_witnesses():
    columns = [LABEL, column("甲数", unit="人"), column("乙数", unit="人"), column("某率", "rate", unit="%")]
    rows = [row("一", "100", "50", "50%"), row("二", "10", "8", "80%")]
    assert verdicts("rates-follow-their-neighbours", table(columns, rows)) == []


def test_people_times_norm():
    columns = [LABEL, column("人数", unit="人"), column("年人均标准", unit="元"), column("金额", unit="万元")]
    rows = [
        row("伤残军人", "120", "9600", "115.20"),
        row("三属", "50", "24000", "120.00"),
        row("在乡", "30", "18000", "54.00"),
    ]
    assert verdicts("columns-follow-their-neighbours", table(columns, rows)) == ["holds"] * 3
    rows[2] = row("在乡", "30", "18000", "64.00")
    assert verdicts("columns-follow-their-neighbours", table(columns, rows)) == ["holds", "holds", "question"]
