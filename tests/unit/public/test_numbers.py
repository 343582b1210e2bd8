"""Numbers and query codes, and text without what cannot be seen."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.public.cleaning import cleaned, cleaned_name
from rongji.public.numbers import LETTERS, code_of, hash_of_code, new_number, read_number

SECRET = "the window's own"


def test_a_number_carries_its_day_and_tells_nothing_else():
    numbers = {new_number(date(2026, 1, 5)) for _ in range(300)}
    assert len(numbers) == 300
    assert all(number.startswith("W20260105-") and set(number[10:]) <= set(LETTERS) for number in numbers)


def test_a_code_follows_from_what_was_written_and_from_nothing_that_others_know():
    assert code_of("a", SECRET) == code_of("a", SECRET)
    assert len({code_of("a", SECRET), code_of("b", SECRET), code_of("a", "another")}) == 3
    assert len(code_of("a", SECRET).replace("-", "")) == 12  # 31 to the power of 12: nobody guesses it


@pytest.mark.parametrize(
    "typed",
    ["W20260105-7K4Q2", "w20260105-7k4q2", " Ｗ２０２６０１０５－７Ｋ４Ｑ２ ", "20260105 7K4Q2", "w202601057k4q2"],
)
def test_a_number_may_be_typed_as_people_type(typed):
    assert read_number(typed) == "W20260105-7K4Q2"


def test_a_code_may_be_typed_as_people_type_but_belongs_to_its_number():
    kept = hash_of_code("W20260105-7K4Q2", "K7QF-92MT-XH4C")
    assert hash_of_code("W20260105-7K4Q2", " k7qf92mtｘｈ４ｃ ") == kept
    assert hash_of_code("W20260105-7K4Q3", "K7QF-92MT-XH4C") != kept


@settings(max_examples=80)
@given(st.text(max_size=200))
def test_rubbish_typed_as_a_number_is_read_without_a_fault(text):
    assert read_number(text).startswith("W")
    hash_of_code(read_number(text), text)


def test_what_cannot_be_seen_is_taken_out():
    assert cleaned("张\x00三\u202e\u2066（\u200f示例\x1b[31m）\r\n第二行\ud800") == "张三（示例[31m）\n第二行"


@settings(max_examples=80)
@given(st.text(max_size=300))
def test_cleaned_text_is_storable_and_stays_clean(text):
    once = cleaned(text)
    assert cleaned(once) == once
    once.encode()
    assert not set(once) & {"\x00", "\u202e", "\u2066"}


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\a\\照片.jpg", "照片.jpg"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ("/", ""),
        ("...", ""),
        ("长" * 300 + ".jpeg", "长" * 89 + ".jpeg"),
    ],
)
def test_a_file_keeps_the_last_part_of_its_name(given, kept):
    assert cleaned_name(given) == kept
