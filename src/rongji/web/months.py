"""Which month of a budget year a page looks at."""

from datetime import date

DECEMBER = 12


def last_month(year: int, day: date) -> int:
    """The last month of a budget year that has begun by a day: December for years gone by, January for years ahead."""
    if day.year > year:
        return DECEMBER
    return day.month if day.year == year else 1
