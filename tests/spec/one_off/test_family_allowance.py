"""义务兵家庭优待金: an instalment for each six full months, at most four, to the recipient whom the soldier named."""

from datetime import date

import pytest
from spec.one_off.conftest import COUNTY, row
from spec.one_off.field_tables import day, fen, rows

from rongji.law.refusals import NoValueInForce
from rongji.rules.entitlement.family_allowance import Conscript, family_allowance
from rongji.rules.entitlement.one_off_refusals import (
    EndingIncomplete,
    EndsBeforeStart,
    NoRecipient,
    TwoMultiples,
    UnknownWord,
)

LATER = date(2026, 12, 31)

# 12000 a year: 6000 an instalment, 1000 a month. The last day counts as served.
SCHEDULES = """
    enlisted   | left       | ending   | months       | due                             | whole
    2023-03-01 | 2025-02-28 | 期满退役 | 6 6 6 6      | 202309 202403 202409 202503     | 24000.00
    2023-03-15 | 2025-03-14 | 期满退役 | 6 6 6 6      | 202309 202403 202409 202503     | 24000.00
    2023-03-01 | 2025-03-01 | 期满退役 | 6 6 6 6      | 202309 202403 202409 202503     | 24000.00
    2023-03-01 | 2025-02-27 | 期满退役 | 6 6 6 6      | 202309 202403 202409 202502     | 24000.00
    2023-03-01 | 2024-10-31 | 期满退役 | 6 6 6 6      | 202309 202403 202409 202410     | 24000.00
    2023-03-01 | 2024-10-31 | 提前退役 | 6 6 6 2      | 202309 202403 202409 202410     | 20000.00
    2023-03-01 | 2024-10-20 | 提前退役 | 6 6 6 2      | 202309 202403 202409 202410     | 20000.00
    2023-03-01 | 2023-05-31 | 提前退役 | 3            | 202305                          | 3000.00
    2023-03-01 | 2023-05-31 | 提干     | 6            | 202305                          | 6000.00
    2023-03-01 | 2023-08-31 | 提干     | 6            | 202309                          | 6000.00
    2023-03-01 | 2023-09-01 | 入学     | 6 6          | 202309 202309                   | 12000.00
    2023-03-01 | 2024-03-31 | 选改军士 | 6 6 6        | 202309 202403 202403            | 18000.00
    2023-03-01 | 2025-05-31 | 延期退役 | 6 6 6 6 3    | 202309 202403 202409 202503 202505 | 27000.00
    2023-03-01 | 2025-10-31 | 延期退役 | 6 6 6 6 6 2  | 202309 202403 202409 202503 202509 202510 | 32000.00
    2023-03-01 | 2025-05-31 | 期满退役 | 6 6 6 6      | 202309 202403 202409 202503     | 24000.00
    2023-03-01 | 2025-04-30 | 战时服役 | 6 6 6 6 2    | 202309 202403 202409 202503 202504 | 26000.00
    2023-03-01 |            |          | 6 6          | 202309 202403                   | 12000.00
"""

SERVING = """
    until      | instalments
    2023-08-30 | 0
    2023-08-31 | 1
    2024-02-28 | 1
    2024-02-29 | 2
    2025-02-28 | 4
    2026-06-30 | 4
"""

RISES = """
    known on   | amounts
    2024-06-30 | 6000.00 6000.00 6000.00 6000.00
    2024-07-01 | 6000.00 6000.00 6600.00 6600.00
"""


def a_conscript(**more):
    """Enlisted in March 2023 in Hunan, looked at two years on."""
    facts = {"enlisted_on": date(2023, 3, 1), "area": "430621", "recipient": "父亲", "until": date(2025, 6, 30)}
    return Conscript(**(facts | more))


@pytest.mark.parametrize("line", rows(SCHEDULES))
def test_each_way_of_leaving_ends_the_instalments_in_its_way(line):
    """Less than six months count as six; early, late and wartime leaving follow the time served."""
    left = day(line["left"]) if line["left"] else None
    found = family_allowance(
        a_conscript(
            enlisted_on=day(line["enlisted"]),
            until=left or date(2024, 8, 30),
            left_on=left,
            ending=line["ending"],
        ),
        known_on=LATER,
    )
    assert [item.months for item in found.instalments] == [int(item) for item in line["months"].split()]
    assert [item.due_month.number for item in found.instalments] == [int(item) for item in line["due"].split()]
    assert found.fen == fen(line["whole"])


@pytest.mark.parametrize("line", rows(SERVING))
def test_who_serves_on_has_earned_the_full_instalments_only(line):
    """On the eve of six months nothing, on the day one; never more than four."""
    found = family_allowance(a_conscript(until=day(line["until"])), known_on=LATER)
    assert len(found.instalments) == int(line["instalments"])


@pytest.mark.parametrize("line", rows(RISES))
def test_an_instalment_reads_the_standard_of_its_last_day(place, line):
    """13200 from 1 March 2024, published on 1 July: the third instalment ends on 31 August."""
    law = place(
        "standards.family_allowance",
        "money",
        row('{amount: "12000", per: 年}')
        + row('{amount: "13200", per: 年}', effective="2024-03-01", known="2024-07-01"),
    )
    found = family_allowance(a_conscript(area=COUNTY), known_on=day(line["known on"]), law=law)
    assert [item.fen for item in found.instalments] == [fen(item) for item in line["amounts"].split()]


