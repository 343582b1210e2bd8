"""The budget: lines, versions by approved adjustment, postings by import, balances by identity."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from rongji.accounts.refusals import NotAllowed, SamePerson
from rongji.budget import measures, selectors, services
from rongji.budget.models import Adjustment, BudgetLine, Posting
from rongji.budget.refusals import (
    AlreadyImported,
    BudgetBelowZero,
    LineInUse,
    OpeningIsDerived,
    RowsRefused,
    UnknownLine,
)
from rongji.budget.types import AdjustmentRow
from rongji.documents.readers.tables import UnreadableTable
from rongji.kernel.figure import FigureKey, FigureSet

pytestmark = pytest.mark.django_db

LINES = """指标编号,机构编码,资金来源,功能科目,经济科目,项目编码,支出类别,年初预算（元）
A01,HQ,公共财政拨款,2082801,30101,,基本支出,3000000.00
A02,HQ,公共财政拨款,2082801,30217,,基本支出,50000.00
A03,HQ,公共财政拨款,2080805,30305,P01,项目支出,8000000.00
A04,GRY,上年结转,2080899,30305,P02,项目支出,20640.46
"""
POSTINGS = """凭证号,日期,方向,机构编码,资金来源,功能科目,经济科目,项目编码,支出类别,金额（元）,摘要
S-1,2024-01-05,收入,HQ,公共财政拨款,,,,,11050000.00,财政拨款
0001,2024-01-15,支出,HQ,公共财政拨款,2082801,30101,,基本支出,2900000.10,工资
0002,2024/3/1,,HQ,公共财政拨款,2082801,30217,,基本支出,42150,接待
0003,2024年7月9日,支出,HQ,公共财政拨款,2080805,30305,P01,项目支出,7900000.05,优待金
0004,20241220,支出,GRY,上年结转,2080899,30305,P02,项目支出,20640.46,补助
0005,2024-12-21,支出,HQ,公共财政拨款,2082801,30101,,基本支出,-0.10,冲正
"""


@pytest.fixture
def bureau(organisation):
    """A bureau with one unit that keeps its own accounts."""
    return organisation("county")


@pytest.fixture
def finance(actor, bureau):
    """The finance clerk of the bureau."""
    return actor("finance", organisation=bureau)


@pytest.fixture
def director(actor, bureau):
    """The director of the bureau."""
    return actor("director", organisation=bureau)


def written(tmp_path: Path, text: str, name: str = "table.csv", encoding: str = "utf-8") -> Path:
    """A file as the finance system exports it."""
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return path


def with_lines(finance, tmp_path: Path) -> None:
    """The year's initial budget on record."""
    services.import_budget_lines(actor=finance, bureau="county", year=2024, path=written(tmp_path, LINES, "lines.csv"))


def with_postings(finance, tmp_path: Path) -> None:
    """The year's postings on record, and the carry-over of the first year declared."""
    services.declare_opening_balance(
        actor=finance, bureau="county", year=2024, unit_code="GRY", amount_fen=2064046, evidence="2023 年决算"
    )
    path = written(tmp_path, POSTINGS, "postings.csv")
    services.import_postings(actor=finance, bureau="county", year=2024, path=path)


def derived(bureau: str = "county", year: int = 2024, units: dict | None = None) -> FigureSet:
    """Every derived figure by key."""
    return FigureSet(measures.derived_figures(bureau, year, units or {}))


FIGURES = """
expenditure.total:actual                       | 1086.279051
expenditure.basic:actual                       |  294.215000
expenditure.personnel:actual                   |  290.000000
expenditure.operating:actual                   |    4.215000
expenditure.project:actual                     |  792.064051
expenditure.project:actual@GRY                 |    2.064046
expenditure.project:actual#functional:2080805  |  790.000005
expenditure.project:actual#project:P02         |    2.064046
expenditure.households:actual#kind:project     |  792.064051
expenditure.basic:actual#economic:30101        |  290.000000
three_public.reception:actual                  |    4.215000
three_public.total:actual                      |    4.215000
expenditure.total:initial                      | 1107.064046
funds.other:adjusted                           |    2.064046
income.total:actual                            | 1107.064046
income.carried_over:actual                     |    2.064046
income.fiscal:actual@HQ                        | 1105.000000
balance.current:actual                         |   20.784995
balance.current:actual@GRY                     |    0.000000
"""


