"""What is owed for every live month: rates, units, rounding, and which of excluding benefits is paid.

Three things keep the large tables cheap. Whatever does not depend on the person (standard, units, rounding) is
reckoned on the small table of rates; months are multiplied out by one join with it; and excluding benefits are
compared only for persons who hold two that exclude each other.
"""

from __future__ import annotations

import ibis

from rongji.compute.plan.sources import Expression, source, step
from rongji.compute.shapes import PAIRS

CARRIED = ("person_id", "award_id", "term_id", "benefit_id", "rate_id", "units", "begins")
LINE = (*CARRIED, "month", "vintage", "owed_fen", "before_fen")


def _rounded(amount: Expression, position: Expression, divisor: Expression) -> Expression:
    """amount × position ÷ divisor in whole fen, half up: (2n + d) // 2d."""
    return (2 * amount * position + divisor) // (2 * divisor)


def _month_of(amount: Expression, position: Expression, divisor: Expression) -> Expression:
    """The share of one month: the rounded sum up to it minus the rounded sum before it.

    A rate that is rounded month by month stands at position one, so that the second is nothing.
    """
    wide = divisor.cast("int64")
    return (_rounded(amount, position, wide) - _rounded(amount, position - 1, wide)).cast("int64")


def prices() -> Expression:
    """Owed per month for every rate and every number of units that occurs (rule `entitlement.owed`).

    before_fen: the same by the standard that was known before.
    """
    rates = source("rates")
    units = source("timed").select("rate_id", "units").distinct()
    joined = rates.join(units, "rate_id")
    now = _month_of(joined.amount_fen * joined.units, joined.position, joined.divisor)
    before = _month_of(joined.before_amount_fen * joined.units, joined.before_position, joined.before_divisor)
    return joined.select("rate_id", "units", "month", "vintage", owed_fen=now, before_fen=before)


def multiplied_out(live: Expression) -> Expression:
    """One row for each claim, month and vintage of knowledge."""
    prices = source("prices")
    joined = live.join(
        prices,
        [
            live.rate_id == prices.rate_id,
            live.units == prices.units,
            prices.month >= live["first"],
            prices.month <= live["last"],
        ],
    )
    priced = (prices.month, prices.vintage, prices.owed_fen, prices.before_fen)
    return step(joined.select(*(live[name] for name in CARRIED), *priced))


def pairs() -> Expression:
    """Every claim with every other of its person that may exclude it, and the months of both.

    The smaller award (or term) of the two stays when amounts and benefits are equal: `earlier` says it is the other.
    """
    live = source("timed")
    several = live.group_by("person_id").agg(claims=live.count()).filter(lambda t: t.claims > 1)
    mine = step(live.semi_join(several, "person_id"))
    other = mine.view()
    both = mine.join(other, [mine.person_id == other.person_id, mine.term_id != other.term_id])
    award = other.award_id - mine.award_id
    met = step(
        both.select(
            mine.person_id,
            mine.term_id,
            mine.rate_id,
            mine.units,
            other_rate=other.rate_id,
            other_units=other.units,
            other_id=other.benefit_id,
            first=ibis.greatest(mine["first"], other["first"]),
            last=ibis.least(mine["last"], other["last"]),
            earlier=((award < 0) | ((award == 0) & (other.term_id < mine.term_id))).cast("int8"),
        )
    )
    meeting = met.filter(met["first"] <= met["last"])
    rules = source("exclusions")
    return meeting.semi_join(
        rules,
        [
            meeting.rate_id == rules.rate_id,
            meeting.other_id == rules.other_id,
            meeting["first"] <= rules.last_month,
            meeting["last"] >= rules.first_month,
        ],
    ).select(*PAIRS)


RIVALRY = ("rate_id", "units", "other_rate", "other_units", "other_id")


def defeats() -> Expression:
    """Months and vintages in which one rate gives way to another: a matter of the small tables alone.

    level: equal in amount and benefit, so that the numbers of the two awards decide (rule `entitlement.exclusion`).
    """
    kinds, rules, prices = source("kinds"), source("exclusions"), source("prices")
    other = prices.view()
    met = step(source("pairs").select(*RIVALRY).distinct())
    mine = step(
        met.join(prices, ["rate_id", "units"])
        .join(kinds, "rate_id")
        .select(*(met[name] for name in RIVALRY), prices.month, prices.vintage, prices.owed_fen, kinds.benefit_id)
    )
    both = mine.join(
        other,
        [
            mine.other_rate == other.rate_id,
            mine.other_units == other.units,
            mine.month == other.month,
            mine.vintage == other.vintage,
        ],
    )
    duels = step(both.select(*(mine[name] for name in mine.columns), other_fen=other.owed_fen))
    due = duels.filter((duels.owed_fen > 0) & (duels.other_fen > 0))
    judged = due.join(
        rules,
        [
            due.rate_id == rules.rate_id,
            due.other_id == rules.other_id,
            due.month >= rules.first_month,
            due.month <= rules.last_month,
        ],
    )
    equal = due.owed_fen == due.other_fen
    loses = (rules.higher == 0) | (due.other_fen > due.owed_fen) | (equal & (due.other_id < due.benefit_id))
    level = equal & (due.other_id == due.benefit_id)
    kept = (due[name] for name in ("rate_id", "units", "other_rate", "other_units", "month", "vintage"))
    lost = step(judged.select(*kept, loses=loses, level=level))
    return step(lost.filter(lost.loses | lost.level))


def suppressed() -> Expression:
    """Term, month and vintage of everything that gives way to another claim of its person."""
    lost, pairs = defeats(), source("pairs")
    joined = pairs.join(
        lost,
        [
            pairs.rate_id == lost.rate_id,
            pairs.units == lost.units,
            pairs.other_rate == lost.other_rate,
            pairs.other_units == lost.other_units,
            lost.month >= pairs["first"],
            lost.month <= pairs["last"],
            lost.loses | (pairs.earlier == 1),
        ],
    )
    return step(joined.select(pairs.term_id, lost.month, lost.vintage))


def with_a_rival() -> Expression:
    """Rows of claims that meet a rival, without those that give way."""
    rows = multiplied_out(step(source("timed").semi_join(source("pairs"), "term_id")))
    return step(rows.anti_join(suppressed(), ["term_id", "month", "vintage"]))


def unrivalled() -> Expression:
    """All other claims."""
    return step(source("timed").anti_join(source("pairs"), "term_id"))


def owed() -> Expression:
    """Owed for every award and open month, as the one vintage of knowledge has it."""
    free = multiplied_out(unrivalled()).select(*LINE)
    return step(free.union(with_a_rival().select(*LINE), distinct=False))
