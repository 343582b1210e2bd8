"""The guide to a matter: all of it out of the kind and the dated time limits."""

from datetime import date

import pytest
from legal_folder import LegalFolder

from rongji.casework.guide import guide_of, limit_words
from rongji.law.case_kinds import case_kind
from rongji.law.loader import lawbook

ON = date(2024, 5, 1)
KIND = """
id: sample_aid
label: 样例帮扶
area: 帮扶
unit: 件
act: notice-1
provision: 第三条
effective: 2020-01-01
known: 2020-01-01
trust: secondary
about: person
channels:
  - {id: window, label: 服务窗口}
  - {id: ordered, label: 上级交办, assigned: true}
fields:
  - {id: cause, label: 困难原因, kind: choice, choices: [疾病, 灾害]}
  - {id: income, label: 家庭月收入, kind: money, needed: false}
  - {id: fell_ill_on, label: 患病日期, kind: day}
  - {id: inner, label: 入户意见, kind: long, public: false}
papers:
  - {id: card, label: 身份证}
  - {id: proof, label: 诊断证明, needed: false, note: 医院出具的原件}
steps:
  - {id: received, label: 已登记, public: 已收到}
  - {id: checking, label: 审核, public: 正在审核}
  - {id: supplement, label: 待补正, public: 请补充材料}
  - {id: closed, label: 办结, final: true, public: 已有结果}
clocks:
  - {id: decide, label: 审核, procedure: 样例, step: 审核}
  - {id: tell, label: 告知, procedure: 样例, step: 告知}
  - {id: notice, label: 公示, procedure: 样例, step: 公示, waiting: true}
acts:
  - {id: check, label: 受理, from: [received], to: checking, roles: [clerk], starts: [decide, tell, notice]}
  - {id: ask_papers, label: 补正, from: [received], to: supplement, roles: [clerk], follows: pause}
  - {id: papers_in, label: 收到补正, from: [supplement], to: received, roles: [clerk], follows: resume}
  - {id: approve, label: 同意, from: [checking], to: closed, roles: [section_head], outcome: 予以帮扶}
  - {id: refuse, label: 不同意, from: [checking], to: closed, roles: [section_head], outcome: 不予帮扶}
open_roles: [clerk]
limits:
  - {since: "field:fell_ill_on", procedure: 样例, step: 申请, when: {"field:cause": [疾病]}}
public: true
guide: 家庭遇到困难的，可以申请一次帮扶。
"""
LIMITS = """
id: deadlines.casework
label: 办件时限
kind: deadline
unit: 天
keys: [procedure, step]
valid_until_checked: 2024-01-01
rows:
"""
LIMIT = """
  - procedure: 样例
    step: {step}
    effective: {day}
    known: {day}
    act: notice-1
    trust: {trust}
    value: {{amount: {amount}, count: {count}, after: {after}, duty: {duty}, who: {who}, provision: 第五条}}
"""


@pytest.fixture
def root(tmp_path):
    """Legal data with one kind and one time limit that changed."""
    folder = LegalFolder(tmp_path)
    folder.write("casework/sample_aid/2020-01-01.yaml", KIND)
    facts = {"step": "审核", "count": "working_days", "after": "受理", "duty": "审核并决定", "who": "县局"}
    notice = {"step": "公示", "count": "calendar_days", "after": "张榜", "duty": "公示期满", "who": "村和乡镇"}
    apply = {"step": "申请", "count": "months", "after": "困难发生", "duty": "提出申请", "who": "申请人"}
    rows = (
        LIMIT.format(day="2020-01-01", trust="secondary", amount=20, **facts),
        LIMIT.format(day="2024-01-01", trust="official", amount=15, **facts),
        LIMIT.format(day="2020-01-01", trust="official", amount=7, **notice),
        LIMIT.format(day="2020-01-01", trust="official", amount=6, **apply),
    )
    folder.write("deadlines/casework.yaml", LIMITS + "".join(rows))
    return tmp_path


@pytest.fixture
def guide_on(root):
    """`guide_on(day)`."""
    return lambda on, **options: guide_of(
        case_kind("sample_aid", on=on, root=root), "990201", on, law=lawbook(root), **options
    )


def test_the_guide_says_who_what_to_bring_how_long_and_which_act(guide_on):
    """Under headings, in sentences; a limit that no law on record lays down is said to be missing."""
    said = {section.heading: section.lines for section in guide_on(ON).sections}
    assert list(said) == [
        "谁可以办", "什么时候申请", "到哪里办", "带什么", "填什么", "多久办好", "怎么走", "会有什么结果", "依据",
    ]  # fmt: skip
    assert said["什么时候申请"] == ("疾病：困难发生后 6 个月内，提出申请（《关于样例的通知》第五条）。",)
    assert said["到哪里办"] == ("服务窗口。",)
    assert said["带什么"] == ("身份证", "诊断证明（有的才带）：医院出具的原件")
    assert said["填什么"] == ("困难原因：疾病、灾害", "家庭月收入（元）（可不填）", "患病日期", "入户意见")
    assert said["多久办好"] == (
        "审核：受理后 15 个工作日内，县局审核并决定（《关于样例的通知》第五条）。",
        "告知：现有资料中没有查到法定期限。",
        "公示：张榜后 7 日，村和乡镇公示期满（《关于样例的通知》第五条）。",
    )
    assert said["怎么走"] == ("已收到 → 正在审核 → 已有结果。", "其间可能：请补充材料。")
    assert said["会有什么结果"] == ("予以帮扶、不予帮扶。",)
    assert said["依据"][0].startswith("《关于样例的通知》第三条（") and said["依据"][0].endswith("。")


def test_the_guide_of_a_day_keeps_the_limit_of_that_day_and_its_trust_word(guide_on):
    """Before the change twenty days, and the word that says how far that is confirmed."""
    sentence = guide_on(date(2023, 12, 31)).limits[0].sentence
    assert "20 个工作日内" in sentence and guide_on(date(2023, 12, 31)).limits[0].trust.label in sentence


def test_the_public_guide_leaves_out_what_only_the_staff_fills_in(guide_on):
    """Fields that are not public."""
    assert [item.id for item in guide_on(ON, only_public=True).asked] == ["cause", "income", "fell_ill_on"]


@pytest.mark.parametrize(
    ("amount", "count", "words"),
    [(15, "calendar_days", "15 日"), (20, "working_days", "20 个工作日"), (1, "years", "1 年")],
)
def test_a_limit_in_words(amount, count, words):
    """As the law counts."""
    assert limit_words(amount, count) == words
