"""分项成段（正文）: totals of a paragraph against the numbered paragraphs below it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rongji.checks import relations
from rongji.checks.excuses import doubted
from rongji.checks.registry import document_check
from rongji.checks.stated.grammar.basis import basis_of, same_basis
from rongji.checks.stated.grammar.closing import closes, exceeds
from rongji.checks.stated.grammar.neighbours import is_value
from rongji.checks.stated.grammar.outline import Item, Outline, outline_of
from rongji.checks.stated.grammar.scope import segment_starts
from rongji.checks.stated.model import Passage, StatedDocument
from rongji.checks.stated.phrase import Role
from rongji.kernel.finding import Finding, Verdict
from rongji.kernel.units import UnitKind

_OPENS = re.compile(
    r"(?:其中|如下|包括|以下[^，。；]{0,10}|分别为|构成|具体(?:情况|是|为)?|情况|方面)\s*[：:。]?\s*$|[：:]\s*$"
)
_STYLES = (
    ("digit", re.compile(r"^(\d{1,2})\s*[、.．](?!\d)")),
    ("bracket", re.compile(r"^[（(](\d{1,2})[)）]")),
    ("circle", re.compile(r"^([①-⑳])")),
    ("chinese-bracket", re.compile(r"^[（(]([一二三四五六七八九十]{1,3})[)）]")),
    ("chinese", re.compile(r"^([一二三四五六七八九十]{1,3})[、.．]")),
)
_CLASSIFIED = re.compile(r"^[^，。；]{2,40}[（(](?:类|款|项)[)）]")
_CHINESE = {
    **{mark: number for number, mark in enumerate("一二三四五六七八九十", 1)},
    **{f"十{mark}": 10 + number for number, mark in enumerate("一二三四五六七八九", 1)},
    **{f"二十{mark}": 20 + number for number, mark in enumerate(["", *"一二三四五六七八九"])},
}
_LONGEST = 120  # paragraphs of one list
_SEVERAL = 3
_BETWEEN = (Role.SHARE, Role.RATE)
_DOUBT = "下面各段不一定列全，请核对是否有遗漏或数字有误。"


@dataclass
class Entry:
    """One numbered paragraph with those that go on with it. inside: what the bracket behind its first value names."""

    number: int
    text: str
    items: list[Item] = field(default_factory=list)
    inside: dict[str, Item] = field(default_factory=dict)


@document_check(title="正文：分段列出的各项之和与合计")
def prose_paragraphs_add_up(document: StatedDocument) -> Iterator[Finding]:
    """A total whose parts follow as numbered paragraphs (…，其中： 1. … 2. …) is their sum, each basis for itself.

    Above the total the parts cannot be true; below it a part may have been left out, which is asked about.
    """
    for index, passage in enumerate(document.passages):
        if not passage.mentions or not _is_first(document.passages[index + 1 : index + 2]):
            continue
        entries = entries_of(document.passages[index + 1 : index + 1 + _LONGEST])
        if len(entries) > 1 and _OPENS.search(passage.text.rstrip()[-24:]):
            yield from _sums(passage, entries)
        elif len(entries) > 1:
            yield from _itemised(passage, entries)


def _sums(passage: Passage, entries: Sequence[Entry]) -> Iterator[Finding]:
    for whole, near in _wholes(passage):
        parts = [_part(entry, whole) for entry in entries]
        known = [item for item in parts if item]
        if len(known) == len(parts):
            finding = _judged(whole, known, entries, near=near)
            if finding:
                yield finding


def _itemised(passage: Passage, entries: Sequence[Entry]) -> Iterator[Finding]:
    """A total that no words tie to the paragraphs below it: told only when everything they list makes it up."""
    for whole, _ in _wholes(passage):
        parts = [item for entry in entries for item in _listed(entry) if item.kind is whole.kind]
        if len(parts) >= _SEVERAL and closes(whole, parts):
            yield relations.sum_of_parts(whole.figure, relations.positive([item.figure for item in parts]))


def _listed(entry: Entry) -> list[Item]:
    """The first value behind each semicolon of a paragraph."""
    starts = segment_starts(entry.items)
    found: list[Item] = []
    open_for_one = True
    for item in entry.items:
        open_for_one = open_for_one or item.order in starts
        if open_for_one and is_value(item):
            found.append(item)
            open_for_one = False
    return found


def _is_first(passages: Sequence[Passage]) -> bool:
    """Whether a paragraph opens a numbered list."""
    if not passages:
        return False
    style, number = _mark(passages[0].text)
    return style is not None and number in (0, 1)


def _wholes(passage: Passage) -> list[tuple[Item, bool]]:
    """The last values of the opening paragraph, one for each basis; and whether they stand at its end."""
    items = outline_of(passage).groups.get(0, ())
    if not items:
        return []
    last = [item for item in reversed(items) if item.sentence == items[-1].sentence]
    found: list[tuple[Item, bool]] = []
    near = True
    for item in last:
        if is_value(item) and item.kind in (UnitKind.MONEY, UnitKind.COUNT):
            if not any(same_basis(basis_of(item), basis_of(other)) for other, _ in found):
                found.append((item, near))
        elif item.role not in _BETWEEN:
            near = False
    return found


def entries_of(passages: Sequence[Passage]) -> list[Entry]:
    """The paragraphs numbered 1, 2, 3 in one style, or opened by a classification item, that follow at once."""
    if not passages:
        return []
    style, number = _mark(passages[0].text)
    if style is None or (style != "classified" and number != 1):
        return []
    entries: list[Entry] = []
    for passage in passages:
        own, number = _mark(passage.text)
        if own == style and number in (0, len(entries) + 1):
            entries.append(Entry(len(entries) + 1, passage.text, inside=named_inside(outline_of(passage))))
        elif own is not None or passage.is_heading:
            break
        entries[-1].items += outline_of(passage).groups.get(0, ())
    return entries


def named_inside(outline: Outline) -> dict[str, Item]:
    """The values that the bracket behind the first value of a paragraph names (…万元（其中：中央…、省级…）)."""
    first = next((item for item in outline.groups.get(0, ()) if is_value(item)), None)
    inside = outline.inside(first) if first else ()
    return {item.phrase.label: item for item in inside if is_value(item) and item.phrase.label}


def _mark(text: str) -> tuple[str | None, int]:
    """How a paragraph is numbered, and its number."""
    line = text.lstrip()
    for name, pattern in _STYLES:
        found = pattern.match(line)
        if found:
            return name, _value(found[1])
    return ("classified", 0) if _CLASSIFIED.match(line) else (None, 0)


def _value(mark: str) -> int:
    if mark.isascii():
        return int(mark)
    return _CHINESE.get(mark) or ord(mark) - ord("①") + 1


def _part(entry: Entry, whole: Item) -> Item | None:
    """The number of a paragraph that enters the total: the first of its kind and basis."""
    values = [item for item in entry.items if is_value(item) and item.kind is whole.kind]
    wanted = basis_of(whole)
    exact = [item for item in values if basis_of(item) and same_basis(basis_of(item), wanted)] if wanted else []
    if exact:
        return exact[0]
    if any(basis_of(item) for item in values):
        actual = [item for item in values if basis_of(item) in ("actual", "")]
        return actual[0] if actual and not wanted else None
    return values[0] if values else None


def _judged(whole: Item, parts: Sequence[Item], entries: Sequence[Entry], *, near: bool) -> Finding | None:
    finding = relations.sum_of_parts(whole.figure, relations.positive([item.figure for item in parts]))
    if closes(whole, parts) or finding.verdict is not Verdict.CONTRADICTION:
        return finding
    comparable = all(whole.quantity.unit.is_comparable_with(item.quantity.unit) for item in parts)
    if not near or not comparable:
        return None
    depths = {tuple(mark in entry.text[:60] for mark in ("（类）", "（款）", "（项）")) for entry in entries}
    if exceeds(whole, parts) and len(depths) == 1:
        return finding
    return doubted(finding, _DOUBT)


@document_check(title="正文：分段各项的资金来源与合计")
def prose_paragraphs_add_up_by_source(document: StatedDocument) -> Iterator[Finding]:
    """What brackets name alike in a total and in its numbered paragraphs (中央资金、省级资金) adds up for each name.

    Only where the paragraphs make up the total; a paragraph without that name has none of it.
    """
    for index, passage in enumerate(document.passages):
        named = named_inside(outline_of(passage)) if passage.mentions else {}
        entries = entries_of(document.passages[index + 1 : index + 1 + _LONGEST]) if len(named) > 1 else []
        firsts = [next((item for item in entry.items if is_value(item)), None) for entry in entries]
        known = [item for item in firsts if item]
        total = next(iter(item for item in outline_of(passage).groups.get(0, ()) if is_value(item)), None)
        if total is None or len(known) < max(2, len(entries)) or not closes(total, known):
            continue
        for name, whole in named.items():
            parts = [entry.inside[name] for entry in entries if name in entry.inside]
            if len(parts) > 1:
                yield relations.sum_of_parts(whole.figure, relations.positive([item.figure for item in parts]))
