"""What becomes of one person's lines: a specification in the field's words, and laws that hold for any lines."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.payments.settling import DueLine, Standing, settle

FIFTH = Decimal("0.2")
OCTOBER = 24_297  # October 2024 as an index


def line(
    due: int,
    month: int = OCTOBER,
    *,
    owed: int | None = None,
    award: int = 1,
    grant: int | None = None,
    benefit: int = 0,
) -> DueLine:
    """One line; what is not said about settled follows."""
    owed = max(due, 0) if owed is None else owed
    return DueLine(
        person_id=1, award_id=None if grant else award, grant_id=grant, term_id=1, benefit_id=benefit, rate_id=0,
        for_month=month, units=1, owed_fen=owed, settled_fen=owed - due, due_fen=due, cause="regular",
    )  # fmt: skip


def month_fen(lines: list[DueLine]) -> int:
    """What October is worth, nothing of it settled before."""
    return sum(one.owed_fen for one in lines if one.for_month == OCTOBER and one.grant_id is None)


# name | lines | dead | standing recoveries | gross | deducted | new recovery | its plan
TABLE = [
    ("a month like any other", [line(100_000)], False, [], 100_000, (), 0, 0),
    ("arrears come with it", [line(100_000), line(500, OCTOBER - 1)], False, [], 100_500, (), 0, 0),
    ("overpaid before: a fifth of the payment comes back at once",
     [line(100_000), line(-30_000, OCTOBER - 1, owed=70_000)], False, [], 100_000, ((0, 20_000),), 30_000, 20_000),
    ("an exchange within a month offsets",
     [line(-21_600, award=1), line(257_000, award=2)], False, [], 235_400, (), 0, 0),
    ("an exchange that leaves less: the rest of the month comes back",
     [line(-50_000, OCTOBER - 1, award=1), line(20_000, OCTOBER - 1, award=2), line(20_000, award=2)],
     False, [], 20_000, ((0, 4_000),), 30_000, 4_000),
    ("after a death nothing is taken off, the family repays",
     [line(-30_000, OCTOBER), line(5_000, OCTOBER - 1)], True, [], 5_000, (), 30_000, 0),
    ("a standing recovery takes its monthly part", [line(100_000)], False, [Standing(7, 30_000, 5_000)],
     100_000, ((7, 5_000),), 0, 0),
    ("its last part is what is left", [line(100_000)], False, [Standing(7, 300, 5_000)], 100_000, ((7, 300),), 0, 0),
    ("two of them share one fifth, the older first", [line(100_000)], False,
     [Standing(7, 15_000, 15_000), Standing(8, 90_000, 15_000)], 100_000, ((7, 15_000), (8, 5_000)), 0, 0),
    ("a withdrawn grant is not taken out of a pension",
     [line(100_000), line(-40_000, grant=9)], False, [], 100_000, ((0, 20_000),), 40_000, 20_000),
    ("nor out of a grant of another kind",
     [line(100_000), line(-40_000, grant=9, benefit=1), line(40_000, grant=8, benefit=2)],
     False, [], 140_000, ((0, 20_000),), 40_000, 20_000),
    ("but one put right is only the difference",
     [line(100_000), line(-40_000, grant=9, benefit=1), line(45_000, grant=8, benefit=1)],
     False, [], 105_000, (), 0, 0),
    ("who has no periodic benefit left repays himself",
     [line(50_000, OCTOBER - 1), line(-30_000, OCTOBER - 2)], False, [], 50_000, (), 30_000, 0),
    ("one fen is not divided", [line(4)], False, [Standing(7, 30_000, 5_000)], 4, (), 0, 0),
]  # fmt: skip


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_one_person_is_settled(row):
    """Gross, deductions, a new recovery and its plan."""
    _, lines, dead, standing, gross, deducted, recovery, plan = row
    found = settle(lines, is_dead=dead, recoveries=standing, share=FIFTH, month_fen=month_fen(lines))
    assert (found.gross_fen, found.deductions, found.recovery_fen, found.monthly_fen) == (
        gross,
        deducted,
        recovery,
        plan,
    )


LINES = st.lists(
    st.tuples(st.integers(-10**6, 10**6).filter(bool), st.integers(OCTOBER - 4, OCTOBER), st.booleans()),
    min_size=1, max_size=12,
)  # fmt: skip
STANDING = st.lists(st.tuples(st.integers(1, 10**6), st.integers(0, 10**5)), max_size=3)


@settings(max_examples=100)
@given(LINES, STANDING, st.booleans(), st.sampled_from([Decimal(0), Decimal("0.2"), Decimal("0.5"), Decimal(1)]))
def test_nothing_is_lost_nothing_is_negative_and_no_more_than_the_share_is_taken(rows, standing, dead, share):
    """Σ lines = payment + deductions − new recovery; the payment is never below what the share leaves."""
    lines = [
        line(due, month, award=place + 1, grant=place + 1 if is_grant else None)
        for place, (due, month, is_grant) in enumerate(rows)
    ]
    recoveries = [Standing(place + 1, left, monthly) for place, (left, monthly) in enumerate(standing)]
    found = settle(lines, is_dead=dead, recoveries=recoveries, share=share, month_fen=month_fen(lines))
    assert sum(one.due_fen for one in lines) == found.amount_fen + found.deducted_fen - found.recovery_fen
    assert found.amount_fen >= 0 and found.recovery_fen >= 0
    assert found.deducted_fen <= found.gross_fen * share
    assert sum(lines[place].due_fen for place in found.paid) == found.gross_fen
    left = {one.recovery_id: (one.left_fen, one.monthly_fen) for one in recoveries} | {
        0: (found.recovery_fen, found.monthly_fen)
    }
    assert all(fen <= min(left[number]) for number, fen in found.deductions)
    assert not (dead and found.deductions)
