"""Tables with the lines before them: what stands over tables side by side goes to each of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from rongji.documents.readers.pdf_pages import TextLine
from rongji.documents.readers.pdf_prose import name_over
from rongji.documents.readers.pdf_tables import ReadTable

OPENING = 3  # lines at the head of a file that name the whole of it, even right over a table

Group = tuple[list[TextLine], ReadTable]


def grouped(items: Sequence[TextLine | ReadTable]) -> tuple[list[Group], list[TextLine]]:
    """Every table with the lines before it, and the lines after the last."""
    groups: list[Group] = []
    lines: list[TextLine] = []
    for item in items:
        if isinstance(item, TextLine):
            lines.append(item)
            continue
        if groups and not lines and _are_beside(groups[-1][1], item):
            lines = _taken_over(groups[-1], item)
        groups.append((lines, item))
        lines = []
    return groups, lines


def _are_beside(left: ReadTable, right: ReadTable) -> bool:
    is_apart = right.box[0] >= left.box[2]
    return left.page == right.page and is_apart and left.box[1] < right.box[3] and right.box[1] < left.box[3]


def _taken_over(group: Group, right: ReadTable) -> list[TextLine]:
    """The lines of a table that stand over the one at its right, taken away from it."""
    lines, left = group
    moved = []
    for line in list(lines):
        middle = (line.box[0] + line.box[2]) / 2
        if line.is_beside and line.page == right.page and right.box[0] <= middle <= right.box[2]:
            lines.remove(line)
            moved.append(replace(line, is_beside=False))
    alone = {line.base for line in moved}
    lines[:] = [
        replace(line, is_beside=False) if _is_over(line, left) and line.base in alone else line for line in lines
    ]
    return moved


def _is_over(line: TextLine, table: ReadTable) -> bool:
    return line.page == table.page and table.box[0] <= line.box[0] and line.box[2] <= table.box[2]


def names(groups: Sequence[Group], left_out: Mapping[int, Sequence[TextLine]]) -> list[TextLine | None]:
    """The line that names each table.

    What stands at the head of a file and over the first table names the table when the other tables have names, too;
    else it names the whole.
    """
    found = [name_over(table, lines) or name_over(table, left_out[table.page]) for lines, table in groups]
    is_head = bool(found) and any(line is found[0] for line in groups[0][0][:OPENING])
    return [None, *found[1:]] if is_head and not any(found[1:]) else found
