"""The audit trail: what an entry holds, and that nobody changes one."""

import pytest
from django.core.checks import run_checks
from django.db import Error, connection, transaction

from rongji.accounts import trail
from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import TrailIsAppendOnly

pytestmark = pytest.mark.django_db


def test_entries_are_numbered_without_a_gap_and_chained(write):
    """Each entry names the hash of the one before it; the first names sixty-four zeros."""
    write(3)
    rows = list(TrailEntry.objects.order_by("sequence"))
    first = rows[0].sequence
    assert [row.sequence for row in rows] == list(range(first, first + len(rows)))
    assert [row.previous_hash for row in rows] == [trail.GENESIS, *[row.hash for row in rows[:-1]]]


def test_an_entry_says_who_when_from_where_and_what(write, actor):
    """The actor's own label, the origin with its door, the instant of the request, the changed fields."""
    who = actor("director")
    with transaction.atomic():
        number = trail.record(
            actor=who,
            action="report.finalise",
            subject_kind="report",
            subject_id="yl-2021",
            summary="定稿",
            before_digest="a" * 64,
            after_digest="b" * 64,
            detail={"version": 2},
        )
    entry = TrailEntry.objects.get(sequence=number)
    assert (entry.actor_id, entry.actor_label) == (who.user_id, who.label)
    assert (entry.origin, entry.at) == ("cli test", who.at)
    assert (entry.before_digest, entry.after_digest, entry.detail) == ("a" * 64, "b" * 64, {"version": 2})


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_a_bug(actor):
    """An entry must stand or fall with the write that it describes."""
    with pytest.raises(RuntimeError, match="inside the transaction"):
        trail.record(actor=actor(), action="x.y", subject_kind="x", subject_id=1, summary="x")


def test_an_entry_falls_with_its_write(write):
    """When the transaction is rolled back, the entry is gone and its number is used again."""
    head = trail.read_head().sequence
    try:
        with transaction.atomic():
            write(1)
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert write(1) == [head + 1]


def test_money_in_an_entry_is_never_a_float(write):
    """A float has no canonical form, so it is a bug to record one."""
    with pytest.raises(TypeError):
        write(1, amount=1.5)


def test_what_a_hostile_client_typed_is_kept_visible(write):
    """NUL characters, which PostgreSQL does not store, are replaced and do not break the chain."""
    (number,) = write(1, summary="名\x00字", note="a\x00b")
    entry = TrailEntry.objects.get(sequence=number)
    assert (entry.summary, entry.detail) == ("名␀字 0", {"note": "a␀b"})
    assert trail.entry_hash(entry) == entry.hash


@pytest.mark.parametrize(
    "attempt",
    [
        lambda: TrailEntry.objects.order_by("-sequence").first().save(),
        lambda: TrailEntry.objects.order_by("-sequence").first().delete(),
        lambda: TrailEntry.objects.update(summary="改"),
        lambda: TrailEntry.objects.all().delete(),
        lambda: TrailEntry.objects.bulk_create([TrailEntry()]),
        lambda: TrailEntry.objects.bulk_update([], ["summary"]),
    ],
    ids=["save", "delete", "update of many", "delete of many", "bulk create", "bulk update"],
)
def test_the_model_refuses_to_change_an_entry(write, attempt):
    """Every way that Django offers is closed."""
    write(1)
    with pytest.raises(TrailIsAppendOnly):
        attempt()


RAW = {
    "update": "UPDATE accounts_trailentry SET summary = 'x'",
    "delete": "DELETE FROM accounts_trailentry",
    "replace": "INSERT OR REPLACE INTO accounts_trailentry SELECT * FROM accounts_trailentry",
    "truncate": "TRUNCATE accounts_trailentry",
}
ONLY_ON = {"replace": "sqlite", "truncate": "postgresql"}


@pytest.mark.parametrize("way", RAW)
def test_the_database_refuses_raw_statements(write, way):
    """Triggers refuse what goes past the model, on both databases; INSERT OR REPLACE and TRUNCATE, too."""
    if ONLY_ON.get(way, connection.vendor) != connection.vendor:
        pytest.skip(f"{way} exists on {ONLY_ON[way]} only")
    write(2)
    before = list(TrailEntry.objects.values_list("hash", flat=True))
    with pytest.raises(Error, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(RAW[way])
    assert list(TrailEntry.objects.values_list("hash", flat=True)) == before


def test_a_missing_trigger_is_reported_at_start():
    """Who drops a trigger is told on by the system check."""
    assert run_checks(databases=["default"]) == []
    name = "accounts_trailentry_no_update"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}" + ("" if connection.vendor == "sqlite" else " ON accounts_trailentry"))
    assert [message.id for message in run_checks(databases=["default"])] == ["rongji.E010"]
