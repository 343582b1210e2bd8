"""The published sheet as files: what is exported comes back as it was, is reckoned again, and prints on A4."""

import json

import pytest
from typer.testing import CliRunner
from unit.placement.samples import BUREAU, PUBLISHED

from rongji.documents.writers import render
from rongji.placement import selectors, sheets
from rongji.placement.notice import notice
from rongji.placement.sheet_book import workbook
from rongji.rules.placement.published import COLUMNS
from rongji.rules.placement.refusals import SheetUnreadable
from rongji.rules.placement.verifying import verify

pytestmark = pytest.mark.database


@pytest.fixture
def published(bureau):
    """A published cohort: its facts and rows."""
    cohort, _ = bureau.published()
    return selectors.published_sheet(bureau.on(PUBLISHED), cohort)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_sheet_comes_back_from_its_file_as_it_was_and_holds(published, ending):
    """Every cell of every row, in both kinds; the recomputation from the file agrees."""
    facts, rows = published
    data = sheets.sheet_csv(rows) if ending == "csv" else workbook(facts, rows)
    found = sheets.read_sheet(f"积分表.{ending}", data)
    assert [[row[name] for name in COLUMNS] for row in found] == [[row[name] for name in COLUMNS] for row in rows]
    assert verify(found).holds


def test_what_is_no_sheet_is_refused(published):
    """A text, a broken workbook, a table of something else, a file too large: what to use instead."""
    for name, data in (("a.csv", "姓名,得分\n甲,3\n".encode()), ("a.xlsx", b"PK\x03\x04 no"), ("a.xlsx", b"")):
        with pytest.raises(SheetUnreadable, match="公示时导出的积分表"):
            sheets.read_sheet(name, data)


def test_the_notice_names_everybody_in_order_and_no_number_of_theirs(published):
    """Names and points as the law wants them published; neither ID number nor birth date is on the paper."""
    facts, rows = published
    made = notice(facts, rows, bureau_name="云湖县退役军人事务局")
    texts = list(made.texts())
    in_order = [row["姓名"] for row in rows if row["项目"] == "服役年限"]
    # once in the order, once over the lines that explain the points
    assert [text for text in texts if text.startswith("示例")] == in_order * 2
    assert any("2022年5月10日至2022年5月20日" in text for text in texts)
    assert any("placement verify" in text and facts.digest in text for text in texts)
    assert not any("1991" in text for text in texts)
    for ending in ("docx", "pdf"):
        assert len(render(made, ending)) > 5000


@pytest.fixture
def rongji(db):
    """`rongji(words…)`: run the command in this process."""
    from rongji.cli.placement import app

    def run(*words):
        return CliRunner().invoke(app, [str(word) for word in words])

    return run


def test_anybody_checks_a_sheet_on_the_command_line(published, rongji, tmp_path):
    """Agreement ends with 0; one changed point ends with 1 and names the candidate and both values."""
    facts, _ = published
    good, bad = tmp_path / "积分表.csv", tmp_path / "改过.csv"
    assert rongji("sheet", facts.id, good).exit_code == 0
    assert "全部相符" in rongji("verify", good).output
    bad.write_bytes(good.read_bytes().replace(b",36,66,", b",39,66,"))
    assert bad.read_bytes() != good.read_bytes()
    found = rongji("verify", bad)
    assert found.exit_code == 1
    assert "编号 1 的“服役年限·前段”的得分：表上 39，复算 36" in found.output
    assert json.loads(rongji("verify", bad, "--json").output)["differences"]
    assert rongji("list", BUREAU).exit_code == rongji("show", facts.id).exit_code == 0
