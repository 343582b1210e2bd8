"""Indicator formulas as of a day: what a rate is made of, and how sheets score it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from rongji.law.loader import lawbook
from rongji.law.model import DatedTable, Lawbook, Row
from rongji.law.refusals import AmbiguousName, UnknownFormula
from rongji.law.shapes.formula import DEFINITION, Definition, IndicatorScoring
from rongji.law.values import as_of, find

_PREFIX = "indicator."


@dataclass(frozen=True)
class IndicatorFormula:
    """A named rate: its definition, the scoring rules seen for it, and the rows both come from."""

    id: str
    label: str
    definition: Definition
    row: Row
    scorings: Mapping[str, IndicatorScoring]
    scoring_rows: Mapping[str, Row]

    @property
    def words(self) -> tuple[str, ...]:
        """Label and every other name forms print for it."""
        return (self.label, *self.definition.aliases)


def formula_ids(*, law: Lawbook | None = None) -> tuple[str, ...]:
    """Short ids: staff-control, three-public-change …"""
    return tuple(table.id.removeprefix(_PREFIX) for table in _tables(law or lawbook()))


def formula(
    formula_id: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None
) -> IndicatorFormula:
    """The formula of that id as of a day.

    Raises: UnknownFormula, NoValueInForce.
    """
    book = law or lawbook()
    table = book.tables.get(("", _PREFIX + formula_id.removeprefix(_PREFIX)))
    if table is None or table.kind != "formula":
        raise UnknownFormula(id=formula_id)
    row = as_of(table.id, on=on, known_on=known_on, region=region, law=book, part=DEFINITION)
    scorings = _scorings(table, on, known_on, region, book)
    return IndicatorFormula(
        id=table.id.removeprefix(_PREFIX),
        label=table.label,
        definition=row.value,
        row=row,
        scorings={name: found.value for name, found in scorings.items()},
        scoring_rows=scorings,
    )


def formulas(*, on: date, known_on: date, region: str = "", law: Lawbook | None = None) -> tuple[IndicatorFormula, ...]:
    """Every formula in force, in order of id."""
    book = law or lawbook()
    in_force = [
        table.id
        for table in _tables(book)
        if find(table.id, on=on, known_on=known_on, region=region, law=book, part=DEFINITION)
    ]
    return tuple(formula(name, on=on, known_on=known_on, region=region, law=book) for name in in_force)


def formula_called(
    name: str, *, on: date, known_on: date, region: str = "", law: Lawbook | None = None
) -> IndicatorFormula:
    """The formula that a form prints under that name, or with that id.

    Raises: UnknownFormula, AmbiguousName.
    """
    wanted = "".join(name.split())
    every = formulas(on=on, known_on=known_on, region=region, law=law)
    found = [item for item in every if wanted == item.id or wanted in item.words]
    if not found:
        raise UnknownFormula(id=name)
    if len(found) > 1:
        raise AmbiguousName(name=name, known="、".join(item.id for item in found))
    return found[0]


def _tables(book: Lawbook) -> tuple[DatedTable, ...]:
    return tuple(table for table in book.national() if table.kind == "formula")


def _scorings(table: DatedTable, on: date, known_on: date, region: str, book: Lawbook) -> dict[str, Row]:
    parts = [key[0] for key in table.by_key if key[0] != DEFINITION]
    rows = {part: find(table.id, on=on, known_on=known_on, region=region, law=book, part=part) for part in parts}
    return {part.removeprefix("scoring-"): row for part, row in rows.items() if row is not None}
