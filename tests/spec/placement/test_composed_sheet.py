"""The published sheet of a place that examines: scores, lots, periods of service, all reckoned again from it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from rongji.law.shapes.placement import TieBreak, TieOrder
from rongji.rules.entitlement.service_time import Span
from rongji.rules.placement.composition import Result
from rongji.rules.placement.facts import ScoredFact, Soldier
from rongji.rules.placement.points import points_sheet
from rongji.rules.placement.published import Published, published_rows, score_of, standing_of
from rongji.rules.placement.ranking import Standing, rank
from rongji.rules.placement.reading import reading_for, tie_order
from rongji.rules.placement.refusals import FullTie, SheetUnreadable, TieFactMissing
from rongji.rules.placement.verifying import verify

SEASON, KNOWN, REGION = (2024, "秋冬季"), date(2025, 6, 30), "990201"
RANK = ScoredFact("军衔", "中士")
MERIT, SEVEN = ScoredFact("平时奖励", "三等功"), ScoredFact("军衔", "二级上士")
ONCE = ("2012-12-01", "2024-11-30")
TWICE = ("2008-12-01", "2013-11-30"), ("2016-12-01", "2024-11-30")


def days(*periods):
    """Periods of service."""
    return tuple((date.fromisoformat(first), date.fromisoformat(last)) for first, last in periods)


def soldier(*periods, facts=(RANK,)):
    """An NCO discharged with winter 2024."""
    found = days(*periods)
    return Soldier(found[0][0], found[-1][1], "军士", *SEASON, tuple(facts), found if len(found) > 1 else ())


PEOPLE = {
    "1": ("甲", soldier(ONCE), "90", date(1993, 1, 1), None),
    "2": ("乙", soldier(ONCE, facts=(RANK, MERIT)), "70", date(1993, 1, 2), None),
    "3": (
        "丙",
        soldier(("2008-12-01", "2013-11-30"), ("2016-12-01", "2024-11-30"), facts=(SEVEN,)),
        "79.5",
        None,
        None,
    ),
    "4": ("丁", soldier(ONCE), None, date(1990, 1, 1), None),
    "5": ("戊", soldier(ONCE, facts=(ScoredFact("八一勋章", ""),)), None, date(1991, 1, 1), None),
    "6": ("己", soldier(ONCE), "60", date(1992, 5, 5), 2),
    "7": ("庚", soldier(ONCE), "60", date(1992, 5, 5), 1),
}
"""Points, examination (None: absent; 戊 needs none), birth, lot: 己 and 庚 are equal in everything but the lot."""


def sheet_rows(**changed):
    """The published rows of these people; changed: number → another lot."""
    reading = reading_for(*SEASON, known_on=KNOWN, region=REGION)
    made, standings = {}, []
    for number, (name, who, marks, born, lot) in PEOPLE.items():
        sheet = points_sheet(who, reading)
        score = score_of(sheet, [Result("笔试", None if marks is None else Decimal(marks))], reading)
        made[number] = name, who, sheet, score
        standings.append(standing_of(number, who, sheet, score, born, changed.get(f"n{number}", lot), reading))
    places = rank(standings, tie_order(reading)[0])
    return list(published_rows(Published(place, *made[place.standing.number], REGION, KNOWN) for place in places))


def order(rows):
    """The numbers in order."""
    return list(dict.fromkeys(row["编号"] for row in rows))


def test_points_and_examination_together_make_the_order():
    """甲 has fewer points than 乙 and more marks; the honour goes first without either; the lot parts 庚 from 己."""
    rows = sheet_rows()
    assert order(rows) == ["5", "1", "3", "2", "7", "6", "4"]
    assert {row["编号"]: row["排序分"] for row in rows} == {
        "5": "不计分", "1": "56", "3": "55.3", "2": "53", "7": "44", "6": "44", "4": "20",
    }  # fmt: skip


def test_the_sheet_explains_every_part_and_says_no_more_of_anybody_than_the_order_needs():
    """Parts with their words; birth and lot only of the two who are equal; the periods of who served twice."""
    rows = sheet_rows()
    part = next(row for row in rows if row["编号"] == "1" and row["档次"] == "笔试")
    assert (part["数量"], part["计分方式"], part["得分"]) == ("90", "占40%，满分100", "36")
    assert part["说明"] == "90 ÷ 满分 100 × 40 = 36 分" and part["依据"].startswith("990201/placement.composition")
    assert (
        {row["编号"] for row in rows if row["出生日期"]} == {row["编号"] for row in rows if row["抽签号"]} == {"6", "7"}
    )
    assert {row["服役各段"] for row in rows if row["编号"] == "3"} == {
        "2008-12-01 至 2013-11-30、2016-12-01 至 2024-11-30"
    }
    absent = next(row for row in rows if row["编号"] == "4" and row["档次"] == "笔试")
    assert (absent["数量"], absent["说明"]) == ("缺考", "缺考按 0 ÷ 满分 100 × 40 = 0 分")


def test_the_sheet_alone_gives_the_same_scores_and_order():
    """Anybody who has it and the law of the place."""
    found = verify(sheet_rows())
    assert (found.holds, found.candidates, found.differences) == (True, 7, ())


TAMPERED = [
    ({"编号": "2", "档次": "笔试"}, {"数量": "95"}, "编号 2 的“笔试”的折合分：表上 95 折合 28，复算 95 折合 38"),
    ({"编号": "2", "档次": "笔试"}, {"得分": "38"}, "编号 2 的“笔试”的折合分：表上 70 折合 38，复算 70 折合 28"),
    ({"编号": "2"}, {"排序分": "57"}, "编号 2 的排序分：表上 57，复算 53"),
    ({"编号": "6"}, {"抽签号": ""}, "抽签号"),
    ({"编号": "1", "档次": "笔试"}, {"档次": "面试"}, "编号 1 的积分：表上 40，复算 不能复算（还没有笔试成绩"),
]


@pytest.mark.parametrize(("which", "cells", "said"), TAMPERED)
def test_whatever_is_changed_is_found(which, cells, said):
    """A result, a part, a score, a lot: the recomputation names the candidate and both values."""
    rows = [row | cells if which.items() <= row.items() else row for row in sheet_rows()]
    words = [item.words for item in verify(rows).differences]
    assert any(said in line for line in words), words


def test_an_absence_written_as_a_zero_changes_nothing_that_is_ranked():
    """The place counts an absence as nothing; the sheet says which of the two it was, and both hold."""
    rows = [row | {"数量": "0"} if row["数量"] == "缺考" else row for row in sheet_rows()]
    assert verify(rows).holds


def test_a_sheet_whose_periods_do_not_fit_its_days_cannot_be_read():
    """The periods begin and end with the days of enlistment and discharge beside them."""
    for text, said in (("2008-12-01 至 2013-11-30", "不一致"), ("二〇〇八年至今", "读不出起止日期")):
        rows = [row | {"服役各段": text} if row["编号"] == "3" else row for row in sheet_rows()]
        with pytest.raises(SheetUnreadable, match=said):
            verify(rows)


def test_equal_lots_are_a_full_tie_and_a_missing_one_is_named():
    """A lot is drawn by people; the program only reads it."""
    with pytest.raises(FullTie, match=r"现场抽签号小的在前.*(7、6|6、7)"):
        sheet_rows(n6=1)
    with pytest.raises(TieFactMissing, match="抽签号"):
        sheet_rows(n6=None)


def standing(number, total, points, examined):
    """A candidate with a score out of two parts."""
    return Standing(number, Decimal(total), Span(144, 0), date(1990, 1, 1), False, Decimal(points), Fraction(examined))


@pytest.mark.parametrize(
    ("by", "first", "why"),
    [
        (TieBreak.HIGHER_POINTS, "1", "与前一名同为 80 分，服役表现积分较低"),
        (TieBreak.HIGHER_EXAM, "2", "与前一名同为 80 分，考试考核成绩较低"),
    ],
)
def test_equal_scores_go_by_points_or_by_the_examination(by, first, why):
    """乐清 compares the points of service first; another place may compare the examination."""
    found = rank([standing("1", "80", "90", 30), standing("2", "80", "80", 35)], TieOrder((by,)))
    assert (found[0].standing.number, found[1].why) == (first, why)
