"""A whole year at once: what each run of the year pays, for budgets, what-if and comparison.

The facts of people are taken as known; only the law becomes known in steps (vintages). A step pays, in one run, one
month as one vintage has it, less what an earlier vintage had paid for it. A step that changes nothing yields no row.
"""

from __future__ import annotations

import ibis

from rongji.compute.plan.owed import unrivalled, with_a_rival
from rongji.compute.plan.sources import Expression, source, step
from rongji.compute.shapes import LEDGER


def _priced_steps() -> Expression:
    """For every rate and number of units: what each step pays. New minus old on the small table, zeros left out."""
    steps, prices = source("steps"), source("prices")
    old = prices.view()
    new = steps.join(prices, [steps.for_month == prices.month, steps.vintage == prices.vintage]).select(
        steps.pay_month, steps.for_month, steps.before, prices.rate_id, prices.units, prices.owed_fen
    )
    both = new.left_join(
        old,
        [
            new.rate_id == old.rate_id,
            new.units == old.units,
            new.for_month == old.month,
            new.before == old.vintage,
        ],
    )
    priced = both.select(
        new.rate_id,
        new.units,
        new.pay_month,
        new.for_month,
        due_fen=new.owed_fen - ibis.coalesce(old.owed_fen, 0),
    )
    return priced.filter(priced.due_fen != 0)


def _free_rows() -> Expression:
    """Rows of claims without a rival."""
    steps, free = step(_priced_steps()), unrivalled()
    joined = free.join(
        steps,
        [
            free.rate_id == steps.rate_id,
            free.units == steps.units,
            steps.for_month >= free["first"],
            steps.for_month <= free["last"],
        ],
    )
    return joined.select(free.person_id, free.award_id, free.rate_id, steps.pay_month, steps.for_month, steps.due_fen)


def _contested_rows() -> Expression:
    """Rows of claims with a rival: a new vintage may turn the choice, so both sides are laid together."""
    held = with_a_rival()
    steps = source("steps")
    new = held.join(steps, [held.month == steps.for_month, held.vintage == steps.vintage]).select(
        held.person_id, held.award_id, held.rate_id, steps.pay_month, steps.for_month, fen=held.owed_fen
    )
    old = held.join(steps, [held.month == steps.for_month, held.vintage == steps.before]).select(
        held.person_id, held.award_id, held.rate_id, steps.pay_month, steps.for_month, fen=-held.owed_fen
    )
    both = new.union(old, distinct=False)
    summed = both.group_by("person_id", "award_id", "rate_id", "pay_month", "for_month").agg(due_fen=both.fen.sum())
    return summed.filter(summed.due_fen != 0)


def ledger() -> Expression:
    """One row for each award, run and month that the run pays."""
    rows = _free_rows().union(_contested_rows(), distinct=False)
    return rows.select(*LEDGER)


def totals() -> Expression:
    """The ledger summed by run, month and rate; weighted: fen times a number of the person, so that a swap shows."""
    rows = ledger()
    return rows.group_by("pay_month", "for_month", "rate_id").agg(
        lines=rows.count(),
        fen=rows.due_fen.sum(),
        weighted=(rows.due_fen * (rows.person_id % 1009)).sum(),
    )
