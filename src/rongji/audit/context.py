"""What a document is about: the year it reports on, who reports, its title. Everything else is read in this light."""

from dataclasses import dataclass

from rongji.documents.model import Document


@dataclass(frozen=True, slots=True)
class Context:
    """The light in which figures are read. year: budget year, None when the document does not say."""

    title: str = ""
    year: int | None = None
    organisation: str = ""


def context_of(document: Document) -> Context:
    """Year, organisation and title as the document's own opening states them."""
    return Context(title=document.title)
