"""Each family of checks over small bureau-years: what it accuses, what it only asks, what it lets pass."""

from decimal import Decimal

import pytest
from spec.checks.builders import differences, figure, found, report, row, verdicts, year

from rongji.kernel.bureau_year import (
    DeclaredConcept,
    Direction,
    EvidenceFacts,
    GoalFacts,
    ProblemFacts,
    ProjectFacts,
    TextFacts,
)
from rongji.kernel.figure import Nil
from rongji.kernel.finding import Verdict

HOLDS, ROUNDING, CONTRADICTION = Verdict.HOLDS, Verdict.ROUNDING, Verdict.CONTRADICTION
DEFECT, QUESTION = Verdict.DEFECT, Verdict.QUESTION
FOUR, OVER = "targets-meet-four-criteria", "overshoot-is-explained"
MISSED, SPECIFIC, FULL = "missed-targets-have-reasons", "reasons-are-specific", "full-marks-admit-no-failure"
RATE, QUALITY, COST = "%", "质量指标", "成本指标"


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


class TestConsolidation:
    @pytest.mark.parametrize(("posts", "verdict"), [("30", [CONTRADICTION, HOLDS]), ("28", [QUESTION, QUESTION])])
    def test_people_of_units_without_accounts_are_counted_once(self, posts, verdict):
        """Where another row shows that they are counted apart, a gap is no question of counting."""
        facts = year(
            figure("staff.total:actual", posts),
            *(
                figure(f"staff.total:actual@{code}", text)
                for code, text in (("HQ", "20"), ("HOME", "8"), ("TRAINING", "2"))
            ),
            figure("staff.serving:actual", "25"),
            *(
                figure(f"staff.serving:actual@{code}", text)
                for code, text in (("HQ", "18"), ("HOME", "7"), ("TRAINING", "1"))
            ),
        )
        assert verdicts(facts, "units-add-up") == verdict

    def test_units_with_own_accounts_make_the_whole(self):
        """A unit without own accounts stands inside the bureau proper and is not added again."""
        facts = year(
            figure("expenditure.basic:actual", "30.00"),
            figure("expenditure.basic:actual@HQ", "20.00"),
            figure("expenditure.basic:actual@HOME", "10.00"),
            figure("expenditure.basic:actual@TRAINING", "5.00"),
        )
        assert verdicts(facts, "units-add-up") == [HOLDS]

    @pytest.mark.parametrize(
        ("home", "verdict"), [("10.00", HOLDS), ("10.01", ROUNDING), ("10.02", CONTRADICTION), (None, QUESTION)]
    )
    def test_a_missing_row_is_asked(self, home, verdict):
        figures = [figure("expenditure.basic:actual", "30.00"), figure("expenditure.basic:actual@HQ", "20.00")]
        figures += [figure("expenditure.basic:actual@HOME", home)] if home else []
        assert verdicts(year(*figures), "units-add-up") == [verdict]

    def test_retired_people_count_at_every_unit(self):
        facts = year(
            figure("staff.retired:actual", "10"),
            figure("staff.retired:actual@HOME", "9"),
            figure("staff.retired:actual@TRAINING", "1"),
        )
        assert verdicts(facts, "units-add-up") == [HOLDS]


