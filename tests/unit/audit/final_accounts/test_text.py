"""The text of 决算情况说明 against the tables and against itself."""

import pytest
from unit.audit.final_accounts.sheets import claims, disclosure, sheet

from rongji.documents.build import heading
from rongji.documents.model import Block
from rongji.kernel.finding import Verdict

PUBLIC = sheet(
    [("项目", 2), ("本年支出", 3)],
    ["科目编码", "科目名称", "小计", "基本支出", "项目支出"],
    [("合计", 2), "30.00", "20.00", "10.00"],
    ["208", "社会保障和就业支出", "30.00", "20.00", "10.00"],
    ["20808", "抚恤", "10.00", "", "10.00"],
    ["2080801", "死亡抚恤", "10.00", "", "10.00"],
    ["20828", "退役军人管理事务", "20.00", "20.00", ""],
    ["2082801", "行政运行", "20.00", "20.00", ""],
    caption="一般公共预算财政拨款支出决算表",
)
BASIC = sheet(
    ["经济分类科目编码", "科目名称", "合计", "人员经费", "公用经费"],
    [("合计", 2), "20.00", "15.00", "5.00"],
    ["301", "工资福利支出", "15.00", "15.00", ""],
    ["302", "商品和服务支出", "5.00", "", "5.00"],
    caption="一般公共预算财政拨款基本支出决算表",
)
THREE = sheet(
    ["项目", "预算数", "决算数"],
    ["合计", "6.00", "5.00"],
    ["1．因公出国（境）费", "", ""],
    ["2．公务用车购置及运行维护费", "4.00", "3.50"],
    ["（1）公务用车购置费", "", ""],
    ["（2）公务用车运行维护费", "4.00", "3.50"],
    ["3．公务接待费", "2.00", "1.50"],
    caption="财政拨款“三公”经费支出决算表",
)
PUBLIC_CHAPTER = heading(2, "五、一般公共预算财政拨款支出决算情况说明")
THREE_CHAPTER = heading(2, "七、“三公”经费财政拨款支出决算情况说明")


def verdicts(check: str, *blocks: Block | str) -> list[str]:
    """How one check judges a document of these blocks."""
    return [item.verdict.value for item in claims(*blocks, check=check)]


@pytest.mark.parametrize(("stated", "verdict"), [("30.00", "holds"), ("31.00", "contradiction"), ("30", "holds")])
def test_an_amount_under_a_chapter_is_that_of_its_table(stated, verdict):
    """Called as the table calls it, whatever stands before the name."""
    text = f"本部门2023年度一般公共预算财政拨款支出{stated}万元。"
    assert verdicts("final-account-text-agrees", PUBLIC, PUBLIC_CHAPTER, text) == [verdict]


def test_the_same_words_under_another_chapter_are_another_amount():
    """基本支出 of all money and 基本支出 of the public budget are two facts."""
    other = heading(2, "三、支出决算情况说明")
    text = "本年支出合计90.00万元，其中：基本支出60.00万元。"
    assert verdicts("final-account-text-agrees", PUBLIC, other, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "1．社会保障和就业支出（类）抚恤（款）死亡抚恤（项）。年初预算为8.00万元，支出决算为12.00万元。",
        "1.社会保障和就业（类）抚恤（款）死亡抚恤（项）支出决算为12.00万元，完成年初预算的150%。",
        "社会保障和就业支出(类)抚恤(款)死亡抚恤(项)（2080801）：年初预算8.00万元，支出决算12.00万元。",
        "社会保障和就业支出（208）抚恤（20808）死亡抚恤（2080801）年初预算为8.00万元，支出决算为12.00万元。",
        "抚恤（款）死亡抚恤（项）。支出决算为12.00万元。",
        "主要用于社会保障和就业支出（类）12.00万元。",
    ],
)
def test_an_item_that_the_text_names_has_the_amount_of_its_row(text):
    """By its path of 类款项, in many spellings; the budget at the beginning is none of the table's."""
    assert verdicts("final-account-items-agree", PUBLIC, PUBLIC_CHAPTER, text) == ["contradiction"]


@pytest.mark.parametrize("title", ["五、财政拨款支出决算情况说明", "六、项目支出决算情况说明"])
def test_a_chapter_about_some_of_the_money_is_not_the_one_about_all_of_it(title):
    """财政拨款支出决算 is not 支出决算."""
    table = sheet(
        ["科目编码", "科目名称", "本年支出合计", "基本支出", "项目支出"],
        [("合计", 2), "90.00", "60.00", "30.00"],
        caption="支出决算表",
    )
    text = "其中：基本支出20.00万元。"
    assert verdicts("final-account-text-agrees", table, heading(2, title), text) == []
    all_money = heading(2, "三、支出决算情况说明")
    assert verdicts("final-account-text-agrees", table, all_money, text) == ["contradiction"]


def test_an_item_is_found_by_its_whole_path():
    """行政运行 stands under many 款; here it is the one under 退役军人管理事务."""
    text = "2．社会保障和就业支出（类）退役军人管理事务（款）行政运行（项）。年初预算为18.00万元，支出决算为20.00万元。"
    assert verdicts("final-account-items-agree", PUBLIC, PUBLIC_CHAPTER, text) == ["holds"]


def test_a_name_that_the_table_does_not_have_is_asked_about():
    """An old or mistyped name of a 款 or 项."""
    text = "社会保障和就业支出（类）抚恤（款）伤残抚恤（项）。支出决算为10.00万元。"
    found = claims(PUBLIC, PUBLIC_CHAPTER, text, check="final-account-names-agree")
    assert [item.verdict for item in found] == [Verdict.QUESTION]
    assert "伤残抚恤" in found[0].explanation


