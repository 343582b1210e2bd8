"""Engines to compare: embedded, and a standalone cluster of a master and two workers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rongji.compute import Engine, embedded, spark


@pytest.fixture(scope="session")
def inside() -> Iterator[Engine]:
    """The embedded engine."""
    with embedded(threads=2) as engine:
        yield engine


@pytest.fixture(scope="session")
def cluster(needs, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The same expressions on a standalone master with two workers, processes of their own on loopback."""
    needs("java")
    from engines.standalone import Standalone

    folder: Path = tmp_path_factory.mktemp("cluster")
    started = Standalone(folder)
    options = {
        "spark.executor.memory": "512m",
        "spark.driver.memory": "512m",
        "spark.executor.cores": "1",
        "spark.sql.shuffle.partitions": "2",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.local.dir": str(folder / "driver"),
    }
    try:
        started.start()
        with spark(started.master, shared=folder, options=options) as engine:
            yield engine
    finally:
        started.stop()
