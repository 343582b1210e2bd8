"""Clocks of cases: every holiday of 2020 to 2026 from both sides, pauses, extensions, years without a notice."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.law.calendar import work_calendar
from rongji.law.shapes.deadline import DayCount
from rongji.rules.casework.clocks import Pause, Running, due_day, merged, paused_days, used_days

D = date.fromisoformat
NOW = work_calendar(known_on=D("2026-06-01"))
WORK, PLAIN = DayCount.WORKING_DAYS, DayCount.CALENDAR_DAYS


def due(start, amount, count=WORK, *, calendar=NOW, extended=0, pauses=()):
    """The due day as text."""
    clock = Running(
        D(start), amount, count, tuple(Pause(D(first), last and D(last)) for first, last in pauses), extended
    )
    return str(due_day(clock, calendar).day)


AROUND_HOLIDAYS = [
    # received, working days, due. Each holiday entered from the day before, from inside, and left over a moved workday
    ("2019-12-31", 1, "2020-01-02"),  # New Year 2020
    ("2020-01-17", 5, "2020-01-23"),  # Sunday 19 January is worked before the festival
    ("2020-01-23", 1, "2020-02-03"),  # Spring Festival 2020, prolonged by the notice of 27 January
    ("2020-01-23", 3, "2020-02-05"),
    ("2020-02-01", 1, "2020-02-03"),  # Saturday, no longer worked
    ("2020-04-03", 1, "2020-04-07"),  # Qingming
    ("2020-04-24", 3, "2020-04-28"),  # Sunday 26 April is worked
    ("2020-04-30", 1, "2020-05-06"),  # Labour Day
    ("2020-05-08", 1, "2020-05-09"),  # Saturday worked
    ("2020-06-24", 1, "2020-06-28"),  # Dragon Boat, Sunday worked
    ("2020-09-25", 1, "2020-09-27"),  # Sunday worked before National Day
    ("2020-09-30", 1, "2020-10-09"),  # National Day and Mid-Autumn
    ("2020-10-09", 1, "2020-10-10"),  # Saturday worked
    ("2020-12-31", 1, "2021-01-04"),
    ("2021-02-05", 2, "2021-02-08"),  # Sunday 7 February is worked
    ("2021-02-10", 1, "2021-02-18"),  # Spring Festival 2021
    ("2021-02-10", 3, "2021-02-20"),  # Saturday 20 February is worked
    ("2021-04-02", 1, "2021-04-06"),
    ("2021-04-23", 1, "2021-04-25"),  # Sunday worked
    ("2021-04-30", 1, "2021-05-06"),
    ("2021-05-07", 1, "2021-05-08"),  # Saturday worked
    ("2021-06-11", 1, "2021-06-15"),
    ("2021-09-17", 1, "2021-09-18"),  # Saturday worked
    ("2021-09-18", 1, "2021-09-22"),  # Mid-Autumn
    ("2021-09-24", 1, "2021-09-26"),  # Sunday worked
    ("2021-09-30", 1, "2021-10-08"),  # National Day
    ("2021-10-08", 1, "2021-10-09"),  # Saturday worked
    ("2021-12-31", 1, "2022-01-04"),
    ("2022-01-28", 2, "2022-01-30"),  # Saturday and Sunday worked
    ("2022-01-30", 1, "2022-02-07"),  # Spring Festival 2022
    ("2022-04-01", 1, "2022-04-02"),  # Saturday worked
    ("2022-04-02", 1, "2022-04-06"),
    ("2022-04-22", 1, "2022-04-24"),  # Sunday worked
    ("2022-04-29", 1, "2022-05-05"),
    ("2022-05-06", 1, "2022-05-07"),  # Saturday worked
    ("2022-06-02", 1, "2022-06-06"),
    ("2022-09-09", 1, "2022-09-13"),
    ("2022-09-30", 1, "2022-10-08"),  # National Day, Saturday and Sunday worked after it
    ("2022-09-30", 2, "2022-10-09"),
    ("2022-12-30", 1, "2023-01-03"),
    ("2023-01-20", 1, "2023-01-28"),  # Spring Festival 2023, Saturday and Sunday worked after it
    ("2023-01-20", 2, "2023-01-29"),
    ("2023-04-04", 1, "2023-04-06"),
    ("2023-04-21", 1, "2023-04-23"),  # Sunday worked
    ("2023-04-28", 1, "2023-05-04"),
    ("2023-05-05", 1, "2023-05-06"),  # Saturday worked
    ("2023-06-21", 1, "2023-06-25"),  # Sunday worked
    ("2023-09-28", 1, "2023-10-07"),  # Mid-Autumn and National Day, Saturday and Sunday worked
    ("2023-09-28", 2, "2023-10-08"),
    ("2023-12-29", 1, "2024-01-02"),
    ("2024-02-02", 1, "2024-02-04"),  # Sunday worked
    ("2024-02-09", 1, "2024-02-18"),  # Spring Festival 2024, Sunday worked
    ("2024-04-03", 1, "2024-04-07"),  # Qingming, Sunday worked
    ("2024-04-26", 1, "2024-04-28"),  # Sunday worked
    ("2024-04-30", 1, "2024-05-06"),
    ("2024-05-10", 1, "2024-05-11"),  # Saturday worked
    ("2024-06-07", 1, "2024-06-11"),
    ("2024-09-13", 1, "2024-09-14"),  # Saturday worked
    ("2024-09-14", 1, "2024-09-18"),
    ("2024-09-27", 1, "2024-09-29"),  # Sunday worked
    ("2024-09-30", 1, "2024-10-08"),  # National Day
    ("2024-10-11", 1, "2024-10-12"),  # Saturday worked
    ("2024-12-31", 1, "2025-01-02"),
    ("2025-01-24", 1, "2025-01-26"),  # Sunday worked
    ("2025-01-27", 1, "2025-02-05"),  # Spring Festival 2025
    ("2025-02-07", 1, "2025-02-08"),  # Saturday worked
    ("2025-04-03", 1, "2025-04-07"),
    ("2025-04-25", 1, "2025-04-27"),  # Sunday worked
    ("2025-04-30", 1, "2025-05-06"),
    ("2025-05-30", 1, "2025-06-03"),
    ("2025-09-26", 1, "2025-09-28"),  # Sunday worked
    ("2025-09-30", 1, "2025-10-09"),  # National Day and Mid-Autumn
    ("2025-10-10", 1, "2025-10-11"),  # Saturday worked
    ("2025-12-31", 1, "2026-01-04"),  # Sunday worked
    ("2026-02-13", 1, "2026-02-14"),  # Saturday worked
    ("2026-02-14", 1, "2026-02-24"),  # Spring Festival 2026
    ("2026-02-27", 1, "2026-02-28"),  # Saturday worked
    ("2026-04-03", 1, "2026-04-07"),
    ("2026-04-30", 1, "2026-05-06"),
    ("2026-05-08", 1, "2026-05-09"),  # Saturday worked
    ("2026-06-18", 1, "2026-06-22"),
    ("2026-09-18", 1, "2026-09-20"),  # Sunday worked
    ("2026-09-24", 1, "2026-09-28"),
    ("2026-09-30", 1, "2026-10-08"),  # National Day
    ("2026-10-09", 1, "2026-10-10"),  # Saturday worked
]  # fmt: skip


@pytest.mark.parametrize(("received", "amount", "expected"), AROUND_HOLIDAYS)
def test_working_days_around_every_holiday(received, amount, expected):
    """The day of receipt is not counted; a moved workday is."""
    assert due(received, amount) == expected


@pytest.mark.parametrize("year", range(2020, 2027))
@pytest.mark.parametrize("amount", [1, 3, 10, 20])
def test_every_day_of_a_year_agrees_with_an_independent_calendar(year, amount):
    """A count over the days that another package calls workdays comes to the same day."""
    first = date(year, 1, 1)
    for offset in range((date(year, 11, 20) - first).days):
        start = first + timedelta(days=offset)
        day, left = start, amount
        while left:
            day += timedelta(days=1)
            left -= chinese_calendar.is_workday(day)
        assert due_day(Running(start, amount, WORK), NOW).day == day


PLAIN_LIMITS = [
    # received, amount, counting, due
    ("2024-01-31", 15, PLAIN, "2024-02-15"),  # inside Spring Festival, and stays there
    ("2024-02-09", 15, PLAIN, "2024-02-24"),
    ("2024-01-10", 60, PLAIN, "2024-03-10"),  # over a leap day
    ("2023-01-10", 60, PLAIN, "2023-03-11"),
    ("2024-09-16", 15, PLAIN, "2024-10-01"),
    ("2024-01-31", 1, DayCount.MONTHS, "2024-02-29"),
    ("2024-02-29", 1, DayCount.YEARS, "2025-02-28"),
    ("2023-03-01", 1, DayCount.YEARS, "2024-03-01"),
    ("2021-06-15", 3, DayCount.YEARS, "2024-06-15"),
]


@pytest.mark.parametrize(("received", "amount", "count", "expected"), PLAIN_LIMITS)
def test_calendar_days_months_and_years(received, amount, count, expected):
    """Calendar days take holidays as they come; months and years end on the same day or the last of the month."""
    assert due(received, amount, count) == expected


PAUSES = [
    # received, amount, counting, pauses, due
    ("2024-03-01", 15, PLAIN, [("2024-03-05", "2024-03-10")], "2024-03-21"),  # five days
    ("2024-03-01", 15, PLAIN, [("2024-03-05", "2024-03-05")], "2024-03-16"),  # back the same day
    ("2024-03-01", 15, PLAIN, [("2024-03-05", "2024-03-10"), ("2024-03-12", "2024-03-13")], "2024-03-22"),
    ("2024-03-01", 15, PLAIN, [("2024-03-16", "2024-03-20")], "2024-03-16"),  # it had run out before
    ("2024-03-01", 10, WORK, [("2024-03-08", "2024-03-10")], "2024-03-15"),  # a weekend costs nothing
    ("2024-03-01", 10, WORK, [("2024-03-07", "2024-03-12")], "2024-03-20"),  # Friday, Monday, Tuesday
    ("2024-02-06", 3, WORK, [("2024-02-07", "2024-02-18")], "2024-02-20"),  # over the festival: 8, 9 and 18 February
    ("2024-03-01", 15, PLAIN, [("2024-03-05", None)], "2024-03-16"),  # still standing: as if it ran again today
]  # fmt: skip


@pytest.mark.parametrize(("received", "amount", "count", "pauses", "expected"), PAUSES)
def test_a_pause_takes_out_the_days_after_its_first_up_to_its_last(received, amount, count, pauses, expected):
    """In days of the clock's own counting."""
    assert due(received, amount, count, pauses=pauses) == expected


