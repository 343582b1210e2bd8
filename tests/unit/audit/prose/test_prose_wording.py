"""Words of more, less and equal; left-over template text; people of a group."""

import pytest
from unit.audit.prose.report import said, verdicts

BUDGET, SIGN, YEARS = "wording-fits-budget-and-outturn", "changes-are-printed-without-sign", "wording-fits-both-years"
TEMPLATE, TWICE, EMPTY = "template-text-is-filled-in", "nothing-is-said-twice", "headings-have-content"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("决算数大于年初预算数", "holds"),
        ("决算数小于年初预算数", "contradiction"),
        ("决算数与年初预算数持平", "contradiction"),
        ("决算数与年初预算数基本持平", "question"),
    ],
)
def test_words_on_budget_and_outturn(words: str, expected: str):
    text = f"公务接待费年初预算为5.00万元，支出决算为6.00万元，{words}的主要原因是活动增加。"
    assert verdicts(BUDGET, text) == [expected]


def test_words_on_two_years():
    assert verdicts(YEARS, "2023年支出100万元，2022年支出120万元，比上年有所增加。") == ["contradiction"]
    assert verdicts(YEARS, "2023年支出100万元，2022年支出120万元，比上年有所减少。") == ["holds"]


def test_a_direction_with_a_minus_sign_is_asked_about():
    assert verdicts(SIGN, "收入合计100万元，比上年增加-5万元。") == ["question"]
    assert verdicts(SIGN, "收入合计100万元，比上年减少5万元。") == []


@pytest.mark.parametrize("text", ["指标2：", "……", "由XX局负责落实。", "【请填写完成情况】", "联系人：___________"])
def test_template_text_that_is_left(text: str):
    expected = [] if text.startswith("联系人") else ["question"]
    assert verdicts(TEMPLATE, "预算执行良好。", text) == expected


@pytest.mark.parametrize("text", ["宣传、培训、走访……效果良好。", "指标2：发放及时率达到100%。", "    年    月    日"])
def test_ordinary_text_is_no_template(text: str):
    assert verdicts(TEMPLATE, text) == []


def test_a_leftover_is_told_once_with_all_its_places():
    (found,) = said(TEMPLATE, "由XX局负责。", "报XX局备案。")
    assert len(found.spots) == 2


def test_words_and_sentences_that_stand_twice():
    assert verdicts(TWICE, "加强专项资金专项资金管理。") == ["question"]
    sentence = "全年完成各项救助工作任务，群众满意度进一步提升。"
    assert verdicts(TWICE, sentence + sentence) == ["question"]
    assert verdicts(TWICE, sentence) == []


def test_a_heading_of_problems_without_content():
    assert verdicts(EMPTY, "五、存在的主要问题", "六、改进措施", "加强管理。") == ["question"]
    assert verdicts(EMPTY, "五、存在的主要问题", "预算编制不够细。", "六、改进措施", "加强管理。") == []
