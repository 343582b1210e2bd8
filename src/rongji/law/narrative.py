"""What a report tells of the year's work, topic by topic: sentences with live figures (legal/narrative/topics.yaml).

A sentence is told when every figure that it needs is stated; what stands in `[[…]]` may be missing. After the sentences
follow the work entries of the topic.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from rongji.kernel.figure import FigureKey, UnreadableKey
from rongji.law.fields import Fields
from rongji.law.locate import find_legal
from rongji.law.model import Concept
from rongji.law.reading import Problems, read_yaml
from rongji.law.refusals import LawNotUsable

FILE = "narrative/topics.yaml"
CODE_PREFIX = "topic_"
"""Codes of the texts that are put together from records; forms repeat over the group `topic`."""
_TOKEN = re.compile(r"\{\{([^{}|]+)(?:\|[^{}]*)?\}\}")
_CLAUSE = re.compile(r"\[\[.*?\]\]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class NarrativeTopic:
    """A heading of the year's work. entries: the words by which work entries belong to it.

    is_optional: not every bureau does it, so its silence is nothing missing.
    """

    id: str
    title: str
    sentences: tuple[str, ...]
    entries: tuple[str, ...]
    is_optional: bool = False

    @property
    def code(self) -> str:
        """The code of its text."""
        return f"{CODE_PREFIX}{self.id}"


def narrative_topics(root: Path | str | None = None) -> tuple[NarrativeTopic, ...]:
    """Every topic in the order of the report; none where a site keeps no such file.

    Raises: LawNotUsable.
    """
    return _topics(str(find_legal(root)))


@lru_cache(maxsize=4)
def _topics(folder: str) -> tuple[NarrativeTopic, ...]:
    problems = Problems()
    found = tuple(_read(Path(folder), problems))
    if problems.found:
        raise LawNotUsable(count=len(problems.found), first=str(problems.found[0]))
    return found


def needed_figures(sentence: str) -> tuple[FigureKey, ...]:
    """The figures without which a sentence is not told: those of its tokens outside of optional clauses."""
    return tuple(FigureKey.parse(found.strip()) for found in _TOKEN.findall(_CLAUSE.sub("", sentence)))


def without_clauses(sentence: str, stays: Callable[[tuple[FigureKey, ...]], bool]) -> str:
    """A sentence without the optional clauses that do not stay, as the figures they speak of tell."""

    def kept(found: re.Match[str]) -> str:
        return found[0] if stays(tuple(FigureKey.parse(key.strip()) for key in _TOKEN.findall(found[0]))) else ""

    return _CLAUSE.sub(kept, sentence)


def check_narrative(folder: Path, concepts: Mapping[str, Concept], problems: Problems) -> None:
    """Everything wrong with the topics of a folder of legal data."""
    for topic in _read(folder, problems):
        for sentence in topic.sentences:
            for found in _TOKEN.findall(sentence):
                _check_token(found.strip(), topic, concepts, problems)


def concepts_in(topic: NarrativeTopic) -> tuple[str, ...]:
    """The concepts that a topic speaks of, in order."""
    keys = (key for sentence in topic.sentences for key in _TOKEN.findall(sentence))
    return tuple(dict.fromkeys(FigureKey.parse(key.strip()).concept for key in keys))


def _read(folder: Path, problems: Problems) -> Iterator[NarrativeTopic]:
    path = folder / FILE
    content = read_yaml(path, FILE, problems) if path.exists() else None
    seen: set[str] = set()
    for item in (content.get("topics") or []) if content else ():
        fields = Fields(item, FILE, "", problems)
        topic = NarrativeTopic(
            id=fields.text("id"),
            title=fields.text("title"),
            sentences=fields.texts("sentences"),
            entries=fields.texts("entries"),
            is_optional=fields.flag("optional", default=False),
        )
        fields.finish()
        if topic.id in seen:
            fields.wrong(f"编号“{topic.id}”用了两次")
        seen.add(topic.id)
        yield topic


def _check_token(text: str, topic: NarrativeTopic, concepts: Mapping[str, Concept], problems: Problems) -> None:
    try:
        key = FigureKey.parse(text)
    except UnreadableKey as refusal:
        problems.add(FILE, topic.id, str(refusal))
        return
    if key.concept not in concepts:
        problems.add(FILE, topic.id, f"数据目录中没有“{key.concept}”")
