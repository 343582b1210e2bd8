"""What holds for every table: scores within weights, more is never worse, the total is the sum, order is no matter."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from spec.scoring.builders import evaluated, filler, row, year

NUMBERS = st.decimals(min_value=-50, max_value=10_000, places=2).map(str)
POSITIVE = st.decimals(min_value="0.01", max_value=10_000, places=2).map(str)
SIGNS = st.sampled_from("≥≤=")
WEIGHTS = st.integers(1, 30).map(str)
FEW = settings(max_examples=100, deadline=None)


@st.composite
def tables(draw):
    """Up to six rows of any kind, with missing cells, words, and parts."""
    rows = []
    for number in range(draw(st.integers(0, 6))):
        missing = draw(st.sampled_from(["", "", "", "target", "actual", "weight"]))
        item = row(
            draw(SIGNS),
            None if missing == "target" else draw(NUMBERS),
            None if missing == "actual" else draw(NUMBERS),
            code=f"R{number}",
            unit=draw(st.sampled_from(["人", "%", "件"])),
            weight=None if missing == "weight" else draw(WEIGHTS),
            stated=draw(st.none() | st.integers(-2, 40).map(str)),
            money=draw(st.none() | st.integers(0, 9).map(str)),
            level1=draw(st.sampled_from(["产出指标", "效益指标", "满意度指标", "别的"])),
            parent=draw(st.sampled_from(["", "", "", "R0", "R1", "NOWHERE"])),
        )
        rows.append(item)
    return rows


@FEW
@given(tables())
def test_scores_stay_within_their_weights_and_the_total_is_their_sum(rows):
    """Whatever is missing, nothing earns more than its weight or less than nothing; no table crashes."""
    evaluation = evaluated(year(*rows))
    for scored in evaluation.rows:
        if scored.score is not None:
            assert 0 <= scored.score <= scored.weight
            assert scored.score == round(scored.score, 2)
        assert scored.how
    assert evaluation.total == sum((scored.score or Decimal(0) for scored in evaluation.rows), Decimal(0))
    assert evaluation.final is (not evaluation.gates)
    assert (evaluation.grade is not None) is evaluation.final


@FEW
@given(tables(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows, random):
    """Same rows shuffled: same scores, same total, same gates."""
    shuffled = random.sample(rows, len(rows))
    first, second = evaluated(year(*rows)), evaluated(year(*shuffled))
    assert first.total == second.total
    assert {scored.id: scored.score for scored in first.rows} == {scored.id: scored.score for scored in second.rows}
    assert {(gate.code, gate.subject) for gate in first.gates} == {(gate.code, gate.subject) for gate in second.gates}


@FEW
@given(target=POSITIVE, actual=NUMBERS, more=POSITIVE, weight=WEIGHTS)
def test_more_is_never_worse_for_the_more_the_better_and_never_better_for_the_less_the_better(
    target, actual, more, weight
):
    """Monotone in the actual value."""
    larger = str(Decimal(actual) + Decimal(more))
    for sign, better in (("≥", larger), ("≤", actual)):
        worse = actual if better == larger else larger
        low, high = (
            evaluated(year(row(sign, target, value, weight=weight))).row("X").score for value in (worse, better)
        )
        assert low <= high


@FEW
@given(target=POSITIVE, actual=POSITIVE, weight=WEIGHTS)
def test_a_score_falls_short_only_where_the_target_is_missed(target, actual, weight):
    """Full points when reached; reached exactly when the values say so."""
    for sign, reached in (
        ("≥", Decimal(actual) >= Decimal(target)),
        ("≤", Decimal(actual) <= Decimal(target)),
        ("=", Decimal(actual) == Decimal(target)),
    ):
        scored = evaluated(year(row(sign, target, actual, weight=weight))).row("X")
        assert scored.reached is reached
        assert (scored.score == Decimal(weight)) or not reached


@FEW
@given(parts=st.lists(st.tuples(POSITIVE, POSITIVE), min_size=1, max_size=5))
def test_aggregating_amounts_is_scoring_their_sums(parts):
    """The same points as one row with the sums typed in."""
    rows = [
        row("≥", target, actual, code=f"P{number}", weight=None, parent="X")
        for number, (target, actual) in enumerate(parts)
    ]
    sums = [str(sum(Decimal(pair[side]) for pair in parts)) for side in (0, 1)]
    whole = evaluated(year(row("≥", None, None), *rows)).row("X")
    assert whole.score == evaluated(year(row("≥", *sums))).row("X").score


@FEW
@given(changes=st.lists(st.sampled_from(["target", "actual", "evidence", "weight"]), min_size=1, max_size=4))
def test_taking_anything_away_from_a_final_table_makes_it_provisional(changes):
    """No single cell of a row can go missing unnoticed."""
    rows = [filler("A", "产出指标", "50"), filler("B", "效益指标", "30"), filler("C", "满意度指标", "10")]
    assert evaluated(year(*rows)).final
    taken = {name: () if name == "evidence" else None for name in changes}
    assert not evaluated(year(replace(rows[0], **taken), *rows[1:])).final
