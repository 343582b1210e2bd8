"""服役表现量化评分: every item of every version, on both sides of the day on which a version begins to apply."""

from datetime import date
from decimal import Decimal

import pytest
from spec.one_off.field_tables import day, rows

from rongji.law.model import Trust
from rongji.law.refusals import NoValueInForce, ValueIsMissing
from rongji.rules.placement.facts import ScoredFact, Soldier
from rongji.rules.placement.points import PointsSheet, points_sheet
from rongji.rules.placement.reading import reading_for, season_day
from rongji.rules.placement.refusals import (
    CountUnfit,
    PeriodMissing,
    PeriodOutsideService,
    PeriodsOverlap,
    RankMissing,
    UnknownItem,
    UnknownSeason,
)
from rongji.rules.placement.service_years import scored_years, years_text

LATER = date(2025, 12, 31)
TRIAL, SECOND, THIRD = (2017, "秋冬季"), (2021, "秋冬季"), (2023, "秋冬季")
EXAMPLE = "990201"
"""The made-up county: it fills in points for the version whose points are not known."""


def soldier(*facts, season=SECOND, enlisted="2009-12-01", discharged="2021-11-30"):
    """A 军士 who served twelve years to the day, with what the scoring gives points for."""
    return Soldier(day(enlisted), day(discharged), "军士", *season, facts=facts)


def sheet(*facts, season=SECOND, region="", known_on=LATER, **service) -> PointsSheet:
    """The points sheet by the version of a season."""
    reading = reading_for(*season, known_on=known_on, region=region)
    return points_sheet(soldier(*facts, season=season, **service), reading)


def of(item, degree, **more):
    """The points of one fact, beside the service."""
    facts = (ScoredFact(item, degree, **{key: value for key, value in more.items() if key != "season"}),)
    line = next(line for line in sheet(*facts, season=more.get("season", SECOND)).lines if line.item == item)
    return line.points


ITEMS = """
    item       | degree       | count | 2016 | 2018
    平时奖励   | 嘉奖         | 1     | 1    | 0.5
    平时奖励   | 嘉奖         | 5     | 5    | 2.5
    平时奖励   | 三等功       | 2     | 6    | 20
    平时奖励   | 二等功       | 1     | 20   | 20
    平时奖励   | 一等功       | 1     | 40   | 40
    战时奖励   | 嘉奖         | 1     | 0    | 3
    战时奖励   | 三等功       | 1     | 20   | 20
    战时奖励   | 二等功       | 1     | 40   | 40
    战时奖励   | 一等功       | 1     | 80   | 80
    表彰       | 中央军委     | 1     | 0    | 20
    表彰       | 军委机关部门 | 1     | 0    | 10
    因战残疾   | 5            | 1     | gap  | 50
    因战残疾   | 6            | 1     | gap  | 40
    因战残疾   | 7            | 1     | gap  | 30
    因战残疾   | 8            | 1     | gap  | 20
    因战残疾   | 9            | 1     | gap  | 10
    因战残疾   | 10           | 1     | gap  | 5
    因公残疾   | 5            | 1     | gap  | 40
    因公残疾   | 6            | 1     | gap  | 30
    因公残疾   | 7            | 1     | gap  | 20
    因公残疾   | 8            | 1     | gap  | 10
    因公残疾   | 9            | 1     | gap  | 5
    因公残疾   | 10           | 1     | gap  | 2
    参加作战   | 作战天数     | 7     | gap  | 3.5
    职业技能   | 五级         | 1     | 1    | 0
    职业技能   | 四级         | 1     | 3    | 0
    职业技能   | 三级         | 1     | 5    | 0
    职业技能   | 二级         | 1     | 7    | 0
    职业技能   | 一级         | 1     | 9    | 0
    荣誉称号   | 军区政治部   | 1     | 50   | first
    荣誉称号   | 军区         | 1     | 60   | first
    荣誉称号   | 总部         | 1     | 70   | first
    荣誉称号   | 中央军委     | 1     | 80   | first
    战时奖励   | 荣誉称号     | 1     | 100  | first
    相关身份和岗位 | 烈士子女 | 1     | gap  | gap
    减分       | 处分         | 1     | gap  | gap
"""

