"""Verification names the first entry that was altered, removed, reordered or cut off."""

from datetime import UTC, datetime

import pytest

from rongji.accounts import trail
from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import SealsUnreadable, TrailDiffersFromSeal
from rongji.accounts.sealing import seal_trail
from rongji.accounts.seals import SEAL_FILE
from rongji.accounts.types import system_actor
from rongji.accounts.verification import TroubleKind, verify_trail

pytestmark = pytest.mark.django_db
AT = datetime(2024, 3, 15, tzinfo=UTC)
TABLE = "accounts_trailentry"


def seal(minute: int = 0):
    """Seal the head now."""
    return seal_trail(actor=system_actor(at=AT.replace(minute=minute), place="test"))


def found(options, key: str = "") -> list[tuple[str, int]]:
    """What a verification names: kind and number of each trouble."""
    report = verify_trail(folder=options().seals, key=key)
    return [(trouble.kind.value, trouble.sequence) for trouble in report.troubles]


@pytest.fixture
def ten(write):
    """A trail whose entries are numbered 1 to 10."""
    write(10 - trail.read_head().sequence)
    assert trail.read_head().sequence == 10


def rehash(number: int, **changes) -> str:
    """The hash that an entry would have after a change, as a forger would compute it."""
    entry = TrailEntry.objects.get(sequence=number)
    for name, value in changes.items():
        setattr(entry, name, value)
    return trail.entry_hash(entry)


def test_an_untouched_trail_is_sound(ten, options):
    """Every entry is counted, and those covered by a seal are named."""
    seal()
    report = verify_trail(folder=options().seals)
    assert report.is_sound
    assert (report.entries, report.seals, report.sealed_through) == (11, 1, 10)


ALTERATIONS = {
    "summary": "summary = 'x'",
    "actor": "actor_label = 'x'",
    "instant": "at = '2020-01-01 00:00:00+00:00'",
    "origin": "origin = 'x'",
    "detail": "detail = '{\"a\": 1}'",
    "detail with a float": "detail = '{\"a\": 1.5}'",
    "digest": "after_digest = 'x'",
    "own hash": "hash = 'x'",
    "hash of the predecessor": "previous_hash = 'x'",
}


@pytest.mark.parametrize("what", ALTERATIONS)
def test_an_altered_entry_is_named(ten, tamper, options, what):
    """Whatever is changed in entry 4, entry 4 is named."""
    tamper(f"UPDATE {TABLE} SET {ALTERATIONS[what]} WHERE sequence = 4")
    assert found(options) == [(TroubleKind.ALTERED, 4)]


def test_an_altered_entry_with_a_new_hash_is_named(ten, tamper, options):
    """A forger who also recomputes the hash of entry 4 is given away by entry 5."""
    tamper(f"UPDATE {TABLE} SET summary = 'x', hash = '{rehash(4, summary='x')}' WHERE sequence = 4")
    assert found(options) == [(TroubleKind.ALTERED, 4)]


def test_an_unreadable_entry_is_named_and_not_a_crash(ten, tamper, options):
    """Rubbish where JSON should be is an alteration like any other."""
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL stores nothing but JSON in a JSON column")
    tamper(
        "PRAGMA ignore_check_constraints = ON",
        f"UPDATE {TABLE} SET detail = '{{' WHERE sequence = 4",
        "PRAGMA ignore_check_constraints = OFF",  # the connection is shared with every later test
    )
    assert found(options) == [(TroubleKind.ALTERED, 4)]


@pytest.mark.parametrize(("first", "last"), [(1, 1), (4, 4), (4, 6)])
def test_removed_entries_are_named(ten, tamper, options, first, last):
    """A gap in the numbers names the first number that is missing."""
    tamper(f"DELETE FROM {TABLE} WHERE sequence BETWEEN {first} AND {last}")
    assert found(options) == [(TroubleKind.REMOVED, first)]


def test_a_removed_entry_is_named_even_when_the_rest_is_renumbered(ten, tamper, options):
    """Closing the gap does not help: the number is part of what is hashed."""
    tamper(
        f"DELETE FROM {TABLE} WHERE sequence = 4",
        *[f"UPDATE {TABLE} SET sequence = {number - 1} WHERE sequence = {number}" for number in range(5, 11)],
    )
    assert found(options) == [(TroubleKind.REMOVED, 4)]


@pytest.mark.parametrize(("one", "other"), [(4, 5), (3, 8), (1, 10)])
def test_reordered_entries_are_named(ten, tamper, options, one, other):
    """Two entries that changed places: the first place of the two is named."""
    moves = ((one, 99), (other, one), (99, other))
    tamper(*[f"UPDATE {TABLE} SET sequence = {new} WHERE sequence = {old}" for old, new in moves])
    assert found(options) == [(TroubleKind.REORDERED, one)]


