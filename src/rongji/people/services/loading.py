"""Many rows of one table at once, by the fastest way of each database: a register is rows by the hundred thousand."""

from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from functools import cache
from typing import Any

from django.db import connection, models


def load_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given by column name; what a row leaves out takes the default of its field.

    Runs in the caller's transaction. Does not cover: ids of the rows, which nobody needs, and foreign rows by object.
    """
    columns, defaults = _columns(model)
    values = (_in_order(row, columns, defaults) for row in rows)
    names = ", ".join(f'"{column}"' for column in columns)
    table = model._meta.db_table
    if connection.vendor == "postgresql":
        _copy(f'COPY "{table}" ({names}) FROM STDIN', values)
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', list(values))


def _copy(statement: str, values: Iterator[list[Any]]) -> None:
    connection.ensure_connection()
    with connection.connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in values:
            copy.write_row(row)


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return tuple(field.column for field in fields), tuple(field.get_default() for field in fields)


def _in_order(row: Mapping[str, Any], columns: tuple[str, ...], defaults: tuple[Any, ...]) -> list[Any]:
    found = (row.get(column, default) for column, default in zip(columns, defaults, strict=True))
    return [_plain(value) for value in found]


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
