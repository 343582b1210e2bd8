"""A batch file: only of approved runs, the same again, fit for the bank's columns, whole or not at all."""

import errno

import bank_round
import pytest
from bank_round import THREE, approved_run, payee
from django.conf import settings
from django.db import IntegrityError, transaction

from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import NotAllowed
from rongji.kernel.digest import file_digest
from rongji.payments.bank import batches, keeping
from rongji.payments.bank.refusals import (
    BankFileGone,
    BatchUnknown,
    NothingToSend,
    PayeeUnfit,
    RunNotApproved,
)
from rongji.payments.models import BankBatch, BatchItem, Payment, PaymentRun
from rongji.payments.refusals import RunUnknown

pytestmark = pytest.mark.django_db


def sent_text(made: batches.BatchMade, encoding: str = "gbk") -> str:
    """The kept file as text."""
    return keeping.kept(made.file_digest, made.file_name).decode(encoding)


def test_a_batch_file_has_a_line_per_payment_between_its_totals(finance, run):
    """First line: batch, day, count, sum; last line: the totals again; amounts in fen."""
    made = batches.make_batch(actor=finance, run_id=run.pk)
    lines = sent_text(made).splitlines()
    assert lines[0] == f"H|{made.number}|20240315|3|270292|CNY"
    assert lines[1] == "D|1|6217000000000000011|周一山|96892|2024年10月抚恤补助"
    assert lines[-1] == "T|3|270292"
    assert (made.item_count, made.sum_fen, made.attempt, made.is_new) == (3, 270_292, 1, True)
    assert PaymentRun.objects.get().state == "sent"
    assert set(Payment.objects.values_list("state", flat=True)) == {"sent"}


def test_the_same_batch_again_is_the_same_file_and_no_second_batch(finance, run):
    """Asking twice changes nothing: one batch, one entry in the trail, the same digest."""
    first = batches.make_batch(actor=finance, run_id=run.pk)
    second = batches.make_batch(actor=finance, run_id=run.pk)
    assert (second.file_digest, second.number, second.is_new) == (first.file_digest, first.number, False)
    assert BankBatch.objects.count() == 1
    assert TrailEntry.objects.filter(action="payments.make_batch").count() == 1


def test_equal_runs_give_equal_bytes(finance, run):
    """Nothing of the moment goes into a file: written anew from its rows it has the same digest."""
    for profile in ("delimited-gbk", "fixed-width", "workbook"):
        batch = BankBatch(run=run, number="000120241001", profile=profile, made_on=finance.day, made_at=finance.at)
        items = [batches._item(n, one) for n, one in enumerate(Payment.objects.all(), start=1)]
        content = batches._content(batch, items)
        texts = {batches.writing.render(batches.bank_profile(profile), content) for _ in range(2)}
        assert len(texts) == 1


def test_a_lost_file_is_written_anew_and_an_altered_one_never_taken(finance, run):
    """The kept file is encrypted; gone or altered, it is made again from the items if that gives the digest."""
    made = batches.make_batch(actor=finance, run_id=run.pk)
    place = keeping._place(made.file_digest)
    assert b"6217" not in place.read_bytes()
    place.unlink()
    assert file_digest(batches.batch_file(BankBatch.objects.get())) == made.file_digest
    Payment.objects.update(payee="别人")  # not what was sent
    place.write_text("aes.demo.AAAA")
    BatchItem.objects.filter(sequence=1).update(payee="别人")
    place.unlink()
    with pytest.raises(BankFileGone):
        batches.batch_file(BankBatch.objects.get())


def test_only_an_approved_run_goes_to_the_bank(finance, run, actor, bureau):
    """Not one that waits, not one that was discarded, not one that is not there; and only by finance."""
    with pytest.raises(NotAllowed):
        batches.make_batch(actor=actor("clerk", organisation=bureau), run_id=run.pk)
    with pytest.raises(RunUnknown):
        batches.make_batch(actor=finance, run_id=run.pk + 1)
    for state in ("computed", "proposed", "discarded"):
        PaymentRun.objects.update(state=state)
        with pytest.raises(RunNotApproved):
            batches.make_batch(actor=finance, run_id=run.pk)
    assert not BankBatch.objects.exists()


