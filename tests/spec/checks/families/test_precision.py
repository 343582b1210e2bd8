"""小数位: nothing is smaller than a fen."""

import pytest
from spec.checks.builders import DEFECT, figure, verdicts, year


class TestPrecision:
    @pytest.mark.parametrize(
        ("text", "unit", "expected"),
        [("26.777876", "万元", []), ("26.7777876", "万元", [DEFECT]), ("12.34", "元", []), ("12.345", "元", [DEFECT])],
    )
    def test_nothing_is_smaller_than_a_fen(self, text, unit, expected):
        assert verdicts(year(figure("expenditure.operating:actual", text, unit)), "amounts-are-whole-fen") == expected
