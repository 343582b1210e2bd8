"""Writes of reports: finalise (freeze and propose), approve or send back by another person."""

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from rongji.accounts import approvals, trail
from rongji.accounts.policies import guard
from rongji.accounts.selectors import organisation
from rongji.accounts.types import Actor, Scope
from rongji.documents.stored_files import read_file
from rongji.documents.writers import FORMATS, render
from rongji.kernel.digest import file_digest
from rongji.performance.selectors import evidence_files
from rongji.performance.types import StoredFile
from rongji.reports.build import Report, build_report
from rongji.reports.form_reader import find_form, load_forms
from rongji.reports.freezing import Content, content_digest, frozen_content
from rongji.reports.models import ReportFile, ReportVersion
from rongji.reports.pack import FIGURES, figures_csv, packed
from rongji.reports.policies import APPROVE_REPORT, FINALISE_REPORT, SEE_REPORTS
from rongji.reports.refusals import NoSuchVersion, NothingOpen, SameAsApproved
from rongji.reports.selectors import current_sources, preview
from rongji.reports.sources import Sources

State = ReportVersion.State
SUBJECT = "report"
ACTION = "审批自评报告"


def finalise_report(*, actor: Actor, bureau: str, year: int, form: str = "", formats: tuple[str, ...] = FORMATS) -> int:
    """Freeze figures, texts, evaluation and form as a new version and put it before another person.

    Every check and every gate must hold. Returns the id of the version. Raises: NotAllowed, ReportNotReady naming
    what is missing, FormDoesNotFit, SameAsApproved, AlreadyProposed, NamedUserNeeded.
    """
    scope = organisation(bureau).scope
    guard(actor, FINALISE_REPORT, scope)
    sources = current_sources(actor=actor, bureau=bureau, year=year)
    forms = load_forms()
    chosen = find_form(form or sources.year.profile.get("form", ""), forms)
    report = build_report(sources, chosen, forms, final=True, dated_on=actor.day)
    content = frozen_content(sources, report)
    files = _files(sources, report, formats)  # typesetting is slow and stays outside of the transaction
    with transaction.atomic():
        trail.lock_head()
        row = _new_version(actor, sources, report, content)
        ReportFile.objects.bulk_create(
            ReportFile(version=row, name=name, content=data, digest=file_digest(data)) for name, data in files.items()
        )
        row.approval_id = approvals.propose(
            actor=actor, policy=FINALISE_REPORT, subject=_subject(row, scope, row.digest), action=ACTION
        )
        row.save()
        _record(actor, row, "reports.finalise", f"报告定稿第 {row.number} 版并送审", {"files": list(files)})
    return row.pk


def decide_report(*, actor: Actor, version_id: int, approve: bool, note: str = "") -> None:
    """Approve the version, which replaces the one in force, or send it back.

    The content is frozen again and must still have the digest that was proposed, else nothing is approved.
    Raises: NotAllowed, NoSuchVersion, NothingOpen, SamePerson, ChangedSinceProposed, ReasonNeeded.
    """
    row = _proposed(version_id)
    scope = organisation(row.bureau).scope
    guard(actor, APPROVE_REPORT, scope)
    digest = _digest_now(actor, row) if approve else row.digest
    with transaction.atomic():
        trail.lock_head()
        row = _proposed(version_id)
        approvals.perform(
            actor=actor,
            policy=APPROVE_REPORT,
            approval_id=row.approval_id or 0,
            step="approve" if approve else "reject",
            subject=_subject(row, scope, digest),
            note=note,
        )
        same = ReportVersion.objects.filter(bureau=row.bureau, year=row.year, form=row.form)
        if approve:
            same.filter(state=State.APPROVED).update(state=State.SUPERSEDED)
        row.state = State.APPROVED if approve else State.REJECTED
        row.decided_at, row.decided_by, row.note = actor.at, actor.label, note
        row.save()
        words = "批准" if approve else "退回"
        _record(actor, row, f"reports.{'approve' if approve else 'reject'}", f"{words}报告第 {row.number} 版", {})


