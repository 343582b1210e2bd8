"""Tables in a text file that keep one row on one line: parted by tabs, bars, aligned spaces, drawn boxes or commas."""

from collections.abc import Sequence

from rongji.documents.model import Block
from rongji.documents.readers.txt_lines import RawLine


def whole_table(lines: Sequence[RawLine]) -> list[Block]:
    """The table when the whole file is one (csv)."""
    return []


def grid_at(lines: Sequence[RawLine], index: int) -> tuple[list[Block], int] | None:
    """The table that begins at a line, with the line after it."""
    return None
