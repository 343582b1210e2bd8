"""Owed minus settled: one line for each award and month, or grant, where the two differ."""

from __future__ import annotations

import ibis

from rongji.compute.plan.cause import with_cause
from rongji.compute.plan.owed import owed
from rongji.compute.plan.sources import Expression, source
from rongji.compute.shapes import DUE, LINES

FACTS = ("person_id", "term_id", "benefit_id", "rate_id", "units", "begins", "before_fen")


def _nothing(kind: str) -> Expression:
    return ibis.null().cast(kind)


def _owed_side() -> Expression:
    """What is owed of periodic benefits, in the common form of both sides."""
    rows = owed()
    return rows.select(
        "award_id",
        for_month=rows.month,
        person_id=rows.person_id,
        term_id=rows.term_id,
        benefit_id=rows.benefit_id,
        rate_id=rows.rate_id,
        units=rows.units,
        begins=rows.begins,
        before_fen=rows.before_fen,
        owed_fen=rows.owed_fen,
        settled_fen=ibis.literal(0, "int64"),
        settled_lines=ibis.literal(0, "int64"),
    )


def _settled_side() -> Expression:
    """What was settled of periodic benefits for the open months."""
    run = source("run")
    settled = source("settled")
    inside = settled.join(run, [settled.for_month >= run.first_month, settled.for_month <= run.pay_month])
    rows = inside.filter(settled.award_id.notnull())
    return rows.select(
        "award_id",
        for_month=settled.for_month,
        person_id=settled.person_id,
        term_id=_nothing("int64"),
        benefit_id=settled.benefit_id,
        rate_id=_nothing("int32"),
        units=_nothing("int16"),
        begins=_nothing("int32"),
        before_fen=_nothing("int64"),
        owed_fen=ibis.literal(0, "int64"),
        settled_fen=settled.fen,
        settled_lines=ibis.literal(1, "int64"),
    )


def lines() -> Expression:
    """Lines of periodic benefits: both sides laid together, so that what is on one side only stays."""
    both = _owed_side().union(_settled_side(), distinct=False)
    summed = both.group_by("award_id", "for_month").agg(
        **{name: both[name].max() for name in FACTS},
        owed_fen=both.owed_fen.sum(),
        settled_fen=both.settled_fen.sum(),
        settled_lines=both.settled_lines.sum(),
    )
    differing = summed.filter(summed.owed_fen != summed.settled_fen)
    found = differing.mutate(
        due_fen=differing.owed_fen - differing.settled_fen,
        grant_id=_nothing("int64"),
        units=ibis.coalesce(differing.units, 1),
    )
    return found.select(*LINES)


def one_off() -> Expression:
    """Lines of grants that are due by now, or were settled and are no longer owed as much."""
    run = source("run")
    fixed = source("fixed")
    settled = source("settled")
    granted = fixed.join(run, [fixed.due_month >= run.first_month, fixed.due_month <= run.pay_month]).select(
        fixed.grant_id,
        due_month=fixed.due_month,
        settled_month=_nothing("int32"),
        person_id=fixed.person_id,
        benefit_id=fixed.benefit_id,
        owed_fen=fixed.fen,
        settled_fen=ibis.literal(0, "int64"),
    )
    paid = settled.filter(settled.grant_id.notnull()).select(
        "grant_id",
        due_month=_nothing("int32"),
        settled_month="for_month",
        person_id="person_id",
        benefit_id="benefit_id",
        owed_fen=ibis.literal(0, "int64"),
        settled_fen="fen",
    )
    both = granted.union(paid, distinct=False)
    summed = both.group_by("grant_id").agg(
        for_month=ibis.coalesce(both.due_month.max(), both.settled_month.max()),
        person_id=both.person_id.max(),
        benefit_id=both.benefit_id.max(),
        owed_fen=both.owed_fen.sum(),
        settled_fen=both.settled_fen.sum(),
    )
    differing = summed.filter(summed.owed_fen != summed.settled_fen)
    return differing.select(
        "person_id",
        _nothing("int64").name("award_id"),
        "grant_id",
        _nothing("int64").name("term_id"),
        "benefit_id",
        _nothing("int32").name("rate_id"),
        "for_month",
        ibis.literal(1, "int16").name("units"),
        "owed_fen",
        "settled_fen",
        (differing.owed_fen - differing.settled_fen).name("due_fen"),
        ibis.literal("one_off").name("cause"),
    )


def due() -> Expression:
    """Every line of a run: owed, settled, the difference, and its cause."""
    found = with_cause(source("lines")).union(one_off(), distinct=False)
    return found.select(*DUE)
