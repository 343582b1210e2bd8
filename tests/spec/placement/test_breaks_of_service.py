"""Service in several periods: joined, summed without the days between, refused where it cannot be; postings within."""

import shutil
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legal_folder import LegalFolder
from spec.one_off.field_tables import day, rows

from rongji.kernel.month import Month
from rongji.law.loader import inspect
from rongji.law.locate import find_legal
from rongji.rules.entitlement.service_time import Span
from rongji.rules.placement.eligibility import grounds, is_eligible
from rongji.rules.placement.facts import ScoredFact, Soldier
from rongji.rules.placement.points import points_sheet
from rongji.rules.placement.reading import reading_for
from rongji.rules.placement.refusals import BreakUnsettled, PeriodOutsideService, PeriodsOverlap, ServiceOverlaps
from rongji.rules.placement.service_years import service_time, unbroken

LATER = date(2025, 12, 31)
SEASON = (2021, "秋冬季")
TWICE = ("2007-12-01", "2012-11-30"), ("2014-09-01", "2021-11-30")
"""Five years, away for 21 months, seven years and three months more."""


def soldier(*periods, facts=()):
    """A 军士 with these periods of service."""
    stretches = tuple((day(first), day(last)) for first, last in periods)
    more = stretches if len(stretches) > 1 else ()
    return Soldier(stretches[0][0], stretches[-1][1], "军士", *SEASON, facts, more)


def national():
    """The law of the nation for the season."""
    return reading_for(*SEASON, known_on=LATER)


TIMES = """
    first period            | second period           | months | days
    2009-12-01 / 2014-11-30 | 2014-12-01 / 2021-11-30 | 144    | 0
    2007-12-01 / 2012-11-30 | 2014-09-01 / 2021-11-30 | 147    | 0
    2009-12-01 / 2014-11-20 | 2014-12-01 / 2021-11-30 | 143    | 20
    2009-12-01 / 2014-11-20 | 2014-12-01 / 2021-12-15 | 144    | 5
"""


@pytest.mark.parametrize("row", rows(TIMES))
def test_months_and_single_days_of_the_periods_are_added(row):
    """Periods that follow each other day on day are one; of others only what was served counts, thirty days a month."""
    periods = [tuple(part.strip() for part in row[name].split("/")) for name in ("first period", "second period")]
    assert service_time(soldier(*periods), national())[0] == Span(int(row["months"]), int(row["days"]))


def test_the_sheet_says_which_periods_it_counts_and_on_what_it_rests():
    """12 years and 3 months: twelve at three points, the half year above at four; the setting is cited."""
    found = points_sheet(soldier(*TWICE), national())
    assert found.total == 36 + 2
    assert found.lines[0].words.startswith(
        "服役 2 段（2007-12-01 至 2012-11-30、2014-09-01 至 2021-11-30；各段累计，间断的天数不计），"
        "共12年余3个月（按半年），计12.5年"
    )
    assert any("placement.service_breaks" in reference for reference in found.lines[0].references)


def test_a_single_period_does_not_mention_breaks():
    """The nation's setting is low in trust; it must not weaken sheets that do not rest on it."""
    found = points_sheet(soldier(("2009-12-01", "2021-11-30")), national())
    assert not any("service_breaks" in reference for line in found.lines for reference in line.references)


def test_twelve_years_in_two_periods_are_a_ground():
    """The condition asks for years served, whenever they were."""
    assert is_eligible(grounds(soldier(*TWICE), known_on=LATER))
    short = soldier(("2007-12-01", "2011-11-30"), TWICE[1])
    assert not is_eligible(grounds(short, known_on=LATER))


def test_periods_that_share_a_day_are_refused():
    """Nobody serves twice on one day: the file has to be put right first."""
    with pytest.raises(ServiceOverlaps, match=r"2009-12-01 至 2014-11-30 和 2014-11-30 至 2021-11-30 有重叠.*人员档案"):
        points_sheet(soldier(("2009-12-01", "2014-11-30"), ("2014-11-30", "2021-11-30")), national())


@pytest.mark.parametrize(("word", "years"), [("last", "7.5年"), ("summed", "12.5年")])
def test_an_area_may_count_the_last_period_only(tmp_path, word, years):
    """Its own file decides."""
    assert f"计{years}" in points_sheet(soldier(*TWICE), local(tmp_path, word)).lines[0].words


def test_an_area_that_has_not_settled_breaks_refuses_them(tmp_path):
    """With the table in which the answer is to be written."""
    with pytest.raises(BreakUnsettled, match=r"书面请示.*placement.service_breaks"):
        points_sheet(soldier(*TWICE), local(tmp_path, "refused"))


