"""A trigger by which the database itself lets no run count as settled without the approvals that its amount asks for.

Each of them by somebody who neither computed nor proposed it, and for exactly its content.
"""

from collections.abc import Callable
from typing import Any

RUNS, APPROVALS = "payments_paymentrun", "payments_runapproval"
NAME = "payments_run_needs_approvals"
NAME_NEW = "payments_run_begins_open"
NAMES = (NAME, NAME_NEW)
REFUSAL = "a run needs its approvals before it counts as settled"
_OPEN, _SETTLED = "('computed', 'proposed', 'discarded')", "('approved', 'sent', 'settled', 'posted')"
_ENOUGH = (
    f"NEW.approvals_needed > 0 AND NEW.approvals_needed <= (SELECT COUNT(*) FROM {APPROVALS} a WHERE a.run_id = NEW.id "
    "AND a.content_digest = NEW.content_digest AND a.approver_id <> COALESCE(NEW.made_by_id, 0) "
    "AND a.approver_id <> COALESCE(NEW.proposed_by_id, 0))"
)


def install(_apps: Any, schema_editor: Any) -> None:
    """The migration step that puts the guard on."""
    for statement in statements(schema_editor.connection.vendor):
        schema_editor.execute(statement)


def remove(_apps: Any, schema_editor: Any) -> None:
    """The reverse step."""
    if schema_editor.connection.vendor == "sqlite":
        for name in NAMES:
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}")
        return
    for name in NAMES:
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name} ON {RUNS}")
    schema_editor.execute(f"DROP FUNCTION IF EXISTS {NAME}()")


def statements(vendor: str) -> list[str]:
    """What puts the guard on, by database."""
    return _BY_VENDOR[vendor]()


def _sqlite() -> list[str]:
    return [
        f"CREATE TRIGGER {NAME_NEW} BEFORE INSERT ON {RUNS} WHEN NEW.state IN {_SETTLED} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {RUNS} "
        f"WHEN OLD.state IN {_OPEN} AND NEW.state IN {_SETTLED} AND NOT ({_ENOUGH}) "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
    ]


def _postgres() -> list[str]:
    return [
        f"CREATE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"IF NOT ({_ENOUGH}) THEN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
        "END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {NAME_NEW} BEFORE INSERT ON {RUNS} FOR EACH ROW "
        f"WHEN (NEW.state IN {_SETTLED}) EXECUTE FUNCTION {NAME}()",
        f"CREATE TRIGGER {NAME} BEFORE UPDATE ON {RUNS} FOR EACH ROW "
        f"WHEN (OLD.state IN {_OPEN} AND NEW.state IN {_SETTLED}) EXECUTE FUNCTION {NAME}()",
    ]


_BY_VENDOR: dict[str, Callable[[], list[str]]] = {"sqlite": _sqlite, "postgresql": _postgres}
