"""The identity of a fact: printings of one fact meet, and nothing meets by accident."""

import pytest

from rongji.audit.context import Context
from rongji.audit.naming import fact_key, is_general, of_fund, plain, split_stage, total_of, unsaid_stage
from rongji.kernel.figure import Stage
from rongji.kernel.place import Place

HERE = Place(file="a.txt", line=7, span=(3, 9))
THERE = Place(file="a.txt", line=8, span=(3, 9))
EVALUATION = Context("2023年度部门整体支出绩效自评报告", 2023)
ACCOUNTS = Context("2023年度部门决算", 2023)


def key(label, stage=Stage.ACTUAL, *, at=HERE, context=EVALUATION, **more):
    """The text form of a fact's key."""
    return str(fact_key(label, stage=stage, at=at, context=context, **more))


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("（一）基本支出", "基本支出"),
        ("其中：人员支出", "人员支出"),
        ("1. 办公费（万元）", "办公费"),
        ("2080801死亡抚恤", "死亡抚恤"),
        ("　　“三公”经费", "三公经费"),
        ("指标3：走访慰问户数", "走访慰问户数"),
        ("100万元以上设备（台）", "100万元以上设备"),
        ("减：上缴上级支出", "上缴上级支出"),
    ],
)
def test_a_name_is_compared_without_what_only_orders_it(printed, name):
    assert plain(printed) == name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("人员编制", "核定编制数"),
        ("“三公”经费合计", "三公经费支出"),
        ("公务用车运维费", "公务用车运行维护费"),
        ("因公出国（境）费用", "因公出国费"),
        ("绩效自评综合得分", "自评总分"),
        ("基本支出合计", "基本支出"),
        ("部门整体支出", "支出合计"),
    ],
)
def test_names_of_one_fact_meet(one, other):
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("行政编制", "事业编制"),
        ("公务用车购置费", "公务用车购置及运行维护费"),
        ("基本支出", "项目支出"),
        ("其他资金（含上年结转）", "其他收入"),
        ("人员支出", "人员编制"),
    ],
)
def test_names_of_two_facts_stay_apart(one, other):
    assert key(one) != key(other)


def test_final_accounts_keep_the_sum_apart_from_the_sum_with_what_is_carried_over():
    assert key("支出总计", context=ACCOUNTS) != key("支出合计", context=ACCOUNTS)
    assert key("支出总计") == key("支出合计")


@pytest.mark.parametrize("label", ["合计", "其他", "财政拨款", "办公费", "上年结转", "金额", "占比"])
def test_a_name_that_says_nothing_alone_is_of_its_place(label):
    assert is_general(label)
    assert key(label, at=HERE) != key(label, at=THERE)


def test_a_general_name_is_known_by_its_whole():
    assert key("财政拨款", of="资金来源", at=HERE) == key("财政拨款", of="资金来源", at=THERE)
    assert key("财政拨款", of="资金来源") != key("财政拨款", of="资金结构")


def test_last_year_is_the_same_by_its_number_and_by_its_basis():
    assert key("支出合计", Stage.PRIOR) == key("支出合计", Stage.ACTUAL, year=2022)
    assert key("支出合计", Stage.PRIOR) != key("支出合计", Stage.ACTUAL)


def test_scopes_years_and_bases_are_different_facts():
    stated = {
        key("基本支出"),
        key("基本支出", scope="1、局机关"),
        key("基本支出", year=2021),
        key("基本支出", Stage.ADJUSTED),
    }
    assert len(stated) == 4
    assert key("基本支出", scope="1、局机关") == key("基本支出", scope="局机关")


def test_a_basis_in_the_name_counts_when_none_is_given():
    assert split_stage("三公经费决算数") == ("三公经费", Stage.ACTUAL)
    assert key("三公经费决算数", Stage.NONE) == key("三公经费", Stage.ACTUAL)


def test_counts_and_rates_have_one_basis_in_every_column():
    assert key("实有人数", Stage.ACTUAL) == key("实有人数", Stage.NONE)
    assert key("公务卡刷卡率", Stage.ACTUAL) == key("公务卡刷卡率", Stage.RATE)
    assert key("公务卡刷卡率", Stage.TARGET) != key("公务卡刷卡率", Stage.RATE)


def test_a_heading_that_limits_to_one_fund_is_part_of_the_name():
    assert of_fund("基本支出", "一般公共预算财政拨款支出决算表") == "一般公共预算基本支出"
    assert of_fund("公务接待费", "财政拨款“三公”经费支出决算表") == "公务接待费"
    assert of_fund("基本支出", "支出决算表") == "基本支出"


def test_what_an_amount_without_a_basis_is_depends_on_the_document():
    assert unsaid_stage(ACCOUNTS) is Stage.ACTUAL
    assert unsaid_stage(Context("2024年部门预算公开", 2024)) is Stage.INITIAL


def test_a_caption_says_what_the_total_of_its_table_is():
    assert total_of("“三公”经费支出情况表") == "三公经费"
    assert total_of("三公经费及政府采购情况表") == ""
