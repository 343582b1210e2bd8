"""月标准: which standard a month is paid by, on both sides of every day it applies from and every day it is known."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

import pytest
from spec.entitlement.builders import AREA, D, claim, judged, local_row, month, owed_for
from spec.entitlement.published import EFFECTIVE, KNOWN, YEARS, yearly

from rongji.kernel.month import Month
from rongji.law.model import Trust
from rongji.law.refusals import UnknownBenefit, ValueIsMissing
from rongji.rules.entitlement.law_tables import RateKind, law_tables
from rongji.rules.entitlement.refusals import StandardNotInForce
from rongji.rules.entitlement.standards import rate

STANDARDS = yearly()
REGION = "990100"


def month_fen(yuan_a_year: str) -> int:
    """A twelfth in fen, half up."""
    return int((Decimal(yuan_a_year) * 100 / 12).quantize(Decimal(1), ROUND_HALF_UP))


def day_before(day: str) -> str:
    """The day before."""
    return str(D(day) - timedelta(days=1))


@pytest.mark.parametrize("year", YEARS[1:])
def test_every_cut_over_of_every_benefit(year):
    """Before and from the month it applies, before and from the day it is known."""
    number = YEARS.index(year)
    starts, known = EFFECTIVE[year], KNOWN[year]
    last_old, first_new = str(month(starts[:7]) - 1), starts[:7]
    for (benefit, key), amounts in STANDARDS.items():
        old, new = amounts[number - 1], amounts[number]
        if old is None or new is None:
            continue
        one = claim(benefit, key)
        seen = [
            *owed_for(one, last_old, day_before(known)),  # the month before, not yet known
            *owed_for(one, last_old, known),  # the month before, known: the raise does not reach back
            *owed_for(one, first_new, day_before(known)),  # applies already, but nobody can know it
            *owed_for(one, first_new, known),  # known: the same month now comes to more
        ]
        before, after = month_fen(old), month_fen(new)
        assert seen == [before, before, before, after], (benefit, key, year)


def test_a_standard_holds_until_the_next_one_applies():
    """Every month from the first standard on, known much later, by the standard of its year."""
    for (benefit, key), amounts in STANDARDS.items():
        for (year, amount), (following, _) in pairwise(zip(YEARS, amounts, strict=True)):
            if amount is None:
                continue
            last = month(EFFECTIVE[following][:7]) - 1
            expected = month_fen(amount)
            assert owed_for(claim(benefit, key), EFFECTIVE[year][:7]) == [expected], (benefit, key, year)
            assert owed_for(claim(benefit, key), str(last)) == [expected], (benefit, key, year)


# older standards: benefit, key, last month of the old and first month of the new one, yuan a month of each
OLDER = [
    ("survivor_pension", "烈属（城镇）", "2015-09", "2015-10", "1385.83", "1593.33"),
    ("survivor_pension", "烈属（农村）", "2015-09", "2015-10", "930.00", "1209.17"),
    ("ill_veteran_allowance", "", "2015-09", "2015-10", "360.00", "410.00"),
    ("ill_veteran_allowance", "", "2016-09", "2016-10", "410.00", "450.00"),
    ("ill_veteran_allowance", "", "2017-09", "2017-10", "450.00", "500.00"),
    ("war_participant_allowance", "", "2015-09", "2015-10", "360.00", "460.00"),
    ("nuclear_participant_allowance", "", "2016-09", "2016-10", "460.00", "500.00"),
    ("war_participant_allowance", "", "2017-09", "2017-10", "500.00", "550.00"),
    ("rural_veteran_allowance", "", "2014-09", "2014-10", "10.00", "15.00"),
    ("rural_veteran_allowance", "", "2015-09", "2015-10", "15.00", "20.00"),
    ("rural_veteran_allowance", "", "2016-09", "2016-10", "20.00", "25.00"),
    ("rural_veteran_allowance", "", "2017-09", "2017-10", "25.00", "30.00"),
]


@pytest.mark.parametrize(("benefit", "key", "last_old", "first_new", "old", "new"), OLDER)
def test_older_cut_overs_were_in_october(benefit, key, last_old, first_new, old, new):
    """Up to 2017 the year's standard applied from 1 October."""
    one = claim(benefit, key)
    found = [*owed_for(one, last_old), *owed_for(one, first_new)]
    assert found == [int(Decimal(old) * 100), int(Decimal(new) * 100)]


# the first month with a standard; in the month before there is none
FIRST = [
    ("disability_pension", "因战|1", "2017-10"),
    ("survivor_pension", "烈属", "2017-10"),
    ("survivor_pension", "烈属（城镇）", "2014-10"),
    ("red_army_allowance", "西路军", "2017-10"),
    ("ill_veteran_allowance", "", "2014-10"),
    ("war_participant_allowance", "", "2014-10"),
    ("nuclear_participant_allowance", "", "2014-10"),
    ("martyr_child_allowance", "", "2017-10"),
    ("rural_veteran_allowance", "", "2011-08"),
]


