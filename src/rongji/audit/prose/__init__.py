"""Running text into passages: paragraphs with their numbers, and what each number is of."""

from rongji.audit.context import Context
from rongji.audit.prose.figures import mentions_of
from rongji.audit.prose.stretches import Stretch, stretches_of
from rongji.checks.stated.model import Passage
from rongji.documents.model import Document


def passages_of(document: Document, context: Context) -> tuple[Passage, ...]:
    """Every paragraph of the body and every cell that holds prose, in reading order."""
    return tuple(_passage(stretch, context) for stretch in stretches_of(document))


def _passage(stretch: Stretch, context: Context) -> Passage:
    mentions = mentions_of(stretch, context)
    return Passage(stretch.text, mentions, stretch.places, stretch.heading, stretch.is_heading)
