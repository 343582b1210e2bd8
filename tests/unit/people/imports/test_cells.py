"""How cells of a roster are read: numbers that Excel cut short are refused, the rest is understood or named."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.people.imports import cells
from rongji.people.imports.cells import Grade, Identified, MaskedNumber
from rongji.people.imports.dates import Day, read_day
from rongji.people.imports.problems import CellTrouble
from rongji.people.imports.words import words
from rongji.people.synthetic import id_number

TODAY = date(2024, 10, 8)
NUMBER = id_number("990621", date(1958, 3, 5), 11)


@pytest.mark.parametrize(
    "written",
    [
        "1958-3-5", "1958.03.05", "19580305", "1958年3月5日", "1958/3/5", "１９５８－３－５", " 1958 年 3 月 5 日 ",
        "1958-03-05 00:00:00", "一九五八年3月5日", "一九五八年三月五日", 21249, 21249.0, "21249", 19580305.0,
        datetime(1958, 3, 5), date(1958, 3, 5),
    ],
)  # fmt: skip
def test_a_day_in_every_style_is_the_same_day(written):
    """What offices write and what Excel stores."""
    assert read_day(written) == Day(date(1958, 3, 5))


@pytest.mark.parametrize("written", ["1958.3", "1958-03", "1958年3月", "1958年3月份", 1958.3, "195803", 195803.0])
def test_a_month_alone_stands_as_its_first_day_and_says_so(written):
    """The day of the month is nobody's guess; the reading knows that it was not told."""
    assert read_day(written) == Day(date(1958, 3, 1), whole=False)


@pytest.mark.parametrize(
    ("written", "why"),
    [
        ("58.3", "两位"), (58.3, "两位"), ("58-3-5", "两位"), (1958.1, "1 月还是 10 月"), ("1958", "只有年份"),
        (1958.0, "只有年份"), ("1958-13-01", "没有1958年13月"), ("1958-2-30", "没有1958年2月30日"),
        ("不知道", "不是日期"),
        (12.5, "两位"), (True, "不是日期"), ("3019-01-01", "年份不可能"),
    ],
)  # fmt: skip
def test_what_could_be_several_days_or_none_is_refused(written, why):
    """Never guessed: two-digit years, the nought that Excel drops, days that no calendar has."""
    with pytest.raises(CellTrouble) as refusal:
        read_day(written)
    assert why in refusal.value.what
    assert refusal.value.remedy.startswith("请")


def test_days_counted_from_1904():
    """Workbooks of old Macs count from another day."""
    assert read_day(19787, starts_1904=True) == Day(date(1958, 3, 5))


@pytest.mark.parametrize("written", [NUMBER, NUMBER.lower(), f" {NUMBER[:6]} {NUMBER[6:]}", f"'{NUMBER}"])
def test_an_id_number_is_read_however_it_is_typed(written):
    """Blanks, quotes and a small x do not matter."""
    assert cells.read_id_number(written, TODAY) == Identified(cells.read_identity_number(NUMBER))


def test_full_width_digits_are_digits():
    """As input methods type them."""
    wide = "".join(chr(ord(char) + 0xFEE0) for char in NUMBER)
    assert cells.read_id_number(wide, TODAY).number.text == NUMBER


def test_fifteen_places_are_upgraded_and_kept_for_the_clerk_to_see():
    """Text or number: fifteen digits are still exact in Excel."""
    for written in ("990621580305001", 990621580305001.0):
        found = cells.read_id_number(written, TODAY)
        assert found.number.text.startswith("99062119580305001")
        assert found.upgraded_from == "990621580305001"


@pytest.mark.parametrize(
    "written", ["4.30621E+17", "4.30621e17", "4.30621195803051E+17", 4.30621195803051e17, 430621195803051000]
)
def test_a_number_that_excel_cut_short_is_refused_with_the_way_to_mend_it(written):
    """Scientific notation and numbers of more than fifteen digits have lost their end."""
    for read in (lambda value: cells.read_id_number(value, TODAY), cells.read_account):
        with pytest.raises(CellTrouble) as refusal:
            read(written)
        assert "文本" in refusal.value.remedy


def test_the_tell_tale_noughts_of_a_cut_number_are_named():
    """A number turned back into text ends in 000 and fails its check character."""
    with pytest.raises(CellTrouble) as refusal:
        cells.read_id_number("430621195803051000", TODAY)
    assert "000" in refusal.value.what


