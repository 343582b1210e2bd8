"""What if: next year's benefits as the law stands, and with other standards, other ages, fewer recipients."""

from decimal import Decimal

import pytest
from payroll_county import BUREAU, County, day, on

from rongji.accounts.refusals import NotAllowed
from rongji.kernel.month import Month
from rongji.payments.forecast import RaiseOfNothing, RaiseUnfit, Scenario, what_if
from rongji.people.types import NewService

GRADE_7 = 3_238_000  # 因公七级 2023 年标准, fen a year
PER_MONTH = 269_833
WAR = 84_000  # 参战 2023 年标准, fen a month


@pytest.fixture
def county(organisation, actor, options) -> County:
    """One pensioner and one war participant, known since summer 2023."""
    made = County.founded(organisation, actor)
    made.pensioner("2023-07-01")
    made.award("2023-07-01", made.person("2023-07-01"), "war_participant_allowance", basis="2015-01-01")
    return made


def forecast(county: County, known: str = "2023-12-31", year: int = 2024, **scenario: object):
    """The forecast of a year as known on a day."""
    facts = {"actor": on(county.finance, day(known)), "bureau": BUREAU, "year": year}
    return what_if(scenario=Scenario(**scenario), known_on=day(known), **facts)


def test_without_a_scenario_the_year_is_what_the_runs_will_pay(county):
    """Twelve months of either standard, month by month as rounded when paid."""
    found = forecast(county)
    assert found.base_fen == found.changed_fen == 12 * PER_MONTH + 12 * WAR
    assert [item.base_fen for item in found.months] == [PER_MONTH + WAR] * 12
    assert {item.label: (item.persons, item.base_fen) for item in found.benefits} == {
        "残疾抚恤金": (1, 12 * PER_MONTH), "参战退役人员生活补助": (1, 12 * WAR),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("raises", "since", "pension", "war"),
    [
        # 32380 × 1.06 = 34322.8, in whole yuan a month 2860: 34320 a year
        ({"disability_pension": Decimal(6)}, "2024-08", 7 * PER_MONTH + 5 * 286_000, 12 * WAR),
        ({"disability_pension": Decimal(6)}, "", 12 * 286_000, 12 * WAR),
        # 840 × 1.05 = 882
        ({"*": Decimal(5), "disability_pension": Decimal(0)}, "2024-12", 12 * PER_MONTH, 11 * WAR + 88_200),
        # 32380 × 0.9 = 29142, 2428.5 a month, half up 2429
        ({"disability_pension": Decimal(-10)}, "2024-12", 11 * PER_MONTH + 242_900, 12 * WAR),
    ],
)
def test_a_raise_counts_from_its_month_in_whole_yuan_a_month(county, raises, since, pension, war):
    """By hand: months at the old standard, months at the raised one."""
    found = forecast(county, raises=raises, raised_from=Month.parse(since) if since else None)
    assert {item.label: item.changed_fen for item in found.benefits} == {
        "残疾抚恤金": pension, "参战退役人员生活补助": war,
    }  # fmt: skip
    assert found.base_fen == 12 * PER_MONTH + 12 * WAR


def test_a_standard_already_published_is_part_of_the_base(county):
    """Known in January 2025, in force from August 2024: 33996 a year for grade seven."""
    found = forecast(county, known="2025-02-01")
    assert {item.label: item.base_fen for item in found.benefits}["残疾抚恤金"] == 7 * PER_MONTH + 5 * 283_300


def test_recipients_who_leave_take_their_share_evenly(county):
    """Twelve in a hundred a year: one in a hundred by the end of January, twelve by the end of December."""
    found = forecast(county, leaving_percent=Decimal(12))
    whole = PER_MONTH + WAR
    pair = (PER_MONTH, WAR)
    january = sum((fen * 99 * 2 + 100) // 200 for fen in pair)
    assert found.months[0].changed_fen == january
    assert found.months[-1].base_fen == whole
    assert found.months[-1].changed_fen == sum((fen * 88 * 2 + 100) // 200 for fen in pair)


def test_veterans_who_turn_sixty_are_added_from_that_month(county):
    """Born in March 1964, three years and a day of service counted as four: ten months of four years' allowance."""
    served = NewService(enlisted_on=day("1982-12-10"), discharged_on=day("1986-12-01"))
    county.person("2023-08-01", born="1964-03-05", service=(served,))
    without, with_them = forecast(county), forecast(county, with_sixty=True)
    assert (without.turning_sixty, with_them.turning_sixty) == (0, 1)
    added = {item.label: item.changed_fen for item in with_them.benefits}["农村籍退役士兵老年生活补助"]
    month = (68_800 * 4 * 2 + 12) // 24  # 688 yuan a year for each year of service
    assert added == 10 * month
    assert with_them.base_fen == without.base_fen


def test_nothing_is_written(county):
    """A forecast leaves no run and no audit entry."""
    from rongji.accounts.models import TrailEntry
    from rongji.payments.models import PaymentRun

    before = TrailEntry.objects.count()
    forecast(county, raises={"*": Decimal(3)}, with_sixty=True)
    assert (TrailEntry.objects.count(), PaymentRun.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("scenario", "refusal", "says"),
    [
        ({"raises": {"disability_pension": Decimal(600)}}, RaiseUnfit, "-100 到 100"),
        ({"leaving_percent": Decimal(-101)}, RaiseUnfit, "-100 到 100"),
        ({"raises": {"survivor_pension": Decimal(6)}}, RaiseOfNothing, "disability_pension"),
    ],
)
def test_what_makes_no_sense_is_refused(county, scenario, refusal, says):
    """In words that say what to write instead."""
    with pytest.raises(refusal, match=says):
        forecast(county, **scenario)


def test_only_who_sees_the_payroll_may_ask(county, actor, organisation):
    """Another county's clerk may not."""
    stranger = actor("clerk", organisation=organisation("elsewhere", area_code="990202"))
    with pytest.raises(NotAllowed):
        what_if(actor=stranger, bureau=BUREAU, year=2024, scenario=Scenario(), known_on=day("2023-12-31"))
