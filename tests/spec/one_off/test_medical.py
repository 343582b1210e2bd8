"""优抚对象医疗补助: every local shape of the rule, on what is left after those who pay first."""

from dataclasses import replace
from datetime import date

import pytest
from spec.one_off.conftest import COUNTY, row
from spec.one_off.field_tables import day, fen, rows

from rongji.law.refusals import NoValueInForce
from rongji.rules.entitlement.medical_subsidy import MedicalBill, YearSoFar, medical_subsidy
from rongji.rules.entitlement.one_off_refusals import (
    AgeNotCovered,
    CountTooSmall,
    EmployeeRulesMissing,
    EndsBeforeStart,
    KeyOfStandardWrong,
    NegativeAmount,
    OtherRuleForCare,
    PartsExceedBill,
    PayerNotInOrder,
    UnknownWord,
)
from rongji.rules.entitlement.outpatient_allowance import OutpatientPeriods, outpatient_allowance

LATER = date(2026, 12, 31)
KEYS = "group, care"


def a_bill(**more):
    """20 000 in all, 18 000 in the catalogue, 8 000 left after the insurances: a martyr's survivor in 台州."""
    facts = {
        "group": "烈属",
        "care": "住院",
        "settled_on": date(2024, 5, 1),
        "born_on": date(1960, 1, 1),
        "area": "331000",
        "bill_fen": 2_000_000,
        "in_catalogue_fen": 1_800_000,
        "paid": (("基本医保", 900_000), ("大病保险", 100_000)),
    }
    return MedicalBill(**(facts | more))


def in_county(base, **more):
    """A bill of the made-up county of which everything is in the catalogue and nothing is paid."""
    return a_bill(area=COUNTY, bill_fen=base, in_catalogue_fen=base, paid=(), **more)


FLAT = """
    area   | group              | subsidy
    331000 | 烈属               | 6400.00
    331000 | 因公牺牲军人遗属   | 5600.00
    331000 | 病故军人遗属       | 4800.00
    331000 | 带病回乡退役军人   | 4000.00
    510100 | 烈属               | 6400.00
    510100 | 参战退役人员       | 4800.00
    441600 | 1至6级残疾军人     | 8000.00
    230110 | 参试退役人员       | 4800.00
    130300 | 抗日战争时期复员军人 | 3600.00
    130300 | 抗美援朝时期复员军人 | 3000.00
"""


@pytest.mark.parametrize("line", rows(FLAT))
def test_a_flat_rate_works_on_what_is_left_in_the_catalogue(line):
    """8000 left: 80, 70, 60, 50 % by group and place; 秦皇岛 only on the part above 2000."""
    found = medical_subsidy(a_bill(area=line["area"], group=line["group"]), known_on=LATER)
    assert (found.base_fen, found.fen) == (800_000, fen(line["subsidy"]))
    assert found.borne_fen == 1_000_000 - found.fen


AGES = """
    born       | settled    | subsidy
    1974-05-02 | 2024-05-01 | 7600.00
    1974-05-01 | 2024-05-01 | 7760.00
    1974-04-30 | 2024-05-01 | 7760.00
"""


@pytest.mark.parametrize("line", rows(AGES))
def test_age_decides_inside_a_group(line):
    """成都: 97 % from the fiftieth birthday on, 95 % below."""
    bill = a_bill(
        area="510100",
        group="在职5至6级残疾军人",
        born_on=day(line["born"]),
        settled_on=day(line["settled"]),
    )
    assert medical_subsidy(bill, known_on=LATER).fen == fen(line["subsidy"])


TWO_BANDS = (
    '{mode: bands, ages: [{bands: [{from: "0", below: "10000", percent: "70"}, {from: "10000", percent: "80"}]}]}'
)
THREE_BANDS = (
    '{mode: bands, ages: [{bands: [{from: "0", below: "5000", percent: "25"}, '
    '{from: "5000", below: "10000", percent: "40"}, {from: "10000", percent: "55"}]}]}'
)

