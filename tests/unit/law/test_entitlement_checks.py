"""What `rongji law check` finds in the tables of benefits, timing and exclusions."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rongji.law.catalogue import check_all, describe
from rongji.law.entitlement_checks import check_entitlement
from rongji.law.loader import lawbook
from rongji.law.locate import find_legal
from rongji.law.reading import Problems
from rongji.law.tables import read_tables


@pytest.fixture
def spoiled(tmp_path):
    """What is found when one text of one shipped file is replaced, or lines are added at its end."""

    def check(file: str, old: str, new: str) -> list[str]:
        text = (find_legal() / file).read_text(encoding="utf-8")
        assert not old or old in text
        path: Path = tmp_path / file
        path.parent.mkdir(parents=True)
        path.write_text(text.replace(old, new, 1) if old else text + new, encoding="utf-8")
        book, problems = lawbook(), Problems()
        tables = read_tables(tmp_path, book.acts, problems, production=False)
        if not problems.found:
            check_entitlement(replace(book, tables={**book.tables, **tables}), problems)
        return [str(problem) for problem in problems.found]

    return check


def row(benefit: str, other: str, word: str) -> str:
    """One more row of exclusions."""
    return (
        f"  - {{benefit: {benefit}, other: {other}, effective: 2024-01-01, known: 2024-01-01, "
        f"act: payment-practice, trust: memory-low, value: {{rule: {word}}}}}\n"
    )


FAULTS = [
    ("benefits.yaml", 'functional: "2080802"', 'functional: "2089876"', "功能分类科目表中没有“2089876”"),
    ("benefits.yaml", 'economic: "30304"', 'economic: "39876"', "经济分类科目表中没有“39876”"),
    ("benefits.yaml", "standards.survivor_pension", "standards.nowhere", "标准表“standards.nowhere”不存在"),
    ("benefits.yaml", "keys: [kind], functional", "keys: [cause], functional", "keys 应为（cause）"),
    ("benefits.yaml", "method: wage_share", "method: guessed", "“method”的取值“guessed”不在规定的词内"),
    ("categories.yaml", "benefit: survivor_pension", "benefit: nothing", "待遇种类表中没有“nothing”"),
    ("timing.yaml", "benefit: martyr_child_allowance", "benefit: nothing", "待遇种类表中没有“nothing”"),
    (
        "timing.yaml",
        'benefit: "*", event: end_gave_up',
        "benefit: price_subsidy, event: end_gave_up",
        "起止月份缺少通例“end_gave_up”",
    ),
    ("timing.yaml", "event: end_gave_up", "event: end_of_days", "没有“end_of_days”这种起止事由"),
    ("timing.yaml", "month: next_january", "month: some_day", "“month”的取值“some_day”不在规定的词内"),
    ("exclusions.yaml", "", row("老年补助", "没有的组", "higher"), "“没有的组”既不是待遇编号，也不是组别"),
    ("exclusions.yaml", "", row("nursing_allowance", "disability_pension", "higher"), "应为就高"),
    ("exclusions.yaml", "", row("nursing_allowance", "rural_veteran_allowance", "yields"), "应为前项让后项"),
    ("exclusions.yaml", "", row("定期抚恤补助", "老年补助", "higher"), "两条说法不一，请只留一条"),
    ("rounding.yaml", "way: each_month", "way: as_you_like", "“way”的取值“as_you_like”不在规定的词内"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[fault[3] for fault in FAULTS])
def test_a_fault_is_found_and_named(spoiled, file, old, new, said):
    """One fault at a time, in the words of the check."""
    assert said in "\n".join(spoiled(f"entitlement/{file}", old, new))


STANDARD_FAULTS = [
    ('amount: "72850"', 'amount: "72850.005"', "应为大于零、最多两位小数的金额"),
    ('amount: "72850"', 'amount: "0"', "应为大于零"),
    ("per: year", "per: week", "“per”的取值“week”不在规定的词内"),
]


@pytest.mark.parametrize(("old", "new", "said"), STANDARD_FAULTS)
def test_a_standard_is_a_whole_number_of_fen(spoiled, old, new, said):
    """What is smaller than a fen is published by the year and written by the year."""
    assert said in "\n".join(spoiled("standards/disability_pension.yaml", old, new))


def test_a_local_matrix_must_be_closed_too(tmp_path):
    """A county that lets nursing money exclude one pension must say what it does to the others."""
    root = tmp_path / "legal"
    shutil.copytree(find_legal(), root)
    head = "id: entitlement.exclusions\nlabel: 样例\nkind: together\nunit: 项\nkeys: [benefit, other]\n"
    path = root / "regions" / "990100" / "entitlement" / "exclusions.yaml"
    path.parent.mkdir(parents=True)
    one = row("nursing_allowance", "disability_pension", "higher")
    path.write_text(f"{head}valid_until_checked: 2024-01-01\nrows:\n{one}", encoding="utf-8")
    problems = [str(problem) for problem in check_all(root=root)]
    assert problems and all(problem.startswith("entitlement/exclusions.yaml（990100）：") for problem in problems)
    whole = row("护理费", "定期抚恤补助", "higher") + row("老年补助", "护理费", "yields")
    path.write_text(f"{head}valid_until_checked: 2024-01-01\nrows:\n{whole}", encoding="utf-8")
    assert check_all(root=root) == ()


def test_a_gap_is_shown_as_one():
    """Not as the end of a measure."""
    found = describe("survivor_pension", on=date(2026, 11, 1), known_on=date(2026, 11, 1))
    assert [line.value for line in found.rows if line.keys == "烈属" and line.effective.year == 2025] == ["（缺失）"]
