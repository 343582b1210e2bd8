"""Tables that a file flattened to rows of cells without spans: cut into blocks, each laid onto its own columns.

Where two ways to lay a block fit equally well it is marked as uncertain, and no check takes it at its word.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from rongji.audit.tables.blocks import LONG_TEXT, Block, counts_columns, speaks_as_heading
from rongji.audit.tables.fitting import grouped
from rongji.audit.tables.lattice import Slot, rectangle, slot_of
from rongji.audit.tables.laying import Laid, Line, lay
from rongji.audit.tables.numbers import is_number
from rongji.audit.tables.pairs import is_pair_row, is_score_name
from rongji.audit.tables.words import meaning_of, row_kind_of, units_of_line
from rongji.checks.stated.model import RowKind
from rongji.documents.model import Table

_HEADING_LENGTH = 20
_GROUP_LENGTH = 8
_NAME_LENGTH = 6


@dataclass
class _Segment:
    """Rows of one block before they are laid on columns."""

    kind: str
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    caption: str = ""
    unit_line: str = ""


def flat_blocks(table: Table) -> list[Block]:
    """The blocks of a table without spans, over one lattice in which each block has its own columns."""
    lines = [
        [slot_of(cell, r, c) for c, cell in enumerate(row.cells) if cell.place is not None or cell.paragraphs]
        for r, row in enumerate(table.rows)
    ]
    grid: list[dict[int, Slot]] = [{} for _ in lines]
    segments = _Cutter(lines).run()
    laid = [_laid(segment, lines, grid) for segment in segments]
    lattice = rectangle(grid)
    return [
        Block(lattice, item.kind, item.head, item.body, item.caption, item.unit_line, found.doubts, loose=found.loose)
        for item, found in zip(segments, laid, strict=True)
    ]


def _laid(segment: _Segment, lines: Sequence[Line], grid: list[dict[int, Slot]]) -> Laid:
    if segment.kind == "table":
        return lay(segment.head, segment.body, lines, grid)
    for r in segment.body:
        grid[r] = dict(enumerate(lines[r]))
    return Laid()


class _Cutter:
    """Goes down the rows once and cuts them into blocks."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.found: list[_Segment] = []
        self.caption = ""
        self.unit_line = ""

    @property
    def current(self) -> _Segment | None:
        """The block that is open."""
        return self.found[-1] if self.found else None

    def run(self) -> list[_Segment]:
        """Every block that has rows below its headings."""
        for r, line in enumerate(self.lines):
            if any(slot.words for slot in line):
                self._take(r, line)
        return [_with_unknown_head(segment, self.lines) for segment in self.found if segment.body]

    def _take(self, r: int, line: Line) -> None:
        printed = [slot for slot in line if slot.words]
        current = self.current
        is_table = current is not None and current.kind == "table"
        if current and is_table and not current.body and self._goes_on_heading(current, line):
            current.head.append(r)
        elif is_table and (counts_columns([slot.words for slot in printed]) or self._repeats(line)):
            return
        elif speaks_as_heading(printed):
            above = self._row_above_heading(r, line)
            self._open("table").head += [*above, r]
        elif not is_table and any(units_of_line(slot.words) for slot in printed):
            self.unit_line = next(slot.words for slot in printed if units_of_line(slot.words))
        elif len(printed) == 1 and not is_table:
            self._name(printed[0].words)
        elif _is_pair(line, is_table) or (not is_table and len(printed) == 2):
            same = current is not None and current.kind == "pairs"
            (current if same and current else self._open("pairs")).body.append(r)
        else:
            (current if is_table and current else self._open("table")).body.append(r)

    def _open(self, kind: str) -> _Segment:
        self.found.append(_Segment(kind, caption=self.caption, unit_line=self.unit_line))
        self.caption = ""
        return self.found[-1]

    def _row_above_heading(self, r: int, line: Line) -> list[int]:
        """The row right above, when it only names groups of the columns (收入 | 支出)."""
        current, above = self.current, self.lines[r - 1] if r else []
        if current is None or current.body[-1:] != [r - 1] or not 2 <= len(above) < len(line):
            return []
        short = all(0 < len(slot.words) <= _GROUP_LENGTH and not is_number(slot.text) for slot in above)
        if not short or len(current.body) > 1 or is_pair_row(above):
            return []
        current.body.pop()
        return [r - 1]

    def _repeats(self, line: Line) -> bool:
        """Whether a row of the open block's headings stands again (a page begins)."""
        words = [slot.words for slot in line]
        return any(words == [slot.words for slot in self.lines[r]] for r in self.found[-1].head)

    def _goes_on_heading(self, current: _Segment, line: Line) -> bool:
        if not current.head:
            return False
        above = self.lines[current.head[-1]]
        return _is_lower_heading(above, line) or _divides_headings(above, line) or self._names_columns(above, line)

    def _names_columns(self, above: Line, line: Line) -> bool:
        """Whether a row of short unknown names divides the headings above it, right over a row of numbers."""
        following = self.lines[line[0].row + 1] if line[0].row + 1 < len(self.lines) else []
        numbers = sum(1 for slot in following if is_number(slot.text))
        short = all(len(slot.words) <= _NAME_LENGTH and not is_number(slot.text) for slot in line)
        if not short or line[0].words or len(line) <= len(above) or numbers * 2 < len(line):
            return False
        return grouped([slot.words for slot in above], [slot.words for slot in line], lambda *_: 0.0) is not None

    def _name(self, words: str) -> None:
        if len(words) <= LONG_TEXT:
            self.caption = words


def _is_pair(line: Line, is_table: bool) -> bool:
    """Names with their values; a total within a table stands alone with its one value."""
    slots = _from_first_printed(line)
    return is_pair_row(slots) and not (is_table and is_score_name(slots[0].text) and len(line) > 2)


def _from_first_printed(line: Line) -> Line:
    first = next(number for number, slot in enumerate(line) if slot.words)
    return line[first:]


def _is_lower_heading(above: Line, line: Line) -> bool:
    """Whether a row goes on with the headings: its first place belongs to the row above, its names are short."""
    printed = [slot for slot in line if slot.words]
    if line[0].words or any(is_number(slot.text) and not meaning_of(slot.text) for slot in printed):
        return False
    if any(len(slot.words) > _HEADING_LENGTH for slot in printed):
        return False
    known = sum(1 for slot in printed if meaning_of(slot.text))
    has_group = any(row_kind_of(slot.text) is RowKind.PART for slot in above)
    return known * 2 > len(printed) or (has_group and len(line) >= len(above))


def _divides_headings(above: Line, line: Line) -> bool:
    """Whether a row of headings divides those of the row above it, which has fewer."""
    if len(line) <= len(above) or not speaks_as_heading([slot for slot in line if slot.words]):
        return False
    return grouped([slot.words for slot in above], [slot.words for slot in line], lambda *_: 0.0) is not None


def _with_unknown_head(segment: _Segment, lines: Sequence[Line]) -> _Segment:
    """A block without known headings: its rows before the first number are its headings."""
    if segment.kind != "table" or segment.head:
        return segment
    first = next((i for i, r in enumerate(segment.body) if any(is_number(slot.text) for slot in lines[r])), 0)
    short = all(len(slot.words) <= _HEADING_LENGTH for r in segment.body[:first] for slot in lines[r])
    if 0 < first <= 3 and short and len([slot for slot in lines[segment.body[0]] if slot.words]) > 1:
        return replace(segment, head=segment.body[:first], body=segment.body[first:])
    return segment