BANDS = """
    group            | base     | subsidy
    烈属             | 10000.00 | 7000.00
    烈属             | 10000.01 | 7000.01
    烈属             | 30000.00 | 23000.00
    带病回乡退役军人 | 5000.00  | 1250.00
    带病回乡退役军人 | 5000.03  | 1250.01
    带病回乡退役军人 | 10000.00 | 3250.00
    带病回乡退役军人 | 20000.00 | 8750.00
    带病回乡退役军人 | 0        | 0
"""


@pytest.mark.parametrize("line", rows(BANDS))
def test_each_band_earns_at_its_own_rate(place, line):
    """烈属 70 % to 10 000 and 80 % above; 带病回乡 25, 40 and 55 %: only what lies in a band earns its rate."""
    law = place(
        "standards.medical_subsidy",
        "medical",
        row(TWO_BANDS, group="烈属", care="住院") + row(THREE_BANDS, group="带病回乡退役军人", care="住院"),
        keys=KEYS,
        unit="文字",
    )
    found = medical_subsidy(in_county(fen(line["base"]), group=line["group"]), known_on=LATER, law=law)
    assert found.fen == fen(line["subsidy"])


CAPPED = """
    base     | so far   | subsidy
    25000.00 | 0        | 10000.00
    25000.01 | 0        | 10000.00
    10000.00 | 5999.99  | 4000.00
    10000.00 | 6000.01  | 3999.99
    10000.00 | 10000.00 | 0
    10000.00 | 12000.00 | 0
"""


@pytest.mark.parametrize("line", rows(CAPPED))
def test_the_yearly_cap_counts_what_the_person_had_before(place, line):
    """40 % up to 10 000 a year."""
    law = place(
        "standards.medical_subsidy",
        "medical",
        row(
            '{mode: bands, ages: [{bands: [{from: "0", percent: "40"}]}], cap: {amount: "10000"}}',
            group="烈属",
            care="住院",
        ),
        keys=KEYS,
        unit="文字",
    )
    bill = in_county(fen(line["base"]), year=YearSoFar(first_fen=fen(line["so far"])))
    found = medical_subsidy(bill, known_on=LATER, law=law)
    assert found.fen == fen(line["subsidy"])
    assert found.year.first_fen == fen(line["so far"]) + found.fen


def heyuan(place, ceiling_rows):
    """河源: 35 %, cap half of the ceiling of resident insurance, then 10 % of the rest."""
    place("standards.insurance_ceiling", "money", ceiling_rows)
    return place(
        "standards.medical_subsidy",
        "medical",
        row(
            '{mode: bands, ages: [{bands: [{from: "0", percent: "35"}]}], '
            'cap: {percent: "50", of: standards.insurance_ceiling, label: 居民医保年度最高支付限额}, '
            'second: {base: rest, percent: "10"}}',
            group="烈属",
            care="住院",
        ),
        keys=KEYS,
        unit="文字",
    )


TIED = """
    settled    | known on   | base      | first     | second
    2023-12-31 | 2026-12-31 | 100000.00 | 20000.00  | 8000.00
    2024-01-01 | 2026-12-31 | 100000.00 | 30000.00  | 7000.00
    2024-01-01 | 2024-03-01 | 100000.00 | 20000.00  | 8000.00
    2024-01-01 | 2026-12-31 | 10000.00  | 3500.00   | 650.00
"""


@pytest.mark.parametrize("line", rows(TIED))
def test_a_cap_may_hang_on_another_figure_and_a_second_layer_on_the_rest(place, line):
    """The ceiling rises from 40 000 to 60 000 in 2024, published in April."""
    law = heyuan(place, row('{amount: "40000"}') + row('{amount: "60000"}', effective="2024-01-01", known="2024-04-01"))
    bill = in_county(fen(line["base"]), settled_on=day(line["settled"]))
    found = medical_subsidy(bill, known_on=day(line["known on"]), law=law)
    assert (found.first_fen, found.second_fen) == (fen(line["first"]), fen(line["second"]))
    assert f"{COUNTY}/standards.insurance_ceiling#" in "".join(found.standards)


def test_the_cap_of_heyuan_waits_for_its_ceiling():
    """The shipped table of 河源 knows the share, not the ceiling: refused until it is registered."""
    with pytest.raises(NoValueInForce, match="居民医保年度最高支付限额"):
        medical_subsidy(a_bill(area="441600"), known_on=LATER)


