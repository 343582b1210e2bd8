"""Approval: by others, as many as the amount asks for, of exactly what was proposed, and only with a budget for it."""

import threading

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, IntegrityError, connection, transaction
from payroll_county import County, day, on, payment_of

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NamedUserNeeded, NotAllowed
from rongji.budget.models import BudgetLine
from rongji.kernel.month import Month
from rongji.payments import run_guard
from rongji.payments.approving import approvers_needed
from rongji.payments.funding import budget_room, split_of
from rongji.payments.models import Payment, PaymentRun, RunApproval, RunBudget, RunLine
from rongji.payments.refusals import (
    ApprovedAlready,
    ApproverIsMaker,
    BudgetTooSmall,
    NoBudgetLine,
    RunChanged,
    RunDoesNotAddUp,
    RunStillOpen,
    StepNotPossible,
)
from rongji.payments.selectors import runs_waiting_for
from rongji.payments.services import approve_run, compute_run, discard_run, propose_run

JULY = 257_000


@pytest.fixture
def county(organisation, actor, options) -> County:
    """The county with one pensioner."""
    made = County.founded(organisation, actor)
    made.pensioner("2023-06-01")
    return made


@pytest.fixture
def proposed(county) -> PaymentRun:
    """A run of July that waits for approval."""
    run = county.computed("2023-07-10", "2023-07")
    propose_run(actor=county.clerk_on("2023-07-10"), run_id=run)
    return PaymentRun.objects.get(pk=run)


def test_the_number_of_approvers_goes_by_the_amount():
    """Both sides of each line."""
    table = {0: 1, 99_999_999: 1, 100_000_000: 2, 4_999_999_999: 2, 5_000_000_000: 3}
    on_day = day("2023-07-10")
    assert {fen: approvers_needed(fen, "990201", on=on_day, known_on=on_day) for fen in table} == table


def test_an_approved_run_counts_and_has_taken_its_budget(county, proposed):
    """One approval is enough for a small run; the line of its codes holds less by its amount."""
    assert [run.id for run in runs_waiting_for(county.head)] == [proposed.pk]
    assert runs_waiting_for(county.clerk) == ()
    assert approve_run(actor=county.head, run_id=proposed.pk)
    proposed.refresh_from_db()
    assert proposed.state == "approved"
    taken = RunBudget.objects.get()
    assert (taken.line_number, taken.level, taken.amount_fen) == ("2023-2080802-30304", "central", JULY)
    room = {one.line.number: one.left_fen for one in budget_room("yunhu", 2023)}
    assert room["2023-2080802-30304"] == 10**10 - JULY
    assert TrailEntry.objects.filter(subject_kind="payment_run").count() == 3


def test_who_computed_or_proposed_may_not_approve(county, actor):
    """Neither of the two, even with the role."""
    both = county.finance
    run = compute_run(
        actor=on(both, day("2023-07-10")), bureau="yunhu", pay_month=Month.parse("2023-07"), engine="scalar"
    )
    propose_run(actor=county.clerk, run_id=run)
    with pytest.raises(ApproverIsMaker):
        approve_run(actor=both, run_id=run)
    with pytest.raises(NotAllowed):
        approve_run(actor=county.clerk, run_id=run)
    assert approve_run(actor=county.head, run_id=run)


def test_nobody_without_an_account_proposes_or_approves(county, proposed):
    """The operator of the machine may compute, not answer for it."""
    from dataclasses import replace

    with pytest.raises(NamedUserNeeded):
        approve_run(actor=replace(county.head, user_id=None), run_id=proposed.pk)
    with pytest.raises(NamedUserNeeded):
        propose_run(actor=replace(county.clerk, user_id=None), run_id=proposed.pk)


def test_a_large_run_takes_two_different_people(county):
    """The same person twice is one; only the second yes settles."""
    for _ in range(9):
        county.pensioner("2023-06-01", "因战|1")
    run = county.computed("2023-07-10", "2023-07")
    PaymentRun.objects.filter(pk=run).update(pay_fen=0)
    with pytest.raises(RunDoesNotAddUp):
        propose_run(actor=county.clerk, run_id=run)
    PaymentRun.objects.filter(pk=run).update(pay_fen=JULY + 9 * 968_917)
    propose_run(actor=county.clerk, run_id=run)
    PaymentRun.objects.filter(pk=run).update(approvals_needed=2)
    assert not approve_run(actor=county.head, run_id=run)
    assert PaymentRun.objects.get(pk=run).state == "proposed"
    assert runs_waiting_for(county.head) == ()
    with pytest.raises(ApprovedAlready):
        approve_run(actor=county.head, run_id=run)
    assert approve_run(actor=county.director, run_id=run)
    assert RunApproval.objects.count() == 2


