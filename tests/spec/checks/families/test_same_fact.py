"""同一事实: tables, text and indicators print one number."""

import pytest
from spec.checks.builders import CONTRADICTION, HOLDS, QUESTION, figure, row, verdicts, year

from rongji.kernel.bureau_year import (
    Direction,
)


class TestSameFact:
    def test_text_against_table(self):
        facts = year(figure("staff.total:actual", "52"), figure("staff.total:actual", "53", statement="报告一"))
        assert verdicts(facts, "statements-agree") == [CONTRADICTION]

    def test_a_unit_slip_is_told_once(self):
        facts = year(
            figure("three_public.total:actual", "4.2150"),
            figure("three_public.total:actual", "4.2150", "元", statement="报告二"),
        )
        assert verdicts(facts, "statements-agree") == []
        assert verdicts(facts, "units-are-not-mixed-up") == [CONTRADICTION]
        assert verdicts(facts, "amounts-are-whole-fen") == []

    @pytest.mark.parametrize(("text", "verdict"), [("9692.79", HOLDS), ("9691.65", CONTRADICTION)])
    def test_a_cost_indicator_states_the_amount_of_the_table(self, text, verdict):
        cost = row(name="部门整体支出", level2="成本指标", unit_name="万元", direction=Direction.AT_MOST, actual=text)
        facts = year(figure("expenditure.total:actual", "9692.786137"), indicators=(cost,))
        assert verdicts(facts, "cost-indicators-match") == [verdict]

    @pytest.mark.parametrize(
        ("name", "unit", "actual", "verdicts_found"),
        [
            ("优抚对象补助发放人数", "人", "5284", [HOLDS]),
            ("优抚对象补助发放人数", "名", "5284", [HOLDS]),
            ("优抚对象补助发放人数", "人", "5283", [CONTRADICTION]),
            ("优抚对象补助发放人数", "户", "5283", []),
            ("抚恤补助发放金额", "万元", "4294.75", [HOLDS]),
            ("抚恤补助发放金额", "万元", "4294.76", [CONTRADICTION]),
            ("走访慰问人数", "人", "5283", []),
        ],
    )
    def test_a_counting_indicator_states_the_figure_itself(self, name, unit, actual, verdicts_found):
        """Called as the formula is, counted in the same unit; what is not counted the same way is not compared."""
        facts = year(
            figure("payments.recipients", "5284"),
            figure("payments.amount", "4294.754321"),
            indicators=(row(name=name, unit_name=unit, actual=actual),),
        )
        assert verdicts(facts, "indicator-counts-follow") == verdicts_found

    @pytest.mark.parametrize(
        ("name", "rate", "figures", "verdict"),
        [
            ("固定资产利用率", "100%", {"asset.fixed_in_use:actual": "5.00", "asset.fixed:actual": "5.00"}, HOLDS),
            (
                "固定资产利用率",
                "95%",
                {"asset.fixed_in_use:actual": "5.00", "asset.fixed:actual": "5.00"},
                CONTRADICTION,
            ),
            ("财政供养人员控制率", "100%", {"staff.serving:actual": "43", "posts.total": "38"}, QUESTION),
            ("财政供养人员控制率", "113%", {"staff.serving:actual": "43", "posts.total": "38"}, HOLDS),
        ],
    )
    def test_a_rate_indicator_is_recomputed(self, name, rate, figures, verdict):
        indicator = row(name=name, unit_name="%", actual=rate)
        facts = year(*(figure(key, text) for key, text in figures.items()), indicators=(indicator,))
        assert verdicts(facts, "indicator-rates-follow") == [verdict]