@pytest.mark.parametrize(("benefit", "key", "first"), FIRST)
def test_before_the_first_standard_nothing_is_guessed(benefit, key, first):
    """The month before it is refused, with what to do."""
    one = claim(benefit, key, born="1930-01-01")
    assert owed_for(one, first) > [0]
    with pytest.raises(StandardNotInForce, match="补录"):
        owed_for(one, str(month(first) - 1))


def test_the_split_of_martyrs_families_into_town_and_country_ended():
    """The last split standard holds to September 2016; afterwards the year is not known, and it is not guessed."""
    one = claim("survivor_pension", "烈属（城镇）")
    assert owed_for(one, "2016-09") == [159333]
    with pytest.raises(StandardNotInForce):
        owed_for(one, "2016-10")


# benefit, key, the month from which a raise was reported without an amount, the day it became known
GAPS = [
    ("survivor_pension", "烈属", "2025-08", "2026-03-15"),
    ("survivor_pension", "因公牺牲", "2025-08", "2026-03-15"),
    ("survivor_pension", "病故", "2025-08", "2026-03-15"),
    ("red_army_allowance", "在乡红军", "2024-08", "2025-01-15"),
    ("red_army_allowance", "失散红军", "2025-08", "2026-03-15"),
    ("martyr_child_allowance", "", "2025-08", "2026-03-15"),
    ("rural_veteran_allowance", "", "2025-08", "2026-03-15"),
]


@pytest.mark.parametrize(("benefit", "key", "first", "known"), GAPS)
def test_a_gap_is_refused_once_the_raise_is_known_and_paid_by_the_old_standard_before(benefit, key, first, known):
    """Until the notice nobody can know better; from then on the old amount would be wrong, so nothing is paid by it."""
    one = claim(benefit, key)
    if first == "2025-08" and benefit != "red_army_allowance":
        assert owed_for(one, first, day_before(known)) == owed_for(one, "2025-07", day_before(known))
    assert owed_for(one, "2024-07", known) > [0]
    with pytest.raises(ValueIsMissing) as refused:
        owed_for(one, first, known)
    sentence = str(refused.value)
    assert "数值缺失" in sentence and "补一行" in sentence and f"{first}-01" in sentence


def test_a_gap_is_filled_by_the_region(local_law):
    """A province that pays more has its own table; the national gap is then not asked."""
    row = local_row("2025-08-01", "2026-04-01", '{amount: "45000", per: year}', "kind: 烈属, ")
    law = local_law(standards__survivor_pension=("standard", "kind", row))
    local = claim("survivor_pension", "烈属", area=REGION)
    assert owed_for(local, "2025-08", "2026-04-01", law) == [375000]
    with pytest.raises(ValueIsMissing):
        owed_for(local, "2025-08", "2026-03-31", law)
    assert owed_for(local, "2025-07", "2026-04-01", law) == [348800]  # before the local standard: the national one


# area, month, benefit, key, yuan a month: provincial tables before the national one
PROVINCES = [
    ("420000", "2023-08", "demobilised_allowance", "抗战", "2135.00"),
    ("420528", "2023-08", "demobilised_allowance", "其他", "2095.00"),  # a county of the province
    ("420528", "2023-08", "ill_veteran_allowance", "", "792.50"),
    ("420528", "2024-08", "ill_veteran_allowance", "", "819.00"),  # the provincial one is over: the national floor
    ("430621", "2023-08", "ill_veteran_allowance", "", "787.50"),
    ("510100", "2024-08", "demobilised_allowance", "抗战", "2230.08"),
    ("510100", "2024-08", "demobilised_allowance", "其他", "2185.08"),
    ("510100", "2025-08", "demobilised_allowance", "抗战", "2289.50"),
    ("510100", "2025-08", "demobilised_allowance", "其他", "2244.50"),
    ("510100", "2020-08", "war_participant_allowance", "", "700.00"),
    ("510100", "2020-08", "ill_veteran_allowance", "", "680.00"),
    ("510100", "2021-08", "ill_veteran_allowance", "", "700.00"),
]


@pytest.mark.parametrize(("area", "text", "benefit", "key", "yuan"), PROVINCES)
def test_provinces_come_before_the_nation(area, text, benefit, key, yuan):
    """County, city, province, nation: the first with a standard in force."""
    assert owed_for(claim(benefit, key, area=area), text) == [int(Decimal(yuan) * 100)]


def test_a_benefit_without_a_national_standard_asks_for_the_local_one():
    """在乡复员军人: the nation sets increases only."""
    with pytest.raises(StandardNotInForce, match="legal/regions/430621/standards"):
        owed_for(claim("demobilised_allowance", "其他"), "2024-01")


