"""起止月份: from which month to which a claim is paid."""

import pytest
from spec.entitlement.builders import D, claim, month, owed_for

from rongji.rules.entitlement.claim import End, Start
from rongji.rules.entitlement.periods import first_last, period

PENSION = "disability_pension"
CHILD = "martyr_child_allowance"
RURAL = "rural_veteran_allowance"

# benefit, why it began, the day, date of birth, first month
STARTS = [
    (PENSION, Start.APPROVED, "2023-03-01", "1980-01-01", "2023-04"),  # the month after approval, even on the first
    (PENSION, Start.APPROVED, "2023-03-31", "1980-01-01", "2023-04"),
    (PENSION, Start.APPROVED, "2023-12-15", "1980-01-01", "2024-01"),  # over the turn of the year
    (PENSION, Start.MOVED_IN, "2023-03-10", "1980-01-01", "2024-01"),  # the new county from next January
    (PENSION, Start.MOVED_IN, "2023-12-31", "1980-01-01", "2024-01"),
    (PENSION, Start.MOVED_IN, "2024-01-01", "1980-01-01", "2025-01"),
    (PENSION, Start.CHANGED, "2023-03-10", "1980-01-01", "2023-04"),  # a new grade from the month after
    ("ill_veteran_allowance", Start.APPROVED, "2023-06-20", "1950-01-01", "2023-07"),
    ("survivor_pension", Start.APPROVED, "2023-06-20", "1950-01-01", "2023-07"),
    (CHILD, Start.APPROVED, "2024-12-31", "1950-01-01", "2025-01"),  # before the 2024 regulation: the month after
    (CHILD, Start.APPROVED, "2025-01-01", "1950-01-01", "2025-01"),  # from then on the month of confirmation
    (CHILD, Start.APPROVED, "2025-02-28", "1950-01-01", "2025-02"),
    (CHILD, Start.APPROVED, "2025-02-10", "1965-11-30", "2025-11"),  # but not before the 60th birthday's month
    (RURAL, Start.APPROVED, "2023-02-10", "1963-08-31", "2023-08"),  # the month of the 60th birthday
    (RURAL, Start.APPROVED, "2023-08-31", "1963-08-01", "2023-08"),
    (RURAL, Start.APPROVED, "2023-09-01", "1963-08-01", "2023-09"),  # asked for late: the month of approval
    (RURAL, Start.APPROVED, "2024-01-05", "1964-02-29", "2024-02"),  # born on a leap day
    (RURAL, Start.MOVED_IN, "2022-05-05", "1963-08-31", "2023-08"),  # moved before 60
    ("waiting_allowance", Start.APPROVED, "2024-09-01", "2000-01-01", "2024-10"),
    ("price_subsidy", Start.APPROVED, "2022-09-30", "1950-01-01", "2022-09"),
]


@pytest.mark.parametrize(("benefit", "start", "basis", "born", "first"), STARTS)
def test_the_first_month(benefit, start, basis, born, first):
    """By the word of the start and by age, whichever is later."""
    one = claim(benefit, "因战|6" if benefit == PENSION else "", start=start, basis=basis, born=born)
    assert first_last(one, D("2026-11-01")) == (month(first), None)


# why it ended, the day, day of death, last month
ENDS = [
    (End.NONE, None, "2024-05-01", "2024-05"),  # the month of death is still paid, whole
    (End.NONE, None, "2024-05-31", "2024-05"),
    (End.MOVED_OUT, "2024-03-10", None, "2024-12"),  # the old county to December
    (End.MOVED_OUT, "2024-12-31", None, "2024-12"),
    (End.CHANGED, "2024-03-10", None, "2024-03"),
    (End.DISQUALIFIED, "2024-03-10", None, "2024-03"),
    (End.PLACED, "2024-03-10", None, "2024-03"),
    (End.GAVE_UP, "2024-03-01", None, "2024-03"),
    (End.MOVED_OUT, "2024-03-10", "2024-07-02", "2024-07"),  # died after moving out: the earlier of both
    (End.MOVED_OUT, "2024-03-10", "2025-02-02", "2024-12"),
]


@pytest.mark.parametrize(("end", "ended", "died", "last"), ENDS)
def test_the_last_month(end, ended, died, last):
    """By the word of the end and by death, whichever is earlier; paid to the end of it and not beyond."""
    one = claim(PENSION, "因战|6", end=end, ended=ended, died=died)
    assert first_last(one, D("2026-11-01"))[1] == month(last)
    assert owed_for(one, last) > [0]
    assert owed_for(one, str(month(last) + 1)) == [0]


def test_a_change_of_grade_leaves_no_gap_and_no_overlap():
    """The old terms to the month of the change, the new ones from the next."""
    old = claim(PENSION, "因战|6", end=End.CHANGED, ended="2024-03-10")
    new = claim(PENSION, "因战|5", start=Start.CHANGED, basis="2024-03-10", award=1)
    assert [owed_for([old, new], text) for text in ("2024-03", "2024-04")] == [[411667, 0], [0, 527000]]


def test_a_move_leaves_no_gap_and_no_overlap():
    """To December by the old county, from January by the new one."""
    old = claim(PENSION, "因战|6", end=End.MOVED_OUT, ended="2024-03-10")
    new = claim(PENSION, "因战|6", start=Start.MOVED_IN, basis="2024-03-10", area="430112", award=2)
    assert [owed_for([old, new], text) for text in ("2024-12", "2025-01")] == [[436400, 0], [0, 436400]]


def test_who_died_before_the_first_month_is_owed_nothing():
    """Approved in March, paid from April, died in March."""
    one = claim(PENSION, "因战|6", basis="2024-03-05", died="2024-03-20")
    assert [owed_for(one, text) for text in ("2024-03", "2024-04", "2024-05")] == [[0], [0], [0]]


def test_timing_is_read_as_known():
    """The month of confirmation for children of martyrs came with the regulation of 27 September 2024."""
    one = claim(CHILD, basis="2025-03-10")
    assert first_last(one, D("2024-09-26"))[0] == month("2025-04")
    assert first_last(one, D("2024-09-27"))[0] == month("2025-03")


def test_a_county_may_have_its_own_timing():
    """涪陵 states what elsewhere is practice; its row is the one that is cited."""
    at_home = period(claim("ill_veteran_allowance", basis="2025-03-10"), D("2026-01-01"))
    fuling = period(claim("ill_veteran_allowance", basis="2025-03-10", area="500102"), D("2026-01-01"))
    assert (at_home.started_by.act, fuling.started_by.act) == ("payment-practice", "fuling-ill-veteran")
    before = period(claim("ill_veteran_allowance", basis="2025-02-16", area="500102"), D("2026-01-01"))
    assert before.started_by.act == "payment-practice"
