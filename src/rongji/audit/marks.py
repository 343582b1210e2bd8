"""Where a finding stands in its document: the printed figures it compares and the stretches it is about."""

from dataclasses import dataclass

from rongji.kernel.figure import Figure
from rongji.kernel.finding import Finding
from rongji.kernel.place import Place

_SHORT_SHEET = 8


@dataclass(frozen=True, slots=True)
class Mark:
    """One stretch of a document that a finding is about. label: what the number is of, empty for a phrase."""

    place: Place
    text: str
    label: str = ""


def marks_of(finding: Finding) -> tuple[Mark, ...]:
    """Every place of a finding once: its figures in the order of the arithmetic, then its spots."""
    found = [Mark(item.source.at, _printed(item), item.full_label) for item in finding.figures if item.source.at]
    found += [Mark(spot.place, spot.text) for spot in finding.spots]
    first = {(mark.place, mark.text): mark for mark in reversed(found)}
    return tuple(first[key] for key in dict.fromkeys((mark.place, mark.text) for mark in found))


def short_words_of(place: Place) -> str:
    """A place in a few characters, for a list beside the document."""
    if place.cell:
        sheet = place.sheet if len(place.sheet) <= _SHORT_SHEET else f"{place.sheet[:_SHORT_SHEET]}…"
        return f"{sheet} {place.cell}".strip()
    return f"第 {place.page} 页" if place.page else words_of(place)


def words_of(place: Place) -> str:
    """A place as one would say it to somebody who has the file open; the file itself is not named."""
    sheet = f"工作表“{place.sheet}”" if place.sheet else ""
    if place.cell:
        return f"{sheet}{place.cell}"
    page = f"第 {place.page} 页" if place.page else ""
    if place.line:
        return f"{page}第 {place.line} 行"
    if place.table:
        row = f"第 {place.row} 行" if place.row else ""
        column = f"第 {place.column} 列" if place.column else ""
        return f"{sheet}{page}表 {place.table} {row}{column}".rstrip()
    paragraph = f"第 {place.paragraph} 段" if place.paragraph else ""
    return f"{sheet}{page}{paragraph}"


def _printed(figure: Figure) -> str:
    return figure.printed or (str(figure.quantity) if figure.quantity else "")
