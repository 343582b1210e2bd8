"""What is wrong with a workbook, cell by cell, and what to write instead."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from rongji.documents.readers.workbook.raw import RawCell


class Level(StrEnum):
    """error: nothing is imported until it is put right; warning: taken as written, but look at it."""

    ERROR = "error"
    WARNING = "warning"


LEVEL_LABELS = {Level.ERROR: "必须改正", Level.WARNING: "请核对"}


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One bad cell: sheet, address, what stands there, what is wrong, what to write instead."""

    sheet: str
    address: str
    found: str
    what: str
    remedy: str
    level: Level = Level.ERROR

    @property
    def is_error(self) -> bool:
        """Whether it stops the import."""
        return self.level is Level.ERROR

    def __str__(self) -> str:
        where = f"工作表“{self.sheet}”{self.address}" if self.sheet else self.address
        return f"{where}：{self.what}。{self.remedy}。"


class CellTrouble(Exception):
    """Raised while one cell is read; the reader of the row turns it into a CellProblem and goes on."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something to look at in a cell that is taken as written."""

    what: str
    remedy: str


@dataclass(slots=True)
class ProblemList:
    """Everything found wrong so far, in order of reading."""

    found: list[CellProblem] = field(default_factory=list)

    def error(self, sheet: str, cell: RawCell, what: str, remedy: str) -> None:
        """Note a cell that stops the import."""
        self.found.append(CellProblem(sheet, cell.address, cell.text, what, remedy))

    def warn(self, sheet: str, cell: RawCell, what: str, remedy: str) -> None:
        """Note a cell that is taken as written."""
        self.found.append(CellProblem(sheet, cell.address, cell.text, what, remedy, Level.WARNING))

    def doubts(self, sheet: str, cell: RawCell, doubts: Iterable[Doubt]) -> None:
        """Note every doubt about one cell."""
        for doubt in doubts:
            self.warn(sheet, cell, doubt.what, doubt.remedy)

    @property
    def has_errors(self) -> bool:
        """Whether the import has to stop."""
        return any(item.is_error for item in self.found)