@pytest.mark.parametrize(
    ("budget_word", "verdict"), [("预算", "contradiction"), ("全年预算", "contradiction"), ("年初预算", "question")]
)
def test_a_budget_of_the_three_public_items(budget_word, verdict):
    """预算数 of the table is that of the whole year; 年初预算 may differ from it."""
    text = f"公务接待费支出{budget_word}为3.00万元，支出决算为1.50万元。"
    assert verdicts("final-account-text-agrees", THREE, THREE_CHAPTER, text) == [verdict, "holds"]


@pytest.mark.parametrize(
    ("word", "verdict"),
    [("大于", "holds"), ("小于", "contradiction"), ("与", "contradiction"), ("低于", "contradiction")],
)
def test_words_of_more_and_less_fit_the_figures(word, verdict):
    """The last budget and outturn before the words."""
    words = "决算数与年初预算数持平" if word == "与" else f"决算数{word}年初预算数的主要原因是追加预算"
    text = f"死亡抚恤支出年初预算为8.00万元，支出决算为10.00万元，完成年初预算的125%，{words}。"
    assert verdicts("wording-fits-budget-and-outturn", PUBLIC, PUBLIC_CHAPTER, text) == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "2023年度“三公”经费财政拨款支出预算为6.00万元，支出决算为5.50万元，完成预算的91.67%。",
        "本部门2023年度一般公共预算财政拨款“三公”经费支出预算6.00万元，支出决算5.50万元。",
    ],
)
def test_three_public_with_the_money_it_comes_from_in_its_name(text):
    """财政拨款 before or behind the name says nothing new."""
    assert verdicts("final-account-text-agrees", THREE, THREE_CHAPTER, text) == ["holds", "contradiction"]


def test_words_of_more_beside_equal_figures_are_asked_about():
    """What is equal as printed may differ behind the last place."""
    text = "死亡抚恤支出年初预算为10.00万元，支出决算为10.00万元，决算数大于年初预算数的主要原因是追加预算。"
    assert verdicts("wording-fits-budget-and-outturn", PUBLIC, PUBLIC_CHAPTER, text) == ["question"]


@pytest.mark.parametrize(
    ("rest", "verdict"), [("其他用车1辆", "holds"), ("其他用车2辆", "contradiction"), ("应急保障用车1辆", "holds")]
)
def test_kinds_of_vehicles_add_up(rest, verdict):
    """With 其他用车 at the end the list is complete; without it, it stays within the number."""
    text = f"截至12月31日，本部门共有车辆5辆，其中，主要领导干部用车2辆、机要通信用车2辆、{rest}；百万元以上设备0台。"
    assert verdicts("final-account-vehicles-add-up", THREE, heading(2, "（三）国有资产占用情况"), text) == [verdict]


def test_a_vehicle_bought_without_money_is_asked_about():
    """And an amount without a count, the other way round."""
    bought = "全年购置公务用车1辆。"
    nobody = "全年国内公务接待0批次。"
    assert verdicts("final-account-counts-fit-amounts", THREE, THREE_CHAPTER, bought) == []
    filled = sheet(
        ["项目", "预算数", "决算数"],
        ["合计", "6.00", "5.00"],
        ["公务用车购置及运行维护费", "4.00", "3.50"],
        ["公务用车购置费", "0.00", "0.00"],
        ["公务接待费", "2.00", "1.50"],
        caption="财政拨款“三公”经费支出决算表",
    )
    assert verdicts("final-account-counts-fit-amounts", filled, THREE_CHAPTER, bought, nobody) == ["question"] * 2


def test_running_costs_above_the_operating_spending_are_asked_about():
    """机关运行经费 are some of the 公用经费 of basic spending."""
    chapter = heading(3, "（一）机关运行经费支出情况")
    for amount, verdict in (("5.00", "holds"), ("6.00", "question")):
        text = f"本部门2023年度机关运行经费支出{amount}万元。"
        assert verdicts("final-account-running-costs", BASIC, chapter, text) == [verdict]


def test_a_list_of_kinds_of_spending_goes_on_behind_project_spending():
    """上缴上级支出 and what follows are parts of the same list, and the wrong one is among the figures accused."""
    text = (
        "本年支出合计100.00万元，其中：基本支出40.00万元；项目支出50.00万元；上缴上级支出6.00万元；经营支出5.00万元。"
    )
    found = claims(heading(2, "三、支出决算情况说明"), text, check="prose-parts-add-up")
    assert [item.verdict for item in found] == [Verdict.CONTRADICTION]
    assert "6.00" in [figure.printed.removesuffix("万元") for figure in found[0].figures]


def test_statements_that_are_missing_are_asked_for():
    """Only of a document that has most of its tables and a text of its own."""
    few = claims(PUBLIC, "没有说明。", check="final-account-statements-present")
    assert few == []


def test_the_text_is_left_alone_where_several_units_have_their_tables():
    """It does not say whose table it means."""
    text = "一般公共预算财政拨款支出31.00万元。"
    assert verdicts("final-account-text-agrees", PUBLIC, PUBLIC, PUBLIC_CHAPTER, text) == []


def test_a_document_of_these_blocks_is_one_of_final_accounts():
    """What the other tests rest on."""
    assert "决算" in disclosure(PUBLIC).title
