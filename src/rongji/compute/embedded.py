"""The embedded engine: DuckDB in this process, a fresh one for each reckoning."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rongji.compute.engine import Engine, Session
from rongji.compute.refusals import InputsUnreadable, OutOfMemory, OutputNotWritten
from rongji.compute.shapes import TABLES, Inputs
from rongji.compute.statements import Name, statement, typed_columns

if TYPE_CHECKING:
    import pyarrow as pa


def parquet_pattern(place: Path) -> str:
    """A file, or every Parquet file of a folder."""
    return str(place / "**" / "*.parquet") if place.is_dir() else str(place)


class Embedded(Engine):
    """DuckDB in this process."""

    name = "duckdb"

    def __init__(
        self, *, threads: int | None = None, memory_limit: str | None = None, scratch: Path | None = None
    ) -> None:
        self.threads, self.memory_limit, self.scratch = threads, memory_limit, scratch

    def _session(self, inputs: Inputs) -> Session:
        return EmbeddedSession(self, inputs)

    def settings(self) -> dict[str, Any]:
        """What DuckDB is started with. Order of rows is not kept inside: results are put in order at the end."""
        chosen = {
            "threads": self.threads,
            "memory_limit": self.memory_limit,
            "temp_directory": str(self.scratch) if self.scratch else None,
        }
        fixed = {"preserve_insertion_order": False, "autoinstall_known_extensions": False}
        return fixed | {name: value for name, value in chosen.items() if value is not None}


class EmbeddedSession:
    """One DuckDB with the tables of one reckoning."""

    def __init__(self, engine: Embedded, inputs: Inputs) -> None:
        import duckdb

        self.engine = engine
        self.connection = duckdb.connect(":memory:", config=engine.settings())
        try:
            for name, given in inputs.tables().items():
                self._add(name, given)
        except BaseException:
            self.close()
            raise

    def _add(self, name: str, given: Any) -> None:
        """One table of the inputs as a view of the expected columns. Raises: InputsUnreadable."""
        import duckdb

        if isinstance(given, Path):
            rows = f"read_parquet('{parquet_pattern(given).replace(chr(39), chr(39) * 2)}')"
        else:
            rows = f"given_{name}"
            self.connection.register(rows, given)
        wanted = typed_columns(TABLES[name], "duckdb")
        try:
            self.connection.execute(f"CREATE VIEW {name} AS SELECT {wanted} FROM {rows}")
        except duckdb.Error as error:
            raise InputsUnreadable(table=name, reason=first_line(error)) from error

    def keep(self, name: Name) -> None:
        """Reckon one stage and keep it as a table. Raises: InputsUnreadable, OutOfMemory."""
        with self._refusing():
            self.connection.execute(f"CREATE TEMP TABLE {name} AS {statement(name, 'duckdb')}")

    def table(self, name: Name) -> pa.Table:
        """The result of one statement in memory. Raises: InputsUnreadable, OutOfMemory."""
        with self._refusing():
            return self.connection.sql(statement(name, "duckdb")).to_arrow_table()

    def write(self, name: Name, place: Path) -> Path:
        """The result as one Parquet file. Raises: OutputNotWritten, OutOfMemory, InputsUnreadable."""
        import duckdb

        unfinished = place.with_name(f".{place.name}.{os.getpid()}.unfinished")
        target = str(unfinished).replace("'", "''")
        copy = f"COPY ({statement(name, 'duckdb')}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        try:
            with self._refusing(writing=True):
                self.connection.execute(copy)
            unfinished.replace(place)
        except (duckdb.Error, OSError) as error:
            raise OutputNotWritten(place=place, reason=first_line(error)) from error
        finally:
            unfinished.unlink(missing_ok=True)
        return place

    @contextmanager
    def _refusing(self, *, writing: bool = False) -> Iterator[None]:
        """Turn what the engine may run into into refusals."""
        import duckdb

        try:
            yield
        except duckdb.OutOfMemoryException as error:
            raise OutOfMemory(limit=self.engine.memory_limit or "默认") from error
        except (duckdb.IOException, duckdb.InvalidInputException, duckdb.ConversionException) as error:
            if writing:
                raise
            raise InputsUnreadable(table="claims/fixed/settled", reason=first_line(error)) from error

    def close(self) -> None:
        """Let go of the tables and of what was put aside."""
        self.connection.close()


def first_line(error: Exception) -> str:
    """What went wrong, in one line."""
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
