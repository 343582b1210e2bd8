"""A clerk at the command line: template, a bad table marked, import, again, export, corrected import, numbers."""

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
HEAD = ("举办日期", "名称", "形式", "承办站点", "参会企业", "提供岗位", "到场", "达成就业")


@pytest.fixture(scope="module")
def rongji(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Any]:
    """The command in a data directory of its own, with a bureau and a station."""
    home = tmp_path_factory.mktemp("record")
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("RONGJI_", "DJANGO_"))}
    environment = {**kept, "RONGJI_DATA_DIR": str(home / "var"), "RONGJI_MODE": "demo", "PYTHONIOENCODING": "utf-8"}

    def run(*words: str, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "rongji", *words]
        done = subprocess.run(command, env=environment, cwd=home, capture_output=True, text=True, timeout=240)
        assert done.returncode == exit_code, done.stdout + done.stderr
        return done

    run("setup")
    run("organisations", "add", "yunhu", "--name", "云湖县退役军人事务局", "--area", "990201")
    run("organisations", "add", "yunhu-e", "--name", "东山镇服务站", "--area", "990201", "--kind", "station",
        "--parent", "yunhu")  # fmt: skip
    return run


def table(path: Path, *rows: tuple[Any, ...]) -> str:
    """A table as an office has it: a title over everything, a total below."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(("云湖县招聘会登记表",))
    sheet.merge_cells("A1:H1")
    sheet.append(HEAD)
    for row in rows:
        sheet.append(row)
    sheet.append(("合计", None, None, None, None, None, 999, None))
    book.save(path)
    return str(path)


def told(done: subprocess.CompletedProcess[str]) -> Any:
    """What the command said as JSON."""
    return json.loads(done.stdout)


def test_a_table_from_the_template_to_the_numbers(rongji, tmp_path):
    """Every step leaves what the next one needs."""
    rongji("record", "template", "yunhu", "job_fairs", "--out", str(tmp_path / "模板.xlsx"))
    sample = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    assert sample.worksheets[0]["A2"].value == "示例"
    assert told(rongji("record", "import", "yunhu", "job_fairs", str(tmp_path / "模板.xlsx"), "--dry-run", "--json",
                       exit_code=3))["rows"] == 0  # fmt: skip

    first = ("2023-03-05", "春季专场", "现场招聘会", "东山镇服务站", 35, 420, 320, 18)
    bad = table(tmp_path / "有问题.xlsx", first, ("2023.9.1", "秋季专场", "现场招聘会", "南湖站", 20, 200, "近300", 20))
    marked = tmp_path / "标注.xlsx"
    refused = rongji("record", "import", "yunhu", "job_fairs", bad, "--marked", str(marked), exit_code=3)
    assert "一行也没有导入" in refused.stderr
    assert "登记的是准确的数" in refused.stdout and "南湖站" in refused.stdout
    assert "备查问题清单" in openpyxl.load_workbook(marked).sheetnames

    second = ("2023.9.1", "秋季专场", "现场招聘会", None, 20, 200, 280, 20)
    good = table(tmp_path / "登记表.xlsx", first, second)
    assert told(rongji("record", "import", "yunhu", "job_fairs", good, "--dry-run", "--json"))["added"] == 2
    assert told(rongji("record", "import", "yunhu", "job_fairs", good, "--json"))["imported"]
    assert "没有变化" in rongji("record", "import", "yunhu", "job_fairs", good).stdout

    exported = tmp_path / "导出.xlsx"
    rongji("record", "export", "yunhu", "job_fairs", "--such", "first=2023-09-01", "--out", str(exported))
    book = openpyxl.load_workbook(exported)
    sheet = book.worksheets[0]
    heading = {cell.value: cell.column for cell in sheet[1]}
    assert [sheet.cell(2, heading[name]).value for name in ("名称", "到场")] == ["秋季专场", 280]
    sheet.cell(2, heading["到场"]).value = 300
    book.save(exported)
    assert "到场：280 → 300" in rongji("record", "import", "yunhu", "job_fairs", str(exported)).stdout

    numbers = {item["key"]: item["value"] for item in told(rongji("record", "measures", "yunhu", "2023", "--json"))}
    assert numbers["services.job_fairs.sessions"] == "2"
    assert numbers["services.job_fairs.attendees"] == "620"
    rongji("trail", "verify")


def test_one_record_from_the_command_line(rongji):
    """Fields go by their id or their label."""
    made = rongji("record", "add", "yunhu", "job_fairs", "held_on=2022-05-01", "名称=五一专场", "形式=网络招聘会",
                  "参会企业=10", "posts=100", "attendees=0")  # fmt: skip
    number = made.stdout.strip().rpartition(" ")[2]
    assert "五一专场" in rongji("record", "show", number).stdout
    assert "合计：参会企业 10" in rongji("record", "list", "yunhu", "job_fairs", "--such", "last=2022-12-31").stdout
    vague = rongji("record", "add", "yunhu", "job_fairs", "held_on=2022-05-02", "名称=约数", "形式=网络招聘会",
                   "参会企业=10余", "posts=100", "attendees=0", exit_code=3)  # fmt: skip
    assert "准确的数" in vague.stderr
    listed = told(rongji("record", "registers", "yunhu", "--json"))
    assert any(item["id"] == "job_fairs" and int(item["records"]) >= 1 for item in listed)
