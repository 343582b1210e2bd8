"""分值与得分: weights, scores, totals and grades, of the bureau and of each project with a table of its own."""

import pytest
from spec.checks.builders import CONTRADICTION, DEFECT, HOLDS, QUESTION, ROUNDING, figure, found, row, verdicts, year

from rongji.kernel.bureau_year import (
    Direction,
)

MISSED = "missed-targets-have-reasons"


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
