"""Rows by the hundred thousand into a table: COPY on PostgreSQL, one prepared statement on SQLite, no objects between.

For rows that a service has judged; the constraints of the table still hold.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from django.db import connection, models


class BulkTable:
    """The rows for one table, gathered and written in portions.

    names: attributes that the rows give, in their order; every other column gets its default.
    """

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        self.model = model
        self.names = tuple(names)
        self.rows: list[tuple[Any, ...]] = []

    def add(self, *values: Any) -> None:
        """One row, its values in the order of `names`."""
        self.rows.append(values)

    def flush(self) -> int:
        """Write what has been gathered; returns how many rows."""
        count = len(self.rows)
        if count:
            if connection.vendor == "postgresql":
                self._copy()
            else:
                self._execute()
            self.rows.clear()
        return count

    @cached_property
    def _further(self) -> list[models.Field]:
        fields = self.model._meta.concrete_fields
        return [field for field in fields if field.attname not in self.names and not field.primary_key]

    @cached_property
    def _columns(self) -> str:
        by_name = {field.attname: field for field in self.model._meta.concrete_fields}
        fields = [by_name[name] for name in self.names] + self._further
        return ", ".join(connection.ops.quote_name(field.column) for field in fields)

    @cached_property
    def _defaults(self) -> tuple[Any, ...]:
        return tuple(field.get_default() for field in self._further)

    @property
    def _table(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    def _copy(self) -> None:
        with connection.cursor() as cursor, cursor.copy(f"COPY {self._table} ({self._columns}) FROM STDIN") as copy:
            for row in self.rows:
                copy.write_row(row + self._defaults)

    def _execute(self) -> None:
        marks = ", ".join(["%s"] * (len(self.names) + len(self._defaults)))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {self._table} ({self._columns}) VALUES ({marks})",
                (row + self._defaults for row in self.rows),
            )


def take_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """So many ids of a table that nobody else gets, within the running transaction."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            sequence = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
            cursor.execute(sequence, [table, count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
    first = (found[0] if found else 0) + 1
    return range(first, first + count)


def portions(items: Iterable[Any], size: int) -> Iterable[list[Any]]:
    """The items in lists of that size at most."""
    portion: list[Any] = []
    for item in items:
        portion.append(item)
        if len(portion) == size:
            yield portion
            portion = []
    if portion:
        yield portion
