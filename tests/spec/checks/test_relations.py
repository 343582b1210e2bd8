"""The arithmetic of contradictions, on both sides of every tolerance.

Tolerance is half a unit of the last printed place of every figure involved, added up.
"""

from decimal import Decimal

import pytest
from spec.checks.builders import figure

from rongji.checks import relations
from rongji.kernel.finding import Verdict

HOLDS, ROUNDING, CONTRADICTION, QUESTION = Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTION, Verdict.QUESTION


def money(text, label="expenditure.total:actual", vague="", unit="万元"):
    return figure(label, text, unit, vague=vague)


@pytest.mark.parametrize(
    ("total", "parts", "verdict", "tolerance"),
    [
        ("13351.20", ["7516.66", "5834.54"], HOLDS, "0.015"),
        ("10107.87", ["633.75", "9474.13"], ROUNDING, "0.015"),  # 望城 2021: differs by 0.01, three margins of 0.005
        ("10106.87", ["633.75", "9474.13"], CONTRADICTION, "0.015"),
        ("10107.86", ["633.75", "9474.13"], CONTRADICTION, "0.015"),  # 0.02 is more than printing can hide
        ("13351.2", ["7547.08", "5834.54"], CONTRADICTION, "0.06"),  # 岳麓 2021: −30.42
        ("11436.3", ["392.52", "11043.75"], HOLDS, "0.06"),  # one place fewer, and it rounds to what is printed
        ("11436.4", ["392.52", "11043.75"], CONTRADICTION, "0.06"),  # 0.13
        ("7108.17", ["600.17", "240", "6268"], HOLDS, "1.01"),  # whole 万元 hide half of one each
        ("9692.786137", ["524.119907", "9167.527684"], CONTRADICTION, "0.0000015"),
        ("0.000001", ["0"], ROUNDING, "0.5000005"),
    ],
)
def test_a_total_is_the_sum_of_its_parts(total, parts, verdict, tolerance):
    finding = relations.sum_of_parts(money(total), relations.positive([money(part) for part in parts]))
    assert finding.verdict is verdict
    assert finding.tolerance == Decimal(tolerance)
    assert finding.difference == Decimal(total) - sum(map(Decimal, parts))


@pytest.mark.parametrize(
    ("total", "verdict"),
    [
        ("26.04", ROUNDING),
        ("26.06", ROUNDING),
        ("26.07", QUESTION),
        ("26.13", QUESTION),
        ("26.14", CONTRADICTION),
        ("25.91", QUESTION),
    ],
)
def test_a_long_list_whose_rounding_leans_to_one_side_is_asked(total, verdict):
    """27 margins of 0.005 allow 0.135, but chance does not pile up further than 0.06."""
    parts = [money("1.00") for _ in range(26)]
    assert relations.sum_of_parts(money(total), relations.positive(parts)).verdict is verdict


def test_the_sentence_carries_the_arithmetic():
    parts = [figure("funds.fiscal:actual", "7547.08"), figure("funds.other:actual", "5834.54")]
    finding = relations.sum_of_parts(figure("funds.total:actual", "13351.20"), relations.positive(parts))
    assert finding.explanation == (
        "资金来源合计 13351.20 万元，而财政拨款 7547.08 + 其他资金（包含上年结转） 5834.54 = 13381.62 万元，"
        "相差 −30.42 万元，超出进位允许的 0.015 万元。"
    )
    assert finding.remedy


def test_what_holds_asks_for_nothing():
    finding = relations.sum_of_parts(money("3.00"), relations.positive([money("1.00"), money("2.00")]))
    assert (finding.verdict, finding.remedy) == (HOLDS, "")


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [("53", ["43", "10"], HOLDS), ("52", ["43", "10"], CONTRADICTION), ("38", ["8", "30"], HOLDS)],
)
def test_people_are_counted_whole(total, parts, verdict):
    """A count is exact as printed: one person is a difference, not a rounding."""
    heads = [money(part, "staff.total:actual", unit="人") for part in parts]
    finding = relations.sum_of_parts(money(total, "staff.total:actual", unit="人"), relations.positive(heads))
    assert finding.verdict is verdict


def test_different_kinds_of_counts_are_never_accused():
    """件 and 人次 do not add by nature: a gap is a question."""
    total = figure("fact.all", "1142", "件")
    parts = relations.positive([figure("fact.visits", "255", "批次"), figure("fact.calls", "882", "人次")])
    assert relations.sum_of_parts(total, parts).verdict is QUESTION


@pytest.mark.parametrize(
    ("rate", "top", "bottom", "verdict"),
    [
        ("86%", "11436.27", "13351.2", HOLDS),  # 85.657 prints as 86
        ("86.0%", "11672.14", "13565.97", HOLDS),  # 番禺 2021: 86.0399 prints as 86.0
        ("86.1%", "11672.14", "13565.97", CONTRADICTION),
        ("6.27%", "633.75", "10107.87", HOLDS),
        ("6.28%", "633.75", "10107.87", CONTRADICTION),
        ("95%", "2081.401108", "2081.401108", CONTRADICTION),  # 岳阳县 2022: all assets in use
        ("50.1%", "1", "2", ROUNDING),  # 1 and 2 in whole 万元 hide a half each
    ],
)
def test_a_rate_is_its_numerator_over_its_denominator(rate, top, bottom, verdict):
    finding = relations.ratio(figure("execution.rate:rate", rate), money(top), money(bottom))
    assert finding.verdict is verdict


