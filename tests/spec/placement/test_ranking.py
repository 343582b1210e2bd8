"""选岗顺序: honours, points, ties by the order of the area; never by chance, and the same from the sheet alone."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongji.law.shapes.placement import TieBreak, TieOrder
from rongji.rules.entitlement.service_time import Span
from rongji.rules.placement.composition import OrderScore
from rongji.rules.placement.facts import ScoredFact, Soldier
from rongji.rules.placement.points import points_sheet
from rongji.rules.placement.published import COLUMNS, Published, published_rows
from rongji.rules.placement.ranking import Standing, rank
from rongji.rules.placement.reading import reading_for, tie_order
from rongji.rules.placement.refusals import FullTie, NumberTwice, SheetUnreadable, TieFactMissing
from rongji.rules.placement.service_years import served
from rongji.rules.placement.verifying import verify

ORDER = TieOrder((TieBreak.LONGER_SERVICE, TieBreak.OLDER))
KNOWN = date(2025, 12, 31)


def standing(number, total, months=144, days=0, born="1991-01-01", is_first=False):
    """A candidate with points, time of service and birth date."""
    born_on = date.fromisoformat(born) if born else None
    return Standing(str(number), Decimal(total), Span(months, days), born_on, is_first)


def order_of(*standings, by=ORDER):
    """The numbers in the order in which they choose."""
    return [place.standing.number for place in rank(standings, by)]


def test_honours_go_first_then_points_from_high_to_low():
    """Who holds an honour chooses before everybody; the others by their points."""
    assert order_of(standing(1, 80), standing(2, 95), standing(3, 0, is_first=True), standing(4, "80.05")) == list(
        "3241"
    )


def test_equal_points_go_by_the_local_order():
    """Longer service first, then the older one; another place may compare age only."""
    same = (standing(1, 80, 144, 3), standing(2, 80, 145), standing(3, 80, 144, 3, "1990-05-01"))
    assert order_of(*same) == list("231")
    assert order_of(*same[::2], by=TieOrder((TieBreak.OLDER,))) == list("31")


def test_every_place_says_why():
    """The words that are shown beside the name."""
    found = rank([standing(1, 80), standing(2, 80, 145), standing(3, 0, is_first=True), standing(4, 70)], ORDER)
    assert [place.why for place in found] == [
        "排在最前，不计分",
        "总分 80，计分的最高",
        "与前一名同为 80 分，服役时间较短",
        "总分 70，低于前一名的 80",
    ]


def test_a_full_tie_is_not_settled_by_the_program():
    """Two who are equal in everything the order compares: the refusal names all of them and what to do."""
    pairs = (standing(1, 80), standing(2, 80), standing(3, 75), standing(4, 60), standing(5, 60))
    with pytest.raises(FullTie, match=r"1、2；4、5.*现场抽签"):
        rank(pairs, ORDER)


def test_a_tie_that_hangs_on_an_unknown_birth_date_is_refused():
    """Only where the birth date decides; elsewhere it is not needed, so it is not published either."""
    with pytest.raises(TieFactMissing, match="出生日期"):
        rank([standing(1, 80, born=""), standing(2, 80)], ORDER)
    assert order_of(standing(1, 80, born=""), standing(2, 81, born="")) == list("21")


def test_nobody_stands_on_the_list_twice():
    """The same number again is a mistake of the list."""
    with pytest.raises(NumberTwice, match="编号 7"):
        rank([standing(7, 80), standing(7, 70)], ORDER)


standings = st.lists(
    st.builds(
        standing,
        st.integers(1, 10_000),
        st.decimals(0, 20, places=1),
        st.integers(140, 144),
        st.integers(0, 2),
        st.dates(date(1985, 1, 1), date(1985, 2, 28)).map(str),
        st.booleans(),
    ),
    max_size=30,
    unique_by=lambda item: item.number,
)


def outcome(items):
    """The order, or the refusal's facts, as something to compare."""
    try:
        return order_of(*items)
    except FullTie as refusal:
        groups = refusal.facts["tied"].split("；")
        return sorted("、".join(sorted(group.split("、"))) for group in groups)


@given(standings, st.randoms())
def test_the_order_does_not_depend_on_the_order_of_the_list(items, random):
    """Shuffled lists give the same order, or the same refusal."""
    shuffled = list(items)
    random.shuffle(shuffled)
    assert outcome(items) == outcome(shuffled)


@given(standings)
def test_nobody_stands_behind_one_with_fewer_points(items):
    """Points never rise down the list, honours are all in front, every candidate stands exactly once."""
    try:
        found = rank(items, ORDER)
    except FullTie:
        return
    heads = [(not place.standing.is_first, 0 if place.standing.is_first else -place.standing.total) for place in found]
    assert heads == sorted(heads)
    assert [place.position for place in found] == list(range(1, len(items) + 1))


@given(standings)
def test_ranking_again_in_the_order_found_changes_nothing(items):
    """The order is stable under its own recomputation."""
    try:
        found = rank(items, ORDER)
    except FullTie:
        return
    assert rank([place.standing for place in found], ORDER) == found


# --- the published sheet ------------------------------------------------------------------------------