POSTINGS = """
    item         | degree | first      | last       | points
    艰苦边远地区 | 一类   | 2015-01-01 | 2015-12-31 | 0.6
    艰苦边远地区 | 二类   | 2015-01-01 | 2015-12-31 | 1.2
    艰苦边远地区 | 三类   | 2015-01-01 | 2015-12-31 | 1.8
    艰苦边远地区 | 四类   | 2015-01-01 | 2015-12-31 | 2.4
    艰苦边远地区 | 五类   | 2015-01-01 | 2015-12-31 | 3
    艰苦边远地区 | 六类   | 2015-01-01 | 2016-06-30 | 5.4
    艰苦边远地区 | 六类   | 2015-01-01 | 2016-07-15 | 5.4
    艰苦边远地区 | 六类   | 2015-01-01 | 2015-12-30 | 0
    西藏         | 二类   | 2015-01-01 | 2015-06-30 | 1.2
    西藏         | 三类   | 2015-01-01 | 2015-06-30 | 1.5
    西藏         | 四类   | 2015-01-01 | 2015-06-30 | 1.8
    海岛         | 三类   | 2015-01-01 | 2015-06-30 | 0.3
    海岛         | 二类   | 2015-01-01 | 2015-06-30 | 0.6
    海岛         | 一类   | 2015-01-01 | 2015-06-30 | 0.9
    海岛         | 特类   | 2015-01-01 | 2015-06-30 | 1.2
    海外基地     | 吉布提 | 2018-01-01 | 2018-09-30 | 1.8
"""

SERVICE = """
    enlisted   | discharged | years | 2016 | 2018
    2009-12-01 | 2021-11-30 | 12    | 36   | 36
    2009-12-01 | 2021-12-20 | 12    | 36   | 36
    2009-12-01 | 2022-04-30 | 12.5  | 38.5 | 38
    2009-12-01 | 2022-05-31 | 12.5  | 38.5 | 38
    2009-12-01 | 2022-06-30 | 13    | 41   | 40
    2009-12-01 | 2025-11-30 | 16    | 56   | 52
    2016-09-01 | 2021-08-31 | 5     | 15   | 15
    2016-09-01 | 2022-01-31 | 5.5   | 16.5 | 16.5
    2016-09-01 | 2022-02-28 | 5.5   | 16.5 | 16.5
    2016-09-01 | 2022-03-31 | 6     | 18   | 18
"""

VERSIONS = """
    year | season | known on   | version
    2016 | 春季   | 2025-12-31 | placement-points-2016
    2018 | 春季   | 2025-12-31 | placement-points-2016
    2018 | 秋冬季 | 2018-12-30 | placement-points-2016
    2018 | 秋冬季 | 2018-12-31 | placement-points-2018
    2022 | 春季   | 2025-12-31 | placement-points-2018
    2022 | 秋冬季 | 2023-08-22 | placement-points-2018
"""


@pytest.mark.parametrize("version", ["2016", "2018"])
@pytest.mark.parametrize("row", rows(ITEMS))
def test_every_item_earns_what_its_version_says(row, version):
    """Points, nothing where the version has no such item, a refusal where its points were not found."""
    fact = ScoredFact(row["item"], row["degree"], int(row["count"]))
    season = {"2016": TRIAL, "2018": SECOND}[version]
    if row[version] == "gap":
        with pytest.raises(ValueIsMissing, match="请"):
            sheet(fact, season=season)
        return
    found = sheet(fact, season=season)
    if row[version] == "first":
        assert (found.first, found.total, len(found.lines)) == ("荣誉称号", 0, 1)
        return
    line = next(line for line in found.lines if line.item == row["item"])
    assert line.points == Decimal(row[version])
    assert found.total == 36 + Decimal(row[version])


@pytest.mark.parametrize("row", rows(POSTINGS))
def test_postings_earn_points_for_whole_months(row):
    """Both days are included, single days are dropped; hardship areas count from a year without a break."""
    assert of(row["item"], row["degree"], first_on=day(row["first"]), last_on=day(row["last"])) == Decimal(
        row["points"]
    )


@pytest.mark.parametrize("version", ["2016", "2018"])
@pytest.mark.parametrize("row", rows(SERVICE))
def test_years_up_to_twelve_and_beyond_earn_differently(row, version):
    """A left-over of five or six months is half a year, of seven a whole one; single days do not count."""
    found = sheet(
        season={"2016": TRIAL, "2018": SECOND}[version], enlisted=row["enlisted"], discharged=row["discharged"]
    )
    assert found.total == Decimal(row[version])
    reading = reading_for(*SECOND, known_on=LATER)
    who = soldier(enlisted=row["enlisted"], discharged=row["discharged"])
    assert years_text(scored_years(who, reading)[0]) == row["years"]


@pytest.mark.parametrize("row", rows(VERSIONS))
def test_the_version_follows_the_season_of_discharge_and_what_was_known(row):
    """Who left in winter 2018 is scored by the version of that year, once it was published."""
    found = sheet(season=(int(row["year"]), row["season"]), known_on=day(row["known on"]))
    assert found.lines[0].rows[0].act == row["version"]


