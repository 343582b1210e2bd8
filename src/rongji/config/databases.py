"""The database entry of Django's settings: SQLite with the settings that keep it exact, or PostgreSQL by address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from rongji.config.options import Mode, Options
from rongji.kernel.refusal import Refusal

PUBLIC = "public"
BUSY_SECONDS = 20
# A deferred transaction that upgrades to a write fails at once and ignores the timeout; IMMEDIATE waits its turn.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": BUSY_SECONDS,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; "
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-65536; PRAGMA journal_size_limit=67108864"
    ),
}
KEPT_OPEN_SECONDS = 60


class DatabaseAddressUnreadable(Refusal):
    """A database address of a kind that is not supported."""

    code = "database-address-unreadable"
    sentence = "数据库地址以“{scheme}”开头，不能识别：请写成 postgresql://用户:密码@主机:端口/库名，或留空使用 SQLite。"


def database_entry(options: Options) -> dict[str, Any]:
    """Django's `DATABASES["default"]` for these options."""
    return _postgres(options.database_url) if options.database_url else _sqlite(options)


def databases(options: Options) -> dict[str, dict[str, Any]]:
    """Django's `DATABASES`: the bureau's own, and that of the public window where there is one."""
    found = {"default": database_entry(options)}
    if options.has_public_window:
        found[PUBLIC] = public_entry(options.public_home, options.public_database_url)
    return found


def public_entry(home: Path, address: str) -> dict[str, Any]:
    """The database of the public window, the same seen from inside and from outside."""
    return _postgres(address) if address else _sqlite_file(home, "window.sqlite3")


def _sqlite(options: Options) -> dict[str, Any]:
    entry = _sqlite_file(options.home, "rongji.sqlite3")
    if options.mode is Mode.TEST:
        entry["TEST"] = {"NAME": options.home / "rongji-test.sqlite3"}
    return entry


def _sqlite_file(folder: Path, name: str) -> dict[str, Any]:
    folder.mkdir(mode=0o750, parents=True, exist_ok=True)
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": folder / name,
        "OPTIONS": dict(SQLITE_OPTIONS),
        "CONN_MAX_AGE": KEPT_OPEN_SECONDS,
        "ATOMIC_REQUESTS": False,
    }


def _postgres(address: str) -> dict[str, Any]:
    """An address of the form postgresql://user:password@host:port/name?host=/socket/dir&sslmode=require."""
    parts = urlsplit(address)
    if parts.scheme not in ("postgresql", "postgres"):
        raise DatabaseAddressUnreadable(scheme=parts.scheme)
    extra = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": extra.pop("host", "") or parts.hostname or "",
        "PORT": extra.pop("port", "") or str(parts.port or ""),
        "OPTIONS": extra,
        "CONN_MAX_AGE": KEPT_OPEN_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }
