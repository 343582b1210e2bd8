"""The concept catalogue and the relations between concepts: legal/concepts and legal/identities."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from rongji.kernel.figure import FigureKey, Stage, UnreadableKey
from rongji.kernel.units import UNITS
from rongji.law.declared import written
from rongji.law.fields import Fields
from rongji.law.model import Breakdown, Concept, Identity, Lawbook, Reading
from rongji.law.reading import Problems, read_yaml
from rongji.law.refusals import UnknownConcept

DECLARED_PREFIX = "fact."
"""Concepts of a bureau's own (`fact.<code>`): they live in its year, not in the catalogue."""

COMPLETE_WORDS = ("true", "false", "project_list_complete", "lists_complete")
"""Whether a breakdown is a complete list: always, never, or as the bureau answers in that field of its profile."""

_IDENTITY_KINDS = ("sum", "subset", "equal", "rate", "growth", "stages")


def concept(book: Lawbook, concept_id: str) -> Concept:
    """The concept of that id.

    Raises: UnknownConcept.
    """
    try:
        return book.concepts[concept_id]
    except KeyError:
        raise UnknownConcept(id=concept_id) from None


def concepts_called(book: Lawbook, words: str) -> tuple[Concept, ...]:
    """Every written concept that forms print under those words; more than one when the words are ambiguous."""
    return tuple(item for item in written(book).values() if words in (item.label, *item.aliases))


def read_concepts(folder: Path, problems: Problems) -> dict[str, Concept]:
    """Every concept by id."""
    found: dict[str, Concept] = {}
    for item in _entries(folder, "concepts", "concepts", problems):
        read = Concept(
            id=item.text("id"),
            label=item.text("label"),
            unit=item.text("unit"),
            definition=item.text("definition"),
            over_units=item.text("over_units"),
            aliases=item.texts("aliases", required=True),
            economic=item.texts("economic"),
        )
        item.finish()
        if read.unit and read.unit not in UNITS:
            item.wrong(f"计量单位“{read.unit}”不在单位表内")
        if read.id in found:
            item.wrong(f"编号“{read.id}”用了两次")
        found[read.id] = read
    return found


def read_identities(folder: Path, concepts: Mapping[str, Concept], problems: Problems) -> tuple[Identity, ...]:
    """Every identity, in file order."""
    found = tuple(_identity(item, concepts) for item in _entries(folder, "identities", "identities", problems))
    _refuse_doubles(found, problems)
    return found


def read_breakdowns(folder: Path, concepts: Mapping[str, Concept], problems: Problems) -> tuple[Breakdown, ...]:
    """Every breakdown, in file order."""
    found = tuple(_breakdown(item, concepts) for item in _entries(folder, "identities", "breakdowns", problems))
    _refuse_doubles(found, problems)
    return found


def _entries(folder: Path, where: str, name: str, problems: Problems) -> Iterator[Fields]:
    for path in sorted((folder / where).glob("*.yaml")):
        file = f"{where}/{path.name}"
        content = read_yaml(path, file, problems)
        for number, item in enumerate(content.get(name) or [] if content else [], 1):
            line = getattr(item, "line", 0)
            yield Fields(item, file, f"第 {number} 条（第 {line} 行）", problems)


def _identity(item: Fields, concepts: Mapping[str, Concept]) -> Identity:
    kind, stages = item.text("kind"), item.raw("stages", required=False)
    found = Identity(
        id=item.text("id"),
        kind=kind,
        total=item.text("total"),
        parts=item.texts("parts", required=True),
        label=item.text("label"),
        scope=item.text("scope"),
        stages=() if stages in (None, "all") else item.texts("stages"),
        least=item.whole("least", default=1),
        readings=tuple(_reading(entry) for entry in item.each("readings", required=False)),
        needs=item.texts("needs"),
    )
    item.finish()
    if kind not in _IDENTITY_KINDS:
        item.wrong(f"kind“{kind}”不在规定的词内（{'、'.join(_IDENTITY_KINDS)}）")
    for term in (found.total, *found.parts):
        _check_term(item, term, kind, concepts)
    for term in (*found.needs, *(part for way in found.readings for part in way.parts)):
        _check_term(item, term, "sum", concepts)
    return found


def _reading(item: Fields) -> Reading:
    found = Reading(parts=item.texts("parts", required=True), note=item.text("note"))
    item.finish()
    return found


def _check_term(item: Fields, term: str, kind: str, concepts: Mapping[str, Concept]) -> None:
    if kind == "stages":
        if term not in {stage.value for stage in Stage}:
            item.wrong(f"口径“{term}”不在规定的词内")
        return
    try:
        key = FigureKey.parse(term.removeprefix("-"))
    except UnreadableKey as refusal:
        item.wrong(str(refusal))
        return
    if key.concept not in concepts:
        item.wrong(f"数据目录中没有“{key.concept}”")


def _breakdown(item: Fields, concepts: Mapping[str, Concept]) -> Breakdown:
    complete, levels = item.raw("complete"), item.raw("levels")
    found = Breakdown(
        id=item.text("id"),
        concept=item.text("concept"),
        axis=item.text("axis"),
        complete=str(complete).lower(),
        label=item.text("label"),
        levels=tuple(levels) if isinstance(levels, list) else (),
    )
    item.finish()
    if found.concept not in concepts:
        item.wrong(f"数据目录中没有“{found.concept}”")
    if found.complete not in COMPLETE_WORDS:
        item.wrong(f"“complete”应写 {'、'.join(COMPLETE_WORDS)} 之一")
    return found


def _refuse_doubles(found: tuple[Identity, ...] | tuple[Breakdown, ...], problems: Problems) -> None:
    seen: set[str] = set()
    for item in found:
        if item.id in seen:
            problems.add("identities", "", f"编号“{item.id}”用了两次")
        seen.add(item.id)
