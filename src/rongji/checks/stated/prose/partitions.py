"""不写“其中”的分项（正文）: numbers of one sentence, or of the paragraphs of a section, that make up its first number.

`共办理 2495 件。交办 2388 件，直办 107 件`: nothing says that these are all, but they are, to the last one. What comes
out exactly is reported; what misses by a hair is asked about; anything else is no list.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from rongji.checks import relations
from rongji.checks.excuses import asked
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.listings import listings_of
from rongji.checks.stated.grammar.neighbours import is_value
from rongji.checks.stated.grammar.outline import Item, Outline, outline_of, outlines_of
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_MOST, _MOST_PASSAGES = 12, 20
_HAIR = 200  # a gap of 1/200 of the whole
_LEAST = 20  # smaller totals are met by chance
_MAYBE = "文中没有写明这些是总数的全部分项，请核对。"
_REMEDY = "核对总数和各分项。"


@document_check(title="正文：不写“其中”的分项", level=Verdict.QUESTION)
def prose_unmarked_parts(document: StatedDocument) -> Iterator[Finding]:
    """A sentence, or a part of it between semicolons, whose numbers make up the first number of its paragraph."""
    for outline in outlines_of(document):
        whole = _first(outline)
        if whole:
            told = _told(outline)
            for group in _groups(outline, whole):
                if not any(item.order in told for item in group):
                    yield from _judged(whole, group)


@document_check(title="正文：一节各段的分项", level=Verdict.QUESTION)
def prose_unmarked_section_parts(document: StatedDocument) -> Iterator[Finding]:
    """A paragraph that states one number, and the paragraphs up to the next heading whose numbers make it up."""
    passages = document.passages
    for place, passage in enumerate(passages):
        whole = _only(outline_of(passage)) if passage.mentions and not passage.is_heading else None
        if whole:
            following = _section(passages[place + 1 : place + 1 + _MOST_PASSAGES])
            values = [item for other in following for item in _free(outline_of(other), whole)]
            if len(following) > 1 or len(values) > 2:
                yield from _judged(whole, values)


def _first(outline: Outline) -> Item | None:
    """The first value of a paragraph, where it is one that others can be parts of."""
    first = next((item for item in outline.groups.get(0, ()) if is_value(item)), None)
    in_row = first is not None and outline.behind(first)[:1] and outline.behind(first)[0].lead[:1] in ("、", "；", "和")
    return first if first and _can_be_whole(first) and not in_row else None


def _only(outline: Outline) -> Item | None:
    """The one value of a paragraph."""
    values = [item for item in outline.items if is_value(item) and item.kind in (UnitKind.COUNT, UnitKind.MONEY)]
    return values[0] if len(values) == 1 and values[0].group == 0 and _can_be_whole(values[0]) else None


def _can_be_whole(item: Item) -> bool:
    counted = item.kind in (UnitKind.COUNT, UnitKind.MONEY) and item.role is Role.AMOUNT and item.is_exact
    return counted and item.quantity.value >= _LEAST and not item.phrase.is_past


def _groups(outline: Outline, whole: Item) -> Iterator[list[Item]]:
    """The values behind the whole: of its own sentence, of each later one, of each part between semicolons."""
    seen: set[tuple[int, ...]] = set()
    free = _free(outline, whole)
    sentences: dict[int, list[Item]] = {}
    parts: dict[tuple[int, int], list[Item]] = {}
    cuts = 0
    for item in free:
        cuts += "；" in item.lead
        sentences.setdefault(item.sentence, []).append(item)
        parts.setdefault((item.sentence, cuts), []).append(item)
    for group in (*sentences.values(), *parts.values()):
        orders = tuple(item.order for item in group)
        if orders not in seen:
            seen.add(orders)
            yield group


def _free(outline: Outline, whole: Item) -> list[Item]:
    """The like values of a paragraph outside of brackets, the whole itself left out."""
    like = (item for item in outline.groups.get(0, ()) if is_value(item) and item is not whole)
    unit = whole.quantity.unit_name
    return [item for item in like if item.quantity.unit_name == unit and item.is_exact and not item.phrase.is_past]


def _told(outline: Outline) -> set[int]:
    """The numbers that stand in a list of their own."""
    return {item.order for listing in listings_of(outline.passage) for item in listing.parts}


def _section(passages: Sequence[Passage]) -> list[Passage]:
    """The paragraphs up to the next heading."""
    found: list[Passage] = []
    for passage in passages:
        if passage.is_heading:
            break
        if passage.mentions:
            found.append(passage)
    return found


def _judged(whole: Item, parts: Sequence[Item]) -> Iterator[Finding]:
    if not 2 <= len(parts) <= _MOST or any(item.amount >= whole.amount for item in parts):
        return
    gap = abs(Fraction(sum(item.amount for item in parts)) - Fraction(whole.amount))
    if gap * _HAIR > Fraction(whole.amount):
        return
    finding = relations.sum_of_parts(whole.figure, relations.positive([item.figure for item in parts]))
    if finding.agrees:
        yield finding
    elif len(parts) > 2 and finding.verdict is Verdict.CONTRADICTION:
        yield asked(finding, _MAYBE, _REMEDY)
