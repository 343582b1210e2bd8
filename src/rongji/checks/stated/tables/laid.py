"""Tables that were read with certainty, with what several checks ask of each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from rongji.checks.stated.memo import once_per_document
from rongji.checks.stated.model import Column, StatedDocument, StatedTable
from rongji.checks.stated.tables.definitions import Definition
from rongji.checks.stated.tables.formulas import formulas_of
from rongji.checks.stated.tables.turned import turned


@dataclass(frozen=True)
class Laid:
    """A table as it lies, and turned over where its rows are computed from others.

    formulas: the columns whose heading writes down how they are computed.
    """

    table: StatedTable
    formulas: Mapping[Column, Definition]
    over: StatedTable | None

    @cached_property
    def unexplained(self) -> tuple[tuple[StatedTable, Column], ...]:
        """The columns that write down no formula, those of the table turned over last, each with its table."""
        own = ((self.table, item) for item in self.table.columns if item not in self.formulas)
        turned_over = ((self.over, item) for item in self.over.columns) if self.over else ()
        return (*own, *turned_over)


@once_per_document
def laid_tables(document: StatedDocument) -> tuple[Laid, ...]:
    """The tables of a document in order, those that were read with doubt left out."""
    return tuple(Laid(table, formulas_of(table), turned(table)) for table in document.tables if table.certain)
