"""What is read out of one side or the whole of one of the nine tables, before it becomes figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rongji.audit.tables.final_accounts.sheet import Sheet
from rongji.audit.tables.final_accounts.words import words
from rongji.checks.stated.model import Column, ColumnKind, Parts, Row
from rongji.kernel.figure import Stage

TOTAL = "total"
_SILENT = (TOTAL, "amount")
_STAGES = {"initial": Stage.INITIAL, "budget": Stage.ADJUSTED, "adjusted": Stage.ADJUSTED, "prior": Stage.PRIOR}


@dataclass
class Region:
    """Rows and columns with what each means.

    row_roles, column_roles: index → what its cells are (`all`, `2080801`, `class:教育支出`; `spent-basic`); a row or
    column without role is compared with no other table. grid_rows: row index → row of the sheet, where they differ.
    doubt: why the reading is not certain.
    """

    part: str
    columns: list[Column]
    rows: list[Row] = field(default_factory=list)
    row_roles: dict[int, str] = field(default_factory=dict)
    column_roles: dict[int, str] = field(default_factory=dict)
    grid_rows: dict[int, int] = field(default_factory=dict)
    shifted: dict[int, Mapping[int, int]] = field(default_factory=dict)
    side: str = ""
    doubt: str = ""
    _positions: dict[int, int] = field(default_factory=dict)

    def add(self, row: Row, role: str = "") -> None:
        """One more row."""
        self._positions[row.index] = len(self.rows)
        self.rows.append(row)
        if role:
            self.row_roles[row.index] = role

    def place(self, row: int, column: int) -> tuple[int, int]:
        """Where in the sheet the cell of a row and a column stands."""
        return self.grid_rows.get(row, row), self.shifted.get(row, {}).get(column, column)

    def link(self, index: int, whole: int | None, parts: Parts, sign: int = 1) -> None:
        """Say of which row a row is a part."""
        position = self._positions[index]
        self.rows[position] = replace(self.rows[position], whole=whole, parts=parts, sign=sign)


def value_columns(
    sheet: Sheet, columns: Sequence[int], start: int, end: int, group: str
) -> tuple[list[Column], dict[int, str]]:
    """Columns of amounts with their meaning, each tied to the column that it is a part of."""
    paths = {column: sheet.path(column, start, end) for column in columns}
    roles = {column: role_of(path, group) for column, path in paths.items()}
    links = _links(paths, roles)
    made = []
    for column in columns:
        whole, parts, sign = links.get(column, (None, Parts.UNKNOWN, 1))
        stage = _STAGES.get(roles[column].split("-")[0], Stage.ACTUAL)
        made.append(Column(column, paths[column], ColumnKind.VALUE, stage, "", None, whole, parts, sign))
    return made, {column: role for column, role in roles.items() if role}


def role_of(path: tuple[str, ...], group: str) -> str:
    """The meaning of a header path: 本年支出 / 项目支出 / 小计 → spent-project; empty when a word is unknown."""
    known = words().columns
    names = [known.get(text, "") for text in path]
    if not names or not all(names):
        return ""
    kept = [name for place, name in enumerate(names) if name not in _SILENT and name not in names[:place]]
    if group and (not kept or kept[0] not in words().groups):
        kept = [group, *kept]
    return "-".join(kept) or TOTAL


def _links(paths: Mapping[int, tuple[str, ...]], roles: Mapping[int, str]) -> dict[int, tuple[int, Parts, int]]:
    """Which column is part of which: 小计 of its group, 年末 of 年初 + 收入 − 支出."""
    by_role: dict[str, int] = {}
    for column, role in roles.items():
        if role:
            by_role.setdefault(role, column)
    links: dict[int, tuple[int, Parts, int]] = {}
    for column, role in roles.items():
        parent = by_role.get(_parent(role, by_role)) if role else None
        if parent is not None and parent != column:
            links[column] = (parent, _completeness(column, parent, paths, roles), 1)
    if {"opening", "income", "spent", "closing"} <= by_role.keys():
        for name, sign in (("opening", 1), ("income", 1), ("spent", -1)):
            links[by_role[name]] = (by_role["closing"], Parts.ALL, sign)
    return links


def _parent(role: str, by_role: Mapping[str, int]) -> str:
    """The nearest column above: spent-project-x → spent-project → spent; a list without group → total."""
    steps = role.split("-")
    if steps[-1] in _STAGES:
        return ""
    for length in range(len(steps) - 1, 0, -1):
        shorter = "-".join(steps[:length])
        if shorter in by_role:
            return shorter
    return TOTAL if role != TOTAL and TOTAL in by_role else ""


def _completeness(column: int, parent: int, paths: Mapping[int, tuple[str, ...]], roles: Mapping[int, str]) -> Parts:
    """其中 columns are some of their whole, the columns of a group all of it."""
    unread = any(not role for role in roles.values())
    some = any("其中" in text for text in paths[column]) or "fees" in roles[column]
    return Parts.SOME if some else Parts.UNKNOWN if unread else Parts.ALL
