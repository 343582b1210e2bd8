"""明显超额: looked at above the scheme's line, 130 % nationally; flagged, ignored or deducted as the scheme says."""

from dataclasses import replace

import pytest
from spec.scoring.builders import closing_year, evaluated, gate_codes, row, scheme_named

from rongji.law.shapes.scheme import OverTargetMode

REASON = "年初摸底人数偏少，下年按台账定目标"


def with_mode(mode):
    """The national scheme with another mode."""
    law = scheme_named()
    return replace(law, over_target=replace(law.over_target, mode=mode))


@pytest.mark.parametrize(("actual", "flagged"), [("129.9", False), ("130", False), ("130.1", True), ("1000", True)])
def test_the_line_is_130_percent_and_belongs_to_what_is_let_pass(actual, flagged):
    """National scheme: a remark, full points, and a reason is asked for."""
    evaluation = evaluated(closing_year(row("≥", "100", actual, unit="%", reason=REASON)))
    assert [remark.subject for remark in evaluation.remarks] == (["X"] if flagged else [])
    assert evaluation.final
    assert str(evaluation.row("X").score) == "6.00"


def test_without_a_reason_it_is_a_gate():
    """The act wants the reason analysed."""
    facts = closing_year(row("≥", "100", "150", unit="%"))
    assert gate_codes(facts) == [("over-target-reason", "X")]
    assert "实际为目标的 150%，超过 130% 的界线" in evaluated(facts).gates[0].message


@pytest.mark.parametrize(
    ("mode", "actual", "score", "flagged"),
    [
        (OverTargetMode.OFF, "150", "6.00", False),
        (OverTargetMode.WARN, "150", "6.00", True),
        (OverTargetMode.DEDUCT, "130", "6.00", False),
        (OverTargetMode.DEDUCT, "130.1", "5.99", True),  # 超出界线 0.1 个百分点，扣 0.1%
        (OverTargetMode.DEDUCT, "150", "4.80", True),  # 超出 20 个百分点，扣 20%
        (OverTargetMode.DEDUCT, "230", "0.00", True),
        (OverTargetMode.DEDUCT, "500", "0.00", True),  # 不倒扣
    ],
)
def test_the_three_modes(mode, actual, score, flagged):
    """Off, warn, deduct: what lies above the line comes off one for one."""
    evaluation = evaluated(closing_year(row("≥", "100", actual, unit="%", reason=REASON)), with_mode(mode))
    assert str(evaluation.row("X").score) == score
    assert bool(evaluation.remarks) is flagged


@pytest.mark.parametrize("direction", ["≤", "=", "~"])
def test_only_the_more_the_better_rows_can_overshoot(direction):
    """A cost far below its ceiling is no overshoot."""
    target = "80~90" if direction == "~" else "100"
    assert not evaluated(closing_year(row(direction, target, "500", reason=REASON))).remarks
