"""The words of a Word paragraph: what is printed of its runs, and what is left out (deletions, hidden text, codes)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rongji.documents.readers.archive import attribute, child, local

_SPACES = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}
_NO_WORDS = frozenset(
    "pPr rPr instrText delText del moveFrom rt fldData footnoteRef endnoteRef annotationRef sym Fallback pict object "
    "drawing sdtPr sdtEndPr smartTagPr rubyPr oMathParaPr proofErr bookmarkStart bookmarkEnd".split()
)


@dataclass(slots=True)
class Seen:
    """What was met on the way and is worth a note or a block of its own."""

    deletions: int = 0
    insertions: int = 0
    hidden: int = 0
    boxes: list[Any] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def words(paragraph: Any, seen: Seen) -> str:
    """The printed words of a paragraph; text boxes are put aside, footnotes are numbered at their place."""
    return "".join(_pieces(paragraph, seen))


def _pieces(element: Any, seen: Seen) -> Iterator[str]:
    for item in element:
        name = local(item)
        if name == "t":
            yield item.text or ""
        elif name in _SPACES:
            yield "" if attribute(item, "type") in ("page", "column") else _SPACES[name]
        elif name == "r":
            yield from _run(item, seen)
        elif name in ("footnoteReference", "endnoteReference"):
            seen.notes.append(f"{name[0]}{attribute(item, 'id')}")
        elif name in ("del", "moveFrom"):
            seen.deletions += 1
        elif name == "AlternateContent":
            yield from _alternative(item, seen)
        elif name in ("drawing", "pict", "object"):
            seen.boxes += _boxes(item)
        elif name not in _NO_WORDS:
            seen.insertions += name in ("ins", "moveTo")
            yield from _pieces(item, seen)


def _run(item: Any, seen: Seen) -> Iterator[str]:
    hidden = child(item, "rPr", "vanish")
    if hidden is not None and attribute(hidden, "val") not in ("0", "false"):
        seen.hidden += 1
        return
    yield from _pieces(item, seen)


def _alternative(item: Any, seen: Seen) -> Iterator[str]:
    """The newer form of a drawing; the older one repeats its text."""
    choice = child(item, "Choice")
    chosen = choice if choice is not None else child(item, "Fallback")
    if chosen is not None:
        yield from _pieces(chosen, seen)


def _boxes(item: Any) -> list[Any]:
    """The outermost text boxes of a drawing."""
    found: list[Any] = []
    todo = [item]
    while todo:
        element = todo.pop()
        if local(element) == "txbxContent":
            found.append(element)
        elif local(element) != "Fallback":
            todo.extend(reversed(element))
    return found
