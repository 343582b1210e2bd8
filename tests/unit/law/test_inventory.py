"""The inventory reads strictly: what it names must exist, and every declaration answers one of its points."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from rongji.law.inventory import FILE, check_inventory, inventory
from rongji.law.loader import lawbook
from rongji.law.locate import find_legal
from rongji.law.reading import Problems
from rongji.law.refusals import LawNotUsable


@pytest.fixture
def legal(tmp_path: Path) -> Path:
    """The shipped legal data, with a copy of the inventory and of the registers that may be spoiled."""
    for path in find_legal().iterdir():
        if path.name in ("inventory", "registers"):
            shutil.copytree(path, tmp_path / path.name)
        else:
            (tmp_path / path.name).symlink_to(path)
    return tmp_path


def said_by_check(legal: Path) -> list[str]:
    """What is wrong with the inventory of a folder."""
    problems = Problems()
    check_inventory(replace(lawbook(), root=str(legal)), problems)
    return [str(problem) for problem in problems.found]


def said_of(legal: Path, old: str, new: str, file: str = FILE) -> list[str]:
    """What is wrong once something is written differently."""
    path = legal / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return said_by_check(legal)


def test_a_point_knows_the_declarations_that_answer_it():
    """The registers and kinds say so themselves; the file adds the rest."""
    points = {point.id: point for point in inventory().points}
    assert points["SY-02"].registers == ("visits",)
    assert "martyr_recognition" in points["LS-08"].kinds
    assert points["ORG-01"].cells == ("profile.founded_on",)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("figures: [people.served,", "figures: [people.nothing,", "数据目录中没有“people.nothing”"),
        ("figures: [people.served,", "figures: [services.visits.nothing,", "数据目录中没有“services.visits.nothing”"),
        ('"staff.total:actual"', '"staff.total:never"', "无法识别"),
        ("formulas: [five-haves,", "formulas: [no-such,", "没有编号为“no-such”的指标公式"),
        ("tables: [standards.merit_award]", "tables: [standards.nothing]", "没有法规数据表“standards.nothing”"),
        ("forms: [annex-sources]", "forms: [no-such-form]", "没有表式“no-such-form”"),
        ("- {id: ORG-02,", "- {id: ORG-01,", "编号“ORG-01”用了两次"),
        ("- {id: ORG-02,", "- {id: XYZ-02,", "领域“XYZ”不在 areas 里"),
        ("- {id: JX-05, label: 自主择业军转干部,", "- {id: JX-05,", "缺少“label”"),
        ("label: 机构性质和经费形式, cells:", "label: 机构性质和经费形式, rows:", "不认识“rows”"),
        (', figures: ["people.identified#category:C4"]', "", "没有登记簿、办件或数据回答它"),
    ],
)
def test_a_slip_is_named_at_its_point(legal: Path, old: str, new: str, said: str):
    """Unknown figures, formulas, tables, forms; doubled and unanswered points."""
    found = said_of(legal, old, new)
    assert found and any(said in sentence for sentence in found)
    assert all(sentence.startswith(FILE) for sentence in found if said in sentence)


def test_a_register_that_answers_no_known_point_is_noted(legal: Path):
    """A wrong number in a declaration is found where it stands."""
    found = said_of(legal, "inventory: [SY-02, HLP-07]", "inventory: [SY-99]", "registers/visits.yaml")
    assert any("registers/visits.yaml：没有编号为“SY-99”的事项" in sentence for sentence in found)
    assert any(FILE in sentence and "SY-02" in sentence for sentence in found)


@pytest.mark.parametrize(
    ("note", "said"), [("", ["没有写 inventory（回答哪些事项），也没有写 note 说明缘由"]), ("note: 自用", [])]
)
def test_a_register_of_the_bureaus_own_needs_a_reason_only(legal: Path, note: str, said: list[str]):
    """A bureau may keep what no report speaks of, when it says why."""
    head = "id: own_list\nlabel: 自设登记\narea: 样例\nunit: 次\nday: day\n"
    text = f"{head}fields:\n  - {{id: day, label: 日期, kind: day}}\n{note}\n"
    (legal / "registers" / "own_list.yaml").write_text(text, encoding="utf-8")
    assert [found.partition("：")[2] for found in said_by_check(legal)] == said


def test_a_site_without_the_file_has_no_points(tmp_path: Path):
    """Nothing depends on it."""
    (tmp_path / "acts").mkdir()
    assert inventory(tmp_path).points == ()


def test_a_crooked_file_is_refused_when_it_is_read(legal: Path):
    """Pages and documents are never made from half an inventory."""
    path = legal / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("- {id: ORG-02,", "- {id: ORG-01,"), encoding="utf-8")
    with pytest.raises(LawNotUsable):
        inventory(legal)
