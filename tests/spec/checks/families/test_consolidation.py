"""汇总: the bureau is the sum of its units, each person and each amount counted once."""

import pytest
from spec.checks.builders import CONTRADICTION, HOLDS, QUESTION, ROUNDING, figure, verdicts, year


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
