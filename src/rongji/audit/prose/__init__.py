"""Running text into passages: paragraphs with their numbers, and what each number is of."""

from rongji.audit.context import Context
from rongji.audit.prose.figures import passage_of
from rongji.audit.prose.stretches import stretches_of
from rongji.checks.stated.model import Passage
from rongji.documents.model import Document


def passages_of(document: Document, context: Context) -> tuple[Passage, ...]:
    """Every paragraph of the body and every cell that holds prose, in reading order."""
    return tuple(passage_of(stretch, context) for stretch in stretches_of(document))
