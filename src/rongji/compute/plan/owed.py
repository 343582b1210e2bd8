"""What is owed for every live month: rates, units, rounding, and which of excluding benefits is paid.

Three things keep the large tables cheap. Whatever does not depend on the person (standard, units, rounding) is
reckoned on the small table of rates; months are multiplied out by one join with it; and excluding benefits are
compared only for persons who hold two that exclude each other.
"""

from __future__ import annotations

import ibis

from rongji.compute.plan.periods import periods
from rongji.compute.plan.sources import Expression, source, step
from rongji.compute.shapes import HIGHER, YIELDS

LINE = ("person_id", "award_id", "term_id", "benefit_id", "rate_id", "units", "begins", "month", "vintage", "owed_fen")


def _rounded(amount: Expression, position: Expression, divisor: Expression) -> Expression:
    """amount × position ÷ divisor in whole fen, half up: (2n + d) // 2d."""
    return (2 * amount * position + divisor) // (2 * divisor)


def tariff(live: Expression) -> Expression:
    """Owed per month for every rate and every number of units that occurs (rule `entitlement/account`).

    The share of a month is the rounded sum up to it minus the rounded sum before it; a rate that is rounded month by
    month stands at position one, so that the second is nothing.
    """
    rates = source("rates")
    units = live.select("rate_id", "units").distinct()
    joined = rates.join(units, "rate_id")
    yearly = joined.amount_fen * joined.units
    divisor = joined.divisor.cast("int64")
    owed = _rounded(yearly, joined.position, divisor) - _rounded(yearly, joined.position - 1, divisor)
    return step(joined.select("rate_id", "units", "month", "vintage", owed_fen=owed.cast("int64")))


def multiplied_out(live: Expression, prices: Expression) -> Expression:
    """One row for each claim, month and vintage of knowledge."""
    joined = live.join(
        prices,
        [
            live.rate_id == prices.rate_id,
            live.units == prices.units,
            prices.month >= live["first"],
            prices.month <= live["last"],
        ],
    )
    carried = ("person_id", "award_id", "term_id", "benefit_id", "rate_id", "units", "begins")
    return step(joined.select(*(live[name] for name in carried), prices.month, prices.vintage, prices.owed_fen))


def contested_persons(live: Expression) -> Expression:
    """Persons who hold two claims of which one excludes the other in some month of both."""
    several = live.group_by("person_id").agg(claims=live.count()).filter(lambda t: t.claims > 1)
    mine = live.semi_join(several, "person_id")
    other = mine.view()
    rules = source("exclusions")
    pairs = mine.join(other, [mine.person_id == other.person_id, mine.term_id != other.term_id]).select(
        mine.person_id,
        mine.benefit_id,
        other_id=other.benefit_id,
        first=ibis.greatest(mine["first"], other["first"]),
        last=ibis.least(mine["last"], other["last"]),
    )
    pairs = step(pairs.filter(pairs["first"] <= pairs["last"]))
    excluding = pairs.join(
        rules,
        [
            pairs.benefit_id == rules.benefit_id,
            pairs.other_id == rules.other_id,
            rules.relation.isin([HIGHER, YIELDS]),
            pairs["first"] <= rules.last_month,
            pairs["last"] >= rules.first_month,
        ],
    )
    return step(excluding.select("person_id").distinct())


def suppressed(rows: Expression) -> Expression:
    """Term, month and vintage of every row that gives way to another of its person (rule `entitlement/exclusion`)."""
    other = rows.view()
    rules = source("exclusions")
    pairs = rows.join(
        other,
        [
            rows.person_id == other.person_id,
            rows.month == other.month,
            rows.vintage == other.vintage,
            rows.term_id != other.term_id,
        ],
    ).select(
        rows.term_id,
        rows.month,
        rows.vintage,
        rows.benefit_id,
        rows.award_id,
        rows.owed_fen,
        other_id=other.benefit_id,
        other_award=other.award_id,
        other_fen=other.owed_fen,
    )
    judged = pairs.join(
        rules,
        [
            pairs.benefit_id == rules.benefit_id,
            pairs.other_id == rules.other_id,
            pairs.month >= rules.first_month,
            pairs.month <= rules.last_month,
        ],
    )
    earlier = (judged.other_rank < judged["rank"]) | (
        (judged.other_rank == judged["rank"]) & (judged.other_award < judged.award_id)
    )
    higher = (judged.other_fen > judged.owed_fen) | ((judged.other_fen == judged.owed_fen) & earlier)
    gives_way = ((judged.relation == HIGHER) & higher) | ((judged.relation == YIELDS) & (judged.other_fen > 0))
    return judged.filter(gives_way).select("term_id", "month", "vintage").distinct()


def with_a_choice(live: Expression, prices: Expression, persons: Expression) -> Expression:
    """Rows of persons with a choice, without those that give way."""
    rows = multiplied_out(step(live.semi_join(persons, "person_id")), prices)
    return step(rows.anti_join(suppressed(rows), ["term_id", "month", "vintage"]))


def without_a_choice(live: Expression, prices: Expression, persons: Expression) -> Expression:
    """Rows of everybody else."""
    return multiplied_out(step(live.anti_join(persons, "person_id")), prices)


def owed() -> Expression:
    """Owed for every award and open month, as the one vintage of knowledge has it."""
    live = periods()
    prices = tariff(live)
    persons = contested_persons(live)
    chosen = with_a_choice(live, prices, persons).select(*LINE)
    return step(without_a_choice(live, prices, persons).select(*LINE).union(chosen, distinct=False))
