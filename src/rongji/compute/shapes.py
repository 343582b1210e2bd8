"""The tables that the engine reads and writes: column names and types, the same in every engine.

Months are indexes (year × 12 + month − 1), money is whole fen, words are small codes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rongji.kernel.refusal import Refusal
from rongji.rules.entitlement.claim import End, Start

if TYPE_CHECKING:
    import pyarrow as pa

Columns = dict[str, str]

CLAIMS: Columns = {
    "person_id": "int64",
    "award_id": "int64",
    "term_id": "int64",
    "benefit_id": "int16",
    "rate_id": "int32",
    "units": "int16",
    "start": "int8",
    "end": "int8",
    "basis_on": "date",
    "born_on": "date",
    "died_on": "date",
    "ended_on": "date",
}
FIXED: Columns = {
    "person_id": "int64",
    "grant_id": "int64",
    "benefit_id": "int16",
    "due_month": "int32",
    "fen": "int64",
}
SETTLED: Columns = {
    "person_id": "int64",
    "award_id": "int64",
    "grant_id": "int64",
    "benefit_id": "int16",
    "for_month": "int32",
    "fen": "int64",
}
RATES: Columns = {
    "rate_id": "int32",
    "month": "int32",
    "vintage": "int16",
    "amount_fen": "int64",
    "divisor": "int16",
    "position": "int16",
    "before_amount_fen": "int64",
    "before_divisor": "int16",
    "before_position": "int16",
}
MISSING: Columns = {"rate_id": "int32", "month": "int32"}
KINDS: Columns = {"rate_id": "int32", "benefit_id": "int16"}
STARTS: Columns = {
    "rate_id": "int32",
    "start": "int8",
    "valid_from": "date",
    "valid_to": "date",
    "by_year": "int8",
    "offset": "int16",
    "from_age": "int16",
}
ENDS: Columns = {
    "rate_id": "int32",
    "end": "int8",
    "valid_from": "date",
    "valid_to": "date",
    "by_year": "int8",
    "offset": "int16",
}
EXCLUSIONS: Columns = {
    "rate_id": "int32",
    "other_id": "int16",
    "first_month": "int32",
    "last_month": "int32",
    "higher": "int8",
}
RUN: Columns = {"first_month": "int32", "pay_month": "int32"}
STEPS: Columns = {"pay_month": "int32", "for_month": "int32", "vintage": "int16", "before": "int16"}
TIMED: Columns = {
    "person_id": "int64",
    "award_id": "int64",
    "term_id": "int64",
    "benefit_id": "int16",
    "rate_id": "int32",
    "units": "int16",
    "begins": "int32",
    "first": "int32",
    "last": "int32",
    "fault": "int8",
}
PRICES: Columns = {
    "rate_id": "int32",
    "units": "int16",
    "month": "int32",
    "vintage": "int16",
    "owed_fen": "int64",
    "before_fen": "int64",
}
PAIRS: Columns = {
    "person_id": "int64",
    "term_id": "int64",
    "rate_id": "int32",
    "units": "int16",
    "other_rate": "int32",
    "other_units": "int16",
    "other_id": "int16",
    "first": "int32",
    "last": "int32",
    "earlier": "int8",
}
LINES: Columns = {
    "person_id": "int64",
    "award_id": "int64",
    "grant_id": "int64",
    "term_id": "int64",
    "benefit_id": "int16",
    "rate_id": "int32",
    "for_month": "int32",
    "units": "int16",
    "begins": "int32",
    "before_fen": "int64",
    "owed_fen": "int64",
    "settled_fen": "int64",
    "settled_lines": "int64",
    "due_fen": "int64",
}
DUE: Columns = {
    "person_id": "int64",
    "award_id": "int64",
    "grant_id": "int64",
    "term_id": "int64",
    "benefit_id": "int16",
    "rate_id": "int32",
    "for_month": "int32",
    "units": "int16",
    "owed_fen": "int64",
    "settled_fen": "int64",
    "due_fen": "int64",
    "cause": "string",
}
LEDGER: Columns = {
    "person_id": "int64",
    "award_id": "int64",
    "rate_id": "int32",
    "pay_month": "int32",
    "for_month": "int32",
    "due_fen": "int64",
}
TOTALS: Columns = {
    "pay_month": "int32",
    "for_month": "int32",
    "rate_id": "int32",
    "lines": "int64",
    "fen": "int64",
    "weighted": "int64",
}
FAULTS: Columns = {
    "fault": "int32",
    "claims": "int64",
    "person_id": "int64",
    "award_id": "int64",
    "rate_id": "int32",
    "month": "int32",
}
# What is reckoned on the way and kept as a table of its own, so that nothing is reckoned twice.
STAGES: dict[str, Columns] = {"timed": TIMED, "prices": PRICES, "pairs": PAIRS, "lines": LINES}
RESULTS: dict[str, Columns] = {"due": DUE, "faults": FAULTS, "ledger": LEDGER, "totals": TOTALS}

TABLES: dict[str, Columns] = {
    "claims": CLAIMS,
    "fixed": FIXED,
    "settled": SETTLED,
    "kinds": KINDS,
    "rates": RATES,
    "missing": MISSING,
    "starts": STARTS,
    "ends": ENDS,
    "exclusions": EXCLUSIONS,
    "run": RUN,
    "steps": STEPS,
} | STAGES
FAULT_CODES = {"date": 1, "end": 2, "order": 3, "timing": 4, "units": 5, "rate": 6, "law": 7}

START_CODES: dict[str, int] = {Start.APPROVED: 1, Start.MOVED_IN: 2, Start.CHANGED: 3}
DIED = "died"
END_CODES: dict[str, int] = {
    End.NONE: 0,
    End.CHANGED: 1,
    End.MOVED_OUT: 2,
    End.DISQUALIFIED: 3,
    End.PLACED: 4,
    End.GAVE_UP: 5,
    DIED: 9,
}
# Divisions of whole numbers go through binary double precision in some engines, which is exact below this.
EXACT_BELOW = 2**53
MOST_UNITS = 2**15 - 1


def schema(columns: Columns) -> pa.Schema:
    """The Arrow schema of one table."""
    import pyarrow as pa

    types = {"date": pa.date32(), "string": pa.string()}
    return pa.schema([(name, types.get(kind) or getattr(pa, kind)()) for name, kind in columns.items()])


def table(columns: Columns, rows: list[dict[str, Any]] | None = None) -> pa.Table:
    """An Arrow table of these columns out of plain rows; without rows an empty one."""
    import pyarrow as pa

    return pa.Table.from_pylist(rows or [], schema=schema(columns))


@dataclass(frozen=True)
class LawArrow:
    """The small tables of the law for one reckoning.

    kinds: every rate there is. rates: what is due of it by month; no row, nothing due. missing: months for which the
    law refuses, each with its refusal in `refusals`. starts, ends: timing rules by rate. exclusions: which rate gives
    way to which benefit, always or as the smaller one; of equal amounts the smaller benefit id stays.
    """

    kinds: pa.Table
    rates: pa.Table
    missing: pa.Table
    starts: pa.Table
    ends: pa.Table
    exclusions: pa.Table
    refusals: Mapping[tuple[int, int], Refusal] = field(default_factory=dict)


@dataclass(frozen=True)
class Inputs:
    """Everything one reckoning reads. claims, fixed and settled: Arrow tables, or Parquet files or folders of them.

    first_month, pay_month: indexes; the open months are from the one to the other, both included, and the law is
    given for them. steps: for a whole year, what each run pays.
    """

    claims: pa.Table | Path
    law: LawArrow
    first_month: int
    pay_month: int
    fixed: pa.Table | Path | None = None
    settled: pa.Table | Path | None = None
    steps: pa.Table | None = None

    def tables(self) -> dict[str, Any]:
        """Every table by name; what was not given is empty."""
        run = table(RUN, [{"first_month": self.first_month, "pay_month": self.pay_month}])
        law = {name: getattr(self.law, name) for name in ("kinds", "rates", "missing", "starts", "ends", "exclusions")}
        given = {"claims": self.claims, "fixed": self.fixed, "settled": self.settled, "steps": self.steps}
        return law | {"run": run} | {name: table(TABLES[name]) if it is None else it for name, it in given.items()}
