"""A window that serves, its database seen from inside, and people on both sides."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="session")
def window_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The window's data directory."""
    return tmp_path_factory.mktemp("window") / "public"


@pytest.fixture(scope="session")
def window_address(window_home: Path) -> Iterator[str]:
    """A window that serves through all tests; its tables are emptied before each."""
    from unit.public.window import serving

    with serving(window_home) as address:
        yield address


@pytest.fixture
def inside(window_address: str, window_home: Path, db: None, options: Callable[..., Any]) -> Iterator[Any]:
    """The inside with the window switched on, and nothing in the window yet."""
    from unit.public.window import database

    from rongji.config.databases import public_entry
    from rongji.public import models

    changed = options(public_window=True, public_data_dir=window_home)
    with database(public_entry(window_home, "")):
        for model in ("Publication", "Submission", "SealingKey", "Tally"):
            getattr(models, model).objects.all().delete()
        yield changed


@pytest.fixture
def bureau(inside: Any, organisation: Callable[..., Any]) -> Any:
    """The bureau whose window it is."""
    return organisation("yunhu", area_code="990201", name="云湖县退役军人事务局（示例）")


@pytest.fixture
def someone(bureau: Any, user: Callable[..., Any]) -> Callable[..., Any]:
    """Somebody inside, acting now or later: `someone("clerk", days=3)`."""
    from rongji.accounts.selectors import actor_for
    from rongji.accounts.types import Origin, OriginKind
    from rongji.kernel import clock

    known: dict[str, Any] = {}

    def make(role: str, *, days: int = 0, at: datetime | None = None) -> Any:
        if role not in known:
            known[role] = user(role, organisation=None if role == "administrator" else bureau)
        when = at or clock.now() + timedelta(days=days)
        return actor_for(user=known[role], origin=Origin(OriginKind.CLI, "test"), at=when)

    return make


@pytest.fixture
def opened(someone: Callable[..., Any]) -> Any:
    """The window open: a key, and everything published that usually is."""
    from rongji.intake.keys import make_keys
    from rongji.intake.publishing import publish

    make_keys(actor=someone("administrator"))
    return publish(actor=someone("section_head"))


@pytest.fixture
def visitor(window_address: str, opened: Any) -> Any:
    """Somebody at home, the window being open."""
    from unit.public.visitor import Visitor

    return Visitor(window_address)
