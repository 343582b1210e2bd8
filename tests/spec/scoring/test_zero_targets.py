"""目标为 0: no ratio exists, a person decides, and the row says so."""

import pytest
from spec.scoring.builders import closing_year, evaluated, gate_codes, row


@pytest.mark.parametrize("direction", ["≥", "≤", "="])
@pytest.mark.parametrize("actual", ["0", "3"])
def test_without_a_typed_score_it_is_a_gate(direction, actual):
    """Met or not: nothing is computed and nothing counts until somebody has put down a score."""
    facts = closing_year(row(direction, "0", actual, reason="上级临时调整任务，已报备"))
    assert ("zero-target-by-hand", "X") in gate_codes(facts)
    scored = evaluated(facts).row("X")
    assert scored.score is None
    assert "人工评定" in scored.how


@pytest.mark.parametrize(("direction", "actual", "stated"), [("≤", "0", "6"), ("=", "0", "6"), ("≤", "1", "4")])
def test_with_a_typed_score_the_year_can_be_final(direction, actual, stated):
    """事故起数 ≤ 0: the typed score stands and is called what it is."""
    evaluation = evaluated(closing_year(row(direction, "0", actual, stated=stated, reason="一起责任已查明并整改")))
    scored = evaluation.row("X")
    assert evaluation.final
    assert scored.basis == "by_hand"
    assert str(scored.score) == f"{stated}.00"
    assert "目标值为 0" in scored.how
    assert f"按人工评定计 {stated}.00 分" in scored.how


def test_a_met_zero_target_is_offered_full_marks():
    """The sentence tells the clerk what would be right."""
    gates = evaluated(closing_year(row("≤", "0", "0"))).gates
    assert next(gate.message for gate in gates if gate.code == "zero-target-by-hand").endswith(
        "请在“得分”栏填 0 到 6 之间的得分（实际已达到指标值，可填满分 6）。"
    )


def test_a_typed_score_beyond_the_weight_is_held_and_told():
    """7 of 6 points counts as 6 and is a gate."""
    facts = closing_year(row("≤", "0", "0", stated="7"))
    assert gate_codes(facts) == [("stated-score-out-of-range", "X")]
    assert str(evaluated(facts).row("X").score) == "6.00"


@pytest.mark.parametrize(("direction", "target", "actual"), [("≥", "-5", "-6"), ("≤", "-5", "-4"), ("=", "-5", "-4")])
def test_a_missed_negative_target_is_left_to_a_person_too(direction, target, actual):
    """三公经费变动率 ≤ −5% with −4%: dividing the two says nothing."""
    facts = closing_year(row(direction, target, actual, unit="%", reason="接待任务增加，已压减其他开支"))
    assert gate_codes(facts) == [("zero-target-by-hand", "X")]