def test_a_cut_off_tail_is_named_by_the_seal(ten, tamper, options):
    """Without a seal a shortened trail looks whole; with one, the first missing number is named."""
    tamper(f"DELETE FROM {TABLE} WHERE sequence = 10")
    assert found(options) == []
    seal()
    tamper(f"DELETE FROM {TABLE} WHERE sequence >= 8")
    assert found(options) == [(TroubleKind.TRUNCATED, 8)]


def test_a_trail_emptied_altogether_is_named_by_the_seal(ten, tamper, options):
    """Nothing left is the shortest trail."""
    seal()
    tamper(f"DELETE FROM {TABLE}")
    assert found(options) == [(TroubleKind.TRUNCATED, 1)]


def test_a_tail_rewritten_with_new_hashes_is_named_by_the_seal(ten, tamper, options):
    """A forger who recomputes everything from entry 8 on still cannot meet the sealed hash of entry 10."""
    seal()
    previous = TrailEntry.objects.get(sequence=7).hash
    for number in range(8, 12):
        entry = TrailEntry.objects.get(sequence=number)
        entry.summary, entry.previous_hash = "x", previous
        previous = trail.entry_hash(entry)
        tamper(
            f"UPDATE {TABLE} SET summary = 'x', previous_hash = '{entry.previous_hash}', hash = '{previous}' "
            f"WHERE sequence = {number}"
        )
    assert found(options) == [(TroubleKind.ALTERED, 1)]
    text = verify_trail(folder=options().seals).troubles[0].message
    assert text == "第 1 条至第 10 条审计记录中有内容被改写：第 10 条与封存时不同。"


def test_sealing_twice_without_a_new_entry_adds_nothing(ten, options):
    """The seal's own entry is not a reason for the next seal."""
    assert seal().sequence == 10
    assert seal(minute=1) is None
    assert trail.read_head().sequence == 11


def test_sealing_goes_on_where_it_stopped(ten, write, options):
    """Each line of the file names the one before it."""
    seal()
    write(2)
    second = seal(minute=1)
    lines = (options().seals / SEAL_FILE).read_text().splitlines()
    assert (second.number, second.sequence, len(lines)) == (2, 13, 2)
    assert verify_trail(folder=options().seals).sealed_through == 13


def test_sealing_a_trail_that_was_shortened_is_refused(ten, tamper, write, options):
    """A new seal must not cover up that entries of the last one are gone."""
    seal()
    tamper(f"DELETE FROM {TABLE} WHERE sequence >= 8")
    write(5)
    with pytest.raises(TrailDiffersFromSeal):
        seal(minute=1)


def change_line(text: str) -> str:
    return text.replace('"sequence":10', '"sequence":9')


SEAL_FORGERIES = {
    "a changed line": (change_line, [(TroubleKind.SEALS_BROKEN, 2)]),
    "rubbish": (lambda text: text + "rubbish\n", [(TroubleKind.SEALS_BROKEN, 3)]),
    "a line taken out": (lambda text: text.splitlines(keepends=True)[1], [(TroubleKind.SEALS_BROKEN, 1)]),
    "the last line taken out": (lambda text: text.splitlines(keepends=True)[0], [(TroubleKind.SEALS_MISSING, 2)]),
    "nothing left": (lambda text: "", [(TroubleKind.SEALS_MISSING, 2)]),
}


@pytest.mark.parametrize("forgery", SEAL_FORGERIES)
def test_a_changed_seal_file_is_found(ten, write, options, forgery):
    """The file is chained, and the trail tells how many seals there are."""
    seal()
    write(2)
    seal(minute=1)
    change, expected = SEAL_FORGERIES[forgery]
    path = options().seals / SEAL_FILE
    path.write_text(change(path.read_text()))
    if forgery == "a changed line":  # line 1 was changed: it is line 2 that no longer follows from it
        assert found(options)[-1] == expected[0]
        return
    assert found(options) == expected


def test_a_deleted_seal_file_is_found(ten, options):
    """The trail remembers that it was sealed."""
    seal()
    (options().seals / SEAL_FILE).unlink()
    assert found(options) == [(TroubleKind.SEALS_MISSING, 1)]


def test_with_a_key_a_forged_seal_file_is_found(ten, options):
    """Who rewrites the file without the key cannot sign it."""
    from pydantic import SecretStr

    options(seal_key=SecretStr("kept elsewhere"))
    sealed = seal()
    assert sealed.mac
    assert found(options, key="kept elsewhere") == []
    assert found(options, key="another") == [(TroubleKind.SEALS_BROKEN, 1)]


def test_a_broken_seal_file_stops_sealing(ten, options):
    """Somebody has to look before the next line is written."""
    seal()
    path = options().seals / SEAL_FILE
    path.write_text(path.read_text() + "{torn")
    with pytest.raises(SealsUnreadable, match="第 2 行"):
        seal(minute=1)
