"""Engines to compare: embedded, and a standalone cluster of a master and two workers."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from rongji.compute import Engine, embedded, spark
from rongji.law.loader import load
from rongji.law.locate import find_legal
from rongji.law.model import Lawbook


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
        # For a few thousand rows compiling every stage costs more than running it.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    }
    try:
        started.start()
        with spark(started.master, shared=folder, options=options) as engine:
            yield engine
    finally:
        started.stop()


@pytest.fixture(scope="session")
def local_law(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Lawbook]:
    """The shipped law, and a region that rounds over the year of the standard; asked for, as its repr is long."""
    root = tmp_path_factory.mktemp("law") / "legal"
    shutil.copytree(find_legal(), root)
    (root / "acts" / "made-up.yaml").write_text(
        "id: made-up\ntitle: 样例县通知\nkind: local\nissuer: 样例县\npublished: 2000-01-01\n"
        "effective: 2000-01-01\ntrust: official\n",
        encoding="utf-8",
    )
    table = root / "regions" / "990100" / "entitlement" / "rounding.yaml"
    table.parent.mkdir(parents=True)
    table.write_text(
        "id: entitlement.rounding\nlabel: 样例县取整办法\nkind: rounding\nunit: 项\nkeys: []\n"
        "valid_until_checked: 2025-01-01\nrows:\n"
        "  - {effective: 2000-01-01, known: 2000-01-01, act: made-up, trust: official, "
        "value: {way: over_standard_year}}\n",
        encoding="utf-8",
    )
    book = load(root)
    return lambda: book
