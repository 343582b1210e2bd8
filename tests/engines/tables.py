"""Small tables for engine tests: claims, rates and timing in the words of the field."""

from datetime import date
from typing import Any

import pyarrow as pa

from rongji.compute.shapes import (
    CLAIMS,
    END_CODES,
    ENDS,
    EXCLUSIONS,
    FIXED,
    KINDS,
    MISSING,
    RATES,
    SETTLED,
    START_CODES,
    STARTS,
    LawArrow,
    table,
)
from rongji.kernel.month import Month

ALWAYS = {"valid_from": date(1900, 1, 1), "valid_to": date(9999, 12, 31)}


def month(text: str) -> int:
    """2024-08 as an index."""
    return Month.parse(text).index


def claim(award_id: int, **changes: Any) -> dict[str, Any]:
    """A claim approved long ago, of person 1 unless said otherwise."""
    plain = {
        "person_id": 1,
        "award_id": award_id,
        "term_id": award_id * 10,
        "benefit_id": 1,
        "rate_id": 1,
        "units": 1,
        "start": START_CODES["approved"],
        "end": END_CODES[""],
        "basis_on": date(2010, 3, 15),
        "born_on": date(1950, 6, 1),
        "died_on": None,
        "ended_on": None,
    }
    return plain | changes


def claims(*rows: dict[str, Any]) -> pa.Table:
    """The table of claims."""
    return table(CLAIMS, list(rows))


def settled(*rows: tuple[int, str, int]) -> pa.Table:
    """What was settled: (award, month, fen), of person 1 and benefit 1."""
    return table(
        SETTLED,
        [
            {"person_id": 1, "award_id": award, "benefit_id": 1, "for_month": month(when), "fen": fen}
            for award, when, fen in rows
        ],
    )


def fixed(*rows: tuple[int, str, int]) -> pa.Table:
    """Grants: (grant, month due, fen), of person 1."""
    return table(
        FIXED,
        [
            {"person_id": 1, "grant_id": grant, "benefit_id": 9, "due_month": month(when), "fen": fen}
            for grant, when, fen in rows
        ],
    )


def rates(*rows: tuple[int, str, str, int, int], august: int | None = None) -> list[dict[str, Any]]:
    """Rates: (rate, first month, last month, fen, divisor). august: index from which positions are counted."""
    return [
        {
            "rate_id": rate_id,
            "month": index,
            "vintage": 0,
            "amount_fen": fen,
            "divisor": divisor,
            "position": 1 if august is None else (index - august) % 12 + 1,
            "before_amount_fen": 0,
            "before_divisor": 1,
            "before_position": 1,
        }
        for rate_id, first, last, fen, divisor in rows
        for index in range(month(first), month(last) + 1)
    ]


NEXT_MONTH, SAME_MONTH = {"by_year": 0, "offset": 1}, {"by_year": 0, "offset": 0}
NEXT_JANUARY, IN_DECEMBER = {"by_year": 1, "offset": 12}, {"by_year": 1, "offset": 11}
START_RULES = {"approved": NEXT_MONTH, "moved_in": NEXT_JANUARY, "changed": NEXT_MONTH}
END_RULES = dict.fromkeys(("changed", "disqualified", "placed", "gave_up", "died"), SAME_MONTH)
END_RULES["moved_out"] = IN_DECEMBER


def law(rate_rows: list[dict[str, Any]], *, exclusions: list[dict[str, Any]] | None = None) -> LawArrow:
    """Rates as given, with the general timing rules for each; benefit 1 throughout; exclusions as given."""
    ids = sorted({row["rate_id"] for row in rate_rows})
    starts = [
        {"rate_id": rate, "start": START_CODES[kind], **rule, **ALWAYS}
        for rate in ids
        for kind, rule in START_RULES.items()
    ]
    ends = [
        {"rate_id": rate, "end": END_CODES[kind], **rule, **ALWAYS} for rate in ids for kind, rule in END_RULES.items()
    ]
    return LawArrow(
        kinds=table(KINDS, [{"rate_id": rate, "benefit_id": 1} for rate in ids]),
        rates=table(RATES, rate_rows),
        missing=table(MISSING),
        starts=table(STARTS, starts),
        ends=table(ENDS, ends),
        exclusions=table(EXCLUSIONS, exclusions),
    )
