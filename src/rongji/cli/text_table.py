"""Plain text tables for the terminal, aligned for Chinese: a Chinese character takes two columns."""

import re
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

_GAP = "  "
_WIDE = "WF"
# a run of Latin letters and figures stays together; a Chinese character stands alone
_PIECES = re.compile(r"[\x21-\x7e]+|.", re.DOTALL)
_NEVER_FIRST = "，。、；：！？）〕》”%"
_NEVER_LAST = "（〔《“"


def width(text: str) -> int:
    """Columns that a text takes on a terminal."""
    return sum(2 if east_asian_width(char) in _WIDE else 1 for char in text)


def pad(text: str, columns: int) -> str:
    """The text filled up with spaces to that many columns."""
    return text + " " * (columns - width(text))


def fold(text: str, columns: int) -> list[str]:
    """The text in lines of about that many columns: words whole, closing marks kept with what they close."""
    lines, line = [], ""
    for piece in _PIECES.findall(text):
        if line and width(line + piece) > columns and piece[0] not in _NEVER_FIRST:
            kept = line.rstrip(_NEVER_LAST)
            lines.append(kept.rstrip())
            line = line[len(kept) :] + piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def text_table(headings: Sequence[str], rows: Iterable[Sequence[str]], *, last: int = 64) -> str:
    """Headings, a rule and the rows; empty columns are left out, the last one is folded at `last` columns."""
    every = [list(row) for row in rows]
    used = [number for number in range(len(headings) - 1) if any(row[number] for row in every)]
    ends = [fold(row[-1], last) for row in every]
    widths = [max(width(cells[number]) for cells in (list(headings), *every)) for number in used]
    widest = max([width(headings[-1]), *(width(line) for end in ends for line in end)])
    rule = "─" * (sum(widths) + len(_GAP) * len(widths) + widest)
    lines = [_line([headings[number] for number in used], headings[-1], widths), rule]
    for row, end in zip(every, ends, strict=True):
        lines.append(_line([row[number] for number in used], end[0], widths))
        lines += [_line([""] * len(used), more, widths) for more in end[1:]]
    return "\n".join(lines)


def pairs(items: Iterable[tuple[str, str]], *, last: int = 88) -> str:
    """Names and contents in two columns."""
    every = list(items)
    columns = max((width(name) for name, _ in every), default=0)
    lines = []
    for name, content in every:
        first, *more = fold(content, last)
        lines.append(f"{pad(name, columns)}{_GAP}{first}".rstrip())
        lines += [f"{' ' * columns}{_GAP}{line}" for line in more]
    return "\n".join(lines)


def _line(cells: list[str], end: str, widths: list[int]) -> str:
    filled = [pad(cell, columns) for cell, columns in zip(cells, widths, strict=True)]
    return _GAP.join([*filled, end]).rstrip()