def test_changed_content_is_not_approved(county, proposed):
    """A line, or an account, that was changed after the proposal is noticed."""
    Payment.objects.update(account_index="f" * 64)
    with pytest.raises(RunChanged):
        approve_run(actor=county.head, run_id=proposed.pk)
    assert not RunApproval.objects.exists()


def test_steps_out_of_order_are_refused(county, proposed):
    """Proposed twice, computed beside, approved after it was discarded, discarded after it was approved."""
    with pytest.raises(StepNotPossible):
        propose_run(actor=county.clerk, run_id=proposed.pk)
    with pytest.raises(RunStillOpen):
        county.computed("2023-07-10", "2023-07")
    discard_run(actor=county.clerk, run_id=proposed.pk)
    with pytest.raises(StepNotPossible):
        approve_run(actor=county.head, run_id=proposed.pk)
    run = county.paid("2023-07-11", "2023-07")
    with pytest.raises(StepNotPossible):
        discard_run(actor=county.clerk, run_id=run.pk)


# --- what the database itself refuses ---------------------------------------------------------------


def refused_by_the_database(change) -> None:
    """The change fails in the database, whatever the services think of it."""
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def approval(run: PaymentRun, level: int, maker: int, approver: int) -> None:
    """A bare row of approval."""
    RunApproval.objects.create(
        run=run, level=level, maker_id=maker, approver_id=approver, content_digest=run.content_digest,
        approved_at=run.made_at,
    )  # fmt: skip


def test_the_database_knows_no_approval_by_the_maker_or_twice(county, proposed):
    """Constraints, not screens: one level once, one approver once, never the maker."""
    clerk, head, finance = county.clerk.user_id, county.head.user_id, county.finance.user_id
    refused_by_the_database(lambda: approval(proposed, 1, clerk, clerk))
    approval(proposed, 1, clerk, head)
    refused_by_the_database(lambda: approval(proposed, 2, clerk, head))
    refused_by_the_database(lambda: approval(proposed, 1, clerk, finance))


def test_the_database_lets_no_run_through_without_its_approvals(county, proposed):
    """A bare update to any settled state fails until enough others approved exactly this content."""
    rows = PaymentRun.objects.filter(pk=proposed.pk)
    for state in ("approved", "sent", "settled", "posted"):
        refused_by_the_database(lambda state=state: rows.update(state=state))
    approval(proposed, 1, county.clerk.user_id, county.head.user_id)
    refused_by_the_database(lambda: rows.update(state="approved", content_digest="0" * 64))
    refused_by_the_database(lambda: rows.update(state="approved", approvals_needed=2))
    refused_by_the_database(lambda: rows.update(state="approved", approvals_needed=0))
    refused_by_the_database(lambda: rows.update(state="approved", made_by_id=county.head.user_id))
    assert rows.update(state="approved") == 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", run_guard.NAMES)
def test_a_start_without_the_guard_of_the_runs_is_refused(name):
    """Who drops a trigger is told on by the system check, by its name."""
    assert run_checks(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else f" ON {run_guard.RUNS}"))
    (found,) = run_checks(databases=["default"])
    assert found.id == "rongji.E020" and name in found.msg


def test_the_database_keeps_one_open_run_and_lines_that_subtract(county, proposed):
    """One open run of a payroll; owed − settled = due, never zero; no payment below zero or beyond its amount."""
    second = PaymentRun.objects.get(pk=proposed.pk)
    second.pk, second.sequence = None, 9
    with pytest.raises(IntegrityError), transaction.atomic():
        second.save(force_insert=True)
    refused_by_the_database(lambda: RunLine.objects.update(due_fen=1))
    refused_by_the_database(lambda: RunLine.objects.update(owed_fen=0, due_fen=0))
    refused_by_the_database(lambda: Payment.objects.update(amount_fen=-1))
    refused_by_the_database(lambda: Payment.objects.update(paid_fen=JULY + 1))
    refused_by_the_database(lambda: Payment.objects.update(state="cancelled"))


# --- the budget -------------------------------------------------------------------------------------


