"""Units of measure: what carries none, what carries the wrong one."""

from unit.checks.stated.builder import column, figure, found, passage, row, table, verdicts

from rongji.checks.stated.model import Mention, Passage
from rongji.kernel.place import Place
from rongji.kernel.quantity import Quantity
from rongji.kernel.reading import Reading, ReadingKind

LABEL = column("项目", "label")


def test_below_a_fen():
    """4.2150 元 has half a fen in it; 4.2100 元 only too many zeros."""
    for text, expected in (("4.2150元", ["question"]), ("4.2100元", []), ("4.21元", []), ("4.215万元", [])):
        assert verdicts("yuan-end-at-the-fen", passage(f"经费{text}", figure("三公经费", text))) == expected


def bare(text, number):
    money = figure("抚恤", "7345.98万元")
    start = text.index(number)
    reading = Reading(
        start,
        start + len(number),
        start + len(number),
        number,
        ReadingKind.BARE,
        Quantity.parse(number, "个"),
        unit_given=False,
    )
    whole = Passage(text, (Mention(reading),), ((0, Place(paragraph=3)),))
    return Passage(whole.text, (*whole.mentions, *passage(text, money).mentions), whole.places)


def test_an_amount_without_a_unit_among_amounts():
    (result,) = found(
        "amounts-name-their-unit", bare("抚恤7345.98万元；卫生健康支出271.5700；其他支出无。", "271.5700")
    )
    assert "卫生健康支出271.5700" in result.explanation
    assert result.spots[0].place.span == (18, 26)
    assert verdicts("amounts-name-their-unit", bare("抚恤7345.98万元，共3批。", "3")) == []


def test_a_table_without_a_unit():
    columns = [LABEL, column("本年", unit=""), column("上年", unit="")]
    rows = [row(name, "4.2150", "3.1100") for name in ("甲", "乙")]
    bare_cells = table(columns, rows)
    unsaid = [item.figure.quantity.unit_name for item in bare_cells.cells if item.figure]
    assert set(unsaid) == {""}
    assert verdicts("tables-name-their-unit", bare_cells) == ["question"]
    named = [LABEL, column("本年", unit="万元"), column("上年", unit="万元")]
    assert verdicts("tables-name-their-unit", table(named, rows)) == []
    counts = [row(name, "4", "3") for name in ("甲", "乙")]
    assert verdicts("tables-name-their-unit", table(columns, counts)) == []


def test_a_missing_percent_sign():
    columns = [LABEL, column("执行率", "rate", unit="%")]
    mixed = table(columns, [row("甲", "86%"), row("乙", "95")])
    assert verdicts("percentages-carry-their-sign", mixed) == ["question"]
    assert verdicts("percentages-carry-their-sign", table(columns, [row("甲", "86"), row("乙", "95")])) == []
    headed = [LABEL, column("执行率（%）", "rate", unit="%")]
    assert verdicts("percentages-carry-their-sign", table(headed, [row("甲", "86%"), row("乙", "95")])) == []


def test_the_same_digits_in_yuan_and_wan_yuan():
    columns = [LABEL, column("预算数", unit="万元"), column("执行数", unit="万元")]
    rows = [row("甲", "120.50", "1205000.00"), row("乙", "120.50", "1205.00"), row("丙", "0", "5")]
    assert verdicts("rows-keep-one-unit", table(columns, rows)) == ["question"]
