"""What makes a reckoning impossible, found before it starts: a row for each kind of fault."""

from __future__ import annotations

import ibis

from rongji.compute.plan.periods import periods
from rongji.compute.plan.sources import Expression, source
from rongji.compute.shapes import END_CODES

NONE = END_CODES[""]


def _summary(kind: str, rows: Expression) -> Expression:
    """How many rows are at fault, and the smallest of them as an example."""
    counted = rows.agg(
        count=rows.count(),
        person_id=rows.person_id.min(),
        award_id=rows.award_id.min(),
        rate_id=rows.rate_id.min(),
    )
    return counted.filter(counted["count"] > 0).select(
        kind=ibis.literal(kind),
        count=counted["count"].cast("int64"),
        person_id=counted.person_id,
        award_id=counted.award_id,
        rate_id=counted.rate_id,
    )


def _without_date() -> Expression:
    claims = source("claims")
    return claims.filter(
        claims.basis_on.isnull() | claims.born_on.isnull() | ((claims["end"] != NONE) & claims.ended_on.isnull())
    )


def _without_timing() -> Expression:
    """Claims whose start or end no timing row covers."""
    claims, starts, ends = source("claims"), source("starts"), source("ends")
    begun = claims.anti_join(
        starts,
        [
            claims.benefit_id == starts.benefit_id,
            claims.start == starts.start,
            claims.basis_on >= starts.valid_from,
            claims.basis_on <= starts.valid_to,
        ],
    )
    ended = claims.filter(claims["end"] != NONE)
    open_ended = ended.anti_join(
        ends,
        [
            ended.benefit_id == ends.benefit_id,
            ended["end"] == ends["end"],
            ended.ended_on >= ends.valid_from,
            ended.ended_on <= ends.valid_to,
        ],
    )
    dead = claims.filter(claims.died_on.notnull())
    undying = dead.anti_join(
        ends,
        [
            dead.benefit_id == ends.benefit_id,
            ends["end"] == END_CODES["died"],
            dead.died_on >= ends.valid_from,
            dead.died_on <= ends.valid_to,
        ],
    )
    return begun.union(open_ended, undying, distinct=False)


def _without_rate() -> Expression:
    """Claims that are live in a month without a rate: counted on the distinct periods of each rate."""
    live = periods()
    rates = source("rates")
    spans = live.select("rate_id", "first", "last").distinct()
    joined = spans.left_join(
        rates,
        [
            spans.rate_id == rates.rate_id,
            rates.month >= spans["first"],
            rates.month <= spans["last"],
            rates.vintage == 0,
        ],
    ).select(spans.rate_id, spans["first"], spans["last"], rates.month)
    counted = joined.group_by("rate_id", "first", "last").agg(months=joined.month.count())
    gaps = counted.filter(counted.months < counted["last"] - counted["first"] + 1)
    return live.semi_join(gaps, ["rate_id", "first", "last"])


def _overlapping() -> Expression:
    """Awards of which two sets of terms are live in one month."""
    live = periods()
    several = live.group_by("award_id").agg(terms=live.count()).filter(lambda t: t.terms > 1)
    mine = live.semi_join(several, "award_id")
    other = mine.view()
    pairs = mine.join(
        other,
        [
            mine.award_id == other.award_id,
            mine.term_id < other.term_id,
            mine["first"] <= other["last"],
            other["first"] <= mine["last"],
        ],
    )
    return pairs.select(mine.person_id, mine.award_id, mine.rate_id)


def faults() -> Expression:
    """All kinds of fault."""
    kinds = {
        "date": _without_date(),
        "timing": _without_timing(),
        "rate": _without_rate(),
        "overlap": _overlapping(),
    }
    summaries = [_summary(kind, rows) for kind, rows in kinds.items()]
    return summaries[0].union(*summaries[1:], distinct=False)