OUTSIDE = """
    bill      | in catalogue | so far   | second
    30000.00  | 10000.00     | 0        | 0
    35000.00  | 10000.00     | 0        | 4000.00
    200000.00 | 10000.00     | 0        | 100000.00
    35000.00  | 10000.00     | 98000.00 | 2000.00
"""


@pytest.mark.parametrize("line", rows(OUTSIDE))
def test_a_second_layer_may_look_outside_the_catalogue(place, line):
    """Out of catalogue above 20 000 at 80 %, up to 100 000 a year, beside 40 % inside."""
    law = place(
        "standards.medical_subsidy",
        "medical",
        row(
            '{mode: bands, ages: [{bands: [{from: "0", percent: "40"}]}], cap: {amount: "10000"}, '
            'second: {base: out_of_catalogue, above: "20000", percent: "80", most: "100000"}}',
            group="烈属",
            care="住院",
        ),
        keys=KEYS,
        unit="文字",
    )
    bill = a_bill(
        area=COUNTY,
        bill_fen=fen(line["bill"]),
        in_catalogue_fen=fen(line["in catalogue"]),
        paid=(),
        year=YearSoFar(second_fen=fen(line["so far"])),
    )
    found = medical_subsidy(bill, known_on=LATER, law=law)
    assert (found.first_fen, found.second_fen) == (400_000, fen(line["second"]))


def test_the_line_of_a_second_layer_may_run_over_the_year(place):
    """15 000 twice outside the catalogue: over the year the second bill is above 20 000 by 10 000."""
    rule = (
        '{mode: bands, ages: [{bands: [{from: "0", percent: "40"}]}], over: year, '
        'second: {base: out_of_catalogue, above: "20000", percent: "80", most: "5000"}}'
    )
    law = place("standards.medical_subsidy", "medical", row(rule, group="烈属", care="住院"), keys=KEYS, unit="文字")
    bill = a_bill(area=COUNTY, bill_fen=1_500_000, in_catalogue_fen=0, paid=())
    first = medical_subsidy(bill, known_on=LATER, law=law)
    second = medical_subsidy(replace(bill, year=first.year), known_on=LATER, law=law)
    third = medical_subsidy(replace(bill, year=second.year), known_on=LATER, law=law)
    assert (first.fen, second.fen, third.fen) == (0, 500_000, 0)


YEARLY = """
    over | deductible | first bill | second bill
    bill | 0          | 4200.00    | 4900.00
    year | 0          | 4200.00    | 5200.00
    bill | 2000       | 2800.00    | 3500.00
    year | 2000       | 2800.00    | 5000.00
"""


@pytest.mark.parametrize("line", rows(YEARLY))
def test_bands_and_deductible_run_over_a_bill_or_over_the_year(place, line):
    """6000, then 7000: over the year the second bill goes on where the first ended, the deductible is used up."""
    law = place(
        "standards.medical_subsidy",
        "medical",
        row(
            f'{TWO_BANDS[:-1]}, over: {line["over"]}, deductible: "{line["deductible"]}"}}',
            group="烈属",
            care="住院",
        ),
        keys=KEYS,
        unit="文字",
    )
    first = medical_subsidy(in_county(600_000), known_on=LATER, law=law)
    second = medical_subsidy(in_county(700_000, year=first.year), known_on=LATER, law=law)
    assert (first.fen, second.fen) == (fen(line["first bill"]), fen(line["second bill"]))
    assert second.year.base_fen == 1_300_000


DIFFERENCES = """
    employee rules | subsidy
    15000.00       | 5000.00
    10000.00       | 0
    9000.00        | 0
    18000.00       | 8000.00
    20000.00       | 8000.00
"""


@pytest.mark.parametrize("line", rows(DIFFERENCES))
def test_the_difference_between_two_insurances_may_be_paid(line):
    """浙江 2025: what employee insurance would give, less the 10 000 that was given, never more than is left."""
    bill = a_bill(area="330000", settled_on=date(2025, 12, 31), employee_rules_fen=fen(line["employee rules"]))
    assert medical_subsidy(bill, known_on=LATER).fen == fen(line["subsidy"])


