"""Score schemes and grades, as the acts and forms order them."""

from datetime import date
from decimal import Decimal

import pytest

from rongji.kernel.bureau_year import Direction
from rongji.law.loader import load
from rongji.law.model import Trust
from rongji.law.refusals import NoValueInForce, ScoreOutOfRange, UnknownScheme
from rongji.law.schemes import grade, grade_word, scheme, scheme_ids
from rongji.law.shapes.scheme import Method, OverTargetMode, SchemePart, TierName, ZeroTarget

D = Decimal
TODAY = {"on": date(2025, 3, 1), "known_on": date(2025, 3, 1)}

WEIGHTS = {
    "national-2020": {"预算执行率": 10, "产出指标": 50, "效益指标": 30, "满意度指标": 10},
    "anhui-2022": {"预算执行率": 10, "产出指标": 50, "效益指标": 30, "满意度指标": 10},
    "hubei-2020": {"预算执行情况": 20, "产出指标": 40, "效益指标": 40},
    "sichuan-2023": {"预算执行率": 10, "绩效指标": 90},
    "national-2021-cost": {"预算执行率": 10, "成本指标": 20, "产出指标": 40, "效益指标": 20, "满意度指标": 10},
    "national-2021-cost-without-satisfaction": {"预算执行率": 10, "成本指标": 20, "产出指标": 40, "效益指标": 30},
    "national-2021-without-satisfaction": {"预算执行率": 10, "产出指标": 50, "效益指标": 40},
    "hunan-2018": {"投入": 10, "过程": 60, "产出及效率": 30},
    "sichuan-department-2017": {"部门决策": 25, "综合管理": 30, "部门绩效情况": 45},
}


def test_every_shipped_scheme_is_specified_here():
    """A scheme that nobody wrote down in this table does not ship."""
    assert set(scheme_ids()) == set(WEIGHTS)


@pytest.mark.parametrize("scheme_id", WEIGHTS)
def test_weights_are_those_of_the_form_and_close_at_100(scheme_id):
    """The level-1 weights, by heading."""
    found = scheme(scheme_id, **TODAY)
    assert {block.label: block.weight for block in found.blocks} == WEIGHTS[scheme_id]
    assert sum(block.weight for block in found.blocks) == found.total == 100


@pytest.mark.parametrize(
    ("scheme_id", "printed", "block"),
    [
        ("national-2020", "产出指标", "output"),
        ("national-2020", "产出", "output"),
        ("national-2020", "产出指标（50分）", "output"),
        ("national-2020", "效益目标（预期实现的效益）", "effect"),
        ("national-2020", "满意度指标", "satisfaction"),
        ("national-2020", "服务对象 满意度", "satisfaction"),
        ("national-2020", "预算执行", "execution"),
        ("hubei-2020", "满意度指标", "effect"),
        ("sichuan-2023", "产出指标", "performance"),
        ("sichuan-2023", "满意度指标", "performance"),
        ("national-2021-cost", "成本指标", "cost"),
        ("national-2020", "部门决策", None),
    ],
)
def test_a_printed_heading_finds_its_block(scheme_id, printed, block):
    """Forms print the same level-1 heading in many ways; a heading the scheme does not have finds none."""
    found = scheme(scheme_id, **TODAY).block_named(printed)
    assert (found.id if found else None) == block


BANDS = [
    ("national-2020", TierName.REACHED, "1.00", True),
    ("national-2020", TierName.REACHED, "0.80", True),
    ("national-2020", TierName.REACHED, "0.79", False),
    ("national-2020", TierName.PARTLY, "0.80", False),
    ("national-2020", TierName.PARTLY, "0.79", True),
    ("national-2020", TierName.PARTLY, "0.60", True),
    ("national-2020", TierName.PARTLY, "0.59", False),
    ("national-2020", TierName.NOT_REACHED, "0.60", False),
    ("national-2020", TierName.NOT_REACHED, "0.00", True),
    ("hubei-2020", TierName.PARTLY, "0.50", True),
    ("hubei-2020", TierName.PARTLY, "0.49", False),
    ("hubei-2020", TierName.NOT_REACHED, "0.50", False),
    ("hubei-2020", TierName.REACHED, "0.80", True),
]


@pytest.mark.parametrize(("scheme_id", "tier", "share", "belongs"), BANDS)
def test_tiers_hold_their_lower_end_and_only_the_best_its_upper(scheme_id, tier, share, belongs):
    """100–80–60–0 in the national rules, 100–80–50–0 in Hubei, both sides of each bound."""
    tiers = {item.name: item for item in scheme(scheme_id, **TODAY).tiers}
    assert tiers[tier].holds(D(share)) is belongs


def test_execution_is_measured_on_the_adjusted_budget_and_capped():
    """全年执行数 ÷ 调整后的全年预算数, never above the weight."""
    rule = scheme("national-2020", **TODAY).execution
    assert (rule.numerator, rule.denominator) == ("expenditure.total:actual", "expenditure.total:adjusted")
    assert rule.cap == 1
    assert rule.reason_below is None


def test_sichuan_wants_a_reason_below_90_percent_in_at_most_100_characters():
    """Its form says so; the national rules set neither."""
    found = scheme("sichuan-2023", **TODAY)
    assert found.execution.reason_below == D("0.90")
    assert (found.texts.reason, found.texts.conclusion) == (100, 200)
    assert scheme("national-2020", **TODAY).texts is None


