"""问题与措施: problems that are named, measures that say who does what by when."""

import pytest
from spec.checks.builders import DEFECT, QUESTION, found, verdicts, year

from rongji.kernel.bureau_year import (
    GoalFacts,
    ProblemFacts,
)


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
