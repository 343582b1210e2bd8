"""Lights and forecast of mid-year monitoring, on both sides of every line."""

from datetime import date
from fractions import Fraction

import pytest

from rongji.rules.monitoring.lights import Light, Lines, forecast, light, lines_in_force

LINES = Lines(Fraction(95, 100), Fraction(80, 100), "derived")


@pytest.mark.parametrize(
    ("planned", "actual", "shown"),
    [
        (1000, 1000, Light.GREEN),
        (1000, 950, Light.GREEN),
        (1000, 949, Light.YELLOW),
        (1000, 800, Light.YELLOW),
        (1000, 799, Light.RED),
        (1000, 0, Light.RED),
        (1000, 1300, Light.GREEN),
        (0, 500, Light.NONE),
    ],
)
def test_the_light_follows_the_share_of_the_planned_progress(planned, actual, shown):
    """A share exactly on a line is still good."""
    assert light(planned, actual, LINES) is shown
    assert shown.must_be_answered is (shown in (Light.YELLOW, Light.RED))


def test_the_lines_come_from_legal_data_with_their_trust_word():
    """No line is written in code."""
    lines = lines_in_force(on=date(2024, 6, 30), known_on=date(2024, 6, 30))
    assert lines.red < lines.yellow < 1
    assert lines.trust == "derived"


@pytest.mark.parametrize(
    ("to_date", "year", "actual", "month", "expected"),
    [(600, 1200, 300, 6, 600), (700, 1200, 700, 7, 1200), (0, 0, 50, 6, 100), (3, 10, 1, 3, 3), (6, 10, 1, 3, 2)],
)
def test_the_forecast_takes_the_plan_at_the_pace_so_far(to_date, year, actual, month, expected):
    """Half up, once."""
    assert forecast(planned_to_date=to_date, planned_year=year, actual_to_date=actual, month=month) == expected
