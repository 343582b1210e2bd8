"""Rows of the register given by column name, many at once: what a row leaves out takes the default of its field."""

from collections.abc import Iterable, Mapping
from enum import Enum
from functools import cache
from typing import Any

from django.db import models

from rongji.accounts.bulk import insert


def load_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows given by column name; what a row leaves out takes the default of its field.

    Runs in the caller's transaction. Does not cover: ids of the rows, which nobody needs, and foreign rows by object.
    """
    columns, defaults = _columns(model)
    insert(model, columns, [_in_order(row, columns, defaults) for row in rows])


@cache
def _columns(model: type[models.Model]) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return tuple(field.column for field in fields), tuple(field.get_default() for field in fields)


def _in_order(row: Mapping[str, Any], columns: tuple[str, ...], defaults: tuple[Any, ...]) -> list[Any]:
    found = (row.get(column, default) for column, default in zip(columns, defaults, strict=True))
    return [_plain(value) for value in found]


def _plain(value: Any) -> Any:
    return value.value if isinstance(value, Enum) else value