@pytest.mark.parametrize("row", FIGURES.strip().splitlines(), ids=lambda row: row.split("|")[0].strip())
def test_every_figure_is_the_sum_of_its_postings_to_the_fen(row, finance, tmp_path):
    """上年结转 + 本年收入 − 支出 = 结余, and every part of it, from postings alone; 万元 with six places."""
    with_lines(finance, tmp_path)
    with_postings(finance, tmp_path)
    key, shown = (part.strip() for part in row.split("|"))
    figure = derived().get(FigureKey.parse(key))
    assert figure is not None
    assert figure.quantity.shown() == shown
    assert sum(ref.quantity.fen for ref in figure.rows) == figure.quantity.fen


def test_a_unit_without_own_accounts_stands_in_the_books_of_the_bureau(finance, tmp_path):
    """Its postings are consolidated, and its rows can still be opened."""
    with_postings(finance, tmp_path)
    figures = derived(units={"GRY": "HQ"})
    assert FigureKey.parse("expenditure.project:actual@GRY") not in figures
    assert figures.quantity(FigureKey.parse("expenditure.project:actual@HQ")).shown() == "792.064051"
    assert any(
        ref.identifier.startswith("GRY|") for ref in figures.get(FigureKey.parse("expenditure.project:actual@HQ")).rows
    )


def test_the_rows_behind_a_figure_are_its_postings(finance, tmp_path):
    """A clicked figure opens into vouchers with file and row."""
    with_postings(finance, tmp_path)
    purses = [p.codes for p in selectors.posted_purses("county", 2024) if p.codes.economic == "30101"]
    rows = selectors.postings_behind("county", 2024, purses)
    assert [(row["voucher"], row["amount_fen"]) for row in rows] == [("0001", 290000010), ("0005", -10)]
    assert rows[0]["batch__file_name"] == "postings.csv" and rows[0]["row_number"] == 3


def test_without_the_carry_over_no_total_of_income_is_told(finance, tmp_path):
    """What is not on record is not nil: sources are told, total and balance only once the opening is declared."""
    path = written(tmp_path, POSTINGS, "postings.csv")
    services.import_postings(actor=finance, bureau="county", year=2024, path=path)
    total, balance = FigureKey.parse("income.total:actual"), FigureKey.parse("balance.current:actual")
    assert derived().quantity(FigureKey.parse("income.fiscal:actual")).shown() == "1105.000000"
    assert total not in derived() and balance not in derived()
    services.declare_opening_balance(
        actor=finance, bureau="county", year=2024, unit_code="HQ", amount_fen=0, evidence="2023 年决算"
    )
    assert derived().quantity(total).shown() == "1105.000000" and balance in derived()


def test_an_export_without_income_tells_no_balance(finance, tmp_path):
    """Expenditure alone says nothing of what came in."""
    only_spent = "\n".join(line for line in POSTINGS.splitlines() if ",收入," not in line)
    services.declare_opening_balance(
        actor=finance, bureau="county", year=2024, unit_code="GRY", amount_fen=2064046, evidence="2023 年决算"
    )
    services.import_postings(
        actor=finance, bureau="county", year=2024, path=written(tmp_path, only_spent, "postings.csv")
    )
    found = derived()
    assert FigureKey.parse("expenditure.total:actual") in found
    assert FigureKey.parse("income.carried_over:actual") in found
    assert (
        FigureKey.parse("income.total:actual") not in found and FigureKey.parse("balance.current:actual") not in found
    )


def test_next_year_opens_with_what_this_year_closed(finance, tmp_path):
    """The carry-over is followed, not typed; typing it is refused."""
    with_postings(finance, tmp_path)
    assert selectors.opening_fen("county", 2025) == selectors.closing_fen("county", 2024) == {"HQ": 20784995, "GRY": 0}
    with pytest.raises(OpeningIsDerived):
        services.declare_opening_balance(
            actor=finance, bureau="county", year=2025, unit_code="HQ", amount_fen=1, evidence="x"
        )