class TestBreakdowns:
    def functional(self, **codes):
        return [figure(f"expenditure.project:actual#functional:{code[1:]}", text) for code, text in codes.items()]

    @pytest.mark.parametrize(
        ("answer", "last", "verdict"),
        [
            ("是", "20.00", HOLDS),
            ("是", "17.30", CONTRADICTION),
            ("否", "17.30", HOLDS),
            ("否", "20.30", CONTRADICTION),
            ("", "17.30", QUESTION),
            ("", "20.30", CONTRADICTION),
        ],
    )
    def test_functional_codes_add_up(self, answer, last, verdict):
        """A list that leaves out small items is not accused unless the bureau says that it leaves out nothing."""
        figures = [figure("expenditure.project:actual", "30.00"), *self.functional(c2080801="10.00", c2080805=last)]
        facts = year(*figures, profile={"lists_complete": answer})
        assert verdicts(facts, "breakdowns-close") == [verdict]

    def test_a_list_that_closes_in_one_column_leaves_nothing_out_in_the_next(self):
        second = [
            figure("expenditure.total:actual", "30.00"),
            *(
                figure(f"expenditure.total:actual#functional:{code}", text)
                for code, text in (("2080801", "10.00"), ("2080805", "20.00"))
            ),
        ]
        first = [figure("expenditure.project:actual", "25.00"), *self.functional(c2080801="10.00", c2080805="12.00")]
        assert sorted(verdicts(year(*first, *second), "breakdowns-close")) == [CONTRADICTION, HOLDS]

    def test_a_member_left_blank_may_hold_the_difference(self):
        figures = [
            figure("expenditure.project:actual", "30.00"),
            *self.functional(c2080801="10.00"),
            figure("expenditure.project:actual#functional:2080805", "", nil=Nil.BLANK),
        ]
        assert verdicts(year(*figures, profile={"lists_complete": "是"}), "breakdowns-close") == [QUESTION]

    def test_upper_codes_are_not_added_twice_and_are_checked_themselves(self):
        codes = self.functional(c20808="30.00", c2080801="10.00", c2080805="20.00", c210="5.00")
        facts = year(figure("expenditure.project:actual", "35.00"), *codes)
        assert verdicts(facts, "breakdowns-close") == [HOLDS]
        assert verdicts(facts, "upper-codes-add-up") == [HOLDS]

    def test_lower_codes_above_their_upper_code_contradict(self):
        codes = self.functional(c20808="30.00", c2080801="10.00", c2080805="21.00")
        facts = year(figure("expenditure.project:actual", "30.00"), *codes)
        assert verdicts(facts, "upper-codes-add-up") == [CONTRADICTION]
        assert verdicts(facts, "breakdowns-close") == [HOLDS]  # the upper code alone makes the total

    @pytest.mark.parametrize(
        ("second", "verdicts_of_uppers"),
        [
            ({"c2080901": "7.00", "c2080902": "1.00"}, [CONTRADICTION, HOLDS, HOLDS]),
            ({"c2080901": "7.00"}, [QUESTION, QUESTION]),
        ],
    )
    def test_a_shortfall_is_accused_only_where_lists_are_usually_whole(self, second, verdicts_of_uppers):
        whole = {"c21014": "5.00", "c2101401": "5.00"} if len(second) > 1 else {}
        codes = self.functional(c20808="30.00", c2080801="10.00", c20809="8.00", **second, **whole)
        total = "43.00" if whole else "38.00"
        facts = year(figure("expenditure.project:actual", total), *codes)
        assert verdicts(facts, "upper-codes-add-up") == verdicts_of_uppers

    @pytest.mark.parametrize(
        ("head", "answer", "verdict"),
        [
            ("12", "", HOLDS),
            ("13", "是", CONTRADICTION),
            ("13", "", QUESTION),
            ("30", "", QUESTION),
            ("11", "", CONTRADICTION),
        ],
    )
    def test_a_list_of_the_leading_posts_only_is_asked(self, head, answer, verdict):
        posts = [
            figure(f"staff.total:actual#post:{name}", text)
            for name, text in (("局长", "1"), ("副局长", "3"), ("其他", "8"))
        ]
        facts = year(figure("staff.total:actual", head), *posts, profile={"lists_complete": answer})
        assert verdicts(facts, "breakdowns-close") == [verdict]

    def test_an_item_printed_beside_its_own_upper_code_is_a_sibling(self):
        """岳阳县 prints 拥军优属 beside 退役军人管理事务: neither holds the other."""
        codes = self.functional(c20828="615.45", c2082804="500.36", c20808="7345.98")
        facts = year(figure("expenditure.project:actual", "8461.79"), *codes)
        assert verdicts(facts, "breakdowns-close") == [HOLDS]
        assert verdicts(facts, "upper-codes-add-up") == []

    @pytest.mark.parametrize(
        ("answer", "amount", "verdict"),
        [
            ("是", "30.00", HOLDS),
            ("是", "29.00", CONTRADICTION),
            ("否", "29.00", HOLDS),
            ("否", "31.00", CONTRADICTION),
            ("", "30.00", HOLDS),
            ("", "29.00", QUESTION),
            ("", "31.00", CONTRADICTION),
        ],
    )
    def test_the_bureau_says_whether_its_project_list_is_complete(self, answer, amount, verdict):
        facts = year(
            figure("expenditure.project:actual", "30.00"),
            figure("expenditure.project:actual#project:P1", amount),
            profile={"project_list_complete": answer},
        )
        assert verdicts(facts, "breakdowns-close") == [verdict]


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


