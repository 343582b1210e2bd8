"""The process is killed at every place of every step, clerks act at once, the database is busy: repeating the command
always ends in the same state, nothing lost and nothing doubled, on SQLite and on PostgreSQL.

A process of its own runs the command and kills itself before its n-th statement, around its commit, and around the
writing of a file; the next one dies one place later, until one lives (`tests/bank_deaths.py`).
"""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from bank_deaths import snapshot
from bank_round import Reply, give_account, give_budget, replies_to, reply_file
from django.conf import settings as django_settings
from django.db import OperationalError, connection

from rongji.accounts.models import TrailEntry
from rongji.accounts.verification import verify_trail
from rongji.budget.models import Posting
from rongji.cli.machine import DatabaseBusy, refusal_of
from rongji.law.bank_profiles import Outcome
from rongji.payments.bank import keeping
from rongji.payments.bank.batches import make_batch, retry_failed
from rongji.payments.bank.returns import import_return
from rongji.payments.models import BankBatch, BatchItem, Payment, PaymentRun, ReturnFile
from rongji.payments.posting import post_run

pytestmark = pytest.mark.django_db(transaction=True)
PROGRAM = Path(__file__).resolve().parents[3] / "bank_deaths.py"
CLERKS = 4


def deaths(actor: Any, step: str, **facts: Any) -> int:
    """Let a step die at every place until it lives, in a program of its own; how often it died."""
    job = {
        "database": str(connection.settings_dict["NAME"]),
        "home": str(django_settings.RONGJI.home),
        "username": actor.username,
        "step": step,
        "facts": {name: str(value) if isinstance(value, Path) else value for name, value in facts.items()},
    }
    connection.close()
    environment = {**os.environ, "PYTHONPATH": str(PROGRAM.parent)}
    done = subprocess.run(
        [sys.executable, str(PROGRAM)],
        input=json.dumps(job),
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def kept_files() -> list[Path]:
    """Every bank file in the data directory."""
    return sorted(path for path in (django_settings.RONGJI.home / "bank").rglob("*") if path.is_file())


def at_once(jobs: list[Callable[[], Any]]) -> Iterator[Any]:
    """What jobs return that start together in threads, each with its own connection."""
    barrier, results = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results.append(job())
        except BaseException as trouble:  # noqa: BLE001 - handed to the test
            results.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return iter(results)


def test_a_batch_killed_anywhere_is_made_once(finance, run):
    """One batch, one file, every payment in it once, one entry in the trail."""

    def job() -> Any:
        return make_batch(actor=finance, run_id=run.pk)

    assert deaths(finance, "make", run_id=run.pk) > 10
    after = snapshot()
    made = job()
    assert not made.is_new and snapshot() == after
    assert (BankBatch.objects.count(), BatchItem.objects.count(), len(kept_files())) == (1, 3, 1)
    assert keeping.kept(made.file_digest, made.file_name)
    assert verify_trail(folder=django_settings.RONGJI.seals).is_sound


def test_an_answer_killed_anywhere_counts_once(finance, run, tmp_path):
    """One file on record, its rows once, the payments as the bank says."""
    number = make_batch(actor=finance, run_id=run.pk).number
    path = reply_file(tmp_path / "r", number, replies_to(number, s2=Outcome.RETURNED))

    def job() -> Any:
        return import_return(actor=finance, batch_number=number, path=path)

    assert deaths(finance, "return", batch_number=number, path=path) > 10
    after = snapshot()
    assert not job().is_new and snapshot() == after
    assert list(Payment.objects.order_by("id").values_list("state", "paid_fen")) == [
        ("paid", 96_892),
        ("returned", 0),
        ("paid", 50_000),
    ]
    assert TrailEntry.objects.filter(action="payments.import_return").count() == 1
    assert len(kept_files()) == 2


def test_a_retry_killed_anywhere_sends_once(finance, run, tmp_path):
    """The returned payment goes out once more, and once only."""
    number = make_batch(actor=finance, run_id=run.pk).number
    path = reply_file(tmp_path / "r", number, replies_to(number, s2=Outcome.RETURNED))
    import_return(actor=finance, batch_number=number, path=path)
    give_account(Payment.objects.get(state="returned").person_id, "6217000000000000222", "吴二水")

    def job() -> Any:
        return retry_failed(actor=finance, run_id=run.pk)

    assert deaths(finance, "retry", run_id=run.pk) > 10
    assert not job().is_new
    assert list(BatchItem.objects.filter(batch__attempt=2).values_list("amount_fen", flat=True)) == [123_400]


def test_clerks_who_import_the_same_answer_at_once_import_it_once(finance, run, tmp_path):
    """One of them is told that it is new, the others that it is there."""
    number = make_batch(actor=finance, run_id=run.pk).number
    path = reply_file(tmp_path / "r", number, replies_to(number))

    def job() -> Any:
        return import_return(actor=finance, batch_number=number, path=path)

    results = list(at_once([job] * CLERKS))
    assert sorted(result.is_new for result in results) == [False] * (CLERKS - 1) + [True]
    assert ReturnFile.objects.count() == 1
    assert set(Payment.objects.values_list("state", flat=True)) == {"paid"}


def test_clerks_who_ask_for_the_bank_file_at_once_get_the_same_one(finance, run):
    """Nobody is sent twice."""
    results = list(at_once([lambda: make_batch(actor=finance, run_id=run.pk)] * CLERKS))
    assert len({result.file_digest for result in results}) == 1
    assert sorted(result.is_new for result in results) == [False] * (CLERKS - 1) + [True]
    assert BatchItem.objects.count() == 3


def test_two_answers_at_once_are_both_taken(finance, run, tmp_path):
    """One for the first payment, one for the others: whichever comes first, the result is the same."""
    number = make_batch(actor=finance, run_id=run.pk).number
    first = reply_file(tmp_path / "1", number, replies_to(number, s2=None, s3=None))
    second = reply_file(tmp_path / "2", number, replies_to(number, s1=None))
    jobs = [
        (lambda path=path: import_return(actor=finance, batch_number=number, path=path)) for path in (first, second)
    ]
    assert all(result.is_new for result in at_once(jobs))
    assert set(Payment.objects.values_list("state", flat=True)) == {"paid"}


def test_a_busy_database_is_a_refusal_and_nothing_is_written(finance, run, tmp_path):
    """Somebody else writes for longer than we wait: the clerk is told to come back."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL lets writers wait for each other; there is no such error")
    number = make_batch(actor=finance, run_id=run.pk).number
    replies: list[Reply] = replies_to(number)
    path = reply_file(tmp_path / "r", number, replies)
    before = snapshot()
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 50")
    try:
        with pytest.raises(OperationalError) as trouble:
            import_return(actor=finance, batch_number=number, path=path)
        assert isinstance(refusal_of(trouble.value), DatabaseBusy)
    finally:
        other.execute("ROLLBACK")
        other.close()
        connection.close()
    assert snapshot() == before and len(kept_files()) == 1
    assert import_return(actor=finance, batch_number=number, path=path).is_new


def test_a_posting_killed_anywhere_is_booked_once(finance, run, tmp_path):
    """One batch in the books, the sum that arrived, and the run says so."""
    give_budget(run, ("A1", "2080802", "30304", "central", 1_000_000))
    number = make_batch(actor=finance, run_id=run.pk).number
    path = reply_file(tmp_path / "r", number, replies_to(number))
    import_return(actor=finance, batch_number=number, path=path)

    def job() -> Any:
        return post_run(actor=finance, run_id=run.pk)

    assert deaths(finance, "post", run_id=run.pk) > 10
    after = snapshot()
    assert not job().is_new and snapshot() == after
    assert list(Posting.objects.values_list("amount_fen", flat=True)) == [270_292]
    assert PaymentRun.objects.get().state == "posted"


def test_clerks_who_post_at_once_book_once(finance, run, tmp_path):
    """The books do not show it four times."""
    give_budget(run, ("A1", "2080802", "30304", "central", 1_000_000))
    number = make_batch(actor=finance, run_id=run.pk).number
    path = reply_file(tmp_path / "r", number, replies_to(number))
    import_return(actor=finance, batch_number=number, path=path)
    results = list(at_once([lambda: post_run(actor=finance, run_id=run.pk)] * CLERKS))
    assert sorted(result.is_new for result in results) == [False] * (CLERKS - 1) + [True]
    assert sum(Posting.objects.values_list("amount_fen", flat=True)) == 270_292
