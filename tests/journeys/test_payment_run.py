"""A county pays month by month: what is owed minus what was settled, whatever becomes known late."""

import pytest
from payroll_county import County, day, lines, on, payment_of

from rongji.awards.types import StartKind
from rongji.kernel.month import Month
from rongji.payments.explaining import explain
from rongji.payments.models import PaymentRun
from rongji.payments.refusals import NothingDue, RecoveryNotOpen
from rongji.payments.reviewing import review
from rongji.payments.verifying import verify_run

OLD, NEW = 257_000, 269_833  # 30840 and 32380 yuan a year, a twelfth of each, rounded for the month


@pytest.fixture
def county(organisation, actor, options) -> County:
    """The county with its payroll from July 2023."""
    return County.founded(organisation, actor)


@pytest.fixture(params=["scalar", "embedded"])
def either(county, request) -> County:
    """The same, paying by the one and by the other engine."""
    county.engine = request.param
    return county


def test_a_standard_known_in_october_is_paid_with_its_arrears(either):
    """August's standard, published on 11 October: the October run adds what August and September lack."""
    person, award = either.pensioner("2023-07-01")
    either.months_paid("2023-07", "2023-09")
    run = either.paid("2023-10-12", "2023-10")
    assert lines(run) == [
        (award, 202308, NEW - OLD, "arrears"),
        (award, 202309, NEW - OLD, "arrears"),
        (award, 202310, NEW, "raised"),
    ]
    assert payment_of(run, person).amount_fen == 3 * NEW - 2 * OLD == run.pay_fen
    assert lines(either.paid("2023-11-10", "2023-11")) == [(award, 202311, NEW, "regular")]


def test_a_late_start_is_paid_from_its_first_month(county):
    """Approved in July, recorded in October: August to October come together."""
    county.pensioner("2023-07-01")
    county.months_paid("2023-07", "2023-09")
    late = county.person("2023-10-05")
    award = county.award("2023-10-05", late, "survivor_pension", "烈属", basis="2023-07-20")
    run = county.paid("2023-10-08", "2023-10")
    own = [line for line in lines(run) if line[0] == award]
    assert [(month, cause) for _, month, _, cause in own] == [
        (202308, "late_start"), (202309, "late_start"), (202310, "new"),
    ]  # fmt: skip
    assert payment_of(run, late).amount_fen == sum(fen for _, _, fen, _ in own) == 3 * 307_583


def test_a_death_reported_late_is_recovered_from_the_family_and_never_deducted(either):
    """Died in August, told in October: September was too much. The month of death is still owed."""
    from rongji.payments.models import Recovery

    person, award = either.pensioner("2023-07-01")
    either.months_paid("2023-07", "2023-09")
    either.died("2023-10-02", person, "2023-08-20")
    run = either.paid("2023-10-08", "2023-10")
    assert lines(run) == [(award, 202309, -OLD, "overpaid")]
    assert payment_of(run, person) is None
    recovery = Recovery.objects.get()
    assert (recovery.amount_fen, recovery.monthly_fen, recovery.run_id) == (OLD, 0, run.pk)
    assert "去世" in recovery.reason
    with pytest.raises(NothingDue):
        either.computed("2023-10-09", "2023-10")


def test_what_a_family_paid_back_brings_the_recovery_down_until_it_is_settled(county):
    """Repaid in two parts; a third is one too many."""
    from rongji.payments.models import Recovery
    from rongji.payments.services import record_repayment

    person, _ = county.pensioner("2023-07-01")
    county.months_paid("2023-07", "2023-09")
    county.died("2023-10-02", person, "2023-08-20")
    county.paid("2023-10-08", "2023-10")
    recovery, clerk = Recovery.objects.get(), on(county.clerk, day("2023-10-20"))
    for fen, left in ((100_000, OLD - 100_000), (OLD - 100_000, 0)):
        assert left == record_repayment(
            actor=clerk, recovery_id=recovery.pk, amount_fen=fen, repaid_on=day("2023-10-19"), evidence="收据"
        )
    with pytest.raises(RecoveryNotOpen):
        record_repayment(
            actor=clerk, recovery_id=recovery.pk, amount_fen=1, repaid_on=day("2023-10-19"), evidence="收据"
        )


