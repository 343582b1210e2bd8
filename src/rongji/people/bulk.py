"""Rows by the hundred thousand for one table, gathered and written in portions, no objects between.

For rows that a service has judged; the constraints of the table still hold.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.db import models

from rongji.accounts.bulk import insert


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
            insert(self.model, self._columns, [row + self._defaults for row in self.rows])
            self.rows.clear()
        return count

    @cached_property
    def _further(self) -> list[models.Field]:
        fields = self.model._meta.concrete_fields
        return [field for field in fields if field.attname not in self.names and not field.primary_key]

    @cached_property
    def _columns(self) -> list[str]:
        by_name = {field.attname: field for field in self.model._meta.concrete_fields}
        return [field.column for field in [by_name[name] for name in self.names] + self._further]

    @cached_property
    def _defaults(self) -> tuple[Any, ...]:
        return tuple(field.get_default() for field in self._further)
