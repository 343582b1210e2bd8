"""核对报告: files that people bring are audited in a process of their own and not kept; the trail knows of them."""

import json
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

from django.core import signing
from django.db import transaction

from rongji.accounts import trail
from rongji.accounts.policies import guard
from rongji.accounts.types import Actor
from rongji.audit.batch import audit_apart
from rongji.audit.job import Job
from rongji.audit.json_form import Entry
from rongji.audit.opinion import Reviewed, opinion
from rongji.audit.report import ORDER
from rongji.audit.results import program
from rongji.documents.writers import render
from rongji.kernel.digest import file_digest
from rongji.kernel.finding import VERDICT_LABELS, Verdict
from rongji.kernel.refusal import Refusal
from rongji.reports.policies import AUDIT_DOCUMENTS

MAX_MEGABYTES = 50
SECONDS = 60
SUBJECT = "audit"
_MEGABYTE = 1024 * 1024
_AT_ONCE = threading.BoundedSemaphore(2)
_PATIENCE = 20  # seconds to wait for a free place
_SALT = "rongji.reports.auditing"
_VALID = 24 * 3600  # seconds in which an opinion may be made of a result
_UNSAFE = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')
_LONGEST_NAME = 80


class NoDocumentChosen(Refusal):
    """A form sent without its file."""

    code = "no-document-chosen"
    sentence = "还没有选择文件，请先选择要核对的报告。"


class DocumentTooLarge(Refusal):
    """A file above the limit."""

    code = "document-too-large"
    sentence = "“{file}”有 {size} MB，超过 {limit} MB；请去掉图片或拆成几个文件，或在命令行用 rongji audit 核对。"
    status = 413


class AuditBusy(Refusal):
    """Too many files at once."""

    code = "audit-busy"
    sentence = "正在核对的文件较多，请等一会儿再上传。"
    status = 503


class ResultOutdated(Refusal):
    """An opinion asked for on a result that is too old, altered or somebody else's."""

    code = "result-outdated"
    sentence = "这一页的核对结果已经失效，请重新上传文件核对后再生成审核意见。"
    status = 410


class NothingAccepted(Refusal):
    """An opinion without any finding."""

    code = "nothing-accepted"
    sentence = "还没有采纳任何一条核对结果，请先在结果上点“采纳”，再生成审核意见。"


@dataclass(frozen=True, slots=True)
class AuditedUpload:
    """What came of one file. section: its markup; seal: result and file, so that an opinion can be made of it later."""

    name: str
    entry: Entry
    section: str
    seal: str


def audit_upload(*, actor: Actor, name: str, file: BinaryIO | None, size: int) -> AuditedUpload:
    """Audit a file that somebody brought. It is read in another process and deleted at once; only the trail stays.

    Raises: NotAllowed, NoDocumentChosen, DocumentTooLarge, AuditBusy.
    """
    guard(actor, AUDIT_DOCUMENTS)
    if file is None:
        raise NoDocumentChosen
    if size > MAX_MEGABYTES * _MEGABYTE:
        raise DocumentTooLarge(file=_plain_name(name), size=-(-size // _MEGABYTE), limit=MAX_MEGABYTES)
    data, shown = file.read(), _plain_name(name)
    digest = file_digest(data)
    with _place_free(), TemporaryDirectory(prefix="rongji-audit-") as folder:
        entry, section = _audited(Path(folder), shown, data)
    with transaction.atomic():
        trail.record(
            actor=actor,
            action="audit.upload",
            subject_kind=SUBJECT,
            subject_id=digest[:16],
            summary=f"核对文件“{shown}”：{_in_words(entry)}",
            after_digest=digest,
            detail={"size": len(data), "counts": entry["summary"]},
        )
    return AuditedUpload(shown, entry, section, _sealed(actor, entry, digest))


def write_opinion(*, actor: Actor, seals: Sequence[str], accepted: Sequence[dict[str, str]], reviewer: str) -> bytes:
    """The opinion as docx. seals: of the results; accepted: claim → note for each of them, in the same order.

    Raises: NotAllowed, ResultOutdated, NothingAccepted.
    """
    guard(actor, AUDIT_DOCUMENTS)
    opened = [_opened(actor, seal) for seal in seals]
    files = [Reviewed(entry, notes) for (entry, _), notes in zip(opened, accepted, strict=True)]
    taken = sum(len(item.claims) for item in files)
    if not taken:
        raise NothingAccepted
    made = render(opinion(files, on=actor.day, reviewer=reviewer.strip()[:60]), "docx")
    named = [
        {"digest": digest, "claims": sorted(item.accepted)} for (_, digest), item in zip(opened, files, strict=True)
    ]
    with transaction.atomic():
        trail.record(
            actor=actor,
            action="audit.opinion",
            subject_kind=SUBJECT,
            subject_id=opened[0][1][:16],
            summary=f"生成审核意见：{len(files)} 个文件，采纳 {taken} 条",
            after_digest=file_digest(made),
            detail={"files": named},
        )
    return made


def _plain_name(name: str) -> str:
    """A file name without anything that a file system or a page could misunderstand."""
    path = Path(_UNSAFE.sub("_", name).encode("utf-8", "replace").decode())
    return f"{path.stem[:_LONGEST_NAME]}{path.suffix[:12]}".strip(" .") or "文件"


@contextmanager
def _place_free() -> Iterator[None]:
    """Only so many files at once; whoever waits too long is asked to come again."""
    if not _AT_ONCE.acquire(timeout=_PATIENCE):
        raise AuditBusy
    try:
        yield
    finally:
        _AT_ONCE.release()


def _audited(folder: Path, name: str, data: bytes) -> tuple[Entry, str]:
    path = folder / "document" / name
    path.parent.mkdir(mode=0o700)
    path.write_bytes(data)
    brief = audit_apart(Job(str(path), name, str(folder), program(), parts=str(folder)), SECONDS)
    entry: Entry = json.loads((folder / f"{brief.result}.json").read_text(encoding="utf-8"))["files"][0]
    return entry, (folder / f"{brief.result}.part").read_text(encoding="utf-8")


def _in_words(entry: Entry) -> str:
    if entry["error"]:
        return "读不了"
    return "，".join(f"{VERDICT_LABELS[verdict]} {entry['summary'][verdict.value]}" for verdict in ORDER)


def _sealed(actor: Actor, entry: Entry, digest: str) -> str:
    """The result signed for this person, so that nothing has to be kept here until an opinion is asked for."""
    kept = [claim for claim in entry["claims"] if claim["verdict"] != Verdict.HOLDS]
    content = {"user": actor.user_id, "digest": digest, "entry": {**entry, "claims": kept}}
    return signing.dumps(content, salt=_SALT, compress=True)


def _opened(actor: Actor, seal: str) -> tuple[Entry, str]:
    try:
        content = signing.loads(seal, salt=_SALT, max_age=_VALID)
    except signing.BadSignature:
        raise ResultOutdated from None
    if content["user"] != actor.user_id:
        raise ResultOutdated
    return content["entry"], content["digest"]
