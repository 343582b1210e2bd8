"""At start: are the triggers that protect the trail really in the database?"""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from rongji.accounts.append_only import missing_triggers

TRAIL_TABLE = "accounts_trailentry"
GUARDED_TABLES = {TRAIL_TABLE: "sequence"}


def register_check() -> None:
    """Have Django's database checks look for the triggers."""
    register(Tags.database)(trail_is_guarded)


def trail_is_guarded(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """A migration that rebuilds the table on SQLite drops its triggers without a word; this check says so."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        if TRAIL_TABLE not in connection.introspection.table_names():
            continue
        missing = missing_triggers(connection, TRAIL_TABLE)
        if missing:
            hint = "请由数据库管理员核查是谁去掉了触发器，并先运行 rongji trail verify。"
            message = f"审计记录表缺少防改触发器：{'、'.join(missing)}。"
            found.append(Error(message, hint=hint, id="rongji.E010"))
    return found
