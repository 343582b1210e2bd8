"""The statement to a person: every amount of the payment, the standards behind it, and whether it arrived."""

import io

import pypdf
import pytest
from bank_round import Payee, approved_run, payee, replies_to, reply_file

from rongji.accounts.refusals import NotAllowed
from rongji.documents.model import Document, PageBreak, Table
from rongji.documents.writers import render
from rongji.law.bank_profiles import Outcome
from rongji.payments.bank.refusals import PaymentUnknown, StatementTooEarly
from rongji.payments.bank.services import cancel_payment, import_return, make_batch
from rongji.payments.models import Payment, PaymentRun, RunLine
from rongji.payments.statement import statement_of, statements_of_run, stretches

pytestmark = pytest.mark.django_db
ARREARS = Payee(
    "欧阳建国",
    "6217000000000000011",
    (
        *(("disability_pension", month, 12_833) for month in (202308, 202309, 202310, 202311, 202312, 202401)),
        ("nursing_allowance", 202402, 83_333),
    ),
    deducted_fen=20_000,
)


def text(document: Document) -> str:
    """Everything printed."""
    return "".join(document.texts())


def amounts(document: Document) -> list[list[str]]:
    """The rows of the table of amounts."""
    (table,) = document.tables()
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.fixture
def answered(finance, run, tmp_path):
    """The run of three with the bank's answer."""

    def take(**outcomes) -> None:
        number = make_batch(actor=finance, run_id=run.pk).number
        path = reply_file(tmp_path / "r", number, replies_to(number, **outcomes))
        import_return(actor=finance, batch_number=number, path=path)

    return take


def test_months_that_are_alike_are_one_row_and_the_rows_add_up(finance, bureau):
    """Six months of arrears in one row; together, less what is taken off, they are the amount."""
    run = approved_run((ARREARS,), scope=bureau.scope)
    document = statement_of(actor=finance, payment_id=Payment.objects.get(run=run).pk)
    rows = amounts(document)
    assert rows[1][1:5] == ["2023年8月至2024年1月\n（6个月）", "128.33", "0.00", "769.98"]
    assert rows[2][0] == "护理费"
    assert [row[1] for row in rows[3:]] == ["1,603.31", "-200.00", "1,403.31"]
    assert "共 1,403.31 元" in text(document)


def test_a_gap_or_another_cause_begins_a_new_row(bureau):
    """What is alike but does not follow, or follows but is not alike, is told apart."""
    approved_run((ARREARS,), scope=bureau.scope)
    RunLine.objects.filter(for_month=202310).delete()
    RunLine.objects.filter(for_month=202401).update(cause="arrears")
    found = stretches(RunLine.objects.filter(benefit="disability_pension"))
    assert [(str(one.first), str(one.last)) for one in found] == [
        ("2023-08", "2023-09"),
        ("2023-11", "2023-12"),
        ("2024-01", "2024-01"),
    ]


def test_the_statement_names_the_standard_the_act_and_only_the_tail_of_the_account(finance, run):
    """What a person may hold against us; the whole account number is nobody else's business."""
    printed = text(statement_of(actor=finance, payment_id=Payment.objects.earliest("id").pk))
    assert "残疾抚恤金（因战、7级）每年 11,627.04 元" in printed
    assert "依据：《" in printed
    assert "尾号 0011" in printed and "6217" not in printed


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        (Outcome.PAID, "已全部到账"),
        (("partial", 100_000), "到账 1,000.00 元，其余 234.00 元"),
        (Outcome.RETURNED, "被银行退回（账户已销户）"),
        (None, "还没有答复"),
    ],
)
def test_the_statement_says_whether_the_money_arrived(finance, answered, outcome, said):
    """And what to do when it did not."""
    answered(s2=outcome)
    payment = Payment.objects.order_by("id")[1]
    assert said in text(statement_of(actor=finance, payment_id=payment.pk))


def test_before_the_bank_and_after_a_cancellation(finance, run, answered):
    """Not sent, sent, cancelled: each in its words."""
    second = Payment.objects.order_by("id")[1].pk
    assert "还没有送银行" in text(statement_of(actor=finance, payment_id=second))
    make_batch(actor=finance, run_id=run.pk)
    assert "正在处理" in text(statement_of(actor=finance, payment_id=second))
    answered(s2=Outcome.RETURNED)
    cancel_payment(actor=finance, payment_id=second, reason="9月30日去世")
    assert "已撤销，没有发放（9月30日去世）" in text(statement_of(actor=finance, payment_id=second))


def test_a_run_gives_one_page_for_each_person(finance, run):
    """In the order of the run, in every format; of all or of those asked for."""
    document = statements_of_run(actor=finance, run_id=run.pk)
    assert sum(isinstance(block, PageBreak) for block in document.blocks) == 2
    assert sum(isinstance(block, Table) for block in document.blocks) == 3
    assert len(pypdf.PdfReader(io.BytesIO(render(document, "pdf"))).pages) == 3
    third = Payment.objects.latest("id").person_id
    only = statements_of_run(actor=finance, run_id=run.pk, persons=[third])
    assert "郑三川" in text(only) and "周一山" not in text(only)


@pytest.mark.parametrize(("months", "rows"), [(8, 10), (16, 3)])
def test_arrears_whose_months_all_differ_still_fit_on_one_page(finance, bureau, months, rows):
    """Rounding over a standard's year makes months differ by a fen: a year of them is told month by month, more than
    fit are told together, with the sum exact."""
    every = [202300 + number if number <= 12 else 202388 + number for number in range(1, months + 1)]
    due = tuple(("disability_pension", month, 256_666 + number % 2) for number, month in enumerate(every))
    approved_run((Payee("欧阳建国", "6217000000000000011", due),), scope=bureau.scope)
    RunLine.objects.update(amount_fen=3_080_000)
    document = statement_of(actor=finance, payment_id=Payment.objects.get().pk)
    found = amounts(document)
    assert len(found) == rows
    assert (found[1][2] == "各月不等") == (months > 8)
    assert found[-1][1] == f"{sum(fen for _, _, fen in due) / 100:,.2f}"
    assert len(pypdf.PdfReader(io.BytesIO(render(document, "pdf"))).pages) == 1


def test_what_is_refused(finance, run, actor, bureau):
    """Nobody's payment, a run that nobody approved, no right."""
    with pytest.raises(PaymentUnknown):
        statement_of(actor=finance, payment_id=0)
    with pytest.raises(PaymentUnknown):
        statements_of_run(actor=finance, run_id=run.pk, persons=[0])
    with pytest.raises(NotAllowed):
        statement_of(actor=actor("administrator"), payment_id=Payment.objects.earliest("id").pk)
    PaymentRun.objects.update(state="proposed")
    with pytest.raises(StatementTooEarly):
        statements_of_run(actor=finance, run_id=run.pk)


def test_lines_behind_a_lost_table_still_print(finance, run):
    """A standard whose row is gone leaves out its act, not the page."""
    RunLine.objects.update(standard="standards.gone#9；disability")
    assert "依据" not in text(statement_of(actor=finance, payment_id=Payment.objects.earliest("id").pk))


def test_payees_of_different_benefits_have_their_own_rows(finance, bureau):
    """A person with a lump sum and nothing periodic."""
    run = approved_run((payee("周一山", "6217000000000000011", 500_000, "funeral_grant"),), scope=bureau.scope)
    document = statement_of(actor=finance, payment_id=Payment.objects.get(run=run).pk)
    assert amounts(document)[1][0] == "丧葬补助费"
