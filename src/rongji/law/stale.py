"""Which tables nobody has checked against newer acts for too long."""

from datetime import date

from rongji.law.loader import lawbook
from rongji.law.model import DatedTable, Lawbook


def stale_tables(on: date, *, law: Lawbook | None = None) -> tuple[DatedTable, ...]:
    """Tables last checked before that day, never-checked ones first, then the longest unchecked."""
    old = [table for table in (law or lawbook()).tables.values() if _checked(table) < on]
    return tuple(sorted(old, key=lambda table: (_checked(table), table.region, table.id)))


def _checked(table: DatedTable) -> date:
    return table.valid_until_checked or date.min