def soldiers():
    """Four soldiers of winter 2021: points, a tie of points settled by service, one by age, an honour."""
    merits = (ScoredFact("平时奖励", "三等功", 2), ScoredFact("平时奖励", "嘉奖", 3))
    island = (ScoredFact("海岛", "一类", 1, date(2015, 1, 1), date(2016, 8, 31)),)
    medal = (ScoredFact("八一勋章", ""),)
    return [
        ("1", "甲", date(1991, 3, 1), of_winter_2021(date(2009, 12, 1), merits)),
        ("2", "乙", date(1990, 3, 1), of_winter_2021(date(2009, 12, 1), merits)),
        ("3", "丙", date(1992, 3, 1), of_winter_2021(date(2009, 11, 20), merits)),
        ("4", "丁", date(1989, 3, 1), of_winter_2021(date(2009, 12, 1), island)),
        ("5", "戊", date(1988, 3, 1), of_winter_2021(date(2010, 12, 1), medal)),
    ]


def of_winter_2021(enlisted_on, facts):
    """An NCO discharged with winter 2021."""
    return Soldier(enlisted_on, date(2021, 11, 30), "军士", 2021, "秋冬季", facts)


def sheet_rows():
    """Their published sheet."""
    reading = reading_for(2021, "秋冬季", known_on=KNOWN)
    sheets = {
        number: (name, soldier, points_sheet(soldier, reading), born) for number, name, born, soldier in soldiers()
    }
    places = rank(
        (
            Standing(number, sheet.total, served(soldier.enlisted_on, soldier.discharged_on), born, bool(sheet.first))
            for number, (_, soldier, sheet, born) in sheets.items()
        ),
        tie_order(reading)[0],
    )
    found = [sheets[place.standing.number] for place in places]
    return list(
        published_rows(
            Published(place, name, soldier, sheet, OrderScore(sheet.total), "", KNOWN)
            for place, (name, soldier, sheet, _) in zip(places, found, strict=True)
        )
    )


def changed(rows, number, **cells):
    """The sheet with some cells of one candidate's rows written over; item__column: of one item only."""
    found = []
    for row in rows:
        own = {key: value for key, value in cells.items() if "__" not in key}
        own |= {key.split("__")[1]: value for key, value in cells.items() if key.startswith(row["项目"] + "__")}
        found.append({**row, **own} if row["编号"] == number else row)
    return found


def test_the_sheet_alone_gives_the_same_points_and_order():
    """Anybody who has the sheet and the law comes to the same result."""
    rows = sheet_rows()
    assert tuple(rows[0]) == COLUMNS
    assert [row["编号"] for row in rows if row["项目"] in ("服役年限", "八一勋章")] == ["5", "3", "2", "1", "4"]
    found = verify(rows)
    assert (found.holds, found.candidates) == (True, 5)


def test_the_sheet_carries_a_birth_date_only_where_a_tie_hangs_on_it():
    """Two of the five are told apart by age; nobody else's birth date is published."""
    assert {row["编号"] for row in sheet_rows() if row["出生日期"]} == {"1", "2"}


TAMPERED = [
    ("1", {"平时奖励__得分": "30"}, "得分"),
    ("1", {"总分": "99"}, "总分"),
    ("3", {"入伍日期": "2010-11-20"}, "服役年限"),
    ("4", {"截止日期": "2016-08-31", "海岛__截止日期": "2017-08-31"}, "海岛"),
    ("1", {"名次": "2"}, "名次"),
    ("5", {"八一勋章__项目": "平时奖励", "八一勋章__档次": "嘉奖"}, "总分"),
]


@pytest.mark.parametrize(("number", "cells", "said"), TAMPERED)
def test_whatever_is_changed_on_the_sheet_is_found(number, cells, said):
    """Points, totals, dates, places: the recomputation names the candidate and both values."""
    found = verify(changed(sheet_rows(), number, **cells))
    assert not found.holds
    assert any(said in difference.words for difference in found.differences)


def test_two_candidates_who_changed_places_are_found():
    """The order is reckoned again, with the reason of each place."""
    rows = changed(changed(sheet_rows(), "3", 名次="3"), "2", 名次="2")
    said = [difference.words for difference in verify(rows).differences]
    assert said == [
        "编号 3 的名次：表上 3，复算 2（总分 57.5，计分的最高）",
        "编号 2 的名次：表上 2，复算 3（与前一名同为 57.5 分，服役时间较短）",
    ]


def test_a_sheet_that_lacks_what_it_takes_is_refused():
    """No rows, a missing column, a date that is none, two totals for one candidate."""
    rows = sheet_rows()
    with pytest.raises(SheetUnreadable, match="没有候选人"):
        verify([])
    with pytest.raises(SheetUnreadable, match="缺少列“入伍日期”"):
        verify([{key: value for key, value in row.items() if key != "入伍日期"} for row in rows])
    with pytest.raises(SheetUnreadable, match="2021-09-01 的样子"):
        verify(changed(rows, "1", 入伍日期="09年12月"))
    with pytest.raises(SheetUnreadable, match="不一致"):
        verify(changed(rows, "1", 平时奖励__总分="90"))


def test_a_missing_birth_date_shows_in_the_verification():
    """The tie cannot be recomputed, and the verification says so instead of guessing."""
    found = verify(changed(changed(sheet_rows(), "1", 出生日期=""), "2", 出生日期=""))
    assert "出生日期" in found.differences[0].words


def test_a_place_knows_its_neighbours_ties_on_both_sides():
    """One who is told from the one before by service and from the one after by age carries both."""
    found = rank([standing(1, 80, 145), standing(2, 80, 144, born="1990-01-01"), standing(3, 80, 144)], ORDER)
    assert found[1].ties == (TieBreak.LONGER_SERVICE, TieBreak.OLDER)
    assert replace(found[0], why="").ties == (TieBreak.LONGER_SERVICE,)