def test_a_rate_over_nothing_is_a_question():
    finding = relations.ratio(figure("execution.rate:rate", "100%"), money("5.00"), money("0.00"))
    assert finding.verdict is QUESTION
    assert "以零为分母" in finding.explanation


@pytest.mark.parametrize(
    ("rate", "now", "before", "verdict"),
    [
        ("14.63%", "9692.786137", "8455.613862", HOLDS),
        ("14.64%", "9692.786137", "8455.613862", CONTRADICTION),
        ("-10%", "9.0", "10.0", HOLDS),
        ("100%", "5.00", "0.00", QUESTION),
    ],
)
def test_growth_is_measured_from_last_year(rate, now, before, verdict):
    growth = figure("growth.expenditure:rate", rate.removeprefix("-"))
    if rate.startswith("-"):
        growth = figure("growth.expenditure:rate", rate)
    assert relations.growth(growth, money(now), money(before, "expenditure.total:prior")).verdict is verdict


@pytest.mark.parametrize(
    ("left", "left_unit", "right", "right_unit", "verdict"),
    [
        ("4.2150", "万元", "42150", "元", HOLDS),
        ("4.2150", "万元", "4.2150", "元", CONTRADICTION),
        ("9474.13", "万元", "9474", "万元", HOLDS),
        ("9474.13", "万元", "9475", "万元", CONTRADICTION),
        ("11043.75", "万元", "11043.76", "万元", ROUNDING),
        ("11043.75", "万元", "11043.77", "万元", CONTRADICTION),
        ("52", "人", "53", "人", CONTRADICTION),
        ("52", "人", "52", "名", HOLDS),
    ],
)
def test_one_fact_has_one_value(left, left_unit, right, right_unit, verdict):
    key = "fact.people" if left_unit == "人" else "three_public.total:actual"
    finding = relations.same_fact(figure(key, left, left_unit), figure(key, right, right_unit, statement="text"))
    assert finding.verdict is verdict


def test_a_slip_of_units_is_named():
    leading = figure("three_public.total:actual", "4.2150", "万元")
    finding = relations.same_fact(leading, figure("three_public.total:actual", "4.2150", "元", statement="text"))
    assert "恰为 10000 倍，疑为单位写错" in finding.explanation


@pytest.mark.parametrize(
    ("word", "said", "exact", "verdict"),
    [
        ("余", "2100", "2100", HOLDS),
        ("余", "2100", "2199", HOLDS),
        ("余", "2100", "2099", CONTRADICTION),  # 余 is never less
        ("余", "2100", "2250", QUESTION),  # would be called 2200 余
        ("余", "2100", "4000", CONTRADICTION),
        ("多", "4355", "4356", HOLDS),
        ("以上", "95", "99", QUESTION),
        ("以上", "95", "94", CONTRADICTION),
        ("近", "400", "396", HOLDS),
        ("近", "400", "420", QUESTION),
        ("近", "400", "2000", CONTRADICTION),
        ("约", "3096", "3096", HOLDS),
        ("约", "3096", "3100", QUESTION),
        ("约", "3096", "5000", CONTRADICTION),  # grossly off
    ],
)
def test_vague_numbers_are_loose(word, said, exact, verdict):
    leading = figure("fact.x", exact, "人次")
    assert relations.same_fact(leading, figure("fact.x", said, "人次", vague=word)).verdict is verdict


@pytest.mark.parametrize(
    ("total", "parts", "verdict"),
    [
        ("9474.13", ["5228.93", "2636.2", "435.81", "309.32", "325.32"], HOLDS),
        ("353.38", ["382.07"], CONTRADICTION),
        ("100.00", ["60.00", "40.01"], ROUNDING),
        ("100.00", ["60.00", "40.02"], CONTRADICTION),
    ],
)
def test_a_part_stays_within_its_whole(total, parts, verdict):
    assert relations.parts_within(money(total), [money(part) for part in parts]).verdict is verdict


@pytest.mark.parametrize(
    ("score", "rate", "verdict"),
    [
        ("8.6", "86%", HOLDS),
        ("8.57", "85.66%", HOLDS),
        ("8.56", "86%", ROUNDING),
        ("8.6", "80%", CONTRADICTION),
        ("9.5", "86%", CONTRADICTION),
    ],
)
def test_a_score_is_weight_times_rate(score, rate, verdict):
    factors = (figure("execution.weight", "10"), figure("execution.rate:rate", rate))
    assert relations.product(figure("execution.score", score), factors).verdict is verdict


@pytest.mark.parametrize(("value", "limit", "verdict"), [("6", "6", HOLDS), ("6.01", "6", CONTRADICTION)])
def test_a_score_stays_at_its_weight(value, limit, verdict):
    finding = relations.at_most(figure("execution.score", value), figure("execution.weight", limit))
    assert finding.verdict is verdict
