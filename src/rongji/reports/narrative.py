"""The year's work told from records: texts put together by topic, unless the bureau wrote its own. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rongji.kernel.bureau_year import BureauYear, TextFacts
from rongji.kernel.figure import FigureKey, FigureSet
from rongji.law.narrative import NarrativeTopic, narrative_topics, needed_figures, without_clauses
from rongji.services.selectors.work import WorkEntry

PLACE = "由业务记录组成"
OPENING = "[["
_STOPS = ("。", "！", "？", "；")


def with_narrative(
    year: BureauYear, entries: Iterable[WorkEntry], topics: Sequence[NarrativeTopic] | None = None
) -> BureauYear:
    """The year with a text for each topic of which anything can be told; a text of the bureau's own wins."""
    own = {item.code for item in year.texts}
    told = narrative_texts(year.figures, tuple(entries), narrative_topics() if topics is None else topics)
    return replace(year, texts=(*year.texts, *(item for item in told if item.code not in own)))


def narrative_texts(
    figures: FigureSet, entries: Sequence[WorkEntry], topics: Sequence[NarrativeTopic]
) -> Iterator[TextFacts]:
    """The texts in the order of the topics: sentences first, then the entries by day."""
    for topic in topics:
        told = "".join(_told(sentence, figures) for sentence in topic.sentences)
        written = [_ended(entry.text) for entry in _of(topic, entries)]
        body = "\n\n".join(part for part in (told, "".join(written)) if part)
        if body:
            yield TextFacts(topic.code, topic.title, body, PLACE)


def _told(sentence: str, figures: FigureSet) -> str:
    """A sentence with the clauses of which there is anything to tell; empty when what it needs is not there."""
    if not all(_is_told(key, figures) for key in needed_figures(sentence)):
        return ""
    kept = without_clauses(sentence, lambda keys: all(_is_told(key, figures) for key in keys))
    is_nothing_left = OPENING in sentence and OPENING not in kept and not needed_figures(sentence)
    return "" if is_nothing_left else kept


def _is_told(key: FigureKey, figures: FigureSet) -> bool:
    """Whether a figure says that there was anything: what did not happen is not told."""
    found = figures.get(key)
    return found is not None and found.quantity is not None and found.quantity.value != 0


def _of(topic: NarrativeTopic, entries: Sequence[WorkEntry]) -> list[WorkEntry]:
    return sorted((entry for entry in entries if entry.topic in topic.entries), key=lambda entry: entry.on)


def _ended(text: str) -> str:
    plain = text.strip()
    return plain if plain.endswith(_STOPS) else f"{plain}。"
