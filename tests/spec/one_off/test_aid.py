"""困难援助, 参保资助, 社保补缴: bands of loss, shares of a premium, months without insurance."""

from datetime import date

import pytest
from spec.one_off.conftest import COUNTY, row
from spec.one_off.field_tables import day, fen, rows

from rongji.kernel.month import Month
from rongji.law.refusals import NoValueInForce
from rongji.rules.entitlement.hardship_aid import Hardship, hardship_aid
from rongji.rules.entitlement.insurance_back_payment import InsuranceGap, StateShares, insurance_back_payment
from rongji.rules.entitlement.one_off_refusals import (
    AmountToBeDecided,
    AppliedTooLate,
    DecidedOutsideRange,
    EndsBeforeStart,
    NegativeAmount,
    NothingToDecide,
    NotInNeed,
    UnknownWord,
    WageMissing,
)
from rongji.rules.entitlement.premium_support import Premium, premium_support

LATER = date(2025, 12, 31)

BANDS = (
    '{bands: [{from: "5000", below: "20000", amount: "1000"}, {from: "20000", below: "50000", percent: "10"}, '
    '{from: "50000", least: "5000", most: "8000"}], year_most: "9000", within_months: 12}'
)

AID = """
    loss      | paid before | decided | amount
    4999.99   | 0           |         | 0
    5000.00   | 0           |         | 1000.00
    19999.99  | 0           |         | 1000.00
    20000.00  | 0           |         | 2000.00
    33333.35  | 0           |         | 3333.34
    49999.99  | 0           |         | 5000.00
    50000.00  | 0           | 8000.00 | 8000.00
    90000.00  | 0           | 5000.00 | 5000.00
    50000.00  | 1500.00     | 8000.00 | 7500.00
    50000.00  | 9000.00     | 8000.00 | 0
    50000.00  | 9500.00     | 8000.00 | 0
"""


def a_hardship(**more):
    """An illness in Guangdong that cost 60 000."""
    facts = {
        "cause": "因病",
        "happened_on": date(2024, 1, 31),
        "applied_on": date(2024, 6, 1),
        "loss_fen": 6_000_000,
        "area": "440113",
        "decided_fen": 1_500_000,
    }
    return Hardship(**(facts | more))


@pytest.mark.parametrize("line", rows(AID))
def test_the_band_of_the_loss_earns_within_the_yearly_limit(place, line):
    """An amount, a share, or a decision in a range; both ends of each band; what was given before counts."""
    law = place("standards.hardship_aid", "aid", row(BANDS, cause="因病"), keys="cause")
    found = hardship_aid(
        a_hardship(
            area=COUNTY,
            loss_fen=fen(line["loss"]),
            paid_this_year_fen=fen(line["paid before"]),
            decided_fen=fen(line["decided"]) if line["decided"] else None,
        ),
        known_on=LATER,
        law=law,
    )
    assert found.fen == fen(line["amount"])
    assert found.rows[0].region == COUNTY


APPLIED = """
    applied    | known on   | in time
    2024-01-31 | 2024-12-31 | yes
    2025-01-31 | 2025-12-31 | yes
    2025-02-01 | 2025-12-31 | no
"""


@pytest.mark.parametrize("line", rows(APPLIED))
def test_aid_is_asked_for_within_a_year(line):
    """On the last day it is in time, on the next it is not."""
    hardship = a_hardship(applied_on=day(line["applied"]))
    if line["in time"] == "yes":
        assert hardship_aid(hardship, known_on=day(line["known on"])).fen == 1_500_000
    else:
        with pytest.raises(AppliedTooLate, match="应在 2025-01-31 前申请"):
            hardship_aid(hardship, known_on=day(line["known on"]))


REFUSED_AID = [
    (a_hardship(cause="因赌"), UnknownWord, "没有困难原因“因赌”，可用的有：因病"),
    (a_hardship(area="430621"), NoValueInForce, "（因病）在 2024-06-01 没有有效值"),
    (a_hardship(applied_on=date(2024, 1, 30)), EndsBeforeStart, "申请日期 2024-01-30 早于困难发生日期 2024-01-31"),
    (a_hardship(loss_fen=-1), NegativeAmount, "自付或损失金额不能小于零"),
    (a_hardship(decided_fen=None), AmountToBeDecided, "在 10,000.00 元至 100,000.00 元之间评定"),
    (a_hardship(decided_fen=999_999), DecidedOutsideRange, "评定金额 9,999.99 元不在"),
    (a_hardship(decided_fen=10_000_001), DecidedOutsideRange, "评定金额 100,000.01 元不在"),
]


