"""Why a line is due (rule `entitlement.cause`)."""

from __future__ import annotations

import ibis

from rongji.compute.plan.sources import Expression, source, step
from rongji.compute.shapes import DUE
from rongji.rules.entitlement.cause import ROUNDING_NOISE


def _exchanges(lines: Expression) -> Expression:
    """Persons and months in which something is taken back and something else paid."""
    signs = lines.group_by("person_id", "for_month").agg(least=lines.due_fen.min(), most=lines.due_fen.max())
    return signs.filter((signs.least < 0) & (signs.most > 0)).select("person_id", "for_month", exchanged=True)


def _awards_settled() -> Expression:
    """Awards for which anything was settled, and what was settled for the month before the pay month."""
    run = source("run")
    settled = source("settled")
    rows = settled.filter(settled.award_id.notnull()).cross_join(run)
    last = ibis.ifelse(rows.for_month == rows.pay_month - 1, rows.fen, 0)
    return rows.mutate(last=last).group_by("award_id").agg(last_fen=lambda t: t["last"].sum())


def _of_pay_month(line: Expression) -> Expression:
    """New, raised or regular: for what is due in the month of the run itself."""
    first_run = line.first_month == line.pay_month
    new = line.last_fen.isnull() & ((line.begins == line.pay_month) | ~first_run)
    raised = (line.last_fen != 0) & (line.owed_fen > line.last_fen + ROUNDING_NOISE)
    return ibis.cases((new, "new"), (raised, "raised"), else_="regular")


def _cause(line: Expression) -> Expression:
    settled_before = ibis.ifelse(line.settled_fen == line.before_fen, "arrears", "corrected")
    return ibis.cases(
        (line.exchanged.notnull(), "exchanged"),
        (line.due_fen < 0, "overpaid"),
        (line.settled_lines > 0, settled_before),
        (line.for_month < line.pay_month, "late_start"),
        else_=_of_pay_month(line),
    )


def with_cause(lines: Expression) -> Expression:
    """Lines in the form of the result, each with its cause."""
    exchanges = step(_exchanges(lines))
    awards = step(_awards_settled())
    run = source("run")
    joined = lines.left_join(
        exchanges, [lines.person_id == exchanges.person_id, lines.for_month == exchanges.for_month]
    ).left_join(awards, lines.award_id == awards.award_id)
    marked = step(joined.select(*(lines[name] for name in lines.columns), exchanges.exchanged, awards.last_fen))
    complete = step(marked.cross_join(run))
    return complete.mutate(cause=_cause(complete)).select(*DUE)
