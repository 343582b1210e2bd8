"""A life on one line: where a bar stands, how wide it is, what lies below another, and where its label goes."""

from datetime import date

import pytest

from rongji.web.lifeline import Span, lifeline

BORN, UNTIL = date(1950, 6, 1), date(2024, 12, 31)  # drawn from 1950 to the end of 2024: 75 years


def span(label, first, last=None, lane="身份"):
    """A period from one January to another."""
    return Span(lane, label, date(first, 1, 1), date(last, 1, 1) if last else None)


def rows_of(*spans):
    """The labels of the bars, row by row, of the only lane."""
    (lane,) = lifeline(spans, born_on=BORN, until=UNTIL).lanes
    return [[bar.label for bar in row] for row in lane.rows]


@pytest.mark.parametrize(
    ("first", "last", "start", "width"),
    [
        (1950, 2025, "0.00", "100.00"),  # the whole life
        (1975, 2000, "33.33", "33.34"),  # the second third
        (2000, None, "66.67", "33.33"),  # open: until the day of reading
        (1930, 1960, "0.00", "13.33"),  # what began before is cut at the edge
    ],
)
def test_a_period_stands_where_its_years_are(first, last, start, width):
    """In per cent of the years from birth to the day of reading, to a tenth of a per cent."""
    (lane,) = lifeline([span("甲", first, last)], born_on=BORN, until=UNTIL).lanes
    ((bar,),) = lane.rows
    assert abs(float(bar.start) - float(start)) < 0.1 and abs(float(bar.width) - float(width)) < 0.1


def test_what_overlaps_stands_below_and_what_follows_beside():
    """As few rows as possible without one bar covering another."""
    assert rows_of(span("甲", 1970, 1980), span("乙", 1975, 1990), span("丙", 1981, 1985)) == [["甲", "丙"], ["乙"]]


def test_an_event_lies_upon_the_first_row():
    """A point takes no row of its own."""
    event = Span("身份", "立功", date(1975, 8, 1), date(1975, 8, 1))
    assert rows_of(span("甲", 1970, 1990), event) == [["甲", "立功"]]


def test_what_begins_after_the_day_of_reading_is_not_drawn():
    """Nobody reads the future."""
    assert lifeline([span("甲", 2026)], born_on=BORN, until=UNTIL).lanes == ()


def test_a_bar_too_narrow_for_its_label_has_it_where_there_is_room():
    """Late in life before the bar, early in life behind it; a wide one carries it inside."""
    found = lifeline(
        [span("晚", 2022, lane="一"), span("早", 1952, 1954, lane="二"), span("宽", 1960, 2000, lane="三")],
        born_on=BORN,
        until=UNTIL,
    )
    assert [lane.rows[0][0].label_at for lane in found.lanes] == ["before", "behind", "inside"]


def test_years_are_written_at_round_steps():
    """Few enough to be read, none beyond the edge."""
    years = [year for _, year in lifeline([span("甲", 1970)], born_on=BORN, until=UNTIL).ticks]
    assert years == [1950, 1960, 1970, 1980, 1990, 2000, 2010, 2020]
