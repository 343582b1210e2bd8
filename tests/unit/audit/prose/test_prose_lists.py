"""Announced numbers against the names that are listed."""

import pytest
from unit.audit.prose.report import accusations, said, verdicts

LIST = "announced-list-matches"

HOLDING = [
    "内设科室 3 个，分别是办公室、优抚科、安置科。",
    "内设科室3个，分别是办公室，优抚科，安置科；下属单位1个。",
    "设有办公室、财务股、人事股、法规股4个股室。",
    "下设图书馆、文化馆和博物馆3个事业单位。",
    "内设4个科室：办公室、人力资源和社会保障科、财务科、监督科。",
    "内设机构5个（办公室、政策法规科、计划财务科、人事教育科、监督检查科）。",
    "创建雷鸣社区、长风公司、柏树小学三家示范点。",
    "设置4处集中管护点，分别为县陵园，石桥镇纪念碑、亭附近，皇岭纪念碑附近，以及云山纪念塔附近。",
    "重点推进宣讲、关爱、守护等22支服务队建设。",  # 等 leaves the list open: nothing is said
    "赵家村、李家村、周家村等3个村完成改造。",
]
FALLING_SHORT = [
    "内设科室 4 个，分别是办公室、优抚科、安置科。",
    "设有办公室、财务股、人事股、法规股5个股室。",
    "局机关内设6个科室（办公室、政策法规科、计划财务科、人事科、监督科）。",
]
NO_LIST = [
    "走访慰问退役军人、军属12户。",
    "为城市、农村困难家庭发放3项补贴。",
    "按照预算、申报、审核的要求完成2个项目。",
    "在东街社区、西街社区建成5个服务点。",
]


@pytest.mark.parametrize("text", HOLDING)
def test_as_many_names_as_announced(text: str):
    assert set(verdicts(LIST, text)) <= {"holds"}
    assert accusations(text) == []


@pytest.mark.parametrize("text", FALLING_SHORT)
def test_fewer_names_than_announced(text: str):
    assert verdicts(LIST, text) == ["contradiction"]


@pytest.mark.parametrize("text", NO_LIST)
def test_words_beside_a_number_are_not_always_a_list(text: str):
    assert accusations(text) == []


def test_the_finding_says_how_many_there_are_and_points_at_the_names():
    (found,) = said(LIST, "设有办公室、财务股、人事股、法规股5个股室。")
    assert found.stated and found.computed
    assert (found.stated.value, found.computed.value) == (5, 4)
    assert found.spots[0].text == "办公室、财务股、人事股、法规股"


def test_announced_points_are_counted():
    assert verdicts("announced-points-match", "存在三个方面的问题：一是预算不细；二是进度慢；三是培训少。") == ["holds"]
    assert verdicts("announced-points-match", "存在三个方面的问题：一是预算不细；二是进度慢。") == ["question"]
