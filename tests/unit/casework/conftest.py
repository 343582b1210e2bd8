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


@pytest.fixture(scope="module")
def legal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the shipped legal data with the sample kinds, in the place of it for the tests of one file."""
    from unit.casework.samples import declare

    from rongji.law import locate
    from rongji.law.loader import lawbook

    copy = tmp_path_factory.mktemp("law") / "legal"
    shutil.copytree(locate.CHECKOUT, copy)
    declare(copy)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(locate, "CHECKOUT", copy)
        lawbook.cache_clear()
        yield copy
    lawbook.cache_clear()


@pytest.fixture
def sample(legal: Path) -> Iterator[Path]:
    """The file of the sample kind, to be written to; it is put back as it was, and other versions are taken away."""
    from rongji.law import case_kinds

    place = legal / "casework" / "sample" / "2020-01-01.yaml"
    before = place.read_text(encoding="utf-8")
    case_kinds._versions.cache_clear()
    yield place
    for path in place.parent.glob("*.yaml"):
        path.unlink()
    place.write_text(before, encoding="utf-8")
    case_kinds._versions.cache_clear()