class TestHeadcount:
    @pytest.mark.parametrize(
        ("total", "verdict"), [("53", HOLDS), ("52", CONTRADICTION), ("43", QUESTION), ("57", QUESTION)]
    )
    def test_who_is_counted_is_asked(self, total, verdict):
        """43 alone or 53 and the 4 outside posts may be another way of counting; 52 fits none."""
        facts = year(
            figure("staff.total:actual", total),
            figure("staff.serving:actual", "43"),
            figure("staff.retired:actual", "10"),
            figure("staff.outside_posts:actual", "4"),
        )
        assert verdicts(facts, "heads-add-up") == [verdict]

    @pytest.mark.parametrize(("posts", "expected"), [("38", HOLDS), ("39", QUESTION), ("40", CONTRADICTION)])
    def test_worker_posts_may_or_may_not_be_counted_in(self, posts, expected):
        facts = year(
            figure("posts.total", posts),
            figure("posts.administrative", "8"),
            figure("posts.institution", "30"),
            figure("posts.worker", "1"),
        )
        assert verdicts(facts, "heads-add-up") == [expected]

    @pytest.mark.parametrize(("serving", "verdict"), [("10", HOLDS), ("12", QUESTION)])
    def test_more_people_than_posts_is_asked(self, serving, verdict):
        facts = year(figure("posts.total", "10"), figure("staff.serving:actual", serving))
        assert verdicts(facts, "staff-fits-posts") == [verdict]


class TestDeclaredFacts:
    def facts(self, total, parts, complete=True, unit="件"):
        concepts = [DeclaredConcept("all", "来信来访", "件")]
        concepts += [
            DeclaredConcept(f"p{n}", "分项", unit, part_of="all", complete=complete) for n in range(len(parts))
        ]
        figures = [figure("fact.all", total, "件")]
        figures += [figure(f"fact.p{n}", text, unit) for n, text in enumerate(parts)]
        return year(*figures, declared_concepts=tuple(concepts))

    @pytest.mark.parametrize(("total", "verdict"), [("1142", HOLDS), ("1137", CONTRADICTION)])
    def test_complete_parts_add_up(self, total, verdict):
        """番禺 2021: 260 + 724 + 2 + 73 + 83."""
        facts = self.facts(total, ["260", "724", "2", "73", "83"])
        assert verdicts(facts, "declared-parts-close") == [verdict]

    def test_unlike_units_are_asked(self):
        assert verdicts(self.facts("1137", ["260", "882"], unit="人次"), "declared-parts-close") == [QUESTION]

    def test_some_parts_may_overlap_but_none_exceeds_the_whole(self):
        facts = self.facts("100", ["90", "60", "101"], complete=False)
        assert sorted(verdicts(facts, "declared-parts-stay-within")) == sorted([HOLDS, HOLDS, CONTRADICTION])

    @pytest.mark.parametrize(("rate", "verdict"), [("96%", HOLDS), ("98%", CONTRADICTION)])
    def test_a_declared_rate_follows(self, rate, verdict):
        concepts = (
            DeclaredConcept("found", "排查", "件"),
            DeclaredConcept("solved", "化解", "件"),
            DeclaredConcept("rate", "化解率", "%", numerator="solved", denominator="found"),
        )
        figures = (figure("fact.found", "50", "件"), figure("fact.solved", "48", "件"), figure("fact.rate", rate, "%"))
        assert verdicts(year(*figures, declared_concepts=concepts), "declared-rates-follow") == [verdict]


