"""The small tables of a run say what the judge says: read row by row they come to his amounts."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spec.entitlement.builders import D, local_row, month

from rongji.kernel.fen import half_up_share
from rongji.kernel.month import Month
from rongji.rules.entitlement.account import owed
from rongji.rules.entitlement.claim import Claim, End, Start
from rongji.rules.entitlement.law_tables import LawTables, RateKind, law_tables

REGION = "990100"
FIRST, LAST = month("2022-06"), month("2025-03")
KINDS = [
    RateKind(benefit, key, area)
    for area in ("430621", REGION)
    for benefit, key in (
        ("disability_pension", "因战|6"),
        ("disability_pension", "因公|10"),
        ("survivor_pension", "烈属"),
        ("ill_veteran_allowance", ""),
        ("war_participant_allowance", ""),
        ("martyr_child_allowance", ""),
        ("rural_veteran_allowance", ""),
        ("price_subsidy", ""),
        ("waiting_insurance", "养老|5000"),
    )
    if (benefit, area) not in (("martyr_child_allowance", "430621"), ("survivor_pension", REGION))
]


@pytest.fixture
def law(local_law):
    """A region with its own rounding, timing, exclusions, standard and prices."""
    growth = local_row("2022-08-01", "2022-09-10", '{cpi: "3.2", food: "6.1"}')
    growth += local_row("2022-10-01", "2022-11-10", '{cpi: "3.2", food: "1"}')
    pair = "benefit: 定期抚恤补助, other: 定期抚恤补助, "
    late = "benefit: war_participant_allowance, event: start_approved, "
    return local_law(
        entitlement__rounding=("rounding", "", local_row("2000-01-01", "2000-01-01", "{way: over_standard_year}")),
        entitlement__timing=("timing", "benefit, event", local_row("2020-03-10", "2020-01-01", SAME, late)),
        entitlement__exclusions=("together", "benefit, other", local_row("2023-05-01", "2023-04-01", ADDED, pair)),
        entitlement__price_growth=("price_growth", "", growth),
        entitlement__low_income_standard=("standard", "", local_row("2022-01-01", "2022-01-01", LEAST)),
        standards__ill_veteran_allowance=("standard", "", local_row("2023-01-01", "2023-02-20", LOCAL)),
    )


SAME, ADDED = "{month: same_month}", "{rule: together}"
LEAST, LOCAL = '{amount: "713", per: month}', '{amount: "11111", per: year}'

days = st.dates(date(2019, 1, 1), date(2025, 3, 31))
claims = st.builds(
    dict,
    kind=st.sampled_from(KINDS),
    units=st.integers(1, 30),
    start=st.sampled_from(list(Start)),
    basis_on=days,
    ended=st.none() | st.tuples(st.integers(0, 1500), st.sampled_from([end for end in End if end])),
)
people = st.tuples(
    st.lists(claims, min_size=1, max_size=4),
    st.dates(date(1959, 1, 1), date(1966, 12, 31)),
    st.none() | days,
    st.sampled_from(["2022-08-28", "2022-08-29", "2023-10-10", "2023-10-11", "2025-01-15", "2026-01-01"]).map(D),
)


def person(described, born_on, died_on) -> list[Claim]:
    """The claims of one person out of what hypothesis made up."""
    return [
        Claim(
            1, number, number, one["kind"].benefit, one["kind"].standard_key, one["kind"].area, one["units"],
            one["start"], one["basis_on"], born_on, died_on,
            one["basis_on"] + timedelta(days=one["ended"][0]) if one["ended"] else None,
            one["ended"][1] if one["ended"] else End.NONE,
        )
        for number, one in enumerate(described, 1)
    ]  # fmt: skip


def led_to(tables: LawTables, row, event: str, day: date) -> int:
    """Index of the month an event leads to, read from the rows of timing."""
    (timing,) = [
        item
        for item in tables.timings
        if (item.benefit_id, item.region_id, item.event) == (row.benefit_id, row.region_id, event)
        and item.from_day <= day <= item.to_day
    ]
    index = day.year * 12 + (0 if timing.by_year else day.month - 1) + timing.offset
    return timing.age if event == "from_age" else index


def alone(tables: LawTables, one: Claim, text: Month) -> int:
    """What a claim comes to by itself, read from the rows."""
    row = tables.kinds[tables.rate_ids[RateKind(one.benefit, one.standard_key, one.area)]]
    first = led_to(tables, row, f"start_{one.start}", one.basis_on)
    age = led_to(tables, row, "from_age", one.basis_on)
    first = max(first, (one.born_on.year + age) * 12 + one.born_on.month - 1 if age else 0)
    lasts = [led_to(tables, row, "end_died", one.died_on)] if one.died_on else []
    lasts += [led_to(tables, row, f"end_{one.end}", one.ended_on)] if one.ended_on else []
    if not first <= text.index <= min(lasts, default=text.index):
        return 0
    rates = [item for item in tables.rates if (item.rate_id, item.month) == (row.rate_id, text.index)]
    if not rates:
        return 0
    (found,) = rates
    total = found.amount_fen * one.units
    if not found.over_year:
        return half_up_share(total, 1, found.divisor)
    before = half_up_share(total, found.position - 1, found.divisor)
    return half_up_share(total, found.position, found.divisor) - before


def by_the_tables(tables: LawTables, held: list[Claim], text: Month) -> list[int]:
    """What each claim is paid, read from the rows."""
    amounts = [alone(tables, one, text) for one in held]
    rows = [tables.kinds[tables.rate_ids[RateKind(one.benefit, one.standard_key, one.area)]] for one in held]

    def loses(mine: int, other: int) -> bool:
        if mine == other or not amounts[mine] or not amounts[other]:
            return False
        key = rows[mine].region_id, rows[mine].benefit_id, rows[other].benefit_id
        for item in tables.exclusions:
            if (item.region_id, item.benefit_id, item.other_id) != key:
                continue
            if item.from_month <= text.index <= item.to_month:
                rank = [(-amounts[n], rows[n].benefit_id, held[n].award_id) for n in (other, mine)]
                return not item.higher or rank[0] < rank[1]
        return False

    numbers = range(len(held))
    return [0 if any(loses(mine, other) for other in numbers) else amounts[mine] for mine in numbers]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people)
def test_the_tables_say_what_the_judge_says(law, made_up):
    """Every month of three years, for people made up by a machine, by what was known on days around the notices."""
    described, born_on, died_on, known_on = made_up
    held = person(described, born_on, died_on)
    tables = law_tables(KINDS, FIRST, LAST, known_on, law)
    assert tables.missing == ()
    for text in FIRST.until(LAST):
        judged = [item.fen for item in owed(held, text, known_on, law)]
        assert by_the_tables(tables, held, text) == judged, (text, held)


def test_the_standard_known_before_stands_beside_the_present_one(law):
    """What a month came to before the notice, for the causes of a run."""
    kind = RateKind("disability_pension", "因战|6", "430621")
    tables = law_tables([kind], month("2023-07"), month("2023-09"), D("2023-10-11"), law)
    seen = [
        (row.month, row.amount_fen, row.position, row.before_amount_fen, row.before_position) for row in tables.rates
    ]
    july = month("2023-07").index
    assert seen == [
        (july, 4617000, 12, 4236000, 12),
        (july + 1, 4940000, 1, 4617000, 1),
        (july + 2, 4940000, 2, 4617000, 2),
    ]


def test_ids_are_dense_and_in_the_order_of_the_kinds(law):
    """Whatever order they are given in."""
    tables = law_tables(reversed(KINDS), FIRST, FIRST, D("2023-01-01"), law)
    assert [row.rate_id for row in tables.kinds] == list(range(len(KINDS)))
    assert [row.kind for row in tables.kinds] == sorted(KINDS)
    assert {row.region_id for row in tables.kinds} == {0, 1}
