"""Lines of a cell into its paragraphs: a narrow cell breaks words and numbers, a list in a cell begins lines anew."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from rongji.documents.model import Cell, Paragraph, Text
from rongji.documents.readers import signs
from rongji.documents.readers.flow import Line, indent_of, joined_runs
from rongji.kernel.place import Place

_INDENT = 2.0  # half characters
_SHORT = 16  # characters of a line in a narrow cell


def cell_of(lines: Sequence[Line], place: Place | None = None) -> Cell:
    """A cell holding these printed lines, wrapped ones joined; an empty line only tells where the cell stands."""
    printed = [line for line in lines if line.text]
    where = place or (printed[0].place if printed else lines[0].place if lines else None)
    groups = _groups(printed)
    return Cell(
        tuple(Paragraph(joined_runs(group), indent=is_indented(group[0]), place=group[0].place) for group in groups),
        place=where,
    )


def cell_at(parts: Sequence[str], place: Place, **options: Any) -> Cell:
    """A cell of a format that names cells; spans of its runs count within its text. Options as in `Cell`."""
    if len(parts) == 1:  # nearly every cell
        text = parts[0].strip()
        indent = len(text) < len(parts[0]) and is_indented(Line(text, place, indent_of(parts[0])))
        whole = (Paragraph((Text(text, place=place),), indent=indent, place=place),) if text else ()
        return Cell(whole, place=place, **options)
    lines = [Line(part.strip(), place, left=indent_of(part)) for part in parts if part.strip()]
    made: list[Paragraph] = []
    start = 0
    for group in _groups(lines):
        runs = []
        for run in joined_runs(group):
            end = start + len(run.text)
            runs.append(replace(run, place=replace(place, span=(start, end)) if len(lines) > 1 else place))
            start = end
        made.append(Paragraph(tuple(runs), indent=is_indented(group[0]), place=runs[0].place))
        start += 1  # the line break between paragraphs
    return Cell(tuple(made), place=place, **options)


def is_indented(line: Line) -> bool:
    """Whether white space of a character or more stands before the words: the sign of a lower level among labels."""
    return line.left >= _INDENT and not signs.is_number(line.text)


def _groups(lines: Sequence[Line]) -> list[list[Line]]:
    if not lines:
        return []
    groups = [[lines[0]]]
    for before, line in pairwise(lines):
        if _continues(before.text, line.text):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(before: str, after: str) -> bool:
    """Whether a line of a cell carries on the line before."""
    if signs.begins_item(after) or signs.ends_sentence(before):
        return False
    if _is_numeric_end(before) and _is_numeric_start(after):
        return before[-1] in ".．,，" or after[0] in ".．,，"
    return len(before) <= _SHORT or before[-1] in "，、（(" or after[0] in "，。、；：）)"


def _is_numeric_end(text: str) -> bool:
    return text[-1].isdigit() or text[-1] in ".．,，%％"


def _is_numeric_start(text: str) -> bool:
    return text[0].isdigit() or text[0] in ".．,，"
