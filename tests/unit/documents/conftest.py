"""Tools that some tests need: LibreOffice when the machine has it."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pylopdf_fonts_zh_cn import serif_path

# The fonts of the package beside those of the machine: how lines break must not hang on what is installed there.
_FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<include ignore_missing="yes">{system}</include><dir>{fonts}</dir><cachedir>{cache}</cachedir></fontconfig>
"""


@pytest.fixture(scope="session")
def office(needs: Callable[[str], str], tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path, str], Path]:
    """Convert a file with LibreOffice."""
    program = needs("soffice")
    home = tmp_path_factory.mktemp("office")
    fonts = home / "fonts.conf"
    system = os.environ.get("FONTCONFIG_FILE", "/etc/fonts/fonts.conf")
    fonts.write_text(_FONTS.format(system=system, fonts=serif_path().parent, cache=home / "fonts"))
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts)}

    def convert(path: Path, ending: str) -> Path:
        out = tmp_path_factory.mktemp("converted")
        command = [program, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", ending]
        command += ["--outdir", str(out), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=180, env=environment)
        return out / f"{path.stem}.{ending}"

    return convert
