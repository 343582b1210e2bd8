"""A table of the block model as a sheet of texts, its header found and told from title, numbering and body."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rongji.audit.tables.final_accounts.unspanned import laid
from rongji.audit.tables.final_accounts.words import plain, words
from rongji.documents.grid import CrookedTable, Placed, grid
from rongji.documents.model import Cell, Table

_CODE = re.compile(r"\d{3}(?:\d\d){0,2}")
_LEADING_CODE = re.compile(r"(\d{3}(?:\d\d){0,2})(?=\D|$)")
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")
_SMALL = re.compile(r"\d{1,2}")
_LONGEST_HEADER = 8
_NOTES = ("注", "说明", "备注")


@dataclass
class Sheet:
    """Every slot of a table with the cell that covers it."""

    slots: tuple[tuple[Placed, ...], ...]
    texts: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = [[plain(placed.cell.text) for placed in line] for line in self.slots]

    @property
    def height(self) -> int:
        """How many rows."""
        return len(self.slots)

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.slots[0]) if self.slots else 0

    def cell(self, row: int, column: int) -> Cell:
        """The cell over a slot."""
        return self.slots[row][column].cell

    def begins(self, row: int, column: int) -> bool:
        """Whether the cell over a slot has its upper left corner there."""
        placed = self.slots[row][column]
        return (placed.row, placed.column) == (row, column)

    @cached_property
    def header_start(self) -> int:
        """The first row of the header: below title, mark and unit line."""
        known = words().header
        for row, texts in enumerate(self.texts[:_LONGEST_HEADER]):
            if sum(1 for column, text in enumerate(texts) if text in known and self.begins(row, column)) > 1:
                return row
            if any(text in known and text not in words().total_rows for text in texts) and not self._is_lead(row):
                return row
        return 0

    def _is_lead(self, row: int) -> bool:
        """A row that is one or two cells over the whole width says something about the table."""
        return sum(1 for column in range(self.width) if self.begins(row, column)) <= min(2, self.width - 1)

    def lead(self) -> list[str]:
        """The texts above the header, as printed."""
        found = []
        for row in range(self.header_start):
            found += [self.cell(row, column).text for column in range(self.width) if self.begins(row, column)]
        return [text for text in found if text.strip()]

    def is_steps(self, row: int) -> bool:
        """Whether a row only numbers the columns (栏次, 1 2 3)."""
        texts = [text for column, text in enumerate(self.texts[row]) if text and self.begins(row, column)]
        if not texts:
            return False
        rest = [text for text in texts if text not in words().steps]
        numbers = [int(text) for text in rest if _SMALL.fullmatch(text)]
        counted = len(numbers) == len(rest) > 0 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
        return (counted and (len(numbers) > 2 or len(rest) < len(texts))) or (not rest)

    def path(self, column: int, start: int, end: int) -> tuple[str, ...]:
        """The header texts over a column from top to bottom, each cell once, numbering left out."""
        found: list[str] = []
        last: Placed | None = None
        for row in range(start, end):
            placed = self.slots[row][column]
            text = self.texts[row][column]
            if placed is not last and text and not self.is_steps(row) and (not found or found[-1] != text):
                found.append(text)
            last = placed
        return tuple(found)

    def repeats(self, row: int, start: int, end: int) -> bool:
        """Whether a row of the body is a row of the header again, as after a page break."""
        return any(self.texts[row] == self.texts[head] for head in range(start, end)) or self.is_steps(row)

    def is_body(self, row: int, start: int, end: int) -> bool:
        """Whether a row behind the header is neither the header again nor a note (注：本表反映…)."""
        first = next((text for text in self.texts[row] if text), "")
        return not self.repeats(row, start, end) and not first.startswith(_NOTES)

    def has_number(self, row: int, columns: Sequence[int]) -> bool:
        """Whether a number and nothing else stands in one of these places (no page mark — 3 —)."""
        return any(_NUMBER.fullmatch(self.texts[row][column]) for column in columns)

    def totals(self) -> dict[str, tuple[str, ...]]:
        """The total rows (合计, 总计, 人员经费合计 in one of the two leftmost cells), by their label."""
        known = words().total_rows | words().economic_totals.keys() | words().all_rows
        first = self.header_start + 1
        return {text: tuple(texts) for texts in self.texts[first:] for text in texts[:2] if text in known}

    def codes(self) -> set[str]:
        """The classification codes in the leftmost column."""
        return {texts[0] for texts in self.texts if _CODE.fullmatch(texts[0])}

    def repeated_head(self, first: "Sheet") -> int:
        """How many of the leading rows are rows of another sheet's head again."""
        head = first.texts[:_LONGEST_HEADER]
        count = 0
        while count < self.height and self.texts[count] in head and any(self.texts[count]):
            count += 1
        return count

    def continued(self, pages: "Sequence[Sheet]") -> "Sheet":
        """This sheet with the bodies of its further pages below; totals that come again on every page come once."""
        rows = list(self.slots)
        printed = set(self.totals().values())
        for page in pages:
            for number in range(page.repeated_head(self), page.height):
                if tuple(page.texts[number]) not in printed:
                    shift = len(rows) - number
                    rows.append(tuple(replace(placed, row=placed.row + shift) for placed in page.slots[number]))
            printed |= set(page.totals().values())
        return Sheet(tuple(rows)) if pages else self


def sheet_of(table: Table) -> Sheet | None:
    """The sheet of a table, None when its spans do not fit or cannot be found again."""
    known = table if table.spans_known else laid(table)
    if known is None:
        return None
    try:
        return Sheet(grid(known).slots)
    except CrookedTable:
        return None


def joined_code(texts: Sequence[str]) -> str:
    """The classification code in the code columns of a row: one cell, or 类 款 项 in three; empty when none."""
    found = [text for text in texts if text]
    if not found:
        return ""
    if _CODE.fullmatch(found[-1]) and all(found[-1].startswith(text) for text in found[:-1]):
        return found[-1]
    whole = "".join(found)
    return whole if _CODE.fullmatch(whole) else ""


def leading_code(text: str) -> tuple[str, str]:
    """Code and name out of one cell (2080801死亡抚恤)."""
    found = _LEADING_CODE.match(text)
    return (found[1], text[found.end() :].lstrip("-—_ ")) if found else ("", text)


def looks_like_code(text: str) -> bool:
    """Whether a text is a classification code."""
    return bool(_CODE.fullmatch(text))
