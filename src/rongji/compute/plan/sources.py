"""The input tables as expressions that are bound to no engine."""

from __future__ import annotations

from typing import Any

import ibis

from rongji.compute.shapes import TABLES

Expression = Any


def source(name: str) -> Expression:
    """One input table by name."""
    return ibis.table(dict(TABLES[name]), name=name)


def month_index(day: Expression) -> Expression:
    """The month of a day as an index."""
    return day.year() * 12 + day.month() - 1


def small(value: Expression, kind: str = "int32") -> Expression:
    """A whole number in the width of its column: engines widen what they compute."""
    return value.cast(kind)


def step(rows: Expression) -> Expression:
    """A named step of the plan: joins do not run on through it, and what is used twice is reckoned once."""
    # The first select ends a chain of joins, the second is the step that others build on.
    return rows.select(*rows.columns).select(*rows.columns)