def test_who_has_no_account_or_nothing_to_get_is_left_out_and_said_so(finance, bureau):
    """The others are paid; what is left out is counted with its reason."""
    people = (*THREE, payee("王四海", "", 30_000), payee("冯五湖", "6217000000000000055", 0))
    run = approved_run(people[:4], scope=bureau.scope)
    made = batches.make_batch(actor=finance, run_id=run.pk)
    assert (made.item_count, made.left_out) == (3, ((batches.NO_ACCOUNT, 1),))
    again = batches.make_batch(actor=finance, run_id=run.pk)
    assert (again.is_new, again.left_out) == (False, ((batches.NO_ACCOUNT, 1),))


def test_a_run_without_anything_to_send_says_why(finance, bureau):
    """Nobody has an account: no empty file."""
    run = approved_run((payee("王四海", "", 30_000),), scope=bureau.scope)
    with pytest.raises(NothingToSend, match=batches.NO_ACCOUNT):
        batches.make_batch(actor=finance, run_id=run.pk)
    assert not BankBatch.objects.exists()


@pytest.mark.parametrize(
    ("profile", "name", "why"),
    [
        ("delimited-gbk", "周|山", "分隔符"),
        ("delimited-gbk", "周𬭎", "字库"),
        ("fixed-width", "司马" * 16, "60 个字节"),
    ],
)
def test_a_name_that_the_bank_cannot_take_stops_the_batch(finance, bureau, profile, name, why):
    """A delimiter, a character outside the bank's set, more bytes than its column: refused, nothing written."""
    run = approved_run((payee(name, "6217000000000000011", 100),), scope=bureau.scope, profile=profile)
    with pytest.raises(PayeeUnfit, match=why):
        batches.make_batch(actor=finance, run_id=run.pk)
    assert not BankBatch.objects.exists()
    assert PaymentRun.objects.get().state == "approved"


def test_a_rare_character_takes_four_bytes_of_a_fixed_width(finance, bureau):
    """Widths count bytes of the encoding, so that the columns behind stay where the bank looks for them."""
    run = approved_run((payee("周𬭎", "6217000000000000011", 100),), scope=bureau.scope, profile="fixed-width")
    made = batches.make_batch(actor=finance, run_id=run.pk)
    line = keeping.kept(made.file_digest, "").split(b"\n")[0]
    assert line[61:121].decode("gb18030").rstrip() == "周𬭎"
    assert line[121:136] == b"000000000000100"


def test_a_full_disk_leaves_nothing_half_written(finance, run, monkeypatch):
    """The file comes first: without it no batch, no payment marked as sent, no piece of a file."""

    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(keeping.os, "fsync", full)
    with pytest.raises(OSError, match="No space"), transaction.atomic():
        batches.make_batch(actor=finance, run_id=run.pk)
    monkeypatch.undo()
    assert not BankBatch.objects.exists()
    assert set(Payment.objects.values_list("state", flat=True)) == {"planned"}
    assert [path for path in (settings.RONGJI.home / "bank").rglob("*") if path.is_file()] == []


def test_the_file_for_the_bank_is_written_for_its_owner_alone_and_the_trail_says_who_took_it(finance, run, tmp_path):
    """It holds whole account numbers."""
    made = batches.make_batch(actor=finance, run_id=run.pk)
    path = batches.export_batch(actor=finance, batch_number=made.number, folder=tmp_path)
    assert path.name == made.file_name and file_digest(path.read_bytes()) == made.file_digest
    assert path.stat().st_mode & 0o077 == 0
    assert TrailEntry.objects.filter(action="payments.export_batch", actor_label=finance.label).exists()
    with pytest.raises(BatchUnknown):
        batches.export_batch(actor=finance, batch_number="404", folder=tmp_path)


def test_the_database_lets_no_payment_be_with_the_bank_twice(finance, run):
    """One open item per payment, whatever a program does."""
    made = batches.make_batch(actor=finance, run_id=run.pk)
    other = BankBatch.objects.create(
        run=run, number="x", attempt=2, profile=bank_round.PROFILE, file_name="x", file_digest="x", item_count=1,
        sum_fen=1, made_on=finance.day, made_at=finance.at,
    )  # fmt: skip
    item = BatchItem.objects.filter(batch__number=made.number).first()
    with pytest.raises(IntegrityError), transaction.atomic():
        BatchItem.objects.create(
            batch=other, payment=item.payment, sequence=1, payee="x", account_cipher="x", account_index="x",
            account_tail="1", amount_fen=1,
        )  # fmt: skip
