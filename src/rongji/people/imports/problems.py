"""What is wrong with a roster, cell by cell, and what to do about it; counted beyond what anybody would read."""

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum

from rongji.accounts.secrets import mask_numbers_in
from rongji.documents.readers.workbook.raw import column_letters

MOST_KEPT = 20_000  # problems kept one by one; beyond that they are only counted


class Level(StrEnum):
    """error: nothing is imported until it is put right; warning: taken as told, but look at it."""

    ERROR = "error"
    WARNING = "warning"


LEVEL_LABELS = {Level.ERROR: "必须改正", Level.WARNING: "请核对"}


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One bad cell: sheet, row (from 1) and column (from 0, -1: the whole row), what stands there, what to do.

    row 0: the sheet or the file as a whole. found: the content, long numbers masked.
    """

    sheet: str
    row: int
    column: int
    found: str
    what: str
    remedy: str
    level: Level = Level.ERROR

    @property
    def is_error(self) -> bool:
        """Whether it stops the import."""
        return self.level is Level.ERROR

    @property
    def address(self) -> str:
        """The cell as Excel names it; 第3行 for a whole row, 整表 for a whole sheet."""
        if not self.row:
            return "整表"
        return f"{column_letters(self.column)}{self.row}" if self.column >= 0 else f"第{self.row}行"

    def __str__(self) -> str:
        where = f"工作表“{self.sheet}”{self.address}" if self.sheet else self.address
        return f"{where}：{self.what}。{self.remedy}。"


class CellTrouble(Exception):
    """Raised while one cell is read; the reader of the row turns it into a CellProblem and goes on."""

    def __init__(self, what: str, remedy: str, level: Level = Level.ERROR) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy
        self.level = level


@dataclass(slots=True)
class ProblemList:
    """Everything found so far; `kept` holds the first of them, the counts all."""

    kept: list[CellProblem] = field(default_factory=list)
    counts: Counter[Level] = field(default_factory=Counter)

    def add(self, problem: CellProblem) -> None:
        """Note one problem; a number of a person that stands in the wrong column is not repeated in full."""
        self.counts[problem.level] += 1
        if len(self.kept) < MOST_KEPT:
            found, what = mask_numbers_in(problem.found), mask_numbers_in(problem.what)
            self.kept.append(replace(problem, found=found, what=what))

    @property
    def errors(self) -> int:
        """How many stop the import."""
        return self.counts[Level.ERROR]

    @property
    def warnings(self) -> int:
        """How many are to be looked at."""
        return self.counts[Level.WARNING]

    @property
    def dropped(self) -> int:
        """How many were only counted."""
        return self.counts.total() - len(self.kept)
