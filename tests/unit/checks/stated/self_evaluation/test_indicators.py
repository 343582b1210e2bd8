"""Rows of indicator tables: what a reviewer asks about. Nothing here is ever called a contradiction."""

import pytest
from unit.checks.stated.builder import column, found, row, table, verdicts

COLUMNS = [
    column("三级指标", "label"),
    column("年度指标值", "target"),
    column("实际完成值", "actual"),
    column("分值", "weight"),
    column("得分", "score"),
    column("偏差原因", "reason"),
]


def form(*rows):
    """Rows as (name, target, actual, weight, score, reason)."""
    return table(COLUMNS, [row(f"数量指标/{name}", *texts) for name, *texts in rows])


GOOD = ("指标1：发放人数", "≥100人", "120人", "10", "10", "")


def test_points_without_a_target_or_a_result():
    (targets, actuals) = found(
        "scored-rows-state-results",
        form(GOOD, ("服务水平", "", "完成", "10", "10", ""), ("培训期数", "3期", "", "10", "9", "")),
    )
    assert "“服务水平”1 项指标有得分而没有填年度指标值" in targets.explanation
    assert "“培训期数”1 项指标有得分而没有填实际完成值" in actuals.explanation
    assert [item.text for item in targets.spots] == ["服务水平"]
    assert verdicts("scored-rows-state-results", form(GOOD)) == []


@pytest.mark.parametrize(
    ("target", "actual", "score", "expected"),
    [
        ("≥100人", "120人", "10", "holds"),
        ("100人", "100人", "10", "holds"),
        ("100人", "90人", "10", "question"),
        ("100人", "90人", "9", None),
        ("≤100人", "90人", "10", "holds"),
        ("≤100人", "120人", "10", "question"),
        ("100人以内", "120人", "10", "question"),
        ("≥95%", "93%", "10", "question"),
        ("及时发放", "完成", "10", None),
        ("100人", "90件", "10", None),
    ],
)
def test_full_marks(target, actual, score, expected):
    result = verdicts("full-marks-met-their-targets", form(("发放人数", target, actual, "10", score, "")))
    assert result == ([expected] if expected else [])


def test_full_marks_with_a_text_of_failure():
    failing = form(("发放人数", "100人", "100人", "10", "10", "因资金滞后未完成"))
    assert verdicts("full-marks-speak-of-no-failure", failing) == ["question"]
    for reason in ("", "无", "超额完成"):
        assert verdicts("full-marks-speak-of-no-failure", form(("人数", "100人", "100人", "10", "10", reason))) == []


def test_missed_targets_without_a_reason_are_named_together():
    rows = [
        ("甲数", "100人", "90人", "10", "9", ""),
        ("乙数", "10人", "8人", "10", "8", "无"),
        ("丙数", "3期", "2期", "5", "3", "疫情影响推迟"),
    ]
    (result,) = found("missed-rows-give-reasons", form(*rows, GOOD))
    assert "“甲数”、“乙数”2 项指标" in result.explanation


def test_vague_targets_are_one_finding():
    rows = [("甲项", "保质保量", "完成", "10", "10", ""), ("服务水平明显提升", "", "完成", "10", "10", ""), GOOD]
    (result,) = found("targets-can-be-measured", form(*rows))
    assert "2 项指标值中 1 项" in result.explanation
    assert "服务水平明显提升" in result.explanation
    assert len(result.spots) == 2
    assert verdicts("targets-can-be-measured", form(GOOD, ("及时率", "每月10日前", "完成", "5", "5", ""))) == []


def test_targets_filled_in_from_the_results():
    copied = [(f"人数{n}", f"{n}人", f"{n}人", "5", "5", "") for n in (4113, 164, 5)]
    assert verdicts("targets-are-no-copies", form(*copied)) == ["question"]
    assert verdicts("targets-are-no-copies", form(*copied, GOOD)) == []
    planned = [(f"人数{n}", f"{n}人", f"{n}人", "5", "5", "") for n in (100, 20, 3)]
    assert verdicts("targets-are-no-copies", form(*planned)) == []


def test_nothing_but_full_marks():
    assert verdicts("tables-are-not-all-full", form(GOOD, GOOD, GOOD)) == ["question"]
    assert verdicts("tables-are-not-all-full", form(GOOD, GOOD, ("丙数", "3期", "2期", "5", "3", ""))) == []


def test_headings_templates_and_totals_are_no_indicators():
    rows = [("总分", "", "", "100", "100", ""), ("指标1：", "", "", "5", "5", ""), ("……", "", "", "5", "5", "")]
    assert verdicts("scored-rows-state-results", form(*rows)) == []


def test_more_than_all_of_them():
    rows = [("服务对象满意度", "≥90%", "109%", "10", "10", ""), ("收入增长率", "≥90%", "109%", "10", "10", "")]
    (result,) = found("shares-stay-below-the-whole", form(*rows))
    assert "服务对象满意度" in result.explanation


def test_the_sign_of_a_target_in_a_column_of_its_own():
    columns = [COLUMNS[0], column("指标性质", "text"), *COLUMNS[1:]]
    rows = [row("发放时限", sign, "10天", "8天", "10", "10", "") for sign in ("≤", "≥")]
    assert verdicts("full-marks-met-their-targets", table(columns, rows)) == ["holds", "question"]
