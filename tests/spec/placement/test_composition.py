"""排序分: points and examinations by the shares of an area, exact, rounded once as the file says, explained by part."""

import shutil
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from legal_folder import LegalFolder
from spec.one_off.field_tables import rows

from rongji.law.loader import inspect
from rongji.law.locate import find_legal
from rongji.law.refusals import ValueIsMissing
from rongji.rules.placement.composition import Result, order_score, rounded
from rongji.rules.placement.reading import reading_for, tie_order
from rongji.rules.placement.refusals import AbsentUnsettled, ResultMissing, ResultUnfit

LATER = date(2025, 12, 31)
YUNHU, YUEQING = "990201", "330382"
"""The made-up county, and a place of which only the shares were seen."""
HEAD = "id: placement.composition\nlabel: 样例\nkind: placement_composition\nunit: 文字\nkeys: []\n"
SIX_FOUR = '{part: 服役表现, share: "60", full: "100"}, {part: 考试, share: "40", full: "100"}'
THREE = (
    '{part: 服役表现, share: "50", full: "150"}, {part: 笔试, share: "30", full: "120"}, '
    '{part: 面试, share: "20", full: "100"}'
)


@pytest.fixture
def reading(tmp_path):
    """`reading(parts, words)`: the law of an area whose order is made of these parts."""

    def of(parts, words="places: 2, rounds: total, beyond: capped, absent: zero"):
        folder = LegalFolder(tmp_path / str(len(list(tmp_path.iterdir()))))
        for name in ("acts", "placement"):
            shutil.copytree(find_legal() / name, folder.root / name, dirs_exist_ok=True)
        value = f"{{parts: [{parts}], {words}}}"
        row = f"  - {{effective: 2020-01-01, known: 2020-01-01, act: notice-1, trust: official, value: {value}}}\n"
        folder.table(row, file="regions/990101/placement/composition.yaml", head=HEAD)
        law = inspect(folder.root)
        assert law.problems == ()
        return reading_for(2021, "秋冬季", known_on=LATER, region="990101", law=law)

    return of


def reached(**marks):
    """Results by part; None for somebody absent."""
    return [Result(part, None if text is None else Decimal(text)) for part, text in marks.items()]


SCORES = """
    points | exam   | score
    66.5   | 82     | 72.7
    100    | 100    | 100
    118    | 50     | 80
    0      | 0      | 0
    57.35  | 61.125 | 58.86
    -5     | 70     | 25
"""


@pytest.mark.parametrize("row", rows(SCORES))
def test_points_and_examination_count_by_their_shares(reading, row):
    """Six tenths and four tenths of full marks; points above the full marks count as full; half up at the end."""
    found = order_score(Decimal(row["points"]), reached(考试=row["exam"]), reading(SIX_FOUR))
    assert found.score == Decimal(row["score"])


def test_an_area_may_let_points_beyond_the_full_marks_count(reading):
    """The word is in the file; without it the table is not read."""
    law = reading(SIX_FOUR, "places: 2, rounds: total, beyond: kept, absent: zero")
    assert order_score(Decimal("118"), reached(考试="50"), law).score == Decimal("90.8")


def test_three_parts_with_full_marks_of_their_own(reading):
    """A third of a point is kept exactly until the sum is rounded; every part says how it came about."""
    found = order_score(Decimal("70"), reached(笔试="91", 面试="80.5"), reading(THREE))
    exact = Fraction(70, 150) * 50 + Fraction(91, 120) * 30 + Fraction(161, 2) / 100 * 20
    assert found.score == rounded(exact, 2) == Decimal("62.18")
    assert [line.words for line in found.lines] == [
        "70 ÷ 满分 150 × 50 = 23.33 分",
        "91 ÷ 满分 120 × 30 = 22.75 分",
        "80.5 ÷ 满分 100 × 20 = 16.1 分",
    ]
    assert found.examined == Fraction(91, 4) + Fraction(161, 10)


