"""Triggers that make a table append-only in the database itself, on SQLite and PostgreSQL.

Used by migrations: `RunPython(install(table, key), remove(table))`, and looked for at start.
"""

from collections.abc import Callable
from typing import Any

_REFUSAL = "append-only: entries can be neither changed nor deleted"


def trigger_statements(vendor: str, table: str, key: str) -> list[str]:
    """The statements that guard one table; key: its primary key column."""
    return _sqlite_statements(table, key) if vendor == "sqlite" else _postgres_statements(table)


def removal_statements(vendor: str, table: str) -> list[str]:
    """The statements that take the guard away again."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in trigger_names(vendor, table)]
    drops = [f"DROP TRIGGER IF EXISTS {name} ON {table}" for name in trigger_names(vendor, table)]
    return [*drops, f"DROP FUNCTION IF EXISTS {table}_refuse()"]


def trigger_names(vendor: str, table: str) -> tuple[str, ...]:
    """The triggers that must be there."""
    last = "replace" if vendor == "sqlite" else "truncate"
    return tuple(f"{table}_no_{word}" for word in ("update", "delete", last))


def install(table: str, key: str) -> Callable[[Any, Any], None]:
    """A migration step that puts the guard on."""

    def step(_apps: Any, schema_editor: Any) -> None:
        for statement in trigger_statements(schema_editor.connection.vendor, table, key):
            schema_editor.execute(statement)

    return step


def remove(table: str) -> Callable[[Any, Any], None]:
    """The reverse migration step."""

    def step(_apps: Any, schema_editor: Any) -> None:
        for statement in removal_statements(schema_editor.connection.vendor, table):
            schema_editor.execute(statement)

    return step


def missing_triggers(connection: Any, table: str) -> list[str]:
    """The guards that are not in force, by name."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND tgenabled <> 'D'"
    with connection.cursor() as cursor:
        cursor.execute(query, [table])
        present = {row[0] for row in cursor.fetchall()}
    return [name for name in trigger_names(connection.vendor, table) if name not in present]


def _sqlite_statements(table: str, key: str) -> list[str]:
    abort = f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    return [
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {abort}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {abort}",
        # INSERT OR REPLACE deletes the old row without firing the delete trigger.
        f"CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) {abort}",
    ]


def _postgres_statements(table: str) -> list[str]:
    call = f"EXECUTE FUNCTION {table}_refuse()"
    return [
        f"CREATE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$",
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
    ]