def local(tmp_path, word):
    """The law of an area with its own word for breaks."""
    folder = LegalFolder(tmp_path / "legal")
    for name in ("acts", "placement"):
        shutil.copytree(find_legal() / name, folder.root / name, dirs_exist_ok=True)
    value = "{counts: summed, month_days: 30}" if word == "summed" else f"{{counts: {word}}}"
    head = "id: placement.service_breaks\nlabel: 样例\nkind: placement_breaks\nunit: 文字\nkeys: []\n"
    row = f"  - {{effective: 2020-01-01, known: 2020-01-01, act: notice-1, trust: official, value: {value}}}\n"
    folder.table(row, file="regions/990101/placement/service_breaks.yaml", head=head)
    law = inspect(folder.root)
    assert law.problems == ()
    return reading_for(*SEASON, known_on=LATER, region="990101", law=law)


def island(first, last, item="海岛", degree="一类"):
    """A posting."""
    return ScoredFact(item, degree, 1, day(first), day(last))


def test_postings_lie_within_one_period_of_service():
    """Each by its own dates and its own place; one that runs through the time away is refused with the periods."""
    facts = (island("2010-01-01", "2010-12-31"), island("2015-01-01", "2015-06-30", "西藏", "四类"))
    lines = {line.item: str(line.points) for line in points_sheet(soldier(*TWICE, facts=facts), national()).lines}
    assert (lines["海岛"], lines["西藏"]) == ("1.80", "1.80")
    with pytest.raises(PeriodOutsideService, match="2007-12-01 至 2012-11-30、2014-09-01 至 2021-11-30"):
        points_sheet(soldier(*TWICE, facts=(island("2012-01-01", "2015-01-01"),)), national())


def test_a_hardship_area_before_and_after_the_time_away_is_not_one_stretch():
    """Eight months and eight months with a break between them: neither is a year without a break."""
    facts = (
        island("2012-04-01", "2012-11-30", "艰苦边远地区", "四类"),
        island("2014-09-01", "2015-04-30", "艰苦边远地区", "四类"),
    )
    lines = points_sheet(soldier(*TWICE, facts=facts), national()).lines
    assert [line.points for line in lines if line.item == "艰苦边远地区"] == [0, 0]


def test_two_places_at_once_are_refused_a_rank_beside_a_place_is_not(tmp_path):
    """Where an area gives points for every month in a rank, the rank runs beside the posting."""
    both = (island("2015-01-01", "2015-12-31"), island("2015-06-01", "2015-12-31", "西藏", "四类"))
    with pytest.raises(PeriodsOverlap, match="海岛·一类”和“西藏·四类"):
        points_sheet(soldier(*TWICE, facts=both), national())
    rank = island("2014-09-01", "2021-11-30", "军衔", "中士")
    found = points_sheet(soldier(*TWICE, facts=(both[0], rank)), monthly_rank(tmp_path))
    assert next(line for line in found.lines if line.item == "军衔").points == 87


def monthly_rank(tmp_path):
    """The law of an area that gives a point for each month as 中士."""
    folder = LegalFolder(tmp_path / "legal")
    for name in ("acts", "placement"):
        shutil.copytree(find_legal() / name, folder.root / name, dirs_exist_ok=True)
    head = "id: placement.points\nlabel: 样例\nkind: placement_points\nunit: 分\nkeys: [item, degree]\n"
    row = (
        "  - {item: 军衔, degree: 中士, effective: 2020-01-01, known: 2020-01-01, act: notice-1, trust: official, "
        'value: {points: "1", per: month}}\n'
    )
    folder.table(row, file="regions/990101/placement/points.yaml", head=head)
    return reading_for(*SEASON, known_on=LATER, region="990101", law=inspect(folder.root))


periods = st.lists(st.tuples(st.integers(2, 60), st.integers(1, 100)), min_size=2, max_size=5)


@given(periods)
def test_whole_months_stay_whole_however_they_are_cut(parts):
    """Away for some months, serving some: the sum is what was served, and nothing is joined that was apart."""
    found, start = [], Month.of(1990, 1)
    for away, served in parts:
        first = start + away
        found.append((first.first_day, (first + served).first_day - timedelta(days=1)))
        start = first + served
    who = Soldier(found[0][0], found[-1][1], "军士", *SEASON, (), tuple(found))
    assert service_time(who, national())[0] == Span(sum(served for _, served in parts), 0)
    assert unbroken(reversed(found)) == tuple(found)
