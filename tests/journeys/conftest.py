"""The office in which journeys through cases happen."""

from collections.abc import Callable
from typing import Any

import pytest
from case_walk import AREA, Walk


@pytest.fixture
def walk(organisation: Callable[..., Any], user: Callable[..., Any]) -> Walk:
    """The office of the invented county, somebody of every role."""
    from unit.casework.samples import Office

    bureau = organisation("yunhu", area_code=AREA, name="云湖县退役军人事务局")
    office = Office(user, bureau)
    return Walk(lambda role, day: office.actor(role, str(day)))
