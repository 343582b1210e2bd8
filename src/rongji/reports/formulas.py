"""Formulas between the cells of a report, found by key: a total is the sum of its parts, a rate a quotient.

Nothing in a form says so; the identities of `legal/identities`, the consolidation over units and the inputs of derived
scores do. A writer uses a formula only where it gives exactly the printed number.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from rongji.documents.formula import ChangeOf, Formula, RatioOf, SumOf, renamed
from rongji.documents.model import Block, Cell, Section, Table
from rongji.kernel.figure import Figure, FigureKey, FigureSet, Stage
from rongji.law.model import Identity, Lawbook

_SUMMED = ("evaluation.total", "evaluation.weight", "project.total", "project.weight")
_RATES = ("evaluation.execution_rate", "project.execution_rate")


def with_formulas(blocks: tuple[Block, ...], figures: FigureSet, book: Lawbook) -> tuple[Block, ...]:
    """The blocks with each name kept on one cell only and a formula on every cell that follows from others.

    Formulas stay within a section: a sheet of a workbook keeps its totals when it is sent without the others.
    """
    taken: set[str] = set()
    made: list[Block] = []
    for number, section in enumerate(_sections(blocks)):
        named = _first_named(section)
        keys = {cell.name for cell in _cells(named)} - {""}
        finder = _Finder(figures, book, keys)
        names = {key: f"{key}~{number}" for key in keys & taken}
        made += [_formed(block, finder, names) if isinstance(block, Table) else block for block in named]
        taken |= keys
    return tuple(made)


def _sections(blocks: tuple[Block, ...]) -> list[list[Block]]:
    sections: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Section):
            sections.append([])
        sections[-1].append(block)
    return sections


def _cells(blocks: list[Block]) -> Iterator[Cell]:
    return (cell for block in blocks if isinstance(block, Table) for row in block.rows for cell in row.cells)


def _first_named(blocks: list[Block]) -> list[Block]:
    seen: set[str] = set()

    def once(cell: Cell) -> Cell:
        if cell.name in seen:
            return replace(cell, name="")
        if cell.name:
            seen.add(cell.name)
        return cell

    return [_mapped(block, once) if isinstance(block, Table) else block for block in blocks]


def _mapped(table: Table, change) -> Table:  # type: ignore[no-untyped-def]
    rows = tuple(replace(row, cells=tuple(change(cell) for cell in row.cells)) for row in table.rows)
    return replace(table, rows=rows)


def _formed(table: Table, finder: "_Finder", names: Mapping[str, str]) -> Table:
    """The table with its formulas; names: what cells are called whose key an earlier section has taken."""

    def formed(cell: Cell) -> Cell:
        if not cell.name:
            return cell
        formula = finder.formula(cell.name)
        name = names.get(cell.name, cell.name)
        return replace(cell, name=name, formula=renamed(formula, names) if formula else None)

    return _mapped(table, formed)


class _Finder:
    """Finds how a figure follows from others that are printed in the same section."""

    def __init__(self, figures: FigureSet, book: Lawbook, names: set[str]) -> None:
        self.figures = figures
        self.book = book
        self.names = names

    def formula(self, name: str) -> Formula | None:
        """The first formula whose operands are all there."""
        key = FigureKey.parse(name)
        figure = self.figures.get(key)
        candidates = [*self._from_inputs(key, figure), *self._from_identities(key), *self._over_units(key)]
        return next(iter(candidates), None)

    def _from_inputs(self, key: FigureKey, figure: Figure | None) -> Iterator[Formula]:
        inputs = [str(item.key) for item in figure.inputs] if figure else []
        if not inputs or not set(inputs) <= self.names:
            return
        if key.concept in _SUMMED:
            yield SumOf(tuple(inputs))
        elif key.concept in _RATES:
            yield from self._execution_rate(figure)
        elif key.concept == "change.amount":
            yield SumOf((inputs[0],), (inputs[1],))
        elif key.concept == "change.rate":
            yield ChangeOf(inputs[0], inputs[1])

    def _execution_rate(self, figure: Figure | None) -> Iterator[Formula]:
        by_stage = {item.key.stage: str(item.key) for item in figure.inputs} if figure else {}
        if Stage.ACTUAL in by_stage and Stage.ADJUSTED in by_stage:
            yield RatioOf(by_stage[Stage.ACTUAL], by_stage[Stage.ADJUSTED])

    def _from_identities(self, key: FigureKey) -> Iterator[Formula]:
        for identity in self.book.identities:
            head = FigureKey.parse(identity.total) if identity.kind in ("sum", "rate", "growth") else None
            if head and head.concept == key.concept and head.member == key.member:
                yield from self._identity(identity, head, key)

    def _identity(self, identity: Identity, head: FigureKey, key: FigureKey) -> Iterator[Formula]:
        if identity.kind == "sum":
            if identity.stages and key.stage.value not in identity.stages:
                return
            plus = [self._part(part, key) for part in identity.parts if not part.startswith("-")]
            minus = [self._part(part[1:], key) for part in identity.parts if part.startswith("-")]
            there = tuple(name for name in plus if name in self.names)
            off = tuple(name for name in minus if name in self.names)
            if len(there) + len(off) >= max(2, identity.least) and self._complete(plus, minus):
                yield SumOf(there, off)
        elif head.stage is key.stage and not key.unit:
            top, bottom = (str(FigureKey.parse(part)) for part in identity.parts[:2])
            if {top, bottom} <= self.names:
                yield RatioOf(top, bottom) if identity.kind == "rate" else ChangeOf(top, bottom)

    def _complete(self, plus: list[str], minus: list[str]) -> bool:
        """Every part that states a number is printed, so that leaving the others out changes nothing."""
        return all(name in self.names or self._is_nil(name) for name in (*plus, *minus))

    def _is_nil(self, name: str) -> bool:
        quantity = self.figures.quantity(FigureKey.parse(name))
        return quantity is None or quantity.value == 0

    def _part(self, text: str, key: FigureKey) -> str:
        part = FigureKey.parse(text)
        return str(replace(part, stage=part.stage or key.stage, unit=key.unit))

    def _over_units(self, key: FigureKey) -> Iterator[Formula]:
        concept = self.book.concepts.get(key.concept)
        if key.unit or key.member or concept is None or concept.over_units != "sum":
            return
        parts = [str(item.key) for item in self.figures.units(key.concept, key.stage) if item.quantity is not None]
        if len(parts) > 1 and set(parts) <= self.names:
            yield SumOf(tuple(parts))
