"""At start: are the triggers by which no run counts without its approvals really in the database?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from rongji.payments.run_guard import NAMES, RUNS

_PRESENT = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'",
}


def register_check() -> None:
    """Have Django's database checks look for the triggers."""
    register(Tags.database)(runs_are_guarded)


def runs_are_guarded(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A migration that rebuilds the table on SQLite drops its triggers without a word; this check says so."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if RUNS not in connection.introspection.table_names():
            continue
        with connection.cursor() as cursor:
            cursor.execute(_PRESENT[connection.vendor], [RUNS])
            present = {row[0] for row in cursor.fetchall()}
        if missing := [name for name in NAMES if name not in present]:
            hint = "请由数据库管理员核查是谁去掉了触发器，补上以前不要审批发放批次，并逐个核对已批准批次的审批人。"
            message = f"发放批次表缺少审批触发器：{'、'.join(missing)}。"
            found.append(Error(message, hint=hint, id="rongji.E020"))
    return found
