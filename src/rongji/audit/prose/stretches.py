"""Blocks into stretches of running text: joined words with the place of every run and the headings above."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rongji.documents.model import (
    Document,
    Heading,
    Paragraph,
    Run,
    SignatureBlock,
    Table,
    Title,
)
from rongji.kernel.place import Place

_LEVELS = (
    re.compile(r"^第[一二三四五六七八九十]{1,3}(部分|章)"),
    re.compile(r"^[一二三四五六七八九十]{1,3}[、.．]"),
    re.compile(r"^[（(][一二三四五六七八九十]{1,3}[)）]"),
    re.compile(r"^\d{1,2}[、.．](?!\d)"),
    re.compile(r"^[（(]\d{1,2}[)）]"),
)
_STOPS = frozenset("。；，！？")
_UNFINISHED = "；，、;,"
_LONGEST_HEADING = 45
_SHORTEST_PROSE = 25


@dataclass(frozen=True, slots=True)
class Stretch:
    """One paragraph, joined. places: where each of its runs begins, and where that run stands in the file."""

    text: str
    places: tuple[tuple[int, Place], ...]
    heading: tuple[str, ...] = ()
    is_heading: bool = False


def stretches_of(document: Document) -> Iterator[Stretch]:
    """Titles, headings, paragraphs, signature lines and cells of prose, in reading order.

    A paragraph that ends with ； or ， goes on in the next one, unless that is numbered or a heading.
    """
    held: Stretch | None = None
    for stretch in _pieces(document):
        if held and _goes_on(held, stretch):
            held = _together(held, stretch)
            continue
        if held:
            yield held
        held = stretch
    if held:
        yield held


def _goes_on(before: Stretch, after: Stretch) -> bool:
    ends = before.text.rstrip()[-1:]
    plain = not before.is_heading and not after.is_heading and before.heading == after.heading
    return plain and ends in _UNFINISHED and ends != "" and not _is_numbered(after.text)


def _is_numbered(text: str) -> bool:
    line = text.strip()
    return not line or any(pattern.match(line) for pattern in _LEVELS) or line[0] in "①②③④⑤⑥⑦⑧⑨⑩-—*●■"


def _together(before: Stretch, after: Stretch) -> Stretch:
    begins = len(before.text)
    places = (*before.places, *((begins + offset, place) for offset, place in after.places))
    return Stretch(before.text + after.text, places, before.heading)


def _pieces(document: Document) -> Iterator[Stretch]:
    above: list[tuple[int, str]] = []
    for block in document.blocks:
        path = tuple(text for _, text in above)
        match block:
            case Title():
                text = "".join(block.lines)
                yield Stretch(text, ((0, block.place or Place()),), (), is_heading=True)
            case Heading() | Paragraph():
                stretch = _joined(block.runs, block.place, path)
                level = block.level if isinstance(block, Heading) else heading_level(stretch.text)
                if level is not None:
                    above = [item for item in above if item[0] < level]
                    stretch = Stretch(stretch.text, stretch.places, tuple(t for _, t in above), is_heading=True)
                    above.append((level, stretch.text.strip()))
                yield stretch
            case SignatureBlock():
                yield from (_joined(line, block.place, path) for line in block.lines)
            case Table():
                yield from _cells(block, path)
            case _:
                pass


def heading_level(text: str) -> int | None:
    """The level of a short line that is numbered as a heading and holds no sentence, None for running text."""
    line = text.strip()
    if not line or len(line) > _LONGEST_HEADING or line[-1] in "：:" or any(mark in _STOPS for mark in line):
        return None
    return next((level for level, pattern in enumerate(_LEVELS) if pattern.match(line)), None)


def _cells(table: Table, path: tuple[str, ...]) -> Iterator[Stretch]:
    above = (*path, table.caption) if table.caption else path
    for row in table.rows:
        for cell in row.cells:
            if is_prose(cell.text):
                yield from (_joined(item.runs, item.place or cell.place, above) for item in cell.paragraphs)


def is_prose(text: str) -> bool:
    """Whether the words of a cell are sentences rather than a label or a value."""
    return len(text) >= _SHORTEST_PROSE and ("。" in text or "；" in text or text.count("，") > 1)


def _joined(runs: Sequence[Run], place: Place | None, path: tuple[str, ...]) -> Stretch:
    return Stretch("".join(run.text for run in runs), tuple(_places(runs, place)), path)


def _places(runs: Iterable[Run], place: Place | None) -> Iterator[tuple[int, Place]]:
    """Where each run begins; runs that have no place of their own count on within that of the paragraph."""
    offset, last = 0, None
    for run in runs:
        found = run.place or place or Place()
        if last is None or found != last:
            yield offset, found
            last = found
        offset += len(run.text)
