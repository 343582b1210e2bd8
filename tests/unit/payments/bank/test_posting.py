"""From the bank to the books: only what arrived, on the lines the run took, by level, once."""

from collections import Counter
from datetime import date

import pytest
from bank_round import BUREAU, Payee, approved_run, give_account, give_budget, payee, replies_to, reply_file

from rongji.accounts.refusals import NotAllowed
from rongji.budget.models import Posting
from rongji.law.bank_profiles import Outcome
from rongji.payments.bank.batches import make_batch, retry_failed
from rongji.payments.bank.corrections import cancel_payment
from rongji.payments.bank.refusals import NothingToPost, PostingOutOfYear, RunNotApproved
from rongji.payments.bank.returns import import_return
from rongji.payments.models import Payment, PaymentRun, RunBudget
from rongji.payments.posting import arrived_needs, post_run

pytestmark = pytest.mark.django_db
BACK = Outcome.RETURNED
PEOPLE = (
    payee("周一山", "6217000000000000011", 96_892),
    payee("吴二水", "6217000000000000022", 60_001, "ill_veteran_allowance"),
    payee("郑三川", "6217000000000000033", 50_000),
)
LINES = (
    ("A1", "2080802", "30304", "central", 120_000),
    ("A2", "2080802", "303", "", 500_000),
    ("B1", "2080803", "30305", "central", 900_000),
    ("B2", "2080803", "30305", "province", 900_000),
    ("B3", "2080803", "30305", "county", 900_000),
)


@pytest.fixture
def bureau(organisation, options):
    """A county of a province that says which budget pays what."""
    return organisation(BUREAU, area_code="420106")


@pytest.fixture
def funded(bureau):
    """A run of two benefits with money on five lines: one paid by the centre alone, one by all three levels."""
    run = approved_run(PEOPLE, scope=bureau.scope)
    give_budget(run, *LINES)
    return run


@pytest.fixture
def answered(finance, tmp_path):
    """Send what is to be sent and import an answer to it: `answered(run, s2=BACK)`."""

    def take(run, made=None, **outcomes):
        made = made or make_batch(actor=finance, run_id=run.pk)
        path = reply_file(
            tmp_path / f"r{len(list(tmp_path.iterdir()))}", made.number, replies_to(made.number, **outcomes)
        )
        return import_return(actor=finance, batch_number=made.number, path=path)

    return take


def booked() -> dict[str, int]:
    """What the books show, by functional code and level as their summaries name it."""
    found: Counter[str] = Counter()
    for row in Posting.objects.all():
        found[f"{row.functional} {row.summary.split('（')[1].split('资金')[0]}"] += row.amount_fen
    return {key: fen for key, fen in found.items() if fen}


def held() -> dict[str, tuple[int, int, int]]:
    """What the run took, has booked and gave back, by line."""
    rows = RunBudget.objects.order_by("line_number")
    return {row.line_number: (row.amount_fen, row.posted_fen, row.released_fen) for row in rows}


def test_everything_that_arrived_is_booked_on_the_lines_the_run_took(finance, funded, answered):
    """The books show exactly what was taken: line by line, level by level, to the fen."""
    answered(funded)
    done = post_run(actor=finance, run_id=funded.pk)
    assert done.now_fen == done.total_fen == 206_893
    assert {line: taken for line, (taken, _, _) in held().items()} == {
        line: fen for line, (_, fen, _) in held().items()
    }
    assert sum(Posting.objects.values_list("amount_fen", flat=True)) == 206_893
    assert booked()["2080802 中央"] == 146_892
    assert sum(fen for key, fen in booked().items() if key.startswith("2080803")) == 60_001
    assert PaymentRun.objects.get().state == "posted"
    first = Posting.objects.order_by("row_number").first()
    assert (first.unit_code, first.project, first.fund, first.year, first.direction) == (
        "HQ",
        "抚恤补助",
        "fiscal",
        2024,
        "expenditure",
    )


def test_a_line_that_ran_out_is_followed_by_the_next(funded):
    """146892 of disability pensions: 120000 on the narrow line of the level, the rest on the wide one."""
    assert held()["A1"][0] == 120_000 and held()["A2"][0] == 26_892


def test_only_what_arrived_is_booked(finance, funded, answered):
    """The returned pension stays taken and unbooked."""
    answered(funded, s1=BACK)
    post_run(actor=finance, run_id=funded.pk)
    assert booked()["2080802 中央"] == 50_000
    assert held()["A1"] == (120_000, 50_000, 0)
    assert PaymentRun.objects.get().state == "settled"


def test_posting_again_books_nothing(finance, funded, answered):
    """The second time it says so."""
    answered(funded)
    post_run(actor=finance, run_id=funded.pk)
    again = post_run(actor=finance, run_id=funded.pk)
    assert (again.is_new, again.now_fen, again.total_fen) == (False, 0, 206_893)
    assert sum(Posting.objects.values_list("amount_fen", flat=True)) == 206_893


