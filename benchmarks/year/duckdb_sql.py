"""The year by hand in DuckDB SQL, as well as we can write it: timing rules in place, prices on the small table,
rivals only for persons with several awards, one row for what a standard changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

from year.population import AGES, AUGUST, DECEMBER, FAMILY, JANUARY, OCTOBER, RURAL, law, steps

_TIMED = f"""
CREATE TEMP TABLE timed AS
SELECT person_id, award_id, benefit_id, rate_id, units,
  greatest({JANUARY}, CASE WHEN start = 2 THEN year(basis_on) * 12 + 12 ELSE year(basis_on) * 12 + month(basis_on) END,
    CASE WHEN benefit_id IN {tuple(AGES)} THEN (year(born_on) + 60) * 12 + month(born_on) - 1 ELSE 0 END)::INT AS first,
  least({DECEMBER},
    CASE WHEN died_on IS NULL THEN 999999 ELSE year(died_on) * 12 + month(died_on) - 1 END,
    CASE WHEN ended_on IS NULL THEN 999999 WHEN "end" = 2 THEN year(ended_on) * 12 + 11
         ELSE year(ended_on) * 12 + month(ended_on) - 1 END)::INT AS last
FROM read_parquet('{{claims}}')
WHERE first <= last
"""
_PRICES = """
CREATE TEMP TABLE prices AS
SELECT rate_id, units, month, vintage, ((2 * amount_fen * units + divisor) // (2 * divisor))::BIGINT AS fen
FROM rates JOIN (SELECT DISTINCT rate_id, units FROM timed) USING (rate_id);
CREATE TEMP TABLE priced AS
SELECT n.rate_id, n.units, s.pay_month, s.for_month, (n.fen - coalesce(o.fen, 0))::BIGINT AS fen
FROM steps s JOIN prices n ON n.month = s.for_month AND n.vintage = s.vintage
LEFT JOIN prices o ON o.rate_id = n.rate_id AND o.units = n.units AND o.month = s.for_month AND o.vintage = s.before
WHERE n.fen <> coalesce(o.fen, 0)
"""
_CHOOSERS = f"""
CREATE TEMP TABLE choosers AS
SELECT person_id FROM timed WHERE benefit_id IN {(*FAMILY, RURAL)} GROUP BY person_id HAVING count(*) > 1
"""
# Of the periodic benefits the higher; the old soldiers' allowance only where there is no other.
_ROWS = f"""
SELECT t.person_id, t.award_id, t.rate_id, p.pay_month, p.for_month, p.fen AS due_fen
FROM timed t JOIN priced p ON p.rate_id = t.rate_id AND p.units = t.units AND p.for_month BETWEEN t.first AND t.last
WHERE t.benefit_id NOT IN {(*FAMILY, RURAL)} OR t.person_id NOT IN (SELECT person_id FROM choosers)
UNION ALL
SELECT * FROM (
  SELECT person_id, award_id, rate_id, s.pay_month, s.for_month,
    sum(CASE WHEN h.vintage = s.vintage THEN fen ELSE -fen END)::BIGINT AS due_fen
  FROM (
    SELECT person_id, month, vintage, best.award_id, best.rate_id, best.fen
    FROM (SELECT t.person_id, p.month, p.vintage,
        arg_max({{'award_id': t.award_id, 'rate_id': t.rate_id, 'fen': p.fen}},
          CASE WHEN t.benefit_id = {RURAL} THEN 0 ELSE p.fen * 8 + 7 - t.benefit_id END) AS best
      FROM timed t JOIN choosers USING (person_id)
      JOIN prices p ON p.rate_id = t.rate_id AND p.units = t.units AND p.month BETWEEN t.first AND t.last
      WHERE t.benefit_id IN {(*FAMILY, RURAL)}
      GROUP BY t.person_id, p.month, p.vintage)
  ) h JOIN steps s ON s.for_month = h.month AND (s.vintage = h.vintage OR s.before = h.vintage)
  GROUP BY ALL) WHERE due_fen <> 0
"""
_TOTALS = """
SELECT pay_month, for_month, rate_id, count(*) AS lines, sum(due_fen)::BIGINT AS fen,
  sum(due_fen * (person_id % 1009))::BIGINT AS weighted
FROM ({rows}) GROUP BY ALL
"""
assert AUGUST < OCTOBER


class Way:
    """Hand-written DuckDB SQL."""

    def __init__(self, claims: Path) -> None:
        self.claims = claims
        self.law, self.steps = law(), steps()

    def _prepared(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config={"threads": 2, "preserve_insertion_order": False})
        connection.register("rates", self.law.rates)
        connection.register("steps", self.steps)
        connection.execute(_TIMED.format(claims=self.claims))
        connection.execute(_PRICES)
        connection.execute(_CHOOSERS)
        return connection

    def totals(self) -> Any:
        """Totals by run, month and rate."""
        with self._prepared() as connection:
            return connection.sql(_TOTALS.format(rows=_ROWS)).to_arrow_table()

    def ledger(self, place: Path) -> None:
        """Every row as Parquet."""
        with self._prepared() as connection:
            connection.execute(f"COPY ({_ROWS}) TO '{place}' (FORMAT parquet, COMPRESSION zstd)")
