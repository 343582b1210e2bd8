"""Engines: the same expressions embedded in this process (DuckDB) or on a cluster (Spark)."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Protocol, Self

from rongji.compute.refusals import (
    ClaimEndsBeforeStart,
    ClaimHalfEnded,
    ClaimWithoutDate,
    ClaimWithoutRate,
    ClaimWithoutTiming,
    ClaimWithoutUnits,
)
from rongji.compute.shapes import FAULT_CODES, Inputs
from rongji.compute.statements import STAGES_OF, Name
from rongji.kernel.refusal import Refusal

if TYPE_CHECKING:
    import pyarrow as pa

_FAULTS: dict[int, type[Refusal]] = {
    FAULT_CODES["date"]: ClaimWithoutDate,
    FAULT_CODES["end"]: ClaimHalfEnded,
    FAULT_CODES["order"]: ClaimEndsBeforeStart,
    FAULT_CODES["units"]: ClaimWithoutUnits,
    FAULT_CODES["timing"]: ClaimWithoutTiming,
    FAULT_CODES["rate"]: ClaimWithoutRate,
}


class Session(Protocol):
    """One engine with the tables of one reckoning in it."""

    def keep(self, name: Name) -> None:
        """Reckon one stage and keep it for what comes after."""

    def table(self, name: Name) -> pa.Table:
        """The result of one statement in memory."""

    def write(self, name: Name, place: Path) -> Path:
        """The result of one statement as Parquet."""

    def close(self) -> None:
        """Let go of the tables."""


class Engine:
    """Reckons for everybody at once. One engine may serve many reckonings, one after the other."""

    name = ""

    def due(self, inputs: Inputs) -> pa.Table:
        """Owed minus settled over all open months, in the shape DUE, in the order of person, month and award.

        Raises: ClaimWithoutDate, ClaimHalfEnded, ClaimEndsBeforeStart, ClaimWithoutUnits, ClaimWithoutTiming,
        ClaimWithoutRate, what the law refuses for a live month, InputsUnreadable, OutOfMemory.
        """
        return self._table("due", inputs)

    def due_to(self, inputs: Inputs, place: Path) -> Path:
        """The same written as Parquet (a file when embedded, a folder from a cluster): whole or not at all.

        Raises: as `due`, and OutputNotWritten.
        """
        return self._write("due", inputs, place)

    def ledger(self, inputs: Inputs) -> pa.Table:
        """What every run of a year pays for every month, in the shape LEDGER; inputs.steps name the runs."""
        return self._table("ledger", inputs)

    def ledger_to(self, inputs: Inputs, place: Path) -> Path:
        """The same written as Parquet: whole or not at all."""
        return self._write("ledger", inputs, place)

    def totals(self, inputs: Inputs) -> pa.Table:
        """The ledger of a year summed by run, month and rate."""
        return self._table("totals", inputs)

    def close(self) -> None:
        """Let the engine go."""

    def _session(self, inputs: Inputs) -> Session:
        raise NotImplementedError

    def _table(self, name: Name, inputs: Inputs) -> pa.Table:
        session = self._session(inputs)
        try:
            _prepare(session, name, inputs)
            return session.table(name)
        finally:
            session.close()

    def _write(self, name: Name, inputs: Inputs, place: Path) -> Path:
        session = self._session(inputs)
        try:
            _prepare(session, name, inputs)
            return session.write(name, place)
        finally:
            session.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _prepare(session: Session, name: Name, inputs: Inputs) -> None:
    """Reckon the stages of a result; what cannot be reckoned is refused before anything else."""
    session.keep("timed")
    _refuse_faults(session, inputs)
    for stage in STAGES_OF[name]:
        session.keep(stage)


def _refuse_faults(session: Session, inputs: Inputs) -> None:
    """Refuse what cannot be reckoned, before any result is made; what the law refuses, in the law's own words."""
    found: list[dict[str, Any]] = session.table("faults").to_pylist()
    for row in sorted(found, key=lambda row: int(row["fault"])):
        code = row.pop("fault")
        if code != FAULT_CODES["law"]:
            raise _FAULTS[code](**row)
        raise inputs.law.refusals[row["rate_id"], row["month"]]


def embedded(*, threads: int | None = None, memory_limit: str | None = None, scratch: Path | None = None) -> Engine:
    """DuckDB in this process. memory_limit: as `2GB`; scratch: where it may put what does not fit."""
    from rongji.compute.embedded import Embedded

    return Embedded(threads=threads, memory_limit=memory_limit, scratch=scratch)


def spark(master: str, *, shared: Path | None = None, options: dict[str, str] | None = None) -> Engine:
    """The same expressions on Spark. master: spark://host:port of a standalone cluster, or local[n].

    shared: a folder that every worker sees, for tables given in memory. options: further Spark settings.
    Raises: ClusterNotInstalled, ClusterUnreachable, ClusterWithoutWorkers when first used.
    """
    from rongji.compute.cluster import Cluster

    return Cluster(master, shared=shared, options=options)
