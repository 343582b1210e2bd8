"""The expressions as text in an engine's dialect: compiled once per process, the same text for every reckoning.

The text holds no value of any run (months, rates and rules are tables), so that it never has to be made anew.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from rongji.compute.shapes import RESULTS, STAGES, Columns

Name = Literal["timed", "prices", "pairs", "lines", "due", "faults", "ledger", "totals"]
Dialect = Literal["duckdb", "pyspark"]
TYPES: dict[Dialect, dict[str, str]] = {
    "duckdb": {"int64": "BIGINT", "int32": "INTEGER", "int16": "SMALLINT", "int8": "TINYINT", "date": "DATE"},
    "pyspark": {"int64": "BIGINT", "int32": "INT", "int16": "SMALLINT", "int8": "TINYINT", "date": "DATE"},
}
QUOTES: dict[Dialect, str] = {"duckdb": '"', "pyspark": "`"}
# What each result is made from, in order; months of claims come first, and are looked at for faults.
STAGES_OF: dict[Name, tuple[Name, ...]] = {
    "due": ("prices", "pairs", "lines"),
    "ledger": ("prices", "pairs"),
    "totals": ("prices", "pairs"),
}
ORDERS = {"due": "person_id, for_month, award_id NULLS FIRST, grant_id NULLS FIRST"}


@cache
def statement(name: Name, dialect: Dialect) -> str:
    """One expression as SQL text of one dialect, its result in the types of its shape."""
    import ibis

    from rongji.compute.plan.due import due, lines
    from rongji.compute.plan.faults import faults
    from rongji.compute.plan.owed import pairs, prices
    from rongji.compute.plan.periods import timed
    from rongji.compute.plan.year import ledger, totals

    stages = {"timed": timed, "prices": prices, "pairs": pairs, "lines": lines}
    results = {"due": due, "faults": faults, "ledger": ledger, "totals": totals}
    text = ibis.to_sql((stages | results)[name](), dialect=dialect)
    order = f" ORDER BY {ORDERS[name]}" if name in ORDERS else ""
    return f"SELECT {typed_columns((STAGES | RESULTS)[name], dialect)} FROM ({text}) AS result{order}"


def typed_columns(columns: Columns, dialect: Dialect) -> str:
    """The columns of a table in their types, as a list for a query. Engines widen what they sum; this narrows it."""
    quote, types = QUOTES[dialect], TYPES[dialect] | {"string": "STRING" if dialect == "pyspark" else "VARCHAR"}
    quoted = {name: f"{quote}{name}{quote}" for name in columns}
    return ", ".join(f"CAST({quoted[name]} AS {types[kind]}) AS {quoted[name]}" for name, kind in columns.items())
