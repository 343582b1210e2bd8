"""自主就业一次性经济补助: years of service in halves, local formulas, highest honour only."""

from datetime import date
from fractions import Fraction

import pytest
from spec.one_off.conftest import COUNTY, row
from spec.one_off.field_tables import day, fen, rows

from rongji.law.model import Trust
from rongji.law.refusals import NoValueInForce
from rongji.rules.entitlement.discharge_grant import Discharge, discharge_grant
from rongji.rules.entitlement.one_off_refusals import (
    CountTooSmall,
    EndsBeforeStart,
    NoServiceLeft,
    ServiceNotThatLong,
    ServiceTooShort,
    UnknownWord,
)

LATER = date(2025, 12, 31)

# 武汉: conscripts 4500 × years; NCOs 9000 × [1 + (years − 2) × 20 %].
WUHAN = """
    enlisted   | discharged | soldier | held back | years | amount
    2020-09-01 | 2022-09-01 | 义务兵  | 0         | 2     | 9000.00
    2020-09-01 | 2022-09-20 | 义务兵  | 0         | 2     | 9000.00
    2020-09-01 | 2022-10-01 | 义务兵  | 0         | 2.5   | 11250.00
    2020-09-01 | 2023-02-28 | 义务兵  | 0         | 2.5   | 11250.00
    2020-09-01 | 2023-03-01 | 义务兵  | 0         | 2.5   | 11250.00
    2020-09-01 | 2023-04-01 | 义务兵  | 0         | 3     | 13500.00
    2020-09-01 | 2023-04-01 | 义务兵  | 7         | 2     | 9000.00
    2020-09-01 | 2022-08-31 | 义务兵  | 0         | 2     | 9000.00
    2020-09-01 | 2021-01-01 | 义务兵  | 0         | 0.5   | 2250.00
    2020-03-01 | 2022-03-01 | 军士    | 0         | 2     | 9000.00
    2018-09-01 | 2023-09-01 | 军士    | 0         | 5     | 14400.00
    2012-09-01 | 2024-08-31 | 军士    | 0         | 12    | 27000.00
    2012-09-01 | 2024-09-01 | 军士    | 0         | 12    | 27000.00
    2017-09-01 | 2023-01-01 | 军士    | 0         | 5.5   | 15300.00
"""

# the army's own money, for the record
ARMY = """
    honours              | amount
                         | 22500.00
    三等功               | 23625.00
    二等功               | 24750.00
    一等功               | 25875.00
    荣誉称号             | 25875.00
    三等功 二等功 三等功 | 24750.00
"""


def served(row, **more):
    """The discharge of one line."""
    facts = {
        "enlisted_on": day(row["enlisted"]),
        "discharged_on": day(row["discharged"]),
        "soldier": row["soldier"],
        "held_back_months": int(row["held back"]),
        "area": "420100",
    }
    return Discharge(**(facts | more))


def a_conscript(**more):
    """Two years as a conscript, discharged in 2022."""
    facts = {
        "enlisted_on": date(2020, 9, 1),
        "discharged_on": date(2022, 9, 1),
        "soldier": "义务兵",
        "area": "420100",
    }
    return Discharge(**(facts | more))


@pytest.mark.parametrize("row", rows(WUHAN))
def test_left_over_months_count_as_half_a_year_or_a_year(row):
    """Below six months half a year, above six a year; exactly six and single days by the settings of the table."""
    found = discharge_grant(served(row), known_on=LATER)
    assert (found.years, found.fen) == (Fraction(row["years"]), fen(row["amount"]))


@pytest.mark.parametrize("row", rows(ARMY))
def test_the_money_of_the_army_is_raised_for_the_highest_honour(row):
    """+15, +10, +5 % of five years at 4500, the highest only."""
    facts = {"enlisted_on": date(2015, 9, 1), "discharged_on": date(2020, 9, 1), "soldier": "军士"}
    found = discharge_grant(
        Discharge(**facts, area="", payer="军队", honours=tuple(row["honours"].split())), known_on=LATER
    )
    assert found.fen == fen(row["amount"])


def test_honours_raise_the_local_grant_only_where_the_place_says_so(place):
    """The national table leaves it open; a county that lays it down adds 10 % for 二等功."""
    plain = discharge_grant(a_conscript(honours=("二等功",)), known_on=LATER)
    assert (plain.fen, plain.steps[-1]) == (900_000, "当地没有规定立功增发")
    place(
        "standards.discharge_grant",
        "discharge",
        row('{amount: "5000", formula: per_year}', payer="地方", soldier="义务兵"),
        keys="payer, soldier",
    )
    law = place(
        "standards.discharge_honour",
        "percent",
        row('{percent: "10"}', payer="地方", honour="二等功"),
        keys="payer, honour",
        unit='"%"',
    )
    raised = discharge_grant(a_conscript(area=COUNTY, honours=("二等功", "三等功")), known_on=LATER, law=law)
    assert (raised.base_fen, raised.honour_fen, raised.fen) == (1_000_000, 100_000, 1_100_000)


