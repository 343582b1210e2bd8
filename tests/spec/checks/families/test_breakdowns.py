"""分类明细: codes, posts and projects against the amount that they break down, complete lists and open ones."""

import pytest
from spec.checks.builders import CONTRADICTION, HOLDS, QUESTION, figure, verdicts, year

from rongji.kernel.figure import Nil


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
