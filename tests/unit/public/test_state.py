"""Looking up how far a form is: with number and code, and with nothing less."""

import pytest
from unit.public.visitor import Visitor

pytestmark = pytest.mark.database


def test_number_and_code_tell_the_state_and_no_name(visitor):
    number, code = visitor.send().codes
    page = visitor.state(number.lower(), code.replace("-", " ").lower())
    assert page.status == 200
    assert "信访事项" in page.main and "等待工作人员取件" in page.main
    assert "李示例" not in page.text and "优待金" not in page.text


def test_a_wrong_number_and_a_wrong_code_are_told_alike(visitor):
    number, code = visitor.send().codes
    wrong_code, wrong_number = visitor.state(number, "AAAA-AAAA-AAAA"), visitor.state("W20260101-AAAAA", code)
    assert wrong_code.status == wrong_number.status == 404
    told = [page.main.replace(page.hidden("number"), "") for page in (wrong_code, wrong_number)]
    assert told[0] == told[1]
    assert code not in wrong_number.text


def test_codes_of_one_number_cannot_be_tried_for_long(visitor, window_address):
    """Not even from many addresses; another number is not touched by it."""
    number, code = visitor.send().codes
    other, its_code = visitor.send(title="另一件事").codes
    answers = [Visitor(window_address).state(number, f"AAAA-AAAA-AAA{n}").status for n in range(2, 8)]
    assert answers == [404] * 4 + [429] * 2
    assert Visitor(window_address).state(number, code).status == 429
    assert Visitor(window_address).state(other, its_code).status == 200


def test_numbers_cannot_be_tried_for_long_from_one_address(visitor):
    answers = [visitor.state(f"W20260101-AAAA{n}", "AAAA-AAAA-AAAA").status for n in "23456789ABCDEF"]
    assert answers == [404] * 12 + [429] * 2


def test_neither_number_nor_code_is_ever_taken_from_an_address(visitor):
    """An address lands in logs and histories; the form goes by POST alone."""
    number, code = visitor.send().codes
    page = visitor.get(f"/state/?number={number}&code={code}")
    assert "信访事项" not in page.main and code not in page.text


def test_a_state_and_a_form_are_kept_by_no_browser(visitor):
    number, code = visitor.send().codes
    assert visitor.state(number, code).headers["Cache-Control"] == "no-store"
    assert visitor.get("/apply/petition/").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("rubbish", ["\x00", "W" * 5000, "' OR 1=1 --", "\u202e", "😀" * 50])
def test_rubbish_is_no_number(visitor, rubbish):
    page = visitor.state(rubbish, rubbish)
    assert page.status == 404 and "编号或查询码不对" in page.main
