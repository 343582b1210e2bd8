"""What performance hands to the rooms above it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from rongji.performance.workbook.diff import Change
from rongji.performance.workbook.problems import CellProblem


@dataclass(frozen=True, slots=True)
class YearSummary:
    """One bureau-year in a list."""

    bureau: str
    name: str
    year: int
    scheme: str
    status: str
    status_label: str
    data_version: int
    updated_at: datetime
    updated_by: str
    figures: int = 0
    indicators: int = 0


@dataclass(frozen=True)
class ImportOutcome:
    """What an import did, or would do. data_version: after it (before it in a dry run)."""

    bureau: str
    year: int
    data_version: int
    figures: int
    changes: tuple[Change, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    is_new: bool = False
    batch_id: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FigureEvent:
    """One change in the life of a figure."""

    data_version: int
    at: datetime
    by: str
    kind: str
    line: str


@dataclass(frozen=True, slots=True)
class StoredFile:
    """An evidence file as stored. Its bytes lie under its digest."""

    digest: str
    name: str
    size: int
