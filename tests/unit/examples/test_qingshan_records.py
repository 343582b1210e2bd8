"""The budget records behind the made-up year add up to its figures, cent by cent."""

import re
from collections import defaultdict
from decimal import Decimal

import pytest
from unit.examples.sources import EXAMPLES, money, records, value, year_of

from rongji.budget import tables

NAME = "qingshan-2024"
LINES, POSTINGS = records(NAME, "budget_lines.csv"), records(NAME, "postings.csv")
ADJUSTMENTS, OPENING = records(NAME, "adjustments.csv"), records(NAME, "opening_balances.csv")
PAID = [row for row in POSTINGS if row["方向"] == "支出"]
RECEIVED = [row for row in POSTINGS if row["方向"] == "收入"]
PURSE = ("机构编码", "资金来源", "功能科目", "经济科目", "项目编码", "支出类别")
UNITS = ("", "HQ", "HOME", "CENTRE")
PERSONNEL, OPERATING = ("301", "303"), ("302", "310")


def chosen(rows, **wanted):
    """Rows whose columns begin with one of the wanted words."""
    return [row for row in rows if all(row[column].startswith(begins) for column, begins in wanted.items())]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    ("concept", "wanted"),
    [
        ("total", {}),
        ("basic", {"支出类别": "基本支出"}),
        ("project", {"支出类别": "项目支出"}),
        ("personnel", {"支出类别": "基本支出", "经济科目": PERSONNEL}),
        ("operating", {"支出类别": "基本支出", "经济科目": OPERATING}),
    ],
)
def test_spending_by_unit_and_kind(unit, concept, wanted):
    at = f"@{unit}" if unit else ""
    assert money(chosen(PAID, 机构编码=unit, **wanted)) == value(year_of(NAME), f"expenditure.{concept}:actual{at}")


@pytest.mark.parametrize("code", sorted({row["功能科目"] for row in PAID}))
def test_spending_by_functional_code(code):
    facts = year_of(NAME)
    assert money(chosen(PAID, 功能科目=code)) == value(facts, f"expenditure.total:actual#functional:{code}")
    on_projects = chosen(PAID, 功能科目=code, 支出类别="项目支出")
    if on_projects:
        assert money(on_projects) == value(facts, f"expenditure.project:actual#functional:{code}")


@pytest.mark.parametrize("kind", ["basic", "project"])
@pytest.mark.parametrize(
    ("concept", "economic"), [("wages", "301"), ("goods_services", "302"), ("households", "303"), ("capital", "310")]
)
def test_spending_by_economic_class(kind, concept, economic):
    label = {"basic": "基本支出", "project": "项目支出"}[kind]
    stated = value(year_of(NAME), f"expenditure.{concept}:actual#kind:{kind}")
    assert money(chosen(PAID, 经济科目=economic, 支出类别=label)) == stated


@pytest.mark.parametrize("project", [item.code for item in year_of(NAME).projects])
def test_budget_and_spending_by_project(project):
    facts, lines = year_of(NAME), chosen(LINES, 项目编码=project)
    initial = money(lines, "年初预算（元）")
    numbers = {row["指标编号"] for row in lines}
    change = money([row for row in ADJUSTMENTS if row["指标编号"] in numbers], "调整金额（元）")
    assert initial == value(facts, f"expenditure.project:initial#project:{project}")
    assert initial + change == value(facts, f"expenditure.project:adjusted#project:{project}")
    assert money(chosen(PAID, 项目编码=project)) == value(facts, f"expenditure.project:actual#project:{project}")


def test_every_month_has_payments_and_the_months_make_the_year():
    months = defaultdict(Decimal)
    for row in PAID:
        months[row["日期"][:7]] += Decimal(row["金额（元）"]) / 10_000
    assert list(months) == [f"2024-{month:02d}" for month in range(1, 13)]
    assert sum(months.values()) == value(year_of(NAME), "expenditure.total:actual")


