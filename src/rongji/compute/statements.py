"""The expressions as text in an engine's dialect: compiled once per process, the same text for every reckoning.

The text holds no value of any run (months, rates and rules are tables), so that it never has to be made anew.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

Name = Literal["timed", "due", "faults", "ledger", "totals"]
Dialect = Literal["duckdb", "pyspark"]


@cache
def statement(name: Name, dialect: Dialect) -> str:
    """One expression as SQL text of one dialect."""
    import ibis

    from rongji.compute.plan.due import due
    from rongji.compute.plan.faults import faults
    from rongji.compute.plan.periods import timed
    from rongji.compute.plan.year import ledger, totals

    expressions = {"timed": timed, "due": due, "faults": faults, "ledger": ledger, "totals": totals}
    return str(ibis.to_sql(expressions[name](), dialect=dialect))
