"""A published report turned into a bureau-year: only what it states beyond doubt, every number with file and place."""

from rongji.performance.from_report.year import ReadYear, YearUnknown, year_from

__all__ = ["ReadYear", "YearUnknown", "year_from"]
