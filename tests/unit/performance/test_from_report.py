"""A report turned into the year's workbook: what it states comes out again with its place, nothing else does."""

from dataclasses import replace
from pathlib import Path

import pytest

from rongji.audit.stated import stated
from rongji.cli.main import app
from rongji.cli.year_source import from_file
from rongji.documents.readers import read_document
from rongji.kernel.figure import FigureKey, Stage
from rongji.performance.from_report import YearUnknown, year_from

ROOT = Path(__file__).resolve().parents[3]
YEAR = ROOT / "examples" / "qingshan-2024" / "year.yaml"
TEXT = """青山县某局 2024 年度部门整体支出绩效自评报告

一、部门基本情况

本单位人员编制 20 人，年末实有人数 18 人，其中离退休人员约 3 人。

二、预算执行情况

2024 年收入合计 1080.00 万元。2024 年支出合计 10635000 元，其中基本支出 400.25 万元，项目支出 663.25 万元。

按照批复的预算，部门专项 120 万元。

三、结论

支出合计 1073.50 万元，年末实有人数 18 人。
"""


def read(text, **options):
    """The year of a text."""
    said = stated(read_document(text.encode(), "青山县自评报告.txt").document, "青山县自评报告.txt")
    return year_from(said, **{"bureau": "qingshan", "scheme": "national-2020", **options})


@pytest.fixture(scope="module")
def own_report(tmp_path_factory):
    """Our own report of the made-up year as a Word file, and the year that it was made from."""
    folder = tmp_path_factory.mktemp("report")
    with pytest.raises(SystemExit) as left:
        app(["report", "--file", str(YEAR), "--form", "yueyang-2022", "--out", str(folder), "--formats", "docx"])
    assert left.value.code == 0
    (path,) = folder.glob("*.docx")
    return path, from_file(YEAR)


def test_figures_of_a_text_come_with_line_and_basis():
    """Amounts in 万元 whatever they were printed in; persons as persons; the place in 来源."""
    facts = read(TEXT).facts
    assert (facts.name, facts.year) == ("青山县某局", 2024)
    total = facts.figure("expenditure.total", Stage.ACTUAL)
    assert (str(total.quantity.value), total.quantity.unit_name) == ("1063.5", "万元")
    assert total.source.note == "青山县自评报告.txt 第 9 行"
    assert facts.figure("posts.total").quantity.value == 20
    assert facts.figure("staff.total", Stage.ACTUAL).quantity.unit_name == "人"


def test_later_printings_of_a_fact_are_kept_as_restated():
    """So that the pre-submission check finds the contradiction of the report."""
    facts = read(TEXT).facts
    statements = facts.figures.statements(FigureKey("expenditure.total", Stage.ACTUAL))
    assert [item.statement for item in statements] == ["form", "第 15 行"]
    assert [item.quantity.base for item in statements] == [10635000, 10735000]


def test_what_is_not_sure_is_left_out_and_told():
    """An approximate number; an amount in a sentence on the budget that does not say what it is."""
    found = read(TEXT)
    assert found.facts.figure("expenditure.project_department", Stage.ACTUAL) is None
    assert {item.printed.replace(" ", ""): item.why for item in found.left} == {
        "约3人": "是约数",
        "120万元": "说不准是预算数还是决算数",
    }


def test_what_the_report_does_not_state_is_listed():
    """By sheet; sheets of which it has nothing by their title."""
    found = read(TEXT)
    missing = dict(found.missing)
    assert "行政编制" in missing["人员编制"] and "编制合计" not in missing["人员编制"]
    assert "三公经费" in found.absent and "支出和结余" not in found.absent


def test_a_report_without_a_year_asks_for_one():
    """Nothing is guessed."""
    undated = TEXT.replace("2024 年度", "").replace("2024 年", "")
    with pytest.raises(YearUnknown):
        read(undated)
    assert read(undated, year=2024).facts.year == 2024


def test_our_own_report_gives_its_own_figures_back(own_report, tmp_path):
    """Every number that is read is one that the year states under the same key; units and indicators come along."""
    path, year = own_report
    said = stated(read_document(path).document, path.name)
    found = year_from(said, bureau="qingshan", scheme="national-2020").facts
    codes = {unit.name: unit.code for unit in year.units}
    wrong = []
    for item in found.figures:
        own = next((code for name, code in codes.items() if item.key.unit and item.key.unit in name), item.key.unit)
        values = [
            other.quantity.base for other in year.figures.statements(replace(item.key, unit=own)) if other.quantity
        ]
        wrong += [(str(item.key), item.printed)] if item.quantity and item.quantity.base not in values else []
    assert wrong == []
    assert len(found.figures) > 80 and len(found.units) == 3


def test_the_workbook_can_be_checked_and_imported_at_once(own_report, tmp_path, capsys):
    """`rongji read` writes what `rongji check --file` reads."""
    out = tmp_path / "year.xlsx"
    with pytest.raises(SystemExit) as left:
        app(["read", str(own_report[0]), "--out", str(out), "--bureau", "qingshan"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    assert "没有找到的" in said and "每个数的出处写在“来源”栏" in said
    facts = from_file(out)
    assert (facts.bureau, facts.year) == ("qingshan", 2024)
    assert all(item.source.note for item in facts.figures)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--out", "year.csv"), ".xlsx"),
        (("--out", "year.xlsx", "--scheme", "no-such"), "评分方案“no-such”"),
        (("--out", "year.xlsx", "--form", "no-such"), "表式“no-such”"),
    ],
)
def test_what_cannot_be_written_is_said_before_reading(arguments, said, tmp_path, monkeypatch, capsys):
    """In words, with what can."""
    monkeypatch.chdir(tmp_path)
    report = tmp_path / "报告.txt"
    report.write_text(TEXT, encoding="utf-8")
    with pytest.raises(SystemExit) as left:
        app(["read", str(report), *arguments])
    assert left.value.code == 3 and said in capsys.readouterr().err