class TestScores:
    def table(self, *rows, total="", weight_total="100", execution=("10", "10")):
        figures = [figure("execution.weight", execution[0]), figure("execution.score", execution[1])]
        figures += [figure("score.weight_total", weight_total)] if weight_total else []
        figures += [figure("score.total", total)] if total else []
        return year(*figures, indicators=rows)

    def rows(self, *weights):
        levels = ("产出指标", "效益指标", "满意度指标")
        return tuple(
            row(f"I{n}", level1=level, weight=weight, stated_score=weight)
            for n, (level, weight) in enumerate(zip(levels, weights, strict=True))
        )

    @pytest.mark.parametrize(("weights", "verdict"), [(("50", "30", "10"), HOLDS), (("54", "30", "10"), CONTRADICTION)])
    def test_weights_make_a_hundred(self, weights, verdict):
        assert verdicts(self.table(*self.rows(*weights)), "weights-close") == [verdict]

    def test_a_printed_total_other_than_the_scheme_s_is_compared_with_both(self):
        facts = self.table(*self.rows("54", "30", "10"), weight_total="104")
        assert sorted(verdicts(facts, "weights-close")) == [CONTRADICTION, HOLDS]

    @pytest.mark.parametrize(
        ("weights", "expected"),
        [
            (("50", "30", "10"), [HOLDS] * 4),
            (("54", "30", "10"), [DEFECT] + [HOLDS] * 3),
            (("60", "20", "10"), [QUESTION] * 2 + [HOLDS] * 2),
        ],
    )
    def test_level_one_weights_are_the_scheme_s(self, weights, expected):
        """In a table that closes another split is a question: offices may adjust weights."""
        assert verdicts(self.table(*self.rows(*weights)), "block-weights-match-scheme") == expected

    @pytest.mark.parametrize(
        ("total", "verdict"), [("100", HOLDS), ("99.95", ROUNDING), ("99.8", CONTRADICTION), ("96", CONTRADICTION)]
    )
    def test_scores_make_the_total_within_a_tenth(self, total, verdict):
        assert verdicts(self.table(*self.rows("50", "30", "10"), total=total), "total-is-sum-of-scores") == [verdict]

    @pytest.mark.parametrize(
        ("direction", "target", "actual", "score", "verdict"),
        [
            (Direction.AT_LEAST, "100", "100", "10", HOLDS),
            (Direction.AT_LEAST, "100", "90", "9", HOLDS),
            (Direction.AT_LEAST, "100", "90", "9.1", ROUNDING),
            (Direction.AT_LEAST, "100", "90", "9.2", CONTRADICTION),
            (Direction.AT_LEAST, "100", "90", "8", QUESTION),  # points may have been taken off for something else
            (Direction.AT_MOST, "100", "125", "8", HOLDS),
            (Direction.AT_MOST, "100", "125", "10", CONTRADICTION),
            (Direction.EXACT, "100", "80", "8", HOLDS),
        ],
    )
    def test_a_score_follows_from_target_and_actual(self, direction, target, actual, score, verdict):
        indicator = row(direction=direction, target=target, actual=actual, weight="10", stated_score=score)
        assert verdicts(year(indicators=(indicator,)), "row-scores-follow") == [verdict]

    @pytest.mark.parametrize(("score", "verdict"), [("8", HOLDS), ("7.9", CONTRADICTION)])
    def test_a_qualitative_score_lies_in_its_tier(self, score, verdict):
        indicator = row(direction=Direction.QUALITATIVE, tier="reached", weight="10", stated_score=score)
        assert verdicts(year(indicators=(indicator,)), "qualitative-scores-fit-tier") == [verdict]

    @pytest.mark.parametrize(
        ("total", "word", "verdict"),
        [
            ("93", "优秀", HOLDS),
            ("98.6", "优", HOLDS),
            ("89.99", "优", CONTRADICTION),
            ("93", "甲", QUESTION),
            ("101", "优", CONTRADICTION),
        ],
    )
    def test_the_grade_is_that_of_the_total(self, total, word, verdict):
        facts = year(figure("score.total", total), profile={"stated_grade": word})
        assert verdicts(facts, "grade-fits-total") == [verdict]