OUTPATIENTS = """
    area   | group            | paid on    | periods | pension             | key    | amount
    230110 | 烈属             | 2024-05-01 | 4       |                     |        | 1600.00
    230110 | 参战退役人员     | 2024-05-01 | 1       |                     |        | 140.00
    331000 | 烈属             | 2022-07-31 | 1       | survivor_pension    | 烈属   | 3386.00
    331000 | 烈属             | 2022-08-31 | 1       | survivor_pension    | 烈属   | 3691.00
    330000 | 7至10级残疾军人  | 2025-07-31 | 1       | disability_pension  | 因战·7 | 3908.40
"""


@pytest.mark.parametrize("line", rows(OUTPATIENTS))
def test_outpatient_money_is_paid_by_period(line):
    """400 or 140 a quarter; or a tenth of the yearly pension at the standard of the day."""
    found = outpatient_allowance(
        OutpatientPeriods(
            line["group"],
            day(line["paid on"]),
            line["area"],
            int(line["periods"]),
            pension=line["pension"],
            standard_key=line["key"].replace("·", "|"),
        ),
        known_on=LATER,
    )
    assert found.fen == fen(line["amount"])


ORDERS = """
    settled    | known on   | base
    2024-12-31 | 2025-12-31 | 7000.00
    2025-01-01 | 2025-02-28 | 7000.00
    2025-01-01 | 2025-03-01 | 8000.00
"""


@pytest.mark.parametrize("line", rows(ORDERS))
def test_only_those_before_the_subsidy_in_the_order_are_deducted(place, line):
    """From 2025 a county pays the subsidy before 医疗救助: what relief gave no longer lowers the base."""
    place(
        "standards.settlement_order",
        "settlement_order",
        row("{payers: [基本医保, 大病保险, 医疗救助, 优抚补助]}")
        + row("{payers: [基本医保, 大病保险, 优抚补助, 医疗救助]}", effective="2025-01-01", known="2025-03-01"),
        unit="文字",
    )
    law = place(
        "standards.medical_subsidy", "medical", row(TWO_BANDS, group="烈属", care="住院"), keys=KEYS, unit="文字"
    )
    bill = a_bill(
        area=COUNTY,
        settled_on=day(line["settled"]),
        paid=(("医疗救助", 100_000), ("基本医保", 900_000), ("大病保险", 100_000)),
    )
    assert medical_subsidy(bill, known_on=day(line["known on"]), law=law).base_fen == fen(line["base"])


def test_all_payers_together_never_pay_more_than_the_catalogue_covers(place):
    """Relief that comes after the subsidy gave 3000 of the 8000: a full subsidy pays the other 5000."""
    place(
        "standards.settlement_order",
        "settlement_order",
        row("{payers: [基本医保, 大病保险, 优抚补助, 医疗救助]}"),
        unit="文字",
    )
    law = place(
        "standards.medical_subsidy",
        "medical",
        row('{mode: bands, ages: [{bands: [{from: "0", percent: "100"}]}]}', group="烈属", care="住院"),
        keys=KEYS,
        unit="文字",
    )
    bill = a_bill(area=COUNTY, paid=(("基本医保", 1_000_000), ("医疗救助", 300_000)))
    found = medical_subsidy(bill, known_on=LATER, law=law)
    assert (found.base_fen, found.fen, found.borne_fen) == (800_000, 500_000, 200_000)
    assert "各方支付合计不超过目录内费用，补助 5,000.00元" in found.steps


def test_the_subsidy_is_told_step_by_step(place):
    """What is left, each band, the cap, the sum."""
    law = place(
        "standards.medical_subsidy",
        "medical",
        row(f'{THREE_BANDS[:-1]}, deductible: "1000", cap: {{amount: "3000"}}}}', group="烈属", care="住院"),
        keys=KEYS,
        unit="文字",
    )
    bill = a_bill(area=COUNTY, year=YearSoFar(first_fen=150_000))
    assert medical_subsidy(bill, known_on=LATER, law=law).steps == (
        "目录内费用 18,000.00元 − 基本医保 9,000.00元 − 大病保险 1,000.00元 = 个人负担 8,000.00元",
        "起付线 1,000.00元",
        "0.00元至5000.00元按25%：5,000.00元 × 25%",
        "5000.00元至10000.00元按40%：2,000.00元 × 40%",
        "按比例补助 2,050.00元",
        "全年封顶 3,000.00元，本年已补助 1,500.00元，本次 1,500.00元",
        "合计补助 1,500.00元",
    )


