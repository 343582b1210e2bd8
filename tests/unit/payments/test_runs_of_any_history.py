"""Whatever happens to people, and however late it becomes known: after each run everything owed is settled, exactly."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from payroll_county import County, day, on

from rongji.awards.selectors import awards_of, claims_of
from rongji.awards.services import change_terms, correct_terms, end_award, withdraw_award
from rongji.awards.types import EndKind, TermChange
from rongji.kernel.month import Month
from rongji.kernel.refusal import Refusal
from rongji.payments.models import Payment, Recovery, RunLine
from rongji.payments.refusals import NothingDue
from rongji.rules.entitlement.account import owed

FIRST, MONTHS = Month.parse("2023-07"), 5
KEYS = ("因公|7", "因公|8", "因战|5", "因病|6")
EVENTS = st.lists(
    st.tuples(
        st.sampled_from(("pensioner", "rural", "grade", "death", "end", "correct", "withdraw", "cancel")),
        st.integers(0, 5),  # whom it concerns, of those there are
        st.integers(0, 100),  # how many days late it becomes known
        st.sampled_from(KEYS),
    ),
    max_size=3,
)


class History:
    """Events applied to a county, those that are refused left out."""

    def __init__(self, county: County) -> None:
        self.county = county
        self.people: list[int] = []
        self.awards: list[int] = []

    def happens(self, known, kind: str, whom: int, late: int, key: str) -> None:
        """One event, known on that day, true some days before."""
        true_on = max(known - timedelta(days=late), day("2023-06-01"))
        with suppress(Refusal), transaction.atomic():
            getattr(self, f"_{kind}")(known, true_on, whom, key)

    def _pensioner(self, known, true_on, whom, key) -> None:
        person = self.county.person(str(known))
        self.people.append(person)
        self.awards.append(self.county.award(str(known), person, "disability_pension", key, basis=str(true_on)))

    def _rural(self, known, true_on, whom, key) -> None:
        person = self.people[whom % len(self.people)]
        self.awards.append(
            self.county.award(str(known), person, "rural_veteran_allowance", units=whom + 1, basis=str(true_on))
        )

    def _grade(self, known, true_on, whom, key) -> None:
        award = self.awards[whom % len(self.awards)]
        change_terms(actor=on(self.county.clerk, known), award_id=award, changed_on=true_on, standard_key=key)

    def _death(self, known, true_on, whom, key) -> None:
        self.county.died(str(known), self.people[whom % len(self.people)], str(true_on))

    def _end(self, known, true_on, whom, key) -> None:
        award, kinds = self.awards[whom % len(self.awards)], list(EndKind)
        end_award(actor=on(self.county.clerk, known), award_id=award, ended_on=true_on, end=kinds[whom % len(kinds)])

    def _correct(self, known, true_on, whom, key) -> None:
        person = self.people[whom % len(self.people)]
        terms = [term for award in awards_of(person, known_on=known) for term in award.terms]
        if not terms:
            return
        term = terms[whom % len(terms)].id
        change = TermChange(standard_key=key, basis_on=true_on)
        correct_terms(actor=on(self.county.clerk, known), term_id=term, change=change, evidence="更正")

    def _withdraw(self, known, true_on, whom, key) -> None:
        award = self.awards[whom % len(self.awards)]
        withdraw_award(actor=on(self.county.clerk, known), award_id=award, reason="误登")

    def _cancel(self, known, true_on, whom, key) -> None:
        payment = Payment.objects.filter(cancelled_at__isnull=True, run__state="approved").order_by("pk").first()
        if payment is not None:
            self.county.cancelled(str(known), payment)


def settled() -> Counter:
    """What approved runs settled, by award and month."""
    rows = RunLine.objects.filter(run__state="approved").exclude(payment__state="cancelled")
    sums = rows.values_list("award_id", "for_month").annotate(fen=Sum("due_fen"))
    return Counter({(award, month): fen for award, month, fen in sums if fen})


def owed_as_known(people: list[int], last: Month, known) -> Counter:
    """What the judge says is owed of the open months, by award and month."""
    found: Counter = Counter()
    for person in people:
        claims = claims_of([person], known_on=known)
        for month in FIRST.until(last):
            for one in owed(claims, month, known):
                found[one.claim.award_id, month.number] += one.fen
    return Counter({key: fen for key, fen in found.items() if fen})


@pytest.fixture
def county(organisation, actor, options) -> County:
    """An empty county."""
    return County.founded(organisation, actor)


@settings(
    max_examples=12,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(EVENTS, min_size=MONTHS, max_size=MONTHS))
def test_after_each_run_what_is_owed_as_known_is_settled(county, months):
    """For every award and month, to the fen; no payment is negative; computing once more finds nothing due; what was
    overpaid stands as recoveries that never exceed it."""
    with transaction.atomic():
        history = History(county)
        history.happens(day("2023-07-01"), "pensioner", 0, 0, "因公|7")
        history.happens(day("2023-07-01"), "rural", 0, 0, "因公|7")
        for offset, events in enumerate(months):
            month = FIRST + offset
            for event in events:
                history.happens(month.first_day + timedelta(days=4), *event)
            _paid(county, month)
            known = month.first_day + timedelta(days=14)
            assert settled() == owed_as_known(history.people, month, known)
            assert not Payment.objects.filter(amount_fen__lt=0).exists()
            with pytest.raises(NothingDue):
                county.computed(str(known), str(month))
        _books_balance()
        transaction.set_rollback(True)


def _paid(county: County, month: Month) -> None:
    with suppress(NothingDue):
        county.paid(f"{month}-15", str(month))


def _books_balance() -> None:
    """Money out = owed and settled + still or already come back."""
    lines = RunLine.objects.exclude(payment__state="cancelled").aggregate(fen=Sum("due_fen"))["fen"] or 0
    paid = Payment.objects.exclude(state="cancelled").aggregate(fen=Sum("amount_fen"))["fen"] or 0
    overpaid = Recovery.objects.aggregate(fen=Sum("amount_fen"), back=Sum("recovered_fen"))
    assert paid == lines + (overpaid["fen"] or 0) - (overpaid["back"] or 0)
