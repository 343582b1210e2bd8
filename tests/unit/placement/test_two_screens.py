"""Two recorders at the same moment: whatever the order in which the database takes them, one choice stands."""

import threading

import pytest

from rongji.kernel.refusal import Refusal
from rongji.placement.models import Choice, Post

pytestmark = [pytest.mark.database, pytest.mark.django_db(transaction=True)]


def at_once(*acts):
    """Run some acts in threads that start together; what each came to."""
    from django.db import connection

    start, found = threading.Barrier(len(acts)), {}

    def run(index, act):
        try:
            start.wait()
            found[index] = act()
        except Refusal as refusal:
            found[index] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [found[index] for index in range(len(acts))]


def test_two_clerks_record_the_same_turn_at_once(bureau):
    """Different posts for the same turn: one is recorded, the other is told whose turn it is; one place is gone."""
    session, _, turns = bureau.session()
    found = at_once(
        lambda: bureau.chosen(session, turns[0], 1),
        lambda: bureau.chosen(session, turns[0], 2, who=bureau.other),
    )
    assert sorted(map(str, found)) == ["1", "placement-chosen-already"]
    assert sum(Post.objects.values_list("taken", flat=True)) == 1
    assert Choice.objects.count() == 1
