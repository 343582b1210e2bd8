"""The machine's own troubles while a command runs (disk, rights, database) as refusals that say what to do."""

import errno
import sqlite3
from typing import Any

from rongji.kernel.refusal import Refusal


class NotSetUp(Refusal):
    """The database has no tables yet, or those of an older version."""

    code = "not-set-up"
    sentence = "数据库还没有建好或不是当前版本，请先运行 rongji setup。"
    exit_code = 2


class DiskFull(Refusal):
    """No room, or a limit on the size of files."""

    code = "disk-full"
    sentence = "磁盘空间不足或超出了文件大小限制{where}，这一步没有写入。请腾出空间后重新运行，已完成的部分不受影响。"
    status = 507
    exit_code = 2


class NotWritable(Refusal):
    """A place that this account may not read or write."""

    code = "not-writable"
    sentence = "没有权限读写{where}，或它在只读的盘上。请换一个位置，或改正目录权限后重新运行。"
    exit_code = 2


class PlaceUnusable(Refusal):
    """A path that is a file where a folder belongs, or the other way round."""

    code = "place-unusable"
    sentence = "{where}不能用：该是目录的地方是文件，或路径中有一段不存在。请检查路径后重新运行。"
    exit_code = 2


class DatabaseUnreachable(Refusal):
    """The database server does not answer, or refuses us."""

    code = "database-unreachable"
    sentence = "连不上数据库：{reason}。请检查数据库服务是否运行、RONGJI_DATABASE_URL 是否正确。"
    exit_code = 2


class DatabaseUnusable(Refusal):
    """The SQLite file is damaged, or no SQLite file at all."""

    code = "database-unusable"
    sentence = "数据库文件已损坏或不是本系统的数据库（{reason}）。请用备份恢复，或换一个数据目录（RONGJI_DATA_DIR）。"
    exit_code = 2


class DatabaseBusy(Refusal):
    """Others were writing for longer than we wait."""

    code = "database-busy"
    sentence = "数据库正忙，等候超时，这一步没有写入。请稍后重新运行。"
    status = 503
    exit_code = 2


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}
_MISPLACED = {errno.EEXIST, errno.ENOTDIR, errno.EISDIR, errno.ENOENT, errno.ENAMETOOLONG}


def refusal_of(error: Exception) -> Refusal | None:
    """The refusal for a trouble of the machine; None for a bug, which must show its traceback."""
    if isinstance(error, OSError):
        return _of_system(error)
    if type(error).__module__ == "django.db.utils":
        return _of_database(error)
    return None


def _of_system(error: OSError) -> Refusal | None:
    where = f" {error.filename} " if error.filename else ""
    if error.errno in _FULL:
        return DiskFull(where=where and f"（{where.strip()}）")
    if error.errno in _FORBIDDEN:
        return NotWritable(where=where or "所需的文件")
    if error.errno in _MISPLACED and where:
        return PlaceUnusable(where=where.lstrip())
    return None


def _of_database(error: Exception) -> Refusal | None:
    text, cause = str(error), error.__cause__
    if any(sign in text for sign in ("no such table", "no such column")) or (
        "does not exist" in text and any(sign in text for sign in ("relation", "column"))
    ):
        return NotSetUp()
    return _of_sqlite(text) if isinstance(cause, sqlite3.Error) else _of_postgres(text, cause)


def _of_sqlite(text: str) -> Refusal | None:
    if "database or disk is full" in text or "disk I/O error" in text:
        return DiskFull(where="")
    if "readonly database" in text or "unable to open" in text:
        return NotWritable(where="数据目录里的数据库文件")
    if "not a database" in text or "malformed" in text:
        return DatabaseUnusable(reason=text)
    return DatabaseBusy() if "locked" in text else None


def _of_postgres(text: str, cause: Any) -> Refusal | None:
    state = getattr(cause, "sqlstate", None) or ""
    if state.startswith("53"):  # insufficient resources
        return DiskFull(where="") if state == "53100" else DatabaseBusy()
    never_connected = type(cause).__name__ == "OperationalError" and not state
    if never_connected or state.startswith(("08", "28", "3D", "57P")):
        return DatabaseUnreachable(reason=" ".join(text.split())[:200])
    return None
