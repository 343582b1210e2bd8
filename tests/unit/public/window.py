"""The public window as it really runs: a process of its own, and its database as the inside sees it."""

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ALIAS = "public"


def outside_environment(home: Path, **settings: str) -> dict[str, str]:
    """The environment of the window's process: nothing of the inside's is in it."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RONGJI_", "DJANGO_"))}
    own = {
        "MODE": "test", "DATA_DIR": str(home), "LOG_LEVEL": "ERROR", "LEAST_SECONDS": "0", "TRUSTED_PROXIES": "1",
        "FORMS_PER_HOUR": "6", "LOOKUPS_PER_HOUR": "12", "WRONG_CODES_PER_HOUR": "4", "FILE_MEGABYTES": "1",
        "FORM_MEGABYTES": "2", "FILES_PER_FORM": "5",
    }  # fmt: skip
    return {**kept, **{f"RONGJI_PUBLIC_{name}": value for name, value in {**own, **settings}.items()}}


@contextmanager
def serving(home: Path, *, most_bytes_per_file: int = 0, **settings: str) -> Iterator[str]:
    """A window that serves; its address. most_bytes_per_file: a disk that is full from then on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def limit() -> None:
        if most_bytes_per_file:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes_per_file, most_bytes_per_file))

    command = [sys.executable, "-m", "rongji", "public", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, env=outside_environment(home, **settings), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=limit,
    )  # fmt: skip
    try:
        _wait(f"http://127.0.0.1:{port}/static/public/mark.svg", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        if process.stderr:
            process.stderr.close()


def _wait(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        try:
            urlopen(address, timeout=2).close()
            return
        except (URLError, OSError):
            if process.poll() is not None:
                raise RuntimeError((process.stderr.read() if process.stderr else b"").decode()) from None
            time.sleep(0.1)
    raise RuntimeError("the window does not answer")


@contextmanager
def database(entry: Mapping[str, object]) -> Iterator[None]:
    """The window's database under its alias, as in a process that has the window switched on.

    What tests write there is committed, for the window's own process reads it.
    """
    from django.db import connections
    from django.db.backends.base.base import BaseDatabaseWrapper

    both = connections.configure_settings({"default": connections.settings["default"], ALIAS: dict(entry)})
    connections.settings[ALIAS] = both[ALIAS]
    watched = BaseDatabaseWrapper.ensure_connection

    def ensure_connection(wrapper: BaseDatabaseWrapper) -> None:
        """Tests forbid databases that they do not know from the start; this one comes and goes."""
        if wrapper.alias != ALIAS:
            watched(wrapper)
        elif wrapper.connection is None:
            with wrapper.wrap_database_errors:
                wrapper.connect()

    BaseDatabaseWrapper.ensure_connection = ensure_connection  # type: ignore[method-assign]
    try:
        yield
    finally:
        connections[ALIAS].close()
        BaseDatabaseWrapper.ensure_connection = watched  # type: ignore[method-assign]
        delattr(connections._connections, ALIAS)
        del connections.settings[ALIAS]
