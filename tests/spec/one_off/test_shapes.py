"""Tables of one-off benefits: what a row may not say, and how a row is said in words."""

import pytest
from legal_folder import LegalFolder
from spec.one_off.conftest import row

from rongji.law.loader import inspect, lawbook
from rongji.law.wording import in_words

BAD = [
    ("money", '{amount: "-1"}', "“amount”应为不小于零的金额"),
    ("money", '{amount: "1.005"}', "最多两位小数"),
    ("percent", '{percent: "-5"}', "“percent”不应小于零"),
    ("income_multiple", "{income_times: 0}", "“income_times”应大于零"),
    ("merit", '{amount: "1", percent: "2"}', "“amount”“percent”必须且只能写一个"),
    ("merit", "{}", "“amount”“percent”必须且只能写一个"),
    ("discharge", '{amount: "1", formula: stepped, step_percent: "20"}', "缺少“from_years”"),
    ("discharge", '{amount: "1", formula: per_year, from_years: 2}', "不认识“from_years”"),
    ("allowance_extra", '{percent: "200", once: "1"}', "必须且只能写一个"),
    ("allowance_ending", "{by_time: true, beyond: false, days: half}", "“days”只能是 dropped 或 whole"),
    ("aid", '{bands: [{from: "0", below: "5", amount: "1"}, {from: "6", amount: "2"}]}', "档次没有首尾相接"),
    ("aid", '{bands: [{from: "0", below: "5", amount: "1"}]}', "最后一档不应有“below”"),
    ("aid", '{bands: [{from: "0", amount: "1", percent: "2"}]}', "必须且只能写一个"),
    ("aid", '{bands: [{from: "0", least: "5", most: "2"}]}', "“least”应写出，且不大于“most”"),
    ("aid", '{bands: [{from: "0", percent: "101"}]}', "“percent”应在 0 到 100 之间"),
    ("premium", '{percent: "101", in_need: false}', "“percent”应在 0 到 100 之间"),
    ("level_shares", '{central: "60", province: "50"}', "合计超过 100%"),
    ("settlement_order", "{payers: [基本医保, 基本医保]}", "不重复"),
    ("medical", "{mode: bands, ages: []}", "“ages”应按 from_age"),
    ("medical", '{mode: bands, ages: [{bands: [{from: "1", percent: "5"}]}]}', "档次应从 0 起"),
    (
        "medical",
        '{mode: bands, ages: [{bands: [{from: "0", below: "5", percent: "5"}, {from: "6", percent: "5"}]}]}',
        "档次没有首尾相接",
    ),
    ("medical", '{mode: fixed, amount: "400"}', "缺少“per”"),
    ("medical", '{mode: difference, percent: "5"}', "不认识“percent”"),
]


@pytest.mark.parametrize(("kind", "value", "words"), BAD)
def test_a_row_that_makes_no_sense_is_named(tmp_path, kind, value, words):
    """Each problem with its file, row and what to write instead; nothing is computed from such a folder."""
    legal = LegalFolder(tmp_path / "legal")
    legal.table(row(value), head=f"id: standards.sample\nlabel: 样例\nkind: {kind}\nunit: 元\nkeys: []\n")
    problems = [str(problem) for problem in inspect(legal.root).problems]
    assert any(words in problem and "第 1 条" in problem for problem in problems), problems


SAID = [
    ("", "standards.death_lump_sum", 1, "上年全国城镇居民人均可支配收入×20（县级退役军人事务部门）"
     "＋本人（低于少尉的按少尉）月工资×40（县级退役军人事务部门）"),
    ("", "standards.funeral_grant", 1, "6个月的定期抚恤金"),
    ("", "standards.death_honour", 3, "35%"),
    ("", "standards.family_allowance_terms", 1, "每满6个月一期，一般不超过4期，各期按该期末日有效的标准"),
    ("", "standards.service_years", 1, "余下月数不足6个月按半年，超过6个月按一年"),
    ("", "standards.insurance_back_payment", 2, "基数为平均工资的60%，单位缴费16%，个人缴费8%，逐月取整到分"),
    ("420100", "standards.discharge_grant", 2, "9000.00元×［1＋（服役年限－2）×20%］"),
    ("441600", "standards.medical_subsidy", 2, "按35%；全年不超过居民医保年度最高支付限额的50%；"
     "仍由个人负担的部分按10%"),
    ("440000", "standards.hardship_aid", 1, "10000.00元至100000.00元之间评定；事发后12个月内申请"),
]  # fmt: skip


@pytest.mark.parametrize(("region", "table", "number", "words"), SAID)
def test_a_row_is_said_as_a_clerk_would(region, table, number, words):
    """What `rongji law show` prints."""
    assert in_words(lawbook().tables[region, table].rows[number - 1].value) == words


def test_a_gap_is_not_filled():
    """What was looked for and not found stands in no table: 长沙 has no medical rule, no allowance, no merit award."""
    for table in ("standards.medical_subsidy", "standards.family_allowance", "standards.merit_award"):
        assert not {("430100", table), ("430104", table), ("430112", table)} & set(lawbook().tables)
