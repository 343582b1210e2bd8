"""The cells of the nine tables by what they are, set by set (one department's tables, or each unit's in turn)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from rongji.checks.stated.model import StatedCell, StatedDocument, StatedTable
from rongji.kernel.figure import Figure
from rongji.kernel.place import Spot
from rongji.law.recognition import recognition

FORM = "final-accounts"
_CLASS = "class:"


@dataclass
class NineTables:
    """One set of tables. cells: by what they are; a thing that two cells claim to be is nobody's."""

    cells: dict[str, tuple[StatedTable, StatedCell]] = field(default_factory=dict)
    parts: dict[str, StatedTable] = field(default_factory=dict)
    classes: list[str] = field(default_factory=list)
    _twice: set[str] = field(default_factory=set)

    def add(self, table: StatedTable) -> None:
        """The cells of one more table."""
        self.parts.setdefault(table.part, table)
        for cell in table.cells:
            if cell.fact:
                self._add_cell(table, cell)

    def figure(self, place: str) -> Figure | None:
        """The number printed there, named with its table; None when the cell is blank or not there."""
        found = self.cells.get(place)
        if found is None or found[1].figure is None or found[1].figure.quantity is None:
            return None
        return named(found[0], found[1].figure)

    def is_printed(self, place: str) -> bool:
        """Whether the table has that cell, stated or blank."""
        return place in self.cells

    def blank(self, place: str) -> tuple[str, Spot] | None:
        """The name and place of a cell that is there and has nothing in it."""
        found = self.cells.get(place)
        if found is None or found[1].nil is None:
            return None
        table, cell = found
        row = next((row.label for row in table.rows if row.index == cell.row), "")
        column = next((item.title for item in table.columns if item.index == cell.column), "")
        name = f"{title_of(table)}“{row}{f'（{column}）' if column else ''}”"
        return name, Spot(cell.place, cell.text)

    def _add_cell(self, table: StatedTable, cell: StatedCell) -> None:
        if cell.fact in self.cells or cell.fact in self._twice:
            self.cells.pop(cell.fact, None)
            self._twice.add(cell.fact)
            return
        self.cells[cell.fact] = (table, cell)
        name = cell.fact.split("/")[1] if cell.fact.count("/") > 1 else ""
        if name.startswith(_CLASS) and name not in self.classes:
            self.classes.append(name)


def nine_tables(document: StatedDocument) -> Iterator[NineTables]:
    """Every set of tables in a document; a part that comes again begins the next set."""
    current, numbers = NineTables(), dict[str, int]()
    for table in document.tables:
        if table.form != FORM:
            continue
        if numbers.get(table.part, table.number) != table.number:
            yield current
            current, numbers = NineTables(), {}
        numbers[table.part] = table.number
        if table.certain:
            current.add(table)
    if numbers:
        yield current


def named(table: StatedTable, figure: Figure) -> Figure:
    """The figure with its table's name before its own."""
    return replace(figure, label=f"{title_of(table)}“{figure.label}”")


def title_of(table: StatedTable) -> str:
    """The usual name of one of the nine tables."""
    return _titles().get(table.part, table.caption)


def table_relations() -> Sequence[Mapping[str, Any]]:
    """What must hold between the tables, as data."""
    found: Sequence[Mapping[str, Any]] = recognition(FORM)["relations"]
    return found


@lru_cache(maxsize=1)
def _titles() -> Mapping[str, str]:
    return {part: entry["title"] for part, entry in recognition(FORM)["parts"].items()}
