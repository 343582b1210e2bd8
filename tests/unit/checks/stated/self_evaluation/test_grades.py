"""Grades against scores: 优 from 90, 良 from 80, 中 from 60."""

import pytest
from unit.checks.stated.builder import column, document, figure, found, passage, row, table, verdicts

from rongji.checks.stated.self_evaluation.grades import stated_grades_fit_scores


def form(score, grade, label="评价等次"):
    columns = [column("项目", "label"), column("内容", "text")]
    scores = [column("项目", "label"), column("得分", "score")]
    return table(scores, [row("绩效自评综合得分", score)]), table(columns, [row(label, grade)], region=1)


def said(text, score="98.6分"):
    pieces = [figure("自评得分", score)] if score in text else []
    return passage(text, *pieces)


@pytest.mark.parametrize(
    ("score", "grade", "expected"),
    [
        ("98.6", "优", "holds"),
        ("93", "优秀", "holds"),
        ("90", "优", "holds"),
        ("89.9", "优", "question"),  # 进位后在 90 分
        ("89", "优", "contradiction"),
        ("89", "良", "holds"),
        ("92", "良好", "contradiction"),
        ("75", "中", "holds"),
        ("75", "合格", "holds"),
        ("85", "合格", "question"),  # 有的地方只分合格、不合格
        ("55", "差", "holds"),
        ("95", "优□ 良☑ 中□ 差□", "contradiction"),
        ("95", "优（√） 良（ ） 中（ ）", "holds"),
        ("95", "□优 ☑良 □中 □差", "contradiction"),
        ("95", "☑优 □良 □中 □差", "holds"),
    ],
)
def test_a_grade_in_the_form(score, grade, expected):
    scores, grades = form(score, grade)
    cell = next(item for item in scores.cells if item.figure)
    keyed = passage(f"得分{score}分", figure("自评得分", f"{score}分"))
    assert cell.figure.quantity.value > 0
    assert verdicts("stated-grades-fit-scores", scores, grades, keyed) == [expected]


@pytest.mark.parametrize("grade", ["优 良 中 差", "□优 □良 □中 □差", "优质服务", "", "其他"])
def test_what_states_no_grade(grade):
    assert verdicts("stated-grades-fit-scores", *form("95", grade), said("自评得分95分", "95分")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("自评得分为98.6分，自评等级为优。", ["holds"]),
        ("自评得分为98.6分，评价等次为“良”。", ["contradiction"]),
        ("自评得分98.6分，评价结果：优秀。", ["holds"]),
        ("自评得分98.6分，被评为优秀公务员。", []),
        ("自评得分98.6分，评价结果优良率达95%。", []),
        ("自评得分98.6分，等级优化工作有序开展。", []),
        ("饮用水水质等级为良。", []),
    ],
)
def test_a_grade_in_running_text(text, expected):
    assert verdicts("stated-grades-fit-scores", said(text), said("总分98.6分")) == expected


def test_the_grade_in_the_text_and_the_score_in_the_form():
    columns = [column("指标", "label"), column("分值", "weight"), column("得分", "score")]
    scored = table(columns, [row("甲", "100", "98.6"), row("总分", "100", "98.6", kind="total")])
    (result,) = found("stated-grades-fit-scores", scored, said("绩效作用明显，自评等级为优。"))
    assert result.verdict == "holds"
    assert [str(item.quantity.value) for item in result.figures] == ["98.6"]


def test_two_forms_leave_open_which_score_is_meant():
    columns = [column("指标", "label"), column("分值", "weight"), column("得分", "score")]
    forms = [
        table(columns, [row("甲", "100", text), row("总分", "100", text, kind="total")], number=number)
        for number, text in enumerate(("98.6", "85"), 1)
    ]
    assert verdicts("stated-grades-fit-scores", *forms, said("自评等级为优。")) == []


def test_bands_of_its_own():
    bands = said("评价等次分为优（85分以上）、良（75-85分）、中、差四档。")
    assert verdicts("stated-grades-fit-scores", bands, said("自评得分86分，自评等级为优。", "86分")) == ["question"]


def test_every_grade_is_reported_once():
    text = said("自评得分为98.6分，自评等级为优。")
    assert len(list(stated_grades_fit_scores(document(text, text)))) == 2


@pytest.mark.parametrize(("score", "grade", "expected"), [("86", "良", "holds"), ("86", "优", "contradiction")])
def test_a_grade_beside_the_score_of_its_row(score, grade, expected):
    columns = [column("项目名称", "label"), column("自评得分", "score"), column("自评等级", "text")]
    listed = table(columns, [row("高标准农田", "96.5", "优"), row("动物防疫", score, grade)])
    assert verdicts("stated-grades-fit-scores", listed) == ["holds", expected]
