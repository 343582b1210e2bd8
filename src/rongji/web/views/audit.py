"""核对报告: bring documents, see their contradictions marked in place, accept findings, take an opinion home."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from rongji.accounts.policies import guarded
from rongji.documents.writers import MEDIA_TYPES
from rongji.reports.auditing import MAX_MEGABYTES, AuditedUpload, audit_upload, write_opinion
from rongji.reports.policies import AUDIT_DOCUMENTS
from rongji.web.answers import download

MAX_FILES = 20  # in one request without a script: about a second each, and a proxy waits no longer than a minute
_MOST_NOTES = 500  # characters of one note


@dataclass(frozen=True, slots=True)
class ShownAudit:
    """One audited file for the page: markup made by our own writer from escaped text, result for the download."""

    upload: AuditedUpload
    markup: SafeString


@require_http_methods(["GET", "POST"])
@guarded(AUDIT_DOCUMENTS)
def audit(request: Any) -> HttpResponse:
    """The page; on upload the audited files: as a part of the page to a script, else as the whole page."""
    shown: list[ShownAudit] = []
    brought = request.FILES.getlist("documents")
    if request.method == "POST":
        shown = [_audited(request, file) for file in brought[:MAX_FILES] or [None]]
    context = {"shown": shown, "limit": MAX_MEGABYTES, "left_out": [file.name for file in brought[MAX_FILES:]]}
    if request.headers.get("X-Rongji-Part"):
        return render(request, "web/audit_result.html", context)
    return render(request, "web/audit.html", context)


def _audited(request: Any, file: Any) -> ShownAudit:
    name, size = (file.name, file.size) if file is not None else ("", 0)
    upload = audit_upload(actor=request.actor, name=name, file=file, size=size)
    return ShownAudit(upload, mark_safe(upload.section))


@require_POST
@guarded(AUDIT_DOCUMENTS)
def write(request: Any) -> HttpResponse:
    """The opinion on what was accepted, as a Word file."""
    seals = request.POST.getlist("seal")
    accepted = [_notes(text) for text in request.POST.getlist("accepted")]
    accepted = [*accepted, *({} for _ in seals[len(accepted) :])][: len(seals)]
    content = write_opinion(
        actor=request.actor, seals=seals, accepted=accepted, reviewer=request.POST.get("reviewer", "")
    )
    return download(content, f"审核意见-{request.actor.day:%Y%m%d}.docx", MEDIA_TYPES["docx"])


def _notes(text: str) -> dict[str, str]:
    """Claim → note as the page sends it; anything else is nothing."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    if not isinstance(told, dict):
        return {}
    return {str(claim): str(note)[:_MOST_NOTES] for claim, note in told.items()}