def test_an_extension_is_added_to_the_limit():
    """60 and 30 days are one run of 90, holidays or not."""
    assert due("2024-01-10", 60, PLAIN, extended=30) == due("2024-01-10", 90, PLAIN) == "2024-04-09"
    assert due("2024-01-10", 20, WORK, extended=10) == due("2024-01-10", 30, WORK)


def test_a_year_without_a_notice_is_provisional():
    """Weekends only, and said so; calendar days need no notice."""
    early = work_calendar(known_on=D("2024-11-01"))
    assert due_day(Running(D("2024-12-25"), 3, WORK), early).is_provisional is False
    late = due_day(Running(D("2024-12-25"), 8, WORK), early)
    assert (late.is_provisional, str(late.day)) == (True, "2025-01-06")
    assert str(due_day(Running(D("2024-12-25"), 8, WORK), NOW).day) == "2025-01-07"
    assert due_day(Running(D("2024-12-25"), 60, PLAIN), early).is_provisional is False


def test_the_festival_of_2020_moves_with_the_notice_that_prolonged_it():
    """Received before it, known before and after 27 January."""
    before, after = work_calendar(known_on=D("2020-01-26")), work_calendar(known_on=D("2020-01-27"))
    assert due("2020-01-23", 1, calendar=before) == "2020-01-31"
    assert due("2020-01-23", 1, calendar=after) == "2020-02-03"


