"""定量指标: what a row of weight 6 earns from target and actual, on both sides of every edge."""

import pytest
from spec.scoring.builders import evaluated, row, score_of, year

AT_LEAST = [
    # 目标, 实际, 单位, 得分
    ("4113", "4113", "人", "6.00"),  # 达到得满分
    ("100", "99.99", "%", "6.00"),  # 差一点，四舍五入后仍是满分
    ("100", "99.91", "%", "5.99"),
    ("100", "50", "人", "3.00"),  # 按比例
    ("100", "200", "人", "6.00"),  # 封顶
    ("100", "0", "人", "0.00"),
    ("3", "1", "人", "2.00"),
    ("3", "2", "人", "4.00"),
    ("7", "3", "人", "2.57"),  # 2.5714…
    ("100", "-5", "%", "0.00"),  # 实际为负不倒扣
    ("-5", "-5", "%", "6.00"),  # 目标为负，达到
]

AT_MOST = [
    ("100", "100", "人", "6.00"),
    ("100", "100.01", "%", "6.00"),
    ("100", "101", "%", "5.94"),  # 100 ÷ 101
    ("100", "200", "人", "3.00"),
    ("100", "50", "人", "6.00"),  # 低于上限不加分
    ("100", "0", "人", "6.00"),  # 实际为 0 得满分
    ("100", "-3", "%", "6.00"),
    ("-5", "-10", "%", "6.00"),  # 压减超过目标
]

EXACT = [
    ("100", "100", "人", "6.00"),
    ("100", "100.00", "%", "6.00"),  # 写法不同，数值相等
    ("100", "80", "人", "4.80"),  # 取小：80 ÷ 100
    ("100", "125", "人", "4.80"),  # 取小：100 ÷ 125
    ("100", "0", "人", "0.00"),
    ("100", "-1", "%", "0.00"),
]

RANGE = [
    ("80~90", "79", "%", "5.93"),  # 79 ÷ 80
    ("80~90", "80", "%", "6.00"),  # 下限在内
    ("80~90", "85", "%", "6.00"),
    ("80~90", "90", "%", "6.00"),  # 上限在内
    ("80~90", "91", "%", "5.93"),  # 90 ÷ 91
    ("80~90", "40", "%", "3.00"),
    ("80~90", "180", "%", "3.00"),
    ("0~5", "0", "件", "6.00"),  # 下限为 0 的区间不算目标为 0
    ("0~5", "10", "件", "3.00"),
    ("80~90", "0", "%", "0.00"),
]

TABLE = [(sign, *case) for sign, cases in zip("≥≤=~", (AT_LEAST, AT_MOST, EXACT, RANGE), strict=True) for case in cases]


@pytest.mark.parametrize(("direction", "target", "actual", "unit", "score"), TABLE)
def test_points_follow_from_target_and_actual(direction, target, actual, unit, score):
    """Weight 6, national scheme."""
    assert score_of(row(direction, target, actual, unit=unit)) == score


@pytest.mark.parametrize(
    ("direction", "target", "actual", "reached"),
    [
        ("≥", "100", "99.999", False),
        ("≥", "100", "100", True),
        ("≥", "100", "100.001", True),
        ("≤", "100", "100", True),
        ("≤", "100", "100.001", False),
        ("=", "100", "100.001", False),
        ("~", "80~90", "90.001", False),
        ("≥", "0", "1", True),
        ("≤", "0", "1", False),
    ],
)
def test_reached_is_exact_even_where_the_points_round_to_full(direction, target, actual, reached):
    """The reason gate looks at the values and not at the rounded points."""
    assert evaluated(year(row(direction, target, actual, unit="%"))).row("X").reached is reached


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [("1万元", "5000", "3.00"), ("1万元", "10000", "6.00"), ("100", "1万元", "6.00")],
)
def test_units_of_one_kind_are_compared_by_what_they_are_worth(target, actual, score):
    """A target in 万元 and an actual in 元."""
    assert score_of(row("≥", target, actual, unit="元")) == score


def test_points_round_half_up_once():
    """1 × 1/8 = 0.125 → 0.13; 1 × 3/8 = 0.375 → 0.38."""
    assert score_of(row("≥", "8", "1", weight="1")) == "0.13"
    assert score_of(row("≥", "8", "3", weight="1")) == "0.38"


@pytest.mark.parametrize(
    ("direction", "target", "actual", "said"),
    [
        ("≥", "4113", "4000", "越大越好指标：实际 4000人 ÷ 目标 4113人 ≈ 0.9725；6 × 97.25% = 5.84 分；依据《"),
        ("≥", "100", "120", "越大越好指标：实际 120人 ÷ 目标 100人 = 1.2，封顶 1；6 × 1 = 6.00 分；依据《"),
        ("≤", "100", "200", "越小越好指标：目标 100人 ÷ 实际 200人 = 0.5；6 × 50% = 3.00 分；依据《"),
        ("=", "100", "80", "等值指标：实际 80人与目标 100人不等，二者相除取小值 0.8；6 × 80% = 4.80 分；依据《"),
        ("~", "80~90", "40", "区间指标：实际 40人低于区间 80～90人，实际 ÷ 下限 = 0.5；6 × 50% = 3.00 分；依据《"),
    ],
)
def test_every_score_explains_itself(direction, target, actual, said):
    """Method, numbers, cap, points, act, and the trust word of what is not the official text."""
    scored = evaluated(year(row(direction, target, actual))).row("X")
    assert scored.how.startswith(said)
    assert scored.how.endswith(("，待核（把握较大）", "，推算"))
    assert scored.act == "mof-2020-10"
    assert scored.rule.startswith("scoring.")


def test_an_official_text_carries_no_doubt():
    """Hubei's own form states the ratio: mirror, said so; nothing is said of an official row."""
    scored = evaluated(year(row()), "hubei-2020").row("X")
    assert scored.act == "hubei-form-2020"
    assert scored.how.endswith("转载原文")
