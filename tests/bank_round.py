"""An approved payment run as the engine leaves it, for tests of what comes after: payees, accounts, payments, lines.

Everybody is invented. Accounts pass no check of a real bank.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tests_clock import AT

from rongji.law.bank_profiles import AmountUnit, BankProfile, Field, FileFormat, FileLayout, Outcome, bank_profile

BUREAU = "county"
PROFILE = "delimited-gbk"


@dataclass(frozen=True)
class Payee:
    """Who is to be paid: name, account number (empty: none known) and the due lines (benefit, month, fen)."""

    name: str
    account: str
    due: tuple[tuple[str, int, int], ...]
    deducted_fen: int = 0

    @property
    def amount_fen(self) -> int:
        """What goes to the bank."""
        return sum(fen for _, _, fen in self.due) - self.deducted_fen


def payee(name: str, account: str, fen: int, benefit: str = "disability_pension") -> Payee:
    """Somebody with one line of October 2024."""
    return Payee(name, account, ((benefit, 202410, fen),))


THREE = (
    payee("周一山", "6217000000000000011", 96_892),
    payee("吴二水", "6217000000000000022", 123_400),
    payee("郑三川", "6217000000000000033", 50_000),
)


def approved_run(people: Sequence[Payee] = THREE, *, profile: str = PROFILE, scope: Any = None, month: int = 202410):
    """A payroll with one approved run of these payees; returns the run."""
    from rongji.accounts.models import Organisation
    from rongji.payments.models import PaymentRun, Payroll

    if scope is None:
        bureau = Organisation.objects.filter(code=BUREAU).first() or Organisation.objects.create(
            code=BUREAU, name="示例县退役军人事务局", kind="bureau", area_code="430104"
        )
        scope = bureau.scope
    payroll, _ = Payroll.objects.get_or_create(
        bureau=BUREAU,
        defaults={
            "area": scope.area, "scope_path": scope.path, "first_month": 202401, "bank_profile": profile,
        },
    )  # fmt: skip
    run = PaymentRun.objects.create(
        payroll=payroll,
        pay_month=month,
        sequence=1,
        kind="regular",
        known_on=date(2024, 10, 8),
        first_month=202401,
        state="computed",
        engine="hand",
        law_digest="0" * 64,
        rules_version="test",
        input_digest="0" * 64,
        content_digest="0" * 64,
        made_by_label="示例经办",
        made_at=AT,
        pay_fen=sum(one.amount_fen for one in people),
        due_fen=sum(fen for one in people for _, _, fen in one.due),
        person_count=len(people),
    )
    for sequence, one in enumerate(people, start=1):
        _paid_person(run, sequence, one)
    _approve(run)
    return run


def _approve(run: Any) -> None:
    """One who proposed, another who approved: the database lets no run through without them."""
    from rongji.accounts.models import User
    from rongji.payments.models import RunApproval

    maker, approver = (User.objects.get_or_create(username=f"run-{word}")[0] for word in ("maker", "approver"))
    RunApproval.objects.create(
        run=run, level=1, maker=maker, approver=approver, content_digest=run.content_digest, approved_at=AT
    )
    run.state, run.approvals_needed, run.proposed_by = "approved", 1, maker
    run.save(update_fields=["state", "approvals_needed", "proposed_by"])


def _paid_person(run: Any, sequence: int, one: Payee) -> None:
    from rongji.accounts.secrets import Purpose, blind_index, encrypt
    from rongji.payments.models import Payment, RunLine
    from rongji.people.models import Person

    person, _ = Person.objects.get_or_create(
        bureau=run.payroll.bureau,
        number=f"{sequence:06d}",
        defaults={
            "name": one.name, "sex": "male", "born_on": date(1950, 1, 1), "area": run.payroll.area,
            "scope_path": run.payroll.scope_path, "registered_on": date(2020, 1, 1),
        },
    )  # fmt: skip
    made = Payment.objects.create(
        run=run,
        sequence=sequence,
        person=person,
        payee=one.name,
        account_cipher=encrypt(one.account, Purpose.ACCOUNT),
        account_index=blind_index(one.account, Purpose.ACCOUNT),
        account_tail=one.account[-4:],
        bank="示例农商行",
        deducted_fen=one.deducted_fen,
        amount_fen=one.amount_fen,
    )
    for award, (benefit, month, fen) in enumerate(one.due, start=1):
        RunLine.objects.create(
            run=run, payment=made, person=person, award_id=sequence * 100 + award, term_id=1, benefit=benefit,
            for_month=month, owed_fen=fen, settled_fen=0, due_fen=fen, cause="regular", standard_key="因战|7",
            standard="standards.disability_pension#7", amount_fen=fen * 12, divisor=12,
        )  # fmt: skip


def give_account(person_id: int, number: str, holder: str, *, known_on: date = date(2024, 3, 14)) -> None:
    """The account in force as the register knows it."""
    from rongji.accounts.secrets import Purpose, blind_index, encrypt
    from rongji.people.models import BankAccount

    BankAccount.objects.filter(person_id=person_id, superseded_on=None).update(superseded_on=known_on)
    BankAccount.objects.create(
        person_id=person_id, kind="bank_card", number_cipher=encrypt(number, Purpose.ACCOUNT),
        number_index=blind_index(number, Purpose.ACCOUNT), tail=number[-4:], bank="示例农商行", holder=holder,
        from_on=date(2024, 1, 1), known_on=known_on,
    )  # fmt: skip


# --- the bank's side --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reply:
    """What the bank says of one payment. paid_fen: what arrived; words: its status word, by outcome if empty."""

    account: str
    payee: str
    amount_fen: int
    outcome: Outcome = Outcome.PAID
    paid_fen: int | None = None
    reason: str = ""
    word: str = ""

    @property
    def arrived(self) -> int:
        """The amount column of what arrived."""
        if self.paid_fen is not None:
            return self.paid_fen
        return self.amount_fen if self.outcome is Outcome.PAID else 0


def replies_to(batch_number: str, **outcomes: Any) -> list[Reply]:
    """A reply to every item of a batch, all paid; `s2=Outcome.RETURNED` or `s2=("partial", 100)` says otherwise."""
    from rongji.accounts.secrets import Purpose, decrypt
    from rongji.payments.models import BatchItem

    found = []
    for item in BatchItem.objects.filter(batch__number=batch_number).order_by("sequence"):
        said = outcomes.get(f"s{item.sequence}", Outcome.PAID)
        if said is None:
            continue
        outcome, paid = (Outcome(said[0]), said[1]) if isinstance(said, tuple) else (said, None)
        reason = "E103" if outcome is Outcome.RETURNED else ""
        account = decrypt(item.account_cipher, Purpose.ACCOUNT)
        found.append(Reply(account, item.payee, item.amount_fen, outcome, paid, reason))
    return found


def reply_file(
    path: Path, batch_number: str, replies: Sequence[Reply], *, profile: str = PROFILE, **totals: int
) -> Path:
    """The bank's file: the layout of the profile filled in, totals as they are unless given otherwise."""
    found = bank_profile(profile)
    stated = {
        Field.COUNT: len(replies),
        Field.SUM: sum(reply.amount_fen for reply in replies),
        Field.PAID_COUNT: sum(1 for reply in replies if reply.arrived),
        Field.PAID_SUM: sum(reply.arrived for reply in replies),
        **{Field(name): value for name, value in totals.items()},
    }
    rows = [_reply_cells(found, number, batch_number, reply) for number, reply in enumerate(replies, start=1)]
    control = {**stated, Field.BATCH: batch_number, Field.DAY: date(2024, 10, 12).strftime(found.answer.day)}
    path.write_bytes(_laid_out(found.answer, control, rows))
    return path


