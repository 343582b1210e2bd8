"""What the reports room hands to others."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from rongji.kernel.figure import Figure
from rongji.reports.freezing import Change


@dataclass(frozen=True, slots=True)
class VersionFacts:
    """One version as lists show it. changes: what it changed against the version before it."""

    id: int
    bureau: str
    year: int
    form: str
    number: int
    state: str
    state_label: str
    digest: str
    finalised_by: str
    finalised_at: datetime
    decided_by: str
    decided_at: datetime | None
    note: str
    files: Mapping[str, str]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedAt:
    """One place of a report where a figure is printed: block or table, with the words around it."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class PastValue:
    """What a figure was in an earlier version of the report."""

    version: int
    state_label: str
    shown: str


@dataclass(frozen=True)
class Lineage:
    """Everything a printed number opens into.

    definition: what the concept means; how: the rule in words; sum: of the rows behind a derived figure.
    statements: every printing of the same fact; explanation: the tree of inputs in lines.
    history: what it was in earlier versions of the report; events: how the entered figure came to say what it says.
    """

    key: str
    label: str
    shown: str
    figure: Figure
    definition: str
    how: str
    act: str
    trust: str
    source: str
    evidence: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str, str], ...]
    rows_sum: str
    statements: tuple[tuple[str, str, str], ...]
    explanation: tuple[str, ...]
    troubles: tuple[str, ...]
    history: tuple[PastValue, ...]
    printed_at: tuple[PrintedAt, ...]
    events: tuple[str, ...] = ()
