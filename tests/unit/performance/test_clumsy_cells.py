"""What a clerk may type into a number cell, what becomes of it, and what the refusal says to write instead."""

from decimal import Decimal

import pytest

from rongji.documents.readers.workbook.raw import CellKind, RawCell
from rongji.kernel.figure import Nil
from rongji.kernel.units import unit
from rongji.performance.workbook.numbers import read_number
from rongji.performance.workbook.problems import CellTrouble

T, N, P, D, E, B = (
    CellKind.TEXT,
    CellKind.NUMBER,
    CellKind.PERCENT,
    CellKind.DATE,
    CellKind.ERROR,
    CellKind.BOOLEAN,
)

UNDERSTOOD = [
    # kind, content, unit, value, places, printed
    (T, "633.70", "万元", "633.70", 2, "633.70"),
    (T, " 633.70 ", "万元", "633.70", 2, "633.70"),
    (T, "633.70　", "万元", "633.70", 2, "633.70"),
    (T, "９６９２．７８", "万元", "9692.78", 2, "９６９２．７８"),
    (T, "1,234.50", "万元", "1234.50", 2, "1,234.50"),
    (T, "1，234.50", "万元", "1234.50", 2, "1，234.50"),
    (T, "470人", "人", "470", 0, "470人"),
    (T, "86%", "%", "86", 0, "86%"),
    (T, "86.0％", "%", "86.0", 1, "86.0％"),
    (T, "0.5%", "%", "0.5", 1, "0.5%"),
    (T, "86", "%", "86", 0, "86"),
    (T, "0", "%", "0", 0, "0"),
    (N, "633.7", "万元", "633.7", 1, "633.7"),
    (N, "9692.786137", "万元", "9692.786137", 6, "9692.786137"),
    (N, "470", "人", "470", 0, "470"),
    (P, "86", "%", "86", 0, "86%"),
    (T, "0", "万元", "0", 0, "0"),
]


@pytest.mark.parametrize(("kind", "text", "unit_name", "value", "places", "printed"), UNDERSTOOD)
def test_a_number_is_taken_exactly_as_it_was_stated(kind, text, unit_name, value, places, printed):
    """Text or number, full width or half: value, places and the printed text are kept."""
    stated = read_number(RawCell("B4", kind, text), unit(unit_name))
    assert stated is not None
    assert stated.quantity is not None
    assert (stated.quantity.value, stated.quantity.places) == (Decimal(value), places)
    assert stated.printed == printed


@pytest.mark.parametrize(
    ("text", "nil"), [("无", Nil.NONE), ("－", Nil.DASH), ("-", Nil.DASH), ("—", Nil.DASH), ("/", Nil.DASH)]
)
def test_the_words_for_no_number_are_kept_apart(text, nil):
    """无 says there is none, － says it does not apply; a blank cell says nothing at all."""
    stated = read_number(RawCell("B4", T, text), unit("万元"))
    assert stated is not None
    assert (stated.quantity, stated.nil, stated.printed) == (None, nil, text)
    assert read_number(RawCell("B4"), unit("万元")) is None


REFUSED = [
    # kind, content, unit, what the clerk is told is wrong, what to write
    (T, "达标", "万元", "不是数字", "请填阿拉伯数字"),
    (T, "4.3E+17", "万元", "科学计数法", "12345.67"),
    (T, "1.2.3", "万元", "不是数字", "请填阿拉伯数字"),
    (T, "12,34", "万元", "不是数字", "请填阿拉伯数字"),
    (T, "1 234.5", "万元", "中间有空格", "请写 1234.5"),
    (T, "约5000", "人", "约数词“约”", "请只填 5000"),
    (T, "5000余", "人", "约数词“余”", "请只填 5000"),
    (T, "5000余人", "人", "约数词“余”", "请只填 5000"),
    (T, "12500元", "万元", "计量单位与本栏不同", "请写 1.2500"),
    (T, "0.3万", "元", "计量单位与本栏不同", "请写 3000"),
    (T, "3家", "人", "计量单位与本栏不同", "换算后只填数字"),
    (T, "(12.5)", "万元", "负号写法", "请写 -12.5"),
    (T, "△12.5", "万元", "负号写法", "请写 -12.5"),
    (T, "-3", "人", "不可能为负", "零或正数"),
    (N, "-3", "万元", "不可能为负", "零或正数"),
    (T, "0.86", "%", "可能是 86%", "请写成 86%（或 0.86%）"),
    (N, "0.86", "%", "可能是 86%", "请写成 86%（或 0.86%）"),
    (N, "1", "%", "可能是 100%", "请写成 100%（或 1%）"),
    (P, "86", "万元", "百分比格式", "改为“常规”"),
    (D, "2021-05-01", "万元", "被当作日期", "改为“常规”"),
    (E, "#REF!", "万元", "公式出错（#REF!）", "修正公式"),
    (B, "是", "人", "是/否", "请填数字"),
]


@pytest.mark.parametrize(("kind", "text", "unit_name", "what", "remedy"), REFUSED)
def test_what_cannot_be_taken_is_refused_with_what_to_write_instead(kind, text, unit_name, what, remedy):
    """Nothing is guessed: the sentence names the trouble and the remedy shows the right way to write it."""
    with pytest.raises(CellTrouble) as refusal:
        read_number(RawCell("B4", kind, text), unit(unit_name))
    assert what in refusal.value.what
    assert remedy in refusal.value.remedy


def test_a_percentage_without_its_format_is_never_guessed():
    """Where the file does not tell how a number is shown, even 1.05 may be 105%."""
    cell = RawCell("B4", N, "1.05", format_known=False)
    with pytest.raises(CellTrouble, match=r"无法判断 1\.05 是比例还是百分数") as refusal:
        read_number(cell, unit("%"))
    assert "105%" in refusal.value.remedy


def test_a_change_may_be_negative():
    """An adjustment, a balance or a growth rate may fall below zero; minus signs of any width are understood."""
    for text in ("-12.5", "−12.5", "－12.5"):
        stated = read_number(RawCell("B4", T, text), unit("万元"), may_be_negative=True)
        assert stated is not None and stated.quantity is not None
        assert stated.quantity.value == Decimal("-12.5")


def test_excel_drops_the_zeros_of_a_printed_number():
    """633.7 in a General cell shows the places that the bureau's tables print; a format of its own wins."""
    cell = RawCell("B4", N, "633.7")
    assert read_number(cell, unit("万元"), money_places=2).quantity.places == 2
    assert read_number(RawCell("B4", N, "633.7", places=1), unit("万元"), money_places=2).quantity.places == 1
    assert read_number(RawCell("B4", T, "633.7"), unit("万元"), money_places=2).quantity.places == 1


WORTH_A_LOOK = [
    (RawCell("B4", T, "425.3586876"), "万元", "折合不是整分"),
    (RawCell("B4", T, "12.5"), "人", "不是整数"),
    (RawCell("B4", N, "9692.786137", places=2), "万元", "显示为 9692.79"),
]


@pytest.mark.parametrize(("cell", "unit_name", "doubt"), WORTH_A_LOOK)
def test_a_doubtful_number_is_taken_and_pointed_out(cell, unit_name, doubt):
    """A printed contradiction stays as printed; the checks name it later."""
    stated = read_number(cell, unit(unit_name))
    assert stated.quantity.value == Decimal(cell.text)
    assert [doubt in item.what for item in stated.doubts] == [True]
