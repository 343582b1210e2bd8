"""立功受奖奖励: amounts or shares of the family allowance, the highest of the year only."""

from datetime import date

import pytest
from spec.one_off.conftest import COUNTY, row
from spec.one_off.field_tables import day, fen, rows

from rongji.law.refusals import NoValueInForce
from rongji.rules.entitlement.merit_award import Merit, MeritYear, merit_award
from rongji.rules.entitlement.one_off_refusals import MeritsOfSeveralYears, NoMerits, UnknownWord

LATER = date(2025, 12, 31)

# 350502: shares of 23878; 350583: amounts.
PUBLISHED = """
    area   | awarded on | grades            | amount
    350502 | 2020-12-01 | 一等功            | 23878.00
    350502 | 2020-12-01 | 二等功            | 14326.80
    350502 | 2020-12-01 | 三等功            | 7163.40
    350502 | 2020-12-01 | 四有优秀个人      | 2387.80
    350502 | 2020-12-01 | 三等功 二等功     | 14326.80
    350502 | 2020-12-01 | 四有优秀个人 三等功 | 7163.40
    350583 | 2014-12-01 | 三等功            | 2490.00
    350583 | 2014-12-01 | 四有优秀个人      | 830.00
"""

RAISED = """
    awarded on | known on   | amount
    2023-12-31 | 2024-06-01 | 1000.00
    2024-01-01 | 2024-05-09 | 1000.00
    2024-01-01 | 2024-05-10 | 1500.00
"""


def merits(row, *grades):
    """The merits of one line, all on one day."""
    return MeritYear(tuple(Merit(grade, day(row["awarded on"])) for grade in grades), row.get("area", COUNTY))


@pytest.mark.parametrize("row", rows(PUBLISHED))
def test_only_the_highest_merit_of_the_year_is_paid(row):
    """100, 60, 30 and 10 % of the allowance in one place, amounts in another."""
    found = merit_award(merits(row, *row["grades"].split()), known_on=LATER)
    assert found.fen == fen(row["amount"])


@pytest.mark.parametrize("line", rows(RAISED))
def test_a_raise_counts_from_its_day_for_those_who_know_it(place, line):
    """A notice of 10 May that raises the award from 1 January."""
    law = place(
        "standards.merit_award",
        "merit",
        row('{amount: "1000"}', grade="嘉奖")
        + row('{amount: "1500"}', grade="嘉奖", effective="2024-01-01", known="2024-05-10"),
        keys="grade",
    )
    assert merit_award(merits(line, "嘉奖"), known_on=day(line["known on"]), law=law).fen == fen(line["amount"])


def test_what_was_not_paid_is_named():
    """The lower merit of the year stands in the explanation, with the row of law and of the allowance behind it."""
    line = {"area": "350502", "awarded on": "2020-12-01"}
    found = merit_award(merits(line, "四有优秀个人", "二等功"), known_on=LATER)
    assert found.steps == (
        "二等功：义务兵家庭优待金 23,878.00元，当年义务兵家庭优待金的60% = 14,326.80元",
        "同年另有四有优秀个人，只按最高一项",
    )
    assert found.standards == ("350502/standards.merit_award#2", "350502/standards.family_allowance#1")


def test_a_place_without_a_standard_is_told_to_register_one():
    """The nation has no standard; a county without its own is refused, nothing is guessed."""
    with pytest.raises(NoValueInForce, match="“立功受奖奖励”（三等功）在 2023-05-01 没有有效值"):
        merit_award(MeritYear((Merit("三等功", date(2023, 5, 1)),), "430621"), known_on=LATER)


def test_bad_merits_are_refused():
    """None, of two years, of an unknown grade."""
    with pytest.raises(NoMerits):
        merit_award(MeritYear((), "350502"), known_on=LATER)
    two = (Merit("三等功", date(2020, 12, 31)), Merit("三等功", date(2021, 1, 1)))
    with pytest.raises(MeritsOfSeveralYears, match="分属 2020、2021 年"):
        merit_award(MeritYear(two, "350502"), known_on=LATER)
    with pytest.raises(UnknownWord, match="没有等次“四等功”，可用的有：一等功、二等功"):
        merit_award(MeritYear((Merit("四等功", date(2020, 12, 1)),), "350502"), known_on=LATER)
