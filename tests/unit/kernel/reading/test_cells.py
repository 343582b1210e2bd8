"""A table cell: the one number it states, or why it states none."""

from decimal import Decimal

import pytest

from rongji.kernel.figure import Nil
from rongji.kernel.reading import ReadingKind, read_cell

# text, unit of the column, quantity in words (`?`: its unit is not known), approximating word
NUMBERS = [
    ("13351.2\u3000", "万元", "13351.2万元", ""),
    ("\u300011436.3", "万元", "11436.3万元", ""),
    ("13351.2", "", "13351.2?", ""),
    ("86%", "万元", "86%", ""),
    ("100.00%", "", "100.00%", ""),
    ("12.5 %", "", "12.5%", ""),
    ("100", "%", "100%", ""),
    ("0", "", "0?", ""),
    ("0.00", "万元", "0.00万元", ""),
    ("4113人", "", "4113人", ""),
    ("4113\n人", "", "4113人", ""),
    ("4113人次", "人", "4113人次", ""),
    ("17个街道（镇）", "", "17个", ""),
    ("10台（套）", "", "10台", ""),
    ("12（含借调3人）", "人", "12人", ""),
    ("5（其中：女2）", "人", "5人", ""),
    ("≥95%", "", "95%", "以上"),
    ("≥4113", "人", "4113人", "以上"),
    (">=90%", "", "90%", "以上"),
    ("＜5%", "", "5%", "以下"),
    ("≤30日", "", "30日", "以下"),
    ("30日内", "", "30日", "以内"),
    ("24小时内", "", "24小时", "以内"),
    ("95%以上", "", "95%", "以上"),
    ("不少于5场次", "", "5场次", "不少于"),
    ("约3096万元", "", "3096万元", "约"),
    ("满意度达90%", "", "90%", ""),
    ("对发放及时性的满意度100%", "", "100%", ""),
    ("100%达标", "", "100%", ""),
    ("9691.647591万元", "", "9691.647591万元", ""),
    ("1.5万元", "元", "1.5万元", ""),
    ("0.3万", "万元", "0.3万元", ""),
    ("2万余", "人", "2万人", "余"),
    ("1,234.50", "元", "1234.50元", ""),
    ("1 234.56", "元", "1234.56元", ""),
    ("１２３．４５", "万元", "123.45万元", ""),
    ("-12.5", "万元", "-12.5万元", ""),
    ("－12.5", "万元", "-12.5万元", ""),
    ("−12.5%", "", "-12.5%", ""),
    ("+3.2%", "", "3.2%", ""),
    ("（123.45）", "万元", "-123.45万元", ""),
    ("(1,234.50)", "元", "-1234.50元", ""),
    ("(123)", "元", "-123元", ""),
    ("9594.0250\n54", "万元", "9594.025054万元", ""),
    ("13351\n.2", "万元", "13351.2万元", ""),
    ("13351.\n2", "万元", "13351.2万元", ""),
    ("12345", "元", "12345元", ""),
    ("2080801", "元", "2080801元", ""),
    ("2021", "万元", "2021万元", ""),
    ("3级", "", "3级", ""),
    ("五人", "", "5人", ""),
    ("每人500元", "", "500元", ""),
    ("5次/年", "", "5次", ""),
    ("1200 ㎡", "", "1200平方米", ""),
]


@pytest.mark.parametrize(("text", "unit_name", "expected", "vague"), NUMBERS)
def test_a_cell_that_states_a_number(text, unit_name, expected, vague):
    """Its own unit comes before the unit of the column; what it says about the number is kept."""
    quantity, nil, reading = read_cell(text, unit_name)
    assert nil is None
    assert f"{quantity}{'' if quantity.unit_name else '?'}" == expected
    assert reading.vague == vague
    assert reading.kind is (ReadingKind.QUANTITY if quantity.unit_name else ReadingKind.BARE)


NO_NUMBER = [
    ("", "", Nil.BLANK),
    ("\u3000 \n", "", Nil.BLANK),
    ("－", "", Nil.DASH),
    ("—", "万元", Nil.DASH),
    ("——", "", Nil.DASH),
    ("-", "万元", Nil.DASH),
    ("/", "", Nil.DASH),
    ("不适用", "", Nil.DASH),
    ("无", "万元", Nil.NONE),
    ("无。", "", Nil.NONE),
    ("暂无", "", Nil.NONE),
    ("达标", "", Nil.WORD),
    ("保质保量", "", Nil.WORD),
    ("优", "", Nil.WORD),
    ("（3）", "万元", Nil.WORD),
    ("2021年", "", Nil.WORD),
    ("12月底前", "", Nil.WORD),
    ("40-60%", "", Nil.WORD),
    ("5人、3户", "", Nil.WORD),
    ("8.6\n10", "万元", Nil.WORD),
    ("12.50 13", "万元", Nil.WORD),
    ("指标1：优抚对象", "", Nil.WORD),
    ("一级", "", Nil.WORD),
    ("2080801", "", Nil.WORD),
    ("0730-1234567", "", Nil.WORD),
    ("4.3E+17", "", Nil.WORD),
    ("#DIV/0!", "万元", Nil.WORD),
    ("见附件1", "", Nil.WORD),
    ("完成4113人，完成率100%", "", Nil.WORD),
    ("全年按照有关规定及时足额发放各类补助资金共计100万元", "", Nil.WORD),
]


@pytest.mark.parametrize(("text", "unit_name", "nil"), NO_NUMBER)
def test_a_cell_that_states_no_number_says_why(text, unit_name, nil):
    """Blank, dash, 无 and words are four different things; several numbers are not one."""
    assert read_cell(text, unit_name)[:2] == (None, nil)


def test_what_else_a_cell_holds_is_told():
    """A range or a date is no single number, but its reading is there to look at."""
    _, _, reading = read_cell("40-60%")
    assert (reading.kind, reading.quantity.value, reading.upper.value) == (ReadingKind.RANGE, Decimal(40), Decimal(60))
    assert read_cell("2022年12月31日前")[2].year == 2022


def test_an_inherited_unit_is_told_apart_from_a_printed_one():
    """The unit of a header is not printed in the cell."""
    assert read_cell("86", "%")[2].unit_given is False
    assert read_cell("86%", "%")[2].unit_given is True
