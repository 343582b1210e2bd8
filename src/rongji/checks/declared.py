"""业务数据: the bureau's own facts, their parts and their rates."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rongji.checks import relations
from rongji.checks.excuses import unless_missing
from rongji.checks.registry import check
from rongji.checks.situation import Situation
from rongji.kernel.bureau_year import DeclaredConcept
from rongji.kernel.figure import Figure, FigureKey, UnreadableKey
from rongji.kernel.finding import Finding, Verdict

PREFIX = "fact."


@dataclass(frozen=True, slots=True)
class Member:
    """A declared fact as a part of another one."""

    concept: DeclaredConcept
    figure: Figure


@check(title="业务数据的分项与总数相符")
def declared_parts_close(situation: Situation) -> Iterator[Finding]:
    """Facts declared as the complete parts of a whole add up to it.

    件 and 人次 do not add by nature: when the units differ, a difference is a question.
    """
    unnumbered = _unnumbered(situation)
    for whole, members in _wholes(situation):
        complete = [item for item in members if item.concept.complete]
        if complete:
            yield unless_missing(_closed(whole, complete), unnumbered.get(whole.key, []), what="没有填数")


@check(title="业务数据的其中数不超过总数")
def declared_parts_stay_within(situation: Situation) -> Iterator[Finding]:
    """Facts declared as some part of a whole do not exceed it. They may overlap, so each is looked at by itself."""
    for whole, members in _wholes(situation):
        for item in members:
            if not item.concept.complete and _comparable(whole, item.figure):
                yield relations.parts_within(whole, [item.figure], subject=item.concept.code)


@check(title="业务数据的比率与分子分母相符")
def declared_rates_follow(situation: Situation) -> Iterator[Finding]:
    """A declared rate (办结率、化解率…) is its numerator divided by its denominator."""
    for concept in situation.year.declared_concepts:
        rate = situation.numbered(FigureKey(f"{PREFIX}{concept.code}"))
        top, bottom = _named(situation, concept.numerator), _named(situation, concept.denominator)
        if rate and top and bottom:
            yield relations.ratio(rate, top, bottom, subject=concept.code)


def _wholes(situation: Situation) -> Iterator[tuple[Figure, list[Member]]]:
    groups: dict[FigureKey, list[Member]] = {}
    wholes: dict[FigureKey, Figure] = {}
    for concept in situation.year.declared_concepts:
        part = situation.numbered(FigureKey(f"{PREFIX}{concept.code}"))
        whole = _named(situation, concept.part_of)
        if part and whole:
            wholes[whole.key] = whole
            groups.setdefault(whole.key, []).append(Member(concept, part))
    for key, members in groups.items():
        yield wholes[key], members


def _unnumbered(situation: Situation) -> dict[FigureKey, list[str]]:
    """Labels of the complete parts that state no number (－ and 无 aside), by their whole."""
    found: dict[FigureKey, list[str]] = {}
    for concept in situation.year.declared_concepts:
        key = FigureKey(f"{PREFIX}{concept.code}")
        whole = _named(situation, concept.part_of) if concept.complete else None
        if whole and situation.numbered(key) is None and not situation.is_stated_nil(key):
            found.setdefault(whole.key, []).append(concept.label)
    return found


def _named(situation: Situation, name: str) -> Figure | None:
    """The figure that a cell names by fact code or by its full key."""
    if not name:
        return None
    own = situation.numbered(FigureKey(f"{PREFIX}{name.removeprefix(PREFIX)}"))
    if own is not None:
        return own
    try:
        return situation.numbered(FigureKey.parse(name))
    except UnreadableKey:
        return None


def _closed(whole: Figure, members: Sequence[Member]) -> Finding:
    """One complete list, or several complete lists by topic when they do not add up together."""
    together = _sum(whole, members)
    topics = {item.concept.topic for item in members}
    if together.agrees or len(topics) == 1:
        return together
    apart = [_sum(whole, [item for item in members if item.concept.topic == topic]) for topic in sorted(topics)]
    if all(item.agrees for item in apart):
        return apart[0]
    note = "这些分项分属不同业务领域，可能是两套分法，不能断定。"
    return replace(together, verdict=Verdict.QUESTION, explanation=together.explanation + note)


def _sum(whole: Figure, members: Sequence[Member]) -> Finding:
    parts = relations.positive([item.figure for item in members])
    return relations.sum_of_parts(whole, parts, subject=whole.label)


def _comparable(left: Figure, right: Figure) -> bool:
    return bool(left.quantity and right.quantity and left.quantity.unit.is_comparable_with(right.quantity.unit))
