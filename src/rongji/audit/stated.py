"""A document read into what it states: the light first, then tables, then passages."""

from rongji.audit.context import context_of
from rongji.audit.prose import passages_of
from rongji.audit.tables import tables_of
from rongji.checks.stated.model import StatedDocument
from rongji.documents.model import Document


def stated(document: Document, name: str) -> StatedDocument:
    """All that the document states."""
    context = context_of(document)
    return StatedDocument(
        name=name,
        title=context.title,
        year=context.year,
        organisation=context.organisation,
        tables=tables_of(document, context),
        passages=passages_of(document, context),
    )
