"""Citizen identity numbers: GB 11643-1999, checked digit by digit, with a sentence for every fault."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongji.kernel.identity_number import (
    IdentityNumberUnfit,
    check_character,
    normalized,
    read_identity_number,
)

# The two specimens printed in the standard itself.
SPECIMENS = [
    ("11010519491231002X", date(1949, 12, 31), False),
    ("440524188001010014", date(1880, 1, 1), True),
]


@pytest.mark.parametrize(("text", "born", "is_male"), SPECIMENS)
def test_the_specimens_of_the_standard_are_right(text, born, is_male):
    """Birth from places 7 to 14, sex from the 17th: odd for men."""
    number = read_identity_number(text)
    assert (number.text, number.born_on, number.is_male) == (text, born, is_male)


AS_TYPED = [
    ("small x", "11010519491231002x"),
    ("full-width digits", "１１０１０５１９４９１２３１００２Ｘ"),
    ("blanks", " 110105 19491231 002X "),
    ("an apostrophe, as spreadsheets put it before text", "'11010519491231002X"),
    ("dashes", "110105-19491231-002X"),
]


@pytest.mark.parametrize("text", [text for _, text in AS_TYPED], ids=[name for name, _ in AS_TYPED])
def test_numbers_are_read_as_people_type_them(text):
    """One number, however it was typed."""
    assert read_identity_number(text).text == "11010519491231002X"


UPGRADES = [
    ("born in the 1900s", "110105491231002", "11010519491231002X"),
    ("serial 996: turned a hundred before the cards", "430122881230996", "430122188812309967"),
]


@pytest.mark.parametrize(("short", "long"), [row[1:] for row in UPGRADES], ids=[row[0] for row in UPGRADES])
def test_fifteen_places_become_eighteen(short, long):
    """Century put in, check character added."""
    assert read_identity_number(short).text == long[:17] + check_character(long[:17])
    assert read_identity_number(short).text[:10] == long[:10]


def test_an_area_code_that_no_longer_exists_is_kept():
    """430122 became 430112 in 2011; people keep the number they were given."""
    body = "43012219520615001"
    assert read_identity_number(body + check_character(body)).text.startswith("430122")


FAULTS = [
    ("4.30621E+17", "科学记数.*已经丢失"),
    ("4.30621e17", "科学记数"),
    ("43062119520615001", "有 17 位，应为 18 位"),
    ("4306211952061500112", "有 19 位"),
    ("", "有 0 位"),
    ("43O621195206150011", "第 3 位“O”不是数字"),
    ("110105194912310O2X", "第 16 位“O”不是数字"),
    ("110105194912310021", "校验码不符"),
    ("110105194921310023", "1949年21月31日 不存在"),
    ("110105194902300023", "1949年2月30日 不存在"),
    ("11010519491231002A", "应为数字或 X"),
    ("110105494231002", "1949年42月31日 不存在"),
    ("11010519491231X02X", "第 15 位“X”不是数字"),
    ("110105194٩12310029", "不是数字"),
]


@pytest.mark.parametrize(("text", "says"), FAULTS)
def test_every_fault_is_told_in_words(text, says):
    """And the sentence does not print the number itself."""
    with pytest.raises(IdentityNumberUnfit, match=says) as refused:
        read_identity_number(text)
    assert len(text) < 12 or normalized(text) not in str(refused.value)


def test_a_birth_after_the_day_of_reading_is_refused():
    """On the day itself it is right."""
    body = "43062120240315001"
    number = body + check_character(body)
    assert read_identity_number(number, on=date(2024, 3, 15)).born_on == date(2024, 3, 15)
    with pytest.raises(IdentityNumberUnfit, match="在今天之后"):
        read_identity_number(number, on=date(2024, 3, 14))


areas = st.integers(110000, 999999).map(str)
births = st.dates(date(1900, 1, 1), date(2024, 12, 31))
serials = st.integers(0, 995)


@given(areas, births, serials)
def test_what_is_made_is_read_back(area, born, serial):
    """Round trip for any area, birth and serial."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    number = read_identity_number(body + check_character(body))
    assert (number.text[:6], number.born_on, number.is_male) == (area, born, serial % 2 == 1)


@given(areas, st.dates(date(1900, 1, 1), date(1999, 12, 31)), serials)
def test_the_short_form_leads_to_the_long_one(area, born, serial):
    """A person has one number, in whichever form the papers give it."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    assert read_identity_number(body[:6] + body[8:]).text == body + check_character(body)


@given(areas, births, serials, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_never_passes(area, born, serial, place, shift):
    """The check character catches every single slip."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    with pytest.raises(IdentityNumberUnfit):
        read_identity_number(wrong + check_character(body))


@given(areas, births, serials, st.integers(0, 15))
def test_two_neighbours_changed_over_never_pass(area, born, serial, place):
    """Nor does the usual slip of the fingers."""
    body = f"{area}{born:%Y%m%d}{serial:03d}"
    turned = body[:place] + body[place + 1] + body[place] + body[place + 2 :]
    if turned != body:
        with pytest.raises(IdentityNumberUnfit):
            read_identity_number(turned + check_character(body))
