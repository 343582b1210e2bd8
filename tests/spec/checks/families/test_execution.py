"""预算执行: rates far off are asked about, low ones have their reason."""

import pytest
from spec.checks.builders import DEFECT, HOLDS, QUESTION, figure, verdicts, year

from rongji.kernel.bureau_year import (
    TextFacts,
)


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
