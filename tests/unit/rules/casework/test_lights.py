"""When a light turns, what is left in words, and which acts are possible."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongji.law.calendar import work_calendar
from rongji.law.shapes.deadline import DayCount
from rongji.rules.casework.clocks import Pause, Running
from rongji.rules.casework.flow import holds, word_of
from rongji.rules.casework.lights import Light, amber_from, days_left, light_of
from rongji.rules.casework.wording import explain, left_words

D = date.fromisoformat
NOW = work_calendar(known_on=D("2026-06-01"))
WORK, PLAIN = DayCount.WORKING_DAYS, DayCount.CALENDAR_DAYS

TURNS = [
    # on, light of a case due on 15 March 2024 whose light is amber from the 12th
    ("2024-03-11", Light.GREEN),
    ("2024-03-12", Light.AMBER),
    ("2024-03-15", Light.AMBER),
    ("2024-03-16", Light.RED),
]


@pytest.mark.parametrize(("on", "light"), TURNS)
def test_a_light_turns_on_its_day(on, light):
    """The due day itself is still in time."""
    assert light_of(due_on=D("2024-03-15"), amber_on=D("2024-03-12"), is_paused=False, on=D(on)) is light


def test_a_case_that_stands_still_or_has_no_limit_has_a_light_of_its_own():
    """Neither is ever red."""
    assert light_of(due_on=None, amber_on=None, is_paused=True, on=D("2024-03-15")) is Light.PAUSED
    assert light_of(due_on=None, amber_on=None, is_paused=False, on=D("2024-03-15")) is Light.NONE


AMBER = [
    # due, days ahead, counting, first amber day
    ("2024-03-20", 3, WORK, "2024-03-15"),
    ("2024-10-08", 3, WORK, "2024-09-27"),  # over National Day: 29 and 30 September and 8 October are left
    ("2024-02-18", 1, WORK, "2024-02-09"),
    ("2024-03-20", 7, PLAIN, "2024-03-13"),
]  # fmt: skip


@pytest.mark.parametrize(("due", "ahead", "count", "first"), AMBER)
def test_amber_begins_so_many_days_ahead(due, ahead, count, first):
    """In days of the clock's own counting."""
    assert str(amber_from(D(due), ahead, count, NOW)) == first


@settings(max_examples=100)
@given(
    due=st.dates(D("2020-02-01"), D("2025-12-01")),
    ahead=st.integers(0, 15),
    count=st.sampled_from([WORK, PLAIN]),
)
def test_on_the_first_amber_day_no_more_than_that_many_days_are_left(due, ahead, count):
    """And the day before there were more."""
    first = amber_from(due, ahead, count, NOW)
    assert days_left(due, first, count, NOW) <= ahead
    assert days_left(due, first - timedelta(days=1), count, NOW) > ahead


LEFT = [
    ("2024-03-15", "2024-03-12", PLAIN, "还有 3 日"),
    ("2024-03-15", "2024-03-15", PLAIN, "今天到期"),
    ("2024-03-15", "2024-03-18", PLAIN, "超期 3 日"),
    ("2024-03-18", "2024-03-15", WORK, "还有 1 个工作日"),
    ("2024-09-30", "2024-10-08", WORK, "超期 1 个工作日"),
]


@pytest.mark.parametrize(("due", "on", "count", "words"), LEFT)
def test_what_is_left_is_told_in_words(due, on, count, words):
    """In days of the clock's own counting."""
    assert left_words(D(due), D(on), count, NOW) == words


def test_a_clock_explains_how_its_due_day_came_about():
    """Start, pause, extension, end, and that the end is a day off."""
    clock = Running(D("2024-01-10"), 60, PLAIN, (Pause(D("2024-02-01"), D("2024-02-06")),), 30)
    assert explain(clock, D("2024-03-01"), NOW) == (
        "自 2024-01-10 的次日起 60 日。2024-02-01 至 2024-02-06 期限中止，其间的日子不计。"
        "经批准延长 30 日。到 2024-04-14 到期。该日是休息日，最后一个工作日是 2024-04-12。"
    )
    standing = Running(D("2024-01-10"), 60, PLAIN, (Pause(D("2024-02-01")),))
    assert "已停 5 日" in explain(standing, D("2024-02-06"), NOW)
    early = work_calendar(known_on=D("2024-11-01"))
    assert "尚未公布" in explain(Running(D("2024-12-25"), 8, WORK), D("2024-12-26"), early)


def test_conditions_read_answers_as_words():
    """A flag is 是 or 否; what was not answered is empty."""
    assert (word_of(True), word_of(False), word_of(None), word_of(3)) == ("是", "否", "", "3")
    when = {"field:urgent": ("是",), "field:nature": ("咨询", "求助")}
    assert holds(when, {"urgent": True, "nature": "求助"})
    assert not holds(when, {"urgent": True, "nature": "投诉"})
    assert not holds(when, {"nature": "求助"})
    assert holds({}, {})
