"""A bureau with a station, somebody of every role in it, and a folder of legal data to declare kinds in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def office(organisation: Callable[..., Any], user: Callable[..., Any]) -> Any:
    """The bureau of a county with one station and one account for each role."""
    from unit.casework.samples import Office

    bureau = organisation("yunhu", area_code="990201", name="云湖县退役军人事务局")
    organisation("yunhu-1", parent=bureau, kind="station", area_code="990201001")
    return Office(user, bureau)


@pytest.fixture
def legal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the shipped legal data in the place of it, into which a test writes."""
    from rongji.law import locate
    from rongji.law.loader import lawbook

    copy = tmp_path / "legal"
    shutil.copytree(locate.CHECKOUT, copy)
    monkeypatch.setattr(locate, "CHECKOUT", copy)
    lawbook.cache_clear()
    yield copy
    lawbook.cache_clear()
