"""Troubles of the machine (disk, rights, database) are told as what to do; a bug keeps its traceback."""

import errno
import os
import sqlite3
import subprocess
import sys

import pytest
from django.db.utils import DatabaseError, IntegrityError, OperationalError

from rongji.cli.machine import refusal_of


def caused(error, cause):
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "/data/x"), "disk-full"),
        (OSError(errno.EFBIG, "File too large"), "disk-full"),
        (PermissionError(errno.EACCES, "Permission denied", "/data"), "not-writable"),
        (OSError(errno.EROFS, "Read-only file system", "/data"), "not-writable"),
        (FileExistsError(errno.EEXIST, "File exists", "/data"), "place-unusable"),
        (caused(OperationalError("database or disk is full"), sqlite3.OperationalError()), "disk-full"),
        (caused(OperationalError("database is locked"), sqlite3.OperationalError()), "database-busy"),
        (caused(DatabaseError("file is not a database"), sqlite3.DatabaseError()), "database-unusable"),
        (caused(OperationalError("attempt to write a readonly database"), sqlite3.Error()), "not-writable"),
        (OperationalError("no such table: accounts_user"), "not-set-up"),
        (DatabaseError('relation "accounts_user" does not exist'), "not-set-up"),
    ],
)
def test_a_trouble_of_the_machine_is_a_refusal(error, code):
    assert refusal_of(error).code == code


@pytest.mark.parametrize(
    "error", [ValueError("bug"), IntegrityError("UNIQUE constraint failed"), OSError(errno.EBADF, "Bad descriptor")]
)
def test_a_bug_stays_a_bug(error):
    assert refusal_of(error) is None


def rongji(home, *words, limit_kib=0, **environment):
    """Run the command in a directory of its own, with a limit on the size of files if given."""
    command = [sys.executable, "-m", "rongji", *words]
    if limit_kib:
        command = ["bash", "-c", f'ulimit -f {limit_kib}; exec "$@"', "bash", *command]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("RONGJI_", "DJANGO_"))}
    return subprocess.run(
        command,
        cwd=home,
        env={**kept, "RONGJI_DATA_DIR": str(home / "var"), "RONGJI_LOG_LEVEL": "ERROR", **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_full_disk_is_told_and_the_next_run_completes(tmp_path):
    refused = rongji(tmp_path, "setup", limit_kib=100)
    assert refused.returncode == 2
    assert refused.stderr.startswith("磁盘空间不足")
    assert rongji(tmp_path, "setup").returncode == 0
    assert rongji(tmp_path, "trail", "verify").returncode == 0


def test_a_file_where_the_data_directory_belongs(tmp_path):
    (tmp_path / "var").write_text("")
    refused = rongji(tmp_path, "setup")
    assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    assert str(tmp_path / "var") in refused.stderr


def test_a_file_that_is_no_database(tmp_path):
    (tmp_path / "var").mkdir()
    (tmp_path / "var/rongji.sqlite3").write_text("not at all a database, but long enough to be looked at\n" * 40)
    refused = rongji(tmp_path, "trail", "verify")
    assert refused.returncode == 2
    assert "不是本系统的数据库" in refused.stderr


def test_a_server_that_does_not_answer(tmp_path):
    address = f"postgresql://rongji@/rongji?host={tmp_path}"
    refused = rongji(tmp_path, "setup", RONGJI_DATABASE_URL=address)
    assert refused.returncode == 2
    assert refused.stderr.startswith("连不上数据库")
