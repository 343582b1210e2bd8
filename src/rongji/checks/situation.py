"""What a check looks at: the bureau-year, the law it stands under, and the questions every check asks of both."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from rongji.kernel.bureau_year import BureauYear, IndicatorFacts
from rongji.kernel.figure import Figure, FigureKey, Nil, Source, SourceKind, Stage
from rongji.kernel.quantity import Quantity
from rongji.law.model import Concept, Lawbook
from rongji.law.refusals import NoValueInForce, UnknownScheme, UnknownTable
from rongji.law.schemes import ScoreScheme, scheme
from rongji.law.shapes.scheme import ScoredBy

YES_WORDS = frozenset({"是", "true", "yes", "y", "1"})
NO_WORDS = frozenset({"否", "false", "no", "n", "0"})
NIL_STATED = frozenset({Nil.DASH, Nil.NONE})


@dataclass(frozen=True, slots=True)
class Table:
    """One scored indicator table: the bureau's own (project empty), or that of a project."""

    project: str
    rows: tuple[IndicatorFacts, ...]


@dataclass(frozen=True)
class Situation:
    """One bureau-year under the law of one day.

    on: day of the evaluation; known_on: up to which day publications count.
    """

    year: BureauYear
    book: Lawbook
    on: date
    known_on: date

    @cached_property
    def scheme(self) -> ScoreScheme | None:
        """The score scheme of the year, None when it names none that is known."""
        try:
            return (
                scheme(self.year.scheme, on=self.on, known_on=self.known_on, law=self.book)
                if self.year.scheme
                else None
            )
        except (UnknownScheme, UnknownTable, NoValueInForce):
            return None

    @cached_property
    def keys(self) -> tuple[FigureKey, ...]:
        """Every fact that the year states, in order of first statement."""
        return tuple(self.year.figures.keys())

    def concept(self, concept_id: str) -> Concept | None:
        """The catalogue entry, None for a bureau's own facts."""
        return self.book.concepts.get(concept_id)

    def numbered(self, key: FigureKey) -> Figure | None:
        """The leading statement when it states a number."""
        figure = self.year.figures.get(key)
        return figure if figure and figure.quantity is not None else None

    def is_stated_nil(self, key: FigureKey) -> bool:
        """Whether a cell for this fact was printed with － or 无; a blank one says nothing (空白不等于零)."""
        figure = self.year.figures.get(key)
        return figure is not None and figure.quantity is None and figure.nil in NIL_STATED

    def stages_of(self, concept: str, unit: str, member: str = "") -> tuple[Stage, ...]:
        """The stages on which a concept is stated with a number for one unit."""
        return tuple(
            key.stage
            for key in self.keys
            if (key.concept, key.unit, key.member) == (concept, unit, member) and self.numbered(key)
        )

    @cached_property
    def unit_codes(self) -> tuple[str, ...]:
        """The whole bureau (empty code) and every unit that any figure speaks of."""
        return tuple(dict.fromkeys(["", *(key.unit for key in self.keys)]))

    def flag(self, name: str) -> bool | None:
        """A yes/no of the profile; None when it was not answered."""
        word = str(self.year.profile.get(name, "")).strip().lower()
        return True if word in YES_WORDS else False if word in NO_WORDS else None

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """The bureau's own table, then one for each project that has one; parts of aggregated rows are left out.

        Where every row names a project, the names are mere tags and all rows are the bureau's.
        """
        own = [row for row in self.year.indicators if not row.parent]
        whole = tuple(row for row in own if not row.project)
        if not whole:
            return (Table("", tuple(own)),)
        named = dict.fromkeys(row.project for row in own if row.project)
        apart = (Table(code, tuple(row for row in own if row.project == code)) for code in named)
        return (Table("", whole), *apart)

    @cached_property
    def rows(self) -> tuple[IndicatorFacts, ...]:
        """The rows of the bureau's own table."""
        return self.tables[0].rows

    @cached_property
    def every_row(self) -> tuple[IndicatorFacts, ...]:
        """The rows of all tables."""
        return tuple(row for table in self.tables for row in table.rows)

    def stated_rows(self, table: Table) -> tuple[IndicatorFacts, ...]:
        """The rows in which values are filled in: an aggregated row without any gives way to its parts."""
        parts: dict[str, list[IndicatorFacts]] = {}
        for row in self.year.indicators:
            if row.parent:
                parts.setdefault(row.parent, []).append(row)
        found: list[IndicatorFacts] = []
        for row in table.rows:
            empty = row.target is None and not row.target_text and row.actual is None and not row.actual_text
            found += parts[row.code] if empty and row.code in parts else [row]
        return tuple(found)

    @cached_property
    def execution_is_a_row(self) -> bool:
        """Whether the bureau's table has a row of its own for the execution rate, so that it is not counted twice."""
        return self.has_execution_row(self.tables[0])

    def has_execution_row(self, table: Table) -> bool:
        """Whether a table has a row of its own for the execution rate."""
        blocks = self.scheme.blocks if self.scheme else ()
        named = [block for block in blocks if block.scored_by is ScoredBy.EXECUTION]
        words = {"预算执行率", *(block.label for block in named)}
        found = [self.scheme.block_named(row.level1) for row in table.rows] if self.scheme else []
        return any(block in named for block in found if block) or any(row.name in words for row in table.rows)

    @cached_property
    def scores_execution(self) -> bool:
        """Whether the scheme gives the execution rate points of its own."""
        blocks = self.scheme.blocks if self.scheme else ()
        return any(block.scored_by is ScoredBy.EXECUTION for block in blocks)

    @cached_property
    def is_scored(self) -> bool:
        """Whether the form gives weights or scores to its rows at all."""
        return any(row.weight or row.stated_score for row in self.rows)


def as_figure(label: str, quantity: Quantity, *, concept: str = "indicator", place: str = "", act: str = "") -> Figure:
    """A quantity that is no catalogue figure (a target, a weight, a legal line) dressed as one for the arithmetic."""
    source = Source(SourceKind.DECLARED, note=place)
    return Figure(FigureKey(concept), label, source, quantity, quantity.shown(), act=act)


def numbers(figures: Iterable[Figure | None]) -> Iterator[Figure]:
    """Only the figures that state a number."""
    return (figure for figure in figures if figure is not None and figure.quantity is not None)
