"""The cluster engine: the same statements on Spark, reading and writing Parquet in a folder that every worker sees."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import socket
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rongji.compute.embedded import first_line
from rongji.compute.engine import Engine, Session
from rongji.compute.refusals import (
    ClusterNotInstalled,
    ClusterUnreachable,
    ClusterWithoutWorkers,
    InputsUnreadable,
    OutputNotWritten,
)
from rongji.compute.shapes import RESULTS, TABLES, Inputs, schema
from rongji.compute.statements import Name, statement, typed_columns

if TYPE_CHECKING:
    import pyarrow as pa

_ADDRESS = re.compile(r"spark://(.+)")
_PATIENCE_SECONDS = 5.0
_WORKERS_SECONDS = 60.0
_SETTINGS = {
    "spark.app.name": "rongji",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.ansi.enabled": "true",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.parquet.compression.codec": "zstd",
    # The small tables of the law are sent to every worker instead of sorting the large ones for them.
    "spark.sql.autoBroadcastJoinThreshold": "64m",
    "spark.sql.shuffle.partitions": "8",
    "spark.log.level": "ERROR",
}


class Cluster(Engine):
    """Spark: a standalone master, or local[n] in a process of its own."""

    name = "spark"

    def __init__(self, master: str, *, shared: Path | None = None, options: dict[str, str] | None = None) -> None:
        self.master, self.options = master, dict(options or {})
        self._shared = shared
        self._spark: Any = None

    @property
    def shared(self) -> Path:
        """Where tables given in memory are put for the workers."""
        return self._shared or Path(tempfile.gettempdir())

    def _session(self, inputs: Inputs) -> Session:
        return ClusterSession(self, inputs)

    def started(self) -> Any:
        """The Spark session, started on first use. Raises: ClusterNotInstalled, ClusterUnreachable."""
        if self._spark is None:
            _refuse_without_parts()
            _refuse_without_master(self.master)
            self._spark = self._start()
            self._wait_for_workers()
        return self._spark

    def _start(self) -> Any:
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession

        # A driver on this machine is found by the workers under the address that leads to the master.
        host = _own_address(self.master)
        builder = SparkSession.builder.master(self.master)
        for name, value in {**_SETTINGS, "spark.driver.host": host, **self.options}.items():
            builder = builder.config(name, value)
        try:
            return builder.getOrCreate()
        except (PySparkException, OSError, RuntimeError) as error:
            # pyspark looks for Java by itself, at JAVA_HOME or on the path; without it its gateway ends at once
            if "JAVA_GATEWAY" in str(error) or "java" in str(error).lower().split():
                raise ClusterNotInstalled(missing="Java") from error
            raise ClusterUnreachable(master=self.master) from error

    def _wait_for_workers(self) -> None:
        """A master without workers would let a reckoning wait for ever. Raises: ClusterWithoutWorkers."""
        if not _ADDRESS.match(self.master):
            return
        until = time.monotonic() + _WORKERS_SECONDS
        while self._executors() < 1:
            if time.monotonic() > until:
                self.close()
                raise ClusterWithoutWorkers(master=self.master)
            time.sleep(0.1)

    def _executors(self) -> int:
        """How many executors have reported to the driver, the driver itself not counted."""
        return int(self._spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1

    def close(self) -> None:
        """Leave the cluster."""
        if self._spark is not None:
            self._spark.stop()
            self._spark = None


class ClusterSession:
    """The tables of one reckoning on the cluster."""

    def __init__(self, engine: Cluster, inputs: Inputs) -> None:
        self.spark = engine.started()
        self.folder = Path(tempfile.mkdtemp(prefix="rongji-engine-", dir=engine.shared))
        self.views: list[str] = []
        self.kept: list[Any] = []
        try:
            for name, given in inputs.tables().items():
                self._add(name, given)
        except BaseException:
            self.close()
            raise

    def _add(self, name: str, given: Any) -> None:
        """One table of the inputs as a view of the expected columns. Raises: InputsUnreadable."""
        from pyspark.errors import PySparkException

        wanted = typed_columns(TABLES[name], "pyspark")
        try:
            frame = self.spark.read.parquet(str(given if isinstance(given, Path) else self._put(name, given)))
            frame.createOrReplaceTempView(f"given_{name}")
            self.spark.sql(f"SELECT {wanted} FROM given_{name}").createOrReplaceTempView(name)
        except PySparkException as error:
            raise InputsUnreadable(table=name, reason=first_line(error)) from error
        self.views += [name, f"given_{name}"]

    def keep(self, name: Name) -> None:
        """Reckon one stage and keep it on the workers."""
        rows = self.spark.sql(statement(name, "pyspark")).persist()
        rows.createOrReplaceTempView(name)
        self.kept.append(rows)
        self.views.append(name)

    def _put(self, name: str, rows: pa.Table) -> Path:
        """A table given in memory as a file that the workers can read."""
        import pyarrow.parquet as parquet

        place = self.folder / f"{name}.parquet"
        try:
            parquet.write_table(rows, place)
        except OSError as error:
            raise OutputNotWritten(place=place, reason=first_line(error)) from error
        return place

    def table(self, name: Name) -> pa.Table:
        """The result of one statement, brought to this process."""
        import pyarrow.parquet as parquet

        rows = parquet.read_table(self.write(name, self.folder / f"{name}-result"))
        return rows.cast(schema(RESULTS[name]))

    def write(self, name: Name, place: Path) -> Path:
        """The result as a folder of Parquet files. Raises: OutputNotWritten, InputsUnreadable."""
        from pyspark.errors import PySparkException

        unfinished = place.with_name(f".{place.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}.unfinished")
        try:
            self.spark.sql(statement(name, "pyspark")).write.parquet(str(unfinished))
            if place.is_dir():
                shutil.rmtree(place)
            unfinished.replace(place)
        except (PySparkException, OSError) as error:
            raise OutputNotWritten(place=place, reason=first_line(error)) from error
        except Exception as error:
            if not type(error).__module__.startswith("py4j"):
                raise
            raise OutputNotWritten(place=place, reason=first_line(error)) from error
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
        return place

    def close(self) -> None:
        """Take back the views and the files of this reckoning."""
        for rows in self.kept:
            rows.unpersist()
        for view in self.views:
            self.spark.catalog.dropTempView(view)
        shutil.rmtree(self.folder, ignore_errors=True)


def _refuse_without_parts() -> None:
    if importlib.util.find_spec("pyspark") is None:
        raise ClusterNotInstalled(missing="pyspark")


def _hosts(master: str) -> list[tuple[str, int]]:
    """Host and port of every master in spark://one:7077,two:7077."""
    found = _ADDRESS.match(master)
    pairs = [address.rpartition(":") for address in found[1].split(",")] if found else []
    return [(host, int(port) if port.isdigit() else 0) for host, _, port in pairs]


def _own_address(master: str) -> str:
    """The address of this machine on the way to the master that answers."""
    for place in _hosts(master):
        try:
            with socket.create_connection(place, timeout=_PATIENCE_SECONDS) as link:
                return str(link.getsockname()[0])
        except OSError:
            continue
    return "127.0.0.1"


def _refuse_without_master(master: str) -> None:
    """Say at once that nobody answers; Spark itself would try for a minute. Raises: ClusterUnreachable."""
    if re.fullmatch(r"local(\[.+\])?", master):
        return
    for place in _hosts(master):
        try:
            socket.create_connection(place, timeout=_PATIENCE_SECONDS).close()
        except OSError:
            continue
        return
    raise ClusterUnreachable(master=master)