def test_rounding_every_part_may_differ_from_rounding_the_sum(reading):
    """Which of the two is the area's word, not ours."""
    words = "places: 0, rounds: {}, beyond: capped, absent: zero"
    found = {
        way: order_score(Decimal("42.4"), reached(考试="61.2"), reading(SIX_FOUR, words.format(way))).score
        for way in ("total", "parts")
    }
    assert found == {"total": 50, "parts": 49}


def test_who_has_no_result_is_not_ranked_by_a_zero_of_ours(reading):
    """Missing is refused; absent counts as the file says."""
    with pytest.raises(ResultMissing, match="还没有考试成绩"):
        order_score(Decimal("60"), [], reading(SIX_FOUR))
    absent = order_score(Decimal("60"), reached(考试=None), reading(SIX_FOUR))
    assert (absent.score, absent.lines[1].reached) == (36, "缺考")
    strict = reading(SIX_FOUR, "places: 2, rounds: total, beyond: capped, absent: refused")
    with pytest.raises(AbsentUnsettled, match="补考"):
        order_score(Decimal("60"), reached(考试=None), strict)


@pytest.mark.parametrize("marks", ["100.5", "-1", "80.1234"])
def test_marks_that_cannot_be_are_refused(reading, marks):
    """Above the full marks, below zero, or finer than is kept."""
    with pytest.raises(ResultUnfit, match="0 到 100 之间"):
        order_score(Decimal("60"), reached(考试=marks), reading(SIX_FOUR))


def test_without_an_examination_the_points_are_the_score():
    """The nation's own way: nothing is rounded, no part is shown."""
    found = order_score(Decimal("66.555"), [], reading_for(2021, "秋冬季", known_on=LATER))
    assert (found.score, found.lines) == (Decimal("66.555"), ())


@pytest.mark.parametrize(("season", "count"), [((2024, "春季"), 0), ((2024, "秋冬季"), 2)])
def test_the_composition_begins_with_a_season(season, count):
    """The made-up county examines from winter 2024 on; the spring before it by points alone."""
    law = reading_for(*season, known_on=LATER, region=YUNHU)
    assert len(order_score(Decimal("60"), reached(笔试="80"), law).lines) == count


def test_a_place_of_which_only_the_shares_were_seen_is_not_ranked():
    """乐清: six to four, full marks and rounding unknown: refused with what to write and where, never guessed."""
    law = reading_for(2016, "秋冬季", known_on=LATER, region=YUEQING)
    with pytest.raises(ValueIsMissing, match="六成"):
        order_score(Decimal("60"), reached(考试="80"), law)
    assert tie_order(law)[0].said == "服役表现积分高的在前"


WORDS = ", places: 2, rounds: total, beyond: kept, absent: zero"
ALONE, EXAM = '{part: 服役表现, share: "60", full: "9"}', '{part: 考试, share: "40", full: "9"}'
BAD = {
    "合计应为 100": (ALONE, ""),
    "应有且只有一次": ('{part: 考试, share: "100"}', ""),
    "不写满分": ('{part: 服役表现, share: "100", full: "100"}', ""),
    "都要写满分": (f'{{part: 服役表现, share: "60"}}, {EXAM}', WORDS),
    "缺少“absent”": (f"{ALONE}, {EXAM}", WORDS.replace(", absent: zero", "")),
    "0 到 3 之间": (f"{ALONE}, {EXAM}", WORDS.replace("2", "9")),
    "应大于零": ('{part: 服役表现, share: "0"}', ""),
}


@pytest.mark.parametrize("said", BAD)
def test_a_composition_that_leaves_something_open_is_refused_where_it_stands(tmp_path, said):
    """Every word that the reckoning needs must be in the file."""
    folder, (parts, words) = LegalFolder(tmp_path / "legal"), BAD[said]
    value = f"{{parts: [{parts}]{words}}}"
    line = f"  - {{effective: 2020-01-01, known: 2020-01-01, act: notice-1, trust: official, value: {value}}}\n"
    folder.table(line, file="placement/composition.yaml", head=HEAD)
    assert any(said in problem.sentence for problem in inspect(folder.root).problems)