REFUSED = [
    (a_bill(group="军属"), UnknownWord, "没有对象和就医方式“军属·住院”，可用的有：烈属·住院"),
    (a_bill(area="430104"), NoValueInForce, "“优抚对象医疗补助”（烈属、住院）在 2024-05-01 没有有效值"),
    (a_bill(settled_on=date(2007, 7, 31)), NoValueInForce, "没有有效值"),
    (a_bill(in_catalogue_fen=2_000_001), PartsExceedBill, "目录内费用 20,000.01 元大于费用总额 20,000.00 元"),
    (
        a_bill(paid=(("基本医保", 1_800_001),)),
        PartsExceedBill,
        "各方已支付合计 18,000.01 元大于目录内费用 18,000.00 元",
    ),
    (a_bill(paid=(("商业保险", 1),)), PayerNotInOrder, "没有“商业保险”，可用的有：基本医保、大病保险、医疗救助"),
    (a_bill(paid=(("优抚补助", 1),)), PayerNotInOrder, "没有“优抚补助”"),
    (a_bill(paid=(("基本医保", -1),)), NegativeAmount, "基本医保不能小于零"),
    (a_bill(bill_fen=-1), NegativeAmount, "费用总额不能小于零"),
    (a_bill(year=YearSoFar(first_fen=-1)), NegativeAmount, "本年补助累计不能小于零"),
    (a_bill(born_on=date(2024, 5, 2)), EndsBeforeStart, "请核对两个日期"),
    (a_bill(care="门诊"), OtherRuleForCare, "请改用按期计发的门诊补助"),
    (a_bill(area="330000", settled_on=date(2025, 12, 31)), EmployeeRulesMissing, "按职工医保规定可报销的金额"),
]


@pytest.mark.parametrize(("bill", "refusal", "words"), REFUSED)
def test_a_bill_that_cannot_be_settled_is_refused_in_words(bill, refusal, words):
    """Each says what to look at."""
    with pytest.raises(refusal, match=words):
        medical_subsidy(bill, known_on=LATER)


def test_a_rule_that_begins_at_an_age_refuses_younger_persons(place):
    """Bands from 60 on say nothing of a person of 59."""
    law = place(
        "standards.medical_subsidy",
        "medical",
        row('{mode: bands, ages: [{from_age: 60, bands: [{from: "0", percent: "40"}]}]}', group="烈属", care="住院"),
        keys=KEYS,
        unit="文字",
    )
    with pytest.raises(AgeNotCovered, match="从 60 岁起有标准，结算时为 59 岁"):
        medical_subsidy(in_county(100, born_on=date(1964, 5, 2)), known_on=LATER, law=law)
    assert medical_subsidy(in_county(100, born_on=date(1964, 5, 1)), known_on=LATER, law=law).fen == 40


def test_bad_outpatient_periods_are_refused():
    """No period, a key of the wrong form, a rule that pays by bill."""
    on = date(2024, 5, 1)
    with pytest.raises(CountTooSmall, match="期数至少为 1（填的是 0）"):
        outpatient_allowance(OutpatientPeriods("烈属", on, "230110", 0), known_on=LATER)
    with pytest.raises(KeyOfStandardWrong, match="“残疾抚恤金标准”的档次写作"):
        outpatient_allowance(
            OutpatientPeriods("烈属", on, "331000", pension="disability_pension", standard_key="烈属"), known_on=LATER
        )
    with pytest.raises(OtherRuleForCare, match="请改用按结算单计算的医疗补助"):
        outpatient_allowance(OutpatientPeriods("烈属", on, "331000", care="住院"), known_on=LATER)
