"""Chinese numerals as such: what is well formed, what it is worth."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.kernel.reading.numerals import read_numeral, read_year_figures

WORTH = """
零 0, 一 1, 两 2, 十 10, 十二 12, 二十 20, 二十五 25, 廿 20, 廿五 25, 卅 30, 一百 100, 一百零三 103, 一百〇三 103,
一百一十 110, 一百十五 115, 一百二十 120, 两百 200, 一千零五 1005, 三千零五十 3050, 三千五百 3500, 一万 10000,
一万零五十 10050, 一万二千 12000, 十万 100000, 一百零三万 1030000, 三千五百万 35000000, 一亿 100000000,
一百二十三万四千五百六十七 1234567, 一亿二千万 120000000, 一亿零五百万 105000000, 壹佰贰拾万 1200000, 伍仟零叁拾 5030,
三点五 3.5, 九十二点零五 92.05
"""
MALFORMED = "八一 五四 三五 两三 百 千 万 千万 万一 三百五 一万五 十百 二十十 一〇 二〇二一 〇五 十十 千百 亿"


@pytest.mark.parametrize("row", WORTH.replace("\n", " ").strip().split(", "))
def test_a_numeral_is_worth_what_it_says(row):
    """With 零 and without, in sections of 万 and 亿, in the capitals of vouchers."""
    numeral, worth = row.split()
    assert read_numeral(numeral) == Decimal(worth)


@pytest.mark.parametrize("text", MALFORMED.split())
def test_what_is_only_made_of_numerals_is_no_number(text):
    """八一 is a day, 千万 a power; 三百五 means 350 to some and is not read."""
    assert read_numeral(text) is None


def spelled(number: int) -> str:
    """The usual spelling of a whole number below 10^8."""
    high, low = divmod(number, 10_000)
    if high:
        tail = "" if not low else ("零" if low < 1000 else "") + spelled(low)
        return f"{spelled(high)}万{tail}"
    text, pending = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += ("零" if pending and text else "") + "一二三四五六七八九"[digit - 1] + name
        pending = not digit
    return text or "零"


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 99_999_999))
def test_every_spelled_number_is_read_back(number):
    """What one writes in characters is what is read."""
    assert read_numeral(spelled(number)) == number


@pytest.mark.parametrize(
    ("run", "year"), [("二〇二一", 2021), ("二零二二", 2022), ("二○二三", 2023), ("一九九八", 1998), ("二十一", None)]
)
def test_a_year_figure_by_figure(run, year):
    """二〇二一 is no numeral, but a year."""
    assert read_year_figures(run.replace("○", "〇")) == year
