"""First and last month of every claim: the timing rules as a set expression (rule `entitlement.period`)."""

from __future__ import annotations

import ibis

from rongji.compute.plan.sources import Expression, month_index, small, source, step
from rongji.compute.shapes import DIED, END_CODES, FAULT_CODES, TIMED

NEVER = 2_000_000
KEPT = ("person_id", "award_id", "term_id", "benefit_id", "rate_id", "units")
DAYS = ("end", "basis_on", "born_on", "ended_on", "died_on")


def _led_to(day: Expression, by_year: Expression, offset: Expression) -> Expression:
    """The month that a rule makes of a day: so many after its own month, or after the January of its year."""
    return small(day.year() * 12 + offset + (1 - by_year) * (day.month() - 1))


def _begun(claims: Expression) -> Expression:
    """Claims with their first month: what the start leads to, not before the month of the birthday that it takes."""
    starts = source("starts")
    matched = claims.left_join(
        starts,
        [
            claims.rate_id == starts.rate_id,
            claims.start == starts.start,
            claims.basis_on >= starts.valid_from,
            claims.basis_on <= starts.valid_to,
        ],
    )
    first = _led_to(claims.basis_on, starts.by_year, starts.offset)
    birthday = ibis.coalesce(month_index(claims.born_on) + starts.from_age * 12, 0)
    begins = ibis.ifelse(starts.offset.isnull(), ibis.null("int32"), small(ibis.greatest(first, birthday)))
    return step(matched.select(*(claims[name] for name in (*KEPT, *DAYS)), begins=begins))


def _ended(claims: Expression, name: str, day: str, kind: Expression) -> Expression:
    """Claims with one more column: the last month that an end of this kind leads to, NEVER where there is none."""
    ends = source("ends").view()
    matched = claims.left_join(
        ends,
        [
            claims.rate_id == ends.rate_id,
            ends.end == kind,
            claims[day] >= ends.valid_from,
            claims[day] <= ends.valid_to,
        ],
    )
    last = ibis.ifelse(claims[day].isnull(), NEVER, _led_to(claims[day], ends.by_year, ends.offset))
    return step(matched.select(*(claims[column] for column in claims.columns), **{name: last}))


def _fault(row: Expression) -> Expression:
    """What makes a claim impossible to reckon, 0 if nothing does."""
    lacks_day = row.basis_on.isnull() | row.born_on.isnull()
    half_ended = (row.end == END_CODES[""]) != row.ended_on.isnull()
    unruled = row.begins.isnull() | row.ends.isnull() | row.dies.isnull()
    return ibis.cases(
        (lacks_day, FAULT_CODES["date"]),
        (half_ended, FAULT_CODES["end"]),
        (row.ended_on < row.basis_on, FAULT_CODES["order"]),
        (unruled, FAULT_CODES["timing"]),
        (row.units < 1, FAULT_CODES["units"]),
        else_=0,
    )


def timed() -> Expression:
    """Every claim that pays in at least one open month, with its first and last month within them; and faulty ones."""
    run = source("run")
    claims = _begun(source("claims"))
    claims = _ended(claims, "ends", "ended_on", claims.end)
    claims = _ended(claims, "dies", "died_on", ibis.literal(END_CODES[DIED]))
    clipped = step(
        claims.cross_join(run).select(
            *(claims[name] for name in KEPT),
            begins=claims.begins,
            first=ibis.greatest(claims.begins, run.first_month),
            last=ibis.least(claims.ends, claims.dies, run.pay_month),
            fault=_fault(claims),
        )
    )
    kept = clipped.filter((clipped["first"] <= clipped["last"]) | (clipped.fault > 0))
    return kept.select(*TIMED)
