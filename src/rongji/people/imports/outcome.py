"""What importing a roster did, or would do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rongji.people.imports.problems import CellProblem
from rongji.people.imports.rows import RosterRow

MOST_LISTED = 5_000


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing about one person that is now told otherwise. place: where the roster says so."""

    person: str
    place: str
    label: str
    before: str
    after: str

    @property
    def line(self) -> str:
        """The change as one line."""
        return f"{self.person}　{self.label}：{self.before or '（空）'} → {self.after or '（空）'}"


@dataclass(slots=True)
class RowOutcome:
    """One row taken over: the person, the row, and whether the register changed. person_id 0: not yet registered."""

    person_id: int
    row: RosterRow
    is_new: bool
    born_on: object
    label: str
    changes: list[FieldChange] = field(default_factory=list)


@dataclass(frozen=True)
class RosterOutcome:
    """The outcome of one import or its dry run.

    rows: persons in the file; errors stop everything; categories: code → persons; changes: the first of them, with
    change_count of all; missing: persons of the same categories in the register whom the file does not name.
    """

    bureau: str
    file: str
    rows: int
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: tuple[CellProblem, ...] = ()
    errors: int = 0
    warnings: int = 0
    categories: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[FieldChange, ...] = ()
    change_count: int = 0
    notes: tuple[str, ...] = ()
    import_id: int = 0
    further: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether the register already says all of it."""
        return not (self.added or self.changed)


@dataclass
class ChangeList:
    """Changes as they come, kept up to a number and counted beyond."""

    kept: list[FieldChange] = field(default_factory=list)
    count: int = 0

    def add(self, changes: Sequence[FieldChange]) -> None:
        """Some more changes."""
        self.count += len(changes)
        if len(self.kept) < MOST_LISTED:
            self.kept += changes[: MOST_LISTED - len(self.kept)]
