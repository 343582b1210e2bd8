"""Files that records rest on: kept once by the digest of their content."""

from pathlib import Path

from django.conf import settings
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.documents import stored_files
from rongji.kernel.personal_numbers import cover_numbers_in
from rongji.services.models import Record, RecordFile
from rongji.services.policies import KEEP_RECORDS, SEE_RECORDS
from rongji.services.refusals import RecordFileUnknown
from rongji.services.services.changing import checked_reason, standing


def attach_file(*, actor: Actor, record_id: int, file_name: str, data: bytes, title: str = "") -> int:
    """Keep a file with a record; returns the number of the attachment, the old one when it is there already.

    Raises: NotAllowed, RecordUnknown, RecordWithdrawn, FileRefused.
    """
    KEEP_RECORDS.require_role(actor)
    name = cover_numbers_in(Path(file_name.replace("\\", "/")).name)[:255]
    with transaction.atomic():
        trail.lock_head()
        row = standing(actor, record_id)
        digest = stored_files.store_file(settings.RONGJI.evidence, name, data)
        known = RecordFile.objects.filter(record=row, digest=digest).first()
        if known is not None:
            return known.pk
        made = RecordFile.objects.create(
            record=row, title=(cover_numbers_in(title.strip()) or Path(name).stem)[:120], file_name=name, digest=digest,
            added_on=actor.day, added_by=actor.label[:160],
        )  # fmt: skip
        _tell(actor, row, "services.attach_file", f"添加附件“{made.title}”", digest)
    return made.pk


def detach_file(*, actor: Actor, file_id: int, reason: str) -> None:
    """Take a file off a record; its content stays kept, and the trail says which it was.

    Raises: NotAllowed, RecordFileUnknown, RecordWithdrawn, RecordReasonMissing.
    """
    KEEP_RECORDS.require_role(actor)
    told = checked_reason(reason, "移除附件")
    with transaction.atomic():
        trail.lock_head()
        found = RecordFile.objects.filter(pk=file_id).first()
        if found is None:
            raise RecordFileUnknown(file=file_id)
        row = standing(actor, found.record_id)
        _tell(actor, row, "services.detach_file", f"移除附件“{found.title}”：{told}", found.digest)
        found.delete()


def read_attached(*, actor: Actor, file_id: int) -> tuple[str, bytes]:
    """Name and content of an attached file.

    Raises: NotAllowed, RecordFileUnknown, FileRefused when it is gone or altered.
    """
    found = RecordFile.objects.select_related("record").filter(pk=file_id).first()
    if found is None:
        raise RecordFileUnknown(file=file_id)
    guard(actor, SEE_RECORDS, found.record)
    return found.file_name, stored_files.read_file(settings.RONGJI.evidence, found.digest, found.file_name)


def _tell(actor: Actor, row: Record, action: str, summary: str, digest: str) -> None:
    trail.record(
        actor=actor, action=action, subject_kind="record", subject_id=row.pk, summary=f"登记 {row.pk}：{summary}",
        after_digest=digest, detail={"register": row.register, "file": digest},
    )  # fmt: skip