def test_the_first_day_may_be_the_one_that_counts(place):
    """A place that reads the standard on the first day pays the third instalment, from 1 September, at the new one."""
    place(
        "standards.family_allowance",
        "money",
        row('{amount: "12000", per: 年}') + row('{amount: "13200", per: 年}', effective="2024-08-31"),
    )
    law = place(
        "standards.family_allowance_terms", "instalments", row("{months: 6, most: 4, read_on: first_day}"), unit="期"
    )
    found = family_allowance(a_conscript(area=COUNTY), known_on=LATER, law=law)
    assert [item.fen for item in found.instalments] == [600_000, 600_000, 600_000, 660_000]


EXTRAS = """
    area   | enlisted   | extras             | amounts
    370830 | 2021-03-01 | 进藏               | 17840.00 17840.00 17840.00 17840.00
    370830 | 2021-03-01 | 新疆或高原 本科毕业生 | 2000.00 14272.00 14272.00 14272.00 14272.00
    430621 | 2023-03-01 | 大学毕业生         | 5000.00 6000.00 6000.00 6000.00 6000.00
    430621 | 2023-03-01 | 大学在校生 进疆进藏 | 4000.00 10000.00 6000.00 6000.00 6000.00 6000.00
    445224 | 2023-03-01 | 艰苦地区           | 13623.00 13623.00 13623.00 13623.00
    350502 | 2021-03-01 |                    | 11939.00 11939.00 11939.00 11939.00
    445224 | 2023-03-01 |                    | 6811.50 6811.50 6811.50 6811.50
"""


@pytest.mark.parametrize("line", rows(EXTRAS))
def test_what_raises_the_allowance_is_a_multiple_or_an_amount_once(line):
    """An amount once comes with the first instalment; a multiple raises each of them."""
    found = family_allowance(
        a_conscript(area=line["area"], enlisted_on=day(line["enlisted"]), extras=tuple(line["extras"].split())),
        known_on=LATER,
    )
    assert [item.fen for item in found.instalments] == [fen(item) for item in line["amounts"].split()]
    assert {item.due_month for item in found.instalments if item.number == 0} <= {found.instalments[-4].due_month}


def test_nothing_is_due_once_before_the_first_instalment():
    """A graduate's amount waits for the first six months."""
    found = family_allowance(a_conscript(extras=("大学毕业生",), until=date(2023, 8, 30)), known_on=LATER)
    assert (found.fen, found.instalments) == (0, ())


def test_the_schedule_is_told_and_goes_to_the_recipient():
    """Each instalment with its days, arithmetic and month."""
    found = family_allowance(
        a_conscript(until=date(2023, 11, 30), left_on=date(2023, 11, 30), ending="提前退役"), known_on=LATER
    )
    assert found.recipient == "父亲"
    assert found.steps[1:] == (
        "提前退役：按实际月数计发",
        "第1期 2023-03-01 至 2023-08-31：每年 12,000.00元 ÷ 12 × 6个月 = 6,000.00元，2023年9月发放",
        "第2期 2023-09-01 至 2023-11-30：每年 12,000.00元 ÷ 12 × 3个月 = 3,000.00元，2023年11月发放",
    )
    assert "430000/standards.family_allowance#1" in found.standards


REFUSED = [
    (a_conscript(recipient=" "), NoRecipient, "请填写义务兵入伍前指定、双方签字的领取人"),
    (a_conscript(ending="期满退役"), EndingIncomplete, "要么都填"),
    (a_conscript(left_on=date(2025, 2, 28)), EndingIncomplete, "要么都填"),
    (a_conscript(until=date(2023, 2, 28)), EndsBeforeStart, "计算截止日期 2023-02-28 早于批准入伍日期 2023-03-01"),
    (
        a_conscript(left_on=date(2023, 2, 28), ending="期满退役"),
        EndsBeforeStart,
        "离队日期 2023-02-28 早于批准入伍日期",
    ),
    (
        a_conscript(left_on=date(2024, 2, 28), ending="复员"),
        UnknownWord,
        "没有终止情形“复员”，可用的有：期满退役、提前退役",
    ),
    (a_conscript(extras=("海岛",)), UnknownWord, "没有增发情形“海岛”"),
    (a_conscript(extras=("艰苦地区",)), NoValueInForce, "（艰苦地区）在 2023-08-31 没有有效值"),
    (
        a_conscript(area="370830", extras=("进藏", "新疆或高原")),
        TwoMultiples,
        "“进藏”和“新疆或高原”都按倍数增发",
    ),
    (a_conscript(area="440000"), NoValueInForce, "“义务兵家庭优待金标准”在 2023-08-31 没有有效值"),
    (
        a_conscript(enlisted_on=date(2020, 3, 1), until=date(2021, 1, 31)),
        NoValueInForce,
        "“义务兵家庭优待金分期”在 2021-01-31 没有有效值",
    ),
]


@pytest.mark.parametrize(("conscript", "refusal", "words"), REFUSED)
def test_a_schedule_that_cannot_be_reckoned_is_refused_in_words(conscript, refusal, words):
    """Each says what is missing."""
    with pytest.raises(refusal, match=words):
        family_allowance(conscript, known_on=LATER)
