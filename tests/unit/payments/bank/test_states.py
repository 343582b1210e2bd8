"""What an answer does to a payment: the whole table, and what holds whatever comes."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.payments.bank.states import EFFECTS, OPEN, Standing, judge, together
from rongji.payments.types import PaymentState

ANSWERS = ("paid", "partial", "returned", "unknown")
TABLE = """
    before   | answer   | after    | what is said of it
    sent     | paid     | paid     |
    sent     | partial  | partial  |
    sent     | returned | returned |
    sent     | unknown  | unknown  |
    unknown  | paid     | paid     |
    unknown  | partial  | partial  |
    unknown  | returned | returned |
    unknown  | unknown  | unknown  |
    paid     | paid     | paid     |
    paid     | partial  | unknown  | 前后矛盾
    paid     | returned | returned | 到账后又退回
    paid     | unknown  | unknown  | 前后矛盾
    partial  | paid     | paid     |
    partial  | partial  | partial  |
    partial  | returned | returned | 到账后又退回
    partial  | unknown  | unknown  | 前后矛盾
    returned | paid     | unknown  | 前后矛盾
    returned | partial  | unknown  | 前后矛盾
    returned | returned | returned |
    returned | unknown  | unknown  | 前后矛盾
"""
ROWS = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()[1:]]
ARRIVED = {"paid": 100, "partial": 40}


def standing(word: str) -> Standing:
    """A state with what goes with it, of 100."""
    return Standing(PaymentState(word), ARRIVED.get(word, 0))


@pytest.mark.parametrize(("before", "answer", "after", "said"), ROWS, ids=lambda cell: cell or "-")
def test_the_table_of_answers(before, answer, after, said):
    """Every state against every answer."""
    verdict = judge(standing(before), standing(answer), is_replaced=False)
    assert verdict.after.state == after
    assert said in verdict.finding and bool(said) == bool(verdict.finding)


def test_the_table_is_complete():
    """No answer to an item that was sent finds no rule."""
    assert {(row[0], row[1]) for row in ROWS} == set(
        product(("sent", "unknown", "paid", "partial", "returned"), ANSWERS)
    )
    assert set(EFFECTS) == {(PaymentState(b), PaymentState(a)) for b, a, _, _ in ROWS}


def test_more_of_a_part_counts_and_less_is_a_contradiction():
    """30 arrived, now 60: taken. 60 arrived, now 30: somebody has to ask."""
    part = PaymentState.PARTIAL
    assert judge(Standing(part, 30), Standing(part, 60), is_replaced=False).after == Standing(part, 60)
    back = judge(Standing(part, 60), Standing(part, 30), is_replaced=False)
    assert back.after == Standing(PaymentState.UNKNOWN, 60) and "矛盾" in back.finding


@pytest.mark.parametrize("answer", ["paid", "partial", "unknown"])
def test_what_was_sent_anew_is_never_paid_or_opened_by_an_old_answer(answer):
    """Returned, sent again, and now the bank says otherwise of the first time: kept, and said."""
    verdict = judge(standing("returned"), standing(answer), is_replaced=True)
    assert verdict.after == standing("returned") and "重复到账" in verdict.finding


def test_money_that_came_back_counts_even_when_the_rest_was_sent_anew():
    """Taking off is always safe."""
    assert judge(standing("partial"), standing("returned"), is_replaced=True).after == standing("returned")


standings = st.sampled_from([standing(word) for word in ("sent", *ANSWERS)])


@settings(max_examples=100)
@given(first=standings, answers=st.lists(st.tuples(st.sampled_from(ANSWERS).map(standing), st.booleans()), max_size=6))
def test_whatever_the_bank_says_no_item_is_worth_more_than_was_sent(first, answers):
    """And once replaced, no more than it was before."""
    now, replaced = first, False
    for answer, is_replaced in answers:
        replaced = replaced or is_replaced
        after = judge(now, answer, is_replaced=replaced).after
        assert 0 <= after.paid_fen <= 100
        if replaced:
            assert after.paid_fen <= now.paid_fen
            assert now.state in OPEN or after.state not in OPEN
        now = after


def test_a_payment_stands_where_its_items_leave_it():
    """Part of the first, the rest returned: a part. Part of both, together all: paid. One open: open."""
    part, rest = Standing(PaymentState.PARTIAL, 40), Standing(PaymentState.PAID, 60)
    assert together([part, standing("returned")], 100) == Standing(PaymentState.PARTIAL, 40)
    assert together([part, rest], 100) == Standing(PaymentState.PAID, 100)
    assert together([part, standing("unknown")], 100) == Standing(PaymentState.UNKNOWN, 40)
    assert together([standing("returned")], 100) == standing("returned")
