"""一次性抚恤金, 烈士褒扬金, 丧葬补助费: what a death earns, to the fen, on both sides of every change."""

from datetime import date

import pytest
from spec.one_off.conftest import COUNTY, row
from spec.one_off.field_tables import day, fen, rows

from rongji.law.model import Trust
from rongji.law.refusals import NoValueInForce
from rongji.law.values import as_of
from rongji.rules.entitlement.death_lump_sum import Death, death_lump_sum
from rongji.rules.entitlement.funeral_grant import RecipientDeath, funeral_grant
from rongji.rules.entitlement.martyr_praise import Sacrifice, martyr_praise
from rongji.rules.entitlement.one_off_refusals import (
    HonoursDoNotCount,
    IncomeNotPublished,
    KeyOfStandardWrong,
    LieutenantPayMissing,
    NegativeAmount,
    PayNotStated,
    UnknownWord,
)

LATER = date(2025, 12, 31)

INCOME = """
    event year | 20 times | 2 times | 30 times
    2011       |  382180  |  38218  |  573270
    2012       |  436200  |  43620  |  654300
    2013       |  491300  |  49130  |  736950
    2014       |  539100  |  53910  |  808650
    2015       |  576880  |  57688  |  865320
    2016       |  623900  |  62390  |  935850
    2017       |  672320  |  67232  | 1008480
    2018       |  727920  |  72792  | 1091880
    2019       |  785020  |  78502  | 1177530
    2020       |  847180  |  84718  | 1270770
    2021       |  876680  |  87668  | 1315020
    2022       |  948240  |  94824  | 1422360
    2023       |  985660  |  98566  | 1478490
    2024       | 1036420  | 103642  | 1554630
    2025       | 1083760  | 108376  | 1625640
"""

LUMP_SUMS = """
    died on    | nature   | scope    | pay      | 少尉    | honours              | county pays | fund pays
    2022-05-01 | 病故     | 现役军人 | 10000.00 | 7000.00 |                      |  494824.00  | 0
    2022-05-01 | 因公牺牲 | 现役军人 | 10000.00 | 7000.00 |                      | 1348240.00  | 0
    2022-05-01 | 烈士     | 现役军人 | 10000.00 | 7000.00 |                      | 1348240.00  | 0
    2022-05-01 | 病故     | 现役军人 |  1000.00 | 7000.00 |                      |  374824.00  | 0
    2022-05-01 | 病故     | 现役军人 |  7000.00 | 7000.00 |                      |  374824.00  | 0
    2022-05-01 | 病故     | 现役军人 | 10000.00 | 7000.00 | 三等功               |  519565.20  | 0
    2022-05-01 | 病故     | 现役军人 | 10000.00 | 7000.00 | 三等功 二等功        |  569047.60  | 0
    2022-05-01 | 烈士     | 现役军人 | 10000.00 | 7000.00 | 中央军委荣誉称号     | 1820124.00  | 0
    2022-05-01 | 病故     | 现役军人 | 10000.01 | 7000.00 | 三等功               |  519565.62  | 0
    2022-05-01 | 因公牺牲 | 残疾军人 |  8000.00 | 7000.00 |                      | 1268240.00  | 0
    2022-05-01 | 烈士     | 工伤保险 |  6000.00 |         |                      |  240000.00  |  948240.00
    2022-05-01 | 烈士     | 其他人员 |        0 | 7000.00 |                      | 1228240.00  | 0
    2025-03-01 | 烈士     | 工伤保险 |  6000.00 |         |                      |  240000.00  | 1083760.00
    2024-12-31 | 烈士     | 工伤保险 |  6000.00 |         |                      |  240000.00  | 1036420.00
    2024-09-30 | 病故     | 现役军人 | 10000.00 | 7000.00 | 二等功               |  579188.30  | 0
    2024-10-01 | 病故     | 现役军人 | 10000.00 | 7000.00 | 二等功               |  579188.30  | 0
    2024-10-01 | 病故     | 现役军人 | 10000.00 | 7000.00 | 二等功 二等战功      |  629552.50  | 0
    2024-10-01 | 病故     | 现役军人 | 10000.00 | 7000.00 | 勋章或国家荣誉称号   |  705098.80  | 0
"""

TEXTS = """
    died on    | known on   | act                     | trust
    2011-08-01 | 2011-08-01 | benefit-regulation-2011 | secondary
    2024-09-30 | 2025-12-31 | benefit-regulation-2011 | secondary
    2024-10-01 | 2025-12-31 | benefit-regulation-2024 | memory-middle
    2024-10-01 | 2024-08-05 | benefit-regulation-2024 | memory-middle
    2024-10-01 | 2024-08-04 | benefit-regulation-2011 | secondary
"""

