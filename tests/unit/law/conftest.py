"""Legal data made for one test."""

from pathlib import Path

import pytest
from legal_folder import LegalFolder


@pytest.fixture
def legal(tmp_path: Path) -> LegalFolder:
    """An empty folder with one act."""
    return LegalFolder(tmp_path / "legal")
