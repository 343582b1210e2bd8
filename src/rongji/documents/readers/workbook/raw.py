"""A workbook as it was read: sheets, rows and cells with their addresses, before anything is understood."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class CellKind(StrEnum):
    """What stands in a cell. PERCENT: a number whose cell format shows it with % (86% is kept as 86)."""

    BLANK = "blank"
    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class RawCell:
    """One cell: where, what kind, and its content as exact text (numbers in plain digits, dates as 2021-05-01).

    format_known: whether the file told how a number is shown; without that, 0.86 may be 86%.
    places: decimals that the cell's number format shows at least; None when the format fixes none.
    shown: the content as it is printed (rounded, with thousands separators, as a percentage), where that is known.
    trouble: why the content cannot be trusted (too many digits), empty when it can.
    """

    address: str
    kind: CellKind = CellKind.BLANK
    text: str = ""
    format_known: bool = True
    places: int | None = None
    trouble: str = ""
    shown: str = ""

    @property
    def printed(self) -> str:
        """What people see in the cell."""
        return self.shown or self.text

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return self.kind is CellKind.BLANK


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row: its number as people count, and its cells from the first column on."""

    number: int
    cells: tuple[RawCell, ...]

    @property
    def is_blank(self) -> bool:
        """Whether the whole row is empty."""
        return all(cell.is_blank for cell in self.cells)

    def cell(self, index: int) -> RawCell | None:
        """The cell in that column (from 0), None beyond the end of the row."""
        return self.cells[index] if index < len(self.cells) else None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, rows and columns counted from 0, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @property
    def address(self) -> str:
        """The area as Excel writes it."""
        first = f"{column_letters(self.first_column)}{self.first_row + 1}"
        return f"{first}:{column_letters(self.last_column)}{self.last_row + 1}"

    def holds(self, row: int, column: int) -> bool:
        """Whether a cell lies in the area."""
        return self.first_row <= row <= self.last_row and self.first_column <= column <= self.last_column


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet under the title it carries in the file.

    is_hidden: nobody sees the sheet. hidden_rows: by number as people count; hidden_columns: from 0.
    """

    title: str
    rows: tuple[RawRow, ...]
    merges: tuple[Merge, ...] = ()
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class RawBook:
    """A file as read. is_spreadsheet: every sheet of the layout is meant to be there (a YAML year leaves out many)."""

    file: str
    sheets: tuple[RawSheet, ...] = field(default_factory=tuple)
    is_spreadsheet: bool = True

    def __iter__(self) -> Iterator[RawSheet]:
        return iter(self.sheets)


def column_letters(index: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    letters = ""
    number = index + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for A, 26 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
