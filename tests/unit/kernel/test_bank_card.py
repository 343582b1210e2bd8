"""Account numbers: one plain form, a doubt about a wrong check digit, never a refusal for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongji.kernel.bank_card import AccountNumberUnfit, card_doubt, has_card_check_digit, read_account_number


@pytest.mark.parametrize(
    ("number", "fits"),
    # the worked example of ISO/IEC 7812-1, and a passbook number
    [("79927398713", True), ("79927398710", False), ("4111111111111111", True), ("812345678901234567", False)],
)
def test_the_check_digit_of_cards(number, fits):
    """Luhn; passbooks need not have it."""
    assert has_card_check_digit(number) is fits
    assert bool(card_doubt(number)) is not fits


def test_a_doubt_names_only_the_tail():
    """Whoever reads the list needs no more."""
    assert card_doubt("79927398710") == "卡号（尾号 8710）的校验位不符，请与银行卡核对后再发放"


@pytest.mark.parametrize(
    "text", ["6299 9900 0000 0000 018", "６２９９９９００００００００００１８", "6299-9900-0000-0000-018"]
)
def test_numbers_are_read_as_people_type_them(text):
    """Blanks, dashes and full-width digits go."""
    assert set(read_account_number(text)) <= set("0123456789")


FAULTS = [
    ("6.29999E+18", "科学记数"),
    ("6299A900", "只能是数字"),
    ("1234567", "有 7 位"),
    ("1" * 33, "有 33 位"),
    ("", "有 0|只能"),
]


@pytest.mark.parametrize(("text", "says"), FAULTS)
def test_every_fault_is_told_in_words(text, says):
    """With the tail, never the number."""
    with pytest.raises(AccountNumberUnfit, match=says) as refused:
        read_account_number(text)
    assert len(text) < 8 or text not in str(refused.value)


@given(st.integers(0, 10**17 - 1), st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(body, place, shift):
    """As the standard promises."""
    stem = f"{body:017d}"
    card = next(stem + last for last in "0123456789" if has_card_check_digit(stem + last))
    wrong = card[:place] + str((int(card[place]) + shift) % 10) + card[place + 1 :]
    assert not has_card_check_digit(wrong)
