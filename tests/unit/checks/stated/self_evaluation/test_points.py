"""Weights and scores of self-evaluation forms: the form's own total decides what it counts."""

from decimal import Decimal

import pytest
from unit.checks.stated.builder import accused, column, figure, found, passage, row, table, verdicts

FUNDS = [
    column("项目", "label"),
    column("全年预算数", stage="adjusted", unit="万元"),
    column("全年执行数", stage="actual", unit="万元"),
    column("执行率", "rate", unit="%"),
    column("分值", "weight"),
    column("得分", "score"),
]
ROWS = [column("三级指标", "label"), column("分值", "weight"), column("得分", "score")]


def funds(weight="10", score="8.6"):
    rows = [row("资金来源/合计", "100.00", "86.00", "86%", weight, score, kind="total")]
    rows.append(row("财政拨款", "100.00", "86.00", "", "－", "－", whole=0))
    return table(FUNDS, rows, region=0)


def indicators(*cells, total=("100", "98.6"), columns=ROWS):
    rows = [row(f"产出指标/指标{n}：发放人数", *texts) for n, texts in enumerate(cells)]
    if total:
        rows.append(row("总分", *total, kind="total"))
    return table(columns, rows, region=1)


def test_weights_that_make_one_hundred_and_four():
    """94 points of indicators and 10 of execution: the form says 100."""
    form = funds(), indicators(("50", "50"), ("30", "30"), ("14", "14"))
    (weights,) = found("table-weights-add-up", *form)
    (scores,) = found("table-scores-add-up", *form)
    assert (weights.verdict, weights.difference) == ("contradiction", Decimal(-4))
    assert (scores.verdict, scores.difference) == ("contradiction", Decimal("-4.0"))


@pytest.mark.parametrize(
    ("cells", "total"),
    [
        ([("50", "50"), ("40", "38")], ("100", "96.6")),  # 连同预算执行率
        ([("60", "60"), ("40", "38")], ("100", "98")),  # 执行率不计入总分
        ([("50", "50"), ("30", "30"), ("10", "8")], ("100", "96.6")),
    ],
)
def test_the_form_counts_execution_or_not(cells, total):
    form = funds(), indicators(*cells, total=total)
    assert verdicts("table-weights-add-up", *form) == ["holds"]
    assert verdicts("table-scores-add-up", *form) == ["holds"]


def test_execution_as_a_row_is_not_counted_twice():
    rows = [row("预算执行率", "10", "8.6"), row("发放人数", "90", "90"), row("总分", "100", "98.6", kind="total")]
    form = funds(), table(ROWS, rows, region=1)
    assert verdicts("table-weights-add-up", *form) == ["holds"]
    assert verdicts("table-scores-add-up", *form) == ["holds"]


def test_each_form_has_its_own_total():
    """A department's form and two project forms in one document do not run into each other."""
    pieces = []
    for number in range(1, 4):
        pieces.append(table(FUNDS, [row("年度资金总额", "9", "9", "100%", "10", "10")], number=number))
        rows = [row("甲", "60", "55"), row("乙", "30", "30"), row("总分", "100", "95", kind="total")]
        pieces.append(table(ROWS, rows, number=number, region=1))
    assert verdicts("table-weights-add-up", *pieces) == ["holds"] * 3
    assert verdicts("table-scores-add-up", *pieces) == ["holds"] * 3


def test_a_row_without_points_may_hold_the_missing_ones():
    form = indicators(("50", "50"), ("40", ""), total=("100", "95"))
    assert verdicts("table-scores-add-up", form) == ["question"]
    over = indicators(("50", "50"), ("40", "47"), ("10", ""), total=("100", "95"))
    assert verdicts("table-scores-add-up", over) == ["contradiction"]


def test_without_a_total_full_marks_are_asked_for():
    assert verdicts("table-weights-add-up", indicators(("60", "60"), ("40", "40"), total=None)) == ["holds"]
    assert verdicts("table-weights-add-up", indicators(("60", "60"), ("50", "40"), total=None)) == ["question"]
    assert verdicts("table-scores-add-up", indicators(("60", "60"), ("40", "40"), total=None)) == []


def test_the_score_of_the_text_stands_for_the_total_of_the_form():
    form = indicators(("60", "55"), ("40", "37.8"), total=None)
    said = passage("自评得分为92.8分。", figure("自评得分", "92.8分"))
    assert verdicts("table-scores-add-up", form, said) == ["holds"]
    other = passage("自评得分为97.8分。", figure("自评得分", "97.8分"))
    assert verdicts("table-scores-add-up", form, other) == ["contradiction"]


def test_bonus_points_stand_beside_the_weights():
    rows = [row("甲", "60", "58"), row("乙", "40", "40"), row("加分项/获省级表彰", "5", "2")]
    rows.append(row("总分", "100", "100", kind="total"))
    assert verdicts("table-weights-add-up", table(ROWS, rows)) == ["holds"]
    assert verdicts("table-scores-add-up", table(ROWS, rows)) == ["holds"]
    assert verdicts("scores-keep-to-weights", table(ROWS, rows)) == ["holds", "holds"]


