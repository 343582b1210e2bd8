"""Whatever is found says what to do."""

from spec.checks.builders import HOLDS, ROUNDING, figure, report, row, year


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
