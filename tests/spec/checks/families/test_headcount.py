"""编制与人员: who is counted differs from place to place; what fits no way of counting is accused."""

import pytest
from spec.checks.builders import CONTRADICTION, HOLDS, QUESTION, figure, verdicts, year


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
