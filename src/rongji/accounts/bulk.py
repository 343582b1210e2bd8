"""Many rows at once over the connection of the running transaction: COPY on PostgreSQL, executemany on SQLite."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from django.db import connection, models

ROWS_AT_ONCE = 5_000


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows into a model's table; columns are those of the database. Returns how many. Callers bound the batch.

    No signals, no defaults of the model: every column without a default of the database has to be given.
    """
    table, names = model._meta.db_table, ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "postgresql":
        return _copy(f'COPY "{table}" ({names}) FROM STDIN', rows)
    marks = ", ".join(["%s"] * len(columns))
    return _execute(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)


def update_rows(rows: Iterable[models.Model], names: Sequence[str]) -> None:
    """Store some fields of rows of one model that are there already."""
    wanted = list(rows)
    if not wanted:
        return
    meta = wanted[0]._meta
    fields = [meta.get_field(name) for name in names]
    settings = ", ".join(f'"{field.column}" = %s' for field in fields)
    plain = (
        [*(field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields), row.pk]
        for row in wanted
    )
    _execute(f'UPDATE "{meta.db_table}" SET {settings} WHERE "{meta.pk.column}" = %s', plain)


def update(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Store some columns of rows that are there already; each row gives their values and, last, its number."""
    if connection.vendor == "postgresql":
        return _update_from_arrays(model, columns, rows)
    settings = ", ".join(f'"{name}" = %s' for name in columns)
    return _execute(f'UPDATE "{model._meta.db_table}" SET {settings} WHERE "id" = %s', rows)


def reserve_ids(model: type[models.Model], count: int) -> Sequence[int]:
    """Numbers for rows about to be inserted, in ascending order; nobody else gets them.

    SQLite: the running transaction holds the only write lock. PostgreSQL: they come out of the table's sequence.
    """
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [f'"{table}"', count]
            )
            return sorted(row[0] for row in cursor.fetchall())
        cursor.execute(f'SELECT COALESCE(MAX(id), 0) FROM "{table}"')
        used = cursor.fetchone()[0]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        last = cursor.fetchone()
        first = max(used, last[0] if last else 0) + 1
        return range(first, first + count)


def _copy(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    # all of them first: whatever makes the rows may ask the same connection, which is deaf while it copies
    ready = list(rows)
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in ready:
            copy.write_row(row)
    return len(ready)


def _update_from_arrays(model: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """One statement for many rows: a server answers each statement by itself, and that is most of the time."""
    kinds = {field.column: field.db_type(connection) for field in model._meta.concrete_fields} | {"id": "bigint"}
    names = [*columns, "id"]
    arrays = ", ".join(f"%s::{kinds[name]}[]" for name in names)
    settings = ", ".join(f'"{name}" = new."{name}"' for name in columns)
    listed = ", ".join(f'"{name}"' for name in names)
    statement = (
        f'UPDATE "{model._meta.db_table}" AS old SET {settings} '
        f"FROM unnest({arrays}) AS new({listed}) WHERE old.id = new.id"
    )
    count, source = 0, iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(source, ROWS_AT_ONCE)):
            cursor.execute(statement, [list(column) for column in zip(*some, strict=True)])
            count += len(some)
    return count


def _execute(statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count, source = 0, iter(rows)
    with connection.cursor() as cursor:
        while some := list(islice(source, ROWS_AT_ONCE)):
            cursor.executemany(statement, some)
            count += len(some)
    return count
