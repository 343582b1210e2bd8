"""`rongji evaluate --file`: the table, the JSON, exit codes, and what it says when it cannot start."""

import json
from pathlib import Path

import jsonschema
import pytest
from spec.scoring.builders import closing_year, row

from rongji.cli import evaluate as command
from rongji.cli.main import app

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES = ROOT / "examples"
YUELU = str(EXAMPLES / "yuelu-2021" / "year.yaml")
DAYS = ("--on", "2024-03-01", "--known-on", "2024-03-01")


def run(capsys, *arguments):
    """Exit code and what was printed."""
    with pytest.raises(SystemExit) as left:
        app(["evaluate", *arguments])
    return left.value.code, capsys.readouterr()


def test_a_provisional_year_leaves_with_one_and_lists_what_is_missing(capsys):
    """The table with every explanation, the acts as notes, the gates; many of one kind told once."""
    code, printed = run(capsys, "--file", YUELU, *DAYS)
    assert code == 1
    assert "长沙市岳麓区退役军人事务局 2021 年度 部门整体支出绩效自评" in printed.out
    assert "10 × 85.66% = 8.57 分" in printed.out.replace("\n", "")
    assert "〔1〕依据《项目支出绩效评价管理办法》（财预〔2020〕10号），转载原文" in printed.out
    assert "暂评总分 102.57 分（分值合计 104 分），未定等次" in printed.out
    assert "缺项（34 处，补齐后才有正式得分）" in printed.out
    assert "同样情形还有 25 处：I02、I03" in printed.out


def test_json_fits_its_schema_and_has_no_number_that_is_not_a_string(capsys):
    """Numbers as decimal strings; the year alone is a whole number."""
    code, printed = run(capsys, "--json", "--file", YUELU, *DAYS)
    told = json.loads(printed.out, parse_float=lambda text: pytest.fail(f"float {text}"))
    schema = json.loads((ROOT / "docs" / "reference" / "evaluation.schema.json").read_text(encoding="utf-8"))
    jsonschema.validate(told, schema)
    assert code == 1
    assert (told["bureau"], told["year"], told["scheme"], told["final"]) == ("yuelu", 2021, "national-2020", False)
    assert (told["total"], told["rows"][0]["score"]) == ("102.57", "8.57")


def test_another_scheme_may_be_asked_for(capsys):
    """Hubei gives execution 20 points."""
    _, printed = run(capsys, "--json", "--scheme", "hubei-2020", "--file", YUELU, *DAYS)
    told = json.loads(printed.out)
    assert (told["scheme"], told["rows"][0]["score"]) == ("hubei-2020", "17.13")


def test_a_final_year_leaves_with_nothing(capsys, monkeypatch):
    """Total and grade; what is only worth a look is a remark."""
    facts = closing_year(row("≥", "100", "150", reason="年初摸底偏少"))
    monkeypatch.setattr(command, "bureau_year", lambda *_: facts)
    code, printed = run(capsys, "made-up", "2023", *DAYS)
    assert code == 0
    assert "总分 99.50 分，等次：优（分值合计 100 分）" in printed.out
    assert "提示（1 处）" in printed.out
    assert "缺项" not in printed.out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ((), 2, "year-not-named"),
        (("--file", YUELU, "--scheme", "no-such"), 3, "unknown-scheme"),
        (("--file", YUELU, "--project", "P9"), 3, "unknown-project"),
        (("--file", YUELU, "--on", "2010-01-01"), 3, "no-value-in-force"),
    ],
)
def test_what_it_refuses(capsys, arguments, code, said):
    """Typed, with a sentence, on standard error."""
    left, printed = run(capsys, "--json", *arguments)
    assert left == code
    assert json.loads(printed.err)["code"] == said


def test_a_file_with_bad_cells_is_refused_with_the_first(capsys, tmp_path):
    """All or nothing."""
    bad = tmp_path / "year.yaml"
    bad.write_text(Path(YUELU).read_text(encoding="utf-8").replace('"13351.2"', '"一万三"'), encoding="utf-8")
    code, printed = run(capsys, "--file", str(bad))
    assert code == 3
    assert "读不懂，未予采用" in printed.err


@pytest.mark.django_db
def test_the_records_and_the_file_give_the_same_evaluation(capsys):
    """Imported, the year scores as it did from the file."""
    from rongji.cli.acting import acting
    from rongji.performance.services import import_year

    import_year(actor=acting(), source=Path(YUELU))
    _, from_records = run(capsys, "--json", "yuelu", "2021", *DAYS)
    _, from_file = run(capsys, "--json", "--file", YUELU, *DAYS)
    records, file = json.loads(from_records.out), json.loads(from_file.out)
    for key in ("total", "weight_total", "gates", "remarks", "grade"):
        assert records[key] == file[key]
    assert [(item["id"], item["score"], item["how"]) for item in records["rows"]] == [
        (item["id"], item["score"], item["how"]) for item in file["rows"]
    ]


@pytest.mark.django_db
def test_a_year_that_is_not_kept_is_refused(capsys):
    """With what to do."""
    code, printed = run(capsys, "--json", "nowhere", "2021")
    assert code != 0
    assert "code" in json.loads(printed.err)