FUNERALS = """
    died on    | known on   | deceased | key        | amount
    2022-07-31 | 2023-12-31 | 三属     | 烈属       | 16930.00
    2022-08-01 | 2023-12-31 | 三属     | 烈属       | 18455.00
    2022-08-01 | 2022-08-01 | 三属     | 烈属       | 16930.00
    2022-08-01 | 2023-12-31 | 三属     | 病故       | 14640.00
    2022-08-01 | 2023-12-31 | 残疾军人 | 因战·7     | 34780.00
    2023-08-01 | 2023-12-31 | 残疾军人 | 因战·1     | 124410.00
    2024-10-01 | 2025-12-31 | 三属     | 因公牺牲   | 17478.00
"""


def the_death(line, **more):
    """The death of one line."""
    facts = {
        "died_on": day(line["died on"]),
        "nature": line["nature"],
        "scope": line["scope"],
        "monthly_pay_fen": fen(line["pay"]),
        "lieutenant_pay_fen": fen(line["少尉"]) if line["少尉"] else None,
        "honours": tuple(line["honours"].split()),
    }
    return Death(**(facts | more))


def a_death(**more):
    """A soldier who died of illness in 2022."""
    facts = {
        "died_on": date(2022, 5, 1),
        "nature": "病故",
        "scope": "现役军人",
        "monthly_pay_fen": 1_000_000,
        "lieutenant_pay_fen": 700_000,
    }
    return Death(**(facts | more))


@pytest.mark.parametrize("row", rows(INCOME))
def test_a_death_reckons_with_the_income_of_the_year_before(row):
    """The published multiples: 20 times is the 一次性工亡补助金 of the year, 30 times the 褒扬金."""
    died = date(int(row["event year"]), 8, 15)
    pay = {"monthly_pay_fen": 1, "lieutenant_pay_fen": 1, "died_on": died}
    sacrificed = death_lump_sum(a_death(nature="因公牺牲", **pay), known_on=LATER)
    ill = death_lump_sum(a_death(**pay), known_on=LATER)
    assert sacrificed.income_fen == fen(row["20 times"])
    assert ill.income_fen == fen(row["2 times"])
    assert martyr_praise(Sacrifice(died), known_on=LATER).fen == fen(row["30 times"])


@pytest.mark.parametrize("row", rows(LUMP_SUMS))
def test_the_lump_sum_is_income_and_pay_raised_for_the_top_honour(row):
    """Pay below 少尉 is raised to it; of several honours only the highest counts; the fund pays its part itself."""
    found = death_lump_sum(the_death(row), known_on=LATER)
    assert (found.fen, found.fund_fen) == (fen(row["county pays"]), fen(row["fund pays"]))


@pytest.mark.parametrize("row", rows(TEXTS))
def test_the_text_in_force_on_the_day_of_death_speaks_if_it_was_published(row):
    """The old text to 2024-09-30, the new one from 2024-10-01, and only for those who could know it."""
    table = as_of(
        "standards.death_lump_sum",
        on=day(row["died on"]),
        known_on=day(row["known on"]),
        nature="烈士",
        scope="现役军人",
    )
    assert (table.act, table.trust.value) == (row["act"], row["trust"])


def test_the_income_of_last_year_is_waited_for_until_it_is_published():
    """A death on 10 January 2025: on the 16th nobody knows the income of 2024, on the 17th everybody does."""
    death = a_death(died_on=date(2025, 1, 10))
    with pytest.raises(IncomeNotPublished, match="2024 年全国城镇居民人均可支配收入，到 2025-01-16 没有公布"):
        death_lump_sum(death, known_on=date(2025, 1, 16))
    assert death_lump_sum(death, known_on=date(2025, 1, 17)).income_fen == 10_837_600


def test_an_event_after_the_last_known_income_takes_no_older_one():
    """The income of 2025 is nowhere: 2026 is refused, not reckoned with 2024."""
    with pytest.raises(IncomeNotPublished):
        martyr_praise(Sacrifice(date(2026, 3, 1)), known_on=date(2026, 6, 1))


