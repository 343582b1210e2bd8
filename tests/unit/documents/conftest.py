"""Tools that some tests need: LibreOffice when the machine has it."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def office(needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Convert a file with LibreOffice."""
    program = needs("soffice")
    home = tmp_path_factory.mktemp("office")

    def convert(path: Path, ending: str) -> Path:
        out = tmp_path_factory.mktemp("converted")
        command = [program, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", ending]
        subprocess.run([*command, "--outdir", str(out), str(path)], check=True, capture_output=True, timeout=180)
        return out / f"{path.stem}.{ending}"

    return convert
