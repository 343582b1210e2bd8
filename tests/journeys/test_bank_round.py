"""A month's money from the approved run to the person's account and the books, by the commands a clerk types.

The bank of this journey has nothing but the file it was sent, and answers with one of its own.
"""

from collections import Counter
from pathlib import Path

import pytest
from payroll_county import County, account_number, day, on
from pypdf import PdfReader

from rongji.accounts.verification import verify_trail
from rongji.budget.models import Posting
from rongji.cli.invocation import note
from rongji.cli.main import app
from rongji.payments.models import Payment, RunBudget, RunLine
from rongji.people.services import record_bank_account
from rongji.people.types import NewAccount

pytestmark = [pytest.mark.django_db, pytest.mark.journey]
PENSION = 269_833  # 因公七级 from August 2023, a twelfth of the year


@pytest.fixture
def rongji(capsys):
    """Run the command line; returns exit code, standard output and standard error."""

    def call(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as left:
            app([str(argument) for argument in arguments])
        shown = capsys.readouterr()
        return int(left.value.code or 0), shown.out, shown.err

    yield call
    note(as_user="", command="")


@pytest.fixture
def county(organisation, actor, options) -> County:
    """The county with four people to be paid in October 2023, one of them a veteran whom three budgets pay."""
    made = County.founded(organisation, actor, first_month="2023-10")
    for _ in range(3):
        made.pensioner("2023-07-01")
    veteran = made.person("2023-07-01")
    made.award("2023-07-01", veteran, "ill_veteran_allowance", basis="2015-06-01")
    return made


def answer_to(sent: Path, folder: Path, **outcomes: tuple[str, int, str]) -> Path:
    """The bank's answer to a file: everything paid, but for the sequences named (`s2=("1000", 0, "E103")`)."""
    head, *details, _ = sent.read_text(encoding="gbk").splitlines()
    number = head.split("|")[1]
    lines, paid = [], []
    for detail in details:
        _, sequence, account, name, amount, _ = detail.split("|")
        word, arrived, reason = outcomes.get(f"s{sequence}", ("0000", int(amount), ""))
        lines.append(f"D|{sequence}|{account}|{name}|{amount}|{arrived}|{word}|{reason}")
        paid.append((int(amount), arrived))
    total = f"T|{len(paid)}|{sum(a for a, _ in paid)}|{sum(1 for _, p in paid if p)}|{sum(p for _, p in paid)}"
    text = "\r\n".join([f"R|{number}|20231016", *reversed(lines), total, ""])
    path = folder / f"answer-{number}.txt"
    path.write_bytes(text.encode("gbk"))
    return path


def sent_file(out: str) -> Path:
    """The path that the command printed."""
    return next(Path(line) for line in out.splitlines() if line.startswith("/"))


def test_a_month_from_the_run_to_the_books(rongji, county, tmp_path, options):
    """Sent, answered with a return and a part, corrected, sent again, booked by level, told to the person."""
    run = county.paid("2023-10-12", "2023-10")
    number = str(run.pk)
    code, out, _ = rongji("pay", "batch", number, "--out", tmp_path)
    assert code == 0 and "4 笔" in out
    first = sent_file(out)
    assert rongji("pay", "batch", number, "--out", tmp_path)[1].count("文件不变") == 1

    batch = first.read_text(encoding="gbk").split("|")[1]
    answer = answer_to(first, tmp_path, s2=("1000", 0, "E103"), s3=("0001", 200_000, ""))
    code, out, _ = rongji("pay", "return", batch, answer)
    assert code == 0 and "退回 1 笔" in out and "部分到账 1 笔" in out
    assert "没有变化" in rongji("pay", "return", batch, answer)[1]
    assert "账户已销户" in rongji("pay", "items", batch, "--state", "returned")[1]

    code, out, _ = rongji("pay", "post", number, "--on", "2023-10-16")
    assert code == 0
    assert sum(Posting.objects.values_list("amount_fen", flat=True)) == run.pay_fen - PENSION - (PENSION - 200_000)

    returned = Payment.objects.get(run=run, state="returned")
    into = NewAccount(number=account_number(777), holder=returned.payee, from_on=day("2023-10-17"))
    record_bank_account(actor=on(county.head, day("2023-10-17")), person_id=returned.person_id, new=into)
    code, out, _ = rongji("pay", "retry", number, "--out", tmp_path)
    assert code == 0 and "2 笔，3,396.66 元" in out  # the pension that came back, and what the other one lacks
    second = sent_file(out)
    text = second.read_text(encoding="gbk")
    assert account_number(777) in text
    assert rongji("pay", "return", text.split("|")[1], answer_to(second, tmp_path))[0] == 0

    code, out, _ = rongji("pay", "post", number, "--on", "2023-10-20")
    assert code == 0 and "本次入账 3,396.66 元" in out
    assert "没有新的" in rongji("pay", "post", number, "--on", "2023-10-20")[1]
    assert all(row.posted_fen == row.amount_fen for row in RunBudget.objects.filter(run=run))
    assert "已入账" in rongji("pay", "list")[1]

    by_level: Counter[str] = Counter()
    for row in Posting.objects.filter(functional="2080803"):
        by_level[row.summary.split("（")[1][:2]] += row.amount_fen
    (allowance,) = RunLine.objects.filter(run=run, benefit="ill_veteran_allowance").values_list("due_fen", flat=True)
    assert sum(by_level.values()) == allowance
    assert by_level["中央"] == (allowance * 60 + 50) // 100 and by_level["省级"] == (allowance * 22 + 50) // 100

    code, out, _ = rongji("pay", "statement", number, "--out", tmp_path)
    assert code == 0
    pages = PdfReader(sent_file(out)).pages
    assert len(pages) == 4 and all("已全部到账" in page.extract_text().replace("\n", "") for page in pages)
    assert verify_trail(folder=options().seals).is_sound


def test_what_was_cancelled_is_owed_again_by_the_next_run(rongji, county, tmp_path):
    """It came back and was given up; November pays October's with its own, to the account that is known then."""
    run = county.paid("2023-10-12", "2023-10")
    first = sent_file(rongji("pay", "batch", run.pk, "--out", tmp_path)[1])
    batch = first.read_text(encoding="gbk").split("|")[1]
    rongji("pay", "return", batch, answer_to(first, tmp_path, s1=("1000", 0, "E103")))
    payment = Payment.objects.get(run=run, state="returned")
    code, out, _ = rongji("pay", "cancel", payment.pk, "--reason", "账户无法更正")
    assert code == 0 and "重新核算" in out
    run.refresh_from_db()
    assert run.state == "settled"
    # cancelled today, so only a run that knows of today counts it
    later = county.computed("2026-12-30", "2023-11", known_on=None)
    own = RunLine.objects.filter(run=later, person_id=payment.person_id).order_by("for_month")
    assert [(line.for_month, line.due_fen) for line in own] == [(202310, PENSION), (202311, PENSION)]
    others = RunLine.objects.filter(run=later).exclude(person_id=payment.person_id)
    assert set(others.values_list("for_month", flat=True)) == {202311}


def test_what_is_in_doubt_waits_for_a_person(rongji, county, tmp_path):
    """No retry before somebody has found out, with evidence; then it goes out again."""
    run = county.paid("2023-10-12", "2023-10")
    first = sent_file(rongji("pay", "batch", run.pk, "--out", tmp_path)[1])
    batch = first.read_text(encoding="gbk").split("|")[1]
    rongji("pay", "return", batch, answer_to(first, tmp_path, s1=("2000", 0, "")))
    code, _, err = rongji("pay", "retry", run.pk, "--out", tmp_path, "--same-account")
    assert code == 3 and "要先查明认定" in err
    code, _, err = rongji("pay", "settle", batch, 1, "--outcome", "lost", "--evidence", "x")
    assert code == 2 and "returned" in err
    code, out, _ = rongji("pay", "settle", batch, 1, "--outcome", "returned", "--evidence", "10月18日对账单")
    assert code == 0 and "退回" in out
    code, out, _ = rongji("pay", "retry", run.pk, "--out", tmp_path, "--same-account")
    assert code == 0 and "1 笔，2,698.33 元" in out


def test_odd_rows_end_with_code_one_and_bad_files_with_a_refusal(rongji, county, tmp_path):
    """A row nobody sent is listed; a file cut short is refused, and nothing is half-imported."""
    run = county.paid("2023-10-12", "2023-10")
    first = sent_file(rongji("pay", "batch", run.pk, "--out", tmp_path)[1])
    batch = first.read_text(encoding="gbk").split("|")[1]
    answer = answer_to(first, tmp_path)
    whole = answer.read_bytes()
    answer.write_bytes(whole[: len(whole) // 2])
    code, _, err = rongji("pay", "return", batch, answer)
    assert code == 3 and "重新下载" in err
    assert set(Payment.objects.filter(run=run).values_list("state", flat=True)) == {"sent"}

    text = whole.decode("gbk").replace("T|4|", "D|5|6217999|外人|100|100|0000|\r\nT|5|", 1)
    total = run.pay_fen + 100
    text = text.replace(f"T|5|{run.pay_fen}|4|{run.pay_fen}", f"T|5|{total}|5|{total}")
    answer.write_bytes(text.encode("gbk"))
    code, out, _ = rongji("pay", "return", batch, answer)
    assert code == 1 and "没有送过这个账号和金额" in out
    assert "回盘疑点" in rongji("pay", "items", batch)[1]


def test_a_bureau_chooses_its_bank(rongji, county, tmp_path):
    """From the next batch on; the list says which there are, an unknown one is refused with it."""
    assert "fixed-width" in rongji("pay", "banks")[1]
    code, _, err = rongji("pay", "bank", "yunhu", "nowhere")
    assert code == 2 and "workbook" in err
    assert rongji("pay", "bank", "yunhu", "workbook")[0] == 0
    run = county.paid("2023-10-12", "2023-10")
    assert sent_file(rongji("pay", "batch", run.pk, "--out", tmp_path)[1]).suffix == ".xlsx"
    code, out, _ = rongji("pay", "batches", run.pk)
    assert code == 0 and "已送盘 4 笔" in out