def evidence_pack(*, actor: Actor, version_id: int) -> bytes:
    """The evidence pack of a version: report files, frozen content, evidence files as frozen, index, manifest; one zip.

    Raises: NotAllowed, NoSuchVersion, FileRefused when an evidence file is lost or altered.
    """
    row = ReportVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise NoSuchVersion(version=version_id)
    guard(actor, SEE_REPORTS, organisation(row.bureau))
    files = {file.name: bytes(file.content) for file in row.files.all()}
    facts = {
        "bureau": row.bureau, "year": str(row.year), "form": row.form, "version": str(row.number),
        "state": row.get_state_display(), "finalised_by": row.finalised_by, "decided_by": row.decided_by,
        "content_digest": row.digest,
    }  # fmt: skip
    pack = packed(files, row.content, _evidence(actor, row), facts)
    with transaction.atomic():
        _record(actor, row, "reports.export_pack", f"导出报告第 {row.number} 版佐证包", {"digest": file_digest(pack)})
    return pack


def _evidence(actor: Actor, row: ReportVersion) -> dict[str, tuple[str, bytes]]:
    """Code → name and bytes of each evidence file, as it was when the version was frozen."""
    now = evidence_files(actor, row.bureau, row.year)
    found: dict[str, tuple[str, bytes]] = {}
    for code, item in row.content["evidence"].items():
        if digest := item["file_digest"]:
            stored = now.get(code)
            # A file replaced since then is kept under its digest, but only the newest keeps its name.
            name = stored.name if stored and stored.digest == digest else f"{digest[:12]}{_suffix(stored)}"
            found[code] = (name, read_file(settings.RONGJI.evidence, digest, name))
    return found


def _suffix(stored: StoredFile | None) -> str:
    return Path(stored.name).suffix if stored else ""


def _files(sources: Sources, report: Report, formats: tuple[str, ...]) -> Mapping[str, bytes]:
    stem = f"{report.document.properties['bureau']}-{report.document.properties['year']}-{report.form.id}"
    made = {
        f"{stem}.{ending}": render(report.document, ending, font_dir=settings.RONGJI.font_dir) for ending in formats
    }
    return {**made, FIGURES: figures_csv(report.figures, sources.book.acts)}


def _new_version(actor: Actor, sources: Sources, report: Report, content: Content) -> ReportVersion:
    same = ReportVersion.objects.filter(bureau=sources.year.bureau, year=sources.year.year, form=report.form.id)
    digest = content_digest(content)
    in_force = same.filter(state=State.APPROVED).first()
    if in_force is not None and in_force.digest == digest:
        raise SameAsApproved(version=in_force.number)
    return ReportVersion.objects.create(
        bureau=sources.year.bureau,
        year=sources.year.year,
        form=report.form.id,
        number=(same.aggregate(top=Max("number"))["top"] or 0) + 1,
        content=content,
        digest=digest,
        finalised_at=actor.at,
        finalised_by=actor.label,
    )


def _digest_now(actor: Actor, row: ReportVersion) -> str:
    sources, report = preview(actor=actor, bureau=row.bureau, year=row.year, form=row.form)
    return content_digest(frozen_content(sources, report))


def _proposed(version_id: int) -> ReportVersion:
    row = ReportVersion.objects.filter(pk=version_id).first()
    if row is None:
        raise NoSuchVersion(version=version_id)
    if row.state != State.PROPOSED:
        raise NothingOpen(version=row.number, state=row.get_state_display())
    return row


def _subject(row: ReportVersion, scope: Scope, digest: str) -> approvals.Subject:
    label = f"{row.year}年度自评报告（{row.form}）第 {row.number} 版"
    return approvals.Subject(SUBJECT, f"{row.bureau}/{row.year}/{row.form}/{row.number}", label, scope, digest)


def _record(actor: Actor, row: ReportVersion, action: str, summary: str, detail: Mapping[str, object]) -> None:
    trail.record(
        actor=actor,
        action=action,
        subject_kind=SUBJECT,
        subject_id=f"{row.bureau}/{row.year}/{row.form}/{row.number}",
        summary=f"{row.bureau} {row.year} 年度：{summary}",
        after_digest=row.digest,
        detail=detail,
    )