BAD = [
    ("0001,2024-01-15,支出,HQ,财政资金,2082801,30101,,基本支出,1.00,x", "资金来源", "请填"),
    ("0001,2023-12-31,支出,HQ,公共财政拨款,2082801,30101,,基本支出,1.00,x", "日期", "2024 年度"),
    ("0001,某日,支出,HQ,公共财政拨款,2082801,30101,,基本支出,1.00,x", "日期", "2024-03-01"),
    ("0001,2024-01-15,支出,HQ,公共财政拨款,2082801,30101,,基本支出,1.005,x", "金额（元）", "两位小数"),
    ("0001,2024-01-15,支出,HQ,公共财政拨款,2082801,30101,,基本支出,1E+05,x", "金额（元）", "两位小数"),
    ("0001,2024-01-15,支出,,公共财政拨款,2082801,30101,,基本支出,1.00,x", "机构编码", "不能为空"),
    (",2024-01-15,支出,HQ,公共财政拨款,2082801,30101,,基本支出,1.00,x", "凭证号", "不能为空"),
]


@pytest.mark.parametrize(("row", "column", "advice"), BAD)
def test_a_bad_cell_is_named_and_nothing_is_written(row, column, advice, finance, tmp_path):
    """Row, column, what was found and what to write; good rows beside it are not taken either."""
    text = POSTINGS + row + "\n"
    with pytest.raises(RowsRefused) as refused:
        services.import_postings(actor=finance, bureau="county", year=2024, path=written(tmp_path, text))
    assert f"第8行“{column}”" in str(refused.value) and advice in str(refused.value)
    assert not Posting.objects.exists()


def test_a_table_of_an_office_machine_is_read_whatever_its_encoding(finance, tmp_path):
    """GB18030 exports are as good as UTF-8; a table without the needed columns is refused by name."""
    path = written(tmp_path, POSTINGS, "gb.csv", "gb18030")
    assert services.import_postings(actor=finance, bureau="county", year=2024, path=path).added == 6
    with pytest.raises(UnreadableTable, match="凭证号"):
        services.import_postings(actor=finance, bureau="county", year=2024, path=written(tmp_path, "甲,乙\n1,2\n"))
    with pytest.raises(UnreadableTable):
        services.import_postings(
            actor=finance, bureau="county", year=2024, path=written(tmp_path, "PK garbage", "x.xlsx")
        )


def test_the_same_file_is_not_booked_twice(finance, tmp_path):
    """By content, whatever its name."""
    with_postings(finance, tmp_path)
    with pytest.raises(AlreadyImported):
        services.import_postings(
            actor=finance, bureau="county", year=2024, path=written(tmp_path, POSTINGS, "again.csv")
        )


def test_an_adjustment_counts_once_another_person_has_approved_it(finance, director, tmp_path):
    """Proposed by finance, decided by the director; the maker cannot decide; approval makes version 1."""
    with_lines(finance, tmp_path)
    rows = [AdjustmentRow("A03", 50000000), AdjustmentRow("A02", -1000000)]
    number = services.propose_adjustment(
        actor=finance, bureau="county", year=2024, document_number="财预〔2024〕7号", reason="政策提标", rows=rows
    )
    assert derived().quantity(FigureKey.parse("expenditure.total:adjusted")).shown() == "1107.064046"
    with pytest.raises(SamePerson):
        services.decide_adjustment(actor=finance, adjustment_id=number, approve=True)
    assert services.decide_adjustment(actor=director, adjustment_id=number, approve=True) == 1
    figures = derived()
    assert figures.quantity(FigureKey.parse("expenditure.total:adjustment")).shown() == "49.000000"
    assert figures.quantity(FigureKey.parse("expenditure.total:adjusted")).shown() == "1156.064046"
    assert [(v.version, v.change_fen) for v in selectors.budget_versions("county", 2024)] == [(1, 49000000)]


