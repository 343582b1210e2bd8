"""A bureau that places people."""

from collections.abc import Callable
from typing import Any

import pytest


@pytest.fixture
def bureau(organisation: Callable[..., Any], actor: Callable[..., Any]) -> Any:
    """The bureau with its people."""
    from unit.placement.samples import Placements

    return Placements.founded(organisation, actor)