def test_a_line_too_small_is_named_with_what_is_needed_and_left(county, proposed):
    """Nothing is written; after an adjustment the same approval goes through."""
    BudgetLine.objects.filter(number="2023-2080802-30304").update(initial_fen=JULY - 1)
    with pytest.raises(BudgetTooSmall) as refused:
        approve_run(actor=county.head, run_id=proposed.pk)
    said = str(refused.value)
    assert "2023-2080802-30304" in said and "需要 2,570.00" in said and "可用 2,569.99" in said and "差 0.01" in said
    assert not RunApproval.objects.exists() and not RunBudget.objects.exists()
    BudgetLine.objects.filter(number="2023-2080802-30304").update(initial_fen=JULY)
    assert approve_run(actor=county.head, run_id=proposed.pk)


def test_without_a_line_nothing_is_approved(county, proposed):
    """先预算后使用."""
    BudgetLine.objects.all().delete()
    with pytest.raises(NoBudgetLine, match="2080802"):
        approve_run(actor=county.head, run_id=proposed.pk)


def test_each_level_of_government_draws_its_own_lines(county):
    """60 : 22 : 18 of an allowance; lines of a level before lines of all, several lines one after the other."""
    person = county.person("2023-06-01")
    county.award("2023-06-01", person, "war_participant_allowance", basis="2015-01-01")
    BudgetLine.objects.filter(functional="2080803").delete()
    purse = (("2080803", "30305"),)
    county.budget(2023, 40_000, purse, "central")
    county.budget(2023, 10**6, purse)
    county.budget(2023, 10**6, purse, "county")
    run = county.paid("2023-07-10", "2023-07")
    rows = RunBudget.objects.filter(functional="2080803").order_by("line_number", "level")
    assert [(row.line_number, row.level, row.amount_fen) for row in rows] == [
        ("2023-2080803-30305", "central", 8_000),
        ("2023-2080803-30305", "province", 17_600),
        ("2023-2080803-30305central", "central", 40_000),
        ("2023-2080803-30305county", "county", 14_400),
    ]
    assert sum(RunBudget.objects.values_list("amount_fen", flat=True)) == run.pay_fen


def test_what_one_run_holds_another_cannot_take(county):
    """The second month finds the line short by what the first one holds, though nothing is posted yet."""
    BudgetLine.objects.filter(number="2023-2080802-30304").update(initial_fen=2 * JULY - 1)
    county.paid("2023-07-10", "2023-07")
    run = county.computed("2023-08-10", "2023-08")
    propose_run(actor=county.clerk, run_id=run)
    with pytest.raises(BudgetTooSmall, match=r"可用 2,569\.99"):
        approve_run(actor=county.head, run_id=run)


def test_a_cancelled_payment_gives_its_budget_back(county):
    """And what was split of it, to the fen."""
    run = county.paid("2023-07-10", "2023-07")
    payment = Payment.objects.get(run=run)
    assert split_of(run, Payment.objects.filter(pk=payment.pk)) == split_of(run, run.payments.all())
    county.cancelled("2023-07-20", payment)
    room = {one.line.number: one.left_fen for one in budget_room("yunhu", 2023)}
    assert room["2023-2080802-30304"] == 10**10
    assert RunBudget.objects.get().released_fen == JULY


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_give_two_approvals(county):
    """Both count, one of them is the last, and the budget is taken once."""
    run = county.computed("2023-07-10", "2023-07")
    propose_run(actor=county.clerk, run_id=run)
    PaymentRun.objects.filter(pk=run).update(approvals_needed=2)
    results, barrier = [], threading.Barrier(2)

    def approve(who) -> None:
        try:
            barrier.wait()
            results.append(approve_run(actor=who, run_id=run))
        except BaseException as trouble:  # noqa: BLE001 - looked at below
            results.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=approve, args=(who,)) for who in (county.head, county.director)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(map(str, results)) == ["False", "True"]
    assert (RunApproval.objects.count(), RunBudget.objects.count()) == (2, 1)


def test_a_person_without_account_is_paid_into_none_and_listed(county):
    """The payment stands, planned, and the review names it."""
    from rongji.payments.reviewing import review

    person = county.person("2023-06-01", account=False)
    county.award("2023-06-01", person, "disability_pension", "因公|7", basis="2015-01-01")
    run = county.computed("2023-07-10", "2023-07")
    payment = payment_of(run, person)
    assert (payment.state, payment.account_index, payment.amount_fen) == ("planned", "", JULY)
    assert payment.payee
    found = review(county.head, run)
    assert [(one.person_id, one.fen) for one in found.without_account] == [(person, JULY)]
