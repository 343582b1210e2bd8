"""The places of findings put into the text they stand in: which characters, for which findings, how grave."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from rongji.audit.marks import Mark, marks_of
from rongji.audit.report import ORDER, Claim
from rongji.kernel.finding import Verdict
from rongji.kernel.place import Place

Address = tuple[object, ...]
_SPACE = re.compile(r"\s+")


def address_of(place: Place | None) -> Address | None:
    """The piece of the document that a place names, whichever part of it; None when it names none."""
    if place is None:
        return None
    if place.sheet or place.cell:
        return (place.sheet, place.cell)
    if place.line is not None:
        return (place.page, place.line)
    if place.box and place.table is None:
        return (place.page, place.box)
    found = (place.page, place.paragraph, place.table, place.row, place.column)
    return found if any(part is not None for part in found) else None


@dataclass(slots=True)
class Stretch:
    """One marked stretch. id: its anchor in the page; shown: whether the document view has it; claims: in order."""

    id: str
    mark: Mark
    claims: list[str] = field(default_factory=list)
    verdicts: set[Verdict] = field(default_factory=set)
    anchor: str = ""

    @property
    def verdict(self) -> Verdict:
        """The gravest of its findings."""
        return next(verdict for verdict in ORDER if verdict in self.verdicts)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that carry the same marks. anchor: id to be given to the first piece of a mark."""

    text: str
    stretches: tuple[Stretch, ...] = ()
    anchor: str = ""


class Marking:
    """Every stretch of one document that some finding is about."""

    def __init__(self, claims: Iterable[Claim], prefix: str) -> None:
        self.prefix = prefix
        self.of_claim: dict[str, list[Stretch]] = {}
        self._by_address: dict[Address, list[Stretch]] = {}
        known: dict[tuple[Address | None, object, object, str], Stretch] = {}
        for claim in claims:
            self.of_claim[claim.id] = [self._known(mark, claim, known) for mark in marks_of(claim.finding)]

    def _known(
        self, mark: Mark, claim: Claim, known: dict[tuple[Address | None, object, object, str], Stretch]
    ) -> Stretch:
        address = address_of(mark.place)
        key = (address, mark.place.span, mark.place.box, mark.text)
        stretch = known.get(key)
        if stretch is None:
            stretch = known[key] = Stretch(f"{self.prefix}-m{len(known) + 1}", mark)
            if address is not None:
                self._by_address.setdefault(address, []).append(stretch)
        if claim.id not in stretch.claims:
            stretch.claims.append(claim.id)
        stretch.verdicts.add(claim.finding.verdict)
        return stretch

    def at(self, address: Address | None) -> Sequence[Stretch]:
        """The stretches in one piece of the document."""
        return self._by_address.get(address, ()) if address is not None else ()

    def everywhere(self) -> Iterator[Stretch]:
        """Every stretch."""
        for found in self._by_address.values():
            yield from found


def cut(texts: Sequence[str], stretches: Sequence[Stretch], shift: int = 0) -> list[list[Piece]]:
    """Runs of one piece of the document, each cut where a mark begins or ends. shift: where in the piece they begin."""
    if not stretches:
        return [[Piece(text)] for text in texts]
    covers = _covers("".join(texts), stretches, shift)
    edges = [start for start, _ in covers]
    pieces, begins = [], 0
    for text in texts:
        ends = begins + len(text)
        first, last = bisect_right(edges, begins) - 1, bisect_left(edges, ends)
        points = [begins, *edges[first + 1 : last], ends]
        spans = zip(points, points[1:], covers[first:last], strict=False)
        pieces.append([_piece(text[a - begins : b - begins], here) for a, b, (_, here) in spans])
        begins = ends
    return pieces


def _covers(text: str, stretches: Sequence[Stretch], shift: int) -> list[tuple[int, tuple[Stretch, ...]]]:
    """From which character on which marks lie over the text."""
    opening: dict[int, list[Stretch]] = {0: []}
    closing: dict[int, list[Stretch]] = {}
    for stretch in stretches:
        start, end = span_in(text, stretch.mark, shift)
        if start >= end:
            continue
        opening.setdefault(start, []).append(stretch)
        closing.setdefault(end, []).append(stretch)
    active: dict[str, Stretch] = {}
    covers = []
    for edge in sorted({*opening, *closing}):
        for stretch in closing.get(edge, ()):
            active.pop(stretch.id, None)
        active |= {stretch.id: stretch for stretch in opening.get(edge, ())}
        covers.append((edge, tuple(active.values())))
    return covers


def span_in(text: str, mark: Mark, shift: int = 0) -> tuple[int, int]:
    """First character and the one after the last: as the place says if the print is there, else where it is found."""
    span = mark.place.span and (mark.place.span[0] - shift, mark.place.span[1] - shift)
    if span and 0 <= span[0] < span[1] <= len(text) and _same(text[span[0] : span[1]], mark.text):
        return span
    start = text.find(mark.text) if mark.text else -1
    if start >= 0:
        return start, start + len(mark.text)
    if span and 0 <= span[0] < min(span[1], len(text)):
        return span[0], min(span[1], len(text))
    return (0, 0) if span and span[0] >= len(text) else (0, len(text))


def _same(found: str, printed: str) -> bool:
    found, printed = (_SPACE.sub("", text) for text in (found, printed))
    return bool(found) and (found in printed or printed in found)


def _piece(text: str, here: tuple[Stretch, ...]) -> Piece:
    """Characters with their marks; the first piece of a mark carries its anchor."""
    anchor = ""
    for stretch in here:
        if not stretch.anchor and text:
            anchor = anchor or stretch.id
            stretch.anchor = anchor
    return Piece(text, here, anchor)
