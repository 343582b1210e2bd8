"""Sums, changes and rates in the places where a careless reader would accuse."""

import pytest
from unit.audit.prose.report import accusations, said, verdicts

SUMS, PARAGRAPHS, GROWTH, SHARES = (
    "prose-parts-add-up",
    "prose-paragraphs-add-up",
    "prose-growth-matches",
    "prose-shares",
)

INNOCENT = [
    "现有教练员46人，其中女教练员15人，党员28人，高级职称19人。",
    "接待来访356批1124人次，同比分别下降12.3%和8.6%。",
    "货物、服务采购规模分别为92.2亿元和69.2亿元，占全市采购规模的25.8%和46.6%。",
    "检查企业1256家次，立案查处36起，罚款215.6万元，同比分别增长12.3%、8.1%和7.9%。",
    "中央一般公共预算收入9488.14亿元，为预算的100%，比上年增长3.8%。一般公共预算支出13251.65亿元，完成预算的98.9%。",
    "共举办培训班12期，其中培训学员1560人次。",
    "项目支出9474万元，增长14.63%，主要为：1.义务兵优待金761万元推迟发放；2.抚恤补助自然增长260万元。",
    "对比上年度，三公经费变动率减少10%。",
    "年末就业人员746人，其中城镇就业人员467人，占全部就业人员的62.6%，比上年末上升1.1个百分点。",
    "全年出生人口1062人，出生率为7.52‰；死亡人口1014人，死亡率为7.18‰。",
    "排查化解矛盾问题48件，化解率96%。",
    "资产总额301.76万元，其中流动资产38.14万元、固定资产原值263.62万元，净值180.52万元。",
    "共有9所学校，其中九年一贯制学校1所，小学8所。",
    "办理来信来访事项1142件（来访255批次260人次，来电724人次，来信2件，网上信访73件，热线83宗）。",
    "退役士兵89人，军转干部16人，为9名退役士兵办理补缴，累计办理补缴874人。",
    "单价50万元以上设备2台，车辆3辆，其中执法执勤用车3辆。",
]


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_no_contradiction_is_not_called_one(text: str):
    assert accusations(text) == []


def test_one_number_that_cannot_come_of_the_rate_is_asked_about():
    assert verdicts("prose-count-rates", "化解矛盾问题3件，化解率96%。") == ["question"]


def test_numbered_paragraphs_are_added_for_each_basis():
    opening = "财政拨款支出年初预算为100万元，支出决算为110万元，完成年初预算的110%，其中："
    first = "1.教育支出（类）普通教育（款）小学教育（项）。年初预算为60万元，支出决算为70万元。"
    second = "2.教育支出（类）普通教育（款）初中教育（项）。年初预算为40万元，支出决算为40万元。"
    assert verdicts(PARAGRAPHS, opening, first, second) == ["holds", "holds"]
    wrong = second.replace("支出决算为40万元", "支出决算为48万元")
    assert verdicts(PARAGRAPHS, opening, first, wrong) == ["contradiction", "holds"]
    short = second.replace("支出决算为40万元", "支出决算为30万元")
    assert verdicts(PARAGRAPHS, opening, first, short) == ["question", "holds"]


def test_growth_from_nothing_cannot_be_stated():
    assert verdicts(GROWTH, "机关运行经费支出10.23万元，比上年增加10.23万元，增长100%。") == ["question"]


def test_a_rate_that_was_cut_off_is_asked_about():
    text = "支出合计9759.38万元。一般公共预算支出9746.50万元，占支出合计的99.86%。"
    assert verdicts(SHARES, text) == ["question"]


def test_what_is_left_out_of_a_list_with_a_rest_is_missed():
    text = "项目支出1000.00万元，其中：救助600.00万元，慰问200.00万元，培训100.00万元，其他支出90.00万元。"
    (found,) = said(SUMS, text)
    assert (found.verdict.value, found.difference) == ("contradiction", 10)


def test_a_list_that_may_go_on_is_asked_about():
    assert verdicts(SUMS, "项目支出1000.00万元，其中：救助600.00万元，慰问390.00万元。") == ["question"]
    assert verdicts(SUMS, "项目支出1000.00万元，其中：救助100.00万元，慰问90.00万元。") == ["holds"]


def test_details_are_not_counted_twice():
    text = "支出1200万元，其中：甲项目700万元，其中设备610万元、培训90万元，乙项目500万元。"
    assert verdicts(SUMS, text) == ["holds", "holds"]


def test_income_and_spending_may_differ_unless_they_are_totals():
    check = "prose-income-meets-spending"
    assert verdicts(check, "全年收入100万元，支出98万元。") == []
    assert verdicts(check, "收入总计100万元，支出总计98万元。") == ["contradiction"]


def test_net_value():
    gross = "prose-net-is-gross-less-depreciation"
    assert verdicts(gross, "设备原值120万元，累计折旧50万元，净值70万元。") == ["holds"]
    assert verdicts(gross, "设备原值120万元，累计折旧50万元，净值80万元。") == ["contradiction"]


def test_items_of_the_paragraphs_below_may_make_up_a_total_that_no_word_ties_to_them():
    opening = "2023年部门预算收入为110万元，部门预算支出100万元。"
    first = "1.专项经费：医疗补助支出51.1万元，主要用于住院补助；拥军经费支出23.9万元，用于春节慰问；"
    second = "2.业务经费：办公经费20万元，主要用于办公；宣传经费5万元。"
    assert verdicts(PARAGRAPHS, opening, first, second) == ["holds"]
    assert verdicts(PARAGRAPHS, opening, first, second.replace("20万元", "25万元")) == []