@pytest.mark.parametrize("scheme_id", ["hunan-2018", "sichuan-department-2017"])
def test_older_sheets_score_execution_through_ordinary_indicators(scheme_id):
    """No block of its own, so no execution rule."""
    assert scheme(scheme_id, **TODAY).execution is None


def test_directions_and_shared_rules():
    """Reverse indicators divide the other way round; zero targets are left to a person; 130 % only warns."""
    found = scheme("national-2020", **TODAY)
    assert {direction: rule.method for direction, rule in found.directions.items()} == {
        Direction.AT_LEAST: Method.PROPORTIONAL,
        Direction.AT_MOST: Method.INVERSE,
        Direction.EXACT: Method.LOWER_RATIO,
        Direction.RANGE: Method.NEAREST_BOUND,
    }
    assert found.directions[Direction.AT_MOST].zero_actual == 1
    assert (found.over_target.line, found.over_target.mode) == (D("1.30"), OverTargetMode.WARN)
    assert found.gates.zero_target is ZeroTarget.BY_HAND
    assert (found.rounding.row_places, found.rounding.total_places, found.rounding.tolerance) == (2, 2, D("0.1"))


def test_each_part_keeps_its_own_trust_word():
    """What is confirmed and what is not stays visible part by part, a scheme's own rows before the shared ones."""
    hubei, national = scheme("hubei-2020", **TODAY), scheme("national-2020", **TODAY)
    assert hubei.source(SchemePart.QUALITATIVE).trust is Trust.MIRROR
    assert national.source(SchemePart.QUALITATIVE).trust is Trust.MEMORY_HIGH
    assert national.source(SchemePart.OVER_TARGET).trust is Trust.MEMORY_MIDDLE
    assert national.direction_source(Direction.EXACT).trust is Trust.DERIVED
    assert national.weakest is Trust.MEMORY_MIDDLE


@pytest.mark.parametrize(("day", "in_force"), [("2020-02-24", False), ("2020-02-25", True)])
def test_the_national_scheme_begins_with_its_act(day, in_force):
    """Before the rules of 2020 there is no such scheme."""
    days = {"on": date.fromisoformat(day), "known_on": date.fromisoformat(day)}
    if in_force:
        assert scheme("national-2020", **days).total == 100
    else:
        with pytest.raises(NoValueInForce):
            scheme("national-2020", **days)


def test_a_wrong_scheme_is_refused_with_the_right_ones():
    """Shared rules and tables of another kind are no schemes either."""
    for wrong in ("hunan-2020", "common-rules", "grade-bands"):
        with pytest.raises(UnknownScheme, match="national-2020"):
            scheme(wrong, **TODAY)


FRAME = """
id: scoring.crooked
label: 不闭合的方案
kind: scheme
unit: 分
keys: [part]
valid_until_checked: null
rows:
  - part: frame
    effective: 2020-01-01
    known: 2020-01-01
    act: notice-1
    trust: official
    value: {total: 100, covers: [project], blocks: [{id: a, label: 产出, weight: 60}, {id: b, label: 效益, weight: 44}]}
"""


def test_a_scheme_whose_weights_do_not_close_is_refused(legal):
    """104 points are no scheme."""
    legal.write("scoring/crooked.yaml", FRAME)
    with pytest.raises(Exception, match="合计 104，应为 100"):
        load(legal.root)


GRADES = [
    ("100", "优"),
    ("90", "优"),
    ("89.99", "良"),
    ("80", "良"),
    ("79.99", "中"),
    ("60", "中"),
    ("59.99", "差"),
    ("0", "差"),
]


@pytest.mark.parametrize(("score", "expected"), GRADES)
def test_grades_at_their_edges(score, expected):
    """90, 80 and 60 belong to the better grade; a hundredth less does not."""
    found = grade(D(score), **TODAY)
    assert (found.grade, found.row.act) == (expected, "mof-2020-10")


def test_an_edge_belongs_to_one_grade_only():
    """Whatever the order of the bands, no score has two grades."""
    bands = grade(D("90"), **TODAY).row.value
    for score in ("90", "80", "60", "100", "0"):
        assert sum(band.holds(D(score)) for band in bands) == 1


@pytest.mark.parametrize("score", ["100.01", "-0.01"])
def test_scores_outside_have_no_grade(score):
    """No bonus points, no negative totals."""
    with pytest.raises(ScoreOutOfRange):
        grade(D(score), **TODAY)


def test_the_whole_number_form_has_gaps_between_its_grades():
    """80–89 and 90–100 say nothing of 89.5: the form is for whole scores only."""
    assert grade(D("89"), form="integer", **TODAY).grade == "良"
    with pytest.raises(ScoreOutOfRange):
        grade(D("89.5"), form="integer", **TODAY)


@pytest.mark.parametrize(
    ("word", "expected"), [("优秀", "优"), ("优", "优"), ("合格", "中"), (" 良好 ", "良"), ("满分", "")]
)
def test_printed_grade_words(word, expected):
    """Forms print 优秀 for 优; a word that is no grade finds none."""
    assert grade_word(word, **TODAY) == expected
