"""The seal file: heads of the audit trail, written outside the database, one line per seal, each chained to the last.

Whoever rewrites or shortens the trail would have to rewrite this file, too; with a key, which is not in the
database either, even that shows.
"""

import hashlib
import hmac
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rongji.accounts.refusals import SealsUnreadable
from rongji.kernel.digest import canonical_json

SEAL_FILE = "trail.jsonl"
FIRST = "0" * 64


@dataclass(frozen=True, slots=True)
class Seal:
    """One sealed head. number: 1, 2, 3 …; previous: digest of the line before; mac: empty without a key."""

    number: int
    sequence: int
    hash: str
    sealed_at: str
    previous: str
    mac: str = ""

    @property
    def line(self) -> str:
        """The line as it stands in the file."""
        return canonical_json(asdict(self))

    @property
    def digest(self) -> str:
        """SHA-256 of the line."""
        return hashlib.sha256(self.line.encode()).hexdigest()

    def signature(self, key: str) -> str:
        """HMAC-SHA-256 over everything but the signature itself."""
        return hmac.new(key.encode(), replace(self, mac="").line.encode(), hashlib.sha256).hexdigest()


def read_seals(folder: Path) -> tuple[list[Seal], int]:
    """The seals of a folder, up to the first line that is none; and the number of that line, 0 when all are.

    Raises: SealsUnreadable when the file is there and cannot be read.
    """
    path = folder / SEAL_FILE
    if not path.exists():
        return [], 0
    try:
        lines = path.read_bytes().decode("utf-8", errors="replace").splitlines()
    except OSError as error:
        raise SealsUnreadable(path=path, reason=error.strerror) from None
    seals: list[Seal] = []
    for number, line in enumerate(lines, start=1):
        seal = _parsed(line)
        if seal is None:
            return seals, number
        seals.append(seal)
    return seals, 0


def first_broken_seal(seals: Sequence[Seal], key: str) -> int:
    """Number of the first line that does not follow from the one before it or is not signed as it should be.

    Seals made before a key was set carry no signature; after the first signed one, every one must.
    """
    previous, signed = FIRST, False
    for number, seal in enumerate(seals, start=1):
        signed = signed or bool(seal.mac)
        is_signed_well = hmac.compare_digest(seal.mac, seal.signature(key)) if key and signed else True
        if seal.number != number or seal.previous != previous or not is_signed_well:
            return number
        previous = seal.digest
    return 0


def append_seal(folder: Path, *, sequence: int, hash: str, sealed_at: datetime, key: str) -> Seal:
    """Add one line and wait until it is on the disk. The caller holds the lock on the trail's head.

    Raises: SealsUnreadable when the file has a broken line or cannot be written.
    """
    path = folder / SEAL_FILE
    seals, broken = read_seals(folder)
    if broken:
        raise SealsUnreadable(path=path, reason=f"第 {broken} 行不是封存记录")
    seal = Seal(
        number=len(seals) + 1,
        sequence=sequence,
        hash=hash,
        sealed_at=sealed_at.astimezone(UTC).isoformat(timespec="seconds"),
        previous=seals[-1].digest if seals else FIRST,
    )
    seal = replace(seal, mac=seal.signature(key)) if key else seal
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab") as file:
            file.write(seal.line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SealsUnreadable(path=path, reason=error.strerror) from None
    return seal


def _parsed(line: str) -> Seal | None:
    try:
        seal = Seal(**json.loads(line))
    except (ValueError, TypeError):
        return None
    return seal if seal.line == line else None
