"""Tables into regions: which cells are headers, which row is part of which, what every number is of."""

from rongji.audit.context import Context
from rongji.checks.stated.model import StatedTable
from rongji.documents.model import Document


def tables_of(document: Document, context: Context) -> tuple[StatedTable, ...]:
    """Every region of every table, in reading order."""
    return ()