def test_a_total_in_fewer_places():
    """97.63 printed as 97.6 is its rounding; printed as 98 it is asked about; 97.5 is wrong."""
    cells = ("60", "58.33"), ("40", "39.30")
    assert verdicts("table-scores-add-up", indicators(*cells, total=("100", "97.6"))) == ["rounding"]
    assert verdicts("table-scores-add-up", indicators(*cells, total=("100", "98"))) == ["question"]
    assert verdicts("table-scores-add-up", indicators(*cells, total=("100", "96.6"))) == ["contradiction"]


def test_no_score_above_its_weight():
    result = found("scores-keep-to-weights", funds(), indicators(("50", "50"), ("30", "31"), ("10", "9")))
    assert [item.verdict for item in result] == ["holds", "holds", "contradiction", "holds"]


def test_scores_out_of_a_hundred_each_are_not_accused_row_by_row():
    form = indicators(("5", "100"), ("5", "95"), ("5", "90"), total=None)
    assert set(verdicts("scores-keep-to-weights", form)) == {"question"}


def test_points_named_in_the_heading():
    rows = [
        row("产出指标（50分）/甲", "30", "30"),
        row("产出指标（50分）/乙", "25", "20"),
        row("效益指标(40分)/丙", "40", "40"),
    ]
    result = found("block-weights-add-up", table(ROWS, rows))
    assert [item.verdict for item in result] == ["contradiction", "holds"]
    assert accused(result)[0].difference == Decimal(-5)


def test_weights_in_percent():
    columns = [column("指标", "label"), column("权重", "weight", unit="%"), column("得分", "score")]
    rows = [row("甲", "33.3%", "30"), row("乙", "66.7%", "60"), row("合计", "100%", "90", kind="total")]
    assert verdicts("table-weights-add-up", table(columns, rows)) == ["holds"]
    assert verdicts("scores-keep-to-weights", table(columns, rows)) == ["holds", "holds"]


def test_a_form_read_with_doubt_is_left_alone():
    rows = [row("甲", "60", "70"), row("总分", "100", "95", kind="total")]
    form = table(ROWS, rows, certain=False)
    for check in ("table-weights-add-up", "table-scores-add-up", "scores-keep-to-weights", "block-weights-add-up"):
        assert verdicts(check, form) == []


@pytest.mark.parametrize(
    ("rate", "weight", "score", "expected"),
    [
        ("86%", "10", "8.6", "holds"),
        ("85.66%", "10", "8.57", "holds"),
        ("85.66%", "10", "8.6", "holds"),
        ("86%", "20", "17.2", "holds"),
        ("105%", "10", "10", "holds"),
        ("86%", "10", "9.6", "contradiction"),
        ("86%", "10", "8.1", "contradiction"),
        ("86%", "10", "9", "holds"),  # 四舍五入到整数
        ("86%", "10", "10", "question"),  # 分档
        ("86%", "10", "8", "question"),
        ("86%", "10", "7.2", "question"),  # 每低一个百分点扣 0.2 分
    ],
)
def test_the_score_of_execution(rate, weight, score, expected):
    form = table(FUNDS, [row("年度资金总额", "", "", rate, weight, score)])
    assert verdicts("execution-points-follow", form, indicators(("90", "90"))) == [expected]


def test_the_score_of_execution_by_the_amounts_of_its_row():
    form = table(FUNDS, [row("年度资金总额", "1000.00", "861.30", "86%", "10", "8.61")])
    assert verdicts("execution-points-follow", form, indicators(("90", "90"))) == ["holds"]


def test_weights_of_upper_levels():
    columns = [
        column("一级", "label"),
        column("一级|分值", "weight"),
        column("三级", "label"),
        column("三级|分值", "weight"),
    ]
    columns.append(column("得分", "score"))

    def form(first="30", second="70"):
        rows = [
            row("投入", first, "甲", "10", "10"),
            row("投入", "", "乙", "20", "20"),
            row("产出", second, "丙", "40", "40"),
        ]
        return table(
            columns, [*rows, row("产出", "", "丁", "30", "30"), row("合计", "100", "", "100", "100", kind="total")]
        )

    assert verdicts("block-weights-add-up", form()) == ["holds"] * 3
    assert verdicts("block-weights-add-up", form(first="40")) == ["contradiction", "holds", "holds"]
    assert verdicts("block-weights-add-up", form(first="40", second="50")) == ["question", "question", "holds"]


def test_points_taken_off():
    columns = [column("指标", "label"), column("分值", "weight"), column("扣分"), column("得分", "score")]
    rows = [row("甲", "40", "1.5", "38.5"), row("乙", "60", "-2", "58"), row("丙", "10", "0", "9")]
    assert verdicts("deductions-follow", table(columns, rows)) == ["holds", "holds", "contradiction"]


CHECKED = ("table-weights-add-up", "table-scores-add-up", "execution-points-follow", "scores-keep-to-weights")


