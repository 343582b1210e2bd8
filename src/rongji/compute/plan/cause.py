"""Why a line is due (rule `entitlement/cause`)."""

from __future__ import annotations

import ibis

from rongji.compute.plan.sources import Expression, source
from rongji.compute.shapes import DUE


def _exchanges(lines: Expression) -> Expression:
    """Persons and months in which something is taken back and something else paid."""
    signs = lines.group_by("person_id", "for_month").agg(least=lines.due_fen.min(), most=lines.due_fen.max())
    return signs.filter((signs.least < 0) & (signs.most > 0)).select("person_id", "for_month", exchanged=True)


def with_cause(lines: Expression) -> Expression:
    """Lines in the form of the result, each with its cause."""
    run = source("run")
    exchanges = _exchanges(lines)
    joined = lines.left_join(
        exchanges, [lines.person_id == exchanges.person_id, lines.for_month == exchanges.for_month]
    )
    marked = joined.select(*(lines[name] for name in lines.columns), exchanges.exchanged).cross_join(run)
    cause = ibis.cases(
        (marked.exchanged.notnull(), "exchanged"),
        (marked.due_fen < 0, "overpaid"),
        ((marked.for_month == marked.pay_month) & (marked.begins == marked.for_month), "new"),
        (marked.for_month == marked.pay_month, "regular"),
        (marked.settled_fen == 0, "late_start"),
        else_="arrears",
    )
    named = marked.mutate(cause=cause)
    return named.select(*DUE)
