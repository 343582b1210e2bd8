"""The bureau into which rosters are imported, and the desk at which that is done."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest


@pytest.fixture
def desk(organisation: Callable[..., Any], user: Callable[..., Any]) -> Any:
    """A bureau and its clerk."""
    from unit.people.imports.desk import Desk

    from rongji.accounts.selectors import actor_for
    from rongji.accounts.types import Origin, OriginKind

    bureau = organisation("yl", area_code="430112")
    users: dict[str, Any] = {}

    def actor(day: date, role: str = "section_head") -> Any:
        if role not in users:
            users[role] = user(role, organisation=bureau)
        at = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
        return actor_for(user=users[role], origin=Origin(OriginKind.CLI, "test"), at=at)

    return Desk(actor)
