"""Benefits whose amount hangs on other figures: nursing, prices, the waiting period; tables of a made-up county."""

from decimal import Decimal

import pytest
from spec.entitlement.builders import claim, local_row, owed_for

from rongji.law.shapes.funding import PriceGrowth, PriceTrigger
from rongji.rules.entitlement.nursing_allowance import nursing_amount
from rongji.rules.entitlement.price_subsidy import price_subsidy_amount
from rongji.rules.entitlement.refusals import StandardNotInForce, UnknownStandardKey
from rongji.rules.entitlement.waiting_period import insurance_amount, waiting_amount

REGION = "990100"
KNOWN = "2025-06-01"

# cause, grade, share of the wage
SHARES = [
    ("因战", "1", "0.50"), ("因战", "2", "0.50"), ("因战", "3", "0.40"), ("因战", "4", "0.40"),
    ("因公", "1", "0.50"), ("因公", "2", "0.50"), ("因公", "3", "0.40"), ("因公", "4", "0.40"),
    ("因病", "1", "0.30"), ("因病", "2", "0.30"), ("因病", "3", "0.30"), ("因病", "4", "0.30"),
]  # fmt: skip


def wages(local_law):
    """Average wage 8001.01 a month from July 2024; before it 90000 a year."""
    rows = local_row("2023-07-01", "2023-07-05", '{amount: "90000", per: year}')
    rows += local_row("2024-07-01", "2024-08-20", '{amount: "8001.01", per: month}')
    return local_law(entitlement__local_average_wage=("standard", "", rows))


def test_nursing_allowance_is_a_share_of_the_local_average_wage(local_law):
    """Half, four tenths or three tenths, rounded to the fen."""
    law = wages(local_law)
    for cause, grade, share in SHARES:
        one = claim("nursing_allowance", f"{cause}|{grade}", area=REGION)
        assert owed_for(one, "2024-07", KNOWN, law) == [nursing_amount(800101, Decimal(share))]
    assert nursing_amount(800101, Decimal("0.50")) == 400051  # 4000.505
    assert nursing_amount(800101, Decimal("0.40")) == 320040
    assert nursing_amount(800101, Decimal("0.30")) == 240030


def test_nursing_allowance_follows_the_wage_as_known(local_law):
    """Both sides of the day the new wage applies and of the day it is known."""
    law, one = wages(local_law), claim("nursing_allowance", "因战|1", area=REGION)
    assert owed_for(one, "2024-06", "2024-08-20", law) == [375000]
    assert owed_for(one, "2024-07", "2024-08-19", law) == [375000]
    assert owed_for(one, "2024-07", "2024-08-20", law) == [400051]


def test_nursing_allowance_is_refused_without_a_wage_or_below_grade_four(local_law):
    """No wage is invented; grade 5 has no nursing allowance."""
    with pytest.raises(StandardNotInForce, match="护理费"):
        owed_for(claim("nursing_allowance", "因战|1"), "2024-07")
    with pytest.raises(UnknownStandardKey, match="因战\\|5"):
        owed_for(claim("nursing_allowance", "因战|5", area=REGION), "2024-07", KNOWN, wages(local_law))


def test_nursing_allowance_is_paid_beside_the_pension(local_law):
    """It does not exclude the pension."""
    law = wages(local_law)
    claims = [claim("nursing_allowance", "因战|1", area=REGION), claim("disability_pension", "因战|1", award=2)]
    assert owed_for(claims, "2024-07", KNOWN, law) == [400051, 1036750]


# index of consumer prices, of food, lines, floor, yuan paid of a standard of 713.00
AMOUNTS = [
    ("3.4", "5.9", "3.5", "6", 0, 0),
    ("3.5", "5.9", "3.5", "6", 0, 25),  # 24.955
    ("3.4", "6.0", "3.5", "6", 0, 43),  # 42.78
    ("3.6", "8.8", "3.5", "6", 0, 63),  # both: the higher, 62.744
    ("9.0", "6.1", "3.5", "6", 0, 64),  # both: consumer prices grew more, 64.17
    ("2.9", "6.2", "3.0", "6", 0, 44),
    ("3.0", "1.0", "3.0", "6", 0, 21),  # 21.39
    ("3.0", "1.0", "3.0", "6", 3000, 30),  # not below the floor
    ("2.9", "5.9", "3.0", "6", 3000, 0),  # nothing reached: no floor either
    ("3.5", "0", "3.5", "6", 0, 25),
]


@pytest.mark.parametrize(("cpi", "food", "cpi_line", "food_line", "floor", "yuan"), AMOUNTS)
def test_the_price_subsidy_of_a_month(cpi, food, cpi_line, food_line, floor, yuan):
    """Standard × growth of the index that reached its line, in whole yuan."""
    growth = PriceGrowth(Decimal(cpi), Decimal(food))
    trigger = PriceTrigger(Decimal(cpi_line), Decimal(food_line), floor)
    assert price_subsidy_amount(71300, growth, trigger) == yuan * 100


