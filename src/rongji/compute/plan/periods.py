"""First and last month of every claim: the timing rules as a set expression (rule `entitlement/periods`)."""

from __future__ import annotations

import ibis

from rongji.compute.plan.sources import Expression, month_index, small, source, step
from rongji.compute.shapes import DECEMBER, END_CODES, NEXT_JANUARY, NEXT_MONTH

NEVER = 2_000_000
KEPT = ("person_id", "award_id", "term_id", "benefit_id", "rate_id", "units")


def _word(day: Expression, word: Expression) -> Expression:
    """The month that a word of the timing table makes of a day."""
    month = month_index(day)
    return ibis.cases(
        (word == NEXT_MONTH, month + 1),
        (word == DECEMBER, day.year() * 12 + 11),
        (word == NEXT_JANUARY, day.year() * 12 + 12),
        else_=month,
    )


def _with_starts(claims: Expression) -> Expression:
    """Claims with the word of their start and the age from which the benefit is paid, as of the day of reckoning."""
    starts = source("starts")
    matched = claims.join(
        starts,
        [
            claims.benefit_id == starts.benefit_id,
            claims.start == starts.start,
            claims.basis_on >= starts.valid_from,
            claims.basis_on <= starts.valid_to,
        ],
    )
    return matched.select(*(claims[name] for name in claims.columns), start_word=starts.word, from_age=starts.from_age)


def _end_word(claims: Expression, name: str, kind: Expression, day: str) -> Expression:
    """Claims with one more column: the word of the end of this kind on this day, null where there is none."""
    ends = source("ends").view()
    matched = claims.left_join(
        ends,
        [
            claims.benefit_id == ends.benefit_id,
            ends.end == (claims[kind] if isinstance(kind, str) else kind),
            claims[day] >= ends.valid_from,
            claims[day] <= ends.valid_to,
        ],
    )
    return matched.select(*(claims[column] for column in claims.columns), **{name: ends.word})


def _first(row: Expression) -> Expression:
    """First month: the start word, but not before the month of the birthday from which the benefit is paid."""
    birthday = month_index(row.born_on) + row.from_age * 12
    return ibis.greatest(_word(row.basis_on, row.start_word), ibis.coalesce(birthday, 0))


def _last(row: Expression) -> Expression:
    """Last month: of the end and of the death the earlier; a claim that has neither goes on."""
    ended = ibis.coalesce(_word(row.ended_on, row.end_word), NEVER)
    died = ibis.coalesce(_word(row.died_on, row.died_word), NEVER)
    return ibis.least(ended, died)


def periods() -> Expression:
    """Every claim that pays in at least one open month, with its first and last month within them."""
    run = source("run")
    claims = _end_word(_with_starts(source("claims")), "end_word", "end", "ended_on")
    claims = _end_word(claims, "died_word", ibis.literal(END_CODES["died"]), "died_on")
    timed = claims.select(*KEPT, begins=small(_first(claims)), ends=small(_last(claims)))
    clipped = timed.cross_join(run).select(
        *(timed[name] for name in KEPT),
        first=ibis.greatest(timed.begins, run.first_month),
        last=ibis.least(timed.ends, run.pay_month),
        begins=timed.begins,
    )
    return step(clipped.filter(clipped["first"] <= clipped["last"]))
