"""指标: targets, results, reasons and evidence, row by row."""

import pytest
from spec.checks.builders import CONTRADICTION, DEFECT, HOLDS, QUESTION, found, row, verdicts, year

from rongji.kernel.bureau_year import (
    Direction,
    EvidenceFacts,
)

FOUR = "targets-meet-four-criteria"
OVER = "overshoot-is-explained"
MISSED = "missed-targets-have-reasons"
SPECIFIC = "reasons-are-specific"
FULL = "full-marks-admit-no-failure"
RATE, QUALITY, COST = "%", "质量指标", "成本指标"


class TestIndicators:
    @pytest.mark.parametrize(
        ("facts", "check", "expected"),
        [
            ({"target": "100", "actual": "100"}, FOUR, [HOLDS]),
            ({"target_text": "保质保量", "actual_text": "完成"}, FOUR, [DEFECT]),
            ({"target_text": "每月10日前发放", "actual_text": "完成"}, FOUR, [HOLDS]),
            ({"target": "0", "actual": "1"}, FOUR, [DEFECT]),
            ({"target": "120", "actual": "100", "unit_name": RATE, "level2": QUALITY}, FOUR, [QUESTION]),
            (
                {"target": "120", "actual": "100", "unit_name": RATE, "level2": QUALITY, "name": "就业增长率"},
                FOUR,
                [HOLDS],
            ),
            ({"target": "50", "actual": "40", "unit_name": "万元", "level2": COST}, FOUR, [QUESTION]),
            ({"target": "50", "actual": "40", "level2": QUALITY}, FOUR, [QUESTION]),
            ({"target": "100"}, "actuals-are-filled", [DEFECT]),
            ({"target": "100", "actual_text": "完成"}, "actuals-are-filled", [DEFECT]),
            ({"target": "100", "actual": "131"}, OVER, [DEFECT]),
            ({"target": "100", "actual": "130"}, OVER, []),
            ({"target": "100", "actual": "131", "reason": "上级增拨资金，扩大了发放对象"}, OVER, [HOLDS]),
            ({"target": "100", "actual": "90"}, MISSED, [DEFECT]),
            ({"target": "100", "actual": "90", "reason": "无"}, MISSED, [DEFECT]),
            ({"target": "100", "actual": "90", "reason": "补助对象去世 10 人，已停发"}, MISSED, [HOLDS]),
            ({"target": "100", "actual": "90", "reason": "客观原因"}, SPECIFIC, [DEFECT]),
            ({"target": "100", "actual": "90", "reason": "天气连续多日降雨道路不通车"}, SPECIFIC, [QUESTION]),
            ({"weight": "5", "stated_score": "5", "reason": "有三个街道未完成"}, FULL, [DEFECT]),
            ({"direction": Direction.AT_MOST, "target": "100", "actual": "120"}, MISSED, [DEFECT]),
        ],
    )
    def test_one_row(self, facts, check, expected):
        assert verdicts(year(indicators=(row(**facts),)), check) == expected

    def test_a_dimension_without_any_value_is_missing(self):
        rows = (
            row("I1", actual="1"),
            row("I2", level1="效益指标", level2="社会效益", actual="1"),
            row("I3", level1="满意度指标", level2=""),
        )
        assert [item.subject for item in found(year(indicators=rows), "dimensions-are-complete")] == ["满意度"]

    def test_targets_equal_to_their_outcome_on_all_rows_are_asked(self):
        same = tuple(row(f"I{n}", target=text, actual=text) for n, text in enumerate(("5", "470", "4113")))
        assert verdicts(year(indicators=same), "targets-are-not-copied") == [QUESTION]
        assert verdicts(year(indicators=(*same, row("I9", target="3", actual="4"))), "targets-are-not-copied") == []

    def test_scored_rows_without_evidence(self):
        bare, shown = row("I1", weight="5", stated_score="5"), row("I2", weight="5", stated_score="5", evidence=("E1",))
        listed = (EvidenceFacts("E1", "发放名册"),)
        assert verdicts(year(indicators=(bare, shown), evidence=listed), "scored-rows-have-evidence") == [DEFECT]
        assert verdicts(year(indicators=(shown,), evidence=listed), "scored-rows-have-evidence") == [HOLDS]
        assert verdicts(year(indicators=(shown,)), "evidence-codes-exist") == [DEFECT]


class TestAggregatedRows:
    """A row that is made from others leaves target and actual to them."""

    def facts(self, **part):
        parts = [row(code, parent="I1", **{"target": "100", "actual": "90", **part}) for code in ("I1a", "I1b")]
        return year(indicators=(row("I1", weight="90", evidence=("E1",)), *parts))

    def test_what_its_parts_fill_is_not_missing(self):
        assert found(self.facts(), "actuals-are-filled") == []
        assert [item for item in found(self.facts(), FOUR) if "空白" in item.explanation] == []

    def test_what_its_parts_leave_open_is(self):
        missing = found(self.facts(actual=None), "actuals-are-filled")
        assert [item.subject for item in missing] == ["I1a", "I1b"]

    @pytest.mark.parametrize(
        ("weight", "verdict"), [("90", HOLDS), ("100", HOLDS), ("94", QUESTION), ("104", CONTRADICTION)]
    )
    def test_execution_weighs_what_the_scheme_says_where_the_form_is_silent(self, weight, verdict):
        facts = year(indicators=(row("I1", weight=weight),))
        assert verdicts(facts, "weights-close") == [verdict]


class TestShares:
    @pytest.mark.parametrize(
        ("name", "target", "actual", "expected"),
        [
            ("服务对象满意度", "90%", "104.7%", [DEFECT]),
            ("服务对象满意度", "90%", "100%", []),
            ("补助及时率", "100%", "110%", [DEFECT]),
            ("优抚对象增长率", "5%", "120%", []),
            ("任务完成率", "100%", "131%", []),
            ("公用经费控制率", "100%", "113%", []),
            ("优待证申领率", "90%", "101%", [QUESTION]),
        ],
    )
    def test_no_more_than_all_of_them(self, name, target, actual, expected):
        rate = row(name=name, unit_name="%", target=target, actual=actual)
        assert verdicts(year(indicators=(rate,)), "shares-stay-within-the-whole") == expected