class TestShortenedScores:
    @pytest.mark.parametrize(
        ("text", "verdict"),
        [("97.63", HOLDS), ("97.6", QUESTION), ("98", QUESTION), ("97", CONTRADICTION), ("97.7", CONTRADICTION)],
    )
    def test_a_total_written_shorter_in_the_text_is_asked(self, text, verdict):
        facts = year(figure("score.total", "97.63"), figure("score.total", text, statement="报告一"))
        assert verdicts(facts, "statements-agree") == [verdict]

    @pytest.mark.parametrize(("total", "verdict"), [("96.40", HOLDS), ("96", QUESTION), ("97", CONTRADICTION)])
    def test_a_total_written_shorter_than_its_rows_is_asked(self, total, verdict):
        rows = (row("I1", weight="90", stated_score="86.40"), row("I2", weight="10", stated_score="10.00"))
        facts = year(figure("score.total", total), indicators=rows, scheme="")
        assert verdicts(facts, "total-is-sum-of-scores") == [verdict]


class TestProjectTables:
    """Each project with a table of its own is held to the same rules as the bureau's table."""

    def facts(self, **changed):
        whole = row("I1", weight="90", stated_score="90", target="10", actual="10")
        own = {"weight": "90", "stated_score": "81", "target": "10", "actual": "9", "project": "P1", **changed}
        return year(figure("execution.weight", "10"), indicators=(whole, row("P1-I1", **own)))

    @pytest.mark.parametrize(
        ("changed", "check", "expected"),
        [
            ({}, "weights-close", [HOLDS, HOLDS]),
            ({"weight": "94"}, "weights-close", [CONTRADICTION, HOLDS]),
            ({"stated_score": "90"}, "row-scores-follow", [CONTRADICTION, HOLDS]),
            ({"stated_score": "95"}, "scores-stay-within-weights", [CONTRADICTION, HOLDS]),
            ({}, MISSED, [DEFECT]),
            ({"reason": "汛期停工，次年三月补齐"}, MISSED, [HOLDS]),
        ],
    )
    def test_a_project_table_is_looked_at(self, changed, check, expected):
        stated = [item.verdict for item in found(self.facts(**changed), check) if item.verdict is not QUESTION]
        assert stated == expected

    def test_rows_that_all_name_a_project_are_one_table(self):
        rows = (row("I1", weight="50", project="P1"), row("I2", weight="40", project="P2"))
        assert verdicts(year(figure("execution.weight", "10"), indicators=rows), "weights-close") == [HOLDS]


class TestPrecision:
    @pytest.mark.parametrize(
        ("text", "unit", "expected"),
        [("26.777876", "万元", []), ("26.7777876", "万元", [DEFECT]), ("12.34", "元", []), ("12.345", "元", [DEFECT])],
    )
    def test_nothing_is_smaller_than_a_fen(self, text, unit, expected):
        assert verdicts(year(figure("expenditure.operating:actual", text, unit)), "amounts-are-whole-fen") == expected


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


class TestExecution:
    @pytest.mark.parametrize(
        ("actual", "expected"), [("79.00", [QUESTION]), ("80.00", []), ("120.00", []), ("121.00", [QUESTION])]
    )
    def test_a_rate_far_off_is_asked(self, actual, expected):
        facts = year(figure("expenditure.total:adjusted", "100.00"), figure("expenditure.total:actual", actual))
        assert verdicts(facts, "execution-is-in-range") == expected

    @pytest.mark.parametrize(("body", "verdict"), [("", DEFECT), ("资金年底才下达，结转下年支付。", HOLDS)])
    def test_a_rate_below_the_scheme_s_line_has_its_reason(self, body, verdict):
        texts = (TextFacts("execution_reason", "执行率说明", body),) if body else ()
        facts = year(
            figure("expenditure.total:adjusted", "100.00"),
            figure("expenditure.total:actual", "89.00"),
            scheme="sichuan-2023",
            year=2023,
            texts=texts,
        )
        assert verdicts(facts, "low-execution-is-explained") == [verdict]


