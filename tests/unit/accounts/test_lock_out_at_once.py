"""The lock-out is exact when several clients try at the same time, each in a thread and connection of its own."""

import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from rongji.accounts.models import TrailEntry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("clients", [2, 4])
def test_exactly_five_wrong_passwords_are_looked_at(user, options, clients):
    """However many guess at once: five guesses are looked at, and then not even the right password helps."""
    user("finance", username="anna")
    cache.clear()
    barrier = threading.Barrier(clients)

    def guess() -> None:
        client = Client()
        barrier.wait()
        try:
            for index in range(14 // clients):
                client.post("/accounts/login/", {"login": "anna", "password": f"wrong-{index}"})
        finally:
            connection.close()

    threads = [threading.Thread(target=guess) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert TrailEntry.objects.filter(action="accounts.sign_in_failed").count() == 5
    assert TrailEntry.objects.filter(action="accounts.sign_in_locked").count() == 14 // clients * clients - 5
    Client().post("/accounts/login/", {"login": "anna", "password": "Demo-pass-2024"})
    assert not TrailEntry.objects.filter(action="accounts.sign_in").exists()