def test_a_registered_pay_of_a_lieutenant_goes_before_a_stated_one(place):
    """A table of the place has 8000: the 7000 of the form is not looked at."""
    law = place("standards.lieutenant_pay", "money", row('{amount: "8000", per: 月}'))
    found = death_lump_sum(a_death(area=COUNTY, monthly_pay_fen=1), known_on=LATER, law=law)
    assert found.pay_fen == 40 * 800_000
    assert f"{COUNTY}/standards.lieutenant_pay#1" in found.standards


def test_a_death_before_the_first_text_is_refused():
    """Nothing before August 2011 is registered."""
    with pytest.raises(NoValueInForce, match="一次性抚恤金"):
        death_lump_sum(a_death(died_on=date(2011, 7, 31)), known_on=LATER)
    with pytest.raises(NoValueInForce, match="烈士褒扬金"):
        martyr_praise(Sacrifice(date(2011, 7, 31)), known_on=LATER)


def test_the_amount_is_explained_and_cites_its_rows():
    """Every step in words, every row of law by table and number, the weakest trust word on top."""
    found = death_lump_sum(a_death(honours=("三等功", "二等功")), known_on=LATER)
    assert found.steps == (
        "2021年全国城镇居民人均可支配收入 47,412.00元 × 2 = 94,824.00元",
        "本人月工资 10,000.00元，不低于少尉 7,000.00元",
        "月工资 10,000.00元 × 40个月 = 400,000.00元",
        "二等功增发 494,824.00元 × 15% = 74,223.60元（只按最高一项）",
        "县级退役军人事务部门支付 569,047.60元",
    )
    assert [item.partition("#")[0] for item in found.standards] == [
        "standards.death_lump_sum",
        "standards.urban_income",
        "standards.death_honour",
    ]
    assert found.trust is Trust.SECONDARY


@pytest.mark.parametrize("row", rows(FUNERALS))
def test_funeral_money_is_months_of_the_pension_of_the_day(row):
    """Six months for 三属, twelve for a disabled soldier who died of illness, at the standard known and in force."""
    death = RecipientDeath(day(row["died on"]), row["deceased"], row["key"].replace("·", "|"))
    assert funeral_grant(death, known_on=day(row["known on"])).fen == fen(row["amount"])


REFUSED = [
    (a_death(nature="病死"), UnknownWord, "没有死亡性质和身份“病死·现役军人”，可用的有：烈士·现役军人"),
    (a_death(scope="工伤保险"), UnknownWord, "病故·工伤保险"),
    (a_death(honours=("特等功",)), UnknownWord, "没有荣誉“特等功”"),
    (a_death(honours=("二等战功",)), NoValueInForce, "荣誉增发比例”（二等战功）在 2022-05-01 没有有效值"),
    (a_death(monthly_pay_fen=-1), NegativeAmount, "月工资不能小于零"),
    (a_death(lieutenant_pay_fen=-1), NegativeAmount, "少尉月工资标准不能小于零"),
    (a_death(monthly_pay_fen=0), PayNotStated, "请填写死者的月工资"),
    (a_death(lieutenant_pay_fen=None), LieutenantPayMissing, "按死亡通知书填写少尉月工资标准"),
    (a_death(lieutenant_pay_fen=0), LieutenantPayMissing, "按死亡通知书填写少尉月工资标准"),
    (
        a_death(nature="烈士", scope="工伤保险", honours=("三等功",)),
        HonoursDoNotCount,
        "“烈士”（工伤保险）的一次性抚恤金不因立功受奖增发",
    ),
]


@pytest.mark.parametrize(("death", "refusal", "words"), REFUSED)
def test_a_death_that_cannot_be_reckoned_is_refused_in_words(death, refusal, words):
    """Each says what to do."""
    with pytest.raises(refusal, match=words):
        death_lump_sum(death, known_on=LATER)


REFUSED_FUNERALS = [
    ("军属", "烈属", UnknownWord, "没有去世人员“军属”，可用的有：三属、残疾军人"),
    ("三属", "战友", UnknownWord, "没有档次“战友”"),
    ("残疾军人", "因战", KeyOfStandardWrong, "的档次写作“因战.1”的样子，填的是“因战”"),
    ("残疾军人", "因病|7", UnknownWord, "没有档次“因病·7”"),
]


@pytest.mark.parametrize(("deceased", "key", "refusal", "words"), REFUSED_FUNERALS)
def test_funeral_money_for_nobody_known_is_refused(deceased, key, refusal, words):
    """Each says which words there are."""
    with pytest.raises(refusal, match=words):
        funeral_grant(RecipientDeath(date(2022, 9, 1), deceased, key), known_on=LATER)
