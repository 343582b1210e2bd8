"""A finance clerk's journey at the command line: template, bad workbook, marked copy, import, again, explain."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import openpyxl
import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "yuelu-2021" / "year.yaml"

# Imports like the command does, and says so just before the audit entry, then waits to be killed.
STALLED_IMPORT = """
import sys, time
from pathlib import Path
from rongji.cli.main import start_django
start_django()
from rongji.cli.acting import acting
from rongji.performance import services
from rongji.performance.services import opening

def stall(**facts):
    print("written, not yet committed", flush=True)
    time.sleep(60)

opening.trail.record = stall
services.import_year(actor=acting(), source=Path(sys.argv[1]))
"""


def environment_of(home: Path) -> dict[str, str]:
    """A data directory of its own, in demo mode on SQLite."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("RONGJI_", "DJANGO_"))}
    return {**kept, "RONGJI_DATA_DIR": str(home), "RONGJI_MODE": "demo", "PYTHONIOENCODING": "utf-8"}


def run(home: Path, *words: str, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run the command as a clerk would."""
    command = [sys.executable, "-m", "rongji", *words]
    done = subprocess.run(
        command, env=environment_of(home), cwd=home.parent, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == exit_code, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory, set up and with one example year imported."""
    home = tmp_path_factory.mktemp("prepared") / "var"
    run(home, "setup")
    run(home, "year", "import", str(EXAMPLE))
    return home


@pytest.fixture
def home(prepared: Path, tmp_path: Path) -> Path:
    """A copy of it for one journey."""
    return Path(shutil.copytree(prepared, tmp_path / "var"))


@pytest.fixture
def rongji(home: Path) -> Callable[..., Any]:
    """The command on that data directory."""
    return lambda *words, exit_code=0: run(home, *words, exit_code=exit_code)


def changed(path: Path, out: Path, sheet: str, **cells: Any) -> Path:
    """A copy of a workbook with some cells typed anew."""
    book = openpyxl.load_workbook(path)
    for address, value in cells.items():
        book[sheet][address] = value
        book[sheet][address].number_format = "General"
    book.save(out)
    return out


def test_from_the_template_to_an_explained_figure(rongji, tmp_path):
    """Template with what is known, bad cells named and marked, import, import again, the figure's life."""
    rongji("year", "template", "--bureau", "yuelu", "--year", "2021", "--out", "y.xlsx")
    good = tmp_path / "y.xlsx"

    bad = changed(good, tmp_path / "bad.xlsx", "预算执行", D4="一万三千", E5="6,701.89元", E6="=#REF!")
    refused = rongji("year", "import", str(bad), "--marked", "marked.xlsx", exit_code=3)
    assert "必须改正" in refused.stdout and "D4" in refused.stdout and "请写 0.670189" in refused.stdout
    assert "3 格必须改正，整本没有导入" in refused.stderr
    marked = openpyxl.load_workbook(tmp_path / "marked.xlsx")
    assert marked.sheetnames[0] == "备查问题清单"
    assert "不是数字" in marked["预算执行"]["D4"].comment.text
    assert marked["预算执行"]["D4"].fill.fgColor.rgb == "FFFFD9D6"
    listed = json.loads(rongji("year", "import", str(bad), "--json", exit_code=3).stdout)
    assert [item["cell"] for item in listed["problems"]] == ["D4", "E5", "E6"]
    assert json.loads(rongji("year", "list", "--json").stdout)[0]["data_version"] == 1

    better = changed(good, tmp_path / "better.xlsx", "预算执行", D4="13351.20")
    preview = rongji("year", "import", str(better), "--dry-run").stdout
    assert "可以导入 yuelu 2021 年度" in preview
    assert "资金来源合计全年预算数：13351.2 → 13351.20 万元" in preview
    outcome = json.loads(rongji("year", "import", str(better), "--json").stdout)
    assert (outcome["version"], outcome["counts"]) == (2, {"added": 0, "changed": 1, "removed": 0})

    story = rongji("year", "show", "yuelu", "2021", "--figure", "funds.total:adjusted").stdout
    assert "资金来源合计全年预算数 = 13351.20万元" in story
    assert "better.xlsx 工作表“预算执行” D4 001 第47行" in story
    assert "第 2 版" in story
    assert (
        "没有数据“funds.total:prior”"
        in rongji("year", "show", "yuelu", "2021", "--figure", "funds.total:prior", exit_code=3).stderr
    )


def test_evidence_is_attached_at_the_command_line(rongji, tmp_path):
    """A file, a title, the figures and indicators it stands behind."""
    proof = tmp_path / "决算报表.pdf"
    proof.write_bytes(b"%PDF-1.4 ...")
    words = ("E90", "--file", str(proof), "--figure", "funds.total:actual")
    rongji("year", "evidence", "add", "yuelu", "2021", *words)
    assert "决算报表.pdf" in rongji("year", "evidence", "list", "yuelu", "2021").stdout
    shown = json.loads(rongji("year", "show", "yuelu", "2021", "--figure", "funds.total:actual", "--json").stdout)
    assert shown["statements"][0]["source"]["evidence"] == ["E90"]
    rongji("year", "evidence", "add", "yuelu", "2021", "E90", "--title", "部门决算报表")
    rongji("year", "evidence", "add", "yuelu", "2021", "E90", "--file", str(proof))
    assert "部门决算报表" in rongji("year", "evidence", "list", "yuelu", "2021").stdout


def test_the_files_that_the_workbook_names_are_attached_from_a_folder(rongji, tmp_path):
    """佐证材料 says E91 is 名册.pdf: found in the folder it is attached, once; what is not there is named."""
    text = EXAMPLE.read_text(encoding="utf-8").split("  evidence:")[0].rstrip()
    text += (
        "\n  evidence:\n    - {code: E91, title: 名册, file_name: 名册.pdf}"
        "\n    - {code: E92, title: 批文, file_name: 批文.pdf}\n"
    )
    (tmp_path / "year.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "名册.pdf").write_bytes(b"%PDF-1.4 ...")
    words = ("year", "import", str(tmp_path / "year.yaml"), "--evidence", str(tmp_path / "files"))
    assert "佐证文件“批文.pdf”不在" in rongji(*words).stderr
    listed = rongji("year", "evidence", "list", "yuelu", "2021").stdout
    assert "名册.pdf" in listed and "12 字节" in listed and "（未上传）" in listed
    version = json.loads(rongji("year", "list", "--json").stdout)[0]["data_version"]
    assert "没有变化" in rongji(*words).stdout
    assert json.loads(rongji("year", "list", "--json").stdout)[0]["data_version"] == version


def test_two_imports_at_once_are_taken_one_after_the_other(rongji, tmp_path):
    """Both succeed, each as a whole: the year is one of the two files, never a mixture, and the trail is sound."""
    texts = [EXAMPLE.read_text(encoding="utf-8").replace("13351.2", value) for value in ("13351.4", "13351.5")]
    files = []
    for number, text in enumerate(texts):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(text, encoding="utf-8")
    with ThreadPoolExecutor(2) as together:
        list(together.map(lambda path: rongji("year", "import", str(path)), files))
    figures = json.loads(rongji("year", "show", "yuelu", "2021", "--json").stdout)["figures"]
    budgets = {
        item["value"] for item in figures if item["key"] in ("funds.total:adjusted", "expenditure.total:adjusted")
    }
    assert budgets in ({"13351.4"}, {"13351.5"})
    assert json.loads(rongji("year", "list", "--json").stdout)[0]["data_version"] == 3
    rongji("trail", "verify")


def test_an_import_killed_in_the_middle_leaves_nothing(rongji, home, tmp_path):
    """Rows written, the process killed before the commit: the year is what it was, the next import works."""
    text = EXAMPLE.read_text(encoding="utf-8").replace("13351.2", "99999.9")
    (tmp_path / "other.yaml").write_text(text, encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-c", STALLED_IMPORT, str(tmp_path / "other.yaml")],
        env=environment_of(home),
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline().strip() == "written, not yet committed"
    child.kill()
    child.wait()
    child.stdout.close()
    figure = json.loads(rongji("year", "show", "yuelu", "2021", "--figure", "funds.total:adjusted", "--json").stdout)
    assert [item["value"] for item in figure["statements"]] == ["13351.2"]
    assert [item["line"].partition("：")[2] for item in figure["history"]] == ["新增 13351.2万元"]
    assert "数据第 2 版" in rongji("year", "import", str(tmp_path / "other.yaml")).stdout
    rongji("trail", "verify")


def test_an_unknown_form_or_half_a_prefill_is_refused(rongji):
    """With the list of forms that exist."""
    assert "可用的表式" in rongji("year", "template", "--form", "nowhere", "--out", "x.xlsx", exit_code=3).stderr
    assert "要一起给" in rongji("year", "template", "--bureau", "yuelu", "--out", "x.xlsx", exit_code=3).stderr
