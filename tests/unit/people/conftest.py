"""A bureau with two stations, and somebody of every role in it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest


@pytest.fixture
def register(organisation: Callable[..., Any], user: Callable[..., Any]) -> Any:
    """The bureau, with a station of a town and of a village."""
    from unit.people.samples import Register, at

    from rongji.accounts.selectors import actor_for
    from rongji.accounts.types import Origin, OriginKind

    bureau = organisation("yl", area_code="430112")
    town = organisation("yl-1", parent=bureau, kind="station", area_code="430112001")
    organisation("yl-1-1", parent=town, kind="station", area_code="430112001001")
    users: dict[str, Any] = {}

    def actor_on(role: str, day: date) -> Any:
        if role not in users:
            users[role] = user(role, organisation=bureau)
        return actor_for(user=users[role], origin=Origin(OriginKind.CLI, "test"), at=at(day))

    return Register(actor_on)
