"""A table that says what is its own in each case of a batch: template, reading, trial, the marked copy, doing it."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from unit.casework.samples import BUREAU, D

from rongji.casework import imports, refusals, selectors, services
from rongji.casework.models import Case
from rongji.casework.types import NewActs, PaperGiven
from rongji.documents.readers.workbook.unpacking import UnreadableWorkbook
from rongji.people.selectors import person_named
from rongji.people.services import register_person
from rongji.people.types import NewPerson, Sex

pytestmark = [pytest.mark.database, pytest.mark.usefixtures("legal")]
CLOSE = NewActs(
    kind="sample", act="close", on=D("2024-03-23"), decision="号", papers=(PaperGiven(kind="proof"),),
    answers={"again": "否"},
)  # fmt: skip


@pytest.fixture
def cases(office):
    """Four cases whose notice is over, the third withdrawn meanwhile."""
    made = [office.open(answers={"topic": "医疗"}, applicant=f"申请人{number}") for number in range(4)]
    for case in made:
        office.act(case, "accept", "2024-03-15")
        office.act(case, "post", "2024-03-15")
    return made


@pytest.fixture
def head(office):
    return office.actor("section_head", "2024-03-23")


def workbook(*rows):
    book, buffer = Workbook(), BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(buffer)
    return buffer.getvalue()


def read(actor, source, **given):
    given.setdefault("file_name", "核定.xlsx")
    return imports.read_act_table(actor=actor, bureau=BUREAU, kind="sample", act="close", source=source, **given)


def tried(actor, table):
    return services.try_on_cases(actor=actor, bureau=BUREAU, new=CLOSE, cases=table.cases)


def test_each_row_brings_its_own_answers_and_those_of_all_are_typed_once(head, cases):
    """Numbers as Excel keeps them, words as people type them; blank cells leave what was typed for all."""
    source = workbook(
        ["2024年救助核定表", None, None],
        ["办件编号", "核定金额（元）", "需要回访"],
        [cases[0].number, 1200, "是"],
        [cases[1].number, "９５０．５０", None],
    )
    table = read(head, source)
    outcome = services.act_on_cases(actor=head, bureau=BUREAU, new=CLOSE, cases=table.cases)
    assert outcome.done == (cases[0].pk, cases[1].pk)
    values = [Case.objects.get(pk=case.pk).values for case in cases[:2]]
    assert [(item["granted"], item["again"]) for item in values] == [(120000, True), (95050, False)]


def test_a_trial_marks_every_bad_row_by_its_cell_and_the_copy_comes_back_with_the_reasons(head, cases, tmp_path):
    """A number that is about so much, one that is missing, no such case, the same case twice."""
    source = workbook(
        ["办件编号", "核定金额"],
        [cases[0].number, 100],
        [cases[1].number, "约三百"],
        [cases[2].number, None],
        ["样例2024-99999", 5],
        [cases[0].number, 7],
        [None, 8],
    )
    table = read(head, source)
    outcome = tried(head, table)
    assert (outcome.done, len(outcome.left)) == ((cases[0].pk,), 5)
    found = {item.address: item.what + item.remedy for item in table.problems(outcome)}
    assert set(found) == {"B3", "B4", "A5", "A6", "第7行"} or set(found) == {"B3", "B4", "A5", "A6", "A7"}
    assert "约" in found["B3"] and "请填写" in found["B4"] and "没有编号为" in found["A5"] and "第 1 件" in found["A6"]
    path = tmp_path / "marked.xlsx"
    imports.write_marked(path, source, table, outcome)
    sheet = load_workbook(path).worksheets[0]
    assert sheet.max_column == 3 and "没有编号为" in str(sheet["C5"].value)
    assert sheet["B3"].fill.fgColor.rgb[-6:] == "FFD9D6" and sheet["C2"].value is None


def test_a_case_may_be_named_by_its_person(head, office):
    """By file number or ID number; where one has two cases that could be meant, the row says so."""
    one, two = (
        register_person(
            actor=office.actor(), bureau=BUREAU, new=NewPerson(name=name, born_on=D("1950-01-01"), sex=Sex.MALE)
        )
        for name in ("示例甲", "示例乙")
    )
    mine = office.open(answers={"topic": "医疗"}, person_id=one)
    others = [office.open(answers={"topic": "医疗"}, person_id=two) for _ in range(2)]
    for case in (mine, *others):
        office.act(case, "accept", "2024-03-15")
        office.act(case, "post", "2024-03-15")
    numbers = [person_named(head, f"#{pk}").number for pk in (one, two)]
    table = read(head, workbook(["档案号", "核定金额"], [numbers[0], 1], [numbers[1], 2], ["无此人", 3]))
    assert [item.case_id for item in table.cases] == [mine.pk, 0, 0]
    told = ["".join(words for _, words in item.troubles) for item in table.cases]
    assert others[0].number in told[1] and "有 2 件" in told[1] and "没有可以办理" in told[2]


def test_a_file_that_is_no_table_of_cases_says_what_is_missing(head):
    """Not a workbook; a workbook without headings; headings without a row."""
    with pytest.raises(UnreadableWorkbook):
        read(head, b"\x00\x01 nothing", file_name="a.xlsx")
    with pytest.raises(refusals.ActTableUnfit, match="办件编号"):
        read(head, workbook(["甲", "乙"], [1, 2]))
    with pytest.raises(refusals.ActTableUnfit, match="没有一行"):
        read(head, workbook(["办件编号", "核定金额"]))


def test_the_template_lists_the_chosen_cases_and_comes_back_as_it_was_given(head, cases):
    """With the column of every field of the act; filled in, it is read without another word."""
    ids = [case.pk for case in cases[:3]]
    lines = [item.line for item in selectors.together(head, bureau=BUREAU, case_ids=ids, on=date(2024, 3, 23)).cases]
    book = load_workbook(BytesIO(imports.act_table(kind="sample", act="close", lines=lines)))
    sheet = book.active
    assert [cell.value for cell in sheet[1]] == ["办件编号", "申请人", "事项", "核定金额", "需要回访"]
    for row in range(2, 5):
        sheet.cell(row, 4).value = str(row * 100)
    buffer = BytesIO()
    book.save(buffer)
    table = read(head, buffer.getvalue(), file_name=str(Path("核定.xlsx")))
    assert [item.case_id for item in table.cases] == ids
    assert [item.answers for item in table.cases] == [{"granted": "200"}, {"granted": "300"}, {"granted": "400"}]
    assert tried(head, table).left == ()
