"""Working days: equal to two independent calendars, corrected when a notice was corrected, provisional beyond."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from rongji.law.calendar import is_workday, work_calendar
from rongji.law.deadlines import cycle, deadline, due
from rongji.law.loader import lawbook, load
from rongji.law.model import Trust

D = date.fromisoformat
NOW = work_calendar(known_on=D("2026-06-01"))
YEARS = range(2018, 2027)


def days_of(year):
    """Every day of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(days=offset) for offset in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", YEARS)
def test_the_shipped_years_equal_two_independent_calendars(year):
    """Free and worked, day by day, against both packages that know the adjusted workdays."""
    china = holidays.country_holidays("CN", years=year)
    for day in days_of(year):
        assert NOW.is_workday(day) is chinese_calendar.is_workday(day), day
        assert NOW.is_workday(day) is china.is_working_day(day), day


CORRECTIONS = [
    # known on, day, worked
    ("2019-03-21", "2019-05-02", True),  # Labour Day 2019 was one day long
    ("2019-03-22", "2019-05-02", False),  # and became four
    ("2019-03-21", "2019-05-05", False),  # a Sunday
    ("2019-03-22", "2019-05-05", True),  # worked in exchange
    ("2020-01-26", "2020-01-31", True),  # a Friday after the festival
    ("2020-01-27", "2020-01-31", False),  # prolonged
    ("2020-01-26", "2020-02-01", True),  # a Saturday to be worked
    ("2020-01-27", "2020-02-01", False),
    ("2018-12-05", "2018-12-29", False),  # a Saturday, until the notice for 2019 made it a workday of 2018
    ("2018-12-06", "2018-12-29", True),
]


@pytest.mark.parametrize(("known_on", "day", "worked"), CORRECTIONS)
def test_a_day_is_judged_by_the_notices_known(known_on, day, worked):
    """Both sides of every correction of a published year."""
    assert is_workday(D(day), known_on=D(known_on)) is worked


def test_beyond_the_last_published_year_the_answer_is_provisional():
    """Weekends only, and said so; never silently."""
    assert NOW.status(D("2026-10-01")).is_provisional is False
    new_year = NOW.status(D("2027-01-01"))
    assert (new_year.is_workday, new_year.is_provisional) == (True, True)
    early = work_calendar(known_on=D("2025-11-03"))
    assert early.status(D("2026-01-01")).is_provisional is True
    assert work_calendar(known_on=D("2025-11-04")).status(D("2026-01-01")).is_provisional is False


COUNTS = [
    # start, working days, end, provisional
    ("2024-02-08", 1, "2024-02-09", False),
    ("2024-02-09", 1, "2024-02-18", False),  # over Spring Festival to the worked Sunday
    ("2024-09-27", 2, "2024-09-30", False),  # 29 September, a Sunday, is worked
    ("2024-09-30", 1, "2024-10-08", False),
    ("2024-10-11", 1, "2024-10-12", False),
    ("2024-05-01", 0, "2024-05-01", False),
    ("2026-12-31", 1, "2027-01-01", True),  # no notice for 2027 yet
    ("2026-12-30", 1, "2026-12-31", False),
]


@pytest.mark.parametrize(("start", "count", "end", "provisional"), COUNTS)
def test_counting_working_days(start, count, end, provisional):
    """The first day is not counted; holidays and weekends are passed over, worked weekends are not."""
    found = NOW.add_working_days(D(start), count)
    assert (found.day, found.is_provisional) == (D(end), provisional)


def test_a_limit_that_ends_on_a_holiday_ends_on_the_next_workday():
    """And one that ends on a workday stays."""
    assert NOW.next_workday(D("2024-10-01")).day == D("2024-10-08")
    assert NOW.next_workday(D("2024-10-08")).day == D("2024-10-08")


def test_working_days_between_two_days():
    """Both ends included; October 2024 begins with a week off and works two weekend days for it."""
    assert NOW.working_days_between(D("2024-10-01"), D("2024-10-07")) == 0
    assert NOW.working_days_between(D("2024-10-08"), D("2024-10-12")) == 5
    assert NOW.working_days_between(D("2024-10-12"), D("2024-10-08")) == 0


