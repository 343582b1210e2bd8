"""Start-up checks: what the settings promise is really in force, and production carries nothing of the demo."""

import re
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register, run_checks
from django.db import connections

from rongji.config.databases import BUSY_SECONDS
from rongji.config.options import DEMO_DATA_KEY, DEMO_INDEX_KEY, DEMO_SECRET
from rongji.kernel.refusal import Refusal

UNSHARED_CACHES = ("locmem", "dummy")
SHORTEST_SECRET = 40


class SettingsRefused(Refusal):
    """Settings with which the system must not start."""

    code = "settings-refused"
    sentence = "设置不符合运行要求，没有启动：{problems}"
    exit_code = 2


def refuse_wrong_settings() -> None:
    """Run every check, the database's too, and refuse to go on when one of them is an error.

    Raises: SettingsRefused with all of them.
    """
    found = run_checks(databases=["default"])
    errors = [message for message in found if message.level >= Error("").level]
    if errors:
        raise SettingsRefused(problems="；".join(f"{item.msg}（{item.id}）{item.hint or ''}" for item in errors))


@register(Tags.database)
def database_settings_are_in_force(databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Ask the open connection itself: an option written one level too high is silently ignored by Django."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        connection = connections[alias]
        found += _sqlite_problems(connection) if connection.vendor == "sqlite" else _postgres_problems(connection)
        if connection.settings_dict["ATOMIC_REQUESTS"]:
            found.append(Error("ATOMIC_REQUESTS 必须关闭，否则只看不改的页面也要排队等写锁。", id="rongji.E003"))
    return found


def _sqlite_problems(connection: Any) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
        busy = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
    found: list[CheckMessage] = []
    if journal != "wal":
        found.append(Error(f"SQLite 的日志方式是 {journal}，应为 wal。", id="rongji.E001"))
    if busy < BUSY_SECONDS * 1000 or connection.transaction_mode != "IMMEDIATE":
        found.append(
            Error(
                f"SQLite 写锁等待 {busy} 毫秒、事务方式 {connection.transaction_mode}，写入会出错。", id="rongji.E002"
            )
        )
    return found


def _postgres_problems(connection: Any) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_encoding")
        encoding = cursor.fetchone()[0]
    if encoding != "UTF8":
        return [Error(f"PostgreSQL 数据库编码是 {encoding}，应为 UTF8。", id="rongji.E004")]
    return []


@register(Tags.caches)
def the_cache_is_shared(**_: Any) -> list[CheckMessage]:
    """A cache of one process lets every other process start counting wrong passwords anew."""
    backend = settings.CACHES["default"]["BACKEND"]
    if any(word in backend for word in UNSHARED_CACHES):
        return [Error(f"缓存 {backend} 不在各进程间共享，登录锁定会失效。", id="rongji.E005")]
    return []


@register(Tags.security)
def production_carries_nothing_of_the_demo(**_: Any) -> list[CheckMessage]:
    """No demo secret, no debug pages, no open host list where real data is kept."""
    if not settings.RONGJI.is_production:
        return []
    found: list[CheckMessage] = []
    if settings.SECRET_KEY == DEMO_SECRET or len(settings.SECRET_KEY) < SHORTEST_SECRET:
        hint = f"请设置 RONGJI_SECRET_KEY（不少于 {SHORTEST_SECRET} 个随机字符）。"
        found.append(Error("正式使用不能用演示密钥或过短的密钥。", hint=hint, id="rongji.E006"))
    if settings.DEBUG:
        found.append(Error("正式使用不能打开调试页面（DEBUG）。", id="rongji.E007"))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("正式使用必须写明允许访问的主机名（RONGJI_ALLOWED_HOSTS）。", id="rongji.E008"))
    return found


@register(Tags.security)
def personal_numbers_are_kept_under_own_keys(**_: Any) -> list[CheckMessage]:
    """No key of the demo, none that is short or twice the same number, where real people's numbers are kept."""
    options = settings.RONGJI
    keys = [key.get_secret_value().partition(":") for key in options.data_keys]
    names = [name for name, _, _ in keys]
    found: list[CheckMessage] = []
    well_named = all(re.fullmatch(r"[A-Za-z0-9_-]{1,16}", name) for name in names) and len(set(names)) == len(keys)
    if not keys or not well_named or not all(secret for _, _, secret in keys):
        hint = "请把 RONGJI_DATA_KEYS 写成“编号:随机长字符串”的列表；编号用字母数字，不超过 16 个，不重复。"
        found.append(Error("数据加密密钥没有写好。", hint=hint, id="rongji.E011"))
    if not options.is_production:
        return found
    demo = DEMO_DATA_KEY in [key.get_secret_value() for key in options.data_keys]
    if demo or any(len(secret) < SHORTEST_SECRET for _, _, secret in keys):
        hint = f"请设置 RONGJI_DATA_KEYS（每个不少于 {SHORTEST_SECRET} 个随机字符），并另处备份。"
        found.append(Error("正式使用不能用演示的数据加密密钥或过短的密钥。", hint=hint, id="rongji.E012"))
    index_key = options.index_key.get_secret_value()
    if index_key == DEMO_INDEX_KEY or len(index_key) < SHORTEST_SECRET:
        hint = f"请设置 RONGJI_INDEX_KEY（不少于 {SHORTEST_SECRET} 个随机字符），并另处备份。"
        found.append(Error("正式使用不能用演示的索引密钥或过短的密钥。", hint=hint, id="rongji.E013"))
    return found
