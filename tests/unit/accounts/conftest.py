"""What the tests of the accounts share."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@pytest.fixture
def write(actor: Callable[..., Any]) -> Callable[..., list[int]]:
    """Add entries to the trail, each in its own transaction, and return their numbers."""
    from django.db import transaction

    from rongji.accounts import trail

    who = actor("finance")

    def add(count: int = 1, summary: str = "调整预算", **facts: Any) -> list[int]:
        numbers = []
        for index in range(count):
            with transaction.atomic():
                numbers.append(
                    trail.record(
                        actor=who,
                        action="budget.adjust",
                        subject_kind="line",
                        subject_id=index,
                        summary=f"{summary} {index}",
                        detail=facts,
                    )
                )
        return numbers

    return add


@contextmanager
def unguarded() -> Iterator[Any]:
    """A cursor with the triggers taken off, as somebody with the database's owner rights could do."""
    from django.db import connection

    from rongji.accounts.append_only import removal_statements, trigger_statements
    from rongji.accounts.trail_guards import TRAIL_TABLE

    with connection.cursor() as cursor:
        for statement in removal_statements(connection.vendor, TRAIL_TABLE):
            cursor.execute(statement)
        yield cursor
        for statement in trigger_statements(connection.vendor, TRAIL_TABLE, "sequence"):
            cursor.execute(statement)


@pytest.fixture
def tamper(db: None) -> Callable[..., None]:
    """Run statements behind the back of the triggers."""

    def run(*statements: str) -> None:
        with unguarded() as cursor:
            for statement in statements:
                cursor.execute(statement)

    return run
