"""Wrong inputs: each is refused in a sentence that says what to do, and nothing is guessed."""

import pytest
from spec.entitlement.builders import D, claim, month, owed_for

from rongji.law.benefits import benefit, categories, category, category_for_entry
from rongji.law.refusals import CategoryClosed, UnknownBenefit, UnknownCategory
from rongji.rules.entitlement.claim import End
from rongji.rules.entitlement.law_tables import RateKind, law_tables
from rongji.rules.entitlement.refusals import (
    EndBeforeStart,
    EndWithoutReason,
    KeyDoesNotFit,
    NotMonthly,
    StandardNotInForce,
    UnitsNotPositive,
    UnknownStandardKey,
)

NOW = {"on": D("2024-06-01"), "known_on": D("2024-06-01")}

# claim, refusal, what the sentence says
BAD = [
    (claim("no_such_benefit"), UnknownBenefit, "没有待遇“no_such_benefit”，请用 rongji law show"),
    (claim("death_lump_sum"), NotMonthly, "“一次性抚恤金”是一次性待遇，不按月核算"),
    (claim("disability_pension", "因战|11"), UnknownStandardKey, "没有“因战|11”这一档，可用的有：因战|1、因战|2"),
    (claim("disability_pension", "因病|7"), UnknownStandardKey, "没有“因病|7”这一档"),
    (claim("disability_pension", "战|1"), UnknownStandardKey, "请核对类别、性质和等级"),
    (claim("survivor_pension", "遗属"), UnknownStandardKey, "可用的有：烈属、因公牺牲、病故"),
    (claim("disability_pension", ""), KeyDoesNotFit, "标准档次应写明伤残性质、伤残等级，用“|”隔开，现在是“”"),
    (claim("disability_pension", "因战"), KeyDoesNotFit, "现在是“因战”，请改正"),
    (claim("disability_pension", "因战|"), KeyDoesNotFit, "伤残性质、伤残等级"),
    (claim("ill_veteran_allowance", "因战|1"), KeyDoesNotFit, "应写明空白（没有档次）"),
    (claim("waiting_insurance", "养老|五千"), KeyDoesNotFit, "险种和缴费基数（如 养老|5200.00）"),
    (claim("waiting_insurance", "养老|5000.001"), KeyDoesNotFit, "险种和缴费基数"),
    (claim("waiting_insurance", "生育|5000"), UnknownStandardKey, "没有“生育”这一档，可用的有：养老"),
    (claim("rural_veteran_allowance", units=0), UnitsNotPositive, "应为不小于 1 的整数，现在是 0"),
    (claim("demobilised_allowance", "其他"), StandardNotInForce, "legal/regions/430621/standards"),
    (
        claim("disability_pension", "因战|1", basis="2024-03-10", ended="2024-03-09", end=End.GAVE_UP),
        EndBeforeStart,
        "终止日期 2024-03-09 早于起算日期 2024-03-10，请改正其中一个",
    ),
    (claim("disability_pension", "因战|1", ended="2024-03-09"), EndWithoutReason, "要同时填写"),
    (claim("disability_pension", "因战|1", end=End.PLACED), EndWithoutReason, "请补上缺的一项"),
]


@pytest.mark.parametrize(("one", "refusal", "sentence"), BAD, ids=lambda item: getattr(item, "__name__", None))
def test_a_claim_that_cannot_be_judged(one, refusal, sentence):
    """The judge refuses it in these words."""
    with pytest.raises(refusal) as refused:
        owed_for(one, "2024-05", "2024-06-01")
    assert sentence in str(refused.value)
    assert str(refused.value).endswith("。")


def test_ending_on_the_first_day_is_no_end_before_the_start():
    """The same day is allowed: nothing is owed, nothing is refused."""
    one = claim("disability_pension", "因战|1", basis="2024-03-10", ended="2024-03-10", end=End.GAVE_UP)
    assert owed_for(one, "2024-04") == [0]


def test_tables_for_an_engine_refuse_an_unknown_benefit_and_keep_other_refusals_by_month():
    """A kind that can be none stops at once; a month without a standard stands in `missing` with its words."""
    with pytest.raises(UnknownBenefit):
        law_tables([RateKind("no_such_benefit", "", "430621")], month("2024-01"), month("2024-02"), D("2024-06-01"))
    found = law_tables(
        [RateKind("disability_pension", "因病|7", "430621"), RateKind("survivor_pension", "烈属", "430621")],
        month("2025-07"),
        month("2025-08"),
        D("2026-11-01"),
    )
    words = {(row.rate_id, row.month): row.refusal.code for row in found.missing}
    july, august = month("2025-07").index, month("2025-08").index
    assert words == {
        (0, july): "unknown-standard-key",
        (0, august): "unknown-standard-key",
        (1, august): "legal-value-missing",
    }
    assert [(row.rate_id, row.month) for row in found.rates] == [(1, july)]


def test_categories_are_known_open_or_closed():
    """An unknown code and a closed category are refused; a closed one can still be read."""
    with pytest.raises(UnknownCategory, match="没有人员类别“99”"):
        category("99", **NOW)
    with pytest.raises(CategoryClosed, match="“12 伤残国家机关工作人员”已不再新增"):
        category_for_entry("12", **NOW)
    assert category("12", **NOW).benefit == "disability_pension"
    assert category_for_entry("11", **NOW).label == "残疾军人"


# code, last day on which somebody was taken in, first day on which nobody is
CLOSINGS = [("12", "2021-12-31", "2022-01-01"), ("C4", "2020-12-31", "2021-01-01"), ("C5", "2018-12-31", "2019-01-01"),
            ("C6", "2018-12-31", "2019-01-01")]  # fmt: skip


@pytest.mark.parametrize(("code", "last", "closed"), CLOSINGS, ids=[row[0] for row in CLOSINGS])
def test_whoever_held_a_category_before_it_was_closed_can_still_be_entered(code, last, closed):
    """Judged by the day from which somebody is in it, not by the day of the entry; long ago counts as open."""
    entered = {"known_on": NOW["known_on"]}
    for day in (D("1985-01-01"), D(last)):
        assert category_for_entry(code, on=day, **entered).open
    with pytest.raises(CategoryClosed):
        category_for_entry(code, on=D(closed), **entered)


# code, name begins with, benefit
CODES = """
11 残疾军人 disability_pension
12 伤残国家机关 disability_pension
13 伤残人民警察 disability_pension
14 伤残预备役 disability_pension
15 其他因公 disability_pension
21 烈士遗属 survivor_pension
22 因公牺牲 survivor_pension
23 病故 survivor_pension
31 在乡退伍红军 red_army_allowance
32 在乡西路军 red_army_allowance
33 红军失散 red_army_allowance
41 在乡复员 demobilised_allowance
42 带病回乡 ill_veteran_allowance
51 参战 war_participant_allowance
61 参试 nuclear_participant_allowance
71 义务兵 family_allowance
81 60周岁 rural_veteran_allowance
B1 部分烈士 martyr_child_allowance
C1 军队离退休 retired_cadre_pay
C2 无军籍 civilian_staff_pay
C3 企业军转 enterprise_cadre_subsidy
C5 下岗志愿兵 laid_off_volunteer_relief
"""


def test_every_category_leads_to_its_benefit():
    """The codes in use and those of our own."""
    known = categories(**NOW)
    for line in CODES.strip().splitlines():
        code, name, pays = line.split()
        assert known[code].label.startswith(name), code
        assert known[code].benefit == pays
        assert benefit(pays, **NOW).label
