"""A real standalone Spark cluster on loopback: one master and two workers, each a process of its own."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

import pyspark

HOME = Path(pyspark.__file__).parent
START_SECONDS = 60.0


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Standalone:
    """Master and workers; `folder` is what they all see."""

    folder: Path
    port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def master(self) -> str:
        """The master's address for clients."""
        return f"spark://127.0.0.1:{self.port}"

    def start(self, workers: int = 2) -> Standalone:
        """Start everything and wait until every worker is registered."""
        logs = [self._process("Master", "--port", str(self.port), "--webui-port", str(free_port()), name="master")]
        _wait(lambda: _listens(self.port), "the master listens")
        for number in range(workers):
            work = str(self.folder / f"work-{number}")
            options = ["--webui-port", str(free_port()), "-c", "1", "-m", "700m", "-d", work, self.master]
            logs.append(self._process("Worker", *options, name=f"worker-{number}"))
        _wait(lambda: all("Successfully registered" in log.read_text() for log in logs[1:]), "the workers register")
        return self

    def _process(self, kind: str, *options: str, name: str) -> Path:
        """Start one process of the cluster; its log."""
        log = self.folder / f"{name}.log"
        settings = {
            "SPARK_HOME": str(HOME),
            "SPARK_LOCAL_IP": "127.0.0.1",
            "SPARK_LOCAL_DIRS": str(self.folder / "local"),
            "SPARK_DAEMON_MEMORY": "256m",
            "SPARK_CONF_DIR": str(self._settings()),
        }
        command = [str(HOME / "bin" / "spark-class"), f"org.apache.spark.deploy.{kind.lower()}.{kind}"]
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*command, "--host", "127.0.0.1", *options],
                env={**os.environ, **settings},
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.processes.append(process)
        return log

    def _settings(self) -> Path:
        """A folder of settings of our own, so that nothing of the machine's leaks in."""
        folder = self.folder / "conf"
        folder.mkdir(exist_ok=True)
        return folder

    def stop(self) -> None:
        """End every process that was started here, workers first."""
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder / "local", ignore_errors=True)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _wait(condition, what: str) -> None:
    until = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"waited {START_SECONDS:.0f} s and still not: {what}")
        time.sleep(0.1)