def test_the_version_of_2023_is_refused_until_somebody_enters_its_points():
    """Its points were not found: nothing is computed with a gap, here or in production."""
    with pytest.raises(ValueIsMissing, match="placement"):
        sheet(season=(2022, "秋冬季"), known_on=date(2023, 8, 23))


def test_a_place_may_fill_in_the_points_and_their_trust_word_travels():
    """The made-up county has its own table; what it says is marked as derived, to the sheet."""
    found = sheet(ScoredFact("军衔", "一级上士"), ScoredFact("平时奖励", "三等功"), season=THIRD, region=EXAMPLE)
    assert found.total == 36 + 8 + 10
    assert found.trust is Trust.MEMORY_LOW or found.trust is Trust.DERIVED
    assert all(reference.startswith("990201/") for line in found.lines for reference in line.references)


def test_a_version_that_counts_the_rank_asks_for_it():
    """Without the rank nobody is scored short by silence."""
    with pytest.raises(RankMissing, match="军衔"):
        sheet(season=THIRD, region=EXAMPLE)


def test_of_skills_only_the_highest_counts():
    """Three certificates earn what the best one earns; the others say why they earn nothing."""
    facts = [ScoredFact("职业技能", degree) for degree in ("五级", "二级", "四级")]
    found = [line for line in sheet(*facts, season=TRIAL).lines if line.item == "职业技能"]
    assert {line.degree: line.points for line in found} == {"五级": 0, "二级": 7, "四级": 0}
    assert "只计最高一项（二级）" in next(line.words for line in found if line.degree == "五级")


def test_hardship_areas_of_different_classes_make_one_stretch():
    """Six months of one class and eight of another, day on day, are more than a year without a break."""
    first = ScoredFact("艰苦边远地区", "二类", first_on=date(2015, 1, 1), last_on=date(2015, 6, 30))
    second = ScoredFact("艰苦边远地区", "四类", first_on=date(2015, 7, 1), last_on=date(2016, 2, 29))
    later = ScoredFact("艰苦边远地区", "四类", first_on=date(2015, 7, 2), last_on=date(2016, 2, 29))
    assert sheet(first, second).total == 36 + Decimal("0.6") + Decimal("1.6")
    assert sheet(first, later).total == 36


def test_a_sheet_says_each_line_in_words_with_its_row_of_law():
    """What a candidate reads: how often, how much each, and the row."""
    line = sheet(ScoredFact("平时奖励", "三等功", 2)).lines[1]
    assert line.words == "2次 × 10 分 = 20 分"
    assert line.references[0].startswith("placement.points#")
    service = sheet(enlisted="2009-12-01", discharged="2022-04-30").lines
    assert [item.words for item in service] == [
        "服役12年余5个月（按半年），计12.5年，12年 × 3 分 = 36 分",
        "服役12年余5个月（按半年），计12.5年，超过12年的0.5年 × 4 分 = 2 分",
    ]


BAD = [
    ((ScoredFact("平时奖励", "四等功"),), UnknownItem, "嘉奖、三等功"),
    ((ScoredFact("平时奖励", "三等功", 0),), CountUnfit, "大于零"),
    ((ScoredFact("海岛", "一类"),), PeriodMissing, "起止日期"),
    ((ScoredFact("海岛", "一类", 1, date(2016, 1, 2), date(2016, 1, 1)),), PeriodMissing, "止日不早于"),
    ((ScoredFact("海岛", "一类", 1, date(2009, 11, 30), date(2016, 1, 1)),), PeriodOutsideService, "服役期间"),
    (
        (
            ScoredFact("海岛", "一类", 1, date(2012, 1, 1), date(2013, 1, 1)),
            ScoredFact("西藏", "二类", 1, date(2013, 1, 1), date(2014, 1, 1)),
        ),
        PeriodsOverlap,
        "重叠",
    ),
]


@pytest.mark.parametrize(("facts", "refusal", "said"), BAD)
def test_unfit_facts_are_refused_with_what_to_do(facts, refusal, said):
    """An unknown degree, a count of nothing, a posting without days, days that would count twice."""
    with pytest.raises(refusal, match=said):
        sheet(*facts)


def test_a_season_is_one_of_the_table():
    """The refusal names those there are; before the first version there is nothing to score by."""
    with pytest.raises(UnknownSeason, match="春季、秋冬季"):
        season_day(2021, "冬季", known_on=LATER)
    with pytest.raises(NoValueInForce):
        sheet(season=(2015, "秋冬季"))
