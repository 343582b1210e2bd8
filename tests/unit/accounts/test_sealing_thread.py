"""Sealing beside the web pages."""

import pytest

from rongji.accounts.seals import SEAL_FILE
from rongji.cli.serve import SealingThread

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_thread_seals_what_was_added(write, options):
    """As the system itself, from its own door."""
    from rongji.accounts.models import TrailEntry

    write(3)
    SealingThread(60).once()
    assert len((options().seals / SEAL_FILE).read_text().splitlines()) == 1
    entry = TrailEntry.objects.order_by("-sequence").first()
    assert (entry.action, entry.actor_label, entry.origin) == ("trail.seal", "系统", "system rongji serve")


def test_a_refused_seal_is_logged_and_the_thread_lives_on(write, options, caplog):
    """A broken seal file must not take the sealing down for ever without a word."""
    folder = options().seals
    folder.mkdir(parents=True)
    (folder / SEAL_FILE).write_text("rubbish\n")
    write(1)
    SealingThread(60).once()
    assert "trail not sealed" in caplog.text


def test_an_interval_of_nothing_means_never():
    """The thread ends at once."""
    thread = SealingThread(0)
    thread.start()
    thread.join(timeout=5)
    assert not thread.is_alive()
