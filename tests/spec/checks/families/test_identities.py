"""勾稽关系: sums, equal totals and rates; a gap that something unstated could fill is asked, never accused."""

from decimal import Decimal

import pytest
from spec.checks.builders import (
    CONTRADICTION,
    HOLDS,
    QUESTION,
    ROUNDING,
    differences,
    figure,
    found,
    verdicts,
    year,
)

from rongji.kernel.figure import Nil


class TestSums:
    @pytest.mark.parametrize(
        ("project", "verdict"),
        [
            ("9474.13", ROUNDING),
            ("9475.13", CONTRADICTION),
            (None, QUESTION),
            (Nil.BLANK, QUESTION),
            (Nil.DASH, CONTRADICTION),
            (Nil.NONE, CONTRADICTION),
        ],
    )
    def test_what_is_blank_or_absent_is_asked(self, project, verdict):
        """A part left blank or not printed at all may hold the difference; one dashed or said 无 may not."""
        figures = [figure("expenditure.total:actual", "10107.87"), figure("expenditure.basic:actual", "633.75")]
        if isinstance(project, Nil):
            figures.append(figure("expenditure.project:actual", "", nil=project))
        elif project:
            figures.append(figure("expenditure.project:actual", project))
        assert verdicts(year(*figures), "sums-close") == [verdict]

    @pytest.mark.parametrize("nil", [Nil.BLANK, Nil.DASH, Nil.NONE])
    def test_zero_and_the_three_ways_of_nothing_close_alike(self, nil):
        items = [figure(f"three_public.{name}:actual", "", nil=nil) for name in ("vehicle_running", "abroad")]
        facts = year(
            figure("three_public.total:actual", "4.22"),
            figure("three_public.reception:actual", "4.22"),
            figure("three_public.vehicle_purchase:actual", "0"),
            *items,
        )
        assert verdicts(facts, "sums-close") == [HOLDS]

    def test_a_surplus_of_parts_is_accused_even_when_one_is_missing(self):
        facts = year(
            figure("expenditure.basic:actual", "392.52"),
            figure("expenditure.wages:actual#kind:basic", "382.07"),
            figure("expenditure.goods_services:actual#kind:basic", "39.13"),
        )
        assert differences(facts, "sums-close") == [Decimal("-28.68")]

    def test_each_unit_is_looked_at(self):
        good = [
            figure(f"expenditure.{name}:actual@HQ", text)
            for name, text in (("total", "3"), ("basic", "1"), ("project", "2"))
        ]
        bad = [
            figure(f"expenditure.{name}:actual@HOME", text)
            for name, text in (("total", "9.00"), ("basic", "1.00"), ("project", "2.00"))
        ]
        assert verdicts(year(*good, *bad), "sums-close") == [CONTRADICTION, HOLDS]

    def test_parts_stand_in_for_a_total_that_is_not_stated(self):
        """望城: 7108.17 = 600.17 basic + 240 部门专项 + 6268 公共专项, project spending itself not printed."""
        facts = year(
            figure("expenditure.total:initial", "7108.17"),
            figure("expenditure.basic:initial", "600.17"),
            figure("expenditure.project_department:initial", "240"),
            figure("expenditure.project_public:initial", "6268"),
        )
        assert verdicts(facts, "sums-close") == [HOLDS]

    @pytest.mark.parametrize(("adjusted", "verdict"), [("110.00", HOLDS), ("111.00", CONTRADICTION)])
    def test_initial_plus_adjustment_is_the_adjusted_budget(self, adjusted, verdict):
        facts = year(
            figure("expenditure.total:initial", "100.00"),
            figure("expenditure.total:adjustment", "10.00"),
            figure("expenditure.total:adjusted", adjusted),
        )
        assert verdicts(facts, "budget-stages-add-up") == [verdict]

    @pytest.mark.parametrize(("adjusted", "verdict"), [("113.45", QUESTION), ("113.50", CONTRADICTION)])
    def test_a_carry_over_counted_beside_both_stages_is_asked(self, adjusted, verdict):
        facts = year(
            figure("expenditure.total:initial", "100.00"),
            figure("expenditure.total:adjustment", "10.00"),
            figure("expenditure.total:adjusted", adjusted),
            figure("income.carried_over:actual", "3.4500"),
            figure("income.total:actual", adjusted),
        )
        assert verdicts(facts, "budget-stages-add-up") == [verdict]

    @pytest.mark.parametrize(
        ("what", "figures", "verdict"),
        [
            ("收入合计不含上年结转", "income.total 100.00, carried_over 5.00, fiscal 90.00, other 10.00", QUESTION),
            ("差额不是上年结转", "income.total 101.00, carried_over 5.00, fiscal 90.00, other 10.00", CONTRADICTION),
            ("运维费已含购置费", "three_public.total 9.00, reception 1.00, vehicle_running 8.00, "
             "vehicle_purchase 5.00, abroad 0", QUESTION),
            ("固定资产按净值", "asset.total 50.00, current 10.00, fixed 90.00, fixed_net 40.00, other 0", QUESTION),
            ("净值也不合", "asset.total 51.00, current 10.00, fixed 90.00, fixed_net 40.00, other 0", CONTRADICTION),
            ("没有列净值", "asset.total 50.00, current 10.00, fixed 90.00, other 0", QUESTION),
            ("还有无形资产", "asset.total 105.00, current 10.00, fixed 90.00, fixed_net 40.00", QUESTION),
        ],
    )  # fmt: skip
    def test_another_way_of_counting_the_same_total_is_asked(self, what, figures, verdict):
        head, family = figures.split(" ")[0], figures.partition(".")[0]
        cells = [pair.split(" ") for pair in figures.removeprefix(f"{family}.").split(", ")]
        facts = year(*(figure(f"{family}.{name}:actual", text) for name, text in cells))
        stated = [item.verdict for item in found(facts, "sums-close") if str(item.figures[0].key) == f"{head}:actual"]
        assert stated == [verdict]

    def test_a_balance_without_the_expenditure_is_not_accused(self):
        facts = year(
            figure("balance.current:actual", "5.00"),
            figure("income.total:actual", "100.00"),
            figure("income.carried_over:actual", "3.00"),
            figure("income.fiscal:actual", "97.00"),
        )
        assert CONTRADICTION not in verdicts(facts, "sums-close")

    def test_sources_listed_without_their_total_are_added_before_they_are_compared(self):
        facts = year(
            figure("expenditure.total:adjusted", "100.00"),
            figure("funds.fiscal:adjusted", "90.00"),
            figure("funds.other:adjusted", "10.00"),
        )
        assert verdicts(facts, "equal-totals-agree") == [HOLDS]

    def test_a_rate_lacking_one_side_is_not_computed_from_something_else(self):
        facts = year(
            figure("expenditure.basic:actual", "30.00"),
            figure("expenditure.project:actual", "70.00"),
            figure("growth.expenditure:rate", "7%"),
            figure("execution.rate:rate", "98%"),
        )
        assert verdicts(facts, "growth-follows") + verdicts(facts, "rates-follow") == []

    @pytest.mark.parametrize(("project", "verdict"), [(None, QUESTION), ("-0.60", CONTRADICTION)])
    def test_an_adjustment_not_stated_may_be_negative(self, project, verdict):
        more = [figure("expenditure.project:adjustment", project)] if project else []
        facts = year(
            figure("expenditure.total:adjustment", "368.70"), figure("expenditure.basic:adjustment", "369.40"), *more
        )
        assert verdicts(facts, "sums-close") == [verdict]


class TestRates:
    def test_a_rate_on_the_initial_budget_is_asked(self):
        facts = year(
            figure("expenditure.total:initial", "100.00"),
            figure("expenditure.total:adjusted", "120.00"),
            figure("expenditure.total:actual", "90.00"),
            figure("execution.rate:rate", "90%"),
        )
        (finding,) = found(facts, "rates-follow")
        assert finding.verdict is QUESTION
        assert "年初预算数为分母则相符" in finding.explanation

    def test_a_fall_printed_without_its_sign_is_asked(self):
        facts = year(
            figure("three_public.total:actual", "9.00"),
            figure("three_public.total:prior", "10.00"),
            figure("growth.three_public:rate", "10%"),
        )
        assert verdicts(facts, "growth-follows") == [QUESTION]