def test_a_standard_that_begins_within_a_month_counts_from_the_next(local_law):
    """The standard in force on the first day of the month is the month's."""
    row = local_row("2024-03-15", "2024-03-01", '{amount: "1000", per: month}')
    law = local_law(standards__enterprise_cadre_subsidy=("standard", "", row))
    one = claim("enterprise_cadre_subsidy", area=REGION)
    with pytest.raises(StandardNotInForce):
        owed_for(one, "2024-03", "2024-12-31", law)
    assert owed_for(one, "2024-04", "2024-12-31", law) == [100000]


# standard key and table of benefits that only localities set
LOCAL = [
    ("retired_cadre_pay", "level: 师级, ", "level", "师级"),
    ("civilian_staff_pay", "level: 技工, ", "level", "技工"),
    ("enterprise_cadre_subsidy", "", "", ""),
    ("laid_off_volunteer_relief", "", "", ""),
]


@pytest.mark.parametrize(("benefit", "key_cells", "keys", "key"), LOCAL)
def test_locally_set_benefits_are_local_tables(local_law, benefit, key_cells, keys, key):
    """军休, 无军籍职工, 企业军转, 下岗志愿兵: refused without a local table, paid by it with one."""
    one = claim(benefit, key, area=REGION)
    with pytest.raises(StandardNotInForce):
        owed_for(one, "2024-05")
    rows = local_row("2024-01-01", "2024-01-20", '{amount: "812.50", per: month}', key_cells)
    law = local_law(**{f"standards__{benefit}": ("standard", keys, rows)})
    assert owed_for(one, "2024-01", "2024-01-20", law) == [81250]
    with pytest.raises(StandardNotInForce):
        owed_for(one, "2024-01", "2024-01-19", law)


def test_service_years_multiply_the_rate_before_it_is_rounded():
    """7 years by 688 yuan a year: 401.333 a month, rounded once."""
    assert owed_for(claim("rural_veteran_allowance", units=7), "2023-09") == [40133]
    assert owed_for(claim("rural_veteran_allowance", units=1), "2023-09") == [5733]


def test_a_rate_knows_its_act_trust_and_rows():
    """What the calculation sheet prints."""
    found = rate("disability_pension", "因公|7", AREA, Month.of(2023, 9), D("2023-11-01"))
    assert found.act == "《关于调整部分优抚对象等人员抚恤和生活补助标准的通知（2023年）》（退役军人部发〔2023〕39号）"
    assert (found.trust, found.row.table, found.row.known) == (
        Trust.DERIVED,
        "standards.disability_pension",
        D("2023-10-11"),
    )
    assert found.said(1) == "32,380.00 元 ÷ 12 = 2,698.33 元（每月四舍五入到分）"


def test_the_account_of_an_amount_names_months_standard_act_and_computation():
    """The steps are sentences a clerk can read out."""
    (item,) = judged(claim("disability_pension", "因公|7", basis="2023-07-05"), "2023-09", "2023-11-01")
    assert item.steps == (
        "残疾抚恤金自2023年8月起。",
        "标准（因公，7）：每人每年 32,380.00 元（依据《关于调整部分优抚对象等人员抚恤和生活补助标准的通知（2023年）》"
        "（退役军人部发〔2023〕39号），2023-08-01 起施行，2023-10-11 公布，推算）。",
        "2023年9月：32,380.00 元 ÷ 12 = 2,698.33 元（每月四舍五入到分）。",
    )
    (outside,) = judged(claim("disability_pension", "因公|7", basis="2023-07-05"), "2023-07", "2023-11-01")
    assert outside.steps == ("残疾抚恤金自2023年8月起，2023年7月不在其中，应发 0 元。",)


def test_a_locality_may_have_a_benefit_of_its_own(local_law):
    """Listed in the local table of benefits, with its own standard; nowhere else does it exist."""
    centenarians = (
        "{label: 百岁老兵慰问金, group: 本地补助, standard: standards.centenarian, keys: [], functional: '2080899', "
        "economic: '30305', project: 本地补助, payment: monthly, local: true}"
    )
    law = local_law(
        entitlement__benefits=(
            "benefit",
            "benefit",
            local_row("2024-01-01", "2024-01-01", centenarians, "benefit: centenarian, "),
        ),
        standards__centenarian=("standard", "", local_row("2024-01-01", "2024-01-01", '{amount: "300", per: month}')),
    )
    claims = [claim("centenarian", area=REGION), claim("disability_pension", "因战|6", award=2, area=REGION)]
    assert owed_for(claims, "2024-05", "2024-06-01", law) == [30000, 411667]
    with pytest.raises(UnknownBenefit):
        owed_for(claim("centenarian"), "2024-05", "2024-06-01", law)
    kinds = [RateKind(one.benefit, one.standard_key, one.area) for one in claims]
    tables = law_tables(kinds, month("2024-05"), month("2024-05"), D("2024-06-01"), law)
    assert [(row.rate_id, row.amount_fen) for row in tables.rates] == [(0, 30000), (1, 4940000)]