def test_a_lower_grade_known_late_comes_back_by_a_fifth_of_each_payment(either):
    """Grade 7 became grade 8 in July, told in October: three months too much, taken off by at most 20 % a month."""
    from rongji.awards.services import change_terms
    from rongji.payments.models import Recovery

    person, award = either.pensioner("2023-06-01")
    either.months_paid("2023-07", "2023-09")
    change_terms(
        actor=on(either.clerk, day("2023-10-05")), award_id=award, changed_on=day("2023-07-10"), standard_key="因公|8"
    )
    lower = 165_917  # 19910 a year
    run = either.paid("2023-10-08", "2023-10")
    assert [line[1:] for line in lines(run)] == [
        (202308, lower - OLD, "overpaid"), (202309, lower - OLD, "overpaid"), (202310, lower, "regular"),
    ]  # fmt: skip
    payment, recovery = payment_of(run, person), Recovery.objects.get()
    assert recovery.amount_fen == 2 * (OLD - lower)
    assert (payment.deducted_fen, payment.amount_fen) == (lower // 5, lower - lower // 5)
    left, months = recovery.amount_fen - lower // 5, 0
    while left:
        months += 1
        month = Month.parse("2023-10") + months
        following = either.paid(f"{month}-05", str(month))
        taken = payment_of(following, person).deducted_fen
        assert 0 < taken <= (payment_of(following, person).amount_fen + taken) // 5
        left -= taken
    recovery.refresh_from_db()
    assert (recovery.recovered_fen, recovery.state) == (recovery.amount_fen, "settled")


def test_an_exchange_of_benefits_offsets_within_the_month(either):
    """The rural allowance gives way to the pension from the day it is known: the months are netted, nothing is owed
    back while the pension is larger."""
    from rongji.payments.models import Recovery

    person = either.person("2023-06-01", born="1950-01-01")
    rural = either.award("2023-06-01", person, "rural_veteran_allowance", units=4, basis="2015-01-01")
    either.months_paid("2023-07", "2023-09")
    pension = either.award("2023-10-05", person, "disability_pension", "因公|7", basis="2023-07-20")
    run = either.paid("2023-10-08", "2023-10")
    assert lines(run) == [
        (rural, 202308, -21_600, "exchanged"),
        (pension, 202308, OLD, "exchanged"),
        (rural, 202309, -21_600, "exchanged"),
        (pension, 202309, OLD, "exchanged"),
        (pension, 202310, OLD, "new"),
    ]
    assert payment_of(run, person).amount_fen == 3 * OLD - 2 * 21_600
    assert not Recovery.objects.exists()


def test_a_transfer_pays_to_december_here(county):
    """Moved out in September: this county pays to the end of the year, then stops."""
    from rongji.awards.services import end_award
    from rongji.awards.types import EndKind

    person, award = county.pensioner("2023-06-01")
    other, _ = county.pensioner("2023-06-01")
    county.months_paid("2023-07", "2023-09")
    end_award(
        actor=on(county.clerk, day("2023-09-20")), award_id=award, ended_on=day("2023-09-15"), end=EndKind.MOVED_OUT
    )
    county.months_paid("2023-10", "2023-12", on_the=8)
    january = county.paid("2024-01-08", "2024-01")
    assert payment_of(january, person) is None
    assert payment_of(january, other).amount_fen == NEW
    stopped = review(county.head, january.pk).stopped
    assert [(one.award_id, one.why) for one in stopped] == [(award, "2023-09-15 关系转出")]


def test_a_transfer_in_is_paid_from_january(county):
    """Moved in during autumn: the county of origin pays to December, this one from January at its own rate."""
    county.pensioner("2023-06-01")
    county.months_paid("2023-07", "2023-11", on_the=15)
    person = county.person("2023-11-20")
    award = county.award(
        "2023-11-20", person, "disability_pension", "因公|7", basis="2023-10-09", start=StartKind.MOVED_IN
    )
    assert payment_of(county.paid("2023-12-08", "2023-12"), person) is None
    january = county.paid("2024-01-08", "2024-01")
    assert [line for line in lines(january) if line[0] == award] == [(award, 202401, NEW, "new")]


def test_a_correction_pays_what_the_right_terms_come_to(county):
    """Grade 8 was written where grade 7 was meant: the difference of every month paid here follows."""
    from rongji.awards.selectors import awards_of
    from rongji.awards.services import correct_terms
    from rongji.awards.types import TermChange

    person, _ = county.pensioner("2023-06-01", "因公|8")
    county.months_paid("2023-07", "2023-09")
    term = awards_of(person, known_on=day("2023-09-30"))[0].terms[0].id
    correct_terms(
        actor=on(county.clerk, day("2023-10-05")), term_id=term, change=TermChange(standard_key="因公|7"),
        evidence="评残决定",
    )  # fmt: skip
    run = county.paid("2023-10-08", "2023-10")
    assert [line[1:] for line in lines(run)] == [
        (202307, OLD - 165_917, "corrected"), (202308, OLD - 165_917, "corrected"),
        (202309, OLD - 165_917, "corrected"), (202310, OLD, "raised"),
    ]  # fmt: skip


def test_a_returned_payment_that_is_cancelled_is_due_again(county):
    """Cancelled after it came back: the month is open again, and what was taken off it is owed again."""
    from rongji.payments.models import Payment

    person, award = county.pensioner("2023-06-01")
    county.paid("2023-07-10", "2023-07")
    august = county.paid("2023-08-10", "2023-08")
    county.cancelled("2023-08-25", payment_of(august, person))
    run = county.paid("2023-09-10", "2023-09")
    assert [line[:3] for line in lines(run)] == [(award, 202308, OLD), (award, 202309, OLD)]
    assert Payment.objects.exclude(state="cancelled").count() == 2


def test_computing_a_month_again_finds_nothing(county):
    """What was settled is settled: a second run of the month has nothing to pay, and says so."""
    county.pensioner("2023-06-01")
    county.paid("2023-07-10", "2023-07")
    with pytest.raises(NothingDue):
        county.computed("2023-07-11", "2023-07")
    assert PaymentRun.objects.count() == 1


def test_a_discarded_run_leaves_only_its_heading(county):
    """Its number is not used again, and the month is computed anew."""
    from rongji.payments.models import Payment, RunLine
    from rongji.payments.services import discard_run

    county.pensioner("2023-06-01")
    first = county.computed("2023-07-10", "2023-07")
    discard_run(actor=on(county.clerk, day("2023-07-10")), run_id=first)
    assert (RunLine.objects.count(), Payment.objects.count()) == (0, 0)
    again = county.paid("2023-07-11", "2023-07")
    assert (again.sequence, str(again.kind), again.pay_fen) == (2, "regular", OLD)


def test_a_past_run_repeats_to_the_fen_by_its_known_date(either):
    """After a new standard, a death and a correction, every earlier run reckoned again from its own day is the same."""
    either.pensioner("2023-06-01")
    dead, _ = either.pensioner("2023-06-01", "因战|5")
    either.months_paid("2023-07", "2023-10", on_the=12)
    either.died("2023-11-02", dead, "2023-09-20")
    either.months_paid("2023-11", "2023-12")
    for run in PaymentRun.objects.all():
        found = verify_run(either.head, run.pk, engine=either.engine)
        assert (found.repeats, found.same_inputs, found.same_law, found.same_rules) == (True, True, True, True)


def test_an_account_of_an_amount_tells_facts_law_arithmetic_and_what_was_settled(county):
    """August 2023 as known in September, and as known after the notice and after the October run."""
    person, _ = county.pensioner("2023-07-01")
    county.months_paid("2023-07", "2023-09")
    county.paid("2023-10-12", "2023-10")

    def account(known: str):
        return explain(actor=county.head, person_id=person, month=Month.parse("2023-08"), known_on=day(known))

    before, noticed, after = account("2023-09-30"), account("2023-10-11"), account("2023-10-12")
    assert (before.owed_fen, before.settled_fen, before.left_fen) == (OLD, OLD, 0)
    assert (noticed.owed_fen, noticed.settled_fen, noticed.left_fen) == (NEW, OLD, NEW - OLD)
    assert (after.owed_fen, after.settled_fen, after.left_fen) == (NEW, NEW, 0)
    assert [one.cause for one in after.items[0].settled] == ["按月", "提标补发"]
    assert "32,380.00 元 ÷ 12 = 2,698.33 元" in "".join(after.items[0].steps)
    assert "30,840.00 元 ÷ 12 = 2,570.00 元" in "".join(before.items[0].steps)
    assert after.items[0].trust == "推算"
