"""Many writers at once: the chain never forks, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from rongji.accounts import trail
from rongji.accounts.models import TrailEntry
from rongji.accounts.verification import verify_trail

pytestmark = pytest.mark.django_db(transaction=True)
WRITERS, ENTRIES = 6, 15


def at_once(jobs: list[Callable[[], None]]) -> list[BaseException]:
    """Run jobs in threads that start together, each with its own connection; what they raised."""
    barrier, troubles = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], None]) -> None:
        try:
            barrier.wait()
            job()
        except BaseException as trouble:  # noqa: BLE001 - handed to the test
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return troubles


def test_writers_at_once_fork_no_chain(actor, options):
    """Six writers of fifteen entries each: ninety entries in one line, none lost, none with two successors."""
    people = [actor("clerk") for _ in range(WRITERS)]
    before = trail.read_head().sequence

    def writer(who) -> Callable[[], None]:
        def job() -> None:
            for index in range(ENTRIES):
                with transaction.atomic():
                    trail.record(actor=who, action="x.y", subject_kind="x", subject_id=index, summary="写")

        return job

    assert at_once([writer(who) for who in people]) == []
    assert TrailEntry.objects.count() == before + WRITERS * ENTRIES
    assert verify_trail(folder=options().seals).is_sound


def test_a_rolled_back_writer_leaves_no_gap(actor, options):
    """Writers that fail after their entry give the number back to the others."""
    who = actor("clerk")

    def failing() -> None:
        for index in range(ENTRIES):
            try:
                with transaction.atomic():
                    trail.record(actor=who, action="x.fail", subject_kind="x", subject_id=index, summary="退")
                    raise ZeroDivisionError
            except ZeroDivisionError:
                continue

    def writing() -> None:
        for index in range(ENTRIES):
            with transaction.atomic():
                trail.record(actor=who, action="x.write", subject_kind="x", subject_id=index, summary="写")

    assert at_once([failing, writing, failing, writing]) == []
    assert not TrailEntry.objects.filter(action="x.fail").exists()
    assert TrailEntry.objects.filter(action="x.write").count() == 2 * ENTRIES
    assert verify_trail(folder=options().seals).is_sound
