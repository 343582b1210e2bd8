"""`rongji audit`: from the command line to exit status, JSON, page, opinion and a folder of results."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import jsonschema
import pytest

from rongji.audit.json_schema import audit_schema
from rongji.cli.main import app

pytestmark = pytest.mark.journey

ROOT = Path(__file__).resolve().parents[2]
HEAD = "青山县某局 2024 年度部门整体支出绩效自评报告\n\n一、预算执行情况\n\n"
GOOD = HEAD + "2024 年支出合计 1063.50 万元，其中基本支出 400.25 万元，项目支出 663.25 万元。\n"
BAD = GOOD.replace("1063.50", "1073.50")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A working folder with a clean report, one with a contradiction, and a damaged file."""
    monkeypatch.chdir(tmp_path)
    reports = tmp_path / "报告"
    (reports / "乡镇").mkdir(parents=True)
    (reports / "甲.txt").write_text(GOOD, encoding="utf-8")
    (reports / "乡镇" / "乙.txt").write_text(BAD, encoding="utf-8")
    return reports


@pytest.fixture
def audit(capfd):
    """`audit("甲.txt", "--json")`: exit status and what was printed."""

    def run(*arguments):
        with pytest.raises(SystemExit) as left:
            app(["audit", *map(str, arguments)])
        return left.value.code, capfd.readouterr()

    return run


def test_a_clean_report_leaves_with_nothing(folder, audit):
    """What was looked at is counted."""
    code, printed = audit(folder / "甲.txt")
    assert code == 0
    assert "矛盾 0" in printed.out and "没有矛盾" in printed.out


def test_a_contradiction_leaves_with_one_and_says_where_and_by_how_much(folder, audit):
    """Line, sum, difference, tolerance, what to do."""
    code, printed = audit(folder / "乡镇" / "乙.txt")
    assert code == 1
    assert "400.25" in printed.out and "663.25" in printed.out and "1063.50 万元" in printed.out
    assert "相差 10 万元" in printed.out
    assert "位置：第 5 行 1073.50 万元" in printed.out


def test_an_unreadable_file_leaves_with_two_and_the_others_are_done(folder, audit):
    """Missing, damaged; two wins over one."""
    (folder / "丙.docx").write_bytes(b"PK\x03\x04 no package")
    code, printed = audit(folder / "没有.txt", folder, "--json")
    assert code == 2
    files = json.loads(printed.out)["files"]
    assert [Path(entry["file"]).name for entry in files] == ["没有.txt", "丙.docx", "乙.txt", "甲.txt"]
    assert [bool(entry["error"]) for entry in files] == [True, True, False, False]
    assert files[0]["error"] == "没有这个文件。请检查路径和读取权限。"
    assert "无法读取" in files[1]["error"]
    assert files[2]["summary"]["contradiction"] >= 1


def test_what_is_no_file_is_not_waited_for(folder, audit):
    """A pipe that nobody writes to; the table says why."""
    os.mkfifo(folder / "管道.txt")
    code, printed = audit(folder / "管道.txt", folder / "甲.txt", "--brief")
    assert code == 2 and "管道.txt：不是普通文件（目录、管道或设备）。请先存成文件再核对。\n" in printed.out


def test_folders_and_patterns_mean_the_documents_in_them(folder, audit):
    """Sorted, each once; hidden files, lock files of office programs and other kinds are left out."""
    for name in (".乙.txt", "~$甲.docx", "图.png"):
        (folder / name).write_bytes(b"x")
    _, printed = audit(folder, folder / "*.txt", "--json")
    assert [entry["file"] for entry in json.loads(printed.out)["files"]] == [
        str(folder / "乡镇" / "乙.txt"), str(folder / "甲.txt"),
    ]  # fmt: skip


def test_a_folder_without_documents_is_said(tmp_path, audit):
    """With status two."""
    code, printed = audit(tmp_path)
    assert code == 2 and "没有可以核对的文件" in printed.err


def test_json_fits_its_schema_and_is_the_same_every_time(folder, audit):
    """One process or several, again and again."""
    outputs = [audit(folder, "--json", "--jobs", jobs)[1].out for jobs in (1, 2, 2)]
    assert len(set(outputs)) == 1
    told = json.loads(outputs[0], parse_float=lambda text: pytest.fail(f"float {text}"))
    jsonschema.validate(told, audit_schema())
    first = next(claim for claim in told["files"][0]["claims"] if claim["verdict"] == "contradiction")
    assert {where["line"] for where in first["where"]} == {5}
    assert {where["text"] for where in first["where"]} == {"1073.50 万元", "400.25 万元", "663.25 万元"}


