"""`rongji report` on a year kept in a file: files on disk, what is still to do, refusals with their exit codes."""

from pathlib import Path

import pytest

from rongji.cli.main import app
from rongji.reports.pack import zipped

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
YUELU = str(EXAMPLES / "yuelu-2021" / "year.yaml")
QINGSHAN = str(EXAMPLES / "qingshan-2024" / "year.yaml")


@pytest.fixture
def run(capsys):
    """Run the command line; returns exit code, standard output, standard error."""

    def call(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            app(["report", *arguments])
        shown = capsys.readouterr()
        return int(left.value.code or 0), shown.out, shown.err

    return call


def test_a_preview_is_written_and_says_what_is_still_to_do(run, tmp_path):
    """The bureau's own form without naming it; the path of each file; the first things that stand in the way."""
    code, out, _ = run("--file", YUELU, "--out", str(tmp_path), "--formats", "docx,xlsx")
    assert code == 0
    assert {path.name for path in tmp_path.iterdir()} == {f"yuelu-2021-yuelu-2021.{end}" for end in ("docx", "xlsx")}
    assert str(tmp_path / "yuelu-2021-yuelu-2021.docx") in out
    assert "定稿前还有" in out and "104 分" in out


def test_a_final_report_is_refused_while_figures_contradict_each_other(run, tmp_path):
    """Nothing is written, the reasons are named, the exit code is that of a refusal."""
    code, _, err = run("--file", YUELU, "--out", str(tmp_path), "--final", "--formats", "docx")
    assert code == 3 and "还不能定稿" in err
    assert list(tmp_path.iterdir()) == []


def test_a_consistent_year_becomes_final_with_last_year_beside_it(run, tmp_path):
    """青山 2024 passes everything; with last year's file the comparison is attached."""
    prior = str(EXAMPLES / "qingshan-2023" / "year.yaml")
    code, out, err = run(
        "--file", QINGSHAN, "--prior", prior, "--final", "--out", str(tmp_path), "--formats", "docx", "--sources"
    )
    assert (code, err) == (0, "")
    assert "校验全部通过" in out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "写明单位编码和年度"),
        (("--file", YUELU, "--form", "nowhere"), 3, "yueyang-2022"),
        (("--file", YUELU, "--form", "tianxin-2019"), 3, "“项目”"),
        (("--file", YUELU, "--formats", "odt"), 3, "odt"),
    ],
)
def test_a_wrong_request_is_answered_with_what_to_do(run, tmp_path, arguments, code, said):
    """No bureau, an unknown form, a form that does not fit, an unknown format."""
    found, _, err = run(*arguments, "--out", str(tmp_path))
    assert found == code and said in err


def test_the_forms_are_listed(run):
    """Annexes are not offered."""
    code, out, _ = run("--list")
    assert code == 0 and "yuelu-2021\t" in out and "annex" not in out


def test_a_pack_is_verified_without_database(run, tmp_path):
    """Good: exit 0; a changed file: exit 1 and its name."""
    good, bad = tmp_path / "good.zip", tmp_path / "bad"
    good.write_bytes(zipped({"a.txt": b"1"}, {}))
    assert run("--verify", str(good))[0] == 0
    import zipfile

    zipfile.ZipFile(good).extractall(bad)
    (bad / "a.txt").write_bytes(b"2")
    code, out, _ = run("--verify", str(bad))
    assert code == 1 and "被改动\ta.txt" in out
