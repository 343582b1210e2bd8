"""`rongji check --file`: exit codes, the two outputs, what it says when it cannot start."""

import json
from pathlib import Path

import pytest

from rongji.cli.main import app

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"


def run(capsys, *arguments):
    with pytest.raises(SystemExit) as left:
        app(["check", *arguments])
    return left.value.code, capsys.readouterr()


def test_contradictions_leave_with_one(capsys):
    code, printed = run(capsys, "--file", str(EXAMPLES / "yueyang-2022" / "year.yaml"))
    assert code == 1
    assert "矛盾 12" in printed.out
    assert "一、矛盾（12）" in printed.out
    assert "可能的根源（推算，供核对）" in printed.out
    assert "、相符（" not in printed.out


def test_questions_alone_leave_with_nothing(capsys):
    code, printed = run(capsys, "--file", str(EXAMPLES / "wangcheng-2021" / "year.yaml"))
    assert code == 0
    assert "没有矛盾，没有缺项。" in printed.out


def test_all_lists_what_holds(capsys):
    _, printed = run(capsys, "--all", "--file", str(EXAMPLES / "panyu-2021" / "year.yaml"))
    assert "、相符（" in printed.out


def test_json_has_decimal_strings(capsys):
    code, printed = run(capsys, "--json", "--file", str(EXAMPLES / "yuelu-2021" / "year.yaml"))
    told = json.loads(printed.out)
    assert code == 1
    assert told["counts"]["contradiction"] == 7
    first = told["findings"][0]
    assert (first["stated"]["value"], first["computed"]["value"], first["difference"]) == (
        "13351.2",
        "13381.62",
        "-30.42",
    )
    assert first["tolerance"] == "0.06"
    assert [item["key"] for item in first["figures"]] == [
        "funds.total:adjusted",
        "funds.fiscal:adjusted",
        "funds.other:adjusted",
    ]


def test_nothing_named_is_refused(capsys):
    code, printed = run(capsys)
    assert code == 2
    assert "请写明单位编码和年度" in printed.err


def test_an_unreadable_year_says_where(capsys, tmp_path):
    text = (EXAMPLES / "panyu-2021" / "year.yaml").read_text(encoding="utf-8")
    broken = tmp_path / "year.yaml"
    broken.write_text(text.replace('"13565.97"', '"一万多"'), encoding="utf-8")
    code, printed = run(capsys, "--file", str(broken))
    assert code == 3
    assert "处读不懂" in printed.err