def _reply_cells(profile: BankProfile, number: int, batch_number: str, reply: Reply) -> dict[Field, Any]:
    word = reply.word or next(word for word, outcome in profile.words.items() if outcome is reply.outcome)
    return {
        Field.SEQUENCE: str(number),
        Field.ACCOUNT: reply.account,
        Field.PAYEE: reply.payee,
        Field.AMOUNT: reply.amount_fen,
        Field.PAID: reply.arrived,
        Field.STATUS: word,
        Field.REASON: reply.reason,
        Field.BATCH: batch_number,
    }


def _laid_out(layout: FileLayout, control: dict[Field, Any], rows: list[dict[Field, Any]]) -> bytes:
    lines = [_texts(layout, layout.header, control)] if layout.header else []
    lines += [[column.heading for column in layout.columns]] if layout.headings else []
    lines += [_texts(layout, layout.columns, row) for row in rows]
    lines += [_texts(layout, layout.trailer, control)] if layout.trailer else []
    if layout.format is FileFormat.XLSX:
        return _workbook(lines)
    specs = [layout.header] if layout.header else []
    specs += [layout.columns] * len(rows) + ([layout.trailer] if layout.trailer else [])
    glue = (layout.delimiter or "").encode(layout.encoding)
    made = []
    for line, columns in zip(lines, specs, strict=True):
        cells = [text.encode(layout.encoding) for text in line]
        if layout.format is FileFormat.FIXED:
            cells = [
                cell.rjust(column.width, column.fill.encode())
                if column.side == "right"
                else cell.ljust(column.width, column.fill.encode())
                for cell, column in zip(cells, columns, strict=True)
            ]
        made.append(glue.join(cells))
    end = layout.line_end.encode()
    return b"".join(line + end for line in made)


def _texts(layout: FileLayout, columns: Sequence[Any], values: dict[Field, Any]) -> list[str]:
    money = {Field.AMOUNT, Field.PAID, Field.SUM, Field.PAID_SUM}
    found = []
    for column in columns:
        value = column.text if column.field is Field.CONSTANT else values.get(column.field, "")
        if column.field in money and layout.amount_unit is AmountUnit.YUAN:
            value = f"{value // 100}.{value % 100:02d}"
        found.append(str(value))
    return found


def _workbook(lines: list[list[str]]) -> bytes:
    import io

    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet()
    for row, line in enumerate(lines):
        for column, text in enumerate(line):
            sheet.write_string(row, column, text)
    book.close()
    return buffer.getvalue()


# --- the budget -------------------------------------------------------------------------------------


def give_budget(run: Any, *lines: tuple[str, str, str, str, int]) -> None:
    """Budget lines (number, functional, economic, level, fen) of the run's year, out of which the run is taken."""
    from rongji.budget.models import BudgetLine
    from rongji.payments.funding import reserve_budget

    for number, functional, economic, level, fen in lines:
        BudgetLine.objects.create(
            bureau=run.payroll.bureau, year=2024, number=number, unit_code="HQ", kind="project", fund="fiscal",
            functional=functional, economic=economic, project="抚恤补助", level=level, initial_fen=fen,
        )  # fmt: skip
    reserve_budget(run, date(2024, 3, 15))
