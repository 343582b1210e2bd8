"""The time of China: one zone, no summer time."""

from datetime import date, datetime, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def day_of(instant: datetime) -> date:
    """The day in China on which an instant lies."""
    return instant.astimezone(CHINA).date()
