"""What holds of one-off amounts whatever the facts: bounds, order, parts that make the whole."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.kernel.month import Month
from rongji.law.loader import lawbook
from rongji.law.model import Row, Trust
from rongji.law.shapes.aid import LevelShares
from rongji.law.shapes.medical import AgeBands, MedicalBand
from rongji.rules.entitlement.death_lump_sum import Death, death_lump_sum
from rongji.rules.entitlement.discharge_grant import Discharge, discharge_grant
from rongji.rules.entitlement.family_allowance import Conscript, family_allowance
from rongji.rules.entitlement.insurance_back_payment import InsuranceGap, insurance_back_payment, split
from rongji.rules.entitlement.medical_bands import banded
from rongji.rules.entitlement.medical_subsidy import MedicalBill, medical_subsidy
from rongji.rules.entitlement.one_off import half_up
from rongji.rules.entitlement.service_time import months_later, span

LATER = date(2026, 12, 31)
MOST = 100_000_000
few = settings(max_examples=60, deadline=None)
days = st.dates(date(2000, 1, 1), date(2030, 12, 31))
fen = st.integers(0, MOST)


@st.composite
def bands(draw) -> AgeBands:
    """Bands that follow on one another from zero."""
    edges = [0, *sorted(draw(st.sets(st.integers(1, MOST), max_size=4)))]
    percents = draw(st.lists(st.integers(0, 100), min_size=len(edges), max_size=len(edges)))
    ends: list[int | None] = [*edges[1:], None]
    made = [MedicalBand(low, high, Decimal(share)) for low, high, share in zip(edges, ends, percents, strict=True)]
    return AgeBands(0, tuple(made))


@few
@given(bands(), fen)
def test_bands_hold_the_whole_base(variant, base):
    """What lies in the bands together is the base, and at 100 % everywhere they earn all of it."""
    assert sum(band.holds_of(base) for band in variant.bands) == base
    full = AgeBands(0, tuple(replace(band, percent=Decimal(100)) for band in variant.bands))
    assert banded(full, 0, 0, base).fen == base


@few
@given(bands(), fen, fen, fen)
def test_bands_never_earn_more_than_the_base_and_never_less_for_more(variant, deductible, base, more):
    """Monotone in the base, at most the base above the deductible."""
    small, large = (banded(variant, deductible, 0, item).fen for item in (base, base + more))
    assert 0 <= small <= large
    assert small <= max(base - deductible, 0)


@few
@given(bands(), fen, st.lists(st.integers(0, MOST // 10), min_size=1, max_size=6))
def test_a_year_of_bills_earns_what_one_bill_would(variant, deductible, bills):
    """Over the year the order and the number of bills change nothing, to the fen."""
    earned, prior = 0, 0
    for bill in bills:
        earned += banded(variant, deductible, prior, bill).fen
        prior += bill
    assert earned == banded(variant, deductible, 0, sum(bills)).fen


@few
@given(st.integers(0, MOST), st.integers(0, MOST), st.integers(0, MOST))
def test_a_bill_is_covered_by_its_parts(first, second, third):
    """Insurance, subsidy and what is left to the person make the bill; nobody pays below zero."""
    paid, catalogue, bill = sorted((first, second, third))
    facts = MedicalBill(
        "烈属", "住院", date(2024, 5, 1), date(1960, 1, 1), "331000", bill, catalogue, (("基本医保", paid),)
    )
    found = medical_subsidy(facts, known_on=LATER)
    assert paid + found.fen + found.borne_fen == bill
    assert 0 <= found.fen <= found.base_fen == catalogue - paid
    assert found.borne_fen >= 0


@few
@given(st.dates(date(2010, 1, 1), date(2019, 6, 30)), st.integers(0, 2000), st.integers(1, 400))
def test_more_service_never_earns_less(enlisted, later, more):
    """The discharge grant of a conscript grows with service, and years are halves."""
    facts = Discharge(enlisted, date(2020, 1, 1) + timedelta(days=later), "义务兵", "420100")
    longer = replace(facts, discharged_on=facts.discharged_on + timedelta(days=more))
    small, large = (discharge_grant(item, known_on=LATER) for item in (facts, longer))
    assert small.fen <= large.fen
    assert small.years.denominator in (1, 2)
    assert small.fen == 450_000 * small.years


@few
@given(st.integers(1, MOST), st.integers(1, MOST), st.sampled_from(["烈士", "因公牺牲", "病故"]))
def test_a_lump_sum_is_its_parts_and_never_below_the_pay_of_a_lieutenant(pay, lieutenant, nature):
    """Income part plus forty months of the higher of both pays."""
    found = death_lump_sum(Death(date(2022, 5, 1), nature, "现役军人", pay, lieutenant), known_on=LATER)
    assert found.fen == found.income_fen + found.pay_fen + found.honour_fen
    assert found.pay_fen == 40 * max(pay, lieutenant)


@few
@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.integers(0, 1000))
def test_instalments_follow_on_one_another_and_never_exceed_two_years(enlisted, served):
    """Each begins the day after the last; who leaves at the end of his term has at most four."""
    left = enlisted + timedelta(days=served)
    found = family_allowance(
        Conscript(enlisted, "430621", "母亲", left, left_on=left, ending="期满退役"), known_on=LATER
    )
    spans = [(item.first_day, item.last_day) for item in found.instalments]
    assert spans[0][0] == enlisted
    assert all(following[0] - before[1] == timedelta(days=1) for before, following in pairwise(spans))
    assert 1 <= len(spans) <= 4
    assert found.fen == sum(item.fen for item in found.instalments) == 600_000 * len(spans)


@few
@given(st.dates(date(2023, 1, 1), date(2023, 12, 31)), st.integers(0, 1000), st.integers(1, 100))
def test_time_served_never_earns_less_for_more(enlisted, served, more):
    """Late discharge: a day more is never a fen less."""

    def paid(days_served: int) -> int:
        left = enlisted + timedelta(days=days_served)
        facts = Conscript(enlisted, "430621", "母亲", left, left_on=left, ending="延期退役")
        return family_allowance(facts, known_on=LATER).fen

    assert paid(served) <= paid(served + more)


@few
@given(days, st.integers(0, 500), st.integers(0, 27))
def test_a_span_is_what_leads_from_one_day_to_the_other(start, months, more):
    """So many months and days later one arrives, and no whole month is left over."""
    until = months_later(start, months) + timedelta(days=more)
    found = span(start, until)
    assert months_later(start, found.months) + timedelta(days=found.days) == until
    assert months_later(start, found.months + 1) > until


@few
@given(fen, st.integers(0, 100), st.integers(0, 100))
def test_the_levels_bear_the_whole(state, first, second):
    """Three parts add up to the state's part, none below zero, the county's within a fen of its share."""
    central, province = min(first, second), abs(first - second)
    shares = LevelShares(Decimal(central), Decimal(province))
    row = Row("t", 1, 1, (), date(2019, 1, 1), date(2019, 1, 1), "a", Trust.OFFICIAL, shares)
    found = split(state, row)
    parts = (found.central_fen, found.province_fen, found.county_fen)
    assert sum(parts) == state
    assert min(parts) >= 0
    assert abs(found.county_fen - Fraction(state * (100 - central - province), 100)) <= 1


@few
@given(st.integers(1, MOST), st.integers(0, 300))
def test_a_longer_gap_costs_in_proportion(wage, months):
    """Rounded each month, n months cost n times one."""
    first = Month.of(1990, 1)
    gap = InsuranceGap("养老", first, first, date(2020, 6, 1), "430621", wage)
    one = insurance_back_payment(gap, known_on=LATER)
    many = insurance_back_payment(replace(gap, last_month=first + months), known_on=LATER)
    assert (many.unit_fen, many.personal_fen) == (one.unit_fen * (months + 1), one.personal_fen * (months + 1))


@few
@given(st.fractions(-1000, 1000, max_denominator=97))
def test_half_a_fen_is_rounded_away_from_zero(exact):
    """Within half a fen, and symmetric."""
    assert abs(half_up(exact) - exact) <= Fraction(1, 2)
    assert half_up(-exact) == -half_up(exact)
    if abs(half_up(exact) - exact) == Fraction(1, 2):
        assert abs(half_up(exact)) > abs(exact)


def test_every_rule_of_one_off_benefits_cites_registered_acts():
    """Ids are those of the benefits, acts are those of legal/acts, docstrings say the day that counts."""
    from rongji.rules.entitlement import (  # noqa: F401  rules register themselves on import
        funeral_grant,
        hardship_aid,
        martyr_praise,
        merit_award,
        outpatient_allowance,
        premium_support,
    )
    from rongji.rules.rule import all_rules

    wanted = {
        "death_lump_sum", "martyr_praise", "funeral_grant", "merit_award", "discharge_grant", "discharge_grant.years",
        "family_allowance", "hardship_aid", "medical_subsidy", "medical_subsidy.outpatient", "premium_support",
        "insurance_back_payment",
    }  # fmt: skip
    rules = all_rules()
    wanted = {f"entitlement.{name}" for name in wanted}
    assert wanted <= set(rules)
    for name in wanted:
        assert set(rules[name].cites) <= set(lawbook().acts)
        assert "As of:" in rules[name].description and "Does not cover:" in rules[name].description