def test_an_adjustment_may_not_overdraw_a_line_nor_touch_an_unknown_one(finance, tmp_path):
    """Both are refused before anything is stored."""
    with_lines(finance, tmp_path)
    common = {"actor": finance, "bureau": "county", "year": 2024, "reason": "x"}
    with pytest.raises(BudgetBelowZero, match="A02"):
        services.propose_adjustment(document_number="1号", rows=[AdjustmentRow("A02", -5000001)], **common)
    with pytest.raises(UnknownLine, match="Z9"):
        services.propose_adjustment(document_number="1号", rows=[AdjustmentRow("Z9", 1)], **common)
    assert not Adjustment.objects.exists()


def test_two_proposals_that_together_overdraw_a_line_are_not_both_approved(finance, director, tmp_path):
    """The balance is looked at again at the moment of approval."""
    with_lines(finance, tmp_path)
    common = {"actor": finance, "bureau": "county", "year": 2024, "reason": "x"}
    first, second = (
        services.propose_adjustment(document_number=f"{n}号", rows=[AdjustmentRow("A02", -4000000)], **common)
        for n in (1, 2)
    )
    services.decide_adjustment(actor=director, adjustment_id=first, approve=True)
    with pytest.raises(BudgetBelowZero):
        services.decide_adjustment(actor=director, adjustment_id=second, approve=True)


def test_importing_the_budget_again_updates_only_what_no_adjustment_rests_on(finance, tmp_path):
    """A second import changes free lines and refuses settled ones."""
    with_lines(finance, tmp_path)
    changed = written(tmp_path, LINES.replace("50000.00", "60000.00"), "again.csv")
    count = services.import_budget_lines(actor=finance, bureau="county", year=2024, path=changed)
    assert (count.added, count.changed, count.unchanged) == (0, 1, 3)
    services.propose_adjustment(
        actor=finance, bureau="county", year=2024, document_number="1号", reason="x", rows=[AdjustmentRow("A02", 1)]
    )
    with pytest.raises(LineInUse, match="A02"):
        with_lines(finance, tmp_path)


def test_a_repeated_line_number_is_a_problem_of_the_file(finance, tmp_path):
    """Both rows are named."""
    text = LINES + LINES.splitlines()[1] + "\n"
    with pytest.raises(RowsRefused, match="第6行“指标编号”：“A01”与第2行重复"):
        services.import_budget_lines(actor=finance, bureau="county", year=2024, path=written(tmp_path, text))


@pytest.mark.parametrize("role", ["clerk", "director", "reviewer", "auditor", "administrator"])
def test_only_finance_keeps_the_books(role, actor, bureau, tmp_path):
    """Everybody else is refused before the file is read."""
    other = actor(role, organisation=bureau)
    with pytest.raises(NotAllowed):
        services.import_postings(actor=other, bureau="county", year=2024, path=tmp_path / "none.csv")


def test_finance_of_one_county_cannot_book_for_another(finance, organisation, tmp_path):
    """Row scope holds for whole bureaus."""
    organisation("other", area_code="430621")
    with pytest.raises(NotAllowed):
        services.import_postings(actor=finance, bureau="other", year=2024, path=written(tmp_path, POSTINGS))


def test_the_database_itself_refuses_negative_budgets_and_empty_postings(finance, tmp_path):
    """The last line of defence is the table."""
    with_lines(finance, tmp_path)
    with pytest.raises(IntegrityError), transaction.atomic():
        BudgetLine.objects.filter(number="A01").update(initial_fen=-1)
    with_postings(finance, tmp_path)
    with pytest.raises(IntegrityError), transaction.atomic():
        Posting.objects.filter(voucher="0001").update(amount_fen=0)


def test_the_day_of_approval_is_the_day_in_china(finance, director, tmp_path):
    """23:30 UTC on New Year's Eve is already January in the county."""
    with_lines(finance, tmp_path)
    number = services.propose_adjustment(
        actor=finance, bureau="county", year=2024, document_number="1号", reason="x", rows=[AdjustmentRow("A02", 1)]
    )
    late = replace(director, at=datetime(2024, 12, 31, 23, 30, tzinfo=UTC))
    services.decide_adjustment(actor=late, adjustment_id=number, approve=True)
    assert Adjustment.objects.get(pk=number).decided_on.isoformat() == "2025-01-01"
