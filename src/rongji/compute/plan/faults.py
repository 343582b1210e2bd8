"""What makes a reckoning impossible, found before it starts: a row for each kind of fault, with an example."""

from __future__ import annotations

import ibis

from rongji.compute.plan.sources import Expression, source, step
from rongji.compute.shapes import FAULT_CODES


def _summary(rows: Expression) -> Expression:
    """By kind of fault how many claims, and the one of the lowest number."""
    return rows.group_by("fault").agg(
        claims=rows.count(),
        person_id=rows.person_id.argmin(rows.award_id),
        award_id=rows.award_id.min(),
        rate_id=rows.rate_id.argmin(rows.award_id),
        month=rows["month"].argmin(rows.award_id),
    )


def _of_claims() -> Expression:
    """Claims at fault by themselves; one whose rate is unknown has no timing either."""
    rows = source("timed").filter(lambda t: t.fault > 0)
    kinds = source("kinds")
    joined = rows.left_join(kinds, rows.rate_id == kinds.rate_id)
    unknown = kinds.benefit_id.isnull() & (rows.fault == FAULT_CODES["timing"])
    fault = ibis.ifelse(unknown, FAULT_CODES["rate"], rows.fault.cast("int32"))
    return step(
        joined.select(
            fault=fault.cast("int32"),
            person_id=rows.person_id,
            award_id=rows.award_id,
            rate_id=rows.rate_id,
            month=ibis.literal(0, "int32"),
        )
    )


def _of_law() -> Expression:
    """Claims that are live in a month for which the law refuses."""
    live = source("timed").filter(lambda t: t.fault == 0)
    missing = source("missing")
    joined = live.join(
        missing,
        [live.rate_id == missing.rate_id, missing.month >= live["first"], missing.month <= live["last"]],
    )
    return step(
        joined.select(
            fault=ibis.literal(FAULT_CODES["law"], "int32"),
            person_id=live.person_id,
            award_id=live.award_id,
            rate_id=live.rate_id,
            month=missing.month,
        )
    )


def faults() -> Expression:
    """All kinds of fault."""
    return _summary(_of_claims().union(_of_law(), distinct=False))
