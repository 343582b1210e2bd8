"""Sealing the head of the trail: a service, run by command, by timer and beside the web pages."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.models import TrailEntry
from rongji.accounts.refusals import SealsUnreadable, TrailDiffersFromSeal
from rongji.accounts.seals import SEAL_FILE, Seal, append_seal, read_seals
from rongji.accounts.types import Actor

ACTION = "trail.seal"


def seal_trail(*, actor: Actor) -> Seal | None:
    """Write the present head of the trail to the seal file; None when nothing was added since the last seal.

    The file is written before the entry that tells of it: a crash in between leaves a seal too many, never one
    too few. Raises: TrailDiffersFromSeal when the last sealed entry is no longer what was sealed; SealsUnreadable.
    """
    folder, key = settings.RONGJI.seals, settings.RONGJI.seal_key.get_secret_value()
    with transaction.atomic():
        trail.lock_head()
        last = _last_seal(folder)
        head = trail.read_head()
        if last is not None:
            _refuse_difference(last)
        if head.sequence == 0 or _is_sealed(head, last):
            return None
        seal = append_seal(folder, sequence=head.sequence, hash=head.hash, sealed_at=actor.at, key=key)
        trail.record(
            actor=actor,
            action=ACTION,
            subject_kind="trail",
            subject_id=head.sequence,
            summary=f"封存审计记录至第 {head.sequence} 条",
            after_digest=seal.digest,
            detail={"seal": seal.number, "sequence": seal.sequence},
        )
    return seal


def _last_seal(folder: Path) -> Seal | None:
    seals, broken = read_seals(folder)
    if broken:
        raise SealsUnreadable(path=folder / SEAL_FILE, reason=f"第 {broken} 行不是封存记录")
    return seals[-1] if seals else None


def _is_sealed(head: trail.Head, last: Seal | None) -> bool:
    if last is None or head.sequence > last.sequence + 1:
        return False
    own = TrailEntry.objects.filter(sequence=head.sequence, action=ACTION).exists()
    return head.sequence == last.sequence or own


def _refuse_difference(last: Seal) -> None:
    if not TrailEntry.objects.filter(sequence=last.sequence, hash=last.hash).exists():
        raise TrailDiffersFromSeal(sequence=last.sequence)