def test_the_calendar_says_how_far_it_is_to_be_trusted():
    """Names of holidays and the trust word of the notices."""
    assert NOW.status(D("2024-06-10")).name == "端午节"
    assert NOW.status(D("2024-02-18")).name == "调休上班"
    assert NOW.trust is Trust.MIRROR
    assert work_calendar(known_on=D("2010-01-01")).trust is Trust.GAP


CALENDAR = """
id: calendar.2024
label: 样例
kind: calendar
unit: 天
keys: []
valid_until_checked: null
rows:
  - effective: 2024-01-01
    known: 2023-10-25
    act: notice-1
    trust: official
    value:
      year: 2024
      holidays: [{name: 元旦, first: 2024-01-01, last: 2024-01-01}]
      workdays: [2024-01-06]
"""


def test_a_calendar_is_trusted_as_far_as_its_weakest_notice(legal):
    """One remembered year among official ones."""
    legal.write("calendars/a.yaml", CALENDAR)
    assert work_calendar(known_on=D("2024-01-01"), law=load(legal.root)).trust is Trust.OFFICIAL
    remembered = CALENDAR.replace("2024", "2025").replace("01-06", "01-04").replace("official", "memory-low")
    legal.write("calendars/b.yaml", remembered)
    assert work_calendar(known_on=D("2024-01-01"), law=load(legal.root)).trust is Trust.MEMORY_LOW


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("[2024-01-06]", "[2024-01-05]", "2024-01-05 本来就是工作日"),
        ("[2024-01-06]", "[2023-12-30]", "2023-12-30 不在 2024 年内"),
        ("last: 2024-01-01", "last: 2024-01-07", "2024-01-06 既放假又上班"),
        ("last: 2024-01-01", "last: 2023-12-31", "起止日期颠倒"),
        ("[2024-01-06]", "2024-01-06", "应为日期的列表"),
    ],
)
def test_a_calendar_that_contradicts_itself_is_refused(legal, good, bad, said):
    """A workday is worked on a weekend, within the year, and not free at the same time."""
    legal.write("calendars/a.yaml", CALENDAR)
    assert load(legal.root).problems == ()
    legal.write("calendars/a.yaml", CALENDAR.replace(good, bad))
    with pytest.raises(Exception, match=said):
        load(legal.root)


DUE = [
    ("budget-to-departments", "2024-01-20", "2024-02-09"),
    ("budget-to-units", "2024-02-09", "2024-02-24"),
    ("accounts-to-departments", "2024-09-10", "2024-09-30"),
    ("department-disclosure", "2024-09-30", "2024-10-20"),
    ("unit-disclosure", "2024-09-30", "2024-10-20"),
    ("carry-over-becomes-surplus", "2024-02-29", "2026-02-28"),
]


@pytest.mark.parametrize(("name", "event", "last_day"), DUE)
def test_time_limits_of_the_performance_year(name, event, last_day):
    """潜江: approved on 2024-09-30, so disclosure was due by 2024-10-20 (it came on 2024-10-09)."""
    limit, row = deadline(name, on=D(event), known_on=D(event))
    assert due(limit, D(event), NOW).day == D(last_day)
    assert lawbook().acts[row.act].kind in ("law", "regulation")


def test_the_cycle_of_a_budget_year_with_local_windows():
    """Stages in order; 介休 has its report by the end of October, the nation's rule names August."""
    days = {"on": D("2025-01-01"), "known_on": D("2025-01-01")}
    stages = {stage.id: stage for stage in cycle(2024, **days)}
    assert next(iter(stages)) == "ex-ante-assessment"
    assert (stages["self-evaluation"].first, stages["self-evaluation"].last) == (D("2025-01-01"), D("2025-04-30"))
    assert stages["monitoring"].last == D("2024-08-31")
    local = {stage.id: stage for stage in cycle(2024, region="140781", **days)}
    assert local["monitoring"].last == D("2024-10-31")
    assert local["self-evaluation"] == stages["self-evaluation"]
