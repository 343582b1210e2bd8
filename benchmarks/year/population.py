"""The population of the benchmark: made from a seed, the same every time.

A year with a standard that rises in August and is published in October; about 1.09 awards a person; six persons in a
hundred hold two benefits of which one gives way; people turn sixty, die, begin and end within the year.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from rongji.compute.shapes import (
    END_CODES,
    ENDS,
    EXCLUSIONS,
    KINDS,
    MISSING,
    RATES,
    START_CODES,
    STARTS,
    STEPS,
    Inputs,
    LawArrow,
    table,
)

YEAR = 2026
JANUARY, DECEMBER = YEAR * 12, YEAR * 12 + 11
AUGUST, OCTOBER = JANUARY + 7, JANUARY + 9
DISTRICTS = 16
BEFORE_OCTOBER, FROM_OCTOBER = 0, 1

# benefit, number of keys of its standard, divisor, age from which it is paid
DISABILITY, SURVIVOR, WAR, ILL, RURAL, MARTYR_CHILD, SUPPLEMENT = range(1, 8)
KEYS = {DISABILITY: 26, SURVIVOR: 3, WAR: 1, ILL: 1, RURAL: 1, MARTYR_CHILD: 1, SUPPLEMENT: 1}
DIVISORS = {DISABILITY: 12, SURVIVOR: 12, WAR: 1, ILL: 1, RURAL: 12, MARTYR_CHILD: 12, SUPPLEMENT: 1}
AGES = {RURAL: 60, MARTYR_CHILD: 60}
LOWEST = {DISABILITY: 1014000, SURVIVOR: 2736000, WAR: 75000, ILL: 70000, RURAL: 64800, MARTYR_CHILD: 774000}
FAMILY = (DISABILITY, SURVIVOR, WAR, ILL, MARTYR_CHILD)
UNRAISED = SUPPLEMENT
MAXIMUM_RATES = 40 * DISTRICTS


def rate_id(benefit: int, key: int, district: int) -> int:
    """Dense number of a benefit's key in one district."""
    before = sum(count for other, count in KEYS.items() if other < benefit)
    return (before + key) * DISTRICTS + district


def _amount(benefit: int, key: int, district: int, vintage: int, month: int) -> int:
    """Fen: steps by key, a little more in richer districts, raised from August once that is known."""
    if benefit == UNRAISED:
        return 20000 + 500 * district
    base = LOWEST[benefit] + key * 417000 + district * 1200
    raised = vintage == FROM_OCTOBER and month >= AUGUST
    # Grades rise by different shares, so that for some persons the higher of two benefits changes.
    return base * (100 + 5 + (key + benefit) % 4) // 100 // 1000 * 1000 if raised else base


def kinds() -> list[tuple[int, int, int]]:
    """Benefit, key and district of every rate."""
    return [(b, key, district) for b, keys in KEYS.items() for key in range(keys) for district in range(DISTRICTS)]


def law() -> LawArrow:
    """The small tables."""
    rates = [
        {
            "rate_id": rate_id(benefit, key, district),
            "month": month,
            "vintage": vintage,
            "amount_fen": _amount(benefit, key, district, vintage, month),
            "divisor": DIVISORS[benefit],
            "position": 1,
            "before_amount_fen": 0,
            "before_divisor": 1,
            "before_position": 1,
        }
        for benefit, key, district in kinds()
        for month in range(JANUARY, DECEMBER + 1)
        for vintage in (BEFORE_OCTOBER, FROM_OCTOBER)
    ]
    return LawArrow(
        kinds=table(KINDS, [{"rate_id": rate_id(*kind), "benefit_id": kind[0]} for kind in kinds()]),
        rates=table(RATES, rates),
        missing=table(MISSING),
        starts=table(STARTS, _starts()),
        ends=table(ENDS, _ends()),
        exclusions=table(EXCLUSIONS, _pairs()),
    )


ALWAYS = {"valid_from": date(1900, 1, 1), "valid_to": date(9999, 12, 31)}
NEXT_MONTH, SAME_MONTH = {"by_year": 0, "offset": 1}, {"by_year": 0, "offset": 0}
NEXT_JANUARY, IN_DECEMBER = {"by_year": 1, "offset": 12}, {"by_year": 1, "offset": 11}
START_RULES = {"approved": NEXT_MONTH, "moved_in": NEXT_JANUARY, "changed": NEXT_MONTH}
END_RULES = dict.fromkeys(("changed", "disqualified", "placed", "gave_up", "died"), SAME_MONTH) | {
    "moved_out": IN_DECEMBER
}


def _starts() -> list[dict[str, Any]]:
    return [
        {"rate_id": rate_id(*kind), "start": START_CODES[word], "from_age": AGES.get(kind[0]), **rule, **ALWAYS}
        for kind in kinds()
        for word, rule in START_RULES.items()
    ]


def _ends() -> list[dict[str, Any]]:
    return [
        {"rate_id": rate_id(*kind), "end": END_CODES[word], **rule, **ALWAYS}
        for kind in kinds()
        for word, rule in END_RULES.items()
    ]


