"""One mistake behind several findings of a document: named once, whatever the keys, in time linear in their number."""

from unit.checks.stated.builder import column, document, figure, passage, row, table

from rongji.checks.causes import grouped
from rongji.checks.registry import document_checks
from rongji.kernel.finding import Verdict


def audited(*pieces):
    said = document(*pieces)
    return grouped([found for check in document_checks() for found in check.findings(said)])


def long_table(rows, wrong=None, spoilt=None):
    """A table of many blocks of three rows, each with a total; one cell may be wrong."""
    columns = [column("项目", "label"), column("本级", unit="万元", whole=3), column("下级", unit="万元", whole=3)]
    columns.append(column("合计", unit="万元"))
    lines = []
    for block in range(rows):
        top = len(lines)
        lines.append(row(f"第{block}类", "30.00", "60.00", "90.00"))
        for part in range(3):
            cells = ["10.00", "20.00", "30.00"]
            if (block, part) == wrong:
                cells[0] = "17.00"
            if spoilt and block % spoilt == 0 and part == 0:
                cells[1] = f"{21 + block}.00"
            lines.append(row(f"项目{block}.{part}", *cells, whole=top))
    return table(columns, lines)


def test_one_cell_breaks_its_row_and_its_column():
    result = audited(long_table(3, wrong=(1, 2)))
    broken = [item for item in result if item.verdict is Verdict.CONTRADICTION]
    assert len(broken) == 2
    assert len({item.group for item in broken}) == 1
    assert "17.00 万元若为 10.00 万元" in broken[0].proposal


def test_a_sum_and_a_rate_with_the_same_cause():
    columns = [
        column("项目", "label"),
        column("预算数", stage="adjusted", unit="万元"),
        column("执行数", stage="actual", unit="万元"),
        column("执行率", "rate", unit="%"),
    ]
    rows = [
        row("合计", "300.00", "250.00", "83.33%", kind="total"),
        row("甲", "100.00", "90.00", "90.00%", whole=0),
        row("乙", "100.00", "87.00", "80.00%", whole=0),
        row("丙", "100.00", "80.00", "80.00%", whole=0),
    ]
    broken = [item for item in audited(table(columns, rows)) if item.verdict is Verdict.CONTRADICTION]
    assert {item.check for item in broken} == {"rows-add-up", "execution-rates-follow"}
    assert {item.group for item in broken} == {"cause-1"}
    assert "87.00 万元若为 80.00 万元" in broken[0].proposal


def test_the_same_fact_wrong_in_the_table_and_right_in_the_text():
    columns = [column("项目", "label"), column("执行数", stage="actual", unit="万元")]
    key = "支出合计:actual#year:2021"
    rows = [
        row("支出合计", "120.00", kind="total", keys=(key,)),
        row("基本支出", "30.00", whole=0),
        row("项目支出", "80.00", whole=0),
    ]
    said = passage("支出合计110.00万元。", figure(key, "110.00万元"))
    broken = [item for item in audited(table(columns, rows), said) if item.verdict is Verdict.CONTRADICTION]
    assert len(broken) == 2
    assert {item.group for item in broken} == {"cause-1"}


def test_causes_of_thousands_of_relations():
    said = document(long_table(500, spoilt=5))
    found = [finding for check in document_checks() for finding in check.findings(said)]
    assert len(found) > 5 * 500
    assert any(item.group for item in grouped(found))