SETTINGS = """
    setting          | counts  | discharged | years
    余下恰满半年     | half    | 2023-03-01 | 2.5
    余下恰满半年     | whole   | 2023-03-01 | 3
    余下恰满半年     | dropped | 2023-03-01 | 2
    不足一个月的天数 | dropped | 2022-09-20 | 2
    不足一个月的天数 | whole   | 2022-09-20 | 2.5
"""


@pytest.mark.parametrize("line", rows(SETTINGS))
def test_what_the_text_leaves_open_is_a_setting_of_the_place(place, line):
    """Exactly six months, and single days, are not stated: each place registers its practice."""
    place(
        "standards.discharge_grant",
        "discharge",
        row('{amount: "4500", formula: per_year}', payer="地方", soldier="义务兵"),
        keys="payer, soldier",
    )
    law = place(
        "standards.service_left_over",
        "left_over",
        row(f"{{counts: {line['counts']}}}", case=line["setting"]),
        keys="case",
        unit="文字",
    )
    found = discharge_grant(a_conscript(area=COUNTY, discharged_on=day(line["discharged"])), known_on=LATER, law=law)
    assert found.years == Fraction(line["years"])


def test_an_open_setting_shows_in_the_trust_word():
    """Exactly six months rests on memory; a whole number of years does not."""
    exact = discharge_grant(a_conscript(discharged_on=date(2023, 3, 1)), known_on=LATER)
    whole = discharge_grant(a_conscript(), known_on=LATER)
    assert (exact.trust, whole.trust) == (Trust.MEMORY_LOW, Trust.SECONDARY)


CUTS = """
    discharged | known on   | amount
    2023-12-31 | 2024-12-31 | 9000.00
    2024-01-01 | 2024-06-14 | 9000.00
    2024-01-01 | 2024-06-15 | 10000.00
"""


@pytest.mark.parametrize("line", rows(CUTS))
def test_the_standard_of_the_day_of_discharge_applies_once_it_is_known(place, line):
    """A notice of 15 June raises 4500 to 5000 for discharges from 1 January."""
    law = place(
        "standards.discharge_grant",
        "discharge",
        row('{amount: "4500", formula: per_year}', payer="地方", soldier="义务兵")
        + row(
            '{amount: "5000", formula: per_year}',
            payer="地方",
            soldier="义务兵",
            effective="2024-01-01",
            known="2024-06-15",
        ),
        keys="payer, soldier",
    )
    left = day(line["discharged"])
    facts = a_conscript(area=COUNTY, enlisted_on=left.replace(year=left.year - 2), discharged_on=left)
    assert discharge_grant(facts, known_on=day(line["known on"]), law=law).fen == fen(line["amount"])


def test_a_fixed_amount_is_for_its_years_only():
    """惠来 2023: 30273 for two years; two and a half are refused."""
    facts = {"enlisted_on": date(2021, 9, 1), "soldier": "义务兵", "area": "445224"}
    assert discharge_grant(Discharge(discharged_on=date(2023, 9, 1), **facts), known_on=LATER).fen == 3_027_300
    with pytest.raises(ServiceNotThatLong, match=r"服役满 2 年，现为 2\.5 年"):
        discharge_grant(Discharge(discharged_on=date(2023, 11, 1), **facts), known_on=LATER)


def test_the_arithmetic_is_told():
    """Months, years, formula, amount."""
    found = discharge_grant(
        served({"enlisted": "2017-09-01", "discharged": "2023-02-01", "soldier": "军士", "held back": "1"}),
        known_on=LATER,
    )
    assert found.steps == (
        "服役64个月（5年，余4个月按半年），已扣除不计入的1个月，按5.5年",
        "9000.00元×［1＋（服役年限－2）×20%］，5.5年 = 15,300.00元",
    )


REFUSED = [
    (a_conscript(soldier="文职"), UnknownWord, "没有发放主体和人员“地方·文职”"),
    (a_conscript(honours=("四等功",)), UnknownWord, "没有荣誉“地方·四等功”"),
    (a_conscript(area="110000"), NoValueInForce, "（地方、义务兵）在 2022-09-01 没有有效值"),
    (a_conscript(discharged_on=date(2020, 8, 31)), EndsBeforeStart, "退役日期 2020-08-31 早于入伍日期 2020-09-01"),
    (a_conscript(discharged_on=date(2020, 9, 1)), NoServiceLeft, "服役 0 个月"),
    (a_conscript(held_back_months=-1), CountTooSmall, "不计入的月数至少为 0"),
    (a_conscript(held_back_months=24), NoServiceLeft, "服役 24 个月，扣除不计入的 24 个月后没有剩余"),
    (a_conscript(discharged_on=date(2020, 9, 20)), NoServiceLeft, "服役 0 个月"),
    (a_conscript(soldier="军士", discharged_on=date(2022, 1, 1)), ServiceTooShort, "从服役满 2 年起算，现为 1.5 年"),
]


@pytest.mark.parametrize(("discharge", "refusal", "words"), REFUSED)
def test_a_discharge_that_cannot_be_reckoned_is_refused_in_words(discharge, refusal, words):
    """Each says what to look at."""
    with pytest.raises(refusal, match=words):
        discharge_grant(discharge, known_on=LATER)
