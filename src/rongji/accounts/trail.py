"""The audit trail: every write is one entry, chained to the one before it under a lock.

`record` is called by every service inside the transaction of its write, best as its last step: the lock
on the head of the chain is held until the commit.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from rongji.accounts.models import RoomStamp, TrailEntry
from rongji.accounts.secrets import mask_numbers_in
from rongji.accounts.types import Actor
from rongji.kernel.digest import canonical_json

GENESIS = "0" * 64
# Any number will do as long as nothing else of ours uses it: the advisory lock of the chain's head.
_LOCK = 0x526F6E676A69  # "Rongji"


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the trail: its number, its hash, its instant."""

    sequence: int = 0
    hash: str = GENESIS
    at: datetime | None = None


def record(
    *,
    actor: Actor,
    action: str,
    subject_kind: str,
    subject_id: str | int,
    summary: str,
    before_digest: str = "",
    after_digest: str = "",
    detail: Mapping[str, Any] | None = None,
) -> int:
    """Add one entry for a write and return its number.

    action: dotted verb of the service (`budget.adjust_line`); summary: one Chinese sentence for people.
    detail: changed fields, plain data without floats and without personal data in clear.
    Raises: RuntimeError (a bug) outside a transaction: an entry must stand or fall with its write.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("trail.record must be called inside the transaction of the write it describes")
    lock_head()
    head = read_head()
    entry = TrailEntry(
        sequence=head.sequence + 1,
        at=actor.at,
        actor_id=actor.user_id,
        actor_label=_storable(actor.label)[:160],
        origin=_storable(str(actor.origin))[:255],
        action=action,
        subject_kind=subject_kind,
        subject_id=_storable(str(subject_id)),
        summary=_told(summary),
        before_digest=before_digest,
        after_digest=after_digest,
        detail=_storable_data(json.loads(canonical_json(dict(detail or {})))),
        previous_hash=head.hash,
    )
    entry.hash = entry_hash(entry)
    entry.save()
    stamp = RoomStamp(room=action.partition(".")[0][:32], hash=entry.hash)
    RoomStamp.objects.bulk_create([stamp], update_conflicts=True, unique_fields=["room"], update_fields=["hash"])
    return entry.sequence


def room_stamps() -> dict[str, str]:
    """What stands for everything written so far in each room: the same again only while nothing changed there."""
    return dict(RoomStamp.objects.values_list("room", "hash"))


def lock_head() -> None:
    """Let nobody else add an entry until this transaction ends.

    SQLite: a transaction that began IMMEDIATE already holds the only write lock.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def read_head() -> Head:
    """The last entry; number 0 when there is none yet."""
    found = TrailEntry.objects.order_by("-sequence").values_list("sequence", "hash", "at").first()
    return Head(*found) if found else Head()


def entry_hash(entry: TrailEntry, sequence: int | None = None) -> str:
    """SHA-256 over the canonical content of an entry, its number and the hash before it included.

    sequence: compute it as if the entry stood at that number, to find out where it was moved from.
    """
    content = {
        "sequence": entry.sequence if sequence is None else sequence,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor_id": entry.actor_id,
        "actor": entry.actor_label,
        "origin": entry.origin,
        "action": entry.action,
        "subject_kind": entry.subject_kind,
        "subject_id": entry.subject_id,
        "summary": entry.summary,
        "before": entry.before_digest,
        "after": entry.after_digest,
        "detail": entry.detail,
        "previous": entry.previous_hash,
    }
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def _storable(text: str) -> str:
    """PostgreSQL stores no NUL character; what a hostile client typed is kept visible instead."""
    return text.replace("\x00", "␀")


def _told(text: str) -> str:
    """Free words as the trail keeps them: whatever somebody typed, no number of a person lies open in it."""
    return mask_numbers_in(_storable(text))


def _storable_data(data: Any) -> Any:
    if isinstance(data, str):
        return _told(data)
    if isinstance(data, dict):
        return {_storable(key): _storable_data(value) for key, value in data.items()}
    return [_storable_data(item) for item in data] if isinstance(data, list) else data