class TestThreePublic:
    def test_each_of_four_items_is_stated(self):
        total, reception = figure("three_public.total:actual", "4.22"), figure("three_public.reception:actual", "4.22")
        assert verdicts(year(total, reception), "three-public-items-are-complete") == [DEFECT]
        others = [
            figure("three_public.vehicle_running:actual", "0"),
            figure("three_public.vehicle_purchase:actual", "", nil=Nil.NONE),
            figure("three_public.abroad:actual", "", nil=Nil.DASH),
        ]
        assert verdicts(year(total, reception, *others), "three-public-items-are-complete") == []


class TestQuotedKeys:
    """What a text may quote besides stated figures: what the system makes of them."""

    def quoting(self, token, *figures, **facts):
        text = TextFacts("t", "概况", f"如数{{{{{token}}}}}。")
        return verdicts(year(*figures, texts=(text,), **facts), "tokens-lead-somewhere")

    def test_a_rate_that_the_identities_compute(self):
        basic, total = figure("expenditure.basic:actual", "5.00"), figure("expenditure.total:actual", "20.00")
        assert self.quoting("share.basic:rate", basic, total) == []
        assert self.quoting("share.basic:rate", basic) == [DEFECT]
        assert self.quoting("share.basic:rate", basic, figure("expenditure.total:actual", "0.00")) == [DEFECT]

    @pytest.mark.parametrize(
        ("token", "expected"),
        [
            ("indicator.actual#indicator:I1", []),
            ("indicator.score#indicator:I1", []),
            ("indicator.actual#indicator:I9", [DEFECT]),
            ("indicator.score#goal:I1", [DEFECT]),
            ("goal.completion#goal:G1", []),
            ("goal.number#goal:G1-2", []),
            ("goal.completion#goal:G2", [DEFECT]),
            ("project.total#project:P01", []),
            ("project.total#project:P09", [DEFECT]),
            ("project.total", [DEFECT]),
        ],
    )
    def test_what_a_row_of_the_year_gets(self, token, expected):
        records = {
            "indicators": (row("I1", target="5", actual="5", weight="5"),),
            "goals": (GoalFacts("G1", "goal", "服务不少于90人、95户"),),
            "projects": (ProjectFacts("P01", "优抚"),),
        }
        assert self.quoting(token, **records) == expected


