"""Numbers of persons in free words: what is covered when it is kept, what when it goes out, and what is nobody's."""

import pytest
from hypothesis import given
from hypothesis import settings as property_settings
from hypothesis import strategies as st

from rongji.kernel.identity_number import check_character
from rongji.kernel.personal_numbers import cover_numbers_in, mask_numbers_in

# Made-up numbers: shapes of the real ones, nobody's.
IDENTITY = "11010119520615002" + check_character("11010119520615002")
CARD = "6222020000000000000"

COVERED = [
    ("手机13800001234，找老李", "手机138****1234，找老李"),
    ("138 0000 1234 或 139-0000-4321", "138****1234 或 139****4321"),
    ("+86 138-0000-1234", "138****1234"),
    ("8613800001234", "138****1234"),
    ("１３８００００１２３４", "138****1234"),
    ("座机0730-8800123转8", "座机073****0123转8"),
    ("（0730）8800123", "073****0123"),
    ("010 88001234", "010****1234"),
    ("2024-10-01 13800001234", "2024-10-01 138****1234"),
    (f"证号{IDENTITY}。", f"证号{IDENTITY[:6]}********{IDENTITY[-4:]}。"),
    (f"证号{IDENTITY[:6]} {IDENTITY[6:14]} {IDENTITY[14:]}", f"证号{IDENTITY[:6]}********{IDENTITY[-4:]}"),
    (" ".join(IDENTITY), f"{IDENTITY[:6]}********{IDENTITY[-4:]}"),
    (f"卡{CARD}", f"卡{CARD[:6]}*********{CARD[-4:]}"),
    (f"卡{CARD[:4]} {CARD[4:8]} {CARD[8:12]} {CARD[12:]}", f"卡{CARD[:6]}*********{CARD[-4:]}"),
]
NOBODYS = [
    "拨打12345、400-820-8820、95588或96333",
    "云退〔2024〕12号，2024-10-01，20240315",
    "人数 15 18 20 22 30 4",
    "工单20240315103000000017",
    "金额 1234567890.12 元，经度 113.0312345678",
    f"错号{IDENTITY[:-1]}{'1' if IDENTITY[-1] != '1' else '2'}",
    "8800123",
    "合同1234567890123456",
]


@pytest.mark.parametrize(("text", "kept"), COVERED)
def test_a_number_of_a_person_is_masked_however_it_is_set_apart(text, kept):
    assert cover_numbers_in(text) == kept


@pytest.mark.parametrize("text", NOBODYS)
def test_what_is_no_number_of_a_person_stays(text):
    """Hot lines, days, documents, amounts, lists of small numbers, numbers whose check digit is wrong."""
    assert cover_numbers_in(text) == text


def test_words_that_hold_numbers_of_desks_keep_them_and_still_no_identity_number():
    told = f"值班 0730-8800123、13800001234，{IDENTITY}"
    kept = cover_numbers_in(told, only_identity=True)
    assert kept.startswith("值班 0730-8800123、13800001234，") and IDENTITY not in kept


@property_settings(max_examples=100)
@given(
    st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=12),
    st.sampled_from(["13800001234", "07308800123", "01088001234", IDENTITY, CARD]),
    st.text(st.characters(exclude_categories=("Cs", "Nd")), max_size=12),
)
def test_whatever_stands_around_a_number_it_is_not_kept(before, number, after):
    """No words around it let it through; covering twice is covering once; what goes out holds none either."""
    kept = cover_numbers_in(f"{before}{number}{after}")
    assert number not in kept and number[4:-4] not in kept
    assert cover_numbers_in(kept) == kept
    assert number not in mask_numbers_in(f"{before}{number}{after}")


@property_settings(max_examples=100)
@given(st.text(max_size=80))
def test_words_without_digits_are_kept_as_they_are(text):
    plain = "".join(sign for sign in text if not sign.isdecimal())
    assert cover_numbers_in(plain) == plain


def test_a_page_of_digits_is_read_in_no_time():
    """Four thousand digits set apart by blanks."""
    text = "12 " * 1400
    assert cover_numbers_in(text) == text
