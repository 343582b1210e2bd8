"""汇总: parts are put together first and scored once; amounts add, ratios and tiers are weighted by money."""

from dataclasses import replace

import pytest
from spec.scoring.builders import closing_year, evaluated, gate_codes, in_words, row

REASON = "两个乡镇补录滞后，已限期完成"


def part(code, target, actual, **more):
    """A row that goes into X."""
    return row(more.pop("direction", "≥"), target, actual, code=code, weight=None, parent="X", **more)


def whole(direction="≥", **more):
    """The row that the parts go into: only its weight is its own."""
    return row(direction, None, None, reason=REASON, **more)


def test_amounts_add_up_and_then_are_scored():
    """(60 + 80) ÷ (100 + 100) = 70 %; scoring each first would give 60 % and 80 % of what weight?"""
    scored = evaluated(closing_year(whole(), part("A", "100", "60"), part("B", "100", "80"))).row("X")
    assert (scored.target, scored.actual, str(scored.score)) == ("200", "140", "4.20")
    assert scored.parts == ("A", "B")
    assert "先汇总 2 行；目标 100人 + 100人 = 200人；实际 60人 + 80人 = 140人" in scored.how


def test_an_overshooting_part_makes_up_for_a_lagging_one():
    """Aggregate first, then score: 150 + 50 of 200 is full marks."""
    scored = evaluated(closing_year(whole(), part("A", "100", "150"), part("B", "100", "50"))).row("X")
    assert str(scored.score) == "6.00"


def test_ratios_are_averaged_by_money():
    """90 % with 300 万元 and 50 % with 100 万元: 80 % of 100 %."""
    parts = [
        part("A", "100", "90", unit="%", money="300"),
        part("B", "100", "50", unit="%", money="100"),
    ]
    scored = evaluated(closing_year(whole(unit="%"), *parts)).row("X")
    assert (scored.actual, str(scored.score)) == ("80", "4.80")
    assert "按资金加权 90% × 75% + 50% × 25% ≈ 80%" in scored.how


def test_tiers_are_averaged_by_money():
    """100 % with 300 万元 and 60 % with 100 万元 is 90 %: the best tier."""
    parts = [
        in_words(code="A", weight=None, parent="X", tier="reached", share="100%", money="300"),
        in_words(code="B", weight=None, parent="X", tier="partly", share="60%", money="100"),
    ]
    evaluation = evaluated(closing_year(in_words("", "", reason=REASON), *parts))
    assert evaluation.final
    assert str(evaluation.row("X").score) == "5.40"
    assert evaluation.row("X").reached


@pytest.mark.parametrize("money", [None, "0", "-5"])
def test_ratios_without_money_cannot_be_averaged(money):
    """Missing, zero in all, or negative."""
    parts = [part("A", "100", "90", unit="%", money=money), part("B", "100", "50", unit="%", money=money)]
    assert ("money-missing", "X") in gate_codes(closing_year(whole(unit="%"), *parts))


def test_parts_in_different_units_cannot_be_added():
    """人 and 件."""
    facts = closing_year(whole(), part("A", "100", "60"), part("B", "100", "80", unit="件"))
    assert gate_codes(facts) == [("parts-differ", "X")]


def test_a_part_without_an_actual_blocks_the_whole_and_is_named():
    """The gate is on the part."""
    facts = closing_year(whole(), part("A", "100", None), part("B", "100", "80"))
    assert gate_codes(facts) == [("actual-missing", "A")]
    assert evaluated(facts).row("X").score is None


def test_a_part_is_shown_and_not_scored():
    """Its points would count twice; a weight of its own is a gate."""
    facts = closing_year(whole(), part("A", "100", "60"), part("B", "100", "80"))
    scored = evaluated(facts).row("A")
    assert (scored.weight, scored.score, scored.basis) == (None, None, "part")
    assert scored.how == "已汇入指标“X”，本行不单独计分"
    heavy = row("≥", "100", "80", code="B", parent="X", weight="2")
    assert ("part-with-weight", "B") in gate_codes(closing_year(whole(), part("A", "100", "60"), heavy))


def test_parts_of_parts_are_put_together_from_below():
    """A into M into X."""
    middle = row("≥", None, None, code="M", weight=None, parent="X")
    leaves = [row("≥", "10", actual, code=code, weight=None, parent="M") for code, actual in (("A", "5"), ("B", "10"))]
    scored = evaluated(closing_year(whole(), middle, part("C", "10", "0"), *leaves)).row("X")
    assert (scored.target, scored.actual, str(scored.score)) == ("30", "15", "3.00")


def test_an_unknown_parent_and_a_circle_are_told():
    """Neither hangs nor loses the row."""
    lost = row(code="X", parent="NOWHERE")
    assert gate_codes(closing_year(lost))[-1] == ("parent-unknown", "X")
    circle = [row(code="X", parent="Y", weight="3"), row(code="Y", parent="X", weight="3")]
    assert [code for code, _ in gate_codes(closing_year(*circle))].count("parent-cycle") == 2


def test_evidence_on_every_part_is_evidence_for_the_whole():
    """And one part without is not enough."""
    bare = whole(evidence=())
    good = closing_year(bare, part("A", "100", "60"), part("B", "100", "80"))
    assert evaluated(good).final
    bad = closing_year(bare, part("A", "100", "60"), part("B", "100", "80", evidence=()))
    assert gate_codes(bad) == [("evidence-missing", "X")]


def test_a_reason_given_for_a_part_is_given_for_the_whole():
    """Nothing is typed twice: the part that was missed says why."""
    bare = replace(whole(), reason="")
    told = closing_year(bare, part("A", "100", "60", reason="汛期停工两个月，次年三月补齐"), part("B", "100", "80"))
    assert evaluated(told).final
    silent = closing_year(bare, part("A", "100", "60", reason=""), part("B", "100", "80", reason=""))
    assert gate_codes(silent) == [("reason-missing", "X")]
