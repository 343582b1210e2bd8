"""The law of a run, as `rules/entitlement` puts it into plain rows, in the shapes of the engine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from rongji.compute.refusals import AmountTooLarge
from rongji.compute.shapes import (
    DIED,
    END_CODES,
    ENDS,
    EXACT_BELOW,
    EXCLUSIONS,
    KINDS,
    MISSING,
    MOST_UNITS,
    RATES,
    START_CODES,
    STARTS,
    LawArrow,
    table,
)
from rongji.rules.entitlement.law_tables import KindRow, LawTables, RateRow, TimingRow

Row = dict[str, Any]
_AGE_EVENT = "from_age"
_START_EVENTS = {f"start_{word}": code for word, code in START_CODES.items()}
_END_EVENTS = {f"end_{word}": code for word, code in END_CODES.items() if word} | {f"end_{DIED}": END_CODES[DIED]}


def law_arrow(law: LawTables) -> LawArrow:
    """The small tables of one run. Raises: AmountTooLarge."""
    return law_vintages([law])


def law_vintages(laws: Iterable[LawTables]) -> LawArrow:
    """The small tables of a year in which the law becomes known in steps: rates of each, the rest as last known.

    Every one was made for the same kinds and months. Raises: AmountTooLarge.
    """
    vintages = list(laws)
    last = vintages[-1]
    rates = [rate_row(row, vintage) for vintage, law in enumerate(vintages) for row in law.rates]
    missing = {(row.rate_id, row.month): row.refusal for law in vintages for row in law.missing}
    kinds = [{"rate_id": row.rate_id, "benefit_id": row.benefit_id} for row in last.kinds]
    return LawArrow(
        kinds=table(KINDS, kinds),
        rates=table(RATES, rates),
        missing=table(MISSING, [{"rate_id": rate, "month": month} for rate, month in missing]),
        starts=table(STARTS, list(_starts(last))),
        ends=table(ENDS, list(_ends(last))),
        exclusions=table(EXCLUSIONS, list(_exclusions(last))),
        refusals=missing,
    )


def rate_row(row: RateRow, vintage: int = 0) -> Row:
    """One rate. What is rounded month by month stands at the first position of its year, always."""
    return {
        "rate_id": row.rate_id,
        "month": row.month,
        "vintage": vintage,
        "amount_fen": _exact(row.amount_fen, row.divisor),
        "divisor": row.divisor,
        "position": row.position if row.over_year else 1,
        "before_amount_fen": _exact(row.before_amount_fen, row.before_divisor),
        "before_divisor": row.before_divisor,
        "before_position": row.before_position if row.before_over_year else 1,
    }


def _exact(amount_fen: int, divisor: int) -> int:
    """The amount, if its product with any number of units and months is exact in every engine."""
    if 2 * amount_fen * MOST_UNITS * divisor + divisor >= EXACT_BELOW:
        raise AmountTooLarge(amount_fen=amount_fen)
    return amount_fen


def _timings(law: LawTables) -> Iterator[tuple[KindRow, TimingRow]]:
    """Every timing rule with every kind it holds for."""
    for kind in law.kinds:
        for row in law.timings:
            if (row.benefit_id, row.region_id) == (kind.benefit_id, kind.region_id):
                yield kind, row


def _starts(law: LawTables) -> Iterator[Row]:
    """Starts cut to the days within which one age holds: both are reckoned from the same day."""
    rows = list(_timings(law))
    for kind, row in rows:
        if row.event in _START_EVENTS:
            for age in (age for other, age in rows if other is kind and age.event == _AGE_EVENT):
                first, last = max(row.from_day, age.from_day), min(row.to_day, age.to_day)
                if first <= last:
                    shared = _timing(kind, row, first, last)
                    yield shared | {"start": _START_EVENTS[row.event], "from_age": age.age or None}


def _ends(law: LawTables) -> Iterator[Row]:
    for kind, row in _timings(law):
        if row.event in _END_EVENTS:
            yield _timing(kind, row, row.from_day, row.to_day) | {"end": _END_EVENTS[row.event]}


def _timing(kind: KindRow, row: TimingRow, first: date, last: date) -> Row:
    return {
        "rate_id": kind.rate_id,
        "valid_from": first,
        "valid_to": last,
        "by_year": int(row.by_year),
        "offset": row.offset,
    }


def _exclusions(law: LawTables) -> Iterator[Row]:
    for kind in law.kinds:
        for row in law.exclusions:
            if (row.benefit_id, row.region_id) == (kind.benefit_id, kind.region_id):
                yield {
                    "rate_id": kind.rate_id,
                    "other_id": row.other_id,
                    "first_month": row.from_month,
                    "last_month": row.to_month,
                    "higher": int(row.higher),
                }
