"""Computing a run: what is refused, what a run keeps, and merges of files beside it."""

import pytest
from django.db import IntegrityError
from payroll_county import BUREAU, County, day, lines, on, payment_of

from rongji.accounts.refusals import NotAllowed
from rongji.kernel.month import Month
from rongji.law.refusals import UnknownBenefit
from rongji.payments import runs
from rongji.payments.merging import MergeDuringRun
from rongji.payments.models import Payment, PaymentRun, Recovery, RunLine
from rongji.payments.reckoning import read
from rongji.payments.refusals import (
    DeductionTooLarge,
    EngineUnknown,
    KnownOnUnfit,
    MonthBeforePayroll,
    MonthTooFar,
    NothingDue,
    PayrollExists,
    PayrollUnknown,
    RepaymentTooLarge,
    RepaymentUnfit,
    RunComputedMeanwhile,
    RunUnknown,
)
from rongji.payments.reviewing import review
from rongji.payments.selectors import lines_of_run, recoveries, run_facts
from rongji.payments.services import compute_run, open_payroll, plan_recovery, record_repayment, write_off
from rongji.payments.types import Cause
from rongji.people.services.merging import merge_persons

JULY = 257_000


@pytest.fixture
def county(organisation, actor, options) -> County:
    """The county with its payroll from July 2023."""
    return County.founded(organisation, actor)


def compute(county: County, known: str, month: str, **facts):
    """A run by the judge."""
    options = {"bureau": BUREAU, "engine": "scalar", **facts}
    return compute_run(actor=county.clerk_on(known), pay_month=Month.parse(month), **options)


def test_what_cannot_be_computed_is_refused_and_nothing_written(county):
    """No payroll, months outside it, days of knowledge in the future, engines that are none, nobody to pay."""
    with pytest.raises(NothingDue):
        compute(county, "2023-07-10", "2023-07")
    county.pensioner("2023-06-01")
    refused = [
        (PayrollUnknown, {"bureau": "nowhere"}, "2023-07"),
        (MonthBeforePayroll, {}, "2023-06"),
        (MonthTooFar, {}, "2023-09"),
        (KnownOnUnfit, {"known_on": day("2023-07-11")}, "2023-07"),
        (EngineUnknown, {"engine": "abacus"}, "2023-07"),
        (EngineUnknown, {"engine": "spark"}, "2023-07"),
        (EngineUnknown, {"master": "spark://nowhere:1"}, "2023-07"),
    ]
    for refusal, facts, month in refused:
        with pytest.raises(refusal):
            compute(county, "2023-07-10", month, **facts)
    with pytest.raises(NotAllowed):
        compute_run(actor=county.head, bureau=BUREAU, pay_month=Month.parse("2023-07"), engine="scalar")
    assert not PaymentRun.objects.exists()


def test_a_run_knows_no_less_than_the_one_before(county):
    """An earlier day of knowledge would take back what a later one paid."""
    county.pensioner("2023-06-01")
    county.paid("2023-07-10", "2023-07")
    with pytest.raises(KnownOnUnfit):
        compute(county, "2023-08-10", "2023-08", known_on=day("2023-07-09"))


def test_a_bureau_has_one_payroll(county):
    """A second one is refused."""
    with pytest.raises(PayrollExists):
        open_payroll(actor=county.finance, bureau=BUREAU, first_month=Month.parse("2024-01"))
    with pytest.raises(RunUnknown):
        run_facts(county.head, 4711)


def test_somebody_who_computes_at_the_same_time_loses(county, monkeypatch):
    """The other run is there first: this one is not kept, and says so."""
    county.pensioner("2023-06-01")
    read_for_real = runs.read

    def read_while_another_computes(payroll, **facts):
        reckoning = read_for_real(payroll, **facts)
        monkeypatch.setattr(runs, "read", read_for_real)
        county.computed("2023-07-10", "2023-07")
        return reckoning

    monkeypatch.setattr(runs, "read", read_while_another_computes)
    with pytest.raises(RunComputedMeanwhile):
        county.computed("2023-07-10", "2023-07")
    assert PaymentRun.objects.count() == 1


