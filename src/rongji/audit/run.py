"""One file through the whole audit."""

from pathlib import Path

from rongji.audit.report import AuditedFile, Claim
from rongji.audit.stated import stated
from rongji.checks.causes import grouped
from rongji.checks.registry import document_checks
from rongji.checks.stated.model import StatedDocument
from rongji.documents.readers import read_document
from rongji.documents.readers.model import ReadFile
from rongji.kernel.finding import Finding
from rongji.kernel.refusal import Refusal


def audit_path(path: Path) -> AuditedFile:
    """The audit of one file; a file that cannot be read says why instead of raising."""
    try:
        return audit_read(read_document(path), path.name)
    except Refusal as refusal:
        return AuditedFile(file=path.name, refusal=str(refusal))


def audit_read(file: ReadFile, name: str) -> AuditedFile:
    """The audit of a file that has been read."""
    said = stated(file.document, name)
    claims = tuple(Claim(f"c{number}", item) for number, item in enumerate(findings(said), 1))
    return AuditedFile(name, file.kind, file.document, said, claims, (*file.notes, *said.notes))


def findings(said: StatedDocument) -> tuple[Finding, ...]:
    """Every check over what a document states, in order of the checks, common causes grouped."""
    found = [finding for item in document_checks() for finding in item.findings(said)]
    return grouped(found)