def test_a_later_retry_books_the_rest(finance, funded, answered):
    """First the others, then the one that came back; together what was taken."""
    answered(funded, s1=BACK)
    post_run(actor=finance, run_id=funded.pk)
    give_account(Payment.objects.get(state="returned").person_id, "6217000000000000111", "周一山")
    answered(funded, retry_failed(actor=finance, run_id=funded.pk))
    assert post_run(actor=finance, run_id=funded.pk).now_fen == 96_892
    assert all(taken == posted for taken, posted, _ in held().values())
    assert PaymentRun.objects.get().state == "posted"


def test_money_that_came_back_is_taken_off_the_books_and_may_be_booked_again(finance, funded, answered):
    """A red posting, and a black one once it has arrived after all."""
    answered(funded)
    post_run(actor=finance, run_id=funded.pk)
    answered(funded, s1=BACK)
    assert PaymentRun.objects.get().state == "settled"
    assert post_run(actor=finance, run_id=funded.pk).now_fen == -96_892
    assert Posting.objects.filter(amount_fen__lt=0, summary__contains="退回冲减").exists()
    give_account(Payment.objects.get(state="returned").person_id, "6217000000000000111", "周一山")
    answered(funded, retry_failed(actor=finance, run_id=funded.pk))
    assert post_run(actor=finance, run_id=funded.pk).now_fen == 96_892
    assert sum(Posting.objects.values_list("amount_fen", flat=True)) == 206_893


def test_a_part_is_booked_in_proportion_over_levels_and_to_the_fen(finance, funded, answered):
    """20000 of 60001: each level its share, together what arrived."""
    answered(funded, s1=BACK, s2=("partial", 20_000), s3=BACK)
    assert sum(arrived_needs(funded).values()) == 20_000
    done = post_run(actor=finance, run_id=funded.pk)
    assert done.now_fen == 20_000
    assert all(
        row.now_fen * 60_001 // 20_000 <= taken + 3
        for row, (taken, _, _) in zip(done.rows, held().values(), strict=True)
    )


def test_a_payment_of_two_benefits_less_a_deduction_is_booked_as_it_was_taken(finance, bureau, answered):
    """What is taken off for an overpayment is no spending."""
    both = Payee(
        "周一山",
        "6217000000000000011",
        (("disability_pension", 202410, 96_892), ("ill_veteran_allowance", 202410, 60_000)),
        deducted_fen=6_892,
    )
    run = approved_run((both,), scope=bureau.scope)
    give_budget(run, *LINES)
    answered(run)
    assert post_run(actor=finance, run_id=run.pk).total_fen == 150_000
    assert booked()["2080802 中央"] == 90_000


def test_an_exchange_of_benefits_books_what_went_to_the_bank(finance, bureau, answered):
    """500 of the new one less 300 of the old: the old one's line has nothing to give back, the sum is right."""
    swapped = Payee(
        "周一山",
        "6217000000000000011",
        (("disability_pension", 202410, 50_000), ("ill_veteran_allowance", 202410, -30_000)),
    )
    run = approved_run((swapped,), scope=bureau.scope)
    give_budget(run, *LINES)
    answered(run)
    assert post_run(actor=finance, run_id=run.pk).total_fen == 20_000
    assert [taken - released for taken, _, released in held().values()] == [20_000]
    assert PaymentRun.objects.get().state == "posted"


def test_a_cancelled_payment_gives_back_its_own_lines(finance, funded, answered):
    """Not those of another benefit; what is left can all be booked."""
    answered(funded, s2=BACK)
    cancel_payment(actor=finance, payment_id=Payment.objects.get(state="returned").pk, reason="去世")
    freed = {line: released for line, (_, _, released) in held().items() if released}
    assert set(freed) <= {"B1", "B2", "B3"} and sum(freed.values()) == 60_001
    post_run(actor=finance, run_id=funded.pk)
    assert all(taken == posted + released for taken, posted, released in held().values())
    assert PaymentRun.objects.get().state == "posted"


def test_what_cannot_be_booked_says_why(finance, funded, answered, actor, bureau):
    """No answer yet, not approved, another year, no right."""
    with pytest.raises(NothingToPost, match="回盘"):
        post_run(actor=finance, run_id=funded.pk)
    answered(funded)
    with pytest.raises(PostingOutOfYear, match="2024"):
        post_run(actor=finance, run_id=funded.pk, posted_on=date(2025, 1, 3))
    with pytest.raises(NotAllowed):
        post_run(actor=actor("clerk", organisation=bureau), run_id=funded.pk)
    PaymentRun.objects.update(state="computed")
    with pytest.raises(RunNotApproved):
        post_run(actor=finance, run_id=funded.pk)
    assert not Posting.objects.exists()


def test_a_run_without_budget_is_not_booked(finance, run, answered):
    """It never went through the check of the budget."""
    answered(run)
    with pytest.raises(NothingToPost, match="占用"):
        post_run(actor=finance, run_id=run.pk)