@pytest.mark.parametrize(("hardship", "refusal", "words"), REFUSED_AID)
def test_aid_that_cannot_be_reckoned_is_refused_in_words(hardship, refusal, words):
    """Each says what to look at."""
    with pytest.raises(refusal, match=words):
        hardship_aid(hardship, known_on=LATER)


def test_where_the_band_fixes_the_amount_nothing_is_decided(place):
    """A decision beside a fixed amount is refused, not ignored."""
    law = place("standards.hardship_aid", "aid", row(BANDS, cause="因病"), keys="cause")
    with pytest.raises(NothingToDecide, match="金额由标准确定"):
        hardship_aid(a_hardship(area=COUNTY, loss_fen=600_000), known_on=LATER, law=law)


PREMIUMS = """
    group            | in need | premium | amount
    1至6级残疾军人   | no      | 380.00  | 380.00
    烈属             | yes     | 380.00  | 380.00
    带病回乡退役军人 | yes     | 0       | 0
"""


@pytest.mark.parametrize("line", rows(PREMIUMS))
def test_the_premium_is_borne_in_full_nationally(line):
    """Grades 1 to 6 always, the others when in need."""
    found = premium_support(
        Premium(line["group"], date(2024, 1, 1), fen(line["premium"]), "", line["in need"] == "yes"), known_on=LATER
    )
    assert found.fen == fen(line["amount"])


def test_a_place_may_bear_a_share_up_to_an_amount(place):
    """Half of the premium, at most 150: 299.99 earns 150.00, 301 no more."""
    law = place(
        "standards.premium_support",
        "premium",
        row('{percent: "50", most: "150", in_need: false}', group="烈属"),
        keys="group",
        unit='"%"',
    )
    paid = [
        premium_support(Premium("烈属", date(2024, 1, 1), fen_, COUNTY), known_on=LATER, law=law).fen
        for fen_ in (29_999, 30_001, 10_001)
    ]
    assert paid == [15_000, 15_000, 5_001]


def test_premiums_that_nobody_bears_are_refused():
    """Not in need, unknown group, negative premium, before the first rule."""
    with pytest.raises(NotInNeed, match="烈属的参保资助限缴费有困难的对象"):
        premium_support(Premium("烈属", date(2024, 1, 1), 38_000, ""), known_on=LATER)
    with pytest.raises(UnknownWord, match="没有对象“军属”"):
        premium_support(Premium("军属", date(2024, 1, 1), 38_000, ""), known_on=LATER)
    with pytest.raises(NegativeAmount, match="个人缴费不能小于零"):
        premium_support(Premium("烈属", date(2024, 1, 1), -1, ""), known_on=LATER)
    with pytest.raises(NoValueInForce):
        premium_support(Premium("烈属", date(2007, 7, 31), 1, "", True), known_on=LATER)


# 60 % of the wage; 20 + 8 % until April 2019, 16 + 8 % from May.
GAPS = """
    settled    | known on   | wage    | first   | last    | months | unit    | person
    2019-04-30 | 2019-12-31 | 5000.00 | 2010-01 | 2010-12 | 12     | 7200.00 | 2880.00
    2019-05-01 | 2019-12-31 | 5000.00 | 2010-01 | 2010-12 | 12     | 5760.00 | 2880.00
    2019-05-01 | 2019-03-31 | 5000.00 | 2010-01 | 2010-12 | 12     | 7200.00 | 2880.00
    2020-06-01 | 2020-12-31 | 5000.00 | 2010-01 | 2010-01 | 1      | 480.00  | 240.00
    2020-06-01 | 2020-12-31 | 4321.05 | 2009-11 | 2010-10 | 12     | 4977.84 | 2488.92
"""


