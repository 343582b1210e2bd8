"""The file of a person (一人一档): its papers, their scans, where they are, and to whom the file is handed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor
from rongji.documents.stored_files import store_file
from rongji.kernel.digest import digest
from rongji.people.models import ArchiveItem, ArchiveTransfer, Person
from rongji.people.policies import KEEP_ARCHIVE
from rongji.people.refusals import ArchiveUnfit, FactUnknown
from rongji.people.selectors.portions import portions
from rongji.people.services.writing import Entry, entry, record
from rongji.people.types import ARCHIVE_LABELS, ArchiveState

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArchiveItem:
    """A paper to be put into a file. kind: one of the kinds that the law's list names, or the office's own word."""

    kind: str
    title: str = ""
    dated_on: date | None = None
    location: str = ""
    pages: int = 0
    index_terms: str = ""


def add_archive_item(*, actor: Actor, person_id: int, new: NewArchiveItem) -> int:
    """Put a paper into the file of a person; returns its id.

    Raises: NotAllowed, PersonUnknown, PersonMerged, ArchiveUnfit.
    """
    with entry(actor=actor, person_id=person_id, policy=KEEP_ARCHIVE) as entered:
        title = new.title.strip() or new.kind.strip()
        if not new.kind.strip():
            raise ArchiveUnfit(title=title or "（未填）", why="没有写明材料类别，请补填")
        if new.dated_on is not None and new.dated_on > actor.day:
            raise ArchiveUnfit(title=title, why=f"形成日期 {new.dated_on} 在今天之后，请核对")
        row = ArchiveItem.objects.create(
            person=entered.person,
            kind=new.kind.strip()[:40],
            title=title[:120],
            dated_on=new.dated_on,
            location=new.location[:80],
            pages=max(new.pages, 0),
            index_terms=new.index_terms[:255],
            recorded_on=entered.known_on,
        )
        _record(entered, "add_archive_item", row, f"归档“{row.title}”")
    return row.pk


def add_archive_items(
    *,
    actor: Actor,
    bureau: str,
    items: Iterable[tuple[int, NewArchiveItem]],
    state: ArchiveState = ArchiveState.PRESENT,
) -> int:
    """Put papers of many files on record at once, as a stock-taking lists them; returns how many.

    items: person and paper. state: MISSING for papers that the stock-taking did not find.
    Raises: NotAllowed, ArchiveUnfit (a person of another bureau, a paper without a kind).
    """
    guard(actor, KEEP_ARCHIVE, organisation(bureau).scope)
    wanted = list(items)
    with transaction.atomic():
        trail.lock_head()
        known = {pk for some in portions({person for person, _ in wanted}) for pk in _files_of(bureau, some)}
        rows = [_listed(person, new, known, state, actor.day) for person, new in wanted]
        ArchiveItem.objects.bulk_create(rows, batch_size=_BATCH)
        trail.record(
            actor=actor,
            action="people.add_archive_items",
            subject_kind="archive",
            subject_id=bureau,
            summary=f"档案清点：登记材料 {len(rows)} 件（{ARCHIVE_LABELS[state]}）",
            after_digest=digest([[row.person_id, row.kind, row.title] for row in rows]),
            detail={"count": len(rows), "state": state},
        )
    return len(rows)


def _files_of(bureau: str, person_ids: Iterable[int]) -> Iterable[int]:
    rows = Person.objects.filter(bureau=bureau, pk__in=person_ids, merged_into__isnull=True)
    return rows.values_list("pk", flat=True)


def _listed(person: int, new: NewArchiveItem, known: set[int], state: ArchiveState, day: date) -> ArchiveItem:
    kind, title = new.kind.strip(), new.title.strip() or new.kind.strip()
    if not kind or person not in known:
        why = "没有写明材料类别，请补填" if not kind else "不在本单位的在用档案里，请核对档案号"
        raise ArchiveUnfit(title=title or "（未填）", why=why)
    return ArchiveItem(
        person_id=person, kind=kind[:40], title=title[:120], dated_on=new.dated_on, location=new.location[:80],
        pages=max(new.pages, 0), index_terms=new.index_terms[:255], recorded_on=day, state=state,
    )  # fmt: skip


def store_scan(*, actor: Actor, item_id: int, file_name: str, data: bytes, pages: int = 0) -> str:
    """Keep the scan of a paper under the digest of its content, and return that; a new scan takes the old one's place.

    Raises: NotAllowed, FactUnknown, FileRefused.
    """
    with entry(actor=actor, person_id=_owner(item_id), policy=KEEP_ARCHIVE) as entered:
        row = ArchiveItem.objects.get(pk=item_id)
        name = Path(file_name).name
        row.scan_digest = store_file(settings.RONGJI.evidence, name, data)
        row.scan_name, row.scanned_on = name[:255], actor.day
        row.pages = pages or row.pages
        row.save()
        _record(entered, "store_scan", row, f"保存“{row.title}”的扫描件", {"digest": row.scan_digest})
    return row.scan_digest


def move_archive_item(*, actor: Actor, item_id: int, state: ArchiveState, location: str = "") -> None:
    """Say where a paper is now: in its place, lent, missing. Raises: NotAllowed, FactUnknown."""
    with entry(actor=actor, person_id=_owner(item_id), policy=KEEP_ARCHIVE) as entered:
        row = ArchiveItem.objects.get(pk=item_id)
        row.state, row.location = state, location[:80] or row.location
        row.save(update_fields=["state", "location"])
        said = f"“{row.title}”{ARCHIVE_LABELS[state]}"
        _record(entered, "move_archive_item", row, said, {"state": state, "location": row.location})


def hand_over_archive(*, actor: Actor, person_id: int, to_body: str, from_body: str, sent_on: date) -> int:
    """Hand the file of a person to another body; every paper in its place goes with it. Returns the transfer's id.

    Raises: NotAllowed, PersonUnknown, PersonMerged, ArchiveUnfit (nothing to hand over, papers lent, a late day).
    """
    with entry(actor=actor, person_id=person_id, policy=KEEP_ARCHIVE) as entered:
        papers = ArchiveItem.objects.filter(person=entered.person)
        lent = papers.filter(state=ArchiveState.LENT).first()
        if lent is not None:
            raise ArchiveUnfit(title=lent.title, why="已经借出，请先收回再移交")
        if sent_on > actor.day:
            raise ArchiveUnfit(title="移交", why=f"寄出日期 {sent_on} 在今天之后，请核对")
        count = papers.filter(state=ArchiveState.PRESENT).update(state=ArchiveState.HANDED_OVER)
        if not count:
            raise ArchiveUnfit(title="移交", why="档案里没有在档材料，请先归档")
        bodies = {"from_body": from_body[:120], "to_body": to_body[:120]}
        row = ArchiveTransfer.objects.create(person=entered.person, sent_on=sent_on, **bodies)
        detail = {"transfer": row.pk, "papers": count, "sent_on": sent_on, **bodies}
        record(actor, "hand_over_archive", entered.person, f"档案材料 {count} 件移交{to_body}", detail)
    return row.pk


def record_receipt(*, actor: Actor, transfer_id: int, receipt_on: date, receipt: str) -> None:
    """Write down the receipt that came back for a file handed over. Raises: NotAllowed, FactUnknown, ArchiveUnfit."""
    found = ArchiveTransfer.objects.filter(pk=transfer_id).first()
    if found is None:
        raise FactUnknown(number="该档案", fact=transfer_id, what="移交记录")
    with entry(actor=actor, person_id=found.person_id, policy=KEEP_ARCHIVE) as entered:
        if receipt_on < found.sent_on:
            raise ArchiveUnfit(title="回执", why=f"回执日期 {receipt_on} 早于寄出日期 {found.sent_on}，请核对")
        found.receipt_on, found.receipt = receipt_on, receipt[:80]
        found.save(update_fields=["receipt_on", "receipt"])
        detail = {"transfer": found.pk, "receipt_on": receipt_on}
        record(actor, "record_receipt", entered.person, f"档案移交{found.to_body}，收到回执", detail)


def _owner(item_id: int) -> int:
    owner = ArchiveItem.objects.filter(pk=item_id).values_list("person", flat=True).first()
    if owner is None:
        raise FactUnknown(number="该档案", fact=item_id, what="档案材料")
    return owner


def _record(entered: Entry, action: str, row: ArchiveItem, summary: str, detail: dict | None = None) -> None:
    record(entered.actor, action, entered.person, summary, {"item": row.pk, "kind": row.kind, **(detail or {})})
