"""A lattice cut into blocks: which rows are headings, which rows stand under them, which cells only name a block.

An official form is one table that holds several of them: pairs of name and value, a funds block, goals, indicators, a
total, opinions. Headings are told by their words and by what stands below them, never by position.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rongji.audit.tables.lattice import Lattice, Slot
from rongji.audit.tables.numbers import is_number, nil_of
from rongji.audit.tables.pairs import is_pair_row, is_score_name
from rongji.audit.tables.words import meaning_of, row_kind_of, units_of_line
from rongji.checks.stated.model import RowKind
from rongji.kernel.figure import Nil

LONG_TEXT = 40  # 字以上是一段话，不是标签
_HEADING_LENGTH = 24
_MOST_HEAD_ROWS = 4
_COUNT = re.compile(r"[（(]?(\d{1,2})[)）]?(?:[=＝].{1,24})?")
_COUNTING_NAMES = ("栏次", "行次", "项目", "甲", "乙", "丙")


class LineKind(StrEnum):
    """What a row of a lattice is."""

    BLANK = "blank"
    WIDE = "wide"  # one cell over the whole width
    PAIRS = "pairs"
    DATA = "data"


@dataclass
class Block:
    """Rows under one set of headings. head: rows of headings; body: rows below; side: cells that name the block.

    kind: `table`, `pairs` or `text`. caption: a line of the table itself that names the block. columns: places of the
    lattice that it has to itself, when another block stands beside it. loose: headings over several columns were left
    out, so that no column is known to be part of another.
    """

    lattice: Lattice
    kind: str
    head: list[int] = field(default_factory=list)
    body: list[int] = field(default_factory=list)
    caption: str = ""
    unit_line: str = ""
    doubts: tuple[str, ...] = ()
    columns: range | None = None
    loose: bool = False

    @property
    def rows(self) -> list[int]:
        """All rows, headings first."""
        return [*self.head, *self.body]


def blocks_of(lattice: Lattice, *, marked: int = 0) -> list[Block]:
    """Every block, top to bottom. marked: leading rows that the file itself marks as headings."""
    return _Splitter(lattice, marked).run()


class _Splitter:
    """Goes down the rows once and keeps what block they belong to."""

    def __init__(self, lattice: Lattice, marked: int) -> None:
        self.lattice = lattice
        self.marked = marked
        self.found: list[Block] = []
        self.open: Block | None = None
        self.caption = ""
        self.unit_line = ""

    def run(self) -> list[Block]:
        row = 0
        while row < self.lattice.height:
            row = self._take(row)
        return self.found

    def _take(self, row: int) -> int:
        kind = line_kind(self.lattice, row, is_open=self.open is not None)
        if kind is LineKind.BLANK:
            self._add_body(row)
            return row + 1
        if self._is_table_open and is_counting_row(self.lattice, row):
            return row + 1
        if not self._is_table_open and self._names_units(row):
            return row + 1
        head = head_rows(self.lattice, row, self._is_table_open, self.marked)
        if head:
            if not self._repeats(head):
                self._open("table", head)
            return row + len(head)
        if kind is LineKind.WIDE and not self._is_inside(row):
            self._wide(row)
        elif self._is_pair(row, kind):
            self._pair(row)
        else:
            if self.open is not None and self.open.kind == "pairs" and names_amounts(self.lattice, row):
                self._open("table", [])
            self._add_body(row)
        return row + 1

    def _repeats(self, head: list[int]) -> bool:
        """Whether the headings of the open block stand again (a page begins)."""
        if self.open is None or self.open.kind != "table":
            return False
        return [_words(self.lattice, r) for r in head] == [_words(self.lattice, r) for r in self.open.head]

    def _is_inside(self, row: int) -> bool:
        """Whether a line over the whole width is a heading or note within the open block, not the name of a new one."""
        if self.open is None or self.open.kind != "table":
            return False
        after = row + 1
        while after < self.lattice.height and line_kind(self.lattice, after) is LineKind.BLANK:
            after += 1
        return after < self.lattice.height and not head_rows(self.lattice, after, True, 0)

    def _names_units(self, row: int) -> bool:
        """Whether a line above the headings says the unit (编制单位：… 金额单位：万元)."""
        named = next((s.words for s in _printed(self.lattice, row) if units_of_line(s.words)), "")
        self.unit_line = named or self.unit_line
        return bool(named) and not any(is_number(slot.text) for slot in _printed(self.lattice, row))

    def _is_pair(self, row: int, kind: LineKind) -> bool:
        """Whether a row is names with their values, and no row of the open block."""
        printed = _printed(self.lattice, row)
        if self.open is None and len(printed) == 2:
            return True
        if kind is LineKind.PAIRS:
            return not (self._is_table_open and is_score_name(printed[0].text)) or self._is_wide(printed)
        return self._is_label_with_text(printed) and not self._fits_heading(printed)

    def _fits_heading(self, printed: Sequence[Slot]) -> bool:
        """Whether cells stand exactly under the headings of the open block."""
        if self.open is None or not self.open.head:
            return False
        heads = {(slot.column, slot.columns) for slot in self.lattice.line(self.open.head[-1])}
        return all((slot.column, slot.columns) in heads for slot in printed)

    @property
    def _is_table_open(self) -> bool:
        return self.open is not None and self.open.kind == "table"

    def _is_wide(self, printed: Sequence[Slot]) -> bool:
        """A name and one value that fills most of the width."""
        return len(printed) == 2 and printed[1].columns * 2 >= self.lattice.width > 2

    def _is_label_with_text(self, printed: Sequence[Slot]) -> bool:
        """A name with words that fill most of the width: 厉行节约保障措施 and what was done."""
        if not self._is_wide(printed) or is_number(printed[1].text) or row_kind_of(printed[0].text) is RowKind.TOTAL:
            return False
        return printed[0].rows == 1 and len(printed[0].words) <= _HEADING_LENGTH

    def _open(self, kind: str, head: list[int]) -> None:
        self.open = Block(self.lattice, kind, head=head, caption=self.caption, unit_line=self.unit_line)
        self.caption = ""
        self.found.append(self.open)

    def _wide(self, row: int) -> None:
        text = next(slot.words for slot in self.lattice.line(row) if slot.words)
        self.open = None
        if len(text) <= LONG_TEXT and row_kind_of(text) is not RowKind.NOTE:
            self.caption = text
        else:
            self._open("text", [])
            self._add_body(row)
            self.open = None

    def _pair(self, row: int) -> None:
        if self.open is None or self.open.kind != "pairs":
            self._open("pairs", [])
        self._add_body(row)

    def _add_body(self, row: int) -> None:
        if self.open is not None:
            self.open.body.append(row)
        elif _printed(self.lattice, row):
            self._open("table", [])
            self._add_body(row)


def line_kind(lattice: Lattice, row: int, *, is_open: bool = True) -> LineKind:
    """What a row is by itself; whether it is a heading is asked of `head_rows`."""
    printed = _printed(lattice, row)
    if not printed:
        return LineKind.BLANK
    if len(printed) == 1 and printed[0].columns >= lattice.width:
        return LineKind.WIDE
    if len(printed) == 1 and len(lattice.line(row)) == len(lattice.fresh(row)) and not is_open:
        return LineKind.WIDE
    if is_pair_row(_fresh_from_first_label(lattice, row)):
        return LineKind.PAIRS
    return LineKind.DATA


def head_rows(lattice: Lattice, row: int, is_open: bool, marked: int) -> list[int]:
    """The rows of headings that begin at a row, none when it is no heading."""
    if row < marked and not any(is_number(slot.text) for slot in _printed(lattice, row)):
        return list(range(row, marked))
    if speaks_as_heading(_printed(lattice, row)):
        return _with_lower_rows(lattice, row)
    return [] if is_open else _unknown_heading(lattice, row)


def names_amounts(lattice: Lattice, row: int) -> bool:
    """Whether a row begins amounts that have no headings: a tall cell beside names, each before its number."""
    printed = _printed(lattice, row)
    rest = printed[1:]
    if len(rest) < 2 or printed[0].rows < 2 or is_number(printed[0].text):
        return False
    return all(is_number(slot.text) == bool(place % 2) for place, slot in enumerate(rest)) and len(rest) % 2 == 0


def speaks_as_heading(printed: Sequence[Slot]) -> bool:
    """Whether a row is one of headings by its words: at least two known ones, at least half of what is printed."""
    if len(printed) < 2 or any(is_number(slot.text) and not meaning_of(slot.text) for slot in printed):
        return False
    meanings = [meaning_of(slot.text) for slot in printed]
    strong = sum(1 for item in meanings if item and item.strong)
    known = sum(1 for item in meanings if item)
    return strong >= 2 and known * 2 >= len(printed) and all(len(slot.words) <= LONG_TEXT for slot in printed)


def _with_lower_rows(lattice: Lattice, row: int) -> list[int]:
    head = [row]
    while len(head) < _MOST_HEAD_ROWS and head[-1] + 1 < lattice.height and _is_lower_heading(lattice, head):
        head.append(head[-1] + 1)
    if head[-1] + 1 < lattice.height and is_counting_row(lattice, head[-1] + 1):
        head.append(head[-1] + 1)
    return head


def _is_lower_heading(lattice: Lattice, head: list[int]) -> bool:
    """Whether the next row goes on with the headings: it is held by cells that reach down, or speaks as one."""
    row = head[-1] + 1
    printed = _printed(lattice, row)
    if not printed or any(is_number(slot.text) and not meaning_of(slot.text) for slot in printed):
        return False
    if any(len(slot.words) > LONG_TEXT for slot in printed):
        return False
    held = [slot for slot in lattice.line(row) if head[0] <= slot.row < row and _ends_in_words(lattice, slot, row)]
    under = [slot for slot in printed if _is_under_wide(lattice, slot, head)]
    if held and under and len(under) == len(printed):
        return True
    return speaks_as_heading(printed) and bool(under)


def _ends_in_words(lattice: Lattice, slot: Slot, row: int) -> bool:
    """Whether a cell that reaches down ends before the numbers begin (it is a heading, not the name of the block)."""
    if slot.last_row - slot.row >= _MOST_HEAD_ROWS:
        return False
    rows = range(row, slot.last_row + 1)
    return not any(is_number(item.text) and not meaning_of(item.text) for r in rows for item in _printed(lattice, r))


def _is_under_wide(lattice: Lattice, slot: Slot, head: list[int]) -> bool:
    above = lattice.rows[slot.row - 1][slot.column]
    return above.row >= head[0] and above.columns > slot.columns and bool(above.words)


def is_counting_row(lattice: Lattice, row: int) -> bool:
    """Whether a row only counts the columns (栏次 1 2 3 …)."""
    return counts_columns([slot.words for slot in _printed(lattice, row)])


def counts_columns(texts: Sequence[str]) -> bool:
    """Whether texts are 1, 2, 3 … with nothing but the name of such a row beside them."""
    numbers = [found[1] for text in texts if (found := _COUNT.fullmatch(text))]
    words = [text for text in texts if not _COUNT.fullmatch(text)]
    counted = len(numbers) > 1 and numbers == [str(n) for n in range(1, len(numbers) + 1)]
    return counted and all(word in _COUNTING_NAMES for word in words)


def _unknown_heading(lattice: Lattice, row: int) -> list[int]:
    """Headings whose words are not known: short words only, above a row with numbers, one cell over each column."""
    head: list[int] = []
    for current in range(row, min(row + _MOST_HEAD_ROWS, lattice.height)):
        printed = _printed(lattice, current)
        if any(is_number(slot.text) and not meaning_of(slot.text) for slot in printed):
            return head if head and _stands_over(lattice, head, current) else []
        if len(printed) < 2 and not head:
            return []
        if any(len(slot.words) > _HEADING_LENGTH for slot in printed) or is_pair_row(
            _fresh_from_first_label(lattice, current)
        ):
            return []
        head.append(current)
    return []


def _stands_over(lattice: Lattice, head: list[int], row: int) -> bool:
    """Whether every number of a row has a heading above it, and its first cell is no number."""
    numbers = [slot for slot in _printed(lattice, row) if is_number(slot.text)]
    over = all(any(lattice.rows[h][slot.column].words for h in head) for slot in numbers)
    texts_between = _texts_after_numbers(_printed(lattice, row))
    return over and (len(head) <= 2 or not texts_between)


def _texts_after_numbers(printed: Sequence[Slot]) -> bool:
    seen = False
    for slot in printed:
        if is_number(slot.text):
            seen = True
        elif seen and nil_of(slot.text) is Nil.WORD:
            return True
    return False


def _words(lattice: Lattice, row: int) -> list[str]:
    return [slot.words for slot in lattice.rows[row]]


def _printed(lattice: Lattice, row: int) -> list[Slot]:
    return [slot for slot in lattice.fresh(row) if slot.words]


def _fresh_from_first_label(lattice: Lattice, row: int) -> list[Slot]:
    fresh = list(lattice.fresh(row))
    while fresh and not fresh[0].words:
        fresh = fresh[1:]
    return fresh