def prices(local_law, *, with_standard=True, lines=""):
    """A made-up year of indices: 3.2 % for August 2022 and the six months after it, and again in March 2023."""
    months = ["2022-08", "2022-09", "2022-10", "2022-11", "2022-12", "2023-01", "2023-02", "2023-03"]
    rows = "".join(local_row(f"{text}-01", f"{text}-28", '{cpi: "3.2", food: "4"}') for text in months)
    tables = {"entitlement__price_growth": ("price_growth", "", rows)}
    if with_standard:
        row = local_row("2022-01-01", "2022-01-01", '{amount: "700", per: month}')
        tables["entitlement__low_income_standard"] = ("standard", "", row)
    if lines:
        tables["entitlement__price_trigger"] = ("price_trigger", "", lines)
    return local_law(**tables)


# month of payment, paid as known at the end
WINDOW = [
    ("2022-08", 0),  # no index for July
    ("2022-09", 2200),  # the first month of the lower line, by the index of August: 700 × 3.2 % = 22.4
    ("2023-03", 2200),  # the last one, by the index of February
    ("2023-04", 0),  # 3.5 % again: March's 3.2 % does not reach it
    ("2023-05", 0),
]


@pytest.mark.parametrize(("text", "fen"), WINDOW)
def test_the_lower_line_held_from_september_2022_to_march_2023(local_law, text, fen):
    """3.0 % for seven months, 3.5 % before and after."""
    assert owed_for(claim("price_subsidy", area=REGION), text, KNOWN, prices(local_law)) == [fen]


def test_an_index_not_yet_published_pays_nothing_and_is_paid_when_known(local_law):
    """The index of August came on the 28th of the made-up calendar."""
    law, one = prices(local_law), claim("price_subsidy", area=REGION)
    assert owed_for(one, "2022-09", "2022-08-27", law) == [0]
    assert owed_for(one, "2022-09", "2022-09-01", law) == [2200]


def test_the_lower_line_was_not_known_before_it_was_published(local_law):
    """As known on 31 August 2022 the old line of 3.5 % was all there was."""
    assert owed_for(claim("price_subsidy", area=REGION), "2022-09", "2022-08-31", prices(local_law)) == [0]


def test_a_province_may_set_lower_lines(local_law):
    """3.0 % and a floor of 30 yuan at all times."""
    law = prices(local_law, lines=local_row("2021-12-01", "2021-12-01", '{cpi: "3", food: "6", floor: "30"}'))
    assert owed_for(claim("price_subsidy", area=REGION), "2023-04", KNOWN, law) == [3000]


def test_the_price_subsidy_needs_the_low_income_standard(local_law):
    """A month that triggers it without the standard is refused, not paid as nothing."""
    with pytest.raises(StandardNotInForce, match="价格临时补贴"):
        owed_for(claim("price_subsidy", area=REGION), "2022-10", KNOWN, prices(local_law, with_standard=False))


def test_two_identities_get_one_price_subsidy(local_law):
    """One person, two awards, one subsidy."""
    claims = [claim("price_subsidy", area=REGION, award=number) for number in (1, 2)]
    assert owed_for(claims, "2022-10", KNOWN, prices(local_law)) == [2200, 0]


def test_the_waiting_allowance_is_not_below_the_low_income_standard(local_law):
    """The local standard, or the floor where that is higher."""
    assert (waiting_amount(150000, 70000), waiting_amount(60000, 70000)) == (150000, 70000)
    one = claim("waiting_allowance", area=REGION)
    for amount, expected in (("1500", 150000), ("600", 70000)):
        standard = local_row("2024-01-01", "2024-01-01", f'{{amount: "{amount}", per: month}}')
        least = local_row("2024-01-01", "2024-01-01", '{amount: "8400", per: year}')
        law = local_law(
            standards__waiting_allowance=("standard", "", standard),
            entitlement__low_income_standard=("standard", "", least),
        )
        assert owed_for(one, "2024-05", KNOWN, law) == [expected]


def test_waiting_insurance_is_a_share_of_the_wage_base():
    """Pension: 20 % of the base of the last year of service, from the opinion of July 2018 on."""
    assert insurance_amount(523417, Decimal("0.20")) == 104683
    one = claim("waiting_insurance", "养老|5234.17")
    assert owed_for(one, "2018-08") == [104683]
    with pytest.raises(StandardNotInForce):
        owed_for(one, "2018-07")  # not in force on the first of the month


def test_the_medical_share_is_set_locally(local_law):
    """The employer's share of medical insurance differs from place to place."""
    rows = local_row("2024-01-01", "2024-01-01", '{share: "0.08"}', "insurance: 医疗, ")
    law = local_law(standards__waiting_insurance_share=("share", "insurance", rows))
    one = claim("waiting_insurance", "医疗|5000", area=REGION)
    assert owed_for(one, "2024-05", KNOWN, law) == [40000]
    assert owed_for(claim("waiting_insurance", "养老|5000", area=REGION), "2024-05", KNOWN, law) == [100000]
