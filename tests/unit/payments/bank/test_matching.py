"""Which payment a line of the answer means: account and amount as the bank states them."""

from rongji.payments.bank.matching import Said, Sent, match
from rongji.payments.bank.states import Standing
from rongji.payments.types import PaymentState

OPEN = Standing(PaymentState.SENT, 0)
BACK = Standing(PaymentState.RETURNED, 0)


def paid(fen: int) -> Standing:
    """Arrived in full."""
    return Standing(PaymentState.PAID, fen)


def hits(sent: list[Sent], said: list[Said]) -> dict[int, int | None]:
    """Row number → sequence."""
    return {found.number: found.sequence for found in match(sent, said)}


def test_the_order_of_rows_says_nothing():
    """A bank sorts as it likes."""
    sent = [Sent(1, "a", 100, OPEN), Sent(2, "b", 200, OPEN), Sent(3, "c", 300, OPEN)]
    said = [Said(2, "c", 300, paid(300)), Said(3, "a", 100, BACK), Said(4, "b", 200, paid(200))]
    assert hits(sent, said) == {2: 3, 3: 1, 4: 2}


def test_the_right_account_with_another_amount_is_not_the_payment():
    """More than was sent, or less and yet returned: nobody's."""
    sent = [Sent(1, "a", 100, OPEN)]
    assert hits(sent, [Said(2, "a", 101, paid(101))]) == {2: None}
    assert hits(sent, [Said(2, "a", 99, BACK)]) == {2: None}


def test_less_than_was_sent_has_arrived_in_part():
    """A bank that states what arrived where others repeat what was ordered."""
    sent = [Sent(1, "a", 100, OPEN), Sent(2, "b", 100, OPEN)]
    found = match(sent, [Said(2, "a", 40, paid(40))])
    assert (found[0].sequence, found[0].standing) == (1, Standing(PaymentState.PARTIAL, 40))


def test_part_of_one_of_two_payments_into_the_same_account_is_nobodys():
    """It cannot be told which of them it is part of."""
    sent = [Sent(1, "a", 100, OPEN), Sent(2, "a", 200, OPEN)]
    assert hits(sent, [Said(2, "a", 40, paid(40))]) == {2: None}


def test_equal_pairs_go_by_sequence():
    """Two children paid into one guardian's account: the first row is the first of them."""
    sent = [Sent(7, "a", 100, OPEN), Sent(3, "a", 100, OPEN)]
    assert hits(sent, [Said(5, "a", 100, paid(100)), Said(9, "a", 100, BACK)]) == {5: 3, 9: 7}


def test_a_third_row_for_two_payments_is_nobodys():
    """The bank cannot have paid three of two."""
    sent = [Sent(1, "a", 100, OPEN), Sent(2, "a", 100, OPEN)]
    assert hits(sent, [Said(n, "a", 100, paid(100)) for n in (2, 3, 4)]) == {2: 1, 3: 2, 4: None}


def test_a_later_file_for_the_rest_goes_to_what_is_open():
    """The first of the pair has been answered; the one row left is the other's."""
    sent = [Sent(1, "a", 100, paid(100)), Sent(2, "a", 100, OPEN)]
    assert hits(sent, [Said(2, "a", 100, BACK)]) == {2: 2}


def test_a_later_file_that_repeats_everything_changes_nothing_that_is_known():
    """Sorted the other way round: the row that says the same goes to the payment of which it is known."""
    sent = [Sent(1, "a", 100, paid(100)), Sent(2, "a", 100, OPEN)]
    assert hits(sent, [Said(2, "a", 100, BACK), Said(3, "a", 100, paid(100))]) == {2: 2, 3: 1}


def test_a_second_word_on_a_payment_that_is_settled_still_finds_it():
    """Paid last week, returned today: the row means the same payment."""
    assert hits([Sent(1, "a", 100, paid(100))], [Said(2, "a", 100, BACK)]) == {2: 1}
