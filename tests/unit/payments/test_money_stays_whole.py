"""Turns of events that could lose money or pay it twice: months out of order, late facts, two runs of one month."""

import pytest
from django.db import DatabaseError, transaction
from payroll_county import BUREAU, County, day, lines, on, payment_of

from rongji.awards.services import approve_grant, change_terms, correct_grant, record_grant, withdraw_grant
from rongji.awards.types import NewGrant
from rongji.budget.models import BudgetLine
from rongji.kernel.month import Month
from rongji.payments.models import Payment, PaymentRun, Recovery, RecoveryEntry, RunBudget
from rongji.payments.refusals import NothingDue, RecoveryChanged
from rongji.payments.services import approve_run, propose_run
from rongji.payments.verifying import verify_run
from rongji.rules.entitlement.refusals import FundingNotInForce

JULY = 257_000


@pytest.fixture(params=["scalar", "embedded"])
def either(request, organisation, actor, options) -> County:
    """The county, reckoned by either engine."""
    return County.founded(organisation, actor, engine=request.param)


@pytest.fixture
def county(organisation, actor, options) -> County:
    """The county with its payroll from July 2023."""
    return County.founded(organisation, actor)


def aid(county: County, person: int, month: str, fen: int, *, key: str = "1", benefit: str = "hardship_aid") -> int:
    """A one-off amount, recorded on the first and approved on the second of its month."""
    first = Month.parse(month).first_day
    new = NewGrant(
        person_id=person, benefit=benefit, key=key, event_on=first, due_month=Month.parse(month), amount_fen=fen,
        rule=f"entitlement.{benefit}",
    )  # fmt: skip
    number = record_grant(actor=on(county.clerk, first), new=new)
    approve_grant(actor=on(county.head, first.replace(day=2)), grant_id=number)
    return number


def test_a_supplement_for_an_earlier_month_takes_nothing_back_of_a_later_one(either):
    """What November paid is not overpaid because somebody looks at October again."""
    person, _ = either.pensioner("2023-06-01")
    either.months_paid("2023-07", "2023-08")
    aid(either, person, "2023-09", 80_000)
    either.paid("2023-09-10", "2023-09")
    with pytest.raises(NothingDue):
        either.computed("2023-09-11", "2023-08")
    aid(either, person, "2023-10", 50_000, key="2")
    either.paid("2023-10-10", "2023-10")
    assert not Recovery.objects.exists()


def test_a_correction_that_waits_for_approval_takes_nothing_back(county):
    """The amount approved before stays owed until its correction is approved: then the difference is paid."""
    person, _ = county.pensioner("2023-06-01")
    grant = aid(county, person, "2023-07", 80_000)
    july = county.paid("2023-07-10", "2023-07")
    wrong = correct_grant(
        actor=county.clerk_on("2023-07-20"), grant_id=grant, amount_fen=70_000, inputs={}, evidence="核实"
    )
    right = correct_grant(
        actor=county.clerk_on("2023-07-25"), grant_id=wrong, amount_fen=90_000, inputs={}, evidence="再核实"
    )
    august = county.paid("2023-08-10", "2023-08")
    assert payment_of(august, person).amount_fen == JULY and not Recovery.objects.exists()
    approve_grant(actor=on(county.head, day("2023-08-20")), grant_id=right)
    september = county.paid("2023-09-10", "2023-09")
    one_offs = [(number, fen) for number, _, fen, cause in lines(september) if cause == "one_off"]
    assert sorted(one_offs) == [(grant, -80_000), (right, 90_000)]
    assert payment_of(september, person).amount_fen == JULY + 10_000 and not Recovery.objects.exists()
    assert all(verify_run(county.head, run.pk, engine="scalar").repeats for run in (july, august, september))


def test_a_correction_withdrawn_takes_back_what_it_was_to_replace(county):
    """Nothing is owed of an event that proved to be none, from the day that is known."""
    person, _ = county.pensioner("2023-06-01")
    grant = aid(county, person, "2023-07", 80_000)
    county.paid("2023-07-10", "2023-07")
    draft = correct_grant(
        actor=county.clerk_on("2023-07-20"), grant_id=grant, amount_fen=70_000, inputs={}, evidence="核实"
    )
    august = county.paid("2023-08-10", "2023-08")
    withdraw_grant(actor=county.clerk_on("2023-08-20"), grant_id=draft, reason="误登")
    county.paid("2023-09-10", "2023-09")
    assert Recovery.objects.get().amount_fen == 80_000
    assert verify_run(county.head, august.pk, engine="scalar").repeats


def test_one_off_amounts_of_different_kinds_do_not_offset_one_another(county):
    """One kind taken back, another granted in its month: the one is a recovery, the other is paid."""
    county.budget(2023, purses=(("2080899", "30307"),))
    person, _ = county.pensioner("2023-06-01")
    first = aid(county, person, "2023-07", 80_000)
    county.paid("2023-07-10", "2023-07")
    withdraw_grant(actor=county.clerk_on("2023-07-11"), grant_id=first, reason="误批")
    aid(county, person, "2023-07", 50_000, benefit="medical_subsidy")
    county.paid("2023-07-12", "2023-07")
    assert Recovery.objects.get().amount_fen == 80_000
    assert Payment.objects.order_by("pk").last().amount_fen == 50_000 - 10_000