@pytest.mark.parametrize("unit", UNITS)
def test_income_opening_and_balance(unit):
    facts, at = year_of(NAME), f"@{unit}" if unit else ""
    opening, fiscal = chosen(OPENING, 机构编码=unit), chosen(RECEIVED, 机构编码=unit, 资金来源="公共财政拨款")
    assert money(opening) == value(facts, f"income.carried_over:actual{at}")
    assert money(fiscal) == value(facts, f"income.fiscal:actual{at}")
    received = money(chosen(RECEIVED, 机构编码=unit))
    assert money(opening) + received == value(facts, f"income.total:actual{at}")
    spent = money(chosen(PAID, 机构编码=unit))
    assert money(opening) + received - spent == value(facts, f"balance.current:actual{at}")


@pytest.mark.parametrize(("concept", "funds"), [("fiscal", ("公共财政拨款",)), ("other", ("其他收入", "上年结转"))])
def test_funds_by_source(concept, funds):
    facts = year_of(NAME)
    assert money(chosen(PAID, 资金来源=funds)) == value(facts, f"funds.{concept}:actual")
    assert money(chosen(LINES, 资金来源=funds), "年初预算（元）") == value(facts, f"funds.{concept}:initial")


def test_every_payment_has_a_purse_and_none_is_overdrawn():
    purses = {tuple(row[column] for column in PURSE): row for row in LINES}
    assert len(purses) == len(LINES) == len({row["指标编号"] for row in LINES})
    changes, spent = defaultdict(Decimal), defaultdict(Decimal)
    for row in ADJUSTMENTS:
        changes[row["指标编号"]] += Decimal(row["调整金额（元）"])
    for row in PAID:
        spent[purses[tuple(row[column] for column in PURSE)]["指标编号"]] += Decimal(row["金额（元）"])
    left = {
        row["指标编号"]: Decimal(row["年初预算（元）"]) + changes[row["指标编号"]] - spent[row["指标编号"]]
        for row in LINES
    }
    assert min(left.values()) >= 0
    assert set(changes) <= set(left)


def test_the_importers_take_every_row():
    """The files are read by the very readers of the budget, without one problem."""
    folder = EXAMPLES / NAME
    lines, adjustments = (
        tables.read_lines(folder / "budget_lines.csv"),
        tables.read_adjustments(folder / "adjustments.csv"),
    )
    postings = tables.read_postings(folder / "postings.csv", 2024)
    assert (lines[1], adjustments[1], postings[1]) == ([], [], [])
    assert (len(lines[0]), len(postings[0])) == (len(LINES), len(POSTINGS))
    assert sum(len(rows) for rows in adjustments[0].values()) == len(ADJUSTMENTS)


def test_vouchers_are_numbered_once_and_say_nothing_of_persons():
    assert len({row["凭证号"] for row in POSTINGS}) == len(POSTINGS) > 300
    assert [row["摘要"] for row in POSTINGS if re.search(r"某|先生|女士|同志|\d{4,}", row["摘要"])] == []
    assert all(Decimal(row["金额（元）"]) > 0 for row in POSTINGS)


def test_the_plan_of_a_project_is_its_budget_and_of_an_indicator_its_target():
    facts = year_of(NAME)
    targets = {row.code: row.target for row in facts.indicators}
    plan = records(NAME, "monitoring.csv")
    assert {row["编码"] for row in plan if row["监控对象"] == "项目"} == {item.code for item in facts.projects}
    for row in plan:
        total = sum((Decimal(row[f"{month}月"]) for month in range(1, 13)), Decimal(0))
        if row["监控对象"] == "项目":
            assert total / 10_000 == value(facts, f"expenditure.project:adjusted#project:{row['编码']}")
        else:
            assert total == targets[row["编码"]].value
        assert row["责任人"]


@pytest.mark.parametrize(
    ("prior", "now"),
    [
        (f"{concept}:actual{at}", f"{concept}:prior{at}")
        for concept in ("income.total", "expenditure.total", "three_public.total", "three_public.reception")
        for at in ("", "@HQ", "@HOME", "@CENTRE")
    ],
)
def test_last_year_is_the_year_before(prior, now):
    assert value(year_of("qingshan-2023"), prior) == value(year_of(NAME), now)


@pytest.mark.parametrize("unit", UNITS)
def test_what_was_left_is_carried_over(unit):
    at = f"@{unit}" if unit else ""
    assert value(year_of("qingshan-2023"), f"balance.current:actual{at}") == value(
        year_of(NAME), f"income.carried_over:actual{at}"
    )