def _pairs() -> list[dict[str, Any]]:
    """The periodic benefits: the higher; the old soldiers' allowance gives way to any; the supplement goes with all."""
    months = {"first_month": 0, "last_month": 200_000}
    excluding = [kind for kind in kinds() if kind[0] != SUPPLEMENT]
    return [
        {"rate_id": rate_id(*kind), "other_id": other, "higher": int(kind[0] != RURAL), **months}
        for kind in excluding
        for other in FAMILY
    ]


def steps() -> Any:
    """Every month in its own run; August and September again in October, as new minus old."""
    rows = [
        {
            "pay_month": month,
            "for_month": month,
            "vintage": FROM_OCTOBER if month >= OCTOBER else BEFORE_OCTOBER,
            "before": -1,
        }
        for month in range(JANUARY, DECEMBER + 1)
    ]
    rows += [
        {"pay_month": OCTOBER, "for_month": month, "vintage": FROM_OCTOBER, "before": BEFORE_OCTOBER}
        for month in range(AUGUST, OCTOBER)
    ]
    return table(STEPS, rows)


def inputs(claims: Path) -> Inputs:
    """What the engine is given."""
    return Inputs(claims=claims, law=law(), first_month=JANUARY, pay_month=DECEMBER, steps=steps())


_PEOPLE = """
CREATE TEMP MACRO dice(i, salt) AS hash(i * 64 + salt + {seed}::BIGINT * 1000003) % 10000;
CREATE TEMP TABLE people AS
SELECT i AS person_id,
  CASE WHEN dice(i, 1) < 3000 THEN 1 WHEN dice(i, 1) < 3800 THEN 2 WHEN dice(i, 1) < 5300 THEN 3
       WHEN dice(i, 1) < 6300 THEN 4 WHEN dice(i, 1) < 9300 THEN 5 ELSE 6 END AS benefit,
  dice(i, 2) % {districts} AS district,
  make_date(1944 + (dice(i, 3) % 25)::INT, 1 + (dice(i, 4) % 12)::INT, 1 + (dice(i, 5) % 28)::INT) AS born_on,
  CASE WHEN dice(i, 6) < 300
       THEN make_date({year}, 1 + (dice(i, 7) % 12)::INT, 1 + (dice(i, 8) % 28)::INT) END AS died_on
FROM range(1, {count} + 1) AS t(i);
CREATE TEMP TABLE held AS
SELECT *, 0 AS second FROM people
UNION ALL
SELECT person_id,
  CASE WHEN dice(person_id, 9) >= 610 THEN 7
       WHEN benefit = 3 THEN 4 WHEN benefit = 1 AND dice(person_id, 9) < 300 THEN 2 ELSE 3 END AS benefit,
  district, born_on, died_on, 1 AS second
FROM people WHERE dice(person_id, 9) < 920;
"""
_CLAIMS = """
COPY (
SELECT * REPLACE (greatest(ended_on, CASE WHEN "end" > 0 THEN basis_on END) AS ended_on) FROM (
SELECT person_id, award_id, award_id * 10 + 1 AS term_id, benefit::SMALLINT AS benefit_id,
  ((([0, 26, 29, 30, 31, 32, 33])[benefit] + key) * {districts} + district)::INT AS rate_id,
  (CASE WHEN benefit = 5 THEN 2 + dice(award_id, 20) % 14 ELSE 1 END)::SMALLINT AS units,
  (CASE WHEN dice(award_id, 21) < 150 THEN 2 ELSE 1 END)::TINYINT AS start,
  (CASE WHEN dice(award_id, 22) < 210 THEN 1 + dice(award_id, 23) % 5 ELSE 0 END)::TINYINT AS "end",
  CASE WHEN dice(award_id, 24) < 650
       THEN make_date({year}, 1 + (dice(award_id, 25) % 12)::INT, 1 + (dice(award_id, 26) % 28)::INT)
       ELSE make_date(2005 + (dice(award_id, 25) % 20)::INT, 1 + (dice(award_id, 26) % 12)::INT,
                      1 + (dice(award_id, 27) % 28)::INT) END AS basis_on,
  born_on, died_on,
  CASE WHEN dice(award_id, 22) < 210
       THEN make_date({year}, 1 + (dice(award_id, 28) % 12)::INT, 1 + (dice(award_id, 29) % 28)::INT) END AS ended_on
FROM (
  SELECT *, person_id * 2 + second AS award_id,
    (CASE benefit WHEN 1 THEN dice(person_id * 2 + second, 30) % 26 WHEN 2 THEN dice(person_id * 2 + second, 30) % 3
     ELSE 0 END) AS key
  FROM held))
ORDER BY person_id, award_id
) TO '{place}' (FORMAT parquet, COMPRESSION zstd);
"""


def make(count: int, place: Path, *, seed: int = 20261121) -> Path:
    """Write the claims of so many persons as Parquet, unless they are there already."""
    if place.exists():
        return place
    values = {"seed": seed, "count": count, "year": YEAR, "districts": DISTRICTS}
    unfinished = place.with_suffix(".unfinished")
    with duckdb.connect(config={"memory_limit": "6GB", "temp_directory": str(place.parent / "spill")}) as connection:
        connection.execute(_PEOPLE.format(**values))
        connection.execute(_CLAIMS.format(**values, place=unfinished))
    return unfinished.rename(place)
