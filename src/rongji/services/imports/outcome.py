"""What importing a table of records did, or would do, row by row."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rongji.people.imports.problems import LEVEL_LABELS, CellProblem, Level

MOST_LISTED = 5_000


class RowState(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


STATE_LABELS = {
    RowState.ADDED: "新增",
    RowState.CHANGED: "变更",
    RowState.UNCHANGED: "未变",
    RowState.REFUSED: "要改",
}


@dataclass(frozen=True, slots=True)
class RowFinding:
    """What is wrong with one cell. field: of the register, empty for the whole row; cell: where it stands."""

    row: int
    field: str
    cell: CellProblem

    @property
    def is_error(self) -> bool:
        """Whether it stops the import."""
        return self.cell.is_error

    @property
    def sentence(self) -> str:
        """What is wrong and what to do."""
        return f"{self.cell.what}。{self.cell.remedy}。"

    @property
    def level_label(self) -> str:
        """必须改正 or 请核对."""
        return LEVEL_LABELS[self.cell.level]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One field of a record that stands already and is now told otherwise."""

    row: int
    record: int
    title: str
    label: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """The change as one line."""
        return f"第 {self.row} 行 {self.title}　{self.label}：{self.before or '（空）'} → {self.after or '（空）'}"


@dataclass
class RecordOutcome:
    """The outcome of an import or its dry run.

    rows: records in the table; states: row → what becomes of it (the first of them); findings and changes: the first
    of them, with all counted; ids: numbers of the records that were added; notes: what was left out knowingly.
    """

    register: str
    file: str
    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    errors: int = 0
    warnings: int = 0
    findings: list[RowFinding] = field(default_factory=list)
    changes: list[RowChange] = field(default_factory=list)
    change_count: int = 0
    states: dict[int, RowState] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    ids: tuple[int, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing stops the import."""
        return not self.errors

    @property
    def is_empty(self) -> bool:
        """Whether the register already says all of it."""
        return not (self.added or self.changed)

    @property
    def summary(self) -> str:
        """The outcome in one sentence."""
        told = f"共 {self.rows} 行：新增 {self.added} 条，变更 {self.changed} 条，未变 {self.unchanged} 条"
        return f"{told}，{self.errors} 处必须改正" if self.errors else told

    def by_row(self) -> Mapping[int, list[RowFinding]]:
        """The findings of each row."""
        found: dict[int, list[RowFinding]] = {}
        for item in self.findings:
            found.setdefault(item.row, []).append(item)
        return found

    def note_state(self, row: int, state: RowState) -> None:
        """Keep what becomes of a row, and count it."""
        if state is not RowState.REFUSED:
            setattr(self, state.value, getattr(self, state.value) + 1)
        if len(self.states) < MOST_LISTED:
            self.states[row] = state

    def note_finding(self, finding: RowFinding) -> None:
        """Keep and count what is wrong."""
        if finding.cell.level is Level.ERROR:
            self.errors += 1
        else:
            self.warnings += 1
        if len(self.findings) < MOST_LISTED:
            self.findings.append(finding)

    def note_change(self, change: RowChange) -> None:
        """Keep and count a change."""
        self.change_count += 1
        if len(self.changes) < MOST_LISTED:
            self.changes.append(change)
