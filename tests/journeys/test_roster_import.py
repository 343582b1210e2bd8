"""A clerk's journey at the command line: sample, a bad roster marked, import, again, export, changed import."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

pytestmark = pytest.mark.journey
ROOT = Path(__file__).resolve().parents[2]
ROSTERS = ROOT / "examples" / "rosters"


@pytest.fixture(scope="module")
def rongji(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """The command in a data directory of its own, with one bureau."""
    home = tmp_path_factory.mktemp("roster")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("RONGJI_", "DJANGO_"))}
    environment = {**kept, "RONGJI_DATA_DIR": str(home / "var"), "RONGJI_MODE": "demo", "PYTHONIOENCODING": "utf-8"}

    def run(*words: str, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "rongji", *words]
        done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, timeout=240)
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done

    run("setup")
    run("organisations", "add", "yl", "--name", "某某县退役军人事务局", "--area", "430112")
    return run


def told(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """What the command said as JSON."""
    return json.loads(done.stdout)


def test_a_roster_from_the_sample_to_a_changed_import(rongji, tmp_path):
    """Every step leaves what the next one needs."""
    rongji("roster", "template", "yl", "--out", str(tmp_path / "样表.xlsx"))
    sample = openpyxl.load_workbook(tmp_path / "样表.xlsx")
    assert [cell.value for cell in sample["花名册"][1]][:3] == ["档案号", "姓名", "身份证号"]
    assert sample["花名册"]["C1"].comment.text.startswith("18 位")

    marked = tmp_path / "标注.xlsx"
    bad = rongji("roster", "import", "yl", str(ROSTERS / "花名册-有问题.xlsx"), "--marked", str(marked), exit_code=3)
    assert "整本没有导入" in bad.stderr
    assert "科学记数" in bad.stdout and "换证以前" in bad.stdout
    assert "备查问题清单" in openpyxl.load_workbook(marked).sheetnames

    good = str(ROSTERS / "花名册.xlsx")
    dry = told(rongji("roster", "import", "yl", good, "--dry-run", "--json"))
    assert (dry["imported"], dry["added"], dry["errors"]) == (False, 25, 0)
    done = told(rongji("roster", "import", "yl", good, "--json"))
    assert (done["imported"], done["added"], done["categories"]) == (True, 25, {"11": 8, "42": 6, "51": 6, "81": 5})
    again = rongji("roster", "import", "yl", good)
    assert "没有变化" in again.stdout

    text = told(rongji("roster", "import", "yl", str(ROSTERS / "参战人员-gbk.csv"), "--json"))
    assert (text["added"], text["changed"], text["unchanged"]) == (0, 0, 6), text["changes"]

    exported = tmp_path / "在册.xlsx"
    rongji("roster", "export", "yl", "--out", str(exported))
    book = openpyxl.load_workbook(exported)
    sheet = book["花名册"]
    heading = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, heading["身份证号"]).value.count("*") == 8
    sheet.cell(2, heading["联系电话"]).value = "13900139000"
    book.save(exported)
    changed = rongji("roster", "import", "yl", str(exported))
    assert "变更 1 人" in changed.stdout
    assert "联系电话：已登记 → 尾号 9000" in changed.stdout
    rongji("trail", "verify")


def test_what_is_no_roster_is_refused_in_words(rongji, tmp_path):
    """Another file, an unknown bureau, a month that is none."""
    other = tmp_path / "a.xlsx"
    other.write_bytes(b"PK\x03\x04 no workbook")
    assert "另存为" in rongji("roster", "import", "yl", str(other), exit_code=3).stderr
    rongji("roster", "import", "xx", str(ROSTERS / "花名册.xlsx"), exit_code=3)
    wrong = rongji("roster", "import", "yl", str(ROSTERS / "花名册.xlsx"), "--since", "去年", exit_code=2)
    assert "2024-10" in wrong.stderr