@pytest.mark.parametrize(
    ("written", "grade", "cause"),
    [
        ("七级", 7, ""),
        ("7级", 7, ""),
        (7.0, 7, ""),
        ("柒级", 7, ""),
        ("因公七级", 7, "因公"),
        ("十", 10, ""),
        ("残疾10级", 10, ""),
    ],
)
def test_grades_as_they_are_written(written, grade, cause):
    """The cause may stand in the same cell."""
    assert cells.read_grade(written) == Grade(grade, cause)


@pytest.mark.parametrize("written", ["二等乙级", "特等", "十一级", "0", "重残"])
def test_what_is_no_grade_is_refused(written):
    """Grades of before 2004 have to be read off the new certificate."""
    with pytest.raises(CellTrouble):
        cells.read_grade(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [("张 三", "张三"), ("　李　四 ", "李四"), ("买买提•吐尔逊", "买买提·吐尔逊"), ("欧阳\n建国", "欧阳建国")],
)
def test_names_without_what_stretches_them(written, read):
    """Blanks inside a name are the typist's."""
    assert cells.read_name(written) == read


@pytest.mark.parametrize("written", ["张三1", "张三（已故）", "13800138000"])
def test_a_name_with_something_else_in_it_is_refused(written):
    """A remark belongs into the remarks."""
    with pytest.raises(CellTrouble):
        cells.read_name(written)


@pytest.mark.parametrize(
    ("written", "read"),
    [("13800138000", "13800138000"), (13800138000.0, "13800138000"), ("138-0013-8000", "13800138000"),
     ("0730-7612345", "07307612345"), ("+86 13800138000", "13800138000"), ("13800138000/07307612345", "13800138000")],
)  # fmt: skip
def test_telephone_numbers(written, read):
    """Of several the first."""
    assert cells.read_phone(written) == read


def test_a_wrong_telephone_number_is_a_warning():
    """It is left out, and nothing stops."""
    with pytest.raises(CellTrouble) as refusal:
        cells.read_phone("1380013")
    assert refusal.value.level == "warning"


@pytest.mark.parametrize(
    ("written", "years"), [("5", 5), (5.0, 5), ("5年", 5), ("4年3个月", 5), ("3.5", 4), ("2年零1个月", 3)]
)
def test_a_part_of_a_year_of_service_counts_as_a_whole_one(written, years):
    """As the allowance is reckoned."""
    assert cells.read_years(written) == years


def test_a_masked_number_knows_what_it_may_stand_for():
    """Stars from our own export."""
    masked = cells.read_id_number("990621********0119", TODAY)
    assert masked == MaskedNumber("990621********0119")
    assert masked.fits("990621195803050119")
    assert not masked.fits("990621195803050118")


VALUES = st.one_of(
    st.text(max_size=30), st.floats(allow_nan=False, allow_infinity=False), st.booleans(), st.none(), st.dates(),
    st.datetimes(), st.integers(), st.from_regex(r"\d{4}[-./年]\d{1,2}[-./月]?\d{0,2}", fullmatch=True),
    st.from_regex(r"[\d*]{10,20}[xX]?", fullmatch=True),
)  # fmt: skip
READERS = (
    read_day, cells.read_name, lambda value: cells.read_id_number(value, TODAY), cells.read_account, cells.read_phone,
    lambda value: cells.read_sex(value, words()), lambda value: cells.read_cause(value, words()), cells.read_grade,
    cells.read_years, lambda value: cells.read_words(value, 40),
)  # fmt: skip


@given(VALUES)
@settings(max_examples=100)
def test_whatever_stands_in_a_cell_is_read_or_refused_in_words(value):
    """Nothing breaks a reader."""
    for read in READERS:
        try:
            read(value)
        except CellTrouble as trouble:
            assert trouble.what and trouble.remedy


def test_months_and_days_in_words():
    """十二月三十一日 as offices write it; a stroke left at the end changes nothing."""
    assert read_day("一九五八年十二月三十一日") == Day(date(1958, 12, 31))
    assert read_day("一九五八年十月二十日") == Day(date(1958, 10, 20))
    assert read_day("1958/12/") == Day(date(1958, 12, 1), whole=False)
