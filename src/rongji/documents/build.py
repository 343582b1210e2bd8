"""Short ways to write blocks down: plain strings stand for plain text."""

from collections.abc import Sequence
from typing import Any

from rongji.documents.model import Cell, Heading, Paragraph, Row, Run, Table, Text


def runs(*parts: str | Run) -> tuple[Run, ...]:
    """Strings and runs as runs; empty strings fall away."""
    made = (Text(part) if isinstance(part, str) else part for part in parts)
    return tuple(run for run in made if run.text)


def heading(level: int, *parts: str | Run) -> Heading:
    """A heading of strings and runs."""
    return Heading(level, runs(*parts))


def paragraph(*parts: str | Run, **options: Any) -> Paragraph:
    """A paragraph of strings and runs; options as in `Paragraph`."""
    return Paragraph(runs(*parts), **options)


def cell(*parts: str | Run, **options: Any) -> Cell:
    """A cell of one paragraph; a part that is a line break `\\n` begins a new paragraph. Options as in `Cell`."""
    lines: list[list[Run]] = [[]]
    for run in runs(*parts):
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    return Cell(tuple(Paragraph(tuple(line), indent=False) for line in lines if line), **options)


def label(text: str, **options: Any) -> Cell:
    """A heading or label cell."""
    return cell(text, header=True, **options)


def row(*cells: str | Cell, min_height_mm: int = 0) -> Row:
    """A row; a string stands for a plain cell."""
    return Row(tuple(cell(item) if isinstance(item, str) else item for item in cells), min_height_mm)


def table(columns: Sequence[int], *rows: Row, **options: Any) -> Table:
    """A table of rows; options as in `Table`."""
    return Table(tuple(columns), rows, **options)
