"""What the tests of the traffic with the bank share."""

from collections.abc import Callable
from typing import Any

import bank_round
import pytest


@pytest.fixture
def bureau(organisation: Callable[..., Any], options: Callable[..., Any]) -> Any:
    """The county whose payroll it is; bank files go to a directory of the test."""
    return organisation(bank_round.BUREAU)


@pytest.fixture
def finance(actor: Callable[..., Any], bureau: Any) -> Any:
    """The finance clerk."""
    return actor("finance", organisation=bureau)


@pytest.fixture
def run(bureau: Any) -> Any:
    """An approved run of three payments."""
    return bank_round.approved_run(scope=bureau.scope)