def test_a_broken_write_leaves_nothing(county, monkeypatch):
    """An integrity error that is no other run is a bug and rises; nothing is half written."""
    county.pensioner("2023-06-01")

    def broken(*_):
        raise IntegrityError("something else")

    monkeypatch.setattr(runs, "_seal", broken)
    with pytest.raises(IntegrityError):
        county.computed("2023-07-10", "2023-07")
    assert not PaymentRun.objects.exists() and not RunLine.objects.exists() and not Payment.objects.exists()


def test_a_line_keeps_what_it_was_computed_from(county):
    """Standard, row of law, amount, months, units and terms stand with the line."""
    person = county.person("2023-06-01", born="1950-01-01")
    county.award("2023-06-01", person, "rural_veteran_allowance", units=4, basis="2015-01-01")
    county.computed("2023-07-10", "2023-07")
    row = RunLine.objects.get()
    assert (row.amount_fen, row.divisor, row.units, row.owed_fen) == (64_800, 12, 4, 21_600)
    assert row.standard.startswith("standards.rural_veteran_allowance#") and row.term_id
    run = PaymentRun.objects.get()
    assert all(len(text) == 64 for text in (run.law_digest, run.rules_version, run.input_digest, run.content_digest))
    assert (run.line_count, run.person_count, run.due_fen, run.pay_fen) == (1, 1, 21_600, 21_600)


def test_the_inputs_digest_the_same_however_they_are_read(county):
    """Digests name content, not the order rows came in; a new fact changes them."""
    from rongji.payments.models import Payroll

    county.pensioner("2023-06-01")
    payroll, month = Payroll.objects.get(), Month.parse("2023-07")

    def now():
        return read(payroll, pay_month=month, known_on=day("2023-07-10"))

    first = now()
    assert (first.input_digest, first.law_digest) == (now().input_digest, now().law_digest)
    county.pensioner("2023-07-02")
    assert now().input_digest != first.input_digest


def test_a_review_shows_causes_differences_and_their_lines(county):
    """The differences lead from the month before to this one; lines open by cause."""
    county.pensioner("2023-06-01")
    county.paid("2023-07-10", "2023-07")
    _, new = county.pensioner("2023-07-20", basis="2023-07-20")
    run = county.computed("2023-08-10", "2023-08")
    found = review(county.head, run)
    assert (found.last_month_fen, found.this_month_fen) == (JULY, 2 * JULY)
    assert sum(one.fen for one in found.differences) == JULY
    assert {one.name: one.awards for one in found.differences} == {"new": 1, "stopped": 0, "raised": 0, "lowered": 0}
    assert [(one.cause, one.persons, one.fen) for one in found.causes] == [
        (Cause.REGULAR, 1, JULY),
        (Cause.NEW, 1, JULY),
    ]
    assert [line.award_id for line in lines_of_run(county.head, run, cause=Cause.NEW)] == [new]
    assert found.sums.due_fen == found.sums.amount_fen == 2 * JULY


def test_a_grant_is_paid_once_it_is_approved_and_comes_back_when_it_is_withdrawn(county):
    """Draft: nothing. Approved: in its month. Withdrawn after payment: a recovery, not a smaller pension."""
    from rongji.awards.services import approve_grant, record_grant, withdraw_grant
    from rongji.awards.types import NewGrant

    person, _ = county.pensioner("2023-06-01")
    new = NewGrant(
        person_id=person, benefit="hardship_aid", key="2023-1", event_on=day("2023-07-01"),
        due_month=Month.parse("2023-07"), amount_fen=80_000, rule="entitlement.hardship_aid",
    )  # fmt: skip
    grant = record_grant(actor=county.clerk_on("2023-07-03"), new=new)
    first = county.computed("2023-07-04", "2023-07")
    assert PaymentRun.objects.get(pk=first).pay_fen == JULY
    county.approved("2023-07-04", first)
    approve_grant(actor=on(county.head, day("2023-07-05")), grant_id=grant)
    supplement = county.paid("2023-07-06", "2023-07")
    assert (str(supplement.kind), lines(supplement)) == ("supplement", [(grant, 202307, 80_000, "one_off")])
    withdraw_grant(actor=county.clerk_on("2023-08-01"), grant_id=grant, reason="误批")
    august = county.paid("2023-08-10", "2023-08")
    assert payment_of(august, person).amount_fen == JULY - JULY // 5
    assert Recovery.objects.get().amount_fen == 80_000


