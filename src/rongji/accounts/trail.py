"""The audit trail: every write is one entry, chained to the one before it under a lock.

`record` is called by every service inside the transaction of its write, best as its last step: the lock
on the head of the chain is held until the commit.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import Q

from rongji.accounts.models import ANYWHERE, RoomStamp, TrailEntry
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
    parts: Collection[str] = (),
) -> int:
    """Add one entry for a write and return its number.

    action: dotted verb of the service (`budget.adjust_line`); summary: one Chinese sentence for people.
    detail: changed fields, plain data without floats and without personal data in clear.
    parts: the parts of the room that it changed (`yunhu/petition`), for those who reckon from a part alone; none: any.
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
    room = action.partition(".")[0][:32]
    stamps = [RoomStamp(room=room, part=part, hash=entry.hash) for part in sorted({"", *(parts or (ANYWHERE,))})]
    RoomStamp.objects.bulk_create(stamps, update_conflicts=True, unique_fields=["room", "part"], update_fields=["hash"])
    return entry.sequence


@dataclass(frozen=True, slots=True)
class RoomStamps:
    """What stands for everything written so far, in whole rooms and in the parts of them that are a bureau's."""

    bureau: str
    held: Mapping[tuple[str, str], str]

    def of(self, place: str) -> str:
        """The stamp of a room (`people`), or of a part of it (`people/merges`); '' where nothing was ever written.

        The same again only while nothing was written there.
        """
        room, _, part = place.partition("/")
        if not part:
            return self.held.get((room, ""), "")
        return self.held.get((room, ANYWHERE), "") + self.held.get((room, f"{self.bureau}/{part}"), "")


def room_stamps(bureau: str = "") -> RoomStamps:
    """The stamps of every room, and of the parts that are this bureau's."""
    rows = RoomStamp.objects.filter(Q(part__in=["", ANYWHERE]) | Q(part__startswith=f"{bureau}/"))
    return RoomStamps(bureau, {(room, part): found for room, part, found in rows.values_list("room", "part", "hash")})


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