STARTS = st.dates(D("2020-01-01"), D("2025-06-30"))
COUNTS = st.sampled_from([WORK, PLAIN])
BRIEF = settings(max_examples=100)


@BRIEF
@given(start=STARTS, amount=st.integers(1, 60), count=COUNTS, at=st.integers(0, 59), length=st.integers(0, 40))
def test_pausing_n_counted_days_moves_the_due_day_by_n(start, amount, count, at, length):
    """A pause before the end moves the end by exactly the days that it took out."""
    plain = due_day(Running(start, amount, count), NOW).day
    first = min(start + timedelta(days=at), plain - timedelta(days=1))
    if first < start:
        return
    pause = Pause(first, first + timedelta(days=length))
    taken = used_days(Running(first, 0, count), pause.last, NOW)
    moved = due_day(Running(start, amount, count, (pause,)), NOW).day
    assert moved == due_day(Running(start, amount + taken, count), NOW).day


@BRIEF
@given(start=STARTS, amount=st.integers(1, 40), count=COUNTS, cuts=st.lists(st.integers(0, 30), min_size=3, max_size=3))
def test_splitting_a_pause_changes_nothing(start, amount, count, cuts):
    """One pause, or the same days as two that touch."""
    first, middle, last = (start + timedelta(days=cut) for cut in sorted(cuts))
    whole = Running(start, amount, count, (Pause(first, last),))
    parts = Running(start, amount, count, (Pause(first, middle), Pause(middle, last)))
    assert due_day(whole, NOW) == due_day(parts, NOW)
    assert merged(parts.pauses) == whole.pauses
    assert paused_days(whole, last) == paused_days(parts, last)


@BRIEF
@given(
    start=STARTS,
    amount=st.integers(0, 60),
    count=COUNTS,
    extended=st.integers(0, 30),
    pauses=st.lists(st.tuples(st.integers(-10, 60), st.integers(0, 30)), max_size=4),
)
def test_a_clock_is_never_due_before_it_starts_nor_before_one_without_pauses(start, amount, count, extended, pauses):
    """Whatever was paused; and on the due day exactly the limit has run."""
    held = tuple(
        Pause(start + timedelta(days=first), start + timedelta(days=first + length)) for first, length in pauses
    )
    clock = Running(start, amount, count, held, extended)
    end = due_day(clock, NOW).day
    assert end >= due_day(Running(start, amount, count), NOW).day >= start
    assert used_days(clock, end, NOW) == amount + extended
