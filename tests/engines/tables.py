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
    RATES,
    RELATION_CODES,
    SETTLED,
    START_CODES,
    STARTS,
    WORD_CODES,
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


def rates(*rows: tuple[int, str, str, int, int], august: int | None = None, vintage: int = 0) -> list[dict[str, Any]]:
    """Rates: (rate, first month, last month, fen, divisor). august: index from which positions are counted."""
    made = []
    for rate_id, first, last, fen, divisor in rows:
        for index in range(month(first), month(last) + 1):
            position = 1 if august is None else (index - august) % 12 + 1
            made.append(
                {
                    "rate_id": rate_id,
                    "month": index,
                    "vintage": vintage,
                    "amount_fen": fen,
                    "divisor": divisor,
                    "position": position,
                }
            )
    return made


def law(
    rate_rows: list[dict[str, Any]],
    *,
    ages: dict[int, int] | None = None,
    exclusions: list[dict[str, Any]] | None = None,
    benefits: range = range(1, 10),
) -> LawArrow:
    """The timing of the national rules for every benefit; ages by benefit; exclusions as given."""
    start_words = {"approved": "next_month", "moved_in": "next_january", "changed": "next_month"}
    end_words = dict.fromkeys(("changed", "disqualified", "placed", "gave_up", "died"), "same_month")
    end_words["moved_out"] = "december"
    starts = [
        {
            "benefit_id": benefit,
            "start": START_CODES[kind],
            "word": WORD_CODES[word],
            "from_age": (ages or {}).get(benefit),
            **ALWAYS,
        }
        for benefit in benefits
        for kind, word in start_words.items()
    ]
    ends = [
        {"benefit_id": benefit, "end": END_CODES[kind], "word": WORD_CODES[word], **ALWAYS}
        for benefit in benefits
        for kind, word in end_words.items()
    ]
    return LawArrow(table(RATES, rate_rows), table(STARTS, starts), table(ENDS, ends), table(EXCLUSIONS, exclusions))


def exclusion(benefit: int, other: int, relation: str, rank: int = 1, other_rank: int = 2) -> dict[str, Any]:
    """One ordered pair of the exclusion matrix, for all months."""
    return {
        "benefit_id": benefit,
        "other_id": other,
        "relation": RELATION_CODES.get(relation, 0),
        "rank": rank,
        "other_rank": other_rank,
        "first_month": 0,
        "last_month": 200_000,
    }
