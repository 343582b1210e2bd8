"""Verifying the trail: read it from the first entry to the last, and name the first thing that is wrong."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from rongji.accounts.models import TrailEntry
from rongji.accounts.sealing import ACTION
from rongji.accounts.seals import SEAL_FILE, Seal, first_broken_seal, read_seals
from rongji.accounts.trail import Head, entry_hash

_STEP = 2000
# How far beyond the last number an entry is looked for that was moved forward to close a gap.
_REACH = 1000


class TroubleKind(StrEnum):
    """What was done to the trail."""

    ALTERED = "altered"  # 内容被改
    REMOVED = "removed"  # 中间被删
    REORDERED = "reordered"  # 顺序被换
    INSERTED = "inserted"  # 中间被插入
    TRUNCATED = "truncated"  # 末尾被删
    SEALS_BROKEN = "seals_broken"  # 封存文件被改
    SEALS_MISSING = "seals_missing"  # 封存文件缺失


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong. sequence: the first entry concerned (for the seal file: its line)."""

    kind: TroubleKind
    sequence: int
    message: str


@dataclass(frozen=True, slots=True)
class TrailReport:
    """What a verification found. entries: read without trouble; sealed_through: covered by the last seal."""

    entries: int
    seals: int
    sealed_through: int
    troubles: tuple[Trouble, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.troubles

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of the report."""
        return {"ok": self.is_sound, **asdict(self), "troubles": [asdict(trouble) for trouble in self.troubles]}


def verify_trail(*, folder: Path, key: str = "") -> TrailReport:
    """Follow the chain from the first entry to the last and hold it against the seal file in `folder`.

    Names the first altered, removed, reordered or cut-off entry, and the first broken line of the seal file.
    """
    seals, unreadable = read_seals(folder)
    broken = unreadable or first_broken_seal(seals, key)
    troubles: list[Trouble] = []
    if broken:
        text = f"封存文件 {SEAL_FILE} 第 {broken} 行被改动或损坏。"
        troubles.append(Trouble(TroubleKind.SEALS_BROKEN, broken, text))
        seals = seals[: broken - 1]
    head, trouble = _follow(seals)
    troubles[:0] = [trouble] if trouble else []
    if not troubles:
        troubles += _missing_seals(seals)
    sealed_through = max((seal.sequence for seal in seals), default=0)
    return TrailReport(head.sequence, len(seals), sealed_through, tuple(troubles))


def _follow(seals: list[Seal]) -> tuple[Head, Trouble | None]:
    sealed: dict[int, set[str]] = {}
    for seal in seals:
        sealed.setdefault(seal.sequence, set()).add(seal.hash)
    head, sound_through = Head(), 0
    for sequence, entry in _entries():
        trouble = _examine(sequence, entry, head)
        if trouble is not None or entry is None:
            return head, trouble
        if sealed.get(sequence, {entry.hash}) != {entry.hash}:
            return head, _rewritten(sound_through + 1, sequence)
        sound_through = sequence if sequence in sealed else sound_through
        head = Head(sequence, entry.hash, entry.at)
    return head, _cut_off(head, max(sealed, default=0))


def _entries() -> Iterator[tuple[int, TrailEntry | None]]:
    """Every entry with its number, read in steps; None for a row so damaged that it cannot even be read."""
    after = 0
    while True:
        rows = TrailEntry.objects.filter(sequence__gt=after).order_by("sequence")
        numbers = list(rows.values_list("sequence", flat=True)[:_STEP])
        if not numbers:
            return
        try:
            yield from [(row.sequence, row) for row in rows[:_STEP]]
        except (ValueError, TypeError):
            yield from ((number, _readable(number)) for number in numbers)
        after = numbers[-1]


def _readable(number: int) -> TrailEntry | None:
    try:
        return TrailEntry.objects.get(sequence=number)
    except (ValueError, TypeError):
        return None


def _examine(sequence: int, entry: TrailEntry | None, head: Head) -> Trouble | None:
    """Whether the entry found next is the one that must follow the head; if not, what happened."""
    due = head.sequence + 1
    if entry is None:
        return _altered(sequence)
    if sequence == due and entry.previous_hash == head.hash:
        return None if _fits(entry, due) else _altered(due)
    moved = TrailEntry.objects.filter(previous_hash=head.hash).exclude(sequence=due).first()
    if moved is not None and _fits(moved, due):
        text = f"第 {due} 条审计记录被挪到了第 {moved.sequence} 条的位置，顺序被调换。"
        return Trouble(TroubleKind.REORDERED, due, text)
    if sequence != due:
        last = f" 至第 {sequence - 1} 条" if sequence - 1 > due else ""
        return Trouble(TroubleKind.REMOVED, due, f"第 {due} 条{last}审计记录被删除。")
    if _fits(entry, due):
        # It names a predecessor that is no longer there: the one before it was rewritten, hash and all.
        return _altered(max(head.sequence, 1))
    return _renumbered(entry, due)


def _renumbered(entry: TrailEntry, due: int) -> Trouble:
    last = TrailEntry.objects.order_by("-sequence").values_list("sequence", flat=True).first() or due
    if any(_fits(entry, number) for number in range(due + 1, last + _REACH)):
        return Trouble(TroubleKind.REMOVED, due, f"第 {due} 条审计记录被删除，其后的记录被重新编号。")
    if any(_fits(entry, number) for number in range(due - 1, 0, -1)):
        return Trouble(TroubleKind.INSERTED, due - 1, f"第 {due - 1} 条审计记录是后来插入的。")
    return _altered(due)


def _altered(sequence: int) -> Trouble:
    return Trouble(TroubleKind.ALTERED, sequence, f"第 {sequence} 条审计记录的内容被改动。")


def _rewritten(first: int, last: int) -> Trouble:
    text = f"第 {first} 条至第 {last} 条审计记录中有内容被改写：第 {last} 条与封存时不同。"
    return Trouble(TroubleKind.ALTERED, first, text)


def _cut_off(head: Head, sealed_through: int) -> Trouble | None:
    if sealed_through <= head.sequence:
        return None
    text = (
        f"第 {head.sequence + 1} 条起的审计记录被删除：封存时有 {sealed_through} 条，现在只有 {head.sequence} 条"
        "（用旧备份恢复数据库也会这样）。"
    )
    return Trouble(TroubleKind.TRUNCATED, head.sequence + 1, text)


def _missing_seals(seals: list[Seal]) -> list[Trouble]:
    """The trail itself tells of every seal; the file must still hold the last one told of."""
    told = TrailEntry.objects.filter(action=ACTION).order_by("-sequence").first()
    if told is None:
        return []
    number = int(told.detail["seal"])
    if number <= len(seals) and seals[number - 1].digest == told.after_digest:
        return []
    text = f"封存文件缺少第 {number} 次封存（第 {told.sequence} 条审计记录有载），文件可能被删除或替换。"
    return [Trouble(TroubleKind.SEALS_MISSING, number, text)]


def _fits(entry: TrailEntry, sequence: int) -> bool:
    try:
        return entry_hash(entry, sequence) == entry.hash
    except (TypeError, ValueError, AttributeError):
        return False