def overpaid(county: County) -> tuple[int, Recovery]:
    """A person whose lower grade became known in October; 20% of each payment comes back."""
    person, award = county.pensioner("2023-06-01")
    county.months_paid("2023-07", "2023-09")
    change_terms(
        actor=county.clerk_on("2023-10-02"), award_id=award, changed_on=day("2023-07-10"), standard_key="因公|10"
    )
    county.paid("2023-10-08", "2023-10")
    return person, Recovery.objects.get()


def test_two_runs_of_one_month_take_off_no_more_than_the_plan_of_a_month(county):
    """A supplement leaves alone what the regular run of its month has taken off already."""
    person, _ = overpaid(county)
    aid(county, person, "2023-10", 500_000)
    assert county.paid("2023-10-09", "2023-10").pay_fen == 500_000
    taken = RecoveryEntry.objects.filter(recovery__person_id=person, run__pay_month=202310)
    assert sum(entry.amount_fen for entry in taken) == Recovery.objects.get().monthly_fen


def test_what_was_repaid_beside_an_open_run_is_not_taken_off_again(county):
    """Should it slip past the services: what would be taken off too much is refused in words, nothing is written."""
    _, recovery = overpaid(county)
    run = county.computed("2023-11-10", "2023-11")
    assert RecoveryEntry.objects.filter(run_id=run).exists()
    Recovery.objects.filter(pk=recovery.pk).update(recovered_fen=recovery.amount_fen, state="settled")
    propose_run(actor=county.clerk_on("2023-11-10"), run_id=run)
    with pytest.raises(RecoveryChanged, match="作废"):
        approve_run(actor=on(county.head, day("2023-11-10")), run_id=run)
    assert PaymentRun.objects.get(pk=run).state == "proposed" and not RunBudget.objects.filter(run_id=run).exists()


def test_a_benefit_that_nobody_funds_is_said_when_a_run_is_proposed(county):
    """Not only by the last of its approvers."""
    from rongji.payments.models import Payroll

    aid(county, county.person("2023-06-01"), "2023-07", 80_000)
    Payroll.objects.update(area="430621")  # a county that has written down no shares of its own
    run = county.computed("2023-07-10", "2023-07")
    with pytest.raises(FundingNotInForce, match="分担"):
        propose_run(actor=county.clerk_on("2023-07-10"), run_id=run)
    assert PaymentRun.objects.get(pk=run).state == "computed"


def test_december_approved_in_january_takes_the_new_year(county):
    """Money is taken from the year in which it is spent, arrears of the old year included."""
    county.pensioner("2023-06-01")
    december = county.computed("2023-12-29", "2023-12")
    county.approved("2024-01-03", december)
    assert set(RunBudget.objects.filter(run_id=december).values_list("year", flat=True)) == {2024}


def test_january_computed_in_december_takes_the_new_year(county):
    """Paid ahead, it still belongs to January."""
    county.pensioner("2023-06-01")
    county.paid("2023-12-20", "2023-12")
    january = county.paid("2023-12-28", "2024-01")
    assert set(RunBudget.objects.filter(run=january).values_list("year", flat=True)) == {2024}


def test_a_death_between_reckoning_and_approval_comes_back_from_the_family(county):
    """The run goes as it was approved; the next one finds the month after the death overpaid, and takes nothing off."""
    person, _ = county.pensioner("2023-06-01")
    county.pensioner("2023-06-01")
    run = county.computed("2023-08-05", "2023-08")
    county.died("2023-08-06", person, "2023-07-20")
    county.approved("2023-08-07", run)
    county.paid("2023-09-10", "2023-09")
    recovery = Recovery.objects.get()
    assert (recovery.person_id, recovery.amount_fen, recovery.monthly_fen) == (person, JULY, 0)


def test_the_database_takes_no_run_that_was_never_open(county):
    """Neither an update nor an insert brings a run past its approvals."""
    run = PaymentRun.objects.get(pk=_computed(county))
    run.pk, run.sequence, run.state, run.approvals_needed = None, 9, "approved", 0
    with pytest.raises(DatabaseError), transaction.atomic():
        run.save(force_insert=True)


def _computed(county: County) -> int:
    county.pensioner("2023-06-01")
    return county.computed("2023-07-10", "2023-07")


def test_a_past_run_repeats_from_its_own_first_month(county):
    """Were a payroll to begin earlier one day, what was computed before still repeats."""
    from rongji.payments.models import Payroll

    county.pensioner("2023-06-01")
    july = county.paid("2023-07-10", "2023-07")
    Payroll.objects.filter(bureau=BUREAU).update(first_month=202304)
    assert verify_run(county.head, july.pk, engine="scalar").repeats


def test_money_of_a_year_without_budget_is_refused_by_name_of_the_year(county):
    """Nothing half-taken."""
    BudgetLine.objects.filter(year=2024).delete()
    county.pensioner("2023-06-01")
    run = county.computed("2023-12-29", "2023-12")
    with pytest.raises(Exception, match="2024 年没有可列支"):
        county.approved("2024-01-03", run)
    assert PaymentRun.objects.get(pk=run).state == "proposed" and not RunBudget.objects.exists()
