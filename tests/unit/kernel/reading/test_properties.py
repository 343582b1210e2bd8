"""What holds for every text: printing and reading back, order without overlap, linear cost."""

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.kernel.quantity import Quantity, group_thousands
from rongji.kernel.reading import ReadingKind, read_numbers

MONEY = ("元", "万元", "亿元")
COUNTS = ("人", "名", "户", "件", "人次", "批次", "场次", "个", "支", "块", "座", "份", "小时", "平方米")
FULL_WIDTH = str.maketrans("0123456789.", "０１２３４５６７８９．")
BEFORE = ("约", "近", "超过", "不少于", "至少", "不足", "不超过")
AFTER = ("以上", "以内", "左右", "以下")

quantities = st.one_of(
    st.builds(
        lambda units, places, name: Quantity(Decimal(units).scaleb(-places), name, places),
        st.integers(1, 10**9),
        st.integers(0, 6),
        st.sampled_from((*MONEY, "%")),
    ),
    st.builds(lambda n, name: Quantity(Decimal(n), name, 0), st.integers(1, 10**6), st.sampled_from(COUNTS)),
)


@st.composite
def printings(draw):
    """A quantity, one of the ways to print it, and the approximating word that is part of the print."""
    quantity = draw(quantities)
    number = group_thousands(quantity.value, quantity.places, grouping=draw(st.booleans()))
    if draw(st.booleans()):
        number = number.translate(FULL_WIDTH)
    unit_name = "％" if quantity.unit_name == "%" and draw(st.booleans()) else quantity.unit_name
    gap = draw(st.sampled_from(("", " ", "\u3000", "\n")))
    word = draw(st.sampled_from(("", *BEFORE, *AFTER)))
    before, after = (word, "") if word in BEFORE else ("", word)
    return quantity, f"{before}{number}{gap}{unit_name}{after}", word


@settings(max_examples=100, deadline=None)
@given(
    printings(),
    st.sampled_from(("支出", "，共计", "资金", "达到", "其中：")),
    st.sampled_from(("。", "，用于慰问", "；", "）")),
)
def test_a_printed_quantity_is_read_back_wherever_it_stands(printing, left, right):
    """Full width, separators, spaces, line ends, approximating words: the same quantity, exactly its own print."""
    quantity, printed, word = printing
    (reading,) = read_numbers(f"{left}{printed}{right}")
    assert (reading.kind, reading.quantity, reading.vague) == (ReadingKind.QUANTITY, quantity, word)
    assert reading.printed == printed


ALPHABET = (
    "0123456789０９一二三十百万两第年月日号人次万元亿个%％.．,，、。；：:（）()〔〕-－—~至约近余多以上 \n\u3000“”·+/①"
    "是其中支出项目热线Aa"
)


@settings(max_examples=100, deadline=None)
@given(st.text(ALPHABET, max_size=60), st.sampled_from(("", "万元", "人")))
def test_readings_of_any_text_stand_in_order_and_print_what_they_cover(text, unit_name):
    """Nothing overlaps, nothing is empty, nothing is lost between text and print; no text makes the reader fail."""
    readings = read_numbers(text, unit_name=unit_name)
    ends = [0, *(item.end for item in readings)]
    for end, item in zip(ends, readings, strict=False):
        assert end <= item.start < item.end <= len(text)
        assert item.start <= item.number_end <= item.end
        assert item.printed == text[item.start : item.end]
        assert (item.upper is not None) == (item.kind is ReadingKind.RANGE)
        assert not item.trouble or item.quantity is None


@settings(max_examples=60, deadline=None)
@given(st.lists(printings(), min_size=1, max_size=5))
def test_every_quantity_of_a_sentence_is_read_once(printed):
    """As many readings as quantities, in their order."""
    text = "，".join(f"项目{'甲乙丙丁戊'[n]}支出{item[1]}" for n, item in enumerate(printed)) + "。"
    assert [item.quantity for item in read_numbers(text)] == [item[0] for item in printed]


# Texts in which hardly anything can be read for certain, and a careless reader looks far ahead at every character.
HOSTILE = (
    *("1", "1,", "1,234,", "1，234", "1.1.", "1-", "1 2 ", "1 234 ", "1\n", "1+", "1:", "1、", "1   ", "(1", "a1"),
    *("一", "一二三四", "百", "第1、", "一、"),
)


def seconds(text):
    """The least time of three readings."""
    taken = []
    for _ in range(3):
        begin = time.process_time()
        read_numbers(text)
        taken.append(time.process_time() - begin)
    return min(taken)


@pytest.mark.parametrize("piece", ["支出约1,234.56万元，惠及二十五名、40-60%；", *HOSTILE])
def test_the_cost_is_linear(piece):
    """Sixteen times the text costs about sixteen times the time, also where nothing can be read for certain."""
    few, many = seconds(piece * 200), seconds(piece * 3200)
    assert many < max(few, 0.001) * 16 * 4