def _province_form(*, spent="19", total="97"):
    """A form without a column of weights: names and headings give the points, the total stands alone below."""
    heads = [
        column("项目", "label"),
        column("预算数（A）", stage="adjusted", unit="万元"),
        column("执行数（B）", stage="actual", unit="万元"),
        column("执行率（B/A）", "rate", unit="%"),
        column("得分（20分*执行率）", "score"),
    ]
    money = table(heads, [row("部门整体支出总额", "1500.00", "1425.00", "95%", spent)], region=0)
    rows = [row("造林面积（40分）", "40"), row("成活率（20分）", "18"), row("满意度（20分）", "20")]
    listed = table([column("三级指标", "label"), column("得分", "score")], rows, region=1)
    whole = table([column("", "label"), column("得分", "score")], [row("总分", total, kind="total")], region=2)
    return money, listed, whole


def test_points_named_beside_the_names_are_their_weights():
    """The execution counts by its score alone, its weight by the formula of its heading."""
    assert "contradiction" not in {item.verdict for name in CHECKED for item in found(name, *_province_form())}
    (points,) = found("execution-points-follow", *_province_form(spent="17", total="95"))
    (total,) = found("table-scores-add-up", *_province_form(total="96"))
    assert (points.verdict, points.difference) == ("contradiction", Decimal(-2))
    assert (total.verdict, total.difference) == ("contradiction", Decimal(-1))


@pytest.mark.parametrize(("inner", "total", "wrong"), [("88", "97", 0), ("87", "97", 1), ("88", "96", 1)])
def test_a_total_of_the_rows_before_the_total_of_the_form(inner, total, wrong):
    heads = [*FUNDS[:4], FUNDS[5]]
    money = table(heads, [row("总额", "100.00", "90.00", "90%", "9")], region=0)
    rows = [row("指标一", "50", "50"), row("指标二", "40", "38")]
    rows += [row("合计", "90", inner, kind="total"), row("总分", "100", total, kind="total")]
    findings = found("table-scores-add-up", money, table(ROWS, rows, region=1))
    assert sum(item.verdict == "contradiction" for item in findings) == wrong
    assert len(findings) == 2
    assert not [f for f in found("table-weights-add-up", money, table(ROWS, rows, region=1)) if f.verdict != "holds"]


def test_blocks_and_their_rows_in_one_column():
    """产出指标 50 stands above its rows of 20 and 30 in the same column; nothing is counted twice."""
    rows = [row("产出指标", "50", "48"), row("甲", "20", "20"), row("乙", "30", "28"), row("效益指标", "50", "50")]
    rows += [row("丙", "25", "25"), row("丁", "25", "25"), row("总分", "100", "98", kind="total")]
    assert verdicts("table-weights-add-up", table(ROWS, rows)) == ["holds"]
    assert verdicts("table-scores-add-up", table(ROWS, rows)) == ["holds"]


def _targets(*weights):
    columns = [column("三级指标", "label"), column("年度指标值", "target"), column("分值", "weight")]
    return table(columns, [row(f"指标{n}", "100%", text) for n, text in enumerate(weights)])


def test_a_form_of_targets_may_leave_ten_points_to_the_execution():
    assert verdicts("table-weights-add-up", _targets("50", "30", "10")) == ["holds"]
    assert verdicts("table-weights-add-up", _targets("50", "30", "20")) == ["holds"]
    assert verdicts("table-weights-add-up", _targets("50", "30", "15")) == ["question"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("综合评价得分98.6分。", ["holds"]),
        ("综合评价得分96.8分。", ["question"]),
        ("决策类得分19分。", []),
        ("单位自评得分99分，综合评价得分98.6分。", ["holds"]),
    ],
)
def test_the_score_of_the_text_beside_the_one_form(text, expected):
    names = [name for name in ("自评得分", "综合评价得分", "决策类得分") if name in text]
    scores = [part[part.index("得分") + 2 :] for part in text.rstrip("。").split("，")]
    said = passage(
        text, *(figure(f"{name}#at:1", score, label=name) for name, score in zip(names, scores, strict=True))
    )
    form = funds(), indicators(("50", "50"), ("40", "40"))
    assert verdicts("scores-of-the-text-stand-in-the-form", *form, said) == expected
    assert verdicts("scores-of-the-text-stand-in-the-form", *form, *form, said) == []


def test_small_points_that_make_each_other_by_chance_excuse_nothing():
    """104 of 100: leaving out the row of 4 before rows of 2 and 2 would make the total, and means nothing."""
    rows = [row(f"指标{n}：人数", text, text) for n, text in enumerate(("60", "4", "2", "2", "20", "16"))]
    rows.append(row("总分", "100", "100", kind="total"))
    assert verdicts("table-weights-add-up", table(ROWS, rows)) == ["contradiction"]


@pytest.mark.parametrize(
    ("label", "score", "expected"),
    [
        ("自评得分", "98.6", ["holds"]),
        ("自评得分", "96.8", ["contradiction"]),
        ("评价得分", "96.8", ["question"]),
        ("联系电话", "96.8", []),
    ],
)
def test_the_score_in_the_head_of_a_form(label, score, expected):
    head = table([column("", "label"), column("得分", "score")], [row(label, score, kind="total")], region=9)
    assert verdicts("heads-give-the-total", head, funds(), indicators(("50", "50"), ("40", "40"))) == expected
