"""Running text into passages: paragraphs with their numbers, and what each number is of."""

from collections.abc import Sequence
from dataclasses import replace

from rongji.audit.context import Context
from rongji.audit.prose.figures import passage_of
from rongji.audit.prose.stretches import stretches_of
from rongji.checks.stated.model import Mention, Passage
from rongji.documents.model import Document

_GOES_ON = frozenset("0123456789.,万亿元%％")


def passages_of(document: Document, context: Context) -> tuple[Passage, ...]:
    """Every paragraph of the body and every cell that holds prose, in reading order."""
    read = [passage_of(stretch, context) for stretch in stretches_of(document)]
    for number in range(1, len(read)):
        if _is_cut(read[number - 1].text, read[number].text):
            before, after = read[number - 1], read[number]
            read[number - 1] = replace(
                before, mentions=_silenced(before.mentions, len(before.text.rstrip()), last=True)
            )
            read[number] = replace(after, mentions=_silenced(after.mentions, 0, last=False))
    return tuple(read)


def _is_cut(before: str, after: str) -> bool:
    """Whether two paragraphs may be one number that somebody's line width broke (600.1 | 7万元)."""
    return before.rstrip()[-1:].isdigit() and after.lstrip()[:1] in _GOES_ON


def _silenced(mentions: Sequence[Mention], edge: int, *, last: bool) -> tuple[Mention, ...]:
    """The mentions, the one at the edge without its figure: it may be half a number."""
    return tuple(
        replace(item, figure=None) if (item.end == edge if last else item.start == edge) else item for item in mentions
    )
