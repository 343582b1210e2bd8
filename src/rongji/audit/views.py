"""How a document is shown: text with its line numbers, a PDF as pictures of its pages, others block by block."""

from pathlib import Path

from rongji.audit.document_view import document_view
from rongji.audit.marking import Marking
from rongji.audit.report import AuditedFile


def shown_document(audited: AuditedFile, marking: Marking, source: Path | None) -> str:
    """The document with its marks."""
    if audited.document is None:
        return ""
    return f'<div class="au-document au-{audited.kind}">{document_view(audited.document, marking)}</div>'