def test_many_files_end_in_a_table(folder, audit):
    """One line for each; --brief prints nothing else."""
    code, printed = audit(folder.name, "--brief")
    lines = printed.out.splitlines()
    assert code == 1 and len(lines) == 6
    assert lines[-1] == "共 2 个文件：1 个有矛盾，1 个没有矛盾，0 个读不了。"
    assert printed.err == ""  # no progress bar where nobody watches


def test_all_files_in_one_page_or_a_page_each(folder, audit, tmp_path):
    """By what --html names."""
    assert audit(folder, "--html", tmp_path / "all.html")[0] == 1
    whole = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert whole.count('<section class="au-file"') == 2 and "1073.50 万元</a>" in whole
    audit(folder, "--html", tmp_path / "pages")
    pages = sorted(path.name for path in (tmp_path / "pages").iterdir())
    assert len(pages) == 3 and "index.html" in pages
    index = (tmp_path / "pages" / "index.html").read_text(encoding="utf-8")
    assert "乙.txt" in index and all(name.split("-")[0][0] in index for name in pages)


def test_an_opinion_holds_what_was_accepted(folder, audit, tmp_path):
    """All that was found as a draft; with the decisions of the page, what they accept."""
    docx = pytest.importorskip("docx")
    name = str(folder / "乡镇" / "乙.txt")
    audit(name, "--opinion", "draft.docx")
    assert "1073.50" in "".join(p.text for p in docx.Document("draft.docx").paragraphs)
    from rongji.audit.results import digest_of

    decision = {"file": name, "digest": digest_of(Path(name)), "claim": "c1", "accepted": True, "note": "已核实"}
    Path("picks.json").write_text(json.dumps({"decisions": [decision]}), encoding="utf-8")
    audit(name, "--opinion", "final.docx", "--decisions", "picks.json")
    words = "".join(p.text for p in docx.Document("final.docx").paragraphs)
    assert "审核说明：已核实" in words and "提出审核意见 1 条" in words
    Path("picks.json").write_text(json.dumps({"decisions": [{**decision, "digest": "0" * 64}]}), encoding="utf-8")
    code, printed = audit(name, "--opinion", "final.docx", "--decisions", "picks.json")
    assert code == 3 and "重新核对" in printed.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--html", "out.pdf"), "--html"),
        (("--opinion", "out.pdf"), ".docx"),
        (("--decisions", "甲.txt", "--opinion", "out.docx"), "审核取舍"),
    ],
)
def test_outputs_of_another_kind_are_refused(folder, audit, monkeypatch, arguments, said):
    """In words."""
    monkeypatch.chdir(folder)
    code, printed = audit("甲.txt", *arguments)
    assert code == 3 and said in printed.err


def test_a_run_that_was_broken_off_is_taken_up_again(folder, tmp_path):
    """Ctrl+C ends cleanly, leaves whole results and no process behind; the same command goes on from there."""
    for number in range(120):
        text = BAD.replace("青山县", f"青山县第{number}") + "各项工作按计划完成。\n" * 50
        (folder / f"报告{number:03d}.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "结果"
    command = [sys.executable, "-m", "rongji", "audit", str(folder), "--out", str(out), "--brief", "--jobs", "2"]
    running = subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    for _ in range(600):
        if out.is_dir() and len(list(out.iterdir())) > 5:
            break
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=30)
    assert running.returncode == 130 and "接着做" in err and "Traceback" not in err
    done = list(out.glob("*.json"))
    assert 0 < len(done) < 122 and all(json.loads(path.read_text(encoding="utf-8"))["files"] for path in done)
    again = subprocess.run(command, cwd=ROOT, text=True, capture_output=True, check=False)
    assert again.returncode == 1
    assert f"其中 {len(done)} 个沿用上次的结果" in again.stdout
    assert [path.name for path in out.iterdir() if path.name.startswith(".")] == []


def test_a_folder_that_cannot_be_written_is_said(folder, audit, tmp_path):
    """A file where the folder of results should be."""
    (tmp_path / "结果").write_text("", encoding="utf-8")
    code, printed = audit(folder, "--out", tmp_path / "结果")
    assert code == 2 and "不能用" in printed.err


def test_a_full_disk_is_said(folder, audit, monkeypatch):
    """No traceback."""
    if not Path("/dev/full").exists() or not os.access("/dev/full", os.W_OK):
        pytest.skip("no /dev/full on this machine")
    from rongji.audit import job

    def full(path, content):
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(job, "write_result", lambda path, *_: full(path, b""))
    code, printed = audit(folder / "甲.txt")
    assert code == 2 and "磁盘空间不足" in printed.err


def test_help_and_audit_load_neither_django_nor_readers_that_are_not_needed():
    """The command starts fast."""
    script = (
        "import sys\nfrom rongji.cli.main import app\n"
        "try:\n    app(['audit', '--help'])\nexcept SystemExit:\n    pass\n"
        "print([name for name in ('django', 'lxml', 'yaml', 'rongji.audit', 'rongji.checks') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