def a_gap(**more):
    """A year without pension insurance, settled in 2020."""
    facts = {
        "insurance": "养老",
        "first_month": Month.of(2010, 1),
        "last_month": Month.of(2010, 12),
        "settled_on": date(2020, 6, 1),
        "area": "430621",
        "average_wage_fen": 500_000,
    }
    return InsuranceGap(**(facts | more))


@pytest.mark.parametrize("line", rows(GAPS))
def test_missing_months_are_paid_at_the_rates_of_the_day_of_settlement(line):
    """Months × 60 % of the wage × rate, each month rounded to the fen; rates as known."""
    found = insurance_back_payment(
        a_gap(
            settled_on=day(line["settled"]),
            average_wage_fen=fen(line["wage"]),
            first_month=Month.parse(line["first"]),
            last_month=Month.parse(line["last"]),
        ),
        known_on=day(line["known on"]),
    )
    assert found.months == int(line["months"])
    assert (found.unit_fen, found.personal_fen) == (fen(line["unit"]), fen(line["person"]))
    assert (found.fen, found.shares) == (found.unit_fen, None)


BEARERS = """
    unit | person | state
    yes  | no     | 5760.00
    yes  | yes    | 8640.00
    no   | yes    | 2880.00
    no   | no     | 0
"""


@pytest.mark.parametrize("line", rows(BEARERS))
def test_the_state_bears_the_unit_s_part_and_that_of_persons_in_hardship(line):
    """Who is stood in for decides the state's part."""
    found = insurance_back_payment(
        a_gap(state_bears_unit=line["unit"] == "yes", state_bears_personal=line["person"] == "yes"), known_on=LATER
    )
    assert found.fen == fen(line["state"])


def test_the_state_s_part_is_split_over_three_levels(place):
    """60 % central, 25 % province, the county the rest; wage of the place; rounded once in total."""
    place("entitlement.local_average_wage", "standard", row('{amount: "4321.05", per: month}'))
    place(
        "standards.insurance_back_payment",
        "back_payment",
        row('{base_percent: "60", unit_percent: "16", personal_percent: "8", rounded: in_total}', insurance="养老"),
        keys="insurance",
        unit='"%"',
    )
    law = place(
        "standards.insurance_back_payment_shares",
        "level_shares",
        row('{central: "60", province: "25"}', insurance="养老"),
        keys="insurance",
        unit='"%"',
    )
    found = insurance_back_payment(a_gap(area=COUNTY, average_wage_fen=None), known_on=LATER, law=law)
    assert (found.unit_fen, found.personal_fen) == (497_785, 248_892)
    assert found.shares == StateShares(298_671, 124_446, 74_668)
    assert found.steps[-1] == (
        "政府承担 4,977.85元，中央60%、省25%、县15%：中央 2,986.71元、省 1,244.46元、县 746.68元"
    )


REFUSED_GAPS = [
    (a_gap(insurance="失业"), UnknownWord, "没有险种“失业”，可用的有：养老、医疗"),
    (a_gap(insurance="医疗"), NoValueInForce, "（医疗）在 2020-06-01 没有有效值"),
    (a_gap(last_month=Month.of(2009, 12)), EndsBeforeStart, "截止月份 2009-12 早于起始月份 2010-01"),
    (a_gap(last_month=Month.of(2020, 7)), EndsBeforeStart, "补缴日期 2020-06-01 早于截止月份 2020-07"),
    (a_gap(average_wage_fen=None), WageMissing, "请在法规数据中登记，或按公布数填写"),
    (a_gap(average_wage_fen=0), WageMissing, "请在法规数据中登记，或按公布数填写"),
    (a_gap(average_wage_fen=-1), NegativeAmount, "月平均工资不能小于零"),
    (a_gap(settled_on=date(2018, 12, 31)), NoValueInForce, "部分退役士兵社会保险补缴"),
]


@pytest.mark.parametrize(("gap", "refusal", "words"), REFUSED_GAPS)
def test_a_gap_that_cannot_be_reckoned_is_refused_in_words(gap, refusal, words):
    """Each says what to look at."""
    with pytest.raises(refusal, match=words):
        insurance_back_payment(gap, known_on=LATER)
