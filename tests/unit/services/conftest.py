"""A county with two stations, its clerk, and small registers in a folder of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from legal_folder import LegalFolder
from unit.services.sample_registers import ALL, FAIR


@dataclass
class Desk:
    """The county with whoever works there."""

    bureau: Any
    east: Any
    west: Any
    clerk: Any
    east_clerk: Any
    reviewer: Any

    def add(self, register: str = "fairs", actor: Any = None, **answers: Any) -> int:
        """One record; fairs need nothing said."""
        from rongji.services.services import add_record

        told = {**FAIR, **answers} if register == "fairs" else answers
        return add_record(actor=actor or self.clerk, bureau=self.bureau.code, register=register, answers=told)

    def listed(self, register: str = "fairs", actor: Any = None, **fields: Any) -> Any:
        """A list of one register."""
        from rongji.services.selectors import list_records

        return list_records(actor or self.clerk, bureau=self.bureau.code, register=register, **fields)


@pytest.fixture
def legal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> LegalFolder:
    """The folder of the small registers, which every reader of declarations finds."""
    folder = LegalFolder(tmp_path / "legal")
    for name, text in ALL.items():
        folder.write(f"registers/{name}.yaml", text)
    monkeypatch.setattr("rongji.law.registers.find_legal", lambda root=None: folder.root)
    return folder


@pytest.fixture
def desk(legal: LegalFolder, organisation: Callable[..., Any], actor: Callable[..., Any]) -> Desk:
    """The county of the tests."""
    bureau = organisation("yunhu", area_code="990201", name="云湖县退役军人事务局")
    east = organisation("yunhu-e", parent=bureau, kind="station", area_code="990201", name="东山镇服务站")
    west = organisation("yunhu-w", parent=bureau, kind="station", area_code="990201", name="西河镇服务站")
    return Desk(
        bureau, east, west, actor("clerk", organisation=bureau), actor("clerk", organisation=east),
        actor("reviewer", organisation=bureau),
    )  # fmt: skip
