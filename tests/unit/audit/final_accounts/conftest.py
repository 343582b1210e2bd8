"""LibreOffice, as the tests of documents use it."""

from unit.documents.conftest import office

__all__ = ["office"]
