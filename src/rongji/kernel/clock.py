"""The only place that asks what time it is. Interfaces and commands call it; everything below takes dates."""

from datetime import UTC, date, datetime

from rongji.kernel.china_time import day_of


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The present day in China."""
    return day_of(now())