class TestTexts:
    def section(self, body, **facts):
        return year(figure("expenditure.total:actual", "5.00"), texts=(TextFacts("t", "概况", body),), **facts)

    @pytest.mark.parametrize(
        ("body", "check", "expected"),
        [
            ("支出{{expenditure.total:actual|万元 2}}。", "typed-digits-are-backed", []),
            ("支出 5.00 万元，发放 4113 人。", "typed-digits-are-backed", [QUESTION]),
            ("2019年3月25日成立，第2批，财预〔2020〕10号，60周岁以上。", "typed-digits-are-backed", []),
            ("支出{{expenditure.basic:actual|万元 2}}。", "tokens-lead-somewhere", [DEFECT]),
            ("支出{{expenditure.total:actual}}。", "tokens-lead-somewhere", []),
            ("自评{{evaluation.total|分 2}}。", "tokens-lead-somewhere", []),
            ("自评{{evaluation.totl|分 2}}。", "tokens-lead-somewhere", [DEFECT]),
            ("支出[[{{expenditure.basic:actual|万元 2}}]]。", "tokens-lead-somewhere", []),
            ("支出[[{{expenditure.basik:actual|万元 2}}]]。", "tokens-lead-somewhere", [DEFECT]),
            ("支出[[{{fact.visits|人}}]]。", "tokens-lead-somewhere", [DEFECT]),
            ("比上年{{change.rate:rate#fact:expenditure.total}}。", "tokens-lead-somewhere", []),
            ("比上年{{change.rate:rate#fact:income.total}}。", "tokens-lead-somewhere", [DEFECT]),
            ("上年{{expenditure.total:prior|万元 2}}。", "tokens-lead-somewhere", []),
            ("我单位 202 年整体支出绩效目标", "years-are-whole", [DEFECT]),
            ("我单位 2022 年整体支出绩效目标", "years-are-whole", []),
            ("建立120年的老馆", "years-are-whole", []),
            ("该馆已有 200 年历史", "years-are-whole", []),
            ("近 200 年，历经 190 年来", "years-are-whole", []),
            ("安置待定", "no-placeholder-is-left", []),
            ("完成情况：待定", "no-placeholder-is-left", [DEFECT]),
            ("2022年2月30日召开会议", "dates-exist", [DEFECT]),
            ("2月29日召开会议", "dates-exist", []),
            ("13月1日召开会议", "dates-exist", [DEFECT]),
            ("2021年度整体支出绩效情况", "report-names-its-own-year", [QUESTION]),
            ("2022年度整体支出绩效情况，2019年成立", "report-names-its-own-year", []),
            ("目标：待填写", "no-placeholder-is-left", [DEFECT]),
            ("由XX街道负责", "no-placeholder-is-left", [QUESTION]),
            ("{单位}负责", "no-placeholder-is-left", [DEFECT]),
            ("……", "no-placeholder-is-left", [DEFECT]),
            ("发扬传统……不断前进", "no-placeholder-is-left", []),
            ("邻县退役军人事务局来访，由乙县退役军人事务局代发", "no-other-bureau-is-named", [QUESTION]),
            ("我县退役军人事务局和试县退役军人事务局", "no-other-bureau-is-named", []),
        ],
    )
    def test_one_sentence(self, body, check, expected):
        assert verdicts(self.section(body), check)[:1] == expected

    def test_template_rows_of_the_form_are_found(self):
        assert verdicts(year(indicators=(row(name="指标1： 指标2： ……"),)), "no-placeholder-is-left") == [DEFECT]


class TestProblems:
    @pytest.mark.parametrize(
        ("problems", "check", "expected"),
        [
            ((), "problems-are-named", [DEFECT]),
            ((("P1", "problem", "无"),), "problems-are-named", [DEFECT]),
            ((("P1", "problem", "资金到位晚"),), "problems-are-named", []),
            ((("P1", "problem", "资金到位晚"),), "measures-are-given", [DEFECT]),
            (
                (("P1", "problem", "资金到位晚"), ("M1", "measure", "进一步加强管理")),
                "measures-are-specific",
                [QUESTION],
            ),
            (
                (("P1", "problem", "资金到位晚"), ("M1", "measure", "每月 5 日前核对名册，逐笔催拨")),
                "measures-are-specific",
                [],
            ),
        ],
    )
    def test_section(self, problems, check, expected):
        facts = year(problems=tuple(ProblemFacts(*item) for item in problems))
        assert verdicts(facts, check) == expected

    def test_project_targets_without_measure_are_listed_together(self):
        goals = (GoalFacts("G1", "project_target", "及时发放"), GoalFacts("G2", "project_target", "满意度达90%"))
        (finding,) = found(year(goals=goals), "project-goals-are-measurable")
        assert "2 条项目目标中 1 条" in finding.explanation


def test_every_accusation_says_what_to_do():
    """No contradiction, defect or question leaves without a remedy and a full sentence."""
    facts = year(
        figure("expenditure.total:actual", "9.00"),
        figure("expenditure.basic:actual", "1.00"),
        figure("expenditure.project:actual", "2.00"),
        figure("execution.rate:rate", "50%"),
        indicators=(row(), row("I2", weight="5", stated_score="6", target_text="加强管理")),
    )
    for item in report(facts).findings:
        assert item.explanation.endswith("。")
        assert item.remedy or item.verdict in (HOLDS, ROUNDING)
