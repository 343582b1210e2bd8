"""One way, measured in a process of its own: `python -m year.measure WAY TASK CLAIMS RUNS RESULT` prints one line."""

from __future__ import annotations

import json
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as parquet

NAMES = ("pay_month", "for_month", "rate_id", "lines", "fen", "weighted")


def in_order(table: Any) -> Any:
    """Totals in one form and order, so that two ways can be compared byte by byte."""
    plain = table.select(list(NAMES)).cast(pa.schema([(name, pa.int64()) for name in NAMES]))
    return plain.sort_by([(name, "ascending") for name in NAMES[:3]]).combine_chunks()


def main(way: str, task: str, claims: str, runs: str, result: str) -> None:
    """Set up, run, print seconds; the totals of the last run go to a file."""
    begun = time.perf_counter()
    kind = way.removeprefix("openfisca_")
    options = (kind,) if kind != way else ()
    made = import_module("year.openfisca_way" if options else f"year.{way}").Way(Path(claims), *options)
    setup = time.perf_counter() - begun
    seconds = []
    for _ in range(int(runs)):
        at = time.perf_counter()
        if task == "ledger":
            made.ledger(Path(result))
        else:
            found = made.totals()
        seconds.append(time.perf_counter() - at)
    if task == "totals":
        parquet.write_table(in_order(found), result)
    sys.stdout.write(json.dumps({"setup": setup, "seconds": seconds}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
