"""A made document: blocks whose numbers are slots, and the relations that hold between the slots.

Every number stands in the blocks as a FigureRef whose key is the slot's name, so that one of them can be changed and
the document written again in any format.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal

from rongji.documents.build import cell, label, paragraph, row, table
from rongji.documents.model import Block, Cell, Document, FigureRef, Heading, Paragraph, Row, Run, Table, Text, Title


@dataclass(frozen=True, slots=True)
class Relation:
    """Figures that determine each other. family: which family of checks is to see it break; slots: whose numbers."""

    family: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A document with its true relations."""

    name: str
    document: Document
    relations: tuple[Relation, ...]

    def texts(self) -> dict[str, str]:
        """What each slot prints."""
        return {item.key: item.text for item in self.document.figures()}

    def with_text(self, slot: str, text: str) -> Document:
        """The document with another number in one slot."""
        return replace(self.document, blocks=tuple(_changed(block, slot, text) for block in self.document.blocks))


def _changed(block: Block, slot: str, text: str) -> Block:
    match block:
        case Heading() | Paragraph():
            return replace(block, runs=_runs(block.runs, slot, text))
        case Table():
            return replace(block, rows=tuple(_row(item, slot, text) for item in block.rows))
    return block


def _row(item: Row, slot: str, text: str) -> Row:
    return replace(item, cells=tuple(_cell(one, slot, text) for one in item.cells))


def _cell(item: Cell, slot: str, text: str) -> Cell:
    paragraphs = tuple(replace(one, runs=_runs(one.runs, slot, text)) for one in item.paragraphs)
    hit = any(isinstance(run, FigureRef) and run.key == slot for one in item.paragraphs for run in one.runs)
    return replace(item, paragraphs=paragraphs, quantity=None if hit else item.quantity)


def _runs(runs: Sequence[Run], slot: str, text: str) -> tuple[Run, ...]:
    return tuple(replace(run, text=text) if isinstance(run, FigureRef) and run.key == slot else run for run in runs)


def moved(text: str, dice: random.Random) -> str:
    """The number of a printed text changed by much more than rounding, printed in the same way."""
    digits = [index for index, mark in enumerate(text) if mark.isdigit()]
    numeral = "".join(mark for mark in text if mark.isdigit() or mark == ".")
    value = Decimal(numeral)
    places = -int(value.as_tuple().exponent) if "." in numeral else 0
    step = max(Decimal(30).scaleb(-places), (abs(value) / 20).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))
    new = value + step * dice.choice((1, 1, 2)) if dice.random() < 0.5 or value < 3 * step else value - step
    shown = f"{new:.{places}f}"
    grouped = f"{new:,.{places}f}" if "," in text else shown
    return text[: digits[0]] + grouped + text[digits[-1] + 1 :]


@dataclass
class Maker:
    """Collects blocks and relations of one document while a generator runs through."""

    name: str
    dice: random.Random
    blocks: list[Block] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    count: int = 0

    def slot(self, text: str) -> FigureRef:
        """A new slot that prints this."""
        self.count += 1
        return FigureRef(text, f"s{self.count}")

    def relate(self, family: str, *figures: FigureRef) -> None:
        """Say that these figures determine each other."""
        self.relations.append(Relation(family, tuple(item.key for item in figures)))

    def say(self, *parts: str | Run) -> None:
        """A paragraph."""
        self.blocks.append(paragraph(*parts))

    def made(self, title: str) -> Made:
        """What came of it."""
        blocks = (Title((title,)), *self.blocks)
        return Made(self.name, Document(title, blocks), tuple(self.relations))


Generator = Callable[[Maker], None]
_GENERATORS: list[Generator] = []


def generator(function: Generator) -> Generator:
    """Register a shape of document."""
    _GENERATORS.append(function)
    return function


def generators_of(room: str) -> list[Generator]:
    """The shapes that a module holds."""
    return [item for item in _GENERATORS if item.__module__ == room]


OFFICES = (
    "青山县民政局",
    "云溪区教育局",
    "临江市卫生健康委员会",
    "白石县农业农村局",
    "东湖区退役军人事务局",
    "长宁县水利局",
)


def money(dice: random.Random, low: int = 500, high: int = 90000) -> Decimal:
    """An amount with two places."""
    return Decimal(dice.randint(low * 100, high * 100)) / 100


def plain(value: Decimal) -> str:
    """Two places."""
    return f"{value:.2f}"


def percent(top: Decimal, bottom: Decimal, places: int = 2) -> str:
    """A share as it is printed."""
    share = (top / bottom * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{share}%"


def value_cell(figure: FigureRef | str) -> Cell:
    """A cell with a number."""
    return cell(figure) if isinstance(figure, str) else Cell((Paragraph((figure,), indent=False),))


def header(*names: str) -> Row:
    """A row of column headers."""
    return row(*(label(name) for name in names))


def line(name: str, *figures: FigureRef | str) -> Row:
    """A row with its label and numbers."""
    return Row((label(name), *(value_cell(item) for item in figures)))


def ruled(columns: int, *rows: Row, header_rows: int = 1, **options: object) -> Table:
    """A table with a broad first column."""
    return table((3, *([1] * (columns - 1))), *rows, header_rows=header_rows, **options)


def text(value: str) -> Text:
    """Plain words."""
    return Text(value)