def test_files_in_an_open_run_are_not_merged(county):
    """Two files of one person wait for the run; afterwards they merge, and what was paid twice comes back."""
    kept, _ = county.pensioner("2023-06-01")
    absorbed, _ = county.pensioner("2023-06-01")
    run = county.computed("2023-07-10", "2023-07")
    facts = {"actor": county.head, "kept_id": kept, "absorbed_id": absorbed, "reason": "同一人重复建档"}
    with pytest.raises(MergeDuringRun):
        merge_persons(**facts)
    county.approved("2023-07-10", run)
    merge_persons(**facts)
    assert payment_of(run, absorbed) is None and Payment.objects.filter(run=run, person_id=kept).count() == 2
    august = county.paid("2023-08-10", "2023-08")
    assert sum(fen for _, _, fen, _ in lines(august)) == 0
    assert Recovery.objects.get().amount_fen == JULY


def test_recoveries_are_planned_repaid_and_written_off_within_bounds(county):
    """No plan above the share, no repayment beyond what is left, no write-off by a clerk."""
    person, award = county.pensioner("2023-06-01")
    county.months_paid("2023-07", "2023-09")
    from rongji.awards.services import change_terms

    change_terms(
        actor=county.clerk_on("2023-10-02"), award_id=award, changed_on=day("2023-07-10"), standard_key="因公|10"
    )
    county.paid("2023-10-08", "2023-10")
    found = recoveries(county.head, BUREAU)
    assert [(one.person_id, one.left_fen > 0) for one in found] == [(person, True)]
    number, clerk = found[0].id, county.clerk_on("2023-10-09")
    with pytest.raises(DeductionTooLarge):
        plan_recovery(actor=clerk, recovery_id=number, monthly_fen=10**6)
    plan_recovery(actor=clerk, recovery_id=number, monthly_fen=100)
    assert recoveries(county.head, BUREAU)[0].monthly_fen == 100
    for fen, refusal in ((0, RepaymentUnfit), (found[0].left_fen + 1, RepaymentTooLarge)):
        with pytest.raises(refusal):
            record_repayment(
                actor=clerk, recovery_id=number, amount_fen=fen, repaid_on=day("2023-10-09"), evidence="收据"
            )
    open_run = county.computed("2023-10-20", "2023-11")
    with pytest.raises(RepaymentTooLarge):
        record_repayment(
            actor=clerk, recovery_id=number, amount_fen=found[0].left_fen, repaid_on=day("2023-10-09"), evidence="收据"
        )
    runs.discard_run(actor=clerk, run_id=open_run)
    with pytest.raises(NotAllowed):
        write_off(actor=clerk, recovery_id=number, reason="核销")
    write_off(actor=county.director, recovery_id=number, reason="无力退回，局务会决定")
    assert recoveries(county.head, BUREAU) == ()
    assert [str(one.state) for one in recoveries(county.head, BUREAU, only_open=False)] == ["written_off"]


def test_an_unknown_benefit_has_no_place_in_a_run(county):
    """Awards refuse it, so that no run meets it."""
    person = county.person("2023-06-01")
    with pytest.raises(UnknownBenefit):
        county.award("2023-06-01", person, "free_lunch")
