"""The year by the product's own engine: the shared expressions on DuckDB."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rongji.compute import embedded
from rongji.compute.statements import statement
from year.population import inputs


class Way:
    """The product's engine."""

    def __init__(self, claims: Path) -> None:
        self.inputs, self.engine = inputs(claims), embedded(threads=2)
        # Compiled once per process, as it is kept: part of setting up, and shown there.
        for name in ("timed", "faults", "prices", "pairs", "ledger", "totals"):
            statement(name, "duckdb")

    def totals(self) -> Any:
        """Totals by run, month and rate."""
        return self.engine.totals(self.inputs)

    def ledger(self, place: Path) -> None:
        """Every row as Parquet."""
        self.engine.ledger_to(self.inputs, place)
