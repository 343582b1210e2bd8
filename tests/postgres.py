"""A private PostgreSQL server for one run of the tests: own directory, unix socket only, nothing left behind."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

_UNPRIVILEGED = ("postgres", "nobody")
_STARTUP_SECONDS = 60


def binaries() -> Path | None:
    """The directory with initdb and postgres, newest version first, or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@dataclass
class PrivateServer:
    """A running server and the way to stop it."""

    home: Path
    process: subprocess.Popen[bytes]
    address: str

    def stop(self) -> None:
        """Shut down at once and remove the directory."""
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


def start() -> PrivateServer:
    """Make a cluster in a temporary directory and serve it on a unix socket there; safe as root."""
    tools = binaries()
    assert tools is not None, "PostgreSQL is not installed"
    home = Path(tempfile.mkdtemp(prefix="rongji-pg-", dir="/tmp"))
    user = _server_user()
    if user:
        shutil.chown(home, user)
    # not by runuser or su, which are out of reach where /usr/sbin is not on the path
    switch: dict[str, Any] = {"user": user, "group": pwd.getpwnam(user).pw_gid, "extra_groups": []} if user else {}
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "HOME": str(home)}
    initdb = [str(tools / "initdb"), "-D", str(home / "data"), "-U", "rongji", "-A", "trust"]
    initdb += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    made = subprocess.run(initdb, env=environment, cwd=home, capture_output=True, text=True, check=False, **switch)
    assert made.returncode == 0, made.stderr
    serve = [str(tools / "postgres"), "-D", str(home / "data"), "-k", str(home), "-c", "listen_addresses="]
    for quick in ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60"):
        serve += ["-c", quick]
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(serve, env=environment, cwd=home, stdout=log, stderr=log, **switch)
    _wait_until_ready(tools, home, process)
    return PrivateServer(home, process, f"postgresql://rongji@/postgres?host={quote(str(home), safe='')}")


def _server_user() -> str:
    """The account to run as when we are root, which PostgreSQL refuses to run as."""
    if os.geteuid() != 0:
        return ""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in _UNPRIVILEGED if name in known)


def _wait_until_ready(tools: Path, home: Path, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _STARTUP_SECONDS
    while time.monotonic() < deadline:
        ready = subprocess.run(
            [str(tools / "pg_isready"), "-h", str(home), "-U", "rongji", "-d", "postgres"],
            capture_output=True,
            check=False,
        )
        if ready.returncode == 0:
            return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start: {(home / 'server.log').read_text(errors='replace')[-2000:]}")
